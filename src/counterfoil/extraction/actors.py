"""Actors with their aliases: influence actors, states, agencies, companies and outlets."""

from collections import Counter
from collections.abc import Iterable

from counterfoil.extraction.acting_states import acting_states
from counterfoil.extraction.actor_mastheads import mastheads
from counterfoil.extraction.actor_names import actor_names
from counterfoil.extraction.actor_persons import acting_persons
from counterfoil.extraction.actor_short_names import short_names
from counterfoil.extraction.actor_uses import BY_USE, used_organisations
from counterfoil.extraction.appositions import apposed_organisations
from counterfoil.extraction.bracketed import bracketed_aliases
from counterfoil.extraction.called import called, renamed, told_together
from counterfoil.extraction.code_names import code_names
from counterfoil.extraction.firms import firms
from counterfoil.extraction.foreign_offices import foreign_offices
from counterfoil.extraction.institutions import BY_FORM, acronyms_used, institutions, short_forms
from counterfoil.extraction.joined_names import joined_names
from counterfoil.extraction.known_actors import known_namings
from counterfoil.extraction.name_givings import name_givings
from counterfoil.extraction.names_abroad import names_abroad
from counterfoil.extraction.naming import INFLUENCE, Named, key
from counterfoil.extraction.operation_namings import operation_namings
from counterfoil.extraction.operation_phrases import foreign_operation_phrases, operation_phrases
from counterfoil.extraction.organisation_acronyms import apposed_acronyms, known_acronyms
from counterfoil.extraction.organisation_heads import headed_organisations, state_bodies
from counterfoil.extraction.organisations import organisations
from counterfoil.extraction.phrases import PhraseIndex
from counterfoil.extraction.quoted_names import quoted_names
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.vendor_aliases import vendor_aliases
from counterfoil.extraction.vendor_names import vendor_names
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Actor, Alias, Extraction

#: Where two rules see one name, the more telling kind stays.
_RANK = ("company", "outlet", "agency", "network", "actor", "person")


def find(reading: Reading, _found: Extraction) -> tuple[Actor, ...]:
    """The actors of the text, in order of first mention, each with all mentions of all its names."""
    named = [*organisations(reading.text), *firms(reading.text), *actor_names(reading.text)]
    named += [*known_namings(reading.text), *called(reading.text), *quoted_names(reading.text)]
    named += code_names(reading.text)
    named += [*operation_phrases(reading.text), *foreign_operation_phrases(reading.text)]
    named += [*operation_namings(reading.text), *acting_persons(reading.text)]
    named += [*apposed_organisations(reading.text), *institutions(reading.text), *foreign_offices(reading.text)]
    named += [*headed_organisations(reading.text), *state_bodies(reading.text)]
    named += mastheads(reading.text, named)
    named += used_organisations(reading.text, {naming.name for naming in named if naming.kind in INFLUENCE})
    named += short_names(named)
    named += short_forms(reading.text, tuple(named))
    named += acronyms_used(reading.text, named)
    named += vendor_names(reading.text, named)
    named += [*renamed(reading.text, named), *told_together(reading.text, named), *joined_names(reading.text, named)]
    named += bracketed_aliases(reading.text, [naming for naming in named if naming.kind in INFLUENCE])
    named += name_givings(reading.text, named)
    named += [*known_acronyms(reading.text), *apposed_acronyms(reading.text, named)]
    named += [*vendor_aliases(reading.text, named), *names_abroad(reading.text, named)]
    groups = _joined(sorted(named, key=lambda naming: naming.start))
    surfaces = [_surfaces(group) for group in groups]
    places = _places(reading, surfaces)
    actors = [
        _actor(group, names, spans) for group, names, spans in zip(groups, surfaces, places, strict=True) if spans
    ]
    actors += acting_states(reading)
    return tuple(sorted(actors, key=lambda actor: (actor.spans[0], actor.name)))


def _joined(named: list[Named]) -> list[list[Named]]:
    """Namings that share a name or an alias, in any spelling, are namings of one actor."""
    parent = list(range(len(named)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    first: dict[str, int] = {}
    for index, naming in enumerate(named):
        for name in (naming.name, *(alias.name for alias in naming.aliases)):
            other = first.setdefault(key(name), index)
            parent[root(index)] = root(other)
    groups: dict[int, list[Named]] = {}
    for index, naming in enumerate(named):
        groups.setdefault(root(index), []).append(naming)
    return list(groups.values())


def _surfaces(group: list[Named]) -> list[str]:
    """All names of a group, the main one first: the spelling used most often among the first name's."""
    counted = Counter(naming.name for naming in group)
    main_key = key(group[0].name)
    main = max((n for n in counted if key(n) == main_key), key=lambda name: counted[name])
    names = [main, *(naming.name for naming in group)]
    names += [alias.name for naming in group for alias in naming.aliases]
    return list(dict.fromkeys(names))


def _places(reading: Reading, surfaces: Iterable[list[str]]) -> list[list[Span]]:
    """Per group, every mention of one of its names; a longer name is not also a shorter one."""
    groups = list(surfaces)
    owner = {name: index for index, names in enumerate(groups) for name in names}
    places: list[list[Span]] = [[] for _ in groups]
    for start, end, name in PhraseIndex(owner).find(reading.text):
        places[owner[name]].append(reading.span(start, end))
    return places


def _is_guess(naming: Named) -> bool:
    return naming.reason.endswith(BY_FORM) or naming.reason.startswith(BY_USE)


def _actor(group: list[Named], names: list[str], spans: list[Span]) -> Actor:
    main = names[0]
    by = {alias.name: alias.by for naming in group for alias in naming.aliases if alias.by}
    written = {span.quote for span in spans}
    aliases = tuple(Alias(name, by.get(name, "")) for name in names[1:] if name in written)
    # Only the form or a use speaks for such a kind: any other rule knows better.
    kinds = {naming.kind for naming in group if not _is_guess(naming)}
    kinds = kinds or {naming.kind for naming in group}
    states = Counter(naming.state for naming in group if naming.state)
    # Two states for one name: the text is not of one mind, so nothing is said.
    state = next(iter(states)) if len(states) == 1 else ""
    reasons = [naming.reason for naming in group if naming.name == main]
    telling = next((r for r in reasons if r.startswith("named by")), reasons[0] if reasons else "")
    kind = next(kind for kind in _RANK if kind in kinds)
    return Actor(main, tuple(spans), aliases, kind, state, telling)
