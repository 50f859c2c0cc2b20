"""Annotated reports: what an expert records of a report, to measure extraction by.

An annotation is plain data, a list of items for each kind; the format is described in
tests/extraction/reports/README.md. Here it is checked against the report's text, letter by letter,
and brought to the one shape in which `measure` compares it with what was found.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from counterfoil.errors import ReadError
from counterfoil.extraction.measuring.alike import address, fold, number
from counterfoil.model.extraction import Alias
from counterfoil.model.report import Report

Range = tuple[int, int]
Row = Mapping[str, Any]
Facts = Mapping[str, frozenset[str]]

DATE_ROLES = frozenset({"began", "ended", "peaked", "published", "removed", "event"})
#: Kinds that came after many reports were annotated: where they are not mentioned, they are not measured.
LATER = frozenset({"figures", "people"})
STRENGTHS = frozenset({"asserted", "assessed", "linked", "alleged", "denied"})

_SENTENCE_END = re.compile(r"[.!?]{1,3}[\"'”’»“]{0,2}\s+|\n+")
_DEFANGED = (("[.]", "."), ("[at]", "@"), ("[://]", "://"), ("hxxp", "http"))


@dataclass(frozen=True, slots=True)
class Item:
    """Something to be found, or that was found, in the shape in which the two are compared.

    `names` are folded and equal in rank, `ranges` where it stands in the text. `facts` are further
    statements, each with all values that are right. `aliases` are an actor's, by folded name. What is
    `optional` counts neither when found nor when missed. `whole` are the sentences that a passage is part of.
    """

    label: str
    names: frozenset[str] = frozenset()
    ranges: tuple[Range, ...] = ()
    facts: Facts = field(default_factory=dict)
    aliases: Mapping[str, Alias] = field(default_factory=dict)
    optional: bool = False
    whole: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotated:
    """A report and the items an expert finds in it, by kind. `part` is the folder it lies in.

    A kind of `LATER` that the annotation does not mention is not in `items`: nobody looked for it.
    """

    name: str
    part: str
    report: Report
    items: Mapping[str, tuple[Item, ...]]


def annotated(name: str, part: str, report: Report, data: Row) -> Annotated:
    """A report with its annotation.

    Args:
        data: lists of rows by kind: "actors", "attributions", "targets", "voices", "dates", "places",
            "platforms", "observables", "narratives", "figures", "people".

    Raises:
        ReadError: a row lacks something, or names what is not in the text.
    """
    reading = _Annotation(name, report.text, data)
    items: dict[str, tuple[Item, ...]] = {}
    for kind, read in _READ.items():
        if kind in LATER and kind not in data:
            continue
        rows = data.get(kind) or []
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ReadError(f"{name}: {kind} is no list of items.", _HINT)
        items[kind] = tuple(read(reading, row) for row in rows)
    return Annotated(name, part, report, items)


_HINT = "The format: tests/extraction/reports/README.md."


@dataclass(frozen=True, slots=True)
class _Annotation:
    """One report's annotation on its way in."""

    name: str
    text: str
    data: Row

    def actor(self, row: Row) -> Item:
        aliases = row.get("aliases") or {}
        self.in_text(self.said(row, "name"), *_listed(row, "also"))
        for alias in aliases:
            self.in_text(alias)
        return Item(
            label=row["name"],
            names=_folded([row["name"], *aliases]),
            ranges=self.ranges(row["name"]),
            facts={**self.facts(row, "kind", "state"), "also": _folded(_listed(row, "also"))},
            aliases={fold(alias): Alias(alias, by or "") for alias, by in aliases.items()},
            optional=bool(row.get("optional")),
        )

    def attribution(self, row: Row) -> Item:
        strength = self.said(row, "strength")
        if strength not in STRENGTHS:
            raise ReadError(f"{self.name}: {strength!r} is no strength of an attribution.", _HINT)
        actor, to, by = self.said(row, "actor"), self.said(row, "to"), row.get("by") or ""
        return Item(
            label=f"{actor} → {to} ({strength}, by {by or 'the report'})",
            facts={
                "actor": self.known_as(actor, row, "also_actor"),
                "to": self.known_as(to, row, "also_to"),
                "by": self.known_as(by, row, "also_by") | self.own_voice(by),
                "strength": _folded([strength, *_listed(row, "also_strength")]),
            },
            optional=bool(row.get("optional")),
        )

    def target(self, row: Row) -> Item:
        self.in_text(self.said(row, "name"), *_listed(row, "also"))
        role = row.get("role", "")
        written = bool(role) and fold(role) in fold(self.text)
        return Item(
            label=row["name"],
            names=_folded([row["name"], *_listed(row, "also")]),
            ranges=self.ranges(row["name"]),
            facts=self.facts(row, "kind", "country", *(["role"] if written else [])),
            optional=bool(row.get("optional")),
        )

    def person(self, row: Row) -> Item:
        self.in_text(self.said(row, "name"), *_listed(row, "also"))
        return Item(
            label=row["name"],
            names=_folded([row["name"], *_listed(row, "also")]),
            ranges=self.ranges(row["name"]),
            facts=self.facts(row, "role", "of"),
            optional=bool(row.get("optional")),
        )

    def figure(self, row: Row) -> Item:
        text, unit = self.said(row, "text"), row.get("unit", "")
        if not row.get("value"):
            raise ReadError(f"{self.name}: an item has no 'value': {dict(row)}.", _HINT)
        self.in_text(text)
        return Item(
            label=f"{text} ({row['value']} {unit})".replace(" )", ")"),
            ranges=self.ranges(text),
            facts={
                "value": frozenset(map(number, [str(row["value"]), *_listed(row, "also")])),
                **self.facts(row, "unit"),
            },
            optional=bool(row.get("optional")),
        )

    def voice(self, row: Row) -> Item:
        speaker, via = self.said(row, "speaker"), row.get("via") or ""
        place = self.passage(row)
        return Item(
            label=f"{speaker}{f' via {via}' if via else ''}: {row.get('from', '')} … {row.get('to', '')}",
            names=self.known_as(speaker, row, "also") | self.own_voice(speaker),
            ranges=(place,),
            whole=(self.sentences(place),),
            facts={"via": self.known_as(via, row, "also_via")} if via else {},
            optional=bool(row.get("optional")),
        )

    def date(self, row: Row) -> Item:
        text, role = self.said(row, "text"), row.get("role", "")
        if role and role not in DATE_ROLES:
            raise ReadError(f"{self.name}: {role!r} is no role of a date.", _HINT)
        self.in_text(text)
        return Item(
            label=f"{text} ({row.get('value') or 'unresolved'}, {self.said(row, 'precision')})",
            ranges=self.ranges(text),
            facts={
                "value": frozenset(map(str, [row.get("value", ""), *_listed(row, "also")])),
                "precision": _folded([row["precision"], *_listed(row, "also_precision")]),
                **self.facts(row, "role"),
            },
            optional=bool(row.get("optional")),
        )

    def place(self, row: Row) -> Item:
        self.in_text(self.said(row, "text"))
        return Item(
            label=f"{row['text']} ({self.said(row, 'code')})",
            ranges=self.ranges(row["text"]),
            facts={"code": _folded([row["code"], *_listed(row, "also")])},
            optional=bool(row.get("optional")),
        )

    def platform(self, row: Row) -> Item:
        self.in_text(self.said(row, "name"), *_listed(row, "also"), *_listed(row, "text"))
        return Item(
            label=row["name"],
            names=_folded([row["name"], *_listed(row, "also")]),
            ranges=self.ranges(row["name"]),
            facts=self.facts(row, "technique"),
            optional=bool(row.get("optional")),
        )

    def observable(self, row: Row) -> Item:
        value = self.said(row, "value")
        refanged = self.text
        for written, meant in _DEFANGED:
            refanged = refanged.replace(written, meant)
        if row.get("text", value).split("://")[-1].lstrip("@") not in refanged:
            raise ReadError(f"{self.name}: {value!r} is not in the text.", _HINT)
        return Item(
            label=f"{value} ({self.said(row, 'type')})",
            names=frozenset(map(address, [value, *_listed(row, "also")])),
            ranges=self.ranges(row.get("text", value)),
            facts=self.facts(row, "type"),
            optional=bool(row.get("optional")),
        )

    def narrative(self, row: Row) -> Item:
        return Item(
            label=f"{row.get('from', '')} … {row.get('to', '')}",
            ranges=(self.passage(row),),
            optional=bool(row.get("optional")),
        )

    def said(self, row: Row, key: str) -> str:
        value = row.get(key)
        if not isinstance(value, str) or not value:
            raise ReadError(f"{self.name}: an item has no {key!r}: {dict(row)}.", _HINT)
        return value

    def facts(self, row: Row, *keys: str) -> dict[str, frozenset[str]]:
        """What the row says under these keys, with the other values it allows."""
        return {key: _folded([row[key], *_listed(row, f"also_{key}")]) for key in keys if row.get(key)}

    def known_as(self, name: str, row: Row, also: str) -> frozenset[str]:
        """Every name of somebody: what the row allows, and what the list of actors says of them."""
        names = _folded([name, *_listed(row, also)]) if name else _folded(_listed(row, also))
        for actor in self.data.get("actors") or []:
            group = _folded([actor.get("name", ""), *(actor.get("aliases") or {}), *_listed(actor, "also")])
            if fold(name) in group:
                names |= group
        return names

    def own_voice(self, by: str) -> frozenset[str]:
        """The names of the report's own voice, if that is who speaks."""
        publisher = self.data.get("publisher") or ""
        if by and fold(by) != fold(publisher):
            return frozenset()
        return frozenset({""}) | (self.known_as(publisher, {}, "") if publisher else frozenset())

    def in_text(self, *names: str) -> None:
        """Check that at least one of the names is in the text."""
        if not any(fold(name) in fold(self.text) for name in names):
            raise ReadError(f"{self.name}: {names[0]!r} is not in the text.", _HINT)

    def ranges(self, words: str) -> tuple[Range, ...]:
        return tuple(match.span() for match in _flexible(words, whole=True).finditer(self.text))

    def passage(self, row: Row) -> Range:
        """From the first words to the end of the next last words."""
        first = _flexible(self.said(row, "from")).search(self.text)
        last = first and _flexible(self.said(row, "to")).search(self.text, first.start())
        if not first or not last:
            raise ReadError(f"{self.name}: no passage from {row['from']!r} to {row['to']!r}.", _HINT)
        return first.start(), last.end()

    def sentences(self, place: Range) -> Range:
        """From the start of the sentence that a passage begins in to the end of the one that it ends in."""
        before = [match.end() for match in _SENTENCE_END.finditer(self.text, 0, place[0])]
        after = _SENTENCE_END.search(self.text, place[1])
        return before[-1] if before else 0, after.start() if after else len(self.text)


_READ: Mapping[str, Callable[[_Annotation, Row], Item]] = {
    "actors": _Annotation.actor,
    "attributions": _Annotation.attribution,
    "targets": _Annotation.target,
    "voices": _Annotation.voice,
    "dates": _Annotation.date,
    "places": _Annotation.place,
    "platforms": _Annotation.platform,
    "observables": _Annotation.observable,
    "narratives": _Annotation.narrative,
    "figures": _Annotation.figure,
    "people": _Annotation.person,
}


def _flexible(words: str, whole: bool = False) -> re.Pattern[str]:
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    return re.compile(rf"(?<!\w){pattern}(?!\w)" if whole else pattern)


def _listed(row: Row, key: str) -> list[str]:
    value = row.get(key) or []
    return [value] if isinstance(value, str) else [str(item) for item in value]


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(str(name)) for name in names)
