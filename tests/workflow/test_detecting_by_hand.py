"""A small table whose edges can be told by looking at it, from the file to the edges."""

from pathlib import Path

import duckdb
import pytest

from counterfoil.workflow.detecting import Search, detecting

START = 1_700_000_000
ROWS = [
    # Two links in a post each, exactly a window apart; and one a second too late.
    ("1", "a", 0, None, "https://x.org/1 https://x.org/2", None),
    ("2", "b", 60, None, "https://x.org/1 https://x.org/2", None),
    ("3", "c", 121, None, "https://x.org/1", None),
    # Neither link nor text: nothing in common.
    ("4", "d", 0, None, None, None),
    ("5", "e", 0, "", None, None),
    # An account that reposts twice; its own posts are no pair.
    ("6", "f", 1000, "RT", None, "9"),
    ("7", "f", 1010, "RT", None, "9"),
    ("8", "g", 1020, "RT", None, "9"),
    # One text in two spellings at the same second; a repost of it is not posting it.
    ("9", "h", 2000, "Good words to be shared", None, None),
    ("10", "i", 2000, "good  words to be shared", None, None),
    ("11", "j", 2001, "good words to be shared", None, "9"),
    # Mentions and links alone are no text.
    ("12", "k", 3000, "@someone https://y.org/3", None, None),
    ("13", "l", 3000, "@another https://y.org/4", None, None),
]
EDGES = {
    ("co_link", "a", "b", 1),
    ("co_link", "b", "a", 1),
    ("co_repost", "f", "g", 2),
    ("co_repost", "g", "f", 1),
    ("same_text", "h", "i", 1),
    ("same_text", "i", "h", 1),
}


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_edges_told_by_hand(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"posts.{form}"
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE posts (id VARCHAR, user_id VARCHAR, time BIGINT, text VARCHAR, urls VARCHAR, "
            "repost_id VARCHAR)"
        )
        connection.executemany(
            "INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?)", [(*row[:2], START + row[2], *row[3:]) for row in ROWS]
        )
        connection.execute(f"COPY posts TO '{path}'" + (" (HEADER)" if form == "csv" else " (FORMAT parquet)"))
    signals = ("co_link", "co_repost", "same_text")
    with detecting(Search((str(path),), signals=signals, minimum=1)) as run:
        found = run.engine.rows(
            "SELECT signal, s.account_key, t.account_key, weight FROM found JOIN accounts AS s ON s.account = source "
            "JOIN accounts AS t ON t.account = target"
        )
    assert set(found) == EDGES
    assert len(found) == len(EDGES)
