"""Where a ranking is good, by hand: techniques, tactics, known and new codes, siblings."""

import pytest

from counterfoil.coding.breakdown import codings, familiarity, rows, siblings
from counterfoil.coding.measure import Item

ITEMS = [
    Item("one", frozenset({"T1.001", "T2"}), ("T1.002", "T1.001", "T3", "T2"), frozenset({"T1.002", "T1.001"})),
    Item("one", frozenset({"T1.001"}), ("T1.001", "T1.002", "T3", "T2"), frozenset()),
    Item("two", frozenset({"T2", "T9"}), ("T2", "T1", "T1.001", "T3"), frozenset({"T2", "T3"})),
]


def test_every_code_of_every_text_with_its_place() -> None:
    found = [(c.item, c.code, c.place, c.asserted, c.known) for c in codings(ITEMS)]
    assert found == [
        (0, "T1.001", 2, True, 0),  # coded twice, but in one incident only
        (0, "T2", 4, False, 1),
        (1, "T1.001", 1, False, 0),
        (2, "T2", 1, True, 1),
        (2, "T9", 0, False, 0),  # a code that the ranking does not have
    ]


def test_rows_by_technique() -> None:
    found = {row.key: row for row in rows(ITEMS)}
    assert set(found) == {"T1.001", "T1.002", "T2", "T3", "T9"}
    two = found["T2"]
    assert (two.codings, two.incidents, two.mean_place, two.median_place) == (2, 2, 2.5, 2.5)
    assert (two.precision.right, two.precision.of, two.recall.right) == (1, 1, 1)
    assert two.f1 == pytest.approx(2 / 3)
    assert (found["T9"].mean_place, found["T9"].at_10.right, found["T9"].at_10.of) == (None, 0, 1)
    alarm = found["T3"]
    assert (alarm.codings, alarm.precision.right, alarm.precision.of, alarm.f1) == (0, 0, 1, 0)
    assert [row.key for row in rows(ITEMS)][:2] == ["T1.001", "T2"]


def test_rows_by_tactic_add_up() -> None:
    found = {row.key: row for row in rows(ITEMS, lambda code: "A" if code.startswith("T1") else "B")}
    assert (found["A"].codings, found["A"].incidents, found["A"].precision.right, found["A"].precision.of) == (
        2,
        1,
        1,
        2,
    )
    assert (found["B"].codings, found["B"].recall.right, found["B"].recall.of) == (3, 1, 3)


def test_known_codes_against_new_ones() -> None:
    seen, unseen = familiarity(ITEMS)
    assert (seen.name, seen.codings, seen.techniques) == ("seen", 2, 1)
    assert (unseen.name, unseen.codings, unseen.techniques) == ("unseen", 3, 2)
    assert seen.figures["at_5"].value == 1
    assert seen.figures["reciprocal_place"].value == pytest.approx((1 / 4 + 1) / 2)
    assert unseen.figures["at_5"].value == pytest.approx(2 / 3)
    assert unseen.figures["asserted"].value == pytest.approx(1 / 3)
    for figure in (*seen.figures.values(), *unseen.figures.values()):
        assert figure.low <= figure.value <= figure.high


def test_siblings_above_the_right_code() -> None:
    (found,) = siblings(ITEMS)
    assert (found.code, found.above, found.times, found.asserted, found.of) == ("T1.001", "T1.002", 1, 1, 2)


def test_a_sibling_that_is_coded_too_is_no_confusion() -> None:
    both = Item("a", frozenset({"T1.001", "T1.002"}), ("T1.002", "T1", "T1.001"), frozenset())
    assert [(one.code, one.above) for one in siblings([both])] == [("T1.001", "T1")]
