"""Near pictures against brute force, and what becomes of placeholders, files and whole numbers."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from counterfoil.detect.near_pictures import COMMON, near_hashes
from counterfoil.workflow.detecting import Search, detecting


def _near(seed: int, most: int) -> None:
    chance = np.random.default_rng(seed)
    hashes = chance.integers(0, 2**64, size=300, dtype=np.uint64)
    bit = np.uint64(1)
    for _ in range(most + 1):
        hashes = np.concatenate([hashes, hashes[-150:] ^ (bit << chance.integers(0, 64, size=150).astype(np.uint64))])
    hashes = np.unique(hashes)
    low, high, uncovered = near_hashes(hashes, most)
    expected = np.argwhere(np.triu(np.bitwise_count(hashes[:, None] ^ hashes[None, :]) <= most, 1))
    assert len(expected) > 100
    assert set(zip(low.tolist(), high.tolist(), strict=True)) == {(one, other) for one, other in expected.tolist()}
    assert not uncovered


@pytest.mark.parametrize("most", [1, 3, 6])
def test_pairs_are_those_of_brute_force(most: int) -> None:
    _near(most, most)


def test_what_the_budget_leaves_out_is_told() -> None:
    hashes = np.arange(5_000, dtype=np.uint64)
    low, _, uncovered = near_hashes(hashes, 6, budget=1_000)
    assert uncovered
    assert len(low)
    assert len(near_hashes(np.zeros(0, np.uint64))[0]) == 0


def _edges(folder: Path, signal: str, pictures: dict[str, str], media: bool = False) -> tuple[set[str], list[str]]:
    posts = "".join(
        f"{turn}{who},{who},{1_700_000_000 + turn * 9_000},{value if media else ''}\n"
        for turn in range(2)
        for who, value in pictures.items()
    )
    (folder / "posts.csv").write_text("id,user,time,media_hash\n" + posts)
    rows = "".join(f"{who},{value}\n" for who, value in pictures.items())
    (folder / "accounts.csv").write_text("account,picture\n" + rows)
    told: list[str] = []
    search = Search((str(folder / "posts.csv"),), (str(folder / "accounts.csv"),), signals=(signal,), minimum=2)
    with detecting(search, told.append) as run:
        found = run.engine.rows(
            "SELECT DISTINCT least(s.account_key, t.account_key) || ' ' || greatest(s.account_key, t.account_key) "
            "FROM found JOIN accounts AS s ON s.account = source JOIN accounts AS t ON t.account = target"
        )
    return {pair for (pair,) in found}, told


#: a and b, b and c are 6 bits apart, a and c are 12
CHAIN = {"a": "0000000000000000", "b": "000000000000003f", "c": "0000000000000fff", "d": "ffffffffffffffff"}


@pytest.mark.parametrize(("signal", "media"), [("near_picture", False), ("near_media", True)])
def test_edges_are_between_pictures_that_are_near_themselves(tmp_path: Path, signal: str, media: bool) -> None:
    edges, told = _edges(tmp_path, signal, CHAIN, media)
    assert edges == {"a b", "b c"}
    assert any("4 different pictures, 2 pairs nearly the same" in one for one in told)


def test_whole_numbers_are_hashes_where_they_are_too_long_for_hexadecimal(tmp_path: Path) -> None:
    pictures = {"a": "13835058055282163712", "b": "-4611686018427387903", "c": "4611686018427387904"}
    edges, _ = _edges(tmp_path, "near_picture", pictures)
    assert edges == {"a b", "a c", "b c"}  # 1 and 2 bits: the numbers are signed or not


def test_a_placeholder_is_left_out_and_told(tmp_path: Path) -> None:
    pictures = {f"u{place}": "00000000000000aa" for place in range(COMMON + 1)}
    edges, told = _edges(tmp_path, "near_picture", {**pictures, "a": "0f0f0f0f0f0f0f0f", "b": "0f0f0f0f0f0f0f0e"})
    assert edges == {"a b"}
    assert any("taken for placeholders and left out" in one for one in told)


def test_picture_files_are_read_where_the_data_names_them(tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image")

    def scene(seed: int) -> Any:
        small = np.random.default_rng(seed).integers(0, 256, size=(8, 8), dtype=np.uint8)
        return image.fromarray(small).resize((256, 256))

    picture = scene(1)
    picture.save(tmp_path / "a.png")
    picture.convert("RGB").save(tmp_path / "b.jpg", quality=70)
    scene(2).save(tmp_path / "c.png")
    (tmp_path / "d.png").write_bytes(b"\x89PNG nothing")
    pictures = {name[0]: str(tmp_path / name) for name in ("a.png", "b.jpg", "c.png", "d.png", "missing.png")}
    edges, told = _edges(tmp_path, "near_picture", pictures)
    assert edges == {"a b"}
    assert any("3 picture files are read. 1 are damaged" in one for one in told)
