"""Navigator layers: the form that the DISARM Navigator writes itself, and ATT&CK's; scores, colours, links."""

import io
import json
from dataclasses import replace
from typing import Any

import pytest

from counterfoil.errors import UsageError
from counterfoil.exchange.navigator import PROFILES, Layer, Mark, comment_on, web_links, write, write_layer
from counterfoil.frameworks.codebook import load_codebook
from counterfoil.model.framework import Framework
from counterfoil.model.incident import CodedIncident
from counterfoil.model.selection import Count, Heat, Quoted, Selection
from counterfoil.workflow.matrix_files import BOTH, ONLY_FIRST, ONLY_SECOND, layer_of

#: What stands in a layer that the DISARM Navigator saved (format 4.4).
FRAME = {
    *("name", "versions", "domain", "description", "filters", "sorting", "layout", "hideDisabled", "techniques"),
    *("gradient", "legendItems", "metadata", "links", "showTacticRowBackground", "tacticRowBackground"),
    *("selectTechniquesAcrossTactics", "selectSubtechniquesWithParent"),
}
MARK = {"techniqueID", "tactic", "color", "comment", "enabled", "metadata", "links", "showSubtechniques", "score"}


@pytest.fixture(scope="module")
def disarm(tmp_path_factory: pytest.TempPathFactory) -> Framework:
    folder = tmp_path_factory.mktemp("cache")
    return load_codebook(None, folder, folder / "own").framework


def layer(made: Layer, framework: Framework, profile: str = "disarm") -> dict[str, Any]:
    out = io.StringIO()
    write_layer(made, framework, out, profile)
    return dict(json.loads(out.getvalue()))


def test_a_layer_is_what_the_disarm_navigator_saves(disarm: Framework) -> None:
    made = layer(Layer("n", "d", [Mark(one, 2) for one in disarm.techniques]), disarm)
    assert made.keys() == FRAME
    assert (made["domain"], made["versions"]) == ("DISARM", {"attack": "1", "navigator": "4.8.2", "layer": "4.4"})
    assert {frozenset(mark) for mark in made["techniques"]} == {frozenset(MARK)}
    tactics = {mark["techniqueID"]: mark["tactic"] for mark in made["techniques"]}
    assert len(tactics) == len(disarm.techniques)
    # As in the layers that DISARM publishes.
    assert tactics["T0002"] == "plan-objectives"
    assert tactics["T0029"] == "select-channels-and-affordances"
    assert tactics["T0059"] == "persist-in-the-information-environment"
    unfolded = {mark["techniqueID"] for mark in made["techniques"] if mark["showSubtechniques"]}
    assert unfolded == {one.parent for one in disarm.techniques.values() if one.parent}


def test_attack_navigator_is_told_where_the_matrix_is(disarm: Framework, framework: Framework) -> None:
    made = layer(Layer("n", "d", [Mark("T0002", 2)]), disarm, "attack")
    assert made.keys() == FRAME | {"customDataURL", "selectVisibleTechniques"}
    assert made["customDataURL"].endswith("/DISARM_STIX/DISARM.json")
    assert (made["versions"]["layer"], made["layout"]["expandedSubtechniques"]) == ("4.5", "annotated")
    assert "customDataURL" not in layer(Layer("n", "d", []), framework, "attack")
    with pytest.raises(UsageError, match="no profile 'other'"):
        layer(Layer("n", "d", []), disarm, "other")


@pytest.mark.parametrize("profile", PROFILES)
def test_the_gradient_has_two_ends(profile: str, framework: Framework) -> None:
    for marks in ([], [Mark("T0001", 0)], [Mark("T0001", 7), Mark("T0002", 1)]):
        gradient = layer(Layer("n", "d", marks), framework, profile)["gradient"]
        assert gradient["minValue"] < gradient["maxValue"]
        assert gradient["maxValue"] >= max((mark.score for mark in marks), default=0)


def test_scores_count_incidents_and_not_what_did_not_happen(coded: CodedIncident, framework: Framework) -> None:
    again = replace(coded, incident=replace(coded.incident, id="I-other", name="Other"))
    out = io.BytesIO()
    write([coded, again], framework, out)
    made = json.loads(out.getvalue())
    assert {mark["techniqueID"]: mark["score"] for mark in made["techniques"]} == {"T0001": 2, "T0001.001": 2}
    (mark,) = (mark for mark in made["techniques"] if mark["techniqueID"] == "T0001.001")
    assert "“Grey Heron created fake accounts” (Other, observed)" in mark["comment"]
    assert made["name"] == "2 incidents"


def test_only_web_addresses_become_links_and_each_once() -> None:
    given = [
        ("A", "https://a.example/"),
        ("", "javascript:alert(1)"),
        ("B", "file:///etc"),
        ("A", "https://a.example/"),
    ]
    assert web_links([*given, ("", "http://b.example")]) == [
        ("A", "https://a.example/"),
        ("http://b.example", "http://b.example"),
    ]


def test_a_comment_is_short_and_says_what_is_left_out() -> None:
    comment = comment_on([("word " * 200, "one"), ("", "two"), ("three", "3"), ("four", "4")], 9)
    assert comment.count("\n\n") == 3
    assert comment.endswith("and 6 more")
    assert "four" not in comment
    assert len(comment) < 400


def test_two_selections_are_told_apart_by_colour_legend_and_numbers(framework: Framework) -> None:
    first = Heat(Selection(actor="A"), 4, 4, 3, {"T0001": Count(2, 2, 3), "T0001.001": Count(1, 1, 1)})
    second = Heat(Selection(actor="B"), 2, 2, 2, {"T0001": Count(1, 1, 1), "T0002": Count(2, 1, 2)})
    quoted = Quoted("T0002", "observed", "I-1", "case", "R-1", "report", "https://a.example", "S-1", "they paid", 0)
    made = layer(layer_of([first, second], [{}, {"T0002": [quoted]}], framework), framework)
    marks = {mark["techniqueID"]: mark for mark in made["techniques"]}
    assert {name: mark["color"] for name, mark in marks.items()} == {
        "T0001": BOTH,
        "T0001.001": ONLY_FIRST,
        "T0002": ONLY_SECOND,
    }
    assert {item["label"]: item["color"] for item in made["legendItems"]} == {
        "only A": ONLY_FIRST,
        "only B": ONLY_SECOND,
        "both": BOTH,
    }
    assert marks["T0002"]["comment"] == "“they paid” (case, observed)"
    assert marks["T0001"]["metadata"] == [
        {"name": "A", "value": "2 incidents, 2 reports"},
        {"name": "B", "value": "1 incidents, 1 reports"},
    ]
    (alone,) = (one for one in layer_of([first], [{}], framework).marks if one.technique == "T0001")
    assert (alone.colour, alone.score) == ("", 2)
