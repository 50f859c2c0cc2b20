"""The posts behind each edge: for every reported pair of accounts, which post of the one met which of the other.

Each post that counts for a pair stands in at least one row, beside the post of the other account on the same object
that is nearest in time; so the rows are complete and yet no more than the posts, however often two accounts repeat
themselves. The account that was earlier is the source. All of it is made by the engine.

Tables made, beside those of detect/networks.py (`behind`, `labels` and `written` by `make_posts`, which reads the data
once more: what is shown on screen does without):

- meetings(signal, cluster, object, source, target, source_post, target_post, source_moment, target_moment);
- labels(signal, object, label): what the objects are, as text;
- shown(cluster, signal, account, message, moment, object): each act that shows a group, once;
- behind: the posts of these acts, with all columns of `posts`;
- written(account, posts): how many posts of the members there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from counterfoil.detect.duck import Duck
from counterfoil.detect.gathering import ACTS
from counterfoil.detect.networks import Looked
from counterfoil.detect.trace import Trace, objects_sql

MOST = 10_000_000  #: rows of posts behind edges at most, by the edges' weights
CUT = 280  #: letters of a text in the table of posts
#: a cell that a spreadsheet would compute gets an apostrophe, as in other exports; whole numbers are ids
_FORMULA = (
    r"^''*[\x00 \x{a0}\x{2000}-\x{200f}\x{2028}-\x{202e}\x{2060}-\x{2064}\x{feff}]*[=+@\x{ff1d}\x{ff0b}\x{ff20}-]"
    r"|^[\t\r\n]"
)
#: what tells of accounts has no post, and a time only if it is something that happened (a creation, a new name)
TIMED = "(of_posts OR source_moment <> 0)"


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind the edges.

    Args:
        rows: posts beside posts.
        left: reported pairs (each signal's) whose posts were left out, the least improbable, since there were too many.
    """

    rows: int
    left: int = 0


def make_evidence(engine: Duck, most: int = MOST) -> Behind:
    """Make `meetings` and `shown` of the reported pairs.

    Args:
        most: rows at most; the least improbable pairs go first, and it is told how many.
    """
    engine.connection.execute(
        "CREATE OR REPLACE TEMP TABLE allowed AS SELECT signal, cluster, low, high FROM ("
        "SELECT *, sum(2 * weight) OVER (ORDER BY log_p NULLS LAST, weight DESC, cluster, signal, low, high "
        f"ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running FROM reported) WHERE running <= {most:d}"
    )
    engine.connection.execute(f"CREATE OR REPLACE TEMP TABLE meetings AS {_meetings()}")
    engine.connection.execute(
        "CREATE OR REPLACE TEMP TABLE shown AS "
        "SELECT cluster, signal, source AS account, source_post AS message, source_moment AS moment, object "
        "FROM meetings UNION SELECT cluster, signal, target, target_post, target_moment, object FROM meetings"
    )
    ((rows,),) = engine.rows("SELECT count(*) FROM meetings")
    ((left,),) = engine.rows("SELECT (SELECT count(*) FROM reported) - (SELECT count(*) FROM allowed)")
    engine.connection.execute("DROP TABLE allowed")
    return Behind(int(rows), int(left))


def make_posts(engine: Duck, looked: Sequence[Looked]) -> None:
    """Make `behind`, `labels` and `written`: read of the data what `shown` names."""
    engine.connection.execute(
        "CREATE OR REPLACE TEMP TABLE behind AS SELECT * FROM temp.posts AS every WHERE every.post IN "
        "(SELECT message FROM shown JOIN looked USING (signal) WHERE of_posts)"
    )
    engine.connection.execute(
        "CREATE OR REPLACE TEMP TABLE written AS SELECT account, count(*) AS posts FROM temp.posts "
        "WHERE account IN (SELECT account FROM members) GROUP BY account"
    )
    _labels(engine, looked)


def _meetings() -> str:
    """Each post beside the nearest of the other account. `low` comes first where both acted at once.

    Never all pairs of two accounts' posts: a walk along the time of each thing that both shared tells for every post
    the last one before and the first one after it that is the other's.
    """
    once = f"(SELECT DISTINCT signal, account, object FROM {ACTS})"
    acts = (
        "SELECT shared.signal AS signal, cluster, low, high, x.object AS object, message, moment, {1} AS side "
        f"FROM shared JOIN {ACTS} AS x ON x.signal = shared.signal AND x.account = {{0}} AND x.object = shared.object"
    )
    other = "CASE WHEN side = {0} THEN struct_pack(post := message, moment := moment) END"
    along = "PARTITION BY signal, low, high, object ORDER BY moment, side, message ROWS BETWEEN"
    before = f"last_value({other} IGNORE NULLS) OVER ({along} UNBOUNDED PRECEDING AND 1 PRECEDING)"
    after = f"first_value({other} IGNORE NULLS) OVER ({along} 1 FOLLOWING AND UNBOUNDED FOLLOWING)"
    ends = "CASE WHEN side = {0} THEN {1} ELSE {2} END"
    first = "CASE WHEN low_moment <= high_moment THEN low{0} ELSE high{0} END"
    second = "CASE WHEN low_moment <= high_moment THEN high{0} ELSE low{0} END"
    columns = ", ".join(
        f"{side.format(end)} AS {name}{end}"
        for end in ("", "_post", "_moment")
        for name, side in (("source", first), ("target", second))
    )
    return (
        "WITH shared AS (SELECT pair.signal AS signal, cluster, low, high, x.object AS object FROM allowed AS pair "
        f"JOIN {once} AS x ON x.signal = pair.signal AND x.account = low "
        f"JOIN {once} AS y ON y.signal = pair.signal AND y.account = high AND y.object = x.object), "
        f"sided AS ({acts.format('low', 0)} UNION ALL {acts.format('high', 1)}), "
        f"walked AS (SELECT *, CASE side WHEN 0 THEN {before.format(1)} ELSE {before.format(0)} END AS earlier, "
        f"CASE side WHEN 0 THEN {after.format(1)} ELSE {after.format(0)} END AS later FROM sided), "
        "beside AS (SELECT *, CASE WHEN later IS NULL OR moment - earlier.moment <= later.moment - moment "
        "THEN earlier ELSE later END AS nearest FROM walked), "
        f"paired AS (SELECT DISTINCT signal, cluster, low, high, object, {ends.format(0, 'message', 'nearest.post')} "
        f"AS low_post, {ends.format(1, 'message', 'nearest.post')} AS high_post, "
        f"{ends.format(0, 'moment', 'nearest.moment')} AS low_moment, "
        f"{ends.format(1, 'moment', 'nearest.moment')} AS high_moment FROM beside) "
        f"SELECT signal, cluster, object, {columns} FROM paired JOIN looked USING (signal) "
        "WHERE abs(low_moment - high_moment) <= reach"
    )


