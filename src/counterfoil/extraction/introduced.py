"""Passages that a line introduces: "From A and B at Reuters:", "As the report notes, ...:", "It reads:"."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.phrases import matches_with
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.said import Said
from counterfoil.extraction.speaker_heads import Speaker
from counterfoil.extraction.speaker_phrases import before
from counterfoil.extraction.speaker_turns import turns
from counterfoil.extraction.speech_grammar import Grammar
from counterfoil.extraction.speech_tokens import tokens
from counterfoil.model.report import BlockKind

_LINE = Expression(
    r"(?:^|(?<=[.!?\])] )|(?<=\n))From (?P<who>[A-Z][^\n:@]{1,100}?) (?:at|of|for|"
    r"in) (?:the )?(?P<via>[A-Z][\w’'&. \-]{1,40}):(?=\s|$)",
    re.MULTILINE,
)
_REPORT_LINE = Expression(
    r"(?:^|(?<=[.!?\])] )|"
    r"(?<=\n))From (?:the )?(?P<who>[A-Z][\w.&\- ]{1,40})['’]s? (?P<via>[^\n:]{0,60}?\b(?:report|"
    r"statement|post|article|bulletin|blog|letter|release|memo|newsletter|"
    r"investigation|analysis|thread|announcement|brief|paper|study)\b)[^\n:]{0,40}:(?=\s|$)",
    re.MULTILINE,
)
_COLON = Expression(r":[ ]?\n\s{0,3}")
_SOURCE = Expression(r"\[(?:Source|Link|Original)\]", re.IGNORECASE)
_LONGEST = 6000  #: letters of a passage that a "[Source]" ends
_SENTENCE = 400
_LISTS = ("- ", "* ", "• ", "“", '"', "«", "„", "‘", "'", "1.", "[.")


class Introduced:
    """The paragraphs that such a line introduces, up to their "[Source]" if they have one."""

    def __init__(self, reading: Reading, grammar: Grammar) -> None:
        opened = [*_lines(reading.text), *_by_colon(reading, grammar), *turns(reading.text, grammar)]
        opened.sort(key=lambda said: said.start)
        self.passages: list[Said] = []
        for place, said in enumerate(opened):
            follows = opened[place + 1].at if place + 1 < len(opened) else len(reading.text)
            if self.passages and said.start < self.passages[-1].end:
                continue
            source = _SOURCE.search(reading.text, said.start, min(follows, said.start + _LONGEST))
            if source and said.kind == "source":
                line = reading.text.find("\n", source.end())
                said = said._replace(end=len(reading.text) if line < 0 else min(line, follows))
            elif said.via == _ONLY_WITH_SOURCE:
                continue
            self.passages.append(said._replace(via="" if said.via == _ONLY_WITH_SOURCE else said.via))
        self._starts = [said.start for said in self.passages]

    def around(self, start: int, end: int) -> Said | None:
        """The introduced passage that a range stands in."""
        at = bisect_right(self._starts, start) - 1
        inside = at >= 0 and end <= self.passages[at].end and (start, end) != self.passages[at][:2]
        return self.passages[at] if inside else None


_ONLY_WITH_SOURCE = "\0"


def _lines(text: str) -> Iterator[Said]:
    for pattern in (_LINE, _REPORT_LINE):
        for match in matches_with(text, pattern, ("From",), 0, 200):
            start, end = _paragraph(text, match.end())
            if start < end:
                who = Speaker(match.start("who"), match["who"].strip(), "name")
                yield Said(start, end, who, match["via"].strip(), "source", match.start("who"))


def _by_colon(reading: Reading, grammar: Grammar) -> Iterator[Said]:
    """The paragraph behind a sentence that ends with a colon and in which somebody speaks."""
    text, blocks = reading.text, _QuoteBlocks(reading)
    for match in _COLON.finditer(text):
        first = reading.sentence(match.start())[0]
        start, end = _paragraph(text, match.end())
        quoted = text.startswith(">", start) or blocks.has(reading, start)
        if match.start() - first > _SENTENCE or start >= end or text.startswith(_LISTS, start):
            continue
        words = tokens(text, first, match.start())
        verbs = [
            k for k, w in enumerate(words) if w.text.islower() and (w.low in grammar.verbs or w.low in grammar.tells)
        ]
        for verb in reversed(verbs):
            found = before(words[: verb + 1], verb, grammar, whole=True)
            if found is None:
                continue
            # Without a mark of its own, a passage is a source's only if its "[Source]" follows.
            via = found.who.via or ("" if quoted else _ONLY_WITH_SOURCE)
            begin = start + 2 if text.startswith("> ", start) else start
            yield Said(
                begin,
                blocks.end(reading, end) if quoted else end,
                found.who,
                via,
                "quotation" if quoted else "source",
                found.who.start,
            )
            break


class _QuoteBlocks:
    """The block quotes that a reader has found, asked for by offsets of the text read."""

    def __init__(self, reading: Reading) -> None:
        self._blocks = [block for block in reading.report.blocks if block.kind is BlockKind.QUOTE]
        self._starts = [block.start for block in self._blocks]

    def has(self, reading: Reading, offset: int) -> bool:
        """Whether an offset is in a block quote."""
        original = reading.mapped.range(offset, offset + 1)[0]
        at = bisect_right(self._starts, original) - 1
        return at >= 0 and original < self._blocks[at].end

    def end(self, reading: Reading, end: int) -> int:
        """The end of the last of the paragraphs, from the one that ends there on, that are block quotes."""
        while end < len(reading.text):
            start, following = _paragraph(reading.text, end)
            if start >= following or not self.has(reading, start):
                break
            end = following
        return end


def _paragraph(text: str, start: int) -> tuple[int, int]:
    while start < len(text) and text[start].isspace():
        start += 1
    end = text.find("\n", start)
    return start, len(text) if end < 0 else end
