"""A report's extracted items as the review shows them, kind by kind, and one in detail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from counterfoil.model.coding import Verdict
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Alias
from counterfoil.model.item_fields import FIELDS, LABELS, Field
from counterfoil.model.item_words import about, title
from counterfoil.model.judging import ItemDecision, JudgedItem
from counterfoil.web.views.cards import STATES


@dataclass(frozen=True, slots=True)
class Line:
    """An item in the list. `state` is "open", "accepted" or "rejected"; `by` is who decided, `how` they changed it."""

    id: str
    kind: str
    title: str
    about: str
    state: str
    by: str
    how: str
    spans: tuple[Span, ...]
    hidden: bool = False

    @property
    def ranges(self) -> str:
        """Its spans as "start-end" pairs, in code points."""
        return " ".join(f"{span.start}-{span.end}" for span in self.spans)


@dataclass(frozen=True, slots=True)
class Kind:
    """The items of one kind, in text order."""

    name: str
    label: str
    lines: tuple[Line, ...]

    @property
    def hidden(self) -> bool:
        return all(line.hidden for line in self.lines)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reviewer asked to see; empty is anything."""

    kind: str = ""
    state: str = ""
    q: str = ""

    def takes(self, line: Line) -> bool:
        """Whether the item is to be seen."""
        words = self.q.casefold().split()
        text = f"{line.title} {line.about}".casefold()
        chosen = self.kind in ("", line.kind) and self.state in ("", line.state)
        return chosen and all(word in text for word in words)

    def query(self) -> dict[str, str]:
        """What differs from an untouched review, as a query's parameters."""
        named = {item.name: getattr(self, item.name) for item in fields(self)}
        return {"tab": "found", **{name: value for name, value in named.items() if value}}

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Wanted":
        """From a query's parameters; others are passed over."""
        return cls(**{item.name: query[item.name] for item in fields(cls) if item.name in query})


@dataclass(frozen=True, slots=True)
class Part:
    """A field of an item with what stands in it; `choices` if nothing else may."""

    field: Field
    value: str

    @property
    def choices(self) -> tuple[str, ...]:
        given = self.field.one_of
        return given if not given or self.value in given else (*given, self.value)


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything about one item: what it is made of, its passages and its history."""

    line: Line
    parts: tuple[Part, ...]
    aliases: str | None
    reason: str
    steps: Sequence[ItemDecision]


def line_of(one: JudgedItem, hidden: bool = False) -> Line:
    """An item as a line of the list."""
    decided = one.decision if one.decision and one.decision.verdict else None
    how = ("changed" if one.found is not None else "added") if one.own else ""
    return Line(
        id=one.id,
        kind=one.kind,
        title=title(one.kind, one.item),
        about=about(one.kind, one.item),
        state=one.state,
        by=decided.analyst if decided else "",
        how=how,
        spans=one.item.spans,
        hidden=hidden,
    )


def kinds_of(items: Sequence[JudgedItem], wanted: Wanted) -> list[Kind]:
    """The kinds of which there are items; those that are not to be seen are marked hidden."""
    lines = [line_of(one) for one in items]
    kinds = []
    for name, label in LABELS.items():
        mine = [
            line_of(one, not wanted.takes(line)) for one, line in zip(items, lines, strict=True) if one.kind == name
        ]
        kinds.append(Kind(name, label, tuple(mine)))
    return [kind for kind in kinds if kind.lines]


def tally(items: Sequence[JudgedItem]) -> dict[str, int]:
    """How many items are in which state."""
    return {state: sum(one.state == state for one in items) for state in STATES}


def detail_of(one: JudgedItem, steps: Sequence[ItemDecision]) -> Detail:
    """What opens under an item."""
    aliases = alias_lines(one.item.aliases) if one.kind == "actors" else None
    reason = getattr(one.item, "reason", "")
    return Detail(line_of(one), parts_of(one.kind, one.item), aliases, reason, steps)


def parts_of(kind: str, item: Any = None) -> tuple[Part, ...]:
    """The fields of an item, or of a new one."""
    return tuple(Part(field, str(getattr(item, field.name, ""))) for field in FIELDS[kind])


def alias_lines(aliases: Sequence[Alias]) -> str:
    """Aliases as a field's lines: the name, and after a bar who uses it."""
    return "\n".join(f"{alias.name} | {alias.by}" if alias.by else alias.name for alias in aliases)


def aliases_from(lines: str) -> list[dict[str, str]]:
    """What `alias_lines` wrote, or an analyst did."""
    parts = [line.partition("|") for line in lines.splitlines() if line.strip()]
    return [{"name": name.strip(), "by": by.strip()} for name, _, by in parts]


def verdict_of(step: ItemDecision) -> str:
    """What a step of the history says."""
    if step.undoes is not None:
        return "taken back" if step.verdict is None else f"taken back, {step.verdict.value} again"
    return "put right" if step.own and step.verdict is Verdict.ACCEPTED else str(step.verdict and step.verdict.value)
