"""What all signals of one search found, together in two tables of the engine, and the questions that outputs ask them.

- found(signal, source, target, weight, first_moment, last_moment, together, expected, log_p, q, significant): edges
  of all signals; where no null hypothesis applies, `significant` is true and the four before it are NULL;
- acts(signal, message, account, moment, object): what the accounts of significant edges did on objects that others
  acted on within the window: the posts behind an edge.
"""

from counterfoil.detect.duck import Duck

FOUND = "found"
ACTS = "acts"
LIKENESSES = "likenesses"  #: signal, source, target, cosine: of edges, if it was asked for (detect/weighting.py)
_TIME = "strftime(make_timestamp({}), '%Y-%m-%dT%H:%M:%S.%fZ')"


def prepare(engine: Duck) -> None:
    """Make both tables, empty."""
    engine.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {FOUND} (signal VARCHAR, source BIGINT, target BIGINT, weight BIGINT, "
        "first_moment BIGINT, last_moment BIGINT, together BIGINT, expected DOUBLE, log_p DOUBLE, q DOUBLE, "
        "significant BOOLEAN)"
    )
    engine.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {ACTS} (signal VARCHAR, message BIGINT, account BIGINT, moment BIGINT, "
        "object BIGINT)"
    )


def gather(engine: Duck, signal: str, rate: float | None) -> tuple[int, int]:
    """Add the edges that stand in the engine, with `significance`, and the acts of those that count.

    Args:
        rate: of false discoveries; None: nothing was tested, and all edges count.

    Returns:
        the edges, and how many of them count.
    """
    if rate is None:
        engine.connection.execute(
            f"INSERT INTO {FOUND} SELECT ?, source, target, weight, first_moment, last_moment, NULL, NULL, NULL, NULL, "
            "true FROM edges",
            [signal],
        )
    else:
        engine.connection.execute(
            f"INSERT INTO {FOUND} SELECT ?, e.source, e.target, e.weight, e.first_moment, e.last_moment, s.together, "
            "s.expected, s.log_p, s.q, coalesce(s.q <= ?, false) FROM edges AS e LEFT JOIN significance AS s "
            "ON s.source = least(e.source, e.target) AND s.target = greatest(e.source, e.target)",
            [signal, rate],
        )
    engine.connection.execute(
        f"INSERT INTO {ACTS} SELECT ?, message, account, moment, object FROM near WHERE account IN ("
        f"SELECT source FROM {FOUND} WHERE signal = ? AND significant UNION "
        f"SELECT target FROM {FOUND} WHERE signal = ? AND significant)",
        [signal] * 3,
    )
    ((edges, significant),) = engine.rows(
        f"SELECT count(*), count(*) FILTER (WHERE significant) FROM {FOUND} WHERE signal = ?", [signal]
    )
    return int(edges), int(significant)


def count_edges(engine: Duck) -> int:
    """The edges of all signals."""
    return int(engine.rows(f"SELECT count(*) FROM {FOUND}")[0][0])


def edges_query(grouped: bool = False, weighted: bool = False) -> str:
    """All edges as a table for people: names, weights, times, and the logarithm of p to the base of ten.

    (p itself soon is smaller than a number can be. Figures are rounded: the last digits of a sum depend on the order in
    which it was made.)

    Args:
        grouped: with the group of both accounts, where they are of one (`members` of detect/networks.py).
        weighted: with the likeness of what both share (`likenesses`).
    """
    cosine = ", round(cosine, 6) AS cosine" if weighted else ""
    likeness = f"LEFT JOIN {LIKENESSES} USING (signal, source, target) " if weighted else ""
    cluster = ", CASE WHEN one.cluster = other.cluster THEN one.cluster END AS cluster" if grouped else ""
    joined = (
        "LEFT JOIN members AS one ON one.account = source LEFT JOIN members AS other ON other.account = target "
        if grouped
        else ""
    )
    return (
        "SELECT signal, s.account_key AS source, t.account_key AS target, s.handle AS source_handle, "
        "t.handle AS target_handle, weight, "
        f"{_TIME.format('first_moment')} AS first_time, {_TIME.format('last_moment')} AS last_time, "
        f"together, round(expected, 6) AS expected, round(log_p / ln(10), 3) AS log10_p, "
        f"CAST(printf('%.6g', q) AS DOUBLE) AS q, significant{cosine}{cluster} "
        f"FROM {FOUND} {likeness}JOIN accounts AS s ON s.account = source "
        f"JOIN accounts AS t ON t.account = target {joined}"
        "ORDER BY signal, round(log_p, 6) NULLS LAST, weight DESC, s.account_key, t.account_key, source, target"
    )


def accounts_query() -> str:
    """The accounts of significant edges: with how many others, by which signals, in how many acts."""
    return (
        f"WITH ends AS (SELECT source AS account, target AS other, signal FROM {FOUND} WHERE significant UNION ALL "
        f"SELECT target, source, signal FROM {FOUND} WHERE significant), "
        "ties AS (SELECT account, count(DISTINCT other) AS others, string_agg(DISTINCT signal, ' ' ORDER BY signal) "
        "AS signals FROM ends WHERE account <> other GROUP BY account), "
        f"acted AS (SELECT account, count(DISTINCT message) AS acts FROM {ACTS} GROUP BY account) "
        "SELECT a.account_key AS account, a.handle, a.name, a.platform, others, signals, acts FROM ties "
        "JOIN accounts AS a ON a.account = ties.account LEFT JOIN acted ON acted.account = ties.account "
        "ORDER BY others DESC, a.account_key"
    )


def strongest(engine: Duck, most: int) -> list[tuple[str, str, str, int, str]]:
    """The significant edges that are the least probable: signal, both accounts, weight, q."""
    return engine.rows(
        "SELECT signal, coalesce(s.handle, s.account_key), coalesce(t.handle, t.account_key), weight, "
        f"coalesce(printf('%.1e', q), '') FROM {FOUND} JOIN accounts AS s ON s.account = source "
        "JOIN accounts AS t ON t.account = target WHERE significant "
        f"ORDER BY log_p NULLS LAST, weight DESC, 2, 3 LIMIT {most:d}"
    )


def copy(engine: Duck, query: str, path: str) -> None:
    """Write a query's answer to a file: Parquet by its name, else CSV."""
    quoted = path.replace("'", "''")
    form = "FORMAT parquet, COMPRESSION zstd" if path.endswith(".parquet") else "FORMAT csv, HEADER"
    engine.connection.execute(f"COPY ({query}) TO '{quoted}' ({form})")
