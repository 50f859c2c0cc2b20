"""Which column of a user's spreadsheet is what: suggested by its header and its content, for a person to correct."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from counterfoil.errors import UsageError

Columns = dict[str, str]  #: role -> header

#: What a column can be, in words for an analyst.
ROLES: Mapping[str, str] = {
    "incident": "name of the incident (needed, unless --incident names one)",
    "id": "the incident's id in the sheet",
    "technique": "technique ids or names, one or several in a cell (needed)",
    "quote": "the source's words that the code rests on",
    "comment": "the analyst's comment on the code",
    "url": "address of the source",
    "title": "title of the source",
    "published": "date of the source",
    "publisher": "who published the source",
    "actor": "who did it",
    "voice": "who says so",
    "modality": "observed, assessed, warned or negated",
    "analyst": "who coded it",
    "decided": "when it was coded",
    "verdict": "accepted or rejected",
    "version": "version of the framework",
    "summary": "what the incident was",
    "year": "when the incident began",
    "attributed_to": "whom it is attributed to",
    "found_in": "countries in which it was seen",
    "tlp": "TLP label of the incident",
    "evidence": "the same in several rows: passages of one code",
}
#: How teams head such columns, in several languages; the best come first.
HEADERS: Mapping[str, str] = {
    "incident": "incident|incident name|case|case name|campaign|operation|vorfall|fall|kampagne|operation name"
    "|incidente|caso|campaña|cas|campagne|opération|incydent|przypadek|kampania|инцидент|случай|кампания"
    "|операция|інцидент|випадок|кампанія|операція|olay|事件",
    "id": "incident id|case id|disarm id|case number|case no|id|fallnummer"
    "|numéro|número|номер|identyfikator|идентификатор",
    "technique": "technique|techniques|technique id|technique ids|ttp|ttps|code|codes|disarm|disarm code|disarm ttp"
    "|disarm techniques|technik|techniken|técnica|técnicas|tecnica|tecniche|technika|techniki|техника|техники"
    "|техніка|техніки|код|коды|коди|teknik|技术",
    "quote": "quote|evidence|excerpt|passage|text|extract|zitat|beleg|textstelle|cita|evidencia|extrait|citation"
    "|preuve|citazione|cytat|dowód|цитата|доказательство|отрывок|доказ|уривок|alıntı|引用",
    "comment": "comment|comments|note|notes|remark|remarks|rationale|kommentar|anmerkung|bemerkung|notiz|comentario"
    "|nota|notas|commentaire|remarque|commento|komentarz|uwagi|комментарий|примечание|коментар|примітка",
    "url": "url|link|source url|source link|address|quelle url|enlace|lien|collegamento"
    "|адрес|ссылка|посилання|odnośnik",
    "title": "title|source|source title|report|article|titel|quelle|bericht|título|fuente|titre|source titre"
    "|fonte|rapporto|tytuł|źródło|заголовок|источник|заголовок статті|джерело|kaynak",
    "published": "published|publication date|date|source date|date published|datum|veröffentlicht|fecha|publicado"
    "|date de publication|publié|data|data pubblicazione|дата|дата публикации|дата публікації|tarih|日期",
    "publisher": "publisher|outlet|organisation|organization|herausgeber|medium|editor|éditeur|editore|wydawca|издание",
    "actor": "actor|threat actor|perpetrator|akteur|actores|acteur|attore|aktor|актор|исполнитель|виконавець",
    "voice": "voice|speaker|said by",
    "modality": "modality|certainty",
    "analyst": "analyst|coder|coded by|author|analysts|bearbeiter|analystin|analista|codificador"
    "|analyste|аналитик|аналітик",
    "decided": "coded on|decided|date coded|coding date|kodiert am|codificado|дата кодирования",
    "verdict": "verdict|decision|status|urteil|entscheidung",
    "version": "version|framework version|disarm version|versión|версия|версія|wersja",
    "summary": "summary|description|incident summary|zusammenfassung|beschreibung|resumen|descripción|résumé"
    "|description de l'incident|riassunto|descrizione|opis|streszczenie|описание|опис",
    "year": "year|year started|jahr|año|année|anno|rok|год|рік|yıl",
    "attributed_to": "attribution|attributed to|attributions seen|zuschreibung|zugeschrieben|atribución|atribuido a"
    "|attribué à|attribuzione|atrybucja|атрибуция|атрибуція",
    "found_in": "country|countries|target country|found in country|land|zielland|länder|país|países|pays|paese|paesi"
    "|kraj|страна|страны|країна|країни|ülke",
    "tlp": "tlp|marking|tlp marking|classification",
    "evidence": "citation",
}
#: Our own tables of citations name their columns so.
OURS: Columns = {
    "incident": "incident_name",
    "id": "incident",
    "url": "report_url",
    "title": "report_title",
    "published": "report_published",
    "evidence": "citation",
    **{
        name: name
        for name in "technique quote comment actor voice modality analyst decided verdict version tlp".split()
    },
}
OURS_ONLY = frozenset({"citation", "suggestion", "report_sha256", "passage"})
_ID = re.compile(r"\bT\d{4}(?:\.\d{3})?\b")
_URL = re.compile(r"https?://\S+|www\.\S+")
_DATE = re.compile(r"\d{4}(?:[-/.]\d{1,2}){0,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4}")
_TLP = re.compile(r"(?:TLP:)?\s*(?:CLEAR|WHITE|GREEN|AMBER(?:\+STRICT)?|RED)", re.IGNORECASE)
_SAMPLE = 200  #: rows that are looked at
ENOUGH = 0.72  #: likeness of a header from which on it is suggested
#: Roles that content alone can show, and how much of a column must look so.
_MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class Suggested:
    """A column for a role: why, and what stands in its first rows."""

    role: str
    column: str
    why: str
    examples: tuple[str, ...]


def suggest(header: Sequence[str], rows: Sequence[Sequence[str]], techniques: Iterable[str] = ()) -> list[Suggested]:
    """A column for each role that has one, the surest first; no column twice.

    Args:
        techniques: names of techniques, by which a column of names is known.
    """
    columns = {name: [row[place] for row in rows[:_SAMPLE] if row[place]] for place, name in enumerate(header) if name}
    if columns.keys() >= OURS_ONLY:
        return [_suggested(role, OURS[role], "a table of ours", columns) for role in OURS if OURS[role] in columns]
    known = {_plain(name) for name in techniques}
    ranked = []
    for number, role in enumerate(ROLES):
        for place, (name, cells) in enumerate(columns.items()):
            likeness, why = _likeness(role, name)
            shown, content = _content(role, cells, known)
            score = max(likeness, shown) + min(likeness, max(shown, 0.0)) / 4 if shown >= 0 else likeness - 1
            if score >= ENOUGH:
                ranked.append((-score, number, place, role, name, content if shown > likeness else why))
    chosen: dict[str, Suggested] = {}
    for *_, role, name, why in sorted(ranked):
        if role not in chosen and name not in {one.column for one in chosen.values()}:
            chosen[role] = _suggested(role, name, why, columns)
    return [chosen[role] for role in ROLES if role in chosen]


def _suggested(role: str, name: str, why: str, columns: Mapping[str, Sequence[str]]) -> Suggested:
    return Suggested(role, name, why, tuple(" ".join(cell.split())[:60] for cell in columns[name][:2]))


def _likeness(role: str, header: str) -> tuple[float, str]:
    wanted = _plain(header)
    best, like = 0.0, ""
    for place, word in enumerate(HEADERS.get(role, role).split("|")):
        known = _plain(word)
        if known == wanted:
            score = 1.0 - place / 1000
        else:
            score = 0.9 * SequenceMatcher(None, known, wanted).ratio()
            if len(known) > 3 and re.search(rf"\b{re.escape(known)}\b", wanted):
                score = max(score, 0.8 - place / 1000)
        if score > best:
            best, like = score, word
    return best, f"its header is like {like!r}"


def _content(role: str, cells: Sequence[str], techniques: set[str]) -> tuple[float, str]:
    """How much the cells look like the role's; -1 where they cannot be it."""
    if not cells:
        return 0.0, ""
    looks: Mapping[str, tuple[float, str]] = {
        "technique": (_share(cells, lambda cell: _has_code(cell, techniques)), "it holds techniques"),
        "url": (_share(cells, lambda cell: bool(_URL.match(cell))), "it holds web addresses"),
        "tlp": (_share(cells, lambda cell: bool(_TLP.fullmatch(cell))), "it holds TLP labels"),
    }
    shown, why = looks.get(role, (0.0, ""))
    if role in ("technique", "url") and shown < _MOSTLY / 2:
        return -1.0, ""
    if role in ("published", "decided", "year") and _share(cells, lambda cell: bool(_DATE.match(cell))) < _MOSTLY / 2:
        return -1.0, ""
    if role not in looks and any(share >= _MOSTLY for share, _ in looks.values()) and role != "id":
        return -1.0, ""  # what is plainly one thing is no other, whatever its header
    return (shown, why) if shown >= _MOSTLY else (0.0, "")


