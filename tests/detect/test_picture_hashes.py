"""Perceptual hashes: near pairs against brute force, in Python and in SQL."""

import random
from itertools import combinations
from pathlib import Path

import pytest

from counterfoil.detect.duck import duck
from counterfoil.detect.picture_hashes import (
    are_near,
    bits_apart,
    hash_of_text,
    near_pairs,
    near_pictures_sql,
    picture_hash,
)
from counterfoil.errors import ReadError, UsageError


def _hashes(seed: int) -> dict[str, str]:
    chance = random.Random(seed)
    found = [chance.getrandbits(64) for _ in range(150)]
    for _ in range(150):
        made = chance.choice(found)
        for place in chance.sample(range(64), chance.randrange(9)):
            made ^= 1 << place
        found.append(made)
    return {str(at): f"{one:016x}" for at, one in enumerate(found)}


def test_near_pairs_are_those_of_brute_force() -> None:
    hashes = _hashes(1)
    pairs = combinations(hashes, 2)
    expected = {(frozenset((a, b)), d) for a, b in pairs if (d := bits_apart(hashes[a], hashes[b])) <= 6}
    found = [(frozenset((a, b)), d) for a, b, d in near_pairs(hashes)]
    assert len(expected) > 50
    assert len(found) == len(set(found))
    assert set(found) == expected
    with duck() as engine:
        signed = [int.from_bytes(bytes.fromhex(one), "big", signed=True) for one in hashes.values()]
        engine.connection.execute(
            "CREATE TEMP TABLE pictures AS SELECT unnest(?::BIGINT[]) AS picture, unnest(?::BIGINT[]) AS hash",
            [list(map(int, hashes)), signed],
        )
        rows = engine.rows(near_pictures_sql())
    assert {(frozenset((str(a), str(b))), d) for a, b, d in rows} == expected
    assert len(rows) == len(expected)


def test_hashes_of_different_kinds_are_never_near() -> None:
    assert not are_near("0" * 16, "0" * 64)
    assert are_near("0" * 64, "f" * 7 + "0" * 57)
    assert not are_near("0" * 64, "f" * 8 + "0" * 56)
    assert (hash_of_text("0x00FF00FF00FF00FF"), hash_of_text("https://x.example/a.png")) == ("00ff00ff00ff00ff", "")
    with pytest.raises(UsageError):
        list(near_pairs({"a": "0" * 16}, 7))
    with pytest.raises(UsageError):
        list(near_pairs({"a": "0" * 64}))


def test_a_picture_and_its_smaller_copy_are_near_and_another_is_not(tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image")
    chance = random.Random(2)
    small = image.frombytes("L", (8, 8), bytes(chance.randrange(256) for _ in range(64)))
    other = image.frombytes("L", (8, 8), bytes(chance.randrange(256) for _ in range(64)))
    small.resize((300, 300)).save(tmp_path / "a.png")
    small.resize((120, 120)).save(tmp_path / "b.jpg", quality=60)
    other.resize((300, 300)).save(tmp_path / "c.png")
    first, copy, another = (picture_hash(tmp_path / name) for name in ("a.png", "b.jpg", "c.png"))
    assert are_near(first, copy)
    assert not are_near(first, another)
    (tmp_path / "d.png").write_bytes(b"no picture")
    with pytest.raises(ReadError):
        picture_hash(tmp_path / "d.png")
