"""Incidents as their pages show them: lines of a list, and one with every entry tied to its place in a report."""

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from urllib.parse import quote

from counterfoil.kb.selecting import IncidentRow
from counterfoil.model.casefile import Entry, Evidence
from counterfoil.model.coding import Citation, Modality
from counterfoil.model.evidence import Span
from counterfoil.model.framework import Framework, Tactic
from counterfoil.model.incident import CodedIncident
from counterfoil.web.views.text import paragraphs

QUOTE_CHARS = 220  #: of a quote on the page
PLACES = 4  #: links to passages beside an entry
#: Who operates comes before who reports.
_ACTORS_FIRST = {kind: number for number, kind in enumerate(("actor", "network", "person", "state"))}
WORDS = 6  #: at either end of a passage that a link names


@dataclass(frozen=True, slots=True)
class Line:
    """An incident in a list."""

    id: str
    name: str
    created: str
    origin: str
    external_id: str
    about: str
    reports: int
    techniques: int


@dataclass(frozen=True, slots=True)
class Place:
    """A passage that something rests on, and the address of the review page at that passage."""

    quote: str
    href: str
    report: str


@dataclass(frozen=True, slots=True)
class Row:
    """An entry of a section: its name, what is said of it, where; `more` places are not shown."""

    name: str
    facts: Mapping[str, str]
    places: tuple[Place, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation: how the text puts it, its quotes, who accepted it."""

    modality: str
    actor: str
    voice: str
    places: tuple[Place, ...]
    more: int
    analyst: str
    at: str
    comment: str


@dataclass(frozen=True, slots=True)
class TechniqueCited:
    """A technique of the incident; `known` is false where its code is not of the framework in use."""

    id: str
    name: str
    known: bool
    citations: tuple[Cited, ...]

    @property
    def negated(self) -> bool:
        return all(one.modality == Modality.NEGATED.value for one in self.citations)


@dataclass(frozen=True, slots=True)
class TacticCited:
    """The incident's techniques of one tactic; None for codes that are of another framework or version."""

    tactic: Tactic | None
    techniques: tuple[TechniqueCited, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the drafted summary with its places."""

    text: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class ViewGroup:
    """A part of a derived view."""

    name: str
    rows: tuple[Row, ...]
    note: str


@dataclass(frozen=True, slots=True)
class ViewShown:
    """The incident by another scheme, and whose that is."""

    name: str
    source: str
    groups: tuple[ViewGroup, ...]


class Places:
    """The addresses of passages. A browser lights the words themselves where it knows text fragments."""

    def __init__(self, coded: CodedIncident) -> None:
        self._starts = {report.id: [one.start for one in paragraphs(report)] for report in coded.reports}

    def of(self, evidence: Evidence) -> Place:
        """A passage in the review page's list of what was found."""
        span = evidence.span
        anchor = f"#p{self._paragraph(evidence.report, span)}:~:text={text_fragment(span.quote)}"
        return Place(_short(span), f"/reports/{evidence.report}/review?tab=found{anchor}", evidence.report)

    def cited(self, citation: Citation) -> Iterator[Place]:
        """The passages of a citation, with its card open."""
        suggestion = citation.suggestion
        for span in suggestion.spans:
            href = f"/reports/{suggestion.report}/review?focus={suggestion.id}&score=0#{suggestion.id}"
            yield Place(_short(span), href, suggestion.report)

    def _paragraph(self, report: str, span: Span) -> int:
        starts = self._starts[report]
        return starts[max(0, bisect_right(starts, span.start) - 1)] if starts else 0


def text_fragment(passage: str) -> str:
    """The passage as a URL's text fragment: its words, or the first and last ones of a long one."""
    lines = [line for line in passage.splitlines() if line.strip()] or [""]
    first, last = lines[0].split(), lines[-1].split()
    if len(lines) == 1 and len(first) <= 2 * WORDS:
        return _escaped(" ".join(first))
    return f"{_escaped(' '.join(first[:WORDS]))},{_escaped(' '.join(last[-WORDS:]))}"


def line_of(row: IncidentRow) -> Line:
    """A stored incident as a line."""
    details = json.loads(row.details) if row.details else {}
    behind = ", ".join(details.get("attributed_to", ()))
    where = ", ".join(details.get("found_in", ()))
    parts = [details.get("year", ""), behind and f"attributed to {behind}", where and f"found in {where}"]
    return Line(
        id=row.id,
        name=row.name,
        created=row.created,
        origin=row.origin,
        external_id=details.get("external_id", ""),
        about=" · ".join(part for part in parts if part),
        reports=row.reports,
        techniques=row.techniques,
    )


def sections(coded: CodedIncident, places: Places) -> dict[str, list[Row]]:
    """The sections of the case file that stand on their own; techniques are shown by `tactics`."""
    named = ("actors", "attributions", "targets", "dates", "assets", "narratives")
    found = {name: [_row(entry, places) for entry in coded.case.sections.get(name, ())] for name in named}
    found["dates"].sort(key=lambda row: row.name)
    found["actors"].sort(key=lambda row: _ACTORS_FIRST.get(row.facts.get("kind", ""), len(_ACTORS_FIRST)))
    return found


def sentences(coded: CodedIncident, places: Places) -> list[Sentence]:
    """The drafted summary; what was coded has its own section."""
    kept = [line for line in coded.case.summary if not line.text.startswith("Techniques: ")]
    return [Sentence(line.text, tuple(places.of(one) for one in line.evidence[:PLACES])) for line in kept]


def views(coded: CodedIncident, places: Places) -> list[ViewShown]:
    """The case by other schemes, with what is empty and why."""
    return [
        ViewShown(
            view.name,
            view.source,
            tuple(ViewGroup(one.name, tuple(_row(e, places) for e in one.entries), one.note) for one in view.groups),
        )
        for view in coded.case.views
    ]


def tactics(coded: CodedIncident, framework: Framework, places: Places) -> list[TacticCited]:
    """The citations by tactic and technique, in the framework's order; other versions' codes come last."""
    by_code: dict[tuple[str, str, str], list[Citation]] = {}
    for citation in coded.citations:
        code = citation.suggestion.code
        by_code.setdefault((code.framework, code.version, code.id), []).append(citation)
    by_tactic: dict[str, list[TechniqueCited]] = {}
    for (name, version, technique), citations in sorted(by_code.items()):
        known = framework.named(citations[0].suggestion.code)
        label = known.name if known else f"of {name} {version}"
        cited = tuple(_cited(one, places) for one in citations)
        found = TechniqueCited(technique, label, known is not None, cited)
        by_tactic.setdefault(known.tactic if known else "", []).append(found)
    ordered: list[Tactic | None] = [*sorted(framework.tactics, key=lambda one: one.rank), None]
    groups = [TacticCited(one, tuple(by_tactic.get(one.id if one else "", ()))) for one in ordered]
    return [group for group in groups if group.techniques]


def technique_ids(groups: Sequence[TacticCited]) -> list[str]:
    """The framework's techniques that the incident shows, without those said not to have happened."""
    return [one.id for group in groups for one in group.techniques if one.known and not one.negated]


def briefed(groups: Sequence[TacticCited], most: int) -> tuple[list[tuple[str, TechniqueCited]], list[str]]:
    """The techniques that a briefing shows, each with its tactic's name, and the ids of those that it only names.

    Of many, the ones that are cited most come first; they stand in the framework's order.
    """
    named = [
        (group.tactic.name if group.tactic else "another version", one) for group in groups for one in group.techniques
    ]
    most_cited = sorted(range(len(named)), key=lambda n: (named[n][1].negated, -len(named[n][1].citations), n))
    shown = set(most_cited[:most])
    return [named[n] for n in sorted(shown)], [one.id for n, (_, one) in enumerate(named) if n not in shown]


def _cited(citation: Citation, places: Places) -> Cited:
    suggestion, decision = citation.suggestion, citation.decision
    found = tuple(places.cited(citation))
    return Cited(
        modality=suggestion.modality.value,
        actor=suggestion.actor,
        voice=suggestion.voice,
        places=found[:PLACES],
        more=max(0, len(found) - PLACES),
        analyst=decision.analyst,
        at=decision.at,
        comment=decision.comment,
    )


def _row(entry: Entry, places: Places) -> Row:
    facts = {name: ", ".join(values) for name, values in entry.facts.items()}
    shown = tuple(places.of(one) for one in entry.evidence[:PLACES])
    return Row(entry.name, facts, shown, max(0, len(entry.evidence) - PLACES))


def _short(span: Span) -> str:
    return shorten(span.quote, QUOTE_CHARS, placeholder=" …")


def _escaped(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")
