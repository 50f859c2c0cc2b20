"""Of Parquet, what signals do not need is read again when evidence asks for it: nothing differs for it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pytest

from counterfoil.detect.duck import Duck, duck
from counterfoil.detect.reading import Asked, Reading, read
from counterfoil.detect.reading_landing import LANDED, named_in
from counterfoil.detect.traces import TRACES

POSTS = "post_key, moment, text, urls, repost_of, language"
ROWS = [
    # post, account, handle, time, text, urls, repost_of, language
    ("1", "a", "ann", "2024-05-01T10:00:00Z", "one", "['https://a.org']", None, "en"),
    ("2", "b", "bob", "2024-05-01T10:00:01Z", "two", "NULL", "1", None),
    ("3", "a", "ann", "2024-05-01T10:00:02Z", "three", "['https://a.org']", None, "de"),
    ("3", "a", "ann", "2024-05-01T10:00:02Z", "three", "['https://b.org']", None, "de"),
    ("4", "c", "cy", "2024-05-01T10:00:03Z", "four", "NULL", None, None),
    ("4", "d", "dee", "2024-05-01T10:00:09Z", "four again", "NULL", None, None),
    ("5", None, None, "2024-05-01T10:00:03Z", "of nobody", "NULL", None, None),
    ("6", "e", "eve", "yesterday", "at no time", "NULL", None, None),
    ("6", "f", "fay", "2024-05-01T10:00:05Z", "six", "NULL", "2", None),
]


@pytest.fixture
def engine() -> Iterator[Duck]:
    with duck("500MB", 1) as made:
        yield made


def _written(folder: Path, rows: Sequence[tuple[str | None, ...]] = ROWS) -> str:
    path = folder / "posts.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE made (id VARCHAR, user_id VARCHAR, screen_name VARCHAR, created_at VARCHAR, text VARCHAR, "
            "urls VARCHAR, repost_of VARCHAR, language VARCHAR)"
        )
        connection.executemany("INSERT INTO made VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        urls = "CASE WHEN urls <> 'NULL' THEN [urls[3:-3]] END AS urls"
        connection.execute(f"COPY (SELECT * REPLACE ({urls}) FROM made) TO '{path}' (FORMAT parquet)")
    return str(path)


def _told(reading: Reading) -> tuple[object, ...]:
    return (reading.rows, reading.posts, reading.accounts, reading.joined, dict(reading.rejected), reading.first)


def _accounts(engine: Duck) -> list[tuple[object, ...]]:
    return engine.rows("SELECT account_key, handle, platform FROM accounts ORDER BY ALL")


def test_what_is_read_late_is_what_would_have_been_kept(engine: Duck, tmp_path: Path) -> None:
    data = _written(tmp_path)
    whole = _told(read(engine, Asked((data,))))
    posts = engine.rows(f"SELECT {POSTS} FROM posts ORDER BY ALL")
    accounts, namings = _accounts(engine), engine.rows("SELECT handle, moment FROM namings ORDER BY ALL")
    rejected = engine.rows("SELECT reason, content FROM rejected ORDER BY ALL")

    reading = read(engine, Asked((data,), needs=frozenset({"urls"})))
    assert _told(reading) == whole == (9, 5, 4, 1, {
        "a time that cannot be read": 1, "no account": 1, "the post id of an earlier row": 1,
    }, 1714557600000000)  # fmt: skip
    assert _accounts(engine) == accounts
    assert engine.rows("SELECT handle, moment FROM namings ORDER BY ALL") == namings
    assert engine.rows("SELECT reason, content FROM rejected ORDER BY ALL") == rejected
    assert engine.rows("SELECT count(post_key), count(text), count(urls) FROM posts") == [(0, 0, 2)]

    engine.connection.execute("CREATE OR REPLACE TEMP TABLE wanted AS SELECT post AS message FROM posts")
    reading.landing.show_whole("wanted")
    assert engine.rows(f"SELECT {POSTS} FROM posts ORDER BY ALL") == [(*row[:5], None) for row in posts]
    assert {row[5] for row in posts} == {"en", "de", None}  # which no signal asked for


def test_an_account_whose_rows_are_all_repeated_is_none(engine: Duck, tmp_path: Path) -> None:
    data = _written(tmp_path, ROWS[4:6])
    assert read(engine, Asked((data,), needs=frozenset({"urls"}))).accounts == 1
    assert _accounts(engine) == [("c", "cy", None)]


def test_only_the_posts_that_are_asked_for_are_read_again(engine: Duck, tmp_path: Path) -> None:
    reading = read(engine, Asked((_written(tmp_path),), needs=frozenset({"repost_of"})))
    engine.connection.execute(
        "CREATE OR REPLACE TEMP TABLE wanted AS SELECT post AS message FROM posts WHERE repost_of IS NOT NULL"
    )
    reading.landing.show_whole("wanted")
    assert engine.rows("SELECT post_key, repost_of, text FROM posts ORDER BY moment") == [
        (None, None, None), ("2", "1", "two"), (None, None, None), (None, None, None), ("6", "2", "six"),
    ]  # fmt: skip


def test_no_column_is_kept_that_no_signal_reads(engine: Duck, tmp_path: Path) -> None:
    read(engine, Asked((_written(tmp_path),), needs=frozenset({"repost_of"})))
    kept = {name for (name,) in engine.rows(f"SELECT column_name FROM (DESCRIBE {LANDED})")}
    assert kept == {"post", "account", "moment", "zoneless", "repost_of"}


def test_rows_without_ids_are_kept_whole_since_their_numbers_would_differ(engine: Duck, tmp_path: Path) -> None:
    path = tmp_path / "posts.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            "COPY (SELECT 'u' || i AS user_id, 1700000000 + i AS timestamp, 'text ' || i AS text FROM range(3) t(i)) "
            f"TO '{path}' (FORMAT parquet)"
        )
    read(engine, Asked((str(path),), needs=frozenset({"repost_of"})))
    assert engine.rows("SELECT count(post_key), count(text) FROM posts") == [(3, 3)]


def test_columns_of_several_layouts_are_all_kept(engine: Duck, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,user,time,text\n1,a,100000000,one\n")
    (tmp_path / "b.csv").write_text("id,user,time,retweet_id,lang\n2,b,100000001,1,en\n")
    (tmp_path / "c.jsonl").write_text('{"id": "3", "user": "c", "time": 100000002, "platform": "p"}\n')
    read(engine, Asked((str(tmp_path),)))
    assert engine.rows("SELECT post_key, text, repost_of, language, platform FROM posts ORDER BY post_key") == [
        ("1", "one", None, None, None),
        ("2", None, "1", "en", None),
        ("3", None, None, None, "p"),
    ]


def test_every_column_that_a_trace_names_is_known_to_be_needed() -> None:
    assert "post_key" in named_in(TRACES.load("fast_repost").sql)
    assert named_in(TRACES.load("co_repost").sql) == {"account", "post", "moment", "repost_of"}
