"""Whatever a small file holds, it is read, or refused in a sentence; and no row is lost unseen."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterfoil.detect.duck import Duck, duck
from counterfoil.detect.reading import Asked, Reading, read
from counterfoil.errors import CounterfoilError

COLUMNS = ("id", "user", "time", "text", "urls", "retweet_id", "hashtags", "platform")
MANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
cells = st.one_of(
    words,
    st.sampled_from(["", "null", "NaN", "1.0", " 7 ", "[]", '["a"', "['x', 'y']", "{}", "#a #b", "@x", "'", '"', "\\"]),
    st.sampled_from(["1714557600", "-1", "1e400", "9" * 40, "2024-05-01T10:00:00Z", "2024-13-45", "inf", "0001-01-01"]),
    st.integers(-(10**20), 10**20).map(str),
    st.floats().map(str),
)
rows = st.lists(st.lists(cells, min_size=len(COLUMNS), max_size=len(COLUMNS)), min_size=1, max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.integers(-(10**20), 10**20) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def engine() -> Iterator[Duck]:
    with duck("500MB", 1) as made:
        yield made


def _refused(engine: Duck, path: Path) -> Reading | None:
    """What was read; None if it was refused in a sentence."""
    said: CounterfoilError | None = None
    try:
        return read(engine, Asked((str(path),)))
    except CounterfoilError as error:
        said = error
    assert said.hint
    assert "\n" not in said.message
    assert "Error:" not in said.message
    return None


def _all_accounted_for(engine: Duck, path: Path, rows: int) -> None:
    """It is refused in a sentence, or each of its rows is a post, part of one, or set aside."""
    reading = _refused(engine, path)
    if reading:
        assert reading.rows == rows
        assert reading.posts == engine.rows("SELECT count(*) FROM posts")[0][0] > 0
        assert engine.rows("SELECT count(*) FROM posts WHERE moment IS NULL OR account IS NULL") == [(0,)]


@MANY
@given(rows)
def test_tables_of_anything(engine: Duck, tmp_path: Path, rows: list[list[str]]) -> None:
    path = tmp_path / "posts.csv"
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([COLUMNS, *rows])
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    _all_accounted_for(engine, path, len(rows))


@MANY
@given(st.lists(st.dictionaries(st.sampled_from(COLUMNS), values), min_size=1, max_size=8))
def test_records_of_anything(engine: Duck, tmp_path: Path, records: list[dict[str, object]]) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    _all_accounted_for(engine, path, len(records))


@MANY
@given(st.binary(max_size=200), st.sampled_from("csv tsv jsonl json js parquet csv.gz jsonl.zst".split()))
def test_files_of_anything(engine: Duck, tmp_path: Path, content: bytes, form: str) -> None:
    path = tmp_path / f"posts.{form}"
    path.write_bytes(b"id,user,time\n" * (form == "csv") + content)
    _refused(engine, path)
