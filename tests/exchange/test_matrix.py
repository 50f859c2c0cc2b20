"""The matrix as a table and a drawing: no formula, no script, every number."""

import csv
import io
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from counterfoil.exchange.matrix import STEPS, darkest, in_columns, safe_cell, shade, write_csv, write_svg
from counterfoil.model.framework import Framework, Technique
from counterfoil.model.selection import Count, Heat, Selection

HEAT = Heat(Selection(actor="=cmd|A"), 9, 8, 7, {"T0001": Count(2, 2, 7), "T0001.001": Count(6, 5, 6)}, {"TA01": 7})


@pytest.fixture
def evil(framework: Framework) -> Framework:
    names = {"T0002": Technique("T0002", "=HYPERLINK(\"x\")\n<script>alert('x')</script>\x07", "TA02")}
    return replace(framework, techniques={**framework.techniques, **names})


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\u00a0=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert safe_cell(text).startswith("'")


@pytest.mark.parametrize("text", ["Pay", "1 = 2", "", "T0001"])
def test_plain_words_stay(text: str) -> None:
    assert safe_cell(text) == text


def test_the_table_has_every_technique_and_number(evil: Framework) -> None:
    out = io.StringIO(newline="")
    write_csv([HEAT, Heat(Selection())], evil, out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))
    assert [row["technique"] for row in rows] == list(evil.techniques)
    assert rows[0]["incidents: =cmd|A"] == "2"
    assert rows[0]["incidents with sub-techniques: =cmd|A"] == "7"
    assert rows[1]["reports: =cmd|A"] == "5"
    assert rows[0]["incidents: all incidents"] == "0"
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in (*row, *row.values()))
    assert "\n" not in rows[-1]["name"]


def test_the_drawing_is_well_formed_and_holds_no_script(evil: Framework) -> None:
    out = io.StringIO()
    write_svg([HEAT, replace(HEAT, selection=Selection(q="<b>\ud800\x00"))], evil, out)
    root = ElementTree.fromstring(out.getvalue())
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags == {"svg", "title", "desc", "rect", "text", "tspan"}
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on") or "href" in name]
    said = " ".join(root.itertext())
    assert "7 | 7" in said
    assert "T0001.001" in said
    assert "T0001.002" not in said  # it occurs nowhere
    assert "T0002" in said


def test_shades_grow_with_numbers_and_none_is_none() -> None:
    shades = [shade(number, 100) for number in range(101)]
    assert (shades[0], shades[1], shades[100]) == (0, 1, STEPS)
    assert shades == sorted(shades)
    assert shade(1, darkest([Heat(Selection(), counts={"T1": Count(1, 1, 1)})])) < STEPS
    assert shade(3, 0) == 0


def test_columns_are_the_tactics_in_order_with_every_technique_once(framework: Framework) -> None:
    columns = in_columns(framework)
    assert [tactic.id for tactic, _ in columns] == ["TA01", "TA02"]
    shown = [one.id for _, techniques in columns for top, subs in techniques for one in (top, *subs)]
    assert sorted(shown) == sorted(framework.techniques)
