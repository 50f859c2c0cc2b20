"""From files to accounts that act together."""

import json
import random
from pathlib import Path

import pytest

from counterfoil.detect.definition import SECOND, Count
from counterfoil.detect.reading_fields import columns_of
from counterfoil.detect.traces import load_traces
from counterfoil.errors import InputError, UsageError
from counterfoil.workflow.detected_files import summary, write_tables
from counterfoil.workflow.detecting import Search, definition_of, detecting, output_folder

GROUP = [f"g{place}" for place in range(6)]


def planted(folder: Path) -> Path:
    """Four thousand posts of people who repost what they like, and a group that reposts thirty times together."""
    chance = random.Random(8)
    rows = [
        (f"u{chance.randrange(300)}", 1_700_000_000 + chance.randrange(20 * 86_400), f"p{chance.randrange(400)}")
        for _ in range(4000)
    ]
    for place in range(30):
        start = 1_700_000_000 + chance.randrange(20 * 86_400)
        rows += [(who, start + chance.randrange(20), f"p{400 + place}") for who in GROUP]
    path = folder / "posts.csv"
    lines = [f"{place},{who},{time},{what}" for place, (who, time, what) in enumerate(rows)]
    path.write_text("\n".join(["id,user,time,repost_id", *lines]) + "\n")
    return path


def test_a_planted_group_is_found_and_nobody_else(tmp_path: Path) -> None:
    said: list[str] = []
    with detecting(Search((str(planted(tmp_path)),)), said.append) as run:
        names = run.engine.rows(
            "SELECT DISTINCT s.account_key, t.account_key FROM found JOIN accounts s ON s.account = source "
            "JOIN accounts t ON t.account = target WHERE significant"
        )
        acts = run.engine.rows("SELECT count(*), count(DISTINCT account) FROM acts")
    found = {frozenset(pair) for pair in names}
    assert found == {frozenset((one, other)) for one in GROUP for other in GROUP if one != other}
    assert acts == [(180, 6)]
    assert [one.trace.name for one in run.signals] == ["co_repost"]
    assert said[0].startswith("4,180 posts of 306 accounts")
    assert said[1].startswith("co_repost: ")
    assert "pairs within the window" in said[1]


def test_files_are_written_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    data = planted(tmp_path)
    with data.open("a") as file:
        file.write("4999,,1700000000,p1\n")
    with output_folder(out) as folder, detecting(Search((str(data),))) as run:
        assert not out.exists()
        names = write_tables(run, folder)
        told = summary(run)
    assert sorted(one.name for one in out.iterdir()) == sorted(names)
    assert json.loads((out / "summary.json").read_text()) == told
    assert (told["data"]["rows"], told["data"]["posts"], told["data"]["rejected"]) == (4181, 4180, {"no account": 1})
    accounts = (out / "accounts.csv").read_text().splitlines()
    assert accounts[0] == "account,handle,name,platform,others,signals,acts"
    assert sorted(line.split(",")[0] for line in accounts[1:]) == GROUP
    assert "no account" in (out / "rejected.csv").read_text()
    assert (out / "edges.csv").read_text().startswith("signal,source,target,")
    # The saved columns read the same data again.
    with detecting(Search((str(data),), columns=columns_of([str(out / "columns.json")]))) as again:
        assert again.reading.posts == 4180


@pytest.mark.parametrize("error", [KeyboardInterrupt, InputError("bad")])
def test_nothing_is_left_behind_when_it_breaks(tmp_path: Path, error: BaseException) -> None:
    def break_off() -> None:
        with output_folder(tmp_path / "deep" / "out") as folder:
            (folder / "edges.csv").write_text("half")
            raise error

    with pytest.raises((KeyboardInterrupt, InputError)):
        break_off()
    assert list((tmp_path / "deep").iterdir()) == []


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with output_folder(tmp_path / "out") as folder:  # an empty folder is no loss
        (folder / "x").write_text("1")
    with pytest.raises(UsageError, match="is there already"), output_folder(tmp_path / "out"):
        pass
    assert (tmp_path / "out" / "x").read_text() == "1"


def test_a_signal_that_the_data_cannot_show_is_refused(tmp_path: Path) -> None:
    data = str(planted(tmp_path))
    with pytest.raises(InputError, match="co_link needs urls"), detecting(Search((data,), signals=("co-link",))):
        pass
    with pytest.raises(UsageError, match="no trace named 'fax'"), detecting(Search((data,), signals=("fax",))):
        pass
    with detecting(Search((data,), signals=("all",))) as run:  # those that the data has
        assert {"co_repost", "co_post", "fast_repost"} <= {one.trace.name for one in run.signals}
    (tmp_path / "bare.csv").write_text("id,user,time\n1,a,100000000\n")
    with (
        pytest.raises(InputError, match="nothing that the usual signals"),
        detecting(Search((str(tmp_path / "bare.csv"),))),
    ):
        pass


def test_definitions_are_as_asked() -> None:
    search = Search(("x",))
    repost, post, bio, made = load_traces(["co_repost", "co_post", "copied_bio", "created_together"])
    assert (definition_of(search, repost).window, definition_of(search, repost).minimum) == (60 * SECOND, 2)
    assert (definition_of(search, post).window, definition_of(search, post).minimum) == (SECOND, 10)
    assert (definition_of(search, bio).window, definition_of(search, bio).minimum) == (0, 1)
    asked = Search(("x",), window=5 * SECOND, minimum=3)
    assert (definition_of(asked, post).window, definition_of(asked, post).minimum) == (5 * SECOND, 3)
    assert definition_of(asked, bio).window == 0
    assert definition_of(asked, made).window == 5 * SECOND
    published = definition_of(Search(("x",), definition="coortweet", window=SECOND, minimum=4), repost)
    assert (published.count, published.participation, published.minimum) == (Count.PAIRS, 4, 1)
    with pytest.raises(UsageError, match="no published definition"):
        definition_of(Search(("x",), definition="mine"), repost)


def test_copied_bios_are_found_and_said_to_be_untested(tmp_path: Path) -> None:
    (tmp_path / "posts.csv").write_text("id,user,time\n1,a,100000000\n2,b,100000000\n3,c,100000000\n")
    (tmp_path / "accounts.csv").write_text(
        "account,bio\na,Patriot and mother of three\nb,patriot and mother of three\nc,Something else altogether\n"
    )
    search = Search((str(tmp_path / "posts.csv"),), (str(tmp_path / "accounts.csv"),), signals=("copied_bio",))
    with detecting(search) as run:
        (signal,) = run.signals
        assert (signal.tested, signal.significant, signal.edges) == (False, 2, 2)
        assert run.engine.rows("SELECT DISTINCT q FROM found") == [(None,)]
