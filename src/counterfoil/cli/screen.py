"""What drafts, suggestions and incidents look like in a terminal."""

from collections.abc import Iterable, Sequence

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from counterfoil.model.casefile import CaseFile
from counterfoil.model.coding import Decision, Modality, Suggestion, Verdict
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Extraction
from counterfoil.model.framework import Framework
from counterfoil.model.incident import Incident
from counterfoil.model.item_words import figure_title
from counterfoil.model.report import Report

MOST_SHOWN = 4  #: quotes, and reasons, of a suggestion on screen
QUOTE_CHARS = 240  #: of a quote on screen; the whole quote is in --format json

_MODALITY_STYLE = {
    Modality.OBSERVED: "green",
    Modality.ASSESSED: "yellow",
    Modality.WARNED: "magenta",
    Modality.NEGATED: "red",
}
_VERDICT = {Verdict.ACCEPTED: ("accepted", "bold green"), Verdict.REJECTED: ("rejected", "bold red")}


def print_report(screen: Console, report: Report) -> None:
    """One report: title, source, what the reader noted."""
    screen.print(Text(report.title or report.source, style="bold"))
    facts = [report.id, report.author, report.publisher, report.published, report.language]
    screen.print(Text(" · ".join(fact for fact in facts if fact) + f" · {len(report.text):,} characters", style="dim"))
    screen.print(Text(report.url or report.source, style="dim"))
    for note in report.notes:
        screen.print(Text(f"note: {note}", style="yellow"))


def print_details(screen: Console, incident: Incident) -> None:
    """What is said of an incident as a whole, where it was described elsewhere."""
    details = incident.details
    for fact in (
        " ".join(filter(None, (incident.origin, details.external_id))),
        ", ".join(filter(None, (details.year, *details.attributed_to, *details.found_in))),
        details.summary,
        *details.references,
    ):
        if fact:
            screen.print(Text(fact, style="dim"))


def print_case(screen: Console, case: CaseFile) -> None:
    """The summary of a case, and aliases that an analyst may want to join."""
    for statement in case.summary:
        screen.print(Text(statement.text))
    for proposal in case.aliases:
        used = f", as {proposal.used_by} calls it" if proposal.used_by else ""
        words = f"perhaps one actor: {proposal.name} and {proposal.alias}{used} ({proposal.reason})"
        screen.print(Text(words, style="yellow"))
    screen.print()


def print_suggestions(
    screen: Console, items: Sequence[tuple[Suggestion, Decision | None]], framework: Framework, hidden: int = 0
) -> None:
    """Suggestions with evidence and reasons; `hidden` more were cut off by --top."""
    for suggestion, decision in items:
        screen.print(_head(suggestion, decision, framework))
        screen.print(Padding(_evidence(suggestion), (0, 0, 1, 4)))
    if hidden:
        screen.print(Text(f"… and {hidden} more: see --top or counterfoil suggestions", style="dim"))
    if not items:
        screen.print(Text("No technique is suggested.", style="dim"))


def _head(suggestion: Suggestion, decision: Decision | None, framework: Framework) -> Text:
    technique = framework.named(suggestion.code)
    line = Text.assemble(
        (suggestion.id, "cyan"),
        f"  {suggestion.score:.2f}  ",
        (suggestion.code.id, "bold"),
        f" {technique.name if technique else '(' + suggestion.code.version + ')'}  ",
        (suggestion.modality.value, _MODALITY_STYLE[suggestion.modality]),
    )
    if suggestion.undecided and not decision:
        line.append("  undecided", style="dim")
    if suggestion.actor:
        line.append(f"  by {suggestion.actor}")
    if suggestion.voice:
        line.append(f"  says {suggestion.voice}", style="dim")
    if decision:
        word, style = _VERDICT[decision.verdict]
        line.append(f"  {word} by {decision.analyst}", style=style)
    return line


def _evidence(suggestion: Suggestion) -> Group:
    quotes = [_quote(span) for span in suggestion.spans]
    reasons = [Text(f"why: {text}", style="dim") for text in dict.fromkeys(r.text for r in suggestion.reasons)]
    return Group(*_some(quotes, "quotes"), *_some(reasons, "reasons"))


def _some(lines: list[Text], what: str) -> list[Text]:
    """The first lines, and how many more there are: a long report repeats itself."""
    more = len(lines) - MOST_SHOWN
    return (
        lines if more <= 1 else [*lines[:MOST_SHOWN], Text(f"… and {more} more {what} in --format json", style="dim")]
    )


def _quote(span: Span) -> Text:
    quote = " ".join(span.quote.split())
    shown = quote if len(quote) <= QUOTE_CHARS else quote[:QUOTE_CHARS].rstrip() + "…"
    return Text.assemble(f"“{shown}” ", (f"[{span.start}:{span.end}]", "dim"))


def print_extraction(screen: Console, extraction: Extraction) -> None:
    """Who, when, where and what traces, in one table."""
    rows: list[tuple[str, Iterable[str]]] = [
        ("actors", (_actor(a.name, [x.name for x in a.aliases], a.state) for a in extraction.actors)),
        ("attributed", (f"{a.actor} → {a.to} ({a.strength}, by {a.by or '?'})" for a in extraction.attributions)),
        ("targets", (t.name for t in extraction.targets)),
        ("people", (_person(p.name, p.role, p.of) for p in extraction.people)),
        ("voices", dict.fromkeys(v.speaker for v in extraction.voices)),
        ("dates", (f"{d.text}{f' ({d.value})' if d.value else ''}" for d in extraction.dates)),
        ("places", (p.name for p in extraction.places)),
        ("platforms", (p.name for p in extraction.platforms)),
        ("observables", (f"{o.value}" for o in extraction.observables)),
        ("narratives", (n.text for n in extraction.narratives)),
        ("figures", dict.fromkeys(figure_title(f) for f in extraction.figures)),
        ("references", (" ".join(filter(None, (r.id, r.name))) for r in extraction.references)),
    ]
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold")
    table.add_column()
    for kind, values in rows:
        listed = list(values)
        if listed:
            table.add_row(kind, Text("; ".join(listed)))
    if table.row_count:
        screen.print(table)


def _person(name: str, role: str, of: str) -> str:
    told = ", ".join(filter(None, [role, of]))
    return f"{name} ({told})" if told else name


def _actor(name: str, aliases: Sequence[str], state: str) -> str:
    known_as = f" (also {', '.join(aliases)})" if aliases else ""
    return name + known_as + (f" [{state}]" if state else "")