def _labels(engine: Duck, looked: Sequence[Looked]) -> None:
    """Ask each trace again, for the posts behind edges only; for all posts, if it needs others to tell an object."""
    engine.connection.execute("CREATE OR REPLACE TEMP TABLE labels (signal VARCHAR, object BIGINT, label VARCHAR)")
    for one in looked:
        engine.connection.execute(
            "CREATE OR REPLACE TEMP TABLE wanted AS SELECT source_post AS message, object FROM meetings "
            "WHERE signal = ? UNION SELECT target_post, object FROM meetings WHERE signal = ?",
            [one.trace.name] * 2,
        )
        for few in (True, False):
            ((without,),) = engine.rows(
                "SELECT count(*) FROM wanted WHERE object NOT IN (SELECT object FROM labels WHERE signal = ?)",
                [one.trace.name],
            )
            if without:
                engine.connection.execute(
                    f"INSERT INTO labels SELECT ?, object, min(label) FROM ({_objects(one.trace, few)}) AS named "
                    "WHERE object IN (SELECT object FROM wanted) "
                    "AND object NOT IN (SELECT object FROM labels WHERE signal = ?) GROUP BY object",
                    [one.trace.name] * 2,
                )
    engine.connection.execute("DROP TABLE IF EXISTS wanted")


def _objects(trace: Trace, few: bool) -> str:
    """What objects are called. `few`: `posts` is but those behind edges, which spares reading all texts again."""
    asked = objects_sql(trace, "wanted")
    if not few or trace.of_accounts:
        return asked
    return f"WITH posts AS (SELECT * FROM behind WHERE post IN (SELECT message FROM wanted)) {asked}"


def time_sql(moment: str) -> str:
    """SQL for a moment as ISO 8601 in UTC."""
    return f"strftime(make_timestamp({moment}), '%Y-%m-%dT%H:%M:%S.%fZ')"


def posts_query(plain: bool = False) -> str:
    """The posts behind all edges as a table for people: the accounts' and posts' ids, what is shared, times, texts.

    Args:
        plain: letters as they are, for Parquet; else cells that a spreadsheet would compute are made harmless.
    """
    timed = f"CASE WHEN {TIMED} THEN {time_sql('{}')} END"
    text = f"CASE WHEN length({{0}}.text) > {CUT} THEN left({{0}}.text, {CUT}) || '…' ELSE {{0}}.text END"
    columns = {
        "cluster": "m.cluster",
        "signal": "m.signal",
        "source": "s.account_key",
        "target": "t.account_key",
        "source_name": "coalesce(s.handle, s.name)",
        "target_name": "coalesce(t.handle, t.name)",
        "shared": "labels.label",
        "source_post": "sp.post_key",
        "target_post": "tp.post_key",
        "source_time": timed.format("source_moment"),
        "target_time": timed.format("target_moment"),
        "seconds": f"CASE WHEN {TIMED} THEN (target_moment - source_moment) / 1000000.0 END",
        "source_text": text.format("sp"),
        "target_text": text.format("tp"),
    }
    safe = {"source", "target", "source_name", "target_name", "shared", "source_text", "target_text"} | {
        "source_post",
        "target_post",
    }
    chosen = ", ".join(
        f"{value if plain or name not in safe else harmless_sql(value)} AS {name}" for name, value in columns.items()
    )
    return (
        f"SELECT {chosen} FROM meetings AS m JOIN looked USING (signal) "
        "JOIN accounts AS s ON s.account = m.source JOIN accounts AS t ON t.account = m.target "
        "LEFT JOIN labels ON labels.signal = m.signal AND labels.object = m.object "
        "LEFT JOIN behind AS sp ON of_posts AND sp.post = m.source_post "
        "LEFT JOIN behind AS tp ON of_posts AND tp.post = m.target_post "
        "ORDER BY m.cluster, m.signal, source_moment, target_moment, s.account_key, t.account_key, sp.post_key, "
        "tp.post_key, labels.label, s.platform, t.platform"
    )


def harmless_sql(value: str) -> str:
    """SQL for a text as a cell that no spreadsheet computes."""
    letter = f"unicode({value})"  # most texts begin with a letter or digit: told without a pattern
    return (
        f"CASE WHEN {letter} BETWEEN 48 AND 57 OR {letter} BETWEEN 65 AND 90 OR {letter} BETWEEN 97 AND 122 "
        f"THEN {value} "
        f"WHEN regexp_matches({value}, '{_FORMULA}') AND NOT regexp_full_match({value}, '-?[0-9]+') "
        f"THEN '''' || {value} ELSE {value} END"
    )
