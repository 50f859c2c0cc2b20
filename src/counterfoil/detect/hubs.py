"""What a run will cost, told before it runs, and what is done about objects that everybody shares.

The pairs of acts within the window on each object are counted exactly without making one of them: a windowed count
says how many acts are in reach of each. An object on which so many accounts acted that the run would go over its
budget is a hub: it makes no pairs of its own, but adds its weight to pairs that also act together on another object.
Nothing is cut in silence: the preview names the hubs, and says whether the edges are still exact.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from counterfoil.detect.definition import SECOND, Count, Definition
from counterfoil.detect.plan import Step, pairing, reaching
from counterfoil.errors import UsageError

BUDGET = 100_000_000  #: pairs of acts that are made one by one: about ten seconds for two processor cores
MINUTE = 60 * SECOND
LIMIT = 2_000_000_000  #: pairs of acts that are never made


class Engine(Protocol):
    """What runs the steps."""

    def run(self, steps: Iterable[Step], keep: Iterable[str] = ()) -> None:
        """Make each step's table."""

    def rows(self, sql: str, values: Iterable[object] = ()) -> list[tuple[Any, ...]]:
        """The answer to a query."""


@dataclass(frozen=True, slots=True)
class Hub:
    """An object that is too popular to be paired: its id, its acts in reach of another and the pairs they make."""

    object: int
    acts: int
    pairs: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a run costs.

    Args:
        acts: acts with another on the same object within the window.
        objects: objects of these acts.
        pairs: pairs of acts of two accounts within the window, on all objects: exact.
        hubs: objects over the budget, the most costly first.
        exact: whether the hubs cannot have hidden an edge.
        exposed: accounts that reach the minimum weight on hubs alone; only edges between two of them and found on
            hubs alone can be missing.
    """

    acts: int
    objects: int
    pairs: int
    hubs: tuple[Hub, ...] = ()
    exact: bool = True
    exposed: int = 0

    @property
    def made(self) -> int:
        """The pairs that will be made one by one."""
        return self.pairs - sum(hub.pairs for hub in self.hubs)

    def told(self) -> str:
        """The preview in words."""
        objects = f"{self.objects:,} object{'' if self.objects == 1 else 's'}"
        told = f"{self.acts:,} acts on {objects} make {self.pairs:,} pairs within the window."
        if not self.hubs:
            return told
        hubs = f"{len(self.hubs):,} object{'s' if len(self.hubs) > 1 else ''} shared too widely to be paired"
        told += f" {hubs} ({self.pairs - self.made:,} pairs) only weigh for accounts that also act together elsewhere."
        if self.exact:
            return told + " No edge can be missing for it: no account reaches the minimum weight on them alone."
        return told + (
            " Edges can be missing between accounts that act together on nothing else: "
            f"{self.exposed:,} accounts reach the minimum weight on them alone."
        )


def costs(definition: Definition) -> Step:
    """The table `costs` (object, acts, pairs, close, fine) from `near`: exact pairs of acts within the window.

    `pairs` are those of two accounts, which will be made; `close` are all; `fine` are those within a minute, too.
    """
    reach = definition.reach
    frame = "ORDER BY moment RANGE BETWEEN {0} PRECEDING AND {0} FOLLOWING"
    counted = (
        f"SELECT object, count(*) OVER (PARTITION BY object {frame.format(reach)}) AS everyone, "
        f"count(*) OVER (PARTITION BY object, account {frame.format(reach)}) AS own"
    )
    fine = "everyone"
    if reach > MINUTE:
        counted += f", count(*) OVER (PARTITION BY object {frame.format(MINUTE)}) AS nearest"
        fine = "nearest"
    return Step(
        "costs",
        "SELECT object, count(*) AS acts, CAST(sum(everyone - own) / 2 AS BIGINT) AS pairs, "
        f"CAST(sum(everyone - 1) / 2 AS BIGINT) AS close, CAST(sum({fine} - 1) / 2 AS BIGINT) AS fine "
        f"FROM ({counted} FROM near) AS counted GROUP BY object",
    )


def preview(engine: Engine, definition: Definition, events: str = "events", budget: int = BUDGET) -> Preview:
    """Make `acting`, `near`, `costs` and `hubs` (object, acts, pairs), and say what pairing will cost.

    The cheapest objects are paired as far as the budget reaches; those that remain are hubs.
    """
    chosen = (
        "SELECT object, acts, pairs FROM (SELECT object, acts, pairs, sum(pairs) OVER "
        "(ORDER BY pairs, object ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running FROM costs "
        f"WHERE pairs > 0) AS added WHERE running > {budget}"
    )
    engine.run([*reaching(definition, events), costs(definition), Step("hubs", chosen)], ["acting", "near", "costs"])
    (objects, acts, pairs), *_ = engine.rows("SELECT count(*), sum(acts), sum(pairs) FROM costs")
    hubs = engine.rows("SELECT object, acts, pairs FROM hubs ORDER BY pairs DESC, object")
    exposed = _exposed(engine, definition) if hubs else 0
    return Preview(
        acts=int(acts or 0),
        objects=objects,
        pairs=int(pairs or 0),
        hubs=tuple(Hub(*hub) for hub in hubs),
        exact=exposed < 2,
        exposed=exposed,
    )


def _exposed(engine: Engine, definition: Definition) -> int:
    """Accounts that could reach the minimum weight on hubs alone."""
    on_hubs = "SELECT {} FROM near WHERE object IN (SELECT object FROM hubs)"
    if definition.count is Count.PAIRS:  # one act can be in any number of pairs
        return int(engine.rows(on_hubs.format("count(DISTINCT account)"))[0][0])
    what = "object" if definition.count is Count.OBJECTS else "message"
    grouped = f"{on_hubs.format('account')} GROUP BY account HAVING count(DISTINCT {what}) >= {definition.minimum}"
    found = int(engine.rows(f"SELECT count(*) FROM ({grouped}) AS reaching")[0][0])
    # An edge needs one account that reaches the minimum, and any other beside it, if the weight has a direction.
    return max(found, 2) if found and definition.count is Count.MESSAGES else found


def affordable(told: Preview, definition: Definition, limit: int = LIMIT) -> None:
    """Refuse a run that would make billions of pairs, or billions of edges.

    Raises:
        UsageError: as many pairs are asked for as nobody could read.
    """
    asked = told.pairs if definition.minimum == 1 and told.hubs else told.made
    if asked > limit:
        seconds = definition.window / 1_000_000
        raise UsageError(
            f"{asked:,} pairs of posts lie within {seconds:g} s of each other and would be made one by one.",
            "Ask for a shorter window, for a minimum weight of at least 2, or for a budget of pairs under which widely "
            "shared objects only add weight to pairs found elsewhere.",
        )


def coordinate(engine: Engine, definition: Definition, several: bool = False, budget: int = BUDGET) -> Preview:
    """From `events` to `edges`, within a budget of pairs; `acting`, `near`, `costs` and `hubs` stay.

    Raises:
        UsageError: as many pairs are asked for as nobody could read.
    """
    told = preview(engine, definition, budget=budget)
    affordable(told, definition)
    engine.run(pairing(definition, several, hubs=bool(told.hubs)))
    return told
