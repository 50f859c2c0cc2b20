"""The strongest pairs of each group: enough to draw it, few enough to be handed on with the finding."""

from counterfoil.detect.duck import Duck

MOST = 400  #: pairs of one group


def strongest_pairs(engine: Duck, clusters: int, most: int = MOST) -> dict[int, list[tuple[int, int, int]]]:
    """For each of the first groups its pairs of accounts (ids in the engine) with what they share by all signals.

    The strongest first, at most so many of a group; which are kept does not depend on the order of the engine's rows.
    Reads the tables of networks.py.
    """
    rows = engine.rows(
        "WITH whole AS (SELECT cluster, low, high, CAST(sum(weight) AS BIGINT) AS weight FROM reported "
        f"WHERE cluster <= {clusters:d} GROUP BY cluster, low, high) "
        "SELECT whole.cluster, low, high, weight FROM whole JOIN members AS one ON one.account = low "
        "JOIN members AS other ON other.account = high QUALIFY row_number() OVER (PARTITION BY whole.cluster "
        f"ORDER BY weight DESC, one.place, other.place) <= {most:d} "
        "ORDER BY whole.cluster, weight DESC, one.place, other.place"
    )
    found: dict[int, list[tuple[int, int, int]]] = {}
    for cluster, low, high, weight in rows:
        found.setdefault(cluster, []).append((low, high, weight))
    return found
