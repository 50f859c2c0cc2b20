"""What extraction found in a report, in the shape in which it is compared with an annotation."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from counterfoil.extraction.measuring.alike import address, fold, number
from counterfoil.extraction.measuring.annotated import Item, Range
from counterfoil.model.extraction import Alias, Extraction
from counterfoil.model.plain import extraction_to_plain

Row = Mapping[str, Any]
Rows = Mapping[str, list[dict[str, Any]]]


def found_items(extraction: Extraction) -> dict[str, tuple[Item, ...]]:
    """What was found, by kind."""
    rows: Rows = extraction_to_plain(extraction)
    items = {kind: tuple(make(row) for row in rows[kind]) for kind, make in _EACH.items()}
    items["attributions"] = tuple(_attributions(rows))
    items["voices"] = tuple(_passages(rows["voices"]))
    items["dates"] = tuple(_dates(rows["dates"]))
    return items


def _actor(row: Row) -> Item:
    aliases = {fold(alias["name"]): Alias(alias["name"], alias["by"]) for alias in row["aliases"]}
    return Item(
        label=row["name"] + (f" (also {', '.join(alias['name'] for alias in row['aliases'])})" if aliases else ""),
        names=frozenset([fold(row["name"]), *aliases]),
        ranges=_ranges(row),
        facts=_facts(row, "kind", "state"),
        aliases=aliases,
    )


def _target(row: Row) -> Item:
    return Item(row["name"], frozenset([fold(row["name"])]), _ranges(row), _facts(row, "kind", "role", "country"))


def _person(row: Row) -> Item:
    return Item(row["name"], frozenset([fold(row["name"])]), _ranges(row), _facts(row, "role", "of"))


def _figure(row: Row) -> Item:
    most = f"-{row['most']}" if row["most"] else ""
    return Item(
        label=f"{row['value']}{most} {row['unit']}".strip(),
        ranges=_ranges(row),
        facts={"value": frozenset(number(row[key]) for key in ("value", "most") if row[key]), **_facts(row, "unit")},
    )


def _place(row: Row) -> Item:
    return Item(f"{row['name']} ({row['code']})", ranges=_ranges(row), facts=_facts(row, "code"))


def _platform(row: Row) -> Item:
    return Item(row["name"], frozenset([fold(row["name"])]), _ranges(row), _facts(row, "technique"))


def _observable(row: Row) -> Item:
    value = row["value"]
    return Item(f"{value} ({row['type']})", frozenset([address(value)]), _ranges(row), _facts(row, "type"))


def _narrative(row: Row) -> Item:
    return Item(" ".join(row["text"].split()), ranges=_ranges(row))


_EACH: Mapping[str, Callable[[Row], Item]] = {
    "actors": _actor,
    "targets": _target,
    "places": _place,
    "platforms": _platform,
    "observables": _observable,
    "narratives": _narrative,
    "figures": _figure,
    "people": _person,
}


def _attributions(rows: Rows) -> Iterator[Item]:
    groups = [_actor(row).names for row in rows["actors"]]

    def known_as(name: str) -> frozenset[str]:
        folded = fold(name)
        return frozenset([folded]).union(*(group for group in groups if folded and folded in group))

    for row in rows["attributions"]:
        yield Item(
            label=f"{row['actor']} → {row['to']} ({row['strength']}, by {row['by'] or 'the report'})",
            ranges=_ranges(row),
            facts={
                "actor": known_as(row["actor"]),
                "to": known_as(row["to"]),
                "by": known_as(row["by"]),
                **_facts(row, "strength"),
            },
        )


def _passages(rows: Iterable[Row]) -> Iterator[Item]:
    """Each passage of a voice is an item: a speaker's two quotations are two findings."""
    for row in rows:
        for span in row["spans"]:
            quote = " ".join(span["quote"].split())
            shown = quote if len(quote) <= 80 else f"{quote[:40]} … {quote[-36:]}"
            via = f" via {row['via']}" if row["via"] else ""
            yield Item(
                label=f"{row['speaker']}{via}: {shown}",
                names=frozenset([fold(row["speaker"])]),
                ranges=((span["start"], span["end"]),),
                facts=_facts(row, "via"),
            )


def _dates(rows: Iterable[Row]) -> list[Item]:
    """The same day written twice is one finding; the role is any that was found for it."""
    merged: dict[tuple[str, str], Item] = {}
    for row in rows:
        item = Item(
            label=f"{row['text']} ({row['value'] or 'unresolved'}, {row['precision']})",
            ranges=_ranges(row),
            facts={"value": frozenset([row["value"]]), **_facts(row, "precision", "role")},
        )
        key = (row["value"] or row["text"], row["precision"])
        known = merged.get(key)
        roles = item.facts.get("role", frozenset()) | (known.facts.get("role", frozenset()) if known else frozenset())
        facts = {**item.facts, "role": roles} if roles else item.facts
        merged[key] = replace(known or item, ranges=(known.ranges if known else ()) + item.ranges, facts=facts)
    return list(merged.values())


def _facts(row: Row, *keys: str) -> dict[str, frozenset[str]]:
    """What the row says under these keys; a field that extraction does not have, or leaves empty, says nothing."""
    return {key: frozenset([fold(row[key])]) for key in keys if row.get(key)}


def _ranges(row: Row) -> tuple[Range, ...]:
    return tuple((span["start"], span["end"]) for span in row["spans"])
