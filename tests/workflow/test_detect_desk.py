"""A search in a process of its own: it ends well, with a sentence, or is ended; its folder is all it leaves."""

import json
from pathlib import Path

import pytest

from counterfoil.errors import CounterfoilError, InputError
from counterfoil.model.finding import findings_of
from counterfoil.workflow.detect_desk import OUT, Searcher
from counterfoil.workflow.detecting import Search
from tests.workflow.test_detecting import GROUP, planted


def test_findings_come_back_as_a_file(tmp_path: Path) -> None:
    said: list[str] = []
    data = Searcher(Search((str(planted(tmp_path)),)), tmp_path).run(said.append)
    (found,) = findings_of(json.loads(data))
    assert {member.key for member in found.members} == set(GROUP)
    assert found.pairs
    assert said[0].startswith("4,180 posts")


def test_what_is_wrong_comes_back_as_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(CounterfoilError, match="nowhere"):
        Searcher(Search((str(tmp_path / "nowhere.csv"),)), tmp_path).run(print)
    assert not (tmp_path / OUT).exists()


def test_a_search_that_is_killed_leaves_no_findings(tmp_path: Path) -> None:
    searcher = Searcher(Search((str(planted(tmp_path)),)), tmp_path)
    said: list[str] = []

    def kill(sentence: str) -> None:
        said.append(sentence)
        searcher.stop()

    with pytest.raises(InputError, match="ended before it was done"):
        searcher.run(kill)
    assert said
    assert not (tmp_path / OUT).exists()
