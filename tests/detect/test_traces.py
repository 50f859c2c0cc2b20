"""What each trace takes for the same object, on small tables."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from counterfoil.detect.definition import SECOND, Count, Definition, published
from counterfoil.detect.duck import Duck, duck
from counterfoil.detect.plan import plan
from counterfoil.detect.reading import Asked, read
from counterfoil.detect.reading_fields import columns_of
from counterfoil.detect.trace import events_step, objects_sql
from counterfoil.detect.traces import TRACES, load_traces
from counterfoil.errors import UsageError

Groups = set[frozenset[str]]


@pytest.fixture
def engine() -> Iterator[Duck]:
    with duck("500MB", 1) as made:
        yield made


def _load(engine: Duck, folder: Path, posts: str, accounts: str = "") -> None:
    (folder / "posts.csv").write_text(posts)
    (folder / "accounts.csv").write_text(accounts)
    names = (str(folder / "accounts.csv"),) if accounts else ()
    read(engine, Asked((str(folder / "posts.csv"),), names, columns_of(["shared=thing"] if "thing" in posts else [])))


def _groups(engine: Duck, name: str) -> Groups:
    """Accounts (keys) that share an object, for each object with two of them."""
    trace = TRACES.load(name)
    if trace.prepare:
        trace.prepare(engine, Definition(window=trace.window or 60 * SECOND))
    engine.run([events_step(trace)])
    rows = engine.rows(
        "SELECT list(DISTINCT account_key) FROM events JOIN accounts USING (account) GROUP BY object "
        "HAVING count(DISTINCT account) > 1"
    )
    return {frozenset(row[0]) for row in rows}


def _posts(*columns: str, rows: list[str]) -> str:
    return "\n".join([",".join(("id", "user", "time", *columns)), *rows]) + "\n"


#: trace -> columns beside id, user and time; rows; groups of accounts that share an object
CASES: dict[str, tuple[tuple[str, ...], list[str], list[str]]] = {
    "co_repost": (("repost_id",), ["1,a,100000000,x", "2,b,100000000,x", "3,c,100000000,y", "4,d,100000000,"], ["ab"]),
    "co_reply": (
        ("reply_id", "repost_id"),
        ["1,a,100000000,x,", "2,b,100000000,x,", "3,c,100000000,x,r", "4,d,100000000,,", "5,e,100000000,,"],
        ["ab"],
    ),
    "co_quote": (("quoted_id",), ["1,a,100000000,x", "2,b,100000000,x", "3,c,100000000,"], ["ab"]),
    "co_link": (
        ("urls",),
        [
            "1,a,100000000,https://www.a.org/x?utm_id=1 https://b.org",
            "2,b,100000000,http://a.org/x#y",
            "3,c,100000000,http://b.org/",
            "4,d,100000000,",
            "5,e,100000000,",
        ],
        ["ab", "ac"],
    ),
    "co_domain": (
        ("urls",),
        ["1,a,100000000,https://x.a.org/1", "2,b,100000000,https://a.org/2", "3,c,100000000,"],
        ["ab"],
    ),
    "same_text": (
        ("text",),
        [
            '1,a,100000000,"Vote  NOW for the lake! https://t.co/1"',
            '2,b,100000000,"@x vote now for the lake!"',
            '3,c,100000000,"RT @ann: Vote now for\u200b the lake!"',
            '4,d,100000000,"@one @two"',
            '5,e,100000000,"@three"',
            '6,f,100000000,"thanks"',
            '7,g,100000000,"Thanks"',
            "8,h,100000000,",
            "9,i,100000000,",
        ],
        ["abc"],
    ),
    "near_text": (
        ("text", "repost_id"),
        [
            '1,a,100000000,"Dear Ann please vote for the clean harbour now",',
            '2,b,100000030,"dear Bob, please vote for the clean harbour now!",',
            '3,c,100000000,"a sentence that nobody else says at all here",',
            '4,d,100000000,"Dear Cy please vote for the clean harbour now",x',
            '5,e,100000500,"Dear Dan please vote for the clean harbour now",',
        ],
        ["ab"],
    ),
    "near_text_ever": (
        ("text",),
        [
            '1,a,100000000,"Dear Ann please vote for the clean harbour now"',
            '2,b,190000000,"dear Bob, please vote for the clean harbour now!"',
            '3,c,100000000,"a sentence that nobody else says at all here"',
        ],
        ["ab"],
    ),
    "co_tweet": (
        ("text",),
        ['1,a,100000000,"Hi  there @you"', '2,b,100000000,"@me hi There"', "3,c,100000000,@x", "4,d,100000000,@y"],
        ["ab"],
    ),
    "hashtag_sequence": (
        ("hashtags",),
        ["1,a,100000000,One two three", "2,b,100000000,one Two Three", "3,c,100000000,two one three",
         "4,d,100000000,one two",
         "5,e,100000000,one two"],
        ["ab"],
    ),
    "co_mention": (("mentions",), ["1,a,100000000,Ann Bob", "2,b,100000000,ann", "3,c,100000000,bob"], ["ab", "ac"]),
    "co_media": (("media_hash",), ["1,a,100000000,ff00", "2,b,100000000,ff00", "3,c,100000000,"], ["ab"]),
    "near_media": (
        ("media_hash",),
        [
            "1,a,100000000,00000000000000ff",
            "2,b,100000000,0x00000000000000FC",
            "3,c,100000000,ff00ff00ff00ff00",
            "4,d,100000000,https://a.example/00000000000000ff.jpg",
            "5,e,100000000,",
        ],
        ["ab"],
    ),
    "co_share": (("thing",), ["1,a,100000000,o", "2,b,100000000,o", "3,c,100000000,p"], ["ab"]),
    "co_post": ((), ["1,a,100000000", "2,b,200000000"], ["ab"]),
    "cross_platform": (
        ("text", "platform"),
        [
            '1,a,100000000,"read all about the lake",x',
            '2,b,100000000,"Read all about the lake",telegram',
            '3,c,100000000,"only on one platform here",x',
            '4,d,100000000,"only on one platform here",x',
        ],
        ["ab"],
    ),
    "fast_repost": (
        ("repost_id",),
        ["1,s,100000000,", "2,a,100000010,1", "3,b,100000001,1", "4,c,100000011,1", "5,s,100000001,1",
         "6,d,99999999,1"],
        ["ab"],
    ),
    "synchronous_burst": (
        (),
        [f"{who}{place},{who},{100000000 + start + place * gap}" for who, start, gap in
         (("a", 0, 20), ("b", 3, 30), ("c", 0, 31)) for place in range(3)],
        ["ab"],
    ),
    "follow_train": (
        ("follows",),
        [f"{who}{place},{who},{100000000 + place},{target}" for who, train in
         (("a", "uvwx"), ("b", "zuvw"), ("c", "uwv")) for place, target in enumerate(train)],
        ["ab"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_posts_share_an_object(engine: Duck, tmp_path: Path, name: str) -> None:
    columns, rows, expected = CASES[name]
    _load(engine, tmp_path, _posts(*columns, rows=rows))
    assert _groups(engine, name) == {frozenset(one) for one in expected}


ACCOUNTS = {
    "copied_bio": (
        "bio",
        ["Proud father,  lover of LAKES", "proud father, lover of lakes", "other words that are long", "brief", ""],
        "ab",
    ),
    "bio_template": (
        "bio",
        ["Mother of 3 and a proud patriot from Ohio", "Mother of 12 and a proud patriot from Texas",
         "Father of 3 and a proud patriot from Ohio", "", ""],
        "ab",
    ),
    "handle_pattern": ("handle", ["mary_smith01", "Mary_Smith17", "mary_smith123", "bob12", "bob13"], "ab"),
    "shared_picture": ("picture", ["ff", "ff", "default_profile.png", "default_profile.png", ""], "ab"),
    "near_picture": ("picture", ["00000000000000ff", "00000000000000fc", "ff00ff00ff00ff00", "a.jpg", ""], "ab"),
    "created_together": ("created", ["2020-01-01T00:00:00", "2020-01-01T00:01:00", "", "", ""], "ab"),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCOUNTS)
def test_accounts_share_an_object(engine: Duck, tmp_path: Path, name: str) -> None:
    column, values, expected = ACCOUNTS[name]
    accounts = "\n".join(
        [f"account,{column}", *(f'{who},"{value}"' for who, value in zip("abcde", values, strict=True))]
    )
    _load(engine, tmp_path, _posts(rows=[f"{who},{who},100000000" for who in "abcde"]), accounts + "\n")
    assert _groups(engine, name) == {frozenset(expected)}


def test_accounts_that_are_renamed_together(engine: Duck, tmp_path: Path) -> None:
    rows = [
        "1,a,100000000,old_a",
        "2,a,100000100,new_a",
        "3,b,100000000,old_b",
        "4,b,100000101,new_b",
        "5,c,100000000,same",
    ]
    _load(engine, tmp_path, _posts("username", rows=rows))
    assert _groups(engine, "renamed_together") == {frozenset("ab")}
    assert engine.rows("SELECT moment FROM events ORDER BY moment") == [(100000100 * SECOND,), (100000101 * SECOND,)]


def test_accounts_that_keep_the_same_hours(engine: Duck, tmp_path: Path) -> None:
    hours = {"a": (8, 9, 10, 11), "b": (8, 9, 10, 11), "c": (8, 9, 10, 12), "d": (8, 9, 10, 11)}
    rows = [
        f"{who}{day}{hour},{who},{100051200 + day * 86400 + hour * 3600}"
        for who, kept in hours.items()
        for day in range(3 if who == "d" else 20)  # d has too few posts to tell
        for hour in kept
    ]
    _load(engine, tmp_path, _posts(rows=rows))
    assert _groups(engine, "activity_hours") == {frozenset("ab")}


def test_every_trace_has_its_case() -> None:
    assert set(TRACES.names()) == {*CASES, *ACCOUNTS, "renamed_together", "activity_hours"}


@pytest.mark.parametrize("name", TRACES.names())
def test_traces_name_techniques_that_there_are(name: str) -> None:
    from counterfoil.frameworks.codebook import load_codebook

    (trace,) = load_traces([name])
    known = load_codebook().framework.techniques
    ids = {getattr(one, "id", one) for one in (known.values() if isinstance(known, dict) else known)}
    assert trace.name == name
    assert set(trace.techniques) <= ids
    assert trace.techniques


def test_what_an_object_is_can_be_told(engine: Duck, tmp_path: Path) -> None:
    columns, rows, _ = CASES["co_link"]
    _load(engine, tmp_path, _posts(*columns, rows=rows))
    engine.run([events_step(TRACES.load("co_link"))])
    told = engine.rows(
        f"SELECT DISTINCT label FROM events JOIN ({objects_sql(TRACES.load('co_link'), 'events')}) AS told "
        "USING (message, object) ORDER BY label"
    )
    assert told == [("a.org/x",), ("b.org",)]


def test_unknown_signals_are_refused() -> None:
    with pytest.raises(UsageError, match="no trace named 'co_fax'"):
        load_traces(["co_fax"])
    assert "co_tweet" not in [one.name for one in load_traces(["all"])]


@pytest.mark.shared
def test_coortweet_figures_from_its_own_file(engine: Duck, shared: Path) -> None:
    """The whole way from the file: rows of one content with several objects become one post, and nothing changes."""
    read(engine, Asked((str(shared / "detect" / "russian.csv"),)))
    trace = TRACES.load("co_share")
    definition = published("coortweet", 10 * SECOND, 2)
    assert definition.count is Count.PAIRS
    engine.run([events_step(trace), *plan(definition, several=trace.several)])
    expected = engine.rows(
        'SELECT least("from", "to"), greatest("from", "to"), weight FROM read_csv(?)',
        [str(shared / "detect" / "rus_mp2_tw10_edges.csv")],
    )
    found = engine.rows(
        "SELECT least(s.account_key, t.account_key), greatest(s.account_key, t.account_key), weight FROM edges "
        "JOIN accounts s ON s.account = source JOIN accounts t ON t.account = target"
    )
    assert sorted(found) == sorted(expected)


@pytest.mark.shared
def test_the_toolkits_figures_from_its_own_file(engine: Duck, shared: Path) -> None:
    read(engine, Asked((str(shared / "detect" / "coretweet_test_input.csv"),)))
    engine.run([events_step(TRACES.load("co_repost")), *plan(Definition(minimum=2, self_loops=True))])
    found = engine.rows(
        "SELECT s.account_key, t.account_key, weight FROM edges "
        "JOIN accounts s ON s.account = source JOIN accounts t ON t.account = target ORDER BY 1, 2"
    )
    assert found == [
        ("uid0", "uid0", 2),
        ("uid0", "uid1", 2),
        ("uid10", "uid10", 2),
        ("uid4", "uid5", 2),
        ("uid5", "uid4", 2),
    ]
