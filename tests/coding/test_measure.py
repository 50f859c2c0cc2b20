"""Measures against values worked out by hand."""

import pytest

from counterfoil.coding.measure import Item, measure


def test_figures_by_hand() -> None:
    items = [
        Item("a", frozenset({"x", "y"}), ("x", "q", "y", "r", "s", "t"), frozenset({"x", "q"})),
        Item("b", frozenset({"z"}), ("p", "q", "r", "s", "t", "z"), frozenset()),
    ]
    figures = measure(items)
    assert figures["R@5"].value == pytest.approx((2 / 2 + 0) / 2)
    assert figures["R@10"].value == pytest.approx(1.0)
    assert figures["MAP"].value == pytest.approx(((1 + 2 / 3) / 2 + 1 / 6) / 2)
    assert figures["micro_f1"].value == pytest.approx(2 / (2 + 1 + 2))
    assert figures["macro_f1"].value == pytest.approx((1 + 0 + 0) / 3)
    assert figures["precision"].value == pytest.approx(0.5)
    assert figures["recall"].value == pytest.approx(1 / 3)


def test_intervals_hold_the_value_and_do_not_change() -> None:
    items = [
        Item(str(n % 7), frozenset({"x"}), ("x",) if n % 3 else ("y", "x"), frozenset({"x"} if n % 2 else ()))
        for n in range(40)
    ]
    first, second = measure(items), measure(items)
    assert first == second
    for figure in first.values():
        assert figure.low <= figure.value <= figure.high
    assert first["MAP"].low < first["MAP"].high


def test_items_of_one_group_are_drawn_together() -> None:
    hit = Item("same", frozenset({"x"}), ("x",), frozenset())
    miss = Item("same", frozenset({"x"}), (), frozenset())
    figure = measure([hit, miss])["R@5"]
    assert (figure.low, figure.value, figure.high) == (0.5, 0.5, 0.5)
