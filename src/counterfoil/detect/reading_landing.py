"""Where rows arrive: the table `landed` with what signals read, and the view `arrived` of all that is known of posts.

Nothing is kept that is not there: a field that no source has is a column of the views alone. Of Parquet, whose columns
are read one by one, only what signals need is kept; texts, names and ids, which evidence shows in the end, are read
from the files when it does. Whole numbers are made of ids in the same way each time, so that both agree.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from counterfoil.detect.reading_fields import AUTHOR_FIELDS, LISTS
from counterfoil.detect.reading_select import Plan, authors_query, posts_query
from counterfoil.detect.reading_tables import Source

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

POSTS = "posts"
LANDED = "landed"
ARRIVED = "arrived"
MERGED = "merged"  #: posts that came in several rows, each made one
REPEATED = "repeated"  #: their ids
WHOLE = "whole_posts"
POST_COLUMNS = (
    "post post_key account moment text urls repost_of reply_to quote_of hashtags mentions media platform language "
    "shared follows"
).split()
KINDS = {
    **dict.fromkeys(["post", "account", "moment", "created", "followers"], "BIGINT"),
    **dict.fromkeys(LISTS, "VARCHAR[]"),
    "zoneless": "BOOLEAN",
}
ALL = (*POST_COLUMNS, "account_key", "zoneless", "time_text", "broken", *AUTHOR_FIELDS)
ALWAYS = frozenset({"post", "account", "moment", "zoneless", "repost_of", "platform"})  #: kept, needed or not
_USABLE = "account_key IS NOT NULL AND moment IS NOT NULL"


def named_in(sql: str) -> frozenset[str]:
    """The columns of `posts` that a query names: they must have landed before it runs."""
    return frozenset(re.findall(r"\w+", sql)) & frozenset(POST_COLUMNS)


def selected(columns: Iterable[str], there: Iterable[str]) -> str:
    """Columns to select; those that are not there are empty."""
    has = set(there)
    return ", ".join(one if one in has else f"CAST(NULL AS {KINDS.get(one, 'VARCHAR')}) AS {one}" for one in columns)


@dataclass(slots=True)
class Landing:
    """What has landed.

    Args:
        needs: what is kept of late rows, beside ALWAYS; None: rows are kept whole.
        columns: of `landed`.
        known: columns of `arrived` that are not empty.
        late: views of rows that are read again, and their columns.
        sources: of late rows, and how they are read.
        complete: whether all rows became posts.
        merged: whether posts came in several rows.
    """

    connection: "DuckDBPyConnection"
    needs: frozenset[str] | None = None
    columns: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    late: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sources: list[tuple[Source, Plan]] = field(default_factory=list)
    complete: bool = True
    merged: bool = False

    def start(self) -> None:
        """Forget what landed before."""
        for name in (POSTS, ARRIVED):
            self.connection.execute(f"DROP VIEW IF EXISTS {name}")
        for name in (LANDED, MERGED, REPEATED):
            self.connection.execute(f"DROP TABLE IF EXISTS {name}")

    def make_room(self, source: Source, plan: Plan) -> None:
        """Make the table, or give it the columns that it has not yet. (Not within a transaction that fills it.)"""
        rows = posts_query(source, plan)
        self.known |= set(rows.columns)
        kept = [one for one in rows.columns if self.needs is None or one in self.needs | ALWAYS]
        new = [one for one in kept if one not in self.columns]
        if not self.columns:
            kinds = ", ".join(f"{one} {KINDS.get(one, 'VARCHAR')}" for one in kept)
            self.connection.execute(f"CREATE TEMP TABLE {LANDED} ({kinds})")
        else:
            for one in new:
                self.connection.execute(f"ALTER TABLE {LANDED} ADD COLUMN {one} {KINDS.get(one, 'VARCHAR')}")
        self.columns += new

    def land(self, source: Source, plan: Plan) -> None:
        """Keep a source's rows; of those that are read again, only what is needed."""
        rows = posts_query(source, plan)
        if self.needs is None:
            self.connection.execute(f"INSERT INTO {LANDED} BY NAME {rows.sql}")
            return
        view = f"late_{len(self.late)}"
        self.connection.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS {rows.sql}")
        self.late[view] = rows.columns
        self.sources.append((source, plan))
        kept = [one for one in rows.columns if one in self.needs | ALWAYS and one != "moment"]
        self.connection.execute(
            f"INSERT INTO {LANDED} BY NAME SELECT {', '.join(kept)}, "
            f"CASE WHEN account_key IS NOT NULL THEN moment END AS moment FROM {view}"
        )

    def unusable(self) -> tuple[str, str]:
        """Of the source that landed last: its rows that cannot be used, and how to tell them in `landed`."""
        if self.late:
            view, columns = list(self.late.items())[-1]
            return f"(SELECT {selected(ALL, columns)} FROM {view} WHERE NOT ({_USABLE}))", "moment IS NULL"
        bad = f"NOT ({_USABLE})" + (" OR broken IS NOT NULL" if "broken" in self.columns else "")
        return f"(SELECT {selected(ALL, self.columns)} FROM {LANDED} WHERE {bad})", bad

    def open(self) -> None:
        """Make the view `arrived` of all usable rows."""
        self.connection.execute(f"CREATE OR REPLACE TEMP VIEW {ARRIVED} AS {self._whole()}")

    def _whole(self) -> str:
        if not self.late:
            return f"SELECT {selected(ALL, self.columns)} FROM {LANDED}"
        rows = " UNION ALL ".join(
            f"SELECT {selected(ALL, columns)} FROM {view} WHERE {_USABLE}" for view, columns in self.late.items()
        )
        return f"SELECT * FROM ({rows}) AS late"

    def keep_merged(self) -> None:
        """Put the posts of the table `merged` in the place of those of `repeated`."""
        connection = self.connection
        self.merged, self.complete = True, False
        connection.execute(f"DELETE FROM {LANDED} WHERE post IN (SELECT post FROM {REPEATED})")
        connection.execute(f"INSERT INTO {LANDED} BY NAME SELECT {', '.join(self.columns)} FROM {MERGED}")
        if self.late:
            connection.execute(
                f"CREATE OR REPLACE TEMP VIEW {ARRIVED} AS {self._whole()} "
                f"WHERE post NOT IN (SELECT post FROM {REPEATED}) UNION ALL SELECT {', '.join(ALL)} FROM {MERGED}"
            )

    def authors(self) -> str:
        """Rows of account, account_key, platform and its author's fields, of all accounts that post."""
        columns = ("account", "account_key", "platform", *AUTHOR_FIELDS)
        if not self.late:
            return f"SELECT {selected(columns, self.columns)} FROM {LANDED}"
        usable = "account_key IS NOT NULL"
        if not self.complete:
            usable += f" AND account IN (SELECT account FROM {LANDED})"
        told = [authors_query(source, plan) for source, plan in self.sources]
        return " UNION ALL ".join(
            f"SELECT {selected(columns, rows.columns)} FROM ({rows.sql}) AS told WHERE {usable}" for rows in told
        )

    def show(self) -> None:
        """Make the view `posts` of what has landed: signals read it."""
        self.connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {POSTS} AS SELECT {selected(POST_COLUMNS, self.columns)} FROM {LANDED}"
        )

    def show_whole(self, table: str) -> None:
        """Make `posts` have all that is known of the messages that a table names: evidence reads these."""
        if not self.late:
            return
        connection, messages = self.connection, f"SELECT message FROM {table}"
        parts = []
        for source, plan in self.sources:
            rows = posts_query(source, plan, only=messages)
            parts.append(f"SELECT {selected(POST_COLUMNS, rows.columns)} FROM ({rows.sql}) AS late WHERE {_USABLE}")
        whole = " UNION ALL ".join(parts)
        if self.merged:
            whole = (
                f"SELECT * FROM ({whole}) AS once WHERE post NOT IN (SELECT post FROM {REPEATED}) UNION ALL "
                f"SELECT {', '.join(POST_COLUMNS)} FROM {MERGED} WHERE post IN ({messages})"
            )
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {WHOLE} AS {whole}")
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {POSTS} AS SELECT {selected(POST_COLUMNS, self.columns)} FROM {LANDED} "
            f"WHERE post NOT IN (SELECT post FROM {WHOLE}) UNION ALL SELECT * FROM {WHOLE}"
        )
