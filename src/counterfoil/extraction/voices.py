"""Voices: quoted and reported speech, "according to", and the lines that introduce an outlet."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from counterfoil.extraction.phrases import matches_with
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.reported_speech import reported_speech
from counterfoil.extraction.speakers import Speakers
from counterfoil.model.extraction import Extraction, Voice

Heard = tuple[int, int, str, str]  #: start and end of what is said, who says it, through whom

_SAYS = (
    r"(?:said|says|wrote|writes|added|warned|warns|explained|noted|stated|claimed|argued|tweeted|posted|"
    r"told (?:the )?[A-Z][\w ]{1,30}?)"
)
_QUOTE = r"(?:“(?P<curly>[^“”\n]{8,1500})”|«(?P<angle>[^«»\n]{8,1500})»|\"(?P<plain>[^\"\n]{8,1500})\")"
_WHO = (
    r"(?P<who>(?:an? |the |one |two |several |(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Prof)\. )?"
    r"[^\s,.;:“”\"()\n][^,.;:“”\"()\n]{1,100}?)"
)
_AFTER = re.compile(
    rf"{_QUOTE},? {_SAYS} {_WHO}(?: in (?:an?|the) (?P<via>email|statement|interview|report|post|"
    rf"blog post|press release)\b| on [A-Z]|[,.;:(\n]|$)"
)
_BETWEEN = re.compile(
    rf"{_QUOTE},? {_WHO} (?P<verb>said|says|wrote|added|warned|told|noted)\b(?: in (?:an?|"
    rf"the) (?P<via>email|statement|interview|report|post|blog post|press release)\b)?"
)
_BEFORE = re.compile(
    rf"\b(?P<who>[A-Z][\w’'\-]{{1,30}}(?: [A-Za-z][\w’'\-]{{0,30}}){{0,5}}?) {_SAYS}(?: in (?:an?|"
    rf"the) (?P<via>email|statement|interview|report|post|blog post|press release))?[:,]? {_QUOTE}"
)
_ACCORDING = re.compile(
    r"\b[Aa]ccording to (?P<who>(?:an? |the |(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Prof)\. )?"
    r"[^\s,.;:“”\"()\n][^,.;:“”\"()\n]{1,80}?)(?=[,.;:)\n]|"
    r" (?:that|which|who|and|but|published|released)\b|$)"
)
_LINE = re.compile(
    r"(?:^|(?<=[.!?\])] )|(?<=\n))From (?P<who>[A-Z][^\n:@]{1,100}?) (?:at|of|for|"
    r"in) (?:the )?(?P<via>[A-Z][\w’'&. \-]{1,40}):(?=\s|$)",
    re.MULTILINE,
)
_REPORT_LINE = re.compile(
    r"(?:^|(?<=[.!?\])] )|"
    r"(?<=\n))From (?:the )?(?P<who>[A-Z][\w.&\- ]{1,40})['’]s? (?P<via>[^\n:]{0,60}?\b(?:report|"
    r"statement|post|article|"
    r"investigation|analysis|thread|announcement|brief|paper|study)\b)[^\n:]{0,40}:(?=\s|$)",
    re.MULTILINE,
)


def find(reading: Reading, found: Extraction) -> tuple[Voice, ...]:
    """Who says what, in text order; the span is what is said.

    Speech without quotation marks is its whole sentence. A speaker has the fullest name the text gives.
    """
    speakers = Speakers(reading, found)
    items: dict[tuple[int, int], Voice] = {}
    introduced = _Introduced(reading.text)
    quoted = list(_quotes(reading.text))
    heard = [*introduced.lines, *quoted, *_according(reading), *_told(reading, quoted, speakers)]
    for start, end, who, via in heard:
        # A speaker inside an outlet's paragraph is heard through that outlet.
        via = via or introduced.outlet(start, end)
        items.setdefault((start, end), Voice(speakers.fullest(who), via, (reading.span(start, end),)))
    return tuple(sorted(items.values(), key=lambda voice: voice.spans[0]))


class _Introduced:
    """The paragraphs that a line like "From A and B at Reuters:" introduces."""

    def __init__(self, text: str) -> None:
        self.lines = sorted(_lines(text))
        self._starts = [start for start, _, _, _ in self.lines]

    def outlet(self, start: int, end: int) -> str:
        """Through whom a range is heard; empty outside such a paragraph."""
        at = bisect_right(self._starts, start) - 1
        return self.lines[at][3] if at >= 0 and end <= self.lines[at][1] else ""


def _told(reading: Reading, quoted: list[Heard], speakers: Speakers) -> Iterator[Heard]:
    """Reported speech in sentences that quote nobody."""
    starts = sorted(start for start, _, _, _ in quoted)
    for start, end, who in reported_speech(reading):
        if bisect_left(starts, start) == bisect_left(starts, end) and not speakers.is_operation(who):
            yield start, end, who, ""


def _quotes(text: str) -> Iterator[Heard]:
    for pattern in (_AFTER, _BETWEEN, _BEFORE):
        for match in pattern.finditer(text):
            said = next(name for name in ("curly", "angle", "plain") if match[name] is not None)
            who = match["who"].strip()
            if _is_speaker(who):
                yield match.start(said), match.end(said), who, match["via"] or ""


def _is_speaker(who: str) -> bool:
    """A name or a noun phrase, not a pronoun that would need resolving."""
    first = who.split()[0].lower()
    return first not in {
        "he", "she", "they", "it", "we", "i", "that", "which", "who", "and", "but", "as", "in", "to", "of", "is", "was"
    }  # fmt: skip


def _according(reading: Reading) -> Iterator[Heard]:
    for match in matches_with(reading.text, _ACCORDING, ("According", "according"), 0, 130):
        if _is_speaker(match["who"]):
            start, end = reading.sentence(match.start())
            start += len(reading.text[start:end]) - len(reading.text[start:end].lstrip())
            end = start + len(reading.text[start:end].rstrip())
            yield start, end, match["who"].strip(), ""


def _lines(text: str) -> Iterator[Heard]:
    """The paragraph after "From A and B at Reuters:" or "From MTAC's fourth report:"."""
    for pattern in (_LINE, _REPORT_LINE):
        for match in matches_with(text, pattern, ("From",), 0, 200):
            start = match.end()
            while start < len(text) and text[start].isspace():
                start += 1
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            if start < end:
                yield start, end, match["who"].strip(), match["via"].strip()
