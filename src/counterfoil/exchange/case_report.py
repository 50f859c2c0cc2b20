"""The case report of an incident in Markdown, from a template that a team can replace.

DOCX and PDF are made of the same Markdown (`case_docx`, `case_pdf`), so that one template serves all three.
The template is Jinja's, run in its sandbox; every value that it prints is escaped for Markdown.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from importlib.resources import files
from typing import Any, BinaryIO

from counterfoil.errors import UsageError
from counterfoil.exchange.exporter import Exporter, as_text
from counterfoil.model.casefile import Entry, Evidence
from counterfoil.model.coding import Citation, Modality
from counterfoil.model.framework import Framework
from counterfoil.model.incident import CodedIncident
from counterfoil.model.report import Report

MODALITIES = {
    Modality.OBSERVED: "observed",
    Modality.ASSESSED: "assessed (inferred, not seen)",
    Modality.WARNED: "warned of (may happen)",
    Modality.NEGATED: "said not to have happened",
}
OBSERVABLES = frozenset({"platform", "figure"})  #: assets that are not observables
PLACES = 3  #: places of one line that are cited
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&!])")
#: What begins a list or underlines a heading, where it begins a line.
_LEADING = re.compile(r"^(\d+)(?=[.)](?:\s|$))|^(?=[-+](?:\s|$)|[-=]+$)")
_BLANK = re.compile(r"\s+")
_EMPTY_LINES = re.compile(r"\n{3,}")


def packaged_template() -> str:
    """The template that is used where a team has none of its own."""
    return (files("counterfoil.exchange") / "templates" / "case_report.md").read_text(encoding="utf-8")


def markdown(coded: CodedIncident, framework: Framework, template: str = "") -> str:
    """The case report of one incident.

    Args:
        template: Jinja text; empty means the packaged one.

    Raises:
        UsageError: the template cannot be run; the message says in which line and why.
    """
    from jinja2 import TemplateError

    try:
        text = _compiled(template or packaged_template()).render(values(coded, framework))
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        line = getattr(error, "lineno", None)
        raise UsageError(
            f"The template of the case report fails{f' in line {line}' if line else ''}: {error}.",
            "docs/case-report.md lists what a template may use.",
        ) from error
    return _EMPTY_LINES.sub("\n\n", text).strip() + "\n"


@lru_cache(maxsize=4)
def _compiled(template: str) -> Any:
    """The template, made once for any number of incidents."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        finalize=_printed, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined, autoescape=False
    )
    return environment.from_string(template)


def values(coded: CodedIncident, framework: Framework) -> dict[str, Any]:
    """What a template may use: see docs/case-report.md."""
    numbers = {report.id: number for number, report in enumerate(coded.reports, start=1)}
    reports = {report.id: report for report in coded.reports}
    sections = coded.case.sections
    return {
        "incident": coded.incident,
        "tlp": coded.incident.tlp.label,
        "framework": framework,
        "summary": coded.case.summary,
        "sections": {
            name: sections.get(name, ())
            for name in ("attributions", "actors", "targets", "dates", "narratives", "assets")
        },
        "observables": [one for one in sections.get("assets", ()) if not OBSERVABLES & set(one.facts.get("kind", ()))],
        "tactics": _tactics(coded.citations, framework, numbers, reports),
        "views": coded.case.views,
        "references": [_reference(number, reports[report_id]) for report_id, number in numbers.items()],
        "cited": partial(_cited, numbers),
        "fact": _fact,
    }


class Marked(str):
    """Markdown of ours: printed as it is."""

    __slots__ = ()


def _printed(value: object) -> object:
    """What `{{ … }}` puts into the text: escaped, on one line."""
    return value if isinstance(value, Marked) else escaped(str(value))


def escaped(text: str) -> str:
    """Text as Markdown that shows it as it is, on one line."""
    line = _SPECIAL.sub(r"\\\1", _BLANK.sub(" ", text).strip())
    return _LEADING.sub(lambda match: f"{match[1] or ''}\\", line)


def _fact(entry: Entry, name: str) -> str:
    return ", ".join(entry.facts.get(name, ()))


def _cited(numbers: Mapping[str, int], evidence: Sequence[Evidence]) -> Marked:
    """The places that a line rests on: " [1: 120–180; 2: 3–9]"."""
    places = list(dict.fromkeys(f"{numbers[one.report]}: {one.span.start}–{one.span.end}" for one in evidence))
    more = f"; and {len(places) - PLACES} more" if len(places) > PLACES else ""
    return Marked(f" \\[{'; '.join(places[:PLACES])}{more}\\]" if places else "")


def _tactics(
    citations: Iterable[Citation], framework: Framework, numbers: Mapping[str, int], reports: Mapping[str, Report]
) -> list[dict[str, Any]]:
    """Tactics in their order, each with its citations; codes of other versions last."""
    by_tactic: dict[str, list[Citation]] = {}
    for citation in citations:
        technique = framework.named(citation.suggestion.code)
        by_tactic.setdefault(technique.tactic if technique else "", []).append(citation)
    names = {tactic.id: tactic.name for tactic in framework.tactics}
    order = [tactic for tactic in names if tactic in by_tactic]
    order += [tactic for tactic in by_tactic if tactic not in names]
    return [
        {
            "id": tactic,
            "name": names.get(tactic, "Of another framework or version"),
            "citations": [
                _citation(one, framework, numbers, reports)
                for one in sorted(by_tactic[tactic], key=lambda one: (one.suggestion.code.id, one.suggestion.spans))
            ],
        }
        for tactic in order
    ]


def _citation(
    citation: Citation, framework: Framework, numbers: Mapping[str, int], reports: Mapping[str, Report]
) -> dict[str, Any]:
    suggestion, decision = citation.suggestion, citation.decision
    technique = framework.named(suggestion.code)
    report = reports[suggestion.report]
    quotes = []
    for span in suggestion.spans:
        page = report.page_of(span.start)
        place = f"{numbers[report.id]}: {span.start}–{span.end}" + (f", page {page}" if page else "")
        quotes.append({"text": span.quote, "source": Marked(f"\\[{place}\\]")})
    return {
        "id": suggestion.code.id,
        "name": technique.name if technique else f"({suggestion.code.framework} {suggestion.code.version})",
        "modality": MODALITIES[suggestion.modality],
        "actor": suggestion.actor,
        "voice": suggestion.voice,
        "quotes": quotes,
        "analyst": decision.analyst,
        "decided": decision.at[:10],
        "comment": decision.comment.rstrip("."),
    }


def _reference(number: int, report: Report) -> dict[str, Any]:
    return {
        "number": Marked(str(number)),
        "id": report.id,
        "title": report.title or report.source,
        "by": ", ".join(filter(None, (report.author, report.publisher))),
        "published": report.published,
        "where": report.url or report.source,
        "sha256": report.sha256,
    }


def write(incidents: Iterable[CodedIncident], framework: Framework, out: BinaryIO, template: str = "") -> None:
    """Write the reports one after the other, with a rule between two."""
    with as_text(out) as text:
        for number, coded in enumerate(incidents):
            text.write(("\n---\n\n" if number else "") + markdown(coded, framework, template))


EXPORTER = Exporter(
    label="Case report (Markdown)",
    suffix=".md",
    media_type="text/markdown",
    write=write,
    templated=lambda template: partial(write, template=template),
)
