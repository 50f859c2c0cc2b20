"""A summary in neutral template sentences: each says only what a section has, and carries its evidence."""

from collections.abc import Iterable, Iterator, Sequence

from counterfoil.model.casefile import Evidence, Source, Statement
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Actor, Attribution, DateMention, Target
from counterfoil.model.framework import Framework
from counterfoil.model.report import Report

MOST_LISTED = 8  #: things that a sentence names before it says how many more there are
MOST_QUOTED = 3  #: narratives that are quoted
LONGEST_QUOTE = 160  #: letters of a narrative in the summary

_DATE_WORDS = {
    "began": "activity began",
    "peaked": "activity peaked",
    "ended": "activity ended",
    "removed": "assets were removed",
    "event": "an event is dated",
}
_CLAIMS = {
    "asserted": "{by} attributes {actor} to {to}{confidence}.",
    "assessed": "{by} assesses{confidence} that {actor} acts for {to}.",
    "linked": "{by} links {actor} to {to}{confidence}.",
    "alleged": "{by} alleges that {actor} acts for {to}{confidence}.",
    "denied": "{by} denies that {actor} acts for {to}{confidence}.",
}
#: Of a strength that we have no sentence for: a coder of another version, or an analyst's own word.
_OTHER_CLAIM = "{by} says of {actor} and {to}: {strength}{confidence}."
_OWN_DENIAL = "{by} denies a part in {actor}."


def summary(sources: Sequence[Source], framework: Framework) -> tuple[Statement, ...]:
    """What the reports say, one after the other, then what was coded in all of them."""
    said = [statement for source in sources for statement in _of_report(source)]
    return (*said, *_coded(sources, framework))


def _of_report(source: Source) -> Iterator[Statement]:
    report, extraction = source.report, source.extraction
    operations = [actor for actor in extraction.actors if actor.is_operation]
    yield _opening(report, operations)
    yield from _dates(report, extraction.dates)
    for claim in extraction.attributions:
        yield _claim(report, claim)
    yield from _targets(report, extraction.targets)
    platforms = extraction.platforms
    if platforms:
        spans = _evidence(report, *(platform.spans[:1] for platform in platforms))
        yield Statement(f"Platforms named: {_listed(platform.name for platform in platforms)}.", spans)
    known = [reference for reference in extraction.references if reference.kind == "incident"]
    if known:
        names = _listed(" ".join(filter(None, (reference.id, reference.name))) for reference in known)
        yield Statement(f"Incidents named: {names}.", _evidence(report, *(reference.spans[:1] for reference in known)))
    for narrative in extraction.narratives[:MOST_QUOTED]:
        who = narrative.by or "the operation"
        quote = " ".join(narrative.text.split())
        shown = quote if len(quote) <= LONGEST_QUOTE else quote[: LONGEST_QUOTE - 1].rstrip() + "…"
        yield Statement(f"What {who} is reported to tell: “{shown}”.", _evidence(report, narrative.spans))


def _opening(report: Report, operations: Sequence[Actor]) -> Statement:
    who = report.publisher or report.author or (f"“{report.title}”" if report.title else f"The report {report.id}")
    when = f" ({report.published[:10]})" if report.published else ""
    if not operations:
        return Statement(f"{who}{when}: no operation is named.")
    names = _listed(_known_as(actor) for actor in operations)
    return Statement(f"{who}{when} names {names}.", _evidence(report, *(actor.spans[:1] for actor in operations)))


def _known_as(actor: Actor) -> str:
    aliases = _listed(f"{alias.name}{f' to {alias.by}' if alias.by else ''}" for alias in actor.aliases)
    return f"{actor.name} (also {aliases})" if aliases else actor.name


def _dates(report: Report, dates: Sequence[DateMention]) -> Iterator[Statement]:
    """The first beginning and the last end that the text gives, and the rest of what is dated."""
    told = [date for date in dates if date.role in _DATE_WORDS and date.value]
    if told:
        words = _listed(dict.fromkeys(f"{_DATE_WORDS[date.role]} {date.value}" for date in told))
        yield Statement(f"Dates given: {words}.", _evidence(report, *(date.spans[:1] for date in told)))


def _claim(report: Report, claim: Attribution) -> Statement:
    own = claim.strength == "denied" and claim.by in ("", claim.to)
    words = (_OWN_DENIAL if own else _CLAIMS.get(claim.strength, _OTHER_CLAIM)).format(
        strength=claim.strength or "related",
        by=claim.by or (claim.to if own else report.publisher) or "The report",
        actor=claim.actor or "the operation",
        to=claim.to,
        confidence=f" with {claim.confidence} confidence" if claim.confidence else "",
    )
    return Statement(words[:1].upper() + words[1:], _evidence(report, claim.spans))


def _targets(report: Report, targets: Sequence[Target]) -> Iterator[Statement]:
    by: dict[str, list[Target]] = {}
    for target in targets:
        by.setdefault(target.by, []).append(target)
    for actor, against in by.items():
        names = _listed(" ".join(filter(None, (_role(target), target.name))) for target in against)
        words = f"Targets of {actor}: {names}." if actor else f"Targets: {names}."
        yield Statement(words, _evidence(report, *(target.spans[:1] for target in against)))


def _role(target: Target) -> str:
    """A title that stands well before a name."""
    return target.role if target.kind == "person" and target.role[:1].isupper() else ""


def _coded(sources: Sequence[Source], framework: Framework) -> Iterator[Statement]:
    coded = [(source.report, suggestion) for source in sources for suggestion in source.coded]
    named: dict[str, None] = {}
    for _, suggestion in coded:
        technique = framework.named(suggestion.code)
        name = f" {technique.name}" if technique else ""
        named.setdefault(f"{suggestion.code.id}{name} ({suggestion.modality.value})")
    if named:
        spans = tuple(Evidence(report.id, suggestion.spans[0]) for report, suggestion in coded)
        yield Statement(f"Techniques: {_listed(named)}.", tuple(dict.fromkeys(spans)))


def _evidence(report: Report, *spans: Iterable[Span]) -> tuple[Evidence, ...]:
    return tuple(Evidence(report.id, span) for several in spans for span in several)


def _listed(names: Iterable[str]) -> str:
    """Names as a sentence lists them: "A, B and C", and how many more."""
    every = list(names)
    shown = every[:MOST_LISTED]
    if len(every) > MOST_LISTED:
        return f"{', '.join(shown)} and {len(every) - MOST_LISTED} more"
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def title(sources: Sequence[Source]) -> str:
    """A name for the case: its first operation, else the first report's title; empty if it has neither."""
    operations = (actor.name for source in sources for actor in source.extraction.actors if actor.is_operation)
    return next(operations, "") or next((entry.report.title for entry in sources if entry.report.title), "")
