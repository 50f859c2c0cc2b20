"""The strongest pairs of each group, on tables made by hand."""

from counterfoil.detect.duck import duck
from counterfoil.detect.strongest_pairs import strongest_pairs


def test_the_strongest_pairs_of_each_group_over_all_signals() -> None:
    with duck("1GB") as engine:
        engine.connection.execute(
            "CREATE TEMP TABLE members AS SELECT * FROM (VALUES (11, 0, 1), (12, 1, 1), (13, 2, 1), "
            "(21, 3, 2), (22, 4, 2), (31, 5, 3), (32, 6, 3)) AS t(account, place, cluster)"
        )
        engine.connection.execute(
            "CREATE TEMP TABLE reported AS SELECT * FROM (VALUES ('a', 1, 11, 12, 2), ('b', 1, 11, 12, 3), "
            "('a', 1, 12, 13, 4), ('a', 1, 11, 13, 4), ('a', 2, 21, 22, 9), ('a', 3, 31, 32, 9)) "
            "AS t(signal, cluster, low, high, weight)"
        )
        every = strongest_pairs(engine, 2)
        assert every == {1: [(11, 12, 5), (11, 13, 4), (12, 13, 4)], 2: [(21, 22, 9)]}
        assert strongest_pairs(engine, 1, most=2) == {1: [(11, 12, 5), (11, 13, 4)]}
