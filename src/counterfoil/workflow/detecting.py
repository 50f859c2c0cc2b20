"""From a data set of posts to accounts that act together: read, trace, plan, edges, and how improbable they are.

What stands in the engine while a `Run` is open, for networks, evidence and outputs: posts, accounts, namings and
rejected (`detect/reading.py`), found and acts (`detect/gathering.py`).
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from counterfoil.detect.definition import Definition, published
from counterfoil.detect.duck import Duck, duck
from counterfoil.detect.gathering import ACTS, gather, prepare
from counterfoil.detect.hubs import BUDGET, Preview
from counterfoil.detect.reading import Asked, Reading, read
from counterfoil.detect.reading_fields import Columns
from counterfoil.detect.reading_landing import named_in
from counterfoil.detect.spark_tables import Engines, engines
from counterfoil.detect.trace import Trace
from counterfoil.detect.traces import TRACES, USUAL, load_traces
from counterfoil.detect.tracing import judge_pairs, pair, weigh
from counterfoil.detect.troubles import plainly
from counterfoil.detect.windows import Tried, try_windows
from counterfoil.errors import InputError, UsageError

#: names of others for our traces
ALIASES = {"co_retweet": "co_repost", "co_url": "co_link"}
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, and in what.

    Args:
        data, accounts: files, folders and patterns.
        columns: what is said about columns.
        signals: names of traces; empty: the usual ones that the data has.
        window: microseconds; None: the definition's or the trace's own.
        minimum: the least weight; None: likewise.
        definition: a published tool's; "" for ours.
        rate: of false discoveries.
        memory: what the engine may use before it spills to disk.
        budget: pairs of posts that are made one by one at most.
        engine: what makes the edges: "duckdb" or "spark".
        master: Spark's; "" for this machine.
        try_windows: whether each signal says what other windows would give.
        weighting: "tfidf": edges also get the likeness of what two accounts share; "" for none.
    """

    data: tuple[str, ...]
    accounts: tuple[str, ...] = ()
    columns: Columns = field(default_factory=Columns)
    signals: tuple[str, ...] = ()
    window: int | None = None
    minimum: int | None = None
    definition: str = ""
    rate: float = 0.05
    memory: str = "4GB"
    budget: int = BUDGET
    engine: str = "duckdb"
    master: str = ""
    try_windows: bool = False
    weighting: str = ""


