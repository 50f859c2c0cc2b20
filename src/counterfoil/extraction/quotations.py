"""Where quotation marks open and close, in every style in use, one inside another and over paragraphs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from counterfoil.extraction.expressions import Expression

_MARK = Expression("[“”„‟«»‹›‘’‚\"'「」『』\n]")
#: What closes each opening mark. A German quotation ends with the mark that opens an English one.
_CLOSES = {
    "“": "”",
    "„": '“”‟"',
    "‟": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "‘": "’",
    "‚": "‘’",
    '"': '"',
    "'": "'",
    "「": "」",
    "『": "』",
    "”": "”",
}
_SINGLE = frozenset("‘’‚'")
_CLOSERS = frozenset("”“»«›’‘‟\"'」』")
_BEFORE_OPENING = frozenset(" \n([{—–-/:\u00a0“‘\"'«„")
#: Words that begin with an apostrophe.
_ELIDED = Expression(r"['’‘](?:\d0s|\d\ds?|em|til|twas|tis|cause|bout|round|n)\b", re.IGNORECASE)
_DEEPEST = 4
_LONGEST = 4000  #: letters of one quotation; a mark that is further away belongs to another
_AGAIN = Expression(r"\s{0,4}")


@dataclass(frozen=True, slots=True)
class Quotation:
    """`start` to `end` is what stands between the marks; `inside` is the quotation around it, if there is one.

    `open_ended` says that the paragraph ended before a closing mark, and the next one goes on with an opening mark.
    """

    start: int
    end: int
    depth: int = 0
    open_ended: bool = False
    single: bool = False


def quotations(text: str) -> list[Quotation]:
    """Every quotation in order of its start, the outer before the inner. No apostrophes, no unclosed marks."""
    found = sorted(_marked(text), key=lambda item: (item.start, -item.end))
    nested: list[Quotation] = []
    around: list[int] = []
    for item in found:
        while around and around[-1] <= item.start:
            around.pop()
        nested.append(Quotation(item.start, item.end, len(around), item.open_ended, item.single))
        around.append(item.end)
    return nested


def _marked(text: str) -> Iterator[Quotation]:
    stack: list[tuple[str, int]] = []
    for match in _MARK.finditer(text):
        mark, at = match.group(), match.start()
        if mark == "\n":
            if text[at + 1 : at + 2].islower():
                continue  # a wrapped line
            yield from _carried_on(text, stack, at)
            stack.clear()
        elif _closes(text, at, mark, stack):
            while stack[-1][0] not in _OPENED_BY[mark]:
                stack.pop()
            opening, start = stack.pop()
            if 0 < at - start - 1 <= _LONGEST:
                yield _quotation(text, opening, start + 1, at)
        elif _opens(text, at, mark):
            stack.append((mark, at))
            del stack[:-_DEEPEST]
    yield from _carried_on(text, stack, len(text))


_OPENED_BY = {
    closer: frozenset(opener for opener, closers in _CLOSES.items() if closer in closers) for closer in _CLOSERS
}


def _quotation(text: str, opening: str, start: int, end: int, open_ended: bool = False) -> Quotation:
    """French puts blanks inside the marks."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Quotation(start, max(end, start + 1), 0, open_ended, opening in _SINGLE)


def _carried_on(text: str, stack: Iterable[tuple[str, int]], end: int) -> Iterator[Quotation]:
    """The unclosed quotation that the next paragraph continues with the same mark."""
    for mark, start in list(stack)[:1]:
        begun = start == 0 or text[start - 1] in " \n"
        again = _AGAIN.match(text, end)
        goes_on = again is not None and text.startswith(mark, again.end())
        if begun and goes_on and mark not in _SINGLE and 1 < end - start <= _LONGEST:
            yield _quotation(text, mark, start + 1, end, open_ended=True)


def _closes(text: str, at: int, mark: str, stack: list[tuple[str, int]]) -> bool:
    if mark not in _CLOSERS or not stack:
        return False
    openers = _OPENED_BY[mark]
    if not any(opening in openers for opening, _ in stack[-2:]):
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark in '"“«' and before.isspace() and after.isalnum() and text[at - 2 : at - 1] != mark:
        return mark == "«"  # an opening mark inside an unclosed quotation; French closes after a blank with another
    if mark not in _SINGLE:
        return True
    if after.isalnum() or before.isspace():
        return False  # an apostrophe
    # "the accounts' owners" has no closing mark.
    return before in ".,!?…;:" or not after or after in '.,;:!?)—–-”"»]' or before != "s"


def _opens(text: str, at: int, mark: str) -> bool:
    if mark not in _CLOSES:
        return False
    before, after = text[at - 1 : at] if at else " ", text[at + 1 : at + 2]
    if mark in "«„“‟「『":
        return True
    if mark == "»" or mark == "”":  # German and Danish books, Swedish papers
        return before in " \n(" and not after.isspace() and after not in ".,;:"
    if after.isspace() or not after or before not in _BEFORE_OPENING:
        return False
    return mark not in _SINGLE or not (_ELIDED.match(text, at) and not after.isspace())
