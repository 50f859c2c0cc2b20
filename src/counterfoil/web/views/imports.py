"""A parcel's plan as its page shows it: what would happen by state, and the lines of a choice, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from counterfoil.model.parcel import PlanLine, State
from counterfoil.workflow.importing import Looked

A_PAGE = 100  #: lines
LONGEST = 500  #: letters of a choice
PROBLEMS = 200  #: shown at once; the API has all
#: What a state means for what is here.
MEANING = {
    State.NEW: "is added",
    State.SAME: "is here already, or says the same; stays as it is",
    State.CHANGED: "is here, and is added to",
    State.CONFLICTING: "a person here said otherwise; what is here stays",
    State.UNKNOWN: "has no place here; kept as it came, or left out with a problem",
}
_PAGES = {"incident": "/incidents/{}", "report": "/reports/{}", "extraction": "/reports/{}"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines of a plan to show."""

    state: str = ""
    kind: str = ""
    q: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> tuple["Wanted", int]:
        """What an address asks for, and which page of it."""
        number = query.get("page", "1")
        page = int(number) if number.isdecimal() and len(number) < 8 else 1
        return cls(*(query.get(name, "")[:LONGEST] for name in ("state", "kind", "q"))), max(1, page)

    def query(self, **changed: str | int) -> str:
        """The choice as an address has it."""
        values = {"state": self.state, "kind": self.kind, "q": self.q, **changed}
        return urlencode({name: value for name, value in values.items() if value})


@dataclass(frozen=True, slots=True)
class StateRow:
    """How many things of each kind are in a state."""

    state: str
    meaning: str
    count: int
    kinds: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The lines of a choice on one page; `kinds` are all that the plan has."""

    states: tuple[StateRow, ...]
    kinds: tuple[str, ...]
    lines: tuple[PlanLine, ...]
    total: int
    pages: int


def shown(looked: Looked, wanted: Wanted, number: int) -> Shown:
    """A page of a plan."""
    states = []
    for state in State:
        kinds = looked.counts[state.value]
        states.append(StateRow(state.value, MEANING[state], sum(kinds.values()), tuple(kinds.items())))
    found = [line for line in looked.lines if _is_wanted(line, wanted)]
    first = (number - 1) * A_PAGE
    return Shown(
        states=tuple(states),
        kinds=tuple(dict.fromkeys(kind for row in states for kind, _ in row.kinds)),
        lines=tuple(found[first : first + A_PAGE]),
        total=len(found),
        pages=max(1, -(-len(found) // A_PAGE)),
    )


def does_something(looked: Looked) -> bool:
    """Whether applying the plan changes anything."""
    return any(looked.counts[state.value] for state in (State.NEW, State.CHANGED, State.UNKNOWN))


def decisions(looked: Looked) -> int:
    """How many decisions of others would count from then on."""
    return sum(looked.counts[state.value].get("decision", 0) for state in (State.NEW, State.CHANGED))


def page_of(line: PlanLine) -> str:
    """The page of a thing that is here; empty if it has none."""
    pattern = _PAGES.get(line.kind)
    return pattern.format(quote(line.id, safe="")) if pattern else ""


def _is_wanted(line: PlanLine, wanted: Wanted) -> bool:
    if (wanted.state and line.state.value != wanted.state) or (wanted.kind and line.kind != wanted.kind):
        return False
    words = wanted.q.casefold().split()
    if not words:
        return True
    told = f"{line.id} {line.name} {line.why}".casefold()
    return all(word in told for word in words)
