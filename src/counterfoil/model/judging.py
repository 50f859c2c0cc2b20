"""What an analyst says of extracted items and of names: kept beside what was found, never instead of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from counterfoil.model.casefile import AliasProposal
from counterfoil.model.coding import Verdict
from counterfoil.model.extraction import Alias, Extraction
from counterfoil.model.ids import short_id

#: Kind of item -> the fields that make it what it is; the same in a later extraction means the same item.
IDENTITY: Mapping[str, tuple[str, ...]] = {
    "actors": ("name",),
    "attributions": ("actor", "to", "by", "strength"),
    "targets": ("name", "kind"),
    "people": ("name",),
    "voices": ("speaker", "via"),
    "dates": ("text",),
    "places": ("name", "code"),
    "platforms": ("name",),
    "observables": ("type", "value"),
    "narratives": ("text",),
    "figures": ("value", "unit"),
    "references": ("kind", "id", "name"),
}
#: Kinds of which two items may have the same words: there the first place counts too.
PLACED = frozenset({"voices", "dates", "figures"})
#: Kind of item -> the fields in which it names an actor.
NAMING: Mapping[str, tuple[str, ...]] = {
    "attributions": ("actor", "to", "by"),
    "targets": ("by",),
    "narratives": ("by",),
}
REPORT_DIGITS, ITEM_DIGITS = 8, 10  #: of an item's id


@dataclass(frozen=True, slots=True)
class ItemDecision:
    """An analyst's word on an extracted item. A row, never edited: the last one of an item is what counts.

    `verdict` None takes the decision `undoes` back with nothing before it; where something was decided before,
    the row says that again. `content` is the item as it was accepted (plain form, JSON), and `own` whether the
    analyst made it so; else the item stays as it is found, for as long as it is found. `at` is an ISO 8601 time
    in UTC.
    """

    id: int
    report: str
    kind: str
    item: str
    verdict: Verdict | None
    own: bool
    content: str
    analyst: str
    at: str
    comment: str = ""
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class JudgedItem:
    """An item of a report as analysts left it, with the decision that counts.

    `found` is the item as extraction found it; None if an analyst added it, or it is not found any more.
    """

    id: str
    report: str
    kind: str
    item: Any
    found: Any = None
    decision: ItemDecision | None = None

    @property
    def state(self) -> str:
        """ "open", "accepted" or "rejected"."""
        verdict = self.decision.verdict if self.decision else None
        return verdict.value if verdict else "open"

    @property
    def own(self) -> bool:
        """Whether an analyst added or changed it."""
        return bool(self.decision and self.decision.own)


@dataclass(frozen=True, slots=True)
class NameDecision:
    """An analyst's word on whether two names are one actor's. A row, never edited: the last one of a pair counts.

    Accepted joins them under `name`, rejected keeps them apart, None takes back what was said before.
    """

    id: int
    name: str
    alias: str
    verdict: Verdict | None
    analyst: str
    at: str
    comment: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """The two names, whichever stands first, as they are compared."""
        first, second = sorted((name_key(self.name), name_key(self.alias)))
        return first, second


def item_id(report: str, kind: str, item: Any, number: int = 0) -> str:
    """The id of an item: from its report, what it is and, where words repeat, from where it stands first.

    It begins like its report's id, so that it says which report it belongs to. `number` tells items apart that
    are the same in all this.
    """
    names = [str(getattr(item, field)) for field in IDENTITY[kind]]
    place = [item.spans[0].start, item.spans[0].end] if kind in PLACED and item.spans else []
    digits = short_id("X", report, kind, names, place, *([number] if number else ()))
    return f"X-{report.partition('-')[2][:REPORT_DIGITS]}-{digits[2 : 2 + ITEM_DIGITS]}"


def identified(report: str, extraction: Extraction) -> list[tuple[str, str, Any]]:
    """Every item with its id and kind, in the order of the extraction."""
    seen: dict[str, int] = {}
    found = []
    for kind in IDENTITY:
        for item in getattr(extraction, kind):
            first = item_id(report, kind, item)
            number = seen[first] = seen.get(first, -1) + 1
            found.append((item_id(report, kind, item, number), kind, item))
    return found


def name_key(name: str) -> str:
    """How names are compared: case and blanks do not count."""
    return " ".join(name.casefold().split())


def names_in(extraction: Extraction) -> set[str]:
    """The keys of all names of actors in an extraction: those that a joining of names may change."""
    fields = [(kind, field) for kind, named in NAMING.items() for field in named]
    named = {getattr(item, field) for kind, field in fields for item in getattr(extraction, kind)}
    named |= {actor.name for actor in extraction.actors}
    return {name_key(name) for name in named if name}


def as_judged(items: Sequence[JudgedItem], coder: str) -> Extraction:
    """What is left when rejected items are gone and changed ones are as analysts want them.

    An actor whose name was changed is called so wherever the report's other items name it.
    """
    kept = [one for one in items if one.state != Verdict.REJECTED.value]
    names = {
        name_key(one.found.name): one.item.name
        for one in kept
        if one.kind == "actors" and one.found is not None and one.found.name != one.item.name
    }
    merged: dict[str, dict[tuple[Any, ...], Any]] = {kind: {} for kind in IDENTITY}
    for one in kept:
        item = one.item if one.own else _referring(one.kind, one.item, names)
        _put(merged[one.kind], one.kind, item)
    return Extraction(**{kind: tuple(found.values()) for kind, found in merged.items()}, coder=coder)


def standing(decisions: Iterable[NameDecision]) -> list[NameDecision]:
    """Of each pair of names the last word, if it was not taken back; oldest first."""
    last = {decision.pair: decision for decision in sorted(decisions, key=lambda one: one.id)}
    return sorted((one for one in last.values() if one.verdict), key=lambda one: one.id)


def joined_names(decisions: Iterable[NameDecision]) -> dict[str, str]:
    """The key of each name that was joined to others -> the name that the actor goes by, also of that one."""
    leader: dict[str, str] = {}
    written: dict[str, str] = {}

    def lead(key: str) -> str:
        while key in leader:
            key = leader[key]
        return key

    for decision in standing(decisions):
        if decision.verdict is Verdict.ACCEPTED:
            for name in (decision.name, decision.alias):
                written.setdefault(name_key(name), name)
            first, second = lead(name_key(decision.name)), lead(name_key(decision.alias))
            if first != second:
                leader[second] = first
    return {key: written[lead(key)] for key in written}


def kept_apart(decisions: Iterable[NameDecision]) -> NameDecision | None:
    """A word that two names are not one actor's although others join them, if there is one."""
    decided = list(decisions)
    names = joined_names(decided)
    apart = [one for one in standing(decided) if one.verdict is Verdict.REJECTED]
    return next((one for one in apart if _one(names, one.name, one.alias)), None)


