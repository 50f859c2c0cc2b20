"""A report's text as the extractors read it, with the way back to the frozen letters.

Invisible characters (soft hyphens, zero-width blanks, direction marks) are left out, letters written
with combining marks are composed, odd blanks become plain ones. Each character of the text read knows
the range of the frozen text it stands for, so that every span is cut from the frozen text.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from unicodedata import is_normalized, normalize

from counterfoil.extraction.expressions import Expression
from counterfoil.model.evidence import Span
from counterfoil.model.report import BlockKind, Report

Edit = tuple[int, int, str]  #: start, end and what to read there instead

HOLE = "\ufffc"  #: stands for each character of something that is not to be read as prose

_INVISIBLE = Expression("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]{1,64}")
_MARKED = Expression("[A-Za-z\u0400-\u04ff\u0620-\u064a][\u0300-\u036f\u0653-\u0655]{1,4}")
#: Blanks that are read as plain ones, and hyphens. There are few of them, and looking for them is quick.
_ODD = Expression("[\u2000-\u200a\u00a0\u202f\u205f\u3000\t\r\u2010\u2011]")

# Where sentences end is also decided in `readers.sentences`, which cuts the passages that are coded. That one
# works on the frozen text and on one block at a time; here the text is joined, cleaned and defanged addresses
# are holes, and a sentence only limits how far a rule looks. Rooms on one layer do not import each other, and
# word lists are not worth a place in `model`; so there are two, and a fix to one is worth a look at the other.
_STOP = Expression(r"[.!?…]{1,4}[\"'”’»)\]]{0,3}(?=\s)|[。！？]|\n")
_WORD = Expression(r"[^\s(“\"]{0,12}")
#: Behind the full stop of an ordinal number: "am 27. Februar".
_GERMAN_MONTH = Expression(
    r" (?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)(?:uar|ruar|z|il|i|ust|tember|ober|ember)?\b"
)
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sen rep gov gen col lt sgt capt adm pres st jr sr vs fig vol pp ed eds al cf "
    "etc inc ltd corp co approx est dept jan feb mar apr jun jul aug sep sept oct nov dec e.g i.e a.k.a "
    "janv févr juil bzw usw ca др г гг т.е т.д им ст".split()
)


@dataclass(frozen=True, slots=True)
class Mapped:
    """A text made from another one, with the range each character stands for (None: itself)."""

    text: str
    starts: "array[int] | None" = field(default=None, repr=False)
    ends: "array[int] | None" = field(default=None, repr=False)

    def edited(self, edits: Iterable[Edit]) -> "Mapped":
        """The text with some ranges read differently; edits come in order and do not overlap."""
        parts: list[str] = []
        starts, ends = array("I"), array("I")
        at = 0
        for start, end, instead in edits:
            self._copy(at, start, parts, starts, ends)
            first, last = self.range(start, end)
            parts.append(instead)
            starts.extend([first] * len(instead))
            ends.extend([last] * len(instead))
            at = end
        if not at:
            return self
        self._copy(at, len(self.text), parts, starts, ends)
        return Mapped("".join(parts), starts, ends)

    def range(self, start: int, end: int) -> tuple[int, int]:
        """The range of the original text that `text[start:end]` stands for."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def _copy(self, start: int, end: int, parts: list[str], starts: "array[int]", ends: "array[int]") -> None:
        parts.append(self.text[start:end])
        if self.starts is None or self.ends is None:
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            starts.extend(self.starts[start:end])
            ends.extend(self.ends[start:end])


@dataclass(frozen=True)
class Reading:
    """A report with its text as read; offsets of `text` are only good for `span`."""

    report: Report
    mapped: Mapped
    breaks: tuple[int, ...]  #: offsets in `text` at which a sentence ends, in order

    @classmethod
    def of(cls, report: Report) -> "Reading":
        """The reading of a report."""
        mapped = Mapped(_joined_lines(report))
        mapped = mapped.edited((m.start(), m.end(), "") for m in _INVISIBLE.finditer(mapped.text))
        if not is_normalized("NFC", mapped.text):
            marked = _MARKED.finditer(mapped.text)
            mapped = mapped.edited((m.start(), m.end(), normalize("NFC", m.group())) for m in marked)
        mapped = replace(mapped, text=_ODD.sub(_plain, mapped.text))
        return cls(report, mapped, tuple(_breaks(mapped.text)))

    @cached_property  # asked for by every rule
    def text(self) -> str:
        """The text to run rules on."""
        return self.mapped.text

    def span(self, start: int, end: int) -> Span:
        """The evidence for `text[start:end]`, cut from the frozen text."""
        return self.report.span(*self.mapped.range(start, end))

    def sentence(self, offset: int) -> tuple[int, int]:
        """The range in `text` of the sentence around an offset."""
        index = bisect_right(self.breaks, offset)
        start = self.breaks[index - 1] if index else 0
        end = self.breaks[index] if index < len(self.breaks) else len(self.text)
        return start, end

    def without(self, spans: Iterable[Span]) -> "Reading":
        """The same reading with holes where the spans stand."""
        letters = list(self.text)
        starts = self.mapped.starts
        for span in spans:
            first, last = span.start, span.end
            if starts is not None:
                first, last = bisect_left(starts, first), bisect_left(starts, last)
            letters[first:last] = [HOLE] * (last - first)
        return replace(self, mapped=replace(self.mapped, text="".join(letters)))


def _plain(odd: re.Match[str]) -> str:
    return "-" if odd.group() in "\u2010\u2011" else " "


def _joined_lines(report: Report) -> str:
    """The text with line ends inside a block (a wrapped line of a PDF) read as blanks."""
    text = report.text
    parts: list[str] = []
    at = 0
    for block in report.blocks:
        start, end = max(at, block.start), min(block.end, len(text))
        if block.kind is BlockKind.TABLE or end <= start:
            continue
        parts += [text[at:start], text[start:end].replace("\n", " ")]
        at = end
    return "".join([*parts, text[at:]])


def _breaks(text: str) -> Iterable[int]:
    for match in _STOP.finditer(text):
        if match.group()[0] == "." and not _ends_sentence(text, match):
            continue
        yield match.end()


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    after = text[stop.end() : stop.end() + 2].lstrip()
    if after[:1].islower():
        return False
    if stop.group() != ".":
        return True
    # Matched on the letters in reverse, so that the word's end is where the match begins.
    before = _WORD.match(text[max(0, stop.start() - 12) : stop.start()][::-1])
    word = before.group()[::-1].casefold() if before else ""
    if word in ("no", "nos"):
        return not after[:1].isdigit()
    if word in _ABBREVIATIONS or (word.isdigit() and _GERMAN_MONTH.match(text, stop.end())):
        return False
    # An initial ("J. D. Vance") or a dotted abbreviation ("U.S. officials") does not end a sentence.
    return not (word[-1:].isalpha() and (len(word) == 1 or word[-2:-1] == "."))
