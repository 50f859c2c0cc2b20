"""counterfoil search: words in, hits of every kind out."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def casework(run: Run, article: Path) -> Run:
    assert run("code", article).code == 0
    return run


def test_hits_of_every_kind(casework: Run) -> None:
    found = casework("search", "night ferry")
    assert found.code == 0
    assert "Actors 1" in found.out
    assert "Reports 1" in found.out
    assert "Night Ferry: a network of invented neighbours" in found.out


def test_json_and_filters(casework: Run) -> None:
    found = casework("search", "accounts", "--kind", "quote", "--limit", "1", "--format", "json").json
    (group,) = found["groups"]
    assert group["kind"] == "quote"
    assert group["total"] > len(group["hits"]) == 1
    technique = group["hits"][0]["codes"][0]["technique"]
    narrowed = casework("search", "accounts", "--technique", technique, "--kind", "quote", "--format", "json").json
    assert 1 <= narrowed["total"] <= group["total"]
    assert casework("search", "accounts", "--since", "2090", "--format", "json").json["total"] == 0


def test_nothing_found_is_no_error(casework: Run) -> None:
    found = casework("search", "zeppelin", "kind:thing")
    assert (found.code, found.out) == (0, "")
    assert "Nothing was found." in found.err
    assert "note: kind:thing: no such kind" in found.err


@pytest.mark.parametrize(
    ("option", "value"), [("--technique", "x"), ("--language", "klingon"), ("--since", "soon"), ("--until", '"')]
)
def test_a_filter_that_cannot_be(casework: Run, option: str, value: str) -> None:
    found = casework("search", "ferry", option, value)
    assert found.code == 2
    assert option in found.err


def test_without_a_workspace(run: Run, tmp_path: Path) -> None:
    found = run("search", "ferry", "--workspace", str(tmp_path / "none"))
    assert found.code == 1
    assert "no workspace" in found.err
