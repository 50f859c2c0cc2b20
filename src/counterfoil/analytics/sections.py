"""The sections of a case file: what several reports say of the same thing, put together."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from counterfoil.analytics.likeness import alike
from counterfoil.model.casefile import SECTIONS, Entry, Evidence, Source
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Figure
from counterfoil.model.framework import Framework

ASSET_UNITS = frozenset({"accounts", "pages", "groups", "channels", "domains", "websites", "profiles", "bots"})

Facts = dict[str, str | Iterable[str]]


@dataclass(frozen=True, slots=True)
class _Line:
    """One thing that one report says: what it is the same as (`key`), and what it is called."""

    key: tuple[str, ...]
    name: str
    report: str
    spans: Sequence[Span]
    facts: Facts = field(default_factory=dict)


def sections(sources: Sequence[Source], framework: Framework) -> Mapping[str, tuple[Entry, ...]]:
    """All sections of a case file, in the order of `SECTIONS`; an entry is a thing, however many reports name it.

    Actors, targets and attributions are the same if they are called the same; nothing is merged by an alias.
    """
    lines: Mapping[str, Callable[[Source], Iterable[_Line]]] = {
        "techniques": lambda source: _techniques(source, framework),
        "actors": _actors,
        "attributions": _attributions,
        "targets": _targets,
        "dates": _dates,
        "assets": _assets,
    }
    made = {
        section: _merged(line for source in sources for line in lines[section](source))
        for section in SECTIONS
        if section in lines
    }
    return {**made, "narratives": _narratives(sources)}


def figure_words(figure: Figure) -> str:
    """A figure in words: "about 200 to 300 accounts"."""
    amount = f"{figure.value} to {figure.most}" if figure.most else figure.value
    return " ".join(filter(None, (figure.qualifier, amount, figure.unit)))


def _merged(lines: Iterable[_Line]) -> tuple[Entry, ...]:
    by_key: dict[tuple[str, ...], list[_Line]] = {}
    for line in lines:
        by_key.setdefault(line.key, []).append(line)
    return tuple(_entry(same) for same in by_key.values())


def _entry(same: Sequence[_Line]) -> Entry:
    facts: dict[str, dict[str, None]] = {}
    for line in same:
        for name, value in line.facts.items():
            values = (value,) if isinstance(value, str) else value
            facts.setdefault(name, {}).update(dict.fromkeys(filter(None, values)))
    evidence = dict.fromkeys(Evidence(line.report, span) for line in same for span in line.spans)
    return Entry(same[0].name, {name: tuple(values) for name, values in facts.items() if values}, tuple(evidence))


def _techniques(source: Source, framework: Framework) -> Iterator[_Line]:
    called = {alias.name: actor.name for actor in source.extraction.actors for alias in actor.aliases}
    called |= {actor.name: actor.name for actor in source.extraction.actors}
    for suggestion in source.coded:
        code = suggestion.code
        technique = framework.named(code)
        actor = called.get(suggestion.actor, suggestion.actor)  # it may have been joined to another name
        name = f"{code.id} {technique.name}" if technique else f"{code.id} ({code.framework} {code.version})"
        facts: Facts = {"modality": suggestion.modality.value, "actor": actor, "voice": suggestion.voice}
        key = (code.framework, code.version, code.id, suggestion.modality.value)
        yield _Line(key, name, source.report.id, suggestion.spans, facts)


def _actors(source: Source) -> Iterator[_Line]:
    for actor in source.extraction.actors:
        aliases = [f"{alias.name} ({alias.by})" if alias.by else alias.name for alias in actor.aliases]
        facts: Facts = {"kind": actor.kind, "state": actor.state, "aliases": aliases}
        yield _Line((actor.name.casefold(),), actor.name, source.report.id, actor.spans, facts)


def _attributions(source: Source) -> Iterator[_Line]:
    for claim in source.extraction.attributions:
        name = f"{claim.actor} → {claim.to}"
        facts: Facts = {
            "actor": claim.actor,
            "to": claim.to,
            "by": claim.by,
            "strength": claim.strength,
            "confidence": claim.confidence,
        }
        key = (claim.actor.casefold(), claim.to.casefold(), claim.by.casefold(), claim.strength)
        yield _Line(key, name, source.report.id, claim.spans, facts)


def _targets(source: Source) -> Iterator[_Line]:
    for target in source.extraction.targets:
        facts: Facts = {
            "kind": target.kind,
            "role": target.role,
            "country": target.country,
            "by": target.by,
            "when": target.when,
        }
        yield _Line((target.kind, target.name.casefold()), target.name, source.report.id, target.spans, facts)


def _dates(source: Source) -> Iterator[_Line]:
    """The dates that the text gives a role, and the day the report came out."""
    for date in source.extraction.dates:
        if date.role and date.value:
            facts: Facts = {"role": date.role, "precision": date.precision}
            yield _Line((date.role, date.value), date.value, source.report.id, date.spans, facts)
    published = source.report.published
    if published:
        yield _Line(("published", published[:10]), published[:10], source.report.id, (), {"role": "published"})


def _assets(source: Source) -> Iterator[_Line]:
    extraction, report = source.extraction, source.report.id
    for platform in extraction.platforms:
        facts: Facts = {"kind": "platform", "technique": platform.technique}
        yield _Line(("platform", platform.name), platform.name, report, platform.spans, facts)
    for observable in extraction.observables:
        facts = {"kind": observable.type, "platform": observable.platform}
        yield _Line((observable.type, observable.value), observable.value, report, observable.spans, facts)
    for figure in extraction.figures:
        if figure.unit in ASSET_UNITS:
            name = figure_words(figure)
            facts = {"kind": "figure", "counts": figure.counts}
            yield _Line(("figure", name, figure.counts), name, report, figure.spans, facts)


def _narratives(sources: Sequence[Source]) -> tuple[Entry, ...]:
    """Narratives that are told in nearly the same words are one, called by the first of them."""
    told = [(source.report.id, narrative) for source in sources for narrative in source.extraction.narratives]
    groups = alike([narrative.text for _, narrative in told])
    return tuple(
        _entry(
            [
                _Line((), narrative.text, report, narrative.spans, {"by": narrative.by})
                for report, narrative in (told[number] for number in group)
            ]
        )
        for group in groups
    )
