"""Voices: quoted speech with its speaker, "according to", and the lines that introduce an outlet."""

import re
from collections.abc import Iterator

from counterfoil.extraction.reading import Reading
from counterfoil.model.extraction import Extraction, Voice

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
    r"\b[Aa]ccording to (?P<who>(?:an? |the )?[^\s,.;:“”\"()\n][^,.;:“”\"()\n]{1,80}?)(?=[,.;:)\n]|"
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


def find(reading: Reading, _found: Extraction) -> tuple[Voice, ...]:
    """Who says what, in text order; the span is what is said."""
    items: dict[tuple[int, int], Voice] = {}
    introduced = list(_lines(reading.text))
    for start, end, speaker, via in (*introduced, *_quotes(reading.text), *_according(reading)):
        # A speaker inside an outlet's paragraph is heard through that outlet.
        outer = next((line[3] for line in introduced if line[0] <= start and end <= line[1]), "")
        items.setdefault((start, end), Voice(speaker, via or outer, (reading.span(start, end),)))
    return tuple(sorted(items.values(), key=lambda voice: voice.spans[0]))


def _quotes(text: str) -> Iterator[tuple[int, int, str, str]]:
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


def _according(reading: Reading) -> Iterator[tuple[int, int, str, str]]:
    for match in _ACCORDING.finditer(reading.text):
        if _is_speaker(match["who"]):
            start, end = reading.sentence(match.start())
            start += len(reading.text[start:end]) - len(reading.text[start:end].lstrip())
            end = start + len(reading.text[start:end].rstrip())
            yield start, end, match["who"].strip(), ""


def _lines(text: str) -> Iterator[tuple[int, int, str, str]]:
    """The paragraph after "From A and B at Reuters:" or "From MTAC's fourth report:"."""
    for pattern in (_LINE, _REPORT_LINE):
        for match in pattern.finditer(text):
            start = match.end()
            while start < len(text) and text[start].isspace():
                start += 1
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            if start < end:
                yield start, end, match["who"].strip(), match["via"].strip()