def _has_code(cell: str, techniques: set[str]) -> bool:
    return bool(_ID.search(cell)) or any(_plain(part) in techniques for part in re.split(r"[;\n|]", cell))


def _share(cells: Sequence[str], is_one: Callable[[str], bool]) -> float:
    return sum(map(is_one, cells)) / len(cells)


def _plain(words: str) -> str:
    bare = unicodedata.normalize("NFKC", words).casefold().replace("_", " ")
    return " ".join(re.sub(r"[^\w\s']", " ", bare).split())


def chosen(suggested: Iterable[Suggested], given: Iterable[str], header: Sequence[str]) -> Columns:
    """The columns in use: those suggested, changed as a person says ("technique=Code"; "quote=" for none).

    Raises:
        UsageError: no such role or column.
    """
    columns = {one.role: one.column for one in suggested}
    for one in given:
        role, sign, column = one.partition("=")
        role, column = role.strip().casefold(), column.strip()
        if not sign or role not in ROLES:
            raise UsageError(f"{one!r} says no column for a role.", f"Roles: {', '.join(ROLES)}; as technique=Code.")
        if column and column not in header:
            named = [name for name in header if _plain(name) == _plain(column)]
            if len(named) != 1:
                raise UsageError(f"The sheet has no column {column!r}.", f"It has: {', '.join(filter(None, header))}.")
            column = named[0]
        for other in [other for other, taken in columns.items() if taken == column and other != role]:
            del columns[other]
        if column:
            columns[role] = column
        else:
            columns.pop(role, None)
    return columns
