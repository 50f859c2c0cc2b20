"""Calibration, bands, thresholds, shares and survival, by hand."""

from random import Random

import pytest

from counterfoil.coding.calibration import bands, calibration, thresholds
from counterfoil.coding.measure import Item
from counterfoil.coding.share import Share
from counterfoil.coding.survival import Judged, survival

ITEMS = [
    Item("a", frozenset({"x", "lost"}), ("x", "y", "z"), frozenset(), (0.9, 0.15, 0.0)),
    Item("b", frozenset({"y"}), ("x", "y", "z"), frozenset(), (0.9, 0.15, 1.0)),
]


def test_bins_compare_chances_with_what_came_true() -> None:
    found = calibration(ITEMS)
    told = [(round(b.low, 1), round(b.high, 1), round(b.chance, 3), b.coded.right, b.coded.of) for b in found.bins]
    assert told == [(0.0, 0.1, 0.0, 0, 1), (0.1, 0.2, 0.15, 1, 2), (0.9, 1.0, 0.933, 1, 3)]
    assert found.error == pytest.approx((1 * 0 + 2 * 0.35 + 3 * (2.8 / 3 - 1 / 3)) / 6)
    assert found.brier == pytest.approx((0.01 + 0.0225 + 0 + 0.81 + 0.7225 + 1) / 6)
    assert [b.coded.of for b in calibration(ITEMS, 0.1).bins] == [2, 3]
    assert calibration([], 0.1).error == 0


def test_chances_that_come_true_as_they_say_are_calibrated() -> None:
    random = Random(4)
    items = []
    for number in range(4000):
        chance = random.random()
        items.append(
            Item(str(number), frozenset({"x" if random.random() < chance else "y"}), ("x",), frozenset(), (chance,))
        )
    found = calibration(items)
    assert len(found.bins) == 10
    assert found.error < 0.03
    assert found.brier == pytest.approx(1 / 6, abs=0.01)


def test_bands_hold_everything_once() -> None:
    asserted, abstained, hidden = bands(ITEMS, 0.1, 0.2)
    assert [band.name for band in (asserted, abstained, hidden)] == ["asserted", "abstained", "not shown"]
    assert (asserted.right.right, asserted.right.of, asserted.per_text) == (1, 3, 1.5)
    assert (abstained.right.right, abstained.right.of) == (1, 2)
    assert (hidden.right.right, hidden.right.of) == (0, 1)
    assert [band.of_coded.right for band in (asserted, abstained, hidden)] == [1, 1, 0]
    assert asserted.of_coded.of == 3  # one of the experts' codes is nowhere in the ranking


def test_thresholds_trade_precision_for_recall() -> None:
    low, high = thresholds(ITEMS, (0.1, 0.95))
    assert (low.precision.right, low.precision.of, low.recall.of, low.per_text) == (2, 5, 3, 2.5)
    assert low.f1 == pytest.approx(2 * 2 / (5 + 3))
    assert (high.precision.right, high.precision.of, high.f1) == (0, 1, 0)


def test_a_share_with_its_interval() -> None:
    half = Share.count(5, 10)
    assert half.low == pytest.approx(0.2693, abs=1e-4)  # 90 %, by hand
    assert half.high == pytest.approx(0.7307, abs=1e-4)
    for right, of in ((0, 3), (3, 3), (1, 1), (7, 9)):
        share = Share.count(right, of)
        assert 0 <= share.low <= share.rate <= share.high <= 1
        assert share.high - share.low < 1
    assert (Share.count(0, 0).low, Share.count(0, 0).high) == (0, 1)


def test_what_survives_review() -> None:
    judged = [
        Judged("T1", "old 1", True, True),
        Judged("T1", "old 1", True, False),
        Judged("T2", "new 2", False, None),
        Judged("T2", "new 2", True, True),
        Judged("T3", "new 2", False, None),
    ]
    found = survival(judged)
    assert (found.whole.accepted.right, found.whole.accepted.of, found.whole.open) == (2, 3, 2)
    assert [(band.key, band.accepted.right, band.accepted.of, band.open) for band in found.bands] == [
        ("asserted", 2, 3, 0),
        ("abstained", 0, 0, 2),
    ]
    assert [kind.key for kind in found.techniques] == ["T1", "T2", "T3"]
    assert {kind.key: (kind.accepted.right, kind.accepted.of) for kind in found.coders} == {
        "old 1": (1, 2),
        "new 2": (1, 1),
    }
    assert survival([]).whole.accepted.of == 0
