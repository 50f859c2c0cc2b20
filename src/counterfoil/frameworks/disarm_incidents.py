"""DISARM's incidents as a starting knowledge base: quoted evidence apart from the analyst's words.

A coded paragraph is one cell of HTML. The source's words stand in <i>…</i>, or in older rows between
underscores (_"…"_); before and behind them the analyst speaks, with codes in brackets such as
"(T0097.110: Party Official Persona, T0143.003: Impersonated Persona)". The two get mixed: codes, whole
sentences of the analyst's or an introduction that ends in a colon stand inside the italics. Evidence must
not hold an analyst's words, so those are taken out of the quote; the source's words are never changed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from counterfoil.frameworks.cells import same_name, trimmed
from counterfoil.model.catalogue import (
    CodedParagraph,
    ImportedCitation,
    IncidentTechniques,
    KnownIncident,
    Quoted,
    Source,
)
from counterfoil.model.framework import Framework
from counterfoil.model.loaded import Loaded

_OPENING, _CLOSING = '“"”„«', '”"“»'  # rows open with closing marks, too
_ITALIC = re.compile(r"<i>(?P<quote>.*?)(?:</i>|\Z)", re.IGNORECASE | re.DOTALL)
#: between underscores; several such paragraphs in a row are one quote
_UNDERSCORED = re.compile(
    rf"(?<!\w)_(?=[{_OPENING}])(?P<quote>.*?)(?<=\S)_(?!\w)(?:\s|<br\s*/?>)*", re.IGNORECASE | re.DOTALL
)
_BREAK = re.compile(r"<br\s*/?>|</?p\b[^>]*>|\n", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
#: a code in running text with the name that DISARM's analysts write behind it: up to the next comma or bracket
_CODE = re.compile(r"\b(T\d{4,5}(?:[.:]\d{3})?)\b(?:\s*:\s*|\s+(?=[A-Z]))?")
_NAME = re.compile(r"[^,;()<>]*(?:\([^()]*\))?")
_BRACKETED = re.compile(r"\s*\((?=[^()]*\bT\d{4})(?:[^()]|\([^()]*\))*\)")


def disarm_incidents(loaded: Loaded) -> tuple[KnownIncident, ...]:
    """Every incident of a loaded catalogue with its references and coded paragraphs, in DISARM's order.

    Coded paragraphs whose incident is not there are in none of them; `orphans` has them.
    """
    catalogue = loaded.catalogue
    described = {source.id: source for source in catalogue.sources}
    rows: dict[str, list[CodedParagraph]] = {}
    for row in catalogue.incidenttechniques:
        rows.setdefault(row.incident, []).append(coded_paragraph(row, loaded.framework))
    return tuple(
        KnownIncident(
            incident=incident,
            text=plain_text(incident.summary),
            references=tuple(described.get(url) or Source(url) for url in incident.urls),
            paragraphs=tuple(rows.get(incident.id, ())),
        )
        for incident in catalogue.incidents
    )


def orphans(loaded: Loaded) -> tuple[CodedParagraph, ...]:
    """The coded paragraphs whose incident is not in the catalogue."""
    known = {incident.id for incident in loaded.catalogue.incidents}
    rows = loaded.catalogue.incidenttechniques
    return tuple(coded_paragraph(row, loaded.framework) for row in rows if row.incident not in known)


def coded_paragraph(row: IncidentTechniques, framework: Framework) -> CodedParagraph:
    """One row: quotes and glosses apart, citations from the inline codes and from the row's ids."""
    pieces = list(_pieces(row.name))
    quotes: list[Quoted] = []
    lead: list[str] = []
    codes: list[_Code] = []
    for piece in pieces:
        if piece.quote:
            quotes.append(Quoted(piece.quote, mended=piece.mended))
        if piece.gloss and quotes:
            last = quotes[-1]
            quotes[-1] = Quoted(last.quote, _joined(last.gloss, piece.gloss), last.mended)
        elif piece.gloss:
            lead.append(piece.gloss)
        found = [_Code(*code, quote=len(quotes) - 1) for code in _inline(piece.gloss)]
        codes += [_mended(code, framework) for code in found]
    known = [code for code in codes if code.technique in framework.techniques]
    unlinked = dict.fromkeys(code.technique for code in codes if code not in known)
    citations = _citations(known, row.techniques, len(quotes))
    return CodedParagraph(row.id, row.incident, _joined(*lead), tuple(quotes), citations, tuple(unlinked))


@dataclass(frozen=True, slots=True)
class _Code:
    """An inline code; `quote` is the position of the quote before it, -1 if there is none."""

    technique: str
    name: str
    quote: int


def _mended(code: _Code, framework: Framework) -> _Code:
    """The same, with "T0097:109" read as T0097.109 if the name written beside it is that technique's."""
    meant = framework.techniques.get(code.technique.replace(":", "."))
    if meant and meant.id != code.technique and same_name(code.name, meant.name):
        return _Code(meant.id, code.name, code.quote)
    return code


