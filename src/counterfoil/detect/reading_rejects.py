"""Rows that cannot be used: counted by reason and kept with what they hold, and posts that come twice."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from counterfoil.detect.reading_fields import LISTS
from counterfoil.detect.reading_landing import ALL, ARRIVED, LANDED, MERGED, REPEATED, Landing

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

REJECTED = "rejected"  #: file, line, reason, content
#: what DuckDB calls an error -> what we call it
REASONS = {
    "UNQUOTED VALUE": "a quote that is not closed, or stands in the middle of a value",
    "TOO MANY COLUMNS": "more values than columns",
    "MISSING COLUMNS": "fewer values than columns",
    "INVALID ENCODING": "not UTF-8",
    "LINE SIZE OVER MAXIMUM": "a line that does not end",
    "INVALID STATE": "quotes that cannot be told apart",
}
NO_JSON = "not JSON"
NO_ACCOUNT = "no account"
NO_TIME = "no time"
BAD_TIME = "a time that cannot be read"
TWICE = "the post id of an earlier row"

_SCALARS = tuple(one for one in ALL if one not in LISTS and one != "post")


def prepare(connection: "DuckDBPyConnection") -> None:
    """Make the empty table of rejected rows."""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {REJECTED} (file VARCHAR, line BIGINT, reason VARCHAR, content VARCHAR)"
    )


def keep_lines(connection: "DuckDBPyConnection", file: str, lines: Iterable[str]) -> None:
    """Keep lines whose quote never closes."""
    for line in lines:
        connection.execute(f"INSERT INTO {REJECTED} VALUES (?, NULL, ?, ?)", [file, REASONS["UNQUOTED VALUE"], line])


def take_csv_rejects(connection: "DuckDBPyConnection", names: Mapping[str, str] | None = None) -> None:
    """Move what the CSV reader set aside into ours: a row once, with its first error.

    Args:
        names: file as it was read -> its name for people.
    """
    has = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'reject_errors'"
    if not _count(connection, has):
        return
    named = " ".join(f"WHEN '{theirs}' THEN '{ours}'" for theirs, ours in REASONS.items())
    connection.execute(
        f"INSERT INTO {REJECTED} SELECT file_path, line, CASE error_type {named} "
        "ELSE lower(error_type) END, csv_line FROM ("
        "SELECT s.file_path, e.line, CAST(e.error_type AS VARCHAR) AS error_type, e.csv_line, row_number() OVER "
        "(PARTITION BY e.scan_id, e.file_id, e.line ORDER BY e.byte_position, e.column_idx) AS place "
        "FROM reject_errors AS e JOIN reject_scans AS s ON s.scan_id = e.scan_id AND s.file_id = e.file_id) AS one "
        "WHERE place = 1"
    )
    for path, name in (names or {}).items():
        if path != name:
            connection.execute(f"UPDATE {REJECTED} SET file = ? WHERE file = ?", [name, path])
    connection.execute("DROP TABLE reject_errors")
    connection.execute("DROP TABLE reject_scans")


def set_aside(landing: Landing, name: str) -> None:
    """Move rows without account or time, and what is no JSON, of the source that landed last to the rejected rows."""
    connection = landing.connection
    rows, bad = landing.unusable()
    if not _count(connection, f"SELECT count(*) FROM {LANDED} WHERE {bad}"):
        return
    reason = (
        f"CASE WHEN broken IS NOT NULL THEN '{NO_JSON}' WHEN account_key IS NULL THEN '{NO_ACCOUNT}' "
        f"WHEN time_text IS NULL OR time_text = '' THEN '{NO_TIME}' ELSE '{BAD_TIME}' END"
    )
    told = "{post: post_key, account: account_key, time: time_text, text: text}"
    content = f"coalesce(broken, CAST(to_json({told}) AS VARCHAR))"
    connection.execute(f"INSERT INTO {REJECTED} SELECT ?, NULL, {reason}, {content} FROM {rows} AS unusable", [name])
    connection.execute(f"DELETE FROM {LANDED} WHERE {bad}")
    landing.complete = False


def join_repeated(landing: Landing) -> int:
    """Make each post one row; returns how many rows were joined to others.

    Rows of one id, account and time that differ in their links, tags or media are one post with several (layouts
    with one row a link). Of others with the same id, the earliest stays and the rest are set aside.
    """
    connection = landing.connection
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {REPEATED} AS SELECT post FROM {LANDED} GROUP BY post HAVING count(*) > 1"
    )
    if not _count(connection, f"SELECT count(*) FROM {REPEATED}"):
        return 0
    lists = ", ".join(f"coalesce(CAST({name} AS VARCHAR), '')" for name in LISTS)
    order = "ORDER BY moment, account_key, text, repost_of, reply_to"
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE again AS SELECT *, "
        "account = first_value(account) OVER first AND moment = first_value(moment) OVER first "
        "AND text IS NOT DISTINCT FROM first_value(text) OVER first AS alike, "
        f"row_number() OVER (PARTITION BY post, concat_ws(chr(1), {lists}) {order}) AS seen, "
        f"row_number() OVER first AS place FROM {ARRIVED} WHERE post IN (SELECT post FROM {REPEATED}) "
        f"WINDOW first AS (PARTITION BY post {order})"
    )
    content = "CAST(to_json({post: post_key, account: account_key, moment: moment, text: text}) AS VARCHAR)"
    connection.execute(
        f"INSERT INTO {REJECTED} SELECT NULL, NULL, '{TWICE}', {content} FROM again "
        "WHERE place > 1 AND NOT (alike AND seen = 1)"
    )
    kept = "place = 1 OR (alike AND seen = 1)"
    joined = _count(connection, f"SELECT count(*) FROM again WHERE ({kept}) AND place > 1")
    scalars = ", ".join(f"first({name} ORDER BY place) AS {name}" for name in _SCALARS)
    together = ", ".join(
        f"nullif(list_sort(list_distinct(flatten(list({name}) FILTER (WHERE {name} IS NOT NULL)))), []) AS {name}"
        for name in LISTS
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {MERGED} AS SELECT post, {scalars}, {together} FROM again WHERE {kept} "
        "GROUP BY post"
    )
    connection.execute("DROP TABLE again")
    landing.keep_merged()
    return joined


def rejected_counts(connection: "DuckDBPyConnection") -> dict[str, int]:
    """Rejected rows by reason, the most frequent first."""
    return dict(
        connection.execute(
            f"SELECT reason, count(*) FROM {REJECTED} GROUP BY reason ORDER BY count(*) DESC, reason"
        ).fetchall()
    )


def rejected_samples(connection: "DuckDBPyConnection", each: int = 3) -> list[tuple[str, str, int, str]]:
    """A few rejected rows of each reason: reason, file, line (0: not known), what it begins with."""
    return connection.execute(
        "SELECT reason, coalesce(file, ''), coalesce(line, 0), left(content, 200) FROM (SELECT *, row_number() OVER "
        f"(PARTITION BY reason ORDER BY file, line, content) AS place FROM {REJECTED}) AS one WHERE place <= {each:d} "
        "ORDER BY reason, place"
    ).fetchall()


def _count(connection: "DuckDBPyConnection", sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0
