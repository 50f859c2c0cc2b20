"""Coding in processes of their own: one that ends takes nothing along but, at worst, what ended it."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from counterfoil.config import Config
from counterfoil.errors import CodebookError, ReadError
from counterfoil.files import write_whole
from counterfoil.model.report import Original, Report
from counterfoil.workflow import desk
from counterfoil.workflow.desk import CodingPool
from counterfoil.workflow.intake import Draft
from counterfoil.workflow.kit import load_kit

TEXT = "The group Sable Wharf created {} fake accounts on Facebook that posed as local journalists."
DEADLY = "ends its process"
ONCE = "ends it the first time"


def _draft(number: int, title: str = "") -> Draft:
    text = TEXT.format(number)
    return Draft(Report(text=text, source=f"{number}.txt", title=title, language="en"), Original(b"x", "text/plain"))


def _fragile(draft: Draft, config: Config) -> Draft:
    """What codes in the process: as always, but one report kills it, as the system does when memory is short."""
    if draft.report.title == DEADLY:
        time.sleep(0.3)
        os.kill(os.getpid(), signal.SIGKILL)
    if draft.report.title == ONCE:
        mark = config.workspace / "killed"
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return _code(draft, config)


_code = desk._code


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(workspace=tmp_path, analyst="ada", offline=True, cache=tmp_path / "cache")


@pytest.mark.slow
def test_a_process_that_ends_costs_only_what_ended_it(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "_code", _fragile)
    pool = CodingPool(config)
    pool.size = 2
    drafts = [_draft(1), _draft(2, DEADLY), _draft(3), _draft(4)]

    def coded(draft: Draft) -> Draft | ReadError:
        try:
            return pool.code(draft)
        except ReadError as error:
            return error

    with ThreadPoolExecutor(len(drafts)) as threads:
        found = list(threads.map(coded, drafts))
    pool.close()
    assert isinstance(found[1], ReadError)
    assert "twice" in str(found[1])
    rest = [one for at, one in enumerate(found) if at != 1]
    assert all(isinstance(one, Draft) and one.suggestions for one in rest)
    assert [one.report.source for one in rest if isinstance(one, Draft)] == ["1.txt", "3.txt", "4.txt"]


@pytest.mark.slow
def test_a_process_that_was_ended_by_others_costs_nothing(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "_code", _fragile)
    pool = CodingPool(config)
    draft = _draft(1, ONCE)
    assert pool.code(draft).suggestions
    assert (config.workspace / "killed").exists()
    assert pool.code(_draft(2)).suggestions
    pool.close()


@pytest.mark.slow
def test_what_is_wrong_with_a_codebook_is_told_as_that(config: Config) -> None:
    pool = CodingPool(config)
    assert pool.code(_draft(1)).suggestions
    own = config.workspace / "codebook"
    own.mkdir()
    (own / "own.yaml").write_text("techniques: [", encoding="utf-8")
    with pytest.raises(CodebookError):
        load_kit(config)
    pool.renew()
    with pytest.raises(CodebookError):
        pool.code(_draft(2))
    (own / "own.yaml").unlink()
    assert pool.code(_draft(2)).suggestions
    pool.close()


def test_threads_that_write_the_same_file_do_not_disturb_each_other(tmp_path: Path) -> None:
    path = tmp_path / "same"
    content = os.urandom(200_000)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: write_whole(path, content), range(64)))  # raised FileNotFoundError before
    assert path.read_bytes() == content
    assert [one.name for one in tmp_path.iterdir()] == ["same"]