def _citations(codes: list[_Code], listed: tuple[str, ...], quotes: int) -> tuple[ImportedCitation, ...]:
    """One citation per technique. A code before the first quote, or only in the row, belongs to the only
    quote if there is just one."""
    only = (0,) if quotes == 1 else ()
    found = {}
    for technique in dict.fromkeys([*(code.technique for code in codes), *listed]):
        mine = [code for code in codes if code.technique == technique]
        behind = tuple(dict.fromkeys(code.quote for code in mine if code.quote >= 0))
        name = next((code.name for code in mine if code.name), "")
        found[technique] = ImportedCitation(technique, bool(mine), technique in listed, name, behind or only)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a cell: a quote, the analyst's words, or a quote and words taken out of it."""

    quote: str
    gloss: str
    mended: str = ""


def _pieces(cell: str) -> Iterator[_Piece]:
    position = 0
    for start, end, quote in _quoted(cell):
        yield from _gloss(cell[position:start])
        yield from _without_gloss(quote)
        position = end
    yield from _gloss(cell[position:])


def _quoted(cell: str) -> list[tuple[int, int, str]]:
    """Where quotes stand (start, end) and what they hold, neighbours joined."""
    found: list[tuple[int, int, str]] = []
    pattern = _ITALIC if _ITALIC.search(cell) else _UNDERSCORED
    for match in pattern.finditer(cell):
        if found and not trimmed(plain_text(cell[found[-1][1] : match.start()])):
            start, _, before = found.pop()
            found.append((start, match.end(), f"{before}<br>{match['quote']}"))
        else:
            found.append((match.start(), match.end(), match["quote"]))
    return found


def _gloss(html: str) -> Iterator[_Piece]:
    text = plain_text(html)
    if text:
        yield _Piece("", text)


def _without_gloss(html: str) -> Iterator[_Piece]:
    """The quote, with what the analyst put into it before or behind it as gloss of its own."""
    paragraphs = _paragraphs(html)
    lead = []
    if len(paragraphs) > 1 and paragraphs[0].endswith(":") and paragraphs[0][0] not in _OPENING + "[":
        lead.append(paragraphs.pop(0))
    kept, behind, mended = [], [], []
    for paragraph in paragraphs:
        if not _CODE.search(paragraph):
            kept.append(paragraph)
        elif paragraph[0] in _OPENING:
            kept.append(_BRACKETED.sub("", paragraph))
            behind += [trimmed(bracket.group()) for bracket in _BRACKETED.finditer(paragraph)]
            mended.append("codes in brackets")
        else:
            behind.append(paragraph)
            mended.append("a paragraph with codes, which is the analyst's")
    if lead:
        mended.append("an introduction that ends in a colon")
        yield from _gloss(lead[0])
    quote = "\n\n".join(_without_marks(kept))
    gloss = "\n\n".join(behind)
    if quote or gloss:
        yield _Piece(quote, gloss, "; ".join(dict.fromkeys(mended)))


def _without_marks(paragraphs: list[str]) -> list[str]:
    """A quote without its own quotation marks: each paragraph opens with one, only the last has the closing one.

    Where that is not so, the marks are the source's own (direct speech) and stay.
    """
    written = [p for p in paragraphs if not p.startswith("[")]
    if not written or written[0][0] not in _OPENING:
        return paragraphs
    opened = sum(p[0] in _OPENING for p in written) * 2 >= len(written)
    closed = written[-1][-1] in _CLOSING
    if not (_is_open(written[0]) and (opened or closed)) and not (opened and closed):
        return paragraphs
    stripped = [p[1:].lstrip() if p[0] in _OPENING else p for p in paragraphs]
    if stripped[-1] and stripped[-1][-1] in _CLOSING:
        stripped[-1] = stripped[-1][:-1].rstrip()
    return [p for p in stripped if p]


def _is_open(paragraph: str) -> bool:
    """Whether the paragraph opens a quotation that it does not close."""
    return paragraph.count("“") > paragraph.count("”") or paragraph.count('"') % 2 == 1


def _paragraphs(html: str) -> list[str]:
    lines = (trimmed(re.sub(r"[ \t\u00a0]+", " ", unescape(_TAG.sub("", line)))) for line in _BREAK.split(html))
    return [line for line in lines if line]


def plain_text(html: str) -> str:
    """HTML as text: paragraphs between blank lines, entities resolved, tags gone."""
    return "\n\n".join(_paragraphs(html))


def _inline(text: str) -> Iterator[tuple[str, str]]:
    """The codes of a text with the names beside them."""
    for match in _CODE.finditer(text):
        rest = text[match.end() :]
        named = match.group() != match[1]
        following = _NAME.match(rest)
        name = following.group() if named and following else ""
        cut = _CODE.search(name)
        yield match[1], trimmed(name[: cut.start()] if cut else name).rstrip(".") if _in_brackets(text, match) else ""


def _in_brackets(text: str, match: re.Match[str]) -> bool:
    """Whether a code stands in brackets: only there does its name end where we can tell."""
    before = text[: match.start()]
    return before.rfind("(") > before.rfind(").") and before.count("(") > before.count(")")


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
