"""Incidents in the layout of DISARM's DATA workbook, so that an analyst can contribute them upstream.

Rows of the sheets `incidents`, `incidenttechniques` and `urls`, with the columns and conventions of DISARM's own:
a coded paragraph is the quote in italics and quotation marks, then the analyst's words and the code in brackets.
An incident or row that has no DISARM id gets a provisional one (I9…, IT9…), the same each time.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from typing import BinaryIO

from counterfoil.exchange.exporter import Exporter
from counterfoil.exchange.tables_xlsx import MEDIA_TYPE
from counterfoil.exchange.workbook import Workbook
from counterfoil.model.coding import Citation, Modality
from counterfoil.model.framework import Framework
from counterfoil.model.incident import CodedIncident
from counterfoil.model.report import Report

LOSSES: Mapping[str, str] = {
    "denied and warned": "what a text says did not happen, or may happen: DISARM lists what was seen",
    "other versions": "citations under another framework or version: carry them over first",
    "extraction": "actors, attributions, observables, narratives, dates: DISARM has no columns for them",
    "decisions": "who accepted a technique, when, and the score; the comment goes along",
    "offsets": "where in the report a quote stands; runs of blanks in it become one, a line break a paragraph",
    "texts": "the reports themselves; of a report with an address its date, authors and publisher go along",
}
COLUMNS = {
    "incidents": (
        "disarm_id name objecttype summary year_started attributions_seen found_in_country urls notes when_added "
        "found_via longname"
    ).split(),
    "incidenttechniques": ["disarm_id", "name", "incident_id", "technique_ids", "summary"],
    "urls": ["url_id", "pub_date", "authors", "org", "archive_link"],
}
LEFT_OUT = "README"  #: the sheet that says what was left out; readers of DISARM's workbooks pass over one so named
_OURS = re.compile(r"I\d{5,}")
_CODED = frozenset({Modality.OBSERVED, Modality.ASSESSED})


def write(incidents: Iterable[CodedIncident], framework: Framework, out: BinaryIO) -> None:
    """Write the workbook: what was left out is listed in it, row by row."""
    book = Workbook(
        out, {**COLUMNS, LEFT_OUT: ["incident", "citation", "technique", "left out because"]}, "DISARM data"
    )
    contribution = _Contribution(book, framework)
    for coded in incidents:
        contribution.add(coded)
    book.close()


@dataclass(slots=True)
class _Contribution:
    book: Workbook
    framework: Framework
    _urls: set[str] = field(default_factory=set)

    def add(self, coded: CodedIncident) -> None:
        number = _number(coded)
        self.book.add("incidents", list(_incident(coded, number)))
        reports = {report.id: report for report in coded.reports}
        for citation in coded.citations:
            why = self._why_not(citation)
            if why:
                code = citation.suggestion.code
                self.book.add(LEFT_OUT, [number, citation.id, code.id, why])
                continue
            for row in self._paragraphs(citation, number):
                self.book.add("incidenttechniques", row)
        for report in reports.values():
            if report.url and report.url not in self._urls:
                self._urls.add(report.url)
                self.book.add("urls", [report.url, report.published.replace("-", "/"), *_by(report), ""])

    def _why_not(self, citation: Citation) -> str:
        suggestion = citation.suggestion
        if suggestion.modality not in _CODED:
            return f"the text says that it was {suggestion.modality.value}"
        if self.framework.named(suggestion.code) is None:
            return f"{suggestion.code} is no technique of {self.framework.name} {self.framework.version}"
        return ""

    def _paragraphs(self, citation: Citation, incident: str) -> Iterator[list[str]]:
        suggestion = citation.suggestion
        technique = self.framework.technique(suggestion.code.id)
        said = [citation.decision.comment] if citation.decision.comment else []
        if suggestion.modality is Modality.ASSESSED:
            said.append("The source assesses this.")
        for place, quote in enumerate([span.quote for span in suggestion.spans]):
            gloss = " ".join([*map(_html, said), f"({technique.id}: {escape(technique.name, quote=False)})"])
            row = f"IT9{_digits(citation.id, incident, place)}"
            yield [row, f"<i>“{_html(quote)}”</i><br><br>{gloss}", incident, technique.id, ""]


def _incident(coded: CodedIncident, number: str) -> Iterator[str]:
    incident = coded.incident
    details = incident.details
    urls = dict.fromkeys([*details.references, *(report.url for report in coded.reports if report.url)])
    yield from (number, incident.name, "incident", _html(details.summary), details.year)
    yield from (_words(details.attributed_to), _words(details.found_in), " ".join(urls))
    yield from ("", incident.created[:10], "", f"{number} - {incident.name}")


def _number(coded: CodedIncident) -> str:
    """The incident's DISARM id if it has one."""
    known = coded.incident.details.external_id
    return known if _OURS.fullmatch(known) else f"I9{_digits(coded.incident.id)}"


def _digits(*parts: str | int) -> str:
    """Twelve digits of the parts' hash."""
    digest = sha256("\x1f".join(map(str, parts)).encode()).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**12:012d}"


def _by(report: Report) -> tuple[str, str]:
    return report.author, report.publisher


def _words(words: Sequence[str]) -> str:
    return ", ".join(words)


def _html(text: str) -> str:
    return "<br>".join(escape(line, quote=False) for line in text.splitlines())


EXPORTER = Exporter("DISARM workbook", ".xlsx", MEDIA_TYPE, write, binary=True)
