"""How long near texts take, how many of them are found, and how a peer does on the same texts.

    python benchmarks/near_text.py [--posts 1000000] [--kind mixed|template|dense] [--peer PYTHON] [--peer-posts 60000]

PYTHON is the interpreter of an environment of its own in which datasketch (MIT) is installed; it is no part of
Counterfoil. `mixed` are posts of Zipf's words with copies in which some words are others, and petitions with a slot;
`template` are all one text with slots; `dense` are texts of 40 words only, near one another by the million. Recall is
measured on a sample of the pairs that are near by an exact search of a part of the texts.
"""

import argparse
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from counterfoil.detect.duck import Duck, duck
from counterfoil.detect.near_search import near_groups, near_in_window
from counterfoil.detect.near_text import Nearness
from counterfoil.detect.plan import Step

SECOND = 1_000_000
DAYS = 14
PEER = """
import sys, time
from datasketch import MinHash, MinHashLSH
texts = [set(line.split()) for line in open(sys.argv[1], encoding="utf-8")]
start = time.perf_counter()
index = MinHashLSH(threshold=0.8, num_perm=128)
found = 0
for place, words in enumerate(texts):
    made = MinHash(num_perm=128)
    made.update_batch([word.encode() for word in words])
    found += len(index.query(made))
    index.insert(place, made)
print(f"PEER datasketch: {len(texts):,} texts, {found:,} pairs proposed, {time.perf_counter() - start:.1f} s")
"""


def clocked(name: str, work: Callable[[], Any]) -> Any:
    """Do the work, and say how long it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    done = work()
    print(f"{name:<52} {time.perf_counter() - wall:7.2f} s, processor {time.process_time() - cpu:6.2f} s", flush=True)
    return done


def _chance(number: int) -> str:
    return f"(hash(i * 64 + {number}) / 18446744073709551616.0)"


def _word(vocabulary: int, power: float, drawn: str) -> str:
    return f"'w' || floor({vocabulary} * pow((hash({drawn}) / 18446744073709551616.0), {power}))::BIGINT"


def made(engine: Duck, posts: int, kind: str) -> None:
    """The table `texts`: of three posts one is a copy of one of few stems, in which up to two words are others."""
    vocabulary = {"mixed": 60_000, "template": 60_000, "dense": 40}[kind]
    power = 3.0 if kind == "mixed" else 1.0
    new = _word(vocabulary, power, "i * 1009 + place")
    old = _word(vocabulary, power, "seed * 1013 + place")
    stems = {"mixed": posts // 60, "template": 1, "dense": posts}[kind]
    copied = {"mixed": 0.35, "template": 1.0, "dense": 0.0}[kind]
    length = f"(6 + floor({'6' if kind == 'dense' else '18'} * (hash(seed * 3) / 18446744073709551616.0)))::BIGINT"
    other = "(hash(i * 7 + place * 131) % length < CASE WHEN copied THEN slots ELSE 0 END)"
    engine.connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE texts AS SELECT i AS message, account, moment,
        array_to_string(list_transform(range(length), lambda place: CASE WHEN {other} THEN {new}
            ELSE {old} END), ' ') AS text
        FROM (SELECT *, {length} AS length FROM (SELECT i,
            floor({max(posts // 20, 50)} * pow({_chance(1)}, 2.0))::BIGINT AS account,
            {_chance(2)} < {copied} AS copied,
            CASE WHEN {_chance(2)} < {copied} THEN 1 + floor({stems} * pow({_chance(3)}, 2.0))::BIGINT
                ELSE 1000000000 + i END AS seed, floor({_chance(4)} * 3)::BIGINT AS slots,
            floor({_chance(5)} * {DAYS * 86400})::BIGINT * {SECOND} AS moment FROM range({posts}) AS rows(i)))"""
    )


def recall(engine: Duck, nearness: Nearness, part: int) -> tuple[int, int]:
    """Near pairs among some texts, by comparing all that share a rare token, and how many of them share a group."""
    engine.run(
        [
            Step(
                "few",
                "SELECT doc, list_distinct(string_split(text, ' ')) AS words FROM (SELECT doc, min(text) AS text FROM "
                f"wordings JOIN doc_of USING (wording) GROUP BY doc) USING SAMPLE reservoir({part} ROWS) "
                "REPEATABLE (7)",
            ),
            Step("each", "SELECT doc, len(words) AS n, unnest(words) AS word FROM few"),
            Step(
                "rare",
                "SELECT doc, n, word FROM (SELECT doc, n, word, row_number() OVER (PARTITION BY doc ORDER BY often, "
                "word) AS place FROM each JOIN (SELECT word, count(*) AS often FROM each GROUP BY word) USING (word)) "
                f"WHERE place <= n - ({nearness.per_cent} * n + 99) // 100 + 1",
            ),
            Step(
                "tried",
                "SELECT DISTINCT x.doc AS low, y.doc AS high FROM rare AS x JOIN rare AS y ON x.word = y.word "
                f"AND x.doc < y.doc WHERE 100 * least(x.n, y.n) >= {nearness.per_cent} * greatest(x.n, y.n)",
            ),
            Step(
                "true_pairs",
                "SELECT low, high FROM tried JOIN few AS a ON a.doc = low JOIN few AS b ON b.doc = high WHERE "
                f"100 * len(list_intersect(a.words, b.words)) >= {nearness.per_cent} * "
                "(len(a.words) + len(b.words) - len(list_intersect(a.words, b.words)))",
            ),
        ],
        keep=["few"],
    )
    ((true, both),) = engine.rows(
        "SELECT count(*), count(*) FILTER (WHERE x.team = y.team) FROM true_pairs "
        "LEFT JOIN near_groups AS x ON x.doc = low LEFT JOIN near_groups AS y ON y.doc = high"
    )
    return int(true), int(both)


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description="Near texts: time and recall.")
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--kind", choices=["mixed", "template", "dense"], default="mixed")
    parser.add_argument("--part", type=int, default=60_000, help="texts among which recall is measured")
    parser.add_argument("--peer", default="")
    parser.add_argument("--peer-posts", type=int, default=60_000)
    asked = parser.parse_args()
    with duck() as engine:
        clocked("made", lambda: made(engine, asked.posts, asked.kind))
        windowed, ever = Nearness(window=60 * SECOND), Nearness()
        found = clocked("within 60 s, exact", lambda: near_in_window(engine, windowed))
        print("   ", found.told(), engine.rows("SELECT count(*) FROM near_docs")[0][0], "pairs of texts")
        found = clocked("of all time", lambda: near_groups(engine, ever))
        print("   ", found.told())
        docs, several = engine.rows(
            "SELECT sum(many), count(*) FILTER (WHERE many > 1) FROM (SELECT count(*) AS many FROM near_groups "
            "GROUP BY team) AS teams"
        )[0]
        print(f"    {docs:,} distinct sets of tokens, {several:,} groups of several")
        true, both = clocked("(exact search of a part)", lambda: recall(engine, ever, min(asked.part, docs)))
        print(f"    recall {both / max(true, 1):.5f} of {true:,} near pairs among {min(asked.part, docs):,} texts")
        if asked.peer:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "texts.txt"
                rows = engine.rows(f"SELECT text FROM texts LIMIT {asked.peer_posts:d}")
                path.write_text("\n".join(row[0] for row in rows), encoding="utf-8")
                subprocess.run([asked.peer, "-c", PEER, str(path)], check=True)


if __name__ == "__main__":
    main()
