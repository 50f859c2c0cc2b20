"""Copied posts are found in every layout of posts that detection reads."""

import json
from pathlib import Path

import pytest

from counterfoil.errors import InputError
from counterfoil.workflow.impersonating import Sources, look_for_impersonators

TEXT = "Our harbour belongs to all of us, number {} of many"


def _files(folder: Path) -> tuple[Path, Path]:
    (folder / "roster.csv").write_text("name,handles\nMira Solvang,mira\n")
    (folder / "accounts.csv").write_text("id,username,display_name\n1,mira,Mira Solvang\n2,harbour_fan,Somebody\n")
    return folder / "roster.csv", folder / "accounts.csv"


def _reasons(roster: Path, accounts: Path, posts: Path) -> tuple[list[str], tuple[str, ...]]:
    found = look_for_impersonators(roster, Sources((accounts,), (posts,)), least=0.3)
    return [one.words for suspect in found.suspects for one in suspect.likenesses], found.problems


def _rows() -> list[tuple[str, str, str, str]]:
    return [
        (f"{who}{place}", who, f"2024-05-01T10:{10 * int(who) + place:02d}:00Z", TEXT.format(place))
        for who in "12"
        for place in range(4)
    ]


@pytest.mark.parametrize("layout", ["csv", "jsonl", "x"])
def test_copied_posts_of_several_layouts(tmp_path: Path, layout: str) -> None:
    posts = tmp_path / f"posts.{'csv' if layout == 'csv' else 'jsonl'}"
    if layout == "csv":
        lines = ["id,account,time,text", *(f'{post},{who},{time},"{text}"' for post, who, time, text in _rows())]
        lines.append("x,,2024-05-01T10:00:00Z,nobody")
    else:
        names = ("id", "author_id", "created_at", "text") if layout == "x" else ("post", "account", "time", "text")
        lines = [json.dumps(dict(zip(names, row, strict=True))) for row in _rows()]
    posts.write_text("\n".join(lines) + "\n")
    reasons, problems = _reasons(*_files(tmp_path), posts)
    assert reasons == ["posted 4 texts of Mira Solvang after it"]
    assert len(problems) == (1 if layout == "csv" else 0)


def test_posts_without_texts_are_refused(tmp_path: Path) -> None:
    (tmp_path / "posts.csv").write_text("id,account,time\n1,1,2024-05-01T10:00:00Z\n")
    with pytest.raises(InputError):
        _reasons(*_files(tmp_path), tmp_path / "posts.csv")
