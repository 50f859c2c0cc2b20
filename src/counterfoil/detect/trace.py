"""A trace: one SELECT that says which object an account acted on, in which message and when."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counterfoil.detect.definition import SECOND, Definition
from counterfoil.detect.plan import Step

if TYPE_CHECKING:
    from counterfoil.detect.duck import Duck
    from counterfoil.detect.hubs import Engine

MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
EVER = 36_500 * DAY  #: a window that is none
#: An engine's expression for the integer id of a text. Ids need only differ within one run: nothing stored or written
#: holds them, so that each engine may use its own fastest hash (Spark: xxhash64).
DUCKDB_ID = "CAST(hash({}) >> 1 AS BIGINT)"


@dataclass(frozen=True, slots=True)
class Trace:
    """What two accounts may have in common, and what that can mean.

    Args:
        name: as in --signals.
        label: the same for a reader: "share the same link".
        columns: fields that the data must have; the first of `any_of` groups is joined by bars ("handle|name").
        sql: a SELECT over `posts` (or `accounts`, or `namings`) giving account, object (text), message, moment.
        several: whether a message may act on several objects.
        techniques: DISARM 1.6 techniques that it can support, the likeliest first.
        of_accounts: it tells of accounts and not of posts: an account is its own message.
        minimum: the least weight of an edge if none is asked for; 0: the definition's own.
        window: microseconds between two acts if none is asked for; 0: the definition's own.
        caution: what else explains it, in plain words.
        prepare: makes the tables that `sql` reads where a SELECT cannot, and says what that cost. Only for DuckDB.
        narrow: a SELECT as `sql`, of narrower objects that edges are made on, where `sql`'s are groups whose members
            need not be alike: how widely a group is shared tells what a meeting is worth, not that there is one.
        judge: its own test, which makes the table `significance`; None: the common one, and none for accounts.
        null: what chance means for it, in plain words, where that is not what the common test means.
    """

    name: str
    label: str
    columns: tuple[str, ...]
    sql: str
    several: bool = False
    techniques: tuple[str, ...] = ()
    of_accounts: bool = False
    minimum: int = 0
    window: int = 0
    caution: str = ""
    prepare: "Callable[[Duck, Definition], str] | None" = None
    narrow: str = ""
    judge: "Callable[[Engine, Definition, float], None] | None" = None
    null: str = ""

    @property
    def tested(self) -> bool:
        """Whether a null hypothesis applies."""
        return self.judge is not None or not self.of_accounts

    def missing(self, has: frozenset[str]) -> tuple[str, ...]:
        """The fields that the data would have to have and has not."""
        return tuple(one for one in self.columns if not has & set(one.split("|")))


def events_step(trace: Trace, name: str = "events", hashed: str = DUCKDB_ID) -> Step:
    """The step that makes the trace's events (message, account, moment, object), each once.

    Args:
        hashed: the engine's expression for the integer id of a text, with {} for the text.
    """
    distinct = "DISTINCT " if trace.several else ""
    object_id = hashed.format("object")
    return Step(
        name,
        f"SELECT {distinct}message, account, moment, {object_id} AS object FROM ({trace.sql}) AS traced "
        "WHERE object IS NOT NULL AND object <> '' AND moment IS NOT NULL",
    )


def objects_sql(trace: Trace, messages: str, hashed: str = DUCKDB_ID) -> str:
    """What the objects of some messages are: rows of message, object (the id) and label (the text).

    Args:
        messages: a table with a column `message`.
    """
    return (
        f"SELECT DISTINCT message, {hashed.format('object')} AS object, object AS label FROM ({trace.sql}) AS traced "
        f"WHERE object IS NOT NULL AND object <> '' AND message IN (SELECT message FROM {messages})"
    )