@dataclass(frozen=True, slots=True)
class Signal:
    """What one trace found.

    Args:
        events: acts that it looked at.
        cost: the pairs that these made.
        edges: of at least the minimum weight.
        significant: those of them at the asked rate of false discoveries (all, where no null applies).
        tested: whether a null hypothesis applies.
        windows: what other windows give, if that was asked for.
    """

    trace: Trace
    definition: Definition
    events: int
    cost: Preview
    edges: int
    significant: int
    tested: bool
    windows: tuple[Tried, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A search that is done; its tables stand in the engine as long as it is open."""

    engine: Duck
    search: Search
    reading: Reading
    signals: tuple[Signal, ...]


def _silent(_: str) -> None:
    """Says nothing."""


@contextmanager
def detecting(search: Search, tell: Tell = _silent) -> Iterator[Run]:
    """Search a data set; everything that was laid on disk for it is gone when the block ends.

    Args:
        tell: is told what goes on, a sentence at a time: what was read, and what each signal costs before it runs.

    Raises:
        InputError: the data cannot be read, or has not what a signal needs.
        UsageError: the request cannot be right, or asks for billions of pairs.
    """
    traces, chosen = _traces(search)
    with duck(search.memory) as engine, engines(engine, search.engine, search.master, search.memory) as both:
        engine.connection.execute("SET autoinstall_known_extensions = false")
        needs = frozenset(one for trace in traces for named in trace.columns for one in named.split("|"))
        needs |= frozenset(one for trace in traces for one in named_in(trace.sql))
        reading = read(engine, Asked(search.data, search.accounts, search.columns, needs))
        tell(told(reading))
        prepare(engine)
        possible = _possible(traces, reading, chosen)
        both.hand_over(possible)
        signals = [_signal(both, search, trace, tell) for trace in possible]
        with plainly("The posts behind the edges"):
            reading.landing.show_whole(ACTS)
        yield Run(engine, search, reading, tuple(signals))


def _traces(search: Search) -> tuple[list[Trace], bool]:
    """The traces that are looked at, and whether they were chosen by name."""
    names = [name.strip().replace("-", "_") for name in search.signals]
    chosen = bool(names) and names != ["all"]
    return load_traces([ALIASES.get(name, name) for name in names] or USUAL), chosen


def _possible(traces: list[Trace], reading: Reading, chosen: bool) -> list[Trace]:
    possible = []
    for trace in traces:
        missing = trace.missing(reading.has)
        if not missing:
            possible.append(trace)
        elif chosen:
            raise InputError(
                f"The signal {trace.name} needs {' and '.join(missing)}, which the data does not have.",
                f"If a column holds it, say which with --map {missing[0].split('|')[0]}=COLUMN.",
            )
    if not possible:
        raise InputError(
            "The data has nothing that the usual signals look at: no reposts, links, replies or texts.",
            f"Name columns with --map, or signals with --signals: {', '.join(TRACES.names())}.",
        )
    return possible


def told(reading: Reading) -> str:
    """What was read, in one sentence."""
    words = f"{reading.posts:,} posts of {reading.accounts:,} accounts"
    if reading.rejected:
        why = ", ".join(f"{count:,} {reason}" for reason, count in reading.rejected.items())
        words += f"; {sum(reading.rejected.values()):,} rows set aside ({why})"
    return words + "."


def definition_of(search: Search, trace: Trace) -> Definition:
    """When two accounts act together on this trace's objects, as asked."""
    if search.definition:
        window = Definition().window if search.window is None else search.window
        return published(search.definition, window, 2 if search.minimum is None else search.minimum)
    if trace.of_accounts:
        # A description or a picture is there or not: it has no time, and an account has one.
        return Definition(
            window=search.window if trace.window and search.window is not None else trace.window, minimum=1
        )
    own = Definition()
    window = (trace.window or own.window) if search.window is None else search.window
    minimum = (trace.minimum or own.minimum) if search.minimum is None else search.minimum
    return replace(own, window=window, minimum=minimum)


def _signal(both: Engines, search: Search, trace: Trace, tell: Tell) -> Signal:
    definition = definition_of(search, trace)
    engine = both.of(trace)
    with plainly(f"The signal {trace.name}"):
        events, cost = pair(engine, trace, definition, search.budget, tell)
        tell(f"{trace.name}: {cost.told()}")
        tested = trace.tested
        if tested:
            judge_pairs(engine, trace, definition, search.rate)
        both.bring_back(trace, search.rate if tested else None)
        edges, significant = gather(both.duck, trace.name, search.rate if tested else None)
        if search.weighting:
            weigh(engine, both.duck, trace.name)
        tried = (
            try_windows(engine, definition, rate=search.rate, several=trace.several) if _tries(search, trace) else []
        )
    return Signal(trace, definition, events, cost, edges, significant, tested, tuple(tried))


def _tries(search: Search, trace: Trace) -> bool:
    """Whether other windows are tried: where there is a time, and what is near does not hang on the window itself."""
    return search.try_windows and not trace.of_accounts and trace.prepare is None


@contextmanager
def output_folder(out: Path) -> Iterator[Path]:
    """A folder to write to that takes the name `out` when the block ends well, and else leaves nothing behind.

    Raises:
        UsageError: there is something of that name already, or it cannot be made.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out} is there already.", "Name a new folder with -o, or move that one away.")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".part", dir=out.parent))
    except OSError as error:
        raise UsageError(f"{out} cannot be made: {error.strerror or error}.", "Name another folder with -o.") from error
    try:
        yield part
        if out.exists():
            out.rmdir()
        part.chmod(0o755)
        part.rename(out)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise UsageError(
            f"{out} cannot be written: {error.strerror or error}.", "Free some space, or name another."
        ) from error
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
