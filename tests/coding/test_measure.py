"""Measures against values worked out by hand, and against the scorer of the evaluation data."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from counterfoil.coding.measure import Item, at_level, difference, measure, parent


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


def test_a_coarser_code_is_ranked_where_its_first_comes() -> None:
    item = Item("a", frozenset({"T1.002", "T2"}), ("T3", "T1.001", "T2", "T1.002"), frozenset({"T1.001"}), (4, 3, 2, 1))
    (coarse,) = at_level([item], parent)
    assert coarse.gold == {"T1", "T2"}
    assert coarse.ranked == ("T3", "T1", "T2")
    assert coarse.asserted == {"T1"}
    assert coarse.chances == ()


def test_a_difference_is_paired() -> None:
    random = Random(5)
    better, worse = [], []
    for number in range(30):
        at = random.randrange(1, 20)  # hard and easy texts alike: one place less, always
        ranked = [f"t{n}" for n in range(30)]
        better.append(Item(str(number), frozenset({f"t{at - 1}"}), tuple(ranked), frozenset()))
        ranked[at - 1], ranked[at] = ranked[at], ranked[at - 1]
        worse.append(Item(str(number), frozenset({f"t{at - 1}"}), tuple(ranked), frozenset()))
    lost = difference(better, worse)["MAP"]
    assert 0 < lost.low < lost.value < lost.high
    alone = measure(better)["MAP"]
    assert lost.high - lost.low < alone.high - alone.low
    assert difference(better, better)["MAP"].high == 0
    with pytest.raises(ValueError, match="same texts"):
        difference(better, worse[1:])


@pytest.mark.shared
def test_figures_agree_with_the_scorer_of_the_evaluation_data(shared: Path, tmp_path: Path) -> None:
    scorer = shared / "coding" / "score.py"
    if not scorer.exists():
        pytest.skip(f"no scorer at {scorer}")
    tactics = {f"T{n:04}{dot}": f"TA{n % 4:02}" for n in range(8) for dot in ("", ".001", ".002")}
    items = _invented(list(tactics))
    gold: list[dict[str, object]] = [{"id": i.name, "incident": i.group, "labels": sorted(i.gold)} for i in items]
    written: list[dict[str, object]] = [
        {"id": i.name, "ranked": list(zip(i.ranked, i.chances, strict=True)), "asserted": sorted(i.asserted)}
        for i in items
    ]
    paths = [tmp_path / name for name in ("gold.jsonl", "predicted.jsonl", "techniques.json")]
    for path, rows in zip(paths, (gold, written), strict=False):
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    paths[2].write_text(json.dumps({"techniques": {code: {"tactic": t} for code, t in tactics.items()}}))
    scored = subprocess.run([sys.executable, scorer, *paths], capture_output=True, text=True, check=True)
    told = {line.split(" ", 1)[0]: line for line in scored.stdout.splitlines() if line[0] != " "}
    levels: dict[str, Callable[[str], str]] = {"technique": str, "parent": parent, "tactic": lambda c: tactics[c]}
    assert set(told) == set(levels)
    for level, of in levels.items():
        figures = measure(at_level(items, of))
        for name in ("R@5", "R@10", "MAP"):
            found = figures[name]
            assert f"'{name}': '{found.value:.3f} [{found.low:.2f}-{found.high:.2f}]'" in told[level]
        for name in ("micro_f1", "macro_f1", "precision", "recall"):
            assert f"'{name}': {round(figures[name].value, 3)}" in told[level]


def _invented(codes: list[str]) -> list[Item]:
    random = Random(11)
    items = []
    for number in range(25):
        ranked = random.sample(codes, len(codes))
        items.append(
            Item(
                group=f"I{60 + number // 2:05}",
                gold=frozenset(random.sample(codes, random.randrange(1, 6))),
                ranked=tuple(ranked),
                asserted=frozenset(ranked[: random.randrange(0, 6)]),
                chances=tuple(1 - place / 100 for place in range(len(ranked))),
                name=f"Q{number}",
            )
        )
    return items
