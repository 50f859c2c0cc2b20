"""What an extracted item of each kind is made of, for those who show, check and change items."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from counterfoil.errors import UsageError
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Alias
from counterfoil.model.plain import KINDS

LONGEST = 2000  #: letters of a field
MOST_ALIASES = 100


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an item. `one_of`: nothing else may stand there; `usual`: what mostly does."""

    name: str
    label: str
    needed: bool = False
    one_of: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()


_NAME = Field("name", "Name", needed=True)
_BY = Field("by", "By (actor)")
FIELDS: Mapping[str, tuple[Field, ...]] = {
    "actors": (
        _NAME,
        Field("kind", "Kind", True, usual=("actor", "network", "state", "agency", "company", "outlet", "person")),
        Field("state", "State (ISO code)"),
    ),
    "attributions": (
        Field("actor", "Actor", needed=True),
        Field("to", "Acts for, or is linked to", needed=True),
        Field("by", "Who says so"),
        Field("strength", "How strongly", True, one_of=("asserted", "assessed", "linked", "alleged", "denied")),
        Field("confidence", "Their stated confidence", one_of=("", "high", "medium", "low")),
    ),
    "targets": (
        _NAME,
        Field(
            "kind",
            "Kind",
            needed=True,
            usual=(
                *("person", "party", "institution", "electorate", "community", "event"),
                *("company", "outlet", "state"),
            ),
        ),
        Field("role", "Role, as written"),
        Field("country", "Country (ISO code)"),
        _BY,
        Field("when", "When (of an event)"),
    ),
    "people": (_NAME, Field("role", "Role, as written"), Field("of", "Of (body)")),
    "voices": (
        Field("speaker", "Speaker", needed=True),
        Field("via", "Through whom"),
        Field("kind", "Kind", True, one_of=("quotation", "reported", "source")),
    ),
    "dates": (
        Field("text", "As written", needed=True),
        Field("value", "Date (ISO 8601)"),
        Field("precision", "Precision", usual=("day", "month", "year", "quarter", "weekday", "relative", "none")),
        Field("role", "What it dates", usual=("began", "ended", "peaked", "published", "removed", "event")),
    ),
    "places": (_NAME, Field("code", "ISO code")),
    "platforms": (_NAME, Field("technique", "DISARM id of that kind of platform")),
    "observables": (
        Field(
            "type",
            "Type",
            needed=True,
            usual=(
                *("domain-name", "url", "email-addr", "ipv4-addr", "ipv6-addr", "file-hash", "handle", "hashtag"),
                *("account-id", "telegram-channel", "wallet-address", "phone-number", "analytics-id", "advertising-id"),
            ),
        ),
        Field("value", "Value, refanged", needed=True),
        Field("platform", "Platform"),
    ),
    "narratives": (Field("text", "What it says", needed=True), _BY),
    "figures": (
        Field("value", "Number", needed=True),
        Field("most", "Up to"),
        Field("unit", "Unit", needed=True),
        Field("qualifier", "Qualifier", one_of=("", "about", "at least", "at most")),
        Field("counts", "What it counts"),
    ),
    "references": (
        Field(
            "kind",
            "Kind",
            needed=True,
            one_of=("incident", "technique", "tactic", "counter", "attack-technique", "citation", "source"),
        ),
        Field("id", "Id or address"),
        Field("name", "What the text calls it"),
    ),
}
LABELS: Mapping[str, str] = {
    **{"actors": "Actors", "attributions": "Attributions", "targets": "Targets", "people": "People"},
    **{"voices": "Voices", "dates": "Dates", "places": "Places", "platforms": "Platforms"},
    **{"observables": "Observables", "narratives": "Narratives", "figures": "Figures", "references": "References"},
}


def known_kind(kind: str) -> str:
    """The kind, if there are items of it.

    Raises:
        UsageError: there are none.
    """
    if kind not in FIELDS:
        raise UsageError(f"There is no kind of item {kind!r}.", f"Kinds: {', '.join(FIELDS)}.")
    return kind


def item_with(kind: str, fields: Mapping[str, Any], spans: Sequence[Span], before: Any = None) -> Any:
    """An item of these fields, checked; what is not named stays as it was before.

    Args:
        fields: texts by name; of an actor also "aliases", a list of {"name", "by"}.
        before: the item that is changed, None for a new one.

    Raises:
        UsageError: a field that the kind has not, is empty and needed, too long, or none of its choices.
    """
    known = {field.name: field for field in FIELDS[known_kind(kind)]}
    made: dict[str, Any] = {"spans": tuple(spans)}
    for name, value in fields.items():
        if name == "aliases" and kind == "actors":
            made[name] = _aliases(value)
        elif name not in known:
            raise UsageError(f"{LABELS[kind]} have no {name!r}.", f"They have: {', '.join(known)}.")
        else:
            made[name] = _text(value, known[name], getattr(before, name, None))
    missing = [field.label for field in known.values() if field.needed and not made.get(field.name, _of(before, field))]
    if missing:
        raise UsageError(f"This cannot be empty: {', '.join(missing)}.", "Nothing was stored.")
    if not spans:
        raise UsageError("An item needs a passage as its evidence.", "Select some text first.")
    if before is not None:
        return replace(before, **made)
    return KINDS[kind](**dict.fromkeys(known, "") | made)


def _of(before: Any, field: Field) -> str:
    return str(getattr(before, field.name, ""))


def _text(value: Any, field: Field, before: str | None) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise UsageError(f"{field.label}: a text of up to {LONGEST} letters is needed.", "Nothing was stored.")
    text = " ".join(value.split())
    if field.one_of and text not in (*field.one_of, before):
        choices = ", ".join(choice or "nothing" for choice in field.one_of)
        raise UsageError(f"{field.label} cannot be {text[:60]!r}.", f"It is one of: {choices}.")
    return text


def _aliases(value: Any) -> tuple[Alias, ...]:
    """Aliases without blanks around them, none twice; those without a name are left out."""
    if not isinstance(value, list) or len(value) > MOST_ALIASES:
        raise UsageError(f"Aliases: a list of up to {MOST_ALIASES} is needed.", "Nothing was stored.")
    found: dict[str, Alias] = {}
    for alias in value:
        if not isinstance(alias, dict) or not {"name"} <= alias.keys() <= {"name", "by"}:
            raise UsageError("An alias is a name, and who uses it.", "Nothing was stored.")
        name = _text(alias["name"], Field("name", "Alias"), None)
        by = _text(alias.get("by", ""), Field("by", "Who uses an alias"), None)
        if name:
            found.setdefault(name, Alias(name, by))
    return tuple(found.values())