def ties(decisions: Iterable[NameDecision], name: str, alias: str) -> list[NameDecision]:
    """The decisions by which `alias` hangs together with `name`: without them it does not.

    What was joined to the alias stays with it.
    """
    accepted = [one for one in standing(decisions) if one.verdict is Verdict.ACCEPTED]
    wanted = name_key(alias)
    elsewhere = [one for one in accepted if wanted not in one.pair]
    reached, grown = {name_key(name)}, True
    while grown:
        more = {key for one in elsewhere if reached & set(one.pair) for key in one.pair}
        grown = not more <= reached
        reached |= more
    return [one for one in accepted if wanted in one.pair and reached & set(one.pair)]


def renamed(extraction: Extraction, names: Mapping[str, str]) -> Extraction:
    """The extraction with joined actors as one, under the name that analysts chose (`joined_names`).

    The names that an actor has in the text stay as aliases; attributions, targets and narratives follow. What is
    then said of an actor and itself is left out.
    """
    if not names or not names_in(extraction) & names.keys():
        return extraction
    merged: dict[str, dict[tuple[Any, ...], Any]] = {kind: {} for kind in ("actors", *NAMING)}
    for actor in extraction.actors:
        name = names.get(name_key(actor.name), actor.name)
        if name != actor.name:
            own = () if name_key(name) == name_key(actor.name) else (Alias(actor.name),)
            aliases = tuple(alias for alias in (*own, *actor.aliases) if name_key(alias.name) != name_key(name))
            actor = replace(actor, name=name, aliases=aliases)
        _put(merged["actors"], "actors", actor)
    for kind in NAMING:
        for item in getattr(extraction, kind):
            after = _referring(kind, item, names)
            if kind == "attributions" and after != item and name_key(after.actor) == name_key(after.to):
                continue
            _put(merged[kind], kind, after)
    left: dict[str, Any] = {kind: tuple(found.values()) for kind, found in merged.items()}
    return replace(extraction, **left)


def undecided(proposals: Iterable[AliasProposal], decisions: Sequence[NameDecision]) -> tuple[AliasProposal, ...]:
    """The proposals on which analysts have said nothing yet, by whatever names the actors go."""
    names = joined_names(decisions)

    def pair(one: str, other: str) -> frozenset[str]:
        return frozenset(name_key(names.get(name_key(name), name)) for name in (one, other))

    apart = {pair(one.name, one.alias) for one in standing(decisions) if one.verdict is Verdict.REJECTED}
    return tuple(
        proposal
        for proposal in proposals
        if len(named := pair(proposal.name, proposal.alias)) > 1 and named not in apart
    )


def _one(names: Mapping[str, str], name: str, alias: str) -> bool:
    first, second = name_key(name), name_key(alias)
    return names.get(first, name) == names.get(second, alias) and first in names and second in names


def _referring(kind: str, item: Any, names: Mapping[str, str]) -> Any:
    """The item with the actors that it names called as they are now."""
    changed = {}
    for field in NAMING.get(kind, ()):
        name = getattr(item, field)
        wanted = names.get(name_key(name), name)
        if wanted != name:
            changed[field] = wanted
    return replace(item, **changed) if changed else item


def _put(merged: dict[tuple[Any, ...], Any], kind: str, item: Any) -> None:
    """Add an item to those of its kind; two that have become the same are one."""
    place = (item.spans[0],) if kind in PLACED and item.spans else ()
    key = (*(getattr(item, field) for field in IDENTITY[kind]), *place)
    known = merged.get(key)
    merged[key] = _together(known, item) if known is not None else item


def _together(known: Any, item: Any) -> Any:
    """One item of two: the places of both, and what only one of them says."""
    changed: dict[str, Any] = {"spans": tuple(sorted({*known.spans, *item.spans}))}
    for field in known.__slots__:
        if field == "aliases":
            others = {alias.name: alias for alias in reversed((*known.aliases, *item.aliases))}
            changed[field] = tuple(others[name] for name in reversed(others))
        elif field != "spans" and not getattr(known, field):
            changed[field] = getattr(item, field)
    return replace(known, **changed)
