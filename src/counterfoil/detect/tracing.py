"""A trace's way to edges and to their significance: events, pairs, null hypothesis, each as the trace needs it."""

from collections.abc import Callable
from dataclasses import replace

from counterfoil.detect.definition import Count, Definition
from counterfoil.detect.duck import Duck
from counterfoil.detect.gathering import LIKENESSES
from counterfoil.detect.hubs import Engine, Preview, coordinate, preview
from counterfoil.detect.significance import BURST, UNTIMED, judge
from counterfoil.detect.trace import EVER, Trace, events_step
from counterfoil.detect.weighting import TABLE, likeness
from counterfoil.errors import UsageError


def pair(
    engine: Engine, trace: Trace, definition: Definition, budget: int, tell: Callable[[str], None]
) -> tuple[int, Preview]:
    """From a trace to `edges`; `events`, `acting`, `near` and `costs` stay, of the objects of `trace.sql`.

    Returns:
        the number of events, and what the pairs cost.

    Raises:
        UsageError: billions of pairs are asked for, or the trace does not run on this engine.
    """
    if trace.prepare is not None:
        if not isinstance(engine, Duck):
            raise UsageError(f"The signal {trace.name} runs on DuckDB only.", "Leave --engine spark out for it.")
        tell(f"{trace.name}: {trace.prepare(engine, definition)}")
    # Two messages can meet on several narrow objects: that does no harm where distinct messages are counted.
    if not trace.narrow or definition.count is not Count.MESSAGES:
        engine.run([events_step(trace)])
        cost = coordinate(engine, definition, trace.several, budget)
    else:
        engine.run([events_step(replace(trace, sql=trace.narrow, several=True))])
        cost = coordinate(engine, definition, True, budget)
        engine.run([events_step(trace)])
        preview(engine, definition, budget=budget)
    return int(engine.rows("SELECT count(*) FROM events")[0][0]), cost


def judge_pairs(engine: Engine, trace: Trace, definition: Definition, rate: float) -> None:
    """The significance of `edges`: by the trace's own test, or the common one (without a window, not by times)."""
    if trace.judge is not None:
        trace.judge(engine, definition, rate)
        return
    judge(engine, definition, rate, burst=UNTIMED if definition.window >= EVER else BURST)


def weigh(engine: Engine, duck: Duck, signal: str) -> None:
    """Add to the table `likenesses` how alike what two accounts of an edge share is (detect/weighting.py)."""
    engine.run(likeness())
    duck.connection.execute(
        f"CREATE TEMP TABLE IF NOT EXISTS {LIKENESSES} (signal VARCHAR, source BIGINT, target BIGINT, cosine DOUBLE)"
    )
    if isinstance(engine, Duck):
        told = f"SELECT ?, source, target, cosine FROM {TABLE}"
        duck.connection.execute(f"INSERT INTO {LIKENESSES} {told}", [signal])
    elif rows := engine.rows(f"SELECT source, target, cosine FROM {TABLE}"):
        duck.connection.execute(
            f"INSERT INTO {LIKENESSES} SELECT ?, unnest(?::BIGINT[]), unnest(?::BIGINT[]), unnest(?::DOUBLE[])",
            [signal, *(list(column) for column in zip(*rows, strict=True))],
        )
