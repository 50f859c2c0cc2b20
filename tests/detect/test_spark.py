"""Spark and DuckDB give the same: acts, edges, significance, and what a whole search leaves.

One session of Spark for all tests, small and without compiling queries: starting it is most of the time.
"""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from counterfoil.detect.definition import SECOND, Count, Definition, published
from counterfoil.detect.duck import Duck, duck
from counterfoil.detect.hubs import coordinate
from counterfoil.detect.plan import Step, plan
from counterfoil.detect.spark import Spark, spark, told
from counterfoil.detect.trace import events_step
from counterfoil.detect.traces import TRACES
from counterfoil.errors import InputError, UsageError
from counterfoil.workflow.detecting import Run, Search, detecting
from tests.detect.planted import events, generator
from tests.detect.test_conformance import RETWEETS, SHARES, Edges, _load

QUICK = {
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def engine() -> Iterator[Spark]:
    pytest.importorskip("pyspark", reason="pyspark (the extra spark) is not installed")
    pytest.importorskip("sqlglot", reason="sqlglot (the extra spark) is not installed")
    if not shutil.which("java"):
        pytest.skip("Java is not installed")
    before = set(Path.cwd().iterdir())
    with spark("local[2]", "1GB", QUICK) as made:
        yield made
    left = {path.name for path in set(Path.cwd().iterdir()) - before}
    assert not left & {"spark-warehouse", "metastore_db", "derby.log", "artifacts"}


def _give(from_: Duck, engine: Spark, folder: Path, table: str = "events") -> None:
    path = folder / f"{table}.parquet"
    from_.rows(f"COPY (SELECT * FROM {table}) TO '{path}' (FORMAT parquet)")
    engine.take(table, str(path))


def _edges(engine: Duck | Spark, names: Duck) -> Edges:
    called = dict(names.rows("SELECT id, name FROM accounts"))
    return {(called[a], called[b]): weight for a, b, weight in engine.rows("SELECT source, target, weight FROM edges")}


@pytest.mark.shared
def test_retweets_as_the_toolkit_counts_them(engine: Spark, shared: Path, tmp_path: Path) -> None:
    with duck() as loaded:
        source = str(shared / "detect" / "coretweet_test_input.csv")
        query = "SELECT message_id AS message, user_id AS account, timestamp::BIGINT AS moment, repost_id AS object "
        _load(loaded, f"{query} FROM read_csv(?, all_varchar=true) WHERE repost_id IS NOT NULL", [source])
        _give(loaded, engine, tmp_path)
        for (window, least), expected in RETWEETS.items():
            definition = published("coordination-network-toolkit", window * SECOND, least)
            engine.run(plan(replace(definition, self_loops=True), several=least == 2))
            assert _edges(engine, loaded) == expected
        engine.run(plan(definition))
        assert _edges(engine, loaded) == {ends: n for ends, n in expected.items() if ends[0] != ends[1]}


@pytest.mark.shared
def test_shares_as_coortweet_counts_them(engine: Spark, shared: Path, tmp_path: Path) -> None:
    with duck() as loaded:
        source = str(shared / "detect" / "russian.csv")
        query = "content_id AS message, account_id AS account, timestamp_share::BIGINT AS moment, object_id AS object"
        _load(loaded, f"SELECT {query} FROM read_csv(?, all_varchar=true)", [source])
        _give(loaded, engine, tmp_path)
        for participation, window, loops in SHARES:
            definition = replace(published("coortweet", window * SECOND, participation), self_loops=loops)
            engine.run(plan(definition))
            name = f"rus_mp{participation}_tw{window}{'_loops' if loops else ''}_edges.csv"
            rows = loaded.rows('SELECT "from", "to", weight FROM read_csv(?)', [str(shared / "detect" / name)])
            assert _edges(engine, loaded) == {(min(one, two), max(one, two)): weight for one, two, weight in rows}


#: account, second, object: at the window's edge, at one second, before 1970, acting twice, out of reach
BY_HAND = [
    (1, 0, 1), (2, 60, 1), (3, 121, 1),
    (4, 5, 2), (5, 5, 2),
    (6, 0, 3), (6, 10, 3), (7, 20, 3),
    (8, -90, 4), (9, -31, 4), (10, 29, 4),
]  # fmt: skip
BOTH_WAYS = {(4, 5): 1, (5, 4): 1, (6, 7): 2, (7, 6): 1, (8, 9): 1, (9, 8): 1, (9, 10): 1, (10, 9): 1}
#: definition -> edges
ONE = Definition(window=60 * SECOND, minimum=1)
BY_DEFINITION = [
    (ONE, False, {(1, 2): 1, (2, 1): 1, **BOTH_WAYS}),
    (replace(ONE, closed=False), True, {k: n for k, n in BOTH_WAYS.items() if k not in ((9, 10), (10, 9))}),
    (replace(ONE, minimum=2), False, {(6, 7): 2}),
    (replace(ONE, count=Count.PAIRS), False, {(1, 2): 1, (4, 5): 1, (6, 7): 2, (8, 9): 1, (9, 10): 1}),
    (replace(ONE, count=Count.OBJECTS), False, {(1, 2): 1, (4, 5): 1, (6, 7): 1, (8, 9): 1, (9, 10): 1}),
]  # fmt: skip


def test_tables_by_hand(engine: Spark, tmp_path: Path) -> None:
    with duck() as loaded:
        events(loaded, BY_HAND)
        _give(loaded, engine, tmp_path)
        for definition, several, expected in BY_DEFINITION:
            for each in (loaded, engine):
                each.run(plan(definition, several=several))
                found = {
                    (one, two): weight for one, two, weight in each.rows("SELECT source, target, weight FROM edges")
                }
                assert found == expected, (definition, each)  # fmt: skip


def test_hubs_are_the_same(engine: Spark, tmp_path: Path) -> None:
    crowd = [(account, account % 50, thing) for account in range(80) for thing in (0, 1)]
    few = [(1, 500, 2), (2, 505, 2), (3, 500, 3), (4, 505, 3)]
    with duck() as loaded:
        events(loaded, crowd + few)
        _give(loaded, engine, tmp_path)
        definition = Definition(window=60 * SECOND, minimum=2)
        previews = [coordinate(each, definition, budget=10) for each in (loaded, engine)]
        assert previews[0] == previews[1]
        assert len(previews[0].hubs) == 2
        told_edges = [set(each.rows("SELECT * FROM edges")) for each in (loaded, engine)]
        assert told_edges[0] == told_edges[1]
        assert {edge[:3] for edge in told_edges[0]} == {(1, 2, 3), (2, 1, 3), (3, 4, 3), (4, 3, 3)}


#: texts, links and names on which engines differ unless they are told: letters, white space, lines, dots
AWKWARD = [
    "ΟΔΟΣ ΑΘΗΝΑΣ σήμερα", "οδοσ αθηνασ σήμερα", "İstanbul'da bugün yağmur", "istanbul'da bugün yağmur",
    "RT @ann: vote now for the lake", "vote now for the lake https://t.co/1", "Vote\u00a0NOW for\u3000the lake\u2003",
    "vote\vnow for the lake", "vote\tnow\r\nfor the   lake", "vote now for the lake\n", "🫖 tea for all of us 🫖",
    "@x @y 🫖 TEA for all of us 🫖", "стоп канал сейчас же", "СТОП КАНАЛ СЕЙЧАС ЖЕ @x", "价格 上涨 $5 \\1 的消息 今天",
    "It's 'quoted' \\n and \\\\ back", "it's 'quoted' \\n and \\\\ back https://a.org/\\", "", "  ",
]  # fmt: skip
LINKS = [
    "https://www.a.org/x?utm_id=1&b=2&a=1#top", "http://m.a.org/x?a=1&b=2", "HTTPS://A.org:443/x/?a=1&b=2&",
    "https://user:pw@a.org/x?b=2&a=1", "https://a.org./y/amp", "https://a.org/y", "a.org/y/?fbclid=3", "//a.org/y///",
    "https://youtu.be/abc?si=1", "https://youtube.com/watch?v=abc", "https://twitter.com/u/status/1?s=20",
    "https://x.com/u/status/1", "https://x.co.uk/1", "https://y.x.co.uk/2", "https://b.blogspot.com/1",
    "https://c.blogspot.com/1", "http://10.0.0.1/z", "ftp://a.org/ſ?K=1", "https://ñandú.example/ş", "?x", "#",
    "x.org/$1",
]  # fmt: skip
BIOS = [
    "Mother of 3 and a proud patriot from Ohio, see https://a.b", "Mother of 12 and a proud patriot from Texas, see http://c.d",
    "Proud father,  lover of LAKES", "proud father, lover of lakes\n", "Άνθρωπος και ΠΟΛΙΤΗΣ από Αθήνα", None,
]  # fmt: skip
HANDLES = ["mary_smith01", "Mary_Smith17", "ΟΔΟΣΑΘΗΝΑ01", "οδοσαθηνα23", "ab12", None]


def _awkward(made: Duck) -> None:
    """Two accounts for each awkward value, so that groups are of the values that are taken for one."""
    made.rows(
        "CREATE TEMP TABLE posts AS SELECT i AS post, 'p' || i AS post_key, i % 29 AS account, "
        # bursts every two hours, before and after 1970
        "(i // 145 * 7207 + i % 145 // 29 * 15 + i % 4 - 150000) * 1000000 AS moment, ?[1 + i % len(?)] AS text, "
        "[?[1 + i % len(?)], ?[1 + i * 3 % len(?)]] AS urls, "
        "CASE WHEN i % 5 = 0 THEN 'p' || (i - 1) END AS repost_of, "
        "CASE WHEN i % 7 = 0 THEN 'r' || i % 9 END AS reply_to, CASE WHEN i % 11 = 0 THEN 'q' END AS quote_of, "
        "[['Σ', 'b', 'C'], ['σ', 'B', 'c'], ['a'], NULL, []][1 + i % 5] AS hashtags, "
        "[['ΑΣ', 'b'], ['ασ'], NULL][1 + i % 3] AS mentions, [['ff'], NULL][1 + i % 2] AS media, "
        "['x', 'y', NULL][1 + i % 3] AS platform, NULL::VARCHAR AS language, [['o'], NULL][1 + i % 2] AS shared, "
        "['u', 'v', 'w', NULL][1 + (i // 29) % 4] AS follows FROM range(4000) AS rows(i)",
        [AWKWARD, AWKWARD, LINKS, LINKS, LINKS, LINKS],
    )
    made.rows(
        "CREATE TEMP TABLE accounts AS SELECT i AS account, 'a' || i AS account_key, ?[1 + i % len(?)] AS handle, "
        "?[1 + i % len(?)] AS bio, i // 2 * 1000000 AS created, ['ff', 'DEFAULT_profile', NULL][1 + i % 3] AS picture "
        "FROM range(29) AS rows(i)",
        [HANDLES, HANDLES, BIOS, BIOS],
    )
    made.rows(
        "CREATE TEMP TABLE namings AS SELECT account, handle, i * 1000000::BIGINT AS moment FROM accounts, "
        "range(3) AS rows(i) UNION ALL SELECT account, 'new', 5000000::BIGINT FROM accounts"
    )


def test_all_traces_take_the_same_for_one_object(engine: Spark, tmp_path: Path) -> None:
    with duck() as made:
        _awkward(made)
        for table in ("posts", "accounts", "namings"):
            _give(made, engine, tmp_path, table)
        for name in TRACES.names():
            if TRACES.load(name).prepare is not None:
                continue  # stays with DuckDB
            step = events_step(TRACES.load(name))
            groups = []
            for each in (made, engine):
                each.run([step])
                acts: dict[int, list[tuple[int, ...]]] = {}
                for thing, *act in each.rows("SELECT object, account, message, moment FROM events"):
                    acts.setdefault(thing, []).append(tuple(act))
                groups.append(sorted(sorted(group) for group in acts.values()))
            assert groups[0] == groups[1], name
            assert groups[0], name


def test_letters_are_small_alike(engine: Spark, tmp_path: Path) -> None:
    """Of all scripts in use (those that came with Unicode 14 and later may differ), between other letters."""
    expressions = (
        "lower('a' || c || 'b'), lower(c), trim(c || 'a' || c), regexp_matches(c, '\\s'), regexp_matches(c, '\\pL')"
    )
    with duck() as made:
        made.rows("CREATE TEMP TABLE letters AS SELECT chr(i::INTEGER) AS c FROM range(1, 2160) AS rows(i)")
        _give(made, engine, tmp_path, "letters")
        query = f"SELECT c, {expressions} FROM letters ORDER BY c"
        ours, theirs = made.rows(query), engine.rows(query)
    assert [one for one, other in zip(ours, theirs, strict=True) if one != other] == []


def _search(folder: Path, name: str) -> Search:
    return Search(data=(str(folder / "posts.parquet"),), engine=name)


def _result(run: Run) -> tuple[dict[tuple[object, ...], tuple[float, ...]], list[tuple[object, ...]]]:
    exact = "signal, source, target, weight, first_moment, last_moment, together, significant"
    edges = {
        tuple(row[:8]): tuple(row[8:]) for row in run.engine.rows(f"SELECT {exact}, expected, log_p, q FROM found")
    }
    return edges, run.engine.rows("SELECT * FROM acts ORDER BY ALL")


def test_a_search_of_a_hundred_thousand_posts(engine: Spark, tmp_path: Path) -> None:
    """All usual signals: edges, significance, and the acts behind the edges with DuckDB's own ids of objects."""
    made = generator()
    with duck() as maker:
        made.write(maker.connection, made.Recipe(posts=100_000), tmp_path)
    said: list[str] = []
    with detecting(_search(tmp_path, "duckdb")) as run:
        edges, acts = _result(run)
    with detecting(_search(tmp_path, "spark"), said.append) as run:
        same, same_acts = _result(run)
    assert len(edges) > 5000
    assert {row[0] for row in edges} == {"co_repost", "co_link", "co_reply", "same_text"}
    assert same.keys() == edges.keys()
    assert all(
        same[key] == pytest.approx(told, rel=1e-9, nan_ok=True) for key, told in edges.items() if None not in told
    )
    assert same_acts == acts
    assert any("co_link" in sentence for sentence in said)  # fmt: skip


def test_errors_are_sentences(engine: Spark, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"Spark cannot go on: .*nowhere"):
        engine.rows("SELECT a FROM nowhere")
    with pytest.raises(InputError, match="handed to it") as refused:
        engine.take("events", str(tmp_path / "none.parquet"))
    assert "TMPDIR" in refused.value.hint
    with pytest.raises(InputError, match="Spark cannot go on"):  # whole numbers do not overflow in silence
        engine.rows("SELECT sum(a) FROM (SELECT 9223372036854775807 AS a UNION ALL SELECT 9223372036854775807) AS x")
    assert "memory" in told("java.lang.OutOfMemoryError: Java heap space").message
    assert "disk is full" in told("java.io.IOException: No space left on device").message


def test_tables_of_steps_go_and_stay(engine: Spark) -> None:
    steps = [
        Step("one", "SELECT 1 AS a"),
        Step("two", "SELECT a + 1 AS a FROM one"),
        Step("three", "SELECT a FROM two"),
    ]
    engine.run(steps, keep=["two"])  # fmt: skip
    assert engine.rows("SELECT a FROM three WHERE a = ?", [2]) == [(2,)]
    assert engine.rows("SELECT a FROM two") == [(2,)]
    with pytest.raises(InputError):
        engine.rows("SELECT a FROM one")
    engine.drop("two")
    engine.drop("three")
    assert not list(engine.folder.glob("t*-*"))


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from counterfoil.cli.detect import detect_command

    (tmp_path / "posts.csv").write_text("id,user,time,repost_id\n1,a,100000000,x\n")
    with monkeypatch.context() as patched:
        patched.setitem(sys.modules, "pyspark", None)
        done = CliRunner().invoke(detect_command, [str(tmp_path / "posts.csv"), "--engine", "spark"])
        assert isinstance(done.exception, UsageError)
        assert "pyspark, which is not installed" in done.exception.message
        assert "counterfoil[spark]" in done.exception.hint
    context = pytest.importorskip("pyspark", reason="pyspark is not installed").SparkContext
    with monkeypatch.context() as patched:
        patched.setattr(context, "_active_spark_context", None)
        patched.setattr(shutil, "which", lambda name: None)
        patched.delenv("JAVA_HOME", raising=False)
        with pytest.raises(UsageError, match="needs Java"), spark():
            pass


def test_a_master_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no master of Spark"), spark("http://example.org"):
        pass
    with pytest.raises(UsageError, match="A master is one of Spark"), detecting(Search(data=("x",), master="local[2]")):
        pass
