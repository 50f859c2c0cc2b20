"""The quality page: whole, safe, and drawn where it should be."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from counterfoil.coding.breakdown import Confusion, Familiarity, Row
from counterfoil.coding.calibration import Band, Bin, Calibration, Threshold
from counterfoil.coding.measure import MEASURES, Figure
from counterfoil.coding.misses import Above, Miss
from counterfoil.coding.share import Share
from counterfoil.coding.survival import Judged, survival
from counterfoil.site.hypertext import Html, table
from counterfoil.site.plots import Axis, Dot, Plot, Series, bar, counting, draw, unit
from counterfoil.site.quality import write
from counterfoil.workflow.quality import Ablated, About, Point, Quality, Reviews

FIGURES = {name: Figure(0.5, 0.4, 0.6) for name in MEASURES}
SHARE = Share.count(3, 4)
ROW = Row("T1", 4, 2, SHARE, SHARE, 3.5, 3.0, Share.count(3, 5), SHARE, 0.67)
QUALITY = Quality(
    about=About(5, 3, 9, 4, "TEST 1.0", "c0de", "b00c", 12, "2031-04-01T10:00:00.000Z"),
    levels=dict.fromkeys(("technique", "parent", "tactic"), FIGURES),
    techniques=(ROW, replace(ROW, key="T9<", codings=0, mean_place=None, median_place=None)),
    tactics=(replace(ROW, key="TA1"),),
    familiarity=(
        Familiarity(
            "seen", 4, 2, dict.fromkeys(("at_5", "at_10", "reciprocal_place", "asserted"), Figure(0.5, 0.4, 0.6))
        ),
    ),
    siblings=(Confusion("T1.001", "T1.002", 2, 1, 4),),
    misses=(
        Miss(
            text="<script>alert(1)</script>",
            incident="I1",
            quote="a & b < c",
            code="T1",
            known=1,
            chance=0.0123,
            place=77,
            place_by_cues=0,
            place_by_likeness=12,
            place_by_linear=3,
            cues=("weak cue “<x>”, held back: said not to have happened",),
            family=2,
            above=(Above("T2", 0.9, True), Above("T3", 0.8, False)),
        ),
    ),
    calibration=Calibration((Bin(0.0, 0.1, 0.05, Share.count(1, 20)), Bin(0.9, 1.0, 0.95, SHARE)), 0.02, 0.1),
    calibration_shown=Calibration((), 0.05, 0.2),
    bands=(Band("asserted", 0.2, 1.0, 1.5, SHARE, SHARE),),
    thresholds=(Threshold(0.1, 2.0, SHARE, SHARE, 0.7), Threshold(0.5, 1.0, SHARE, SHARE, 0.6)),
    names={"T1": "One & only", "T2": "Two", "TA1": "First"},
)
THOROUGH = replace(
    QUALITY,
    variants=(
        Ablated("all parts", False, FIGURES, dict.fromkeys(MEASURES, Figure(0, 0, 0))),
        Ablated("without cues", False, FIGURES, dict.fromkeys(MEASURES, Figure(-0.1, -0.2, 0.05))),
        Ablated("only cues", True, FIGURES, dict.fromkeys(MEASURES, Figure(0.1, 0.05, 0.2))),
    ),
    curve=tuple(Point(step, step, FIGURES, FIGURES) for step in (0, 2)),
)
REVIEWS = Reviews(survival([Judged("T1", "codebook <1>", True, True), Judged("T2", "llm", False, None)]), 2, 3, {})


def _parsed(page: str) -> ElementTree.Element:
    """The page as XML: what is not closed or escaped does not parse."""
    body = re.sub(r"<(meta[^>]*|br)>", r"<\1/>", page.removeprefix("<!doctype html>\n"))
    return ElementTree.fromstring(body)


def test_the_whole_page_holds_together() -> None:
    page = write(THOROUGH, REVIEWS)
    root = _parsed(page)
    sections = [section.get("id") for section in root.iter("section")]
    assert sections == [link.get("href", "")[1:] for link in root.iter("a")]
    assert sections == [
        *("figures", "learning", "familiarity", "parts", "calibration", "threshold", "tactics", "techniques"),
        *("siblings", "misses", "method", "reviews"),
    ]
    assert len({*sections}) == len(sections)
    for found in root.iter("table"):
        assert found.find("caption/span") is not None
        assert all(
            head.get("scope") in {"col", "row"} and "".join(head.itertext()).strip() for head in found.iter("th")
        )
        columns = {len(row) for row in found.iter("tr")}
        assert len(columns) == 1
    assert all(svg.get("aria-label") or svg.get("aria-hidden") == "true" for svg in root.iter("svg"))
    assert "<script" not in page
    assert "http" not in page  # nothing is loaded from anywhere
    for query in ("prefers-color-scheme: dark", "@media print", "max-width: 30rem"):
        assert query in page


def test_parts_that_were_not_asked_for_are_left_out() -> None:
    quick = write(QUALITY, None)
    assert 'id="learning"' not in quick
    assert 'id="parts"' not in quick
    assert 'id="reviews"' not in quick
    only = write(None, REVIEWS)
    assert 'id="figures"' not in only
    assert "1 of 1 suggestions" in only
    assert "3 suggestions that were imported" in only
    assert "codebook &lt;1&gt;" in only


def test_it_says_what_was_measured() -> None:
    page = write(THOROUGH, None)
    for words in (
        "5 coded texts of 3 incidents, 9 codes of 4 techniques; TEST 1.0",
        "measured 2031-04-01 10:00 UTC",
        "One &amp; only",
        "a &amp; b &lt; c",
        "77, chance 0.0123",
        "nothing by cues, 3 by words, 12 by likeness",
        "in 1 other incident<",
        "2 of its own family stand above it",
        "−0.100",
    ):
        assert words in page, words


def test_nothing_decided_is_said() -> None:
    page = write(None, Reviews(survival([]), 0, 0, {}))
    assert "Nothing was decided yet; 0 suggestions are open." in page


def test_a_plot_puts_points_where_they_belong() -> None:
    series = [Series("one & only", [Dot(10, 1, 0.9, 1), Dot(0, 0, 0, 0.1)])]
    root = ElementTree.fromstring(draw(Plot("Growth", counting("incidents", 10), unit("share"), series, diagonal=True)))
    low, high = [(float(c.get("cx", "")), float(c.get("cy", ""))) for c in root.iter("circle")]
    assert low[0] < high[0]
    assert low[1] > high[1]
    ticks = [text.text for text in root.iter("text") if text.get("class") == "tick"]
    assert ticks == ["0", "0.2", "0.4", "0.6", "0.8", "1", "0", "2", "4", "6", "8", "10"]
    box = [float(edge) for edge in root.get("viewBox", "").split()]
    for x, y in (low, high):
        assert box[0] < x < box[2]
        assert box[1] < y < box[3]


def test_an_axis_without_width_and_a_series_without_points_are_drawn() -> None:
    ElementTree.fromstring(draw(Plot("Empty", Axis("x", 0, 0, (0,)), unit(""), [Series("none", [])])))


@pytest.mark.parametrize(("value", "left"), [(-3, 0), (0.0, 0), (0.5, 49.1), (1.0, 99.1), (7, 99.1)])
def test_a_bar_is_cut_off_at_its_bounds(value: float, left: float) -> None:
    root = ElementTree.fromstring(bar(value, value, value))
    (mark,) = [rect for rect in root if rect.get("class") == "value"]
    assert float(mark.get("x", "")) == pytest.approx(left)


def test_table_cells_are_escaped_unless_they_are_markup() -> None:
    made = table("A <b>", ["x", "n#"], [["<i>", Html("<b>1</b>")]])
    assert "A &lt;b&gt;" in made
    assert "&lt;i&gt;" in made
    assert '<td class="number"><b>1</b></td>' in made
