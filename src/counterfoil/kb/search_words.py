"""The little language of a search: words, "phrases", -not, prefix*, and filters such as technique:T0097.

Whatever somebody types is a query: what cannot be understood is taken as words, or told in `Query.notes`.
"""

import re
from dataclasses import dataclass, replace

from counterfoil.kb.folding import fold, is_spaced
from counterfoil.kb.indexing import KINDS, technique_tag

LONGEST = 500  #: characters of a query that are read
MOST_TERMS = 24
ALL_KINDS = ("technique", *KINDS)

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_PART = re.compile(
    r'(?P<minus>-)?(?:(?P<field>[A-Za-z]+):)?(?:"(?P<phrase>[^"]*)(?:"|$)(?P<star>\*)?|(?P<word>[^\s"]+))'
)
_TECHNIQUE = re.compile(r"[A-Z]{1,4}\d{3,5}(?:\.\d{1,4})?", re.IGNORECASE)
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_FIELDS = {
    **{"kind": "kind", "is": "kind", "technique": "technique", "code": "technique"},
    **{"lang": "language", "language": "language"},
    **{"date": "date", "since": "since", "after": "since", "until": "until", "before": "until"},
}


@dataclass(frozen=True, slots=True)
class Term:
    """Folded words that must stand next to each other; with `prefix` the last one may go on."""

    words: tuple[str, ...]
    prefix: bool = False
    technique: bool = False  #: a technique's id: passages coded with it count as having it


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: all `terms`, none of `without`, and what the filters leave; an empty filter leaves all.

    `kind` is one of ALL_KINDS; `technique` an id, which stands for its sub-techniques too; `language` an
    ISO 639-1 code. `since` and `until` are ISO 8601 dates ("2024", "2024-03", "2024-03-01"), both included.
    `notes` says in plain words what was passed over.
    """

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    kind: str = ""
    technique: str = ""
    language: str = ""
    since: str = ""
    until: str = ""
    notes: tuple[str, ...] = ()

    @property
    def filtered(self) -> bool:
        return bool(self.technique or self.language or self.since or self.until)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to go by: no word and no filter."""
        return not (self.terms or self.filtered or self.kind)


def read_query(text: str, typing: bool = False) -> Query:
    """The query that somebody typed.

    Args:
        typing: they are still at it: the last word may be the beginning of one.
    """
    notes = [f"Only the first {LONGEST} characters were read."] if len(text) > LONGEST else []
    text = text[:LONGEST].translate(_QUOTES)
    terms: list[Term] = []
    without: list[Term] = []
    filters: dict[str, str] = {}
    for part in _PART.finditer(text):
        field = _FIELDS.get((part["field"] or "").lower(), "")
        if field:
            _set(filters, notes, field, part)
            continue
        unfinished = typing and part.end() == len(text) and part["word"] is not None and not part["minus"]
        term = _term(part, unfinished)
        if term:
            (without if part["minus"] else terms).append(term)
    if len(terms) + len(without) > MOST_TERMS:
        notes.append(f"Only the first {MOST_TERMS} words were read.")
    query = Query(tuple(terms[:MOST_TERMS]), tuple(without[:MOST_TERMS]), **filters, notes=tuple(notes))
    if query.without and not query.terms:
        nothing = "A search needs words to look for, not only words to leave out; those were passed over."
        return replace(query, without=(), notes=(*query.notes, nothing))
    return query


def _term(part: re.Match[str], unfinished: bool) -> Term | None:
    text = part["phrase"] if part["word"] is None else part["word"]
    starred = part["star"] is not None or (part["word"] or "").endswith("*")
    folded = tuple(fold(f"{part['field'] or ''} {text}").split())
    if not folded:
        return None
    # One letter begins too many words to look for; a character of Chinese is a word already.
    long_enough = len(folded[-1]) > 1 and not is_spaced(folded[-1])
    is_code = part["field"] is None and part["word"] is not None and _TECHNIQUE.fullmatch(text.rstrip("*")) is not None
    return Term(folded, (starred or unfinished) and long_enough, is_code)


def _set(filters: dict[str, str], notes: list[str], field: str, part: re.Match[str]) -> None:
    """Note a filter, or say why it is passed over."""
    value = (part["phrase"] if part["word"] is None else part["word"]).strip()
    if part["minus"]:
        notes.append(f"{part[0]}: a filter cannot be turned round; it was passed over.")
    elif field == "kind":
        kind = next((kind for kind in ALL_KINDS if value.lower() in (kind, f"{kind}s")), "")
        if kind:
            filters["kind"] = kind
        else:
            notes.append(f"{part[0]}: no such kind; there are {', '.join(ALL_KINDS)}.")
    elif field == "technique":
        if _TECHNIQUE.fullmatch(value):
            filters["technique"] = value.upper()
        else:
            notes.append(f"{part[0]}: ids of techniques look like T0097 or T0097.110.")
    elif field == "language":
        if re.fullmatch("[A-Za-z]{2,3}", value):
            filters["language"] = value.lower()
        else:
            notes.append(f"{part[0]}: languages are given by their code, such as en or uk.")
    elif not _DATE.fullmatch(value):
        notes.append(f"{part[0]}: dates look like 2024, 2024-03 or 2024-03-01.")
    elif field == "date":
        filters["since"] = filters["until"] = value
    else:
        filters[field] = value


def lines_expression(query: Query) -> str:
    """The query in FTS5's words, for the index of short texts. Empty: every entry will do.

    All that comes from the query stands in quotes, and holds no quote: folded words are letters and digits.
    """
    wanted = [_either(term) if term.technique else _in_words(term) for term in query.terms]
    return _joined([*wanted, *_tags(query)], query.without)


def texts_expression(query: Query) -> str:
    """The query in FTS5's words, for the index of reports' texts."""
    return _joined([*map(_in_words, query.terms), *_tags(query, codes=False)], query.without)


def titles_expression(query: Query) -> str:
    """The query's words, all of them in the title."""
    return " AND ".join(f"{{title}} : {_quoted(term)}" for term in query.terms)


def _joined(wanted: list[str], without: tuple[Term, ...]) -> str:
    expression = " AND ".join(wanted)
    return f"({expression}) NOT ({' OR '.join(map(_in_words, without))})" if wanted and without else expression


def _quoted(term: Term) -> str:
    return f'"{" ".join(term.words)}"{" *" if term.prefix else ""}'


def _in_words(term: Term) -> str:
    return f"{{title body}} : {_quoted(term)}"


def _either(term: Term) -> str:
    return f"({_in_words(term)} OR {_coded(' '.join(term.words))})"


def _coded(technique: str) -> str:
    """Passages with that technique, or one of its sub-techniques."""
    whole = technique_tag(technique)
    beneath = "" if "x" in whole else f' OR "{whole}x" *'
    return f'{{tags}} : ("{whole}"{beneath})'


def _tags(query: Query, codes: bool = True) -> list[str]:
    """What the filters say of an entry's tags."""
    tags = []
    if query.technique and codes:
        tags.append(_coded(query.technique))
    if query.language:
        tags.append(f'{{tags}} : "l{query.language}"')
    return tags
