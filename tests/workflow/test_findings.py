"""From data to findings and the files of networks."""

import json
import re
from base64 import b64encode
from collections import defaultdict
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import networkx as nx
import pytest

from counterfoil.detect.evidence import posts_query
from counterfoil.errors import InputError
from counterfoil.model.finding import Finding, findings_of, findings_record
from counterfoil.workflow.detected_files import summary, write_tables
from counterfoil.workflow.detecting import Run, Search, detecting
from counterfoil.workflow.findings import data_sha256, findings, groups_of
from counterfoil.workflow.network_words import chance, few, group_lines, improbable, share
from counterfoil.workflow.network_words import summary as words
from tests.detect.planted import generator
from tests.workflow.test_detecting import GROUP, planted

MEAN = "</td><script>alert(1)</script>\u202e<b onclick='x'>&amp;"


def _made(folder: Path, **recipe: object) -> tuple[Path, dict[str, int]]:
    """A data set of the generator, and which account is in which planted group."""
    made = generator()
    with duckdb.connect() as connection:
        made.write(connection, made.Recipe(**recipe), folder)
        truth = connection.execute(f"SELECT account, \"group\" FROM '{folder / 'truth.parquet'}'").fetchall()
    return folder / "posts.parquet", dict(truth)


def _write(data: Path, out: Path, **search: Any) -> tuple[Finding, ...]:
    out.mkdir()
    with detecting(Search((str(data),), **search)) as run:
        names = write_tables(run, out)
    assert sorted(names) == sorted(one.name for one in out.iterdir())
    return findings_of(json.loads((out / "findings.json").read_text(encoding="utf-8")))


def test_planted_groups_come_back_one_by_one(tmp_path: Path) -> None:
    data, truth = _made(tmp_path / "data", posts=60_000, groups=24, seed=3)
    found = _write(data, tmp_path / "out", rate=0.05)
    groups: dict[int, set[str]] = defaultdict(set)
    for account, group in truth.items():
        groups[group].add(account)
    matched = right = 0
    for one in found:
        members = {member.key for member in one.members}
        best = max(groups.values(), key=lambda group: len(group & members))
        right += len(best & members)
        matched += len(members)
    assert right / matched >= 0.95  # precision: nobody else, and nobody of another group
    assert right / len(truth) >= 0.95  # recall
    assert len(found) == 24
    assert [one.id for one in found] == sorted({one.id: None for one in found}, key=[one.id for one in found].index)


def test_shuffled_data_has_no_findings_and_a_decent_report(tmp_path: Path) -> None:
    data, _ = _made(tmp_path / "data", posts=60_000, groups=24, seed=3, shuffled=True)
    assert _write(data, tmp_path / "out") == ()
    report = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "No group was found" in report
    assert "co_repost" in report
    assert nx.read_gexf(tmp_path / "out" / "network.gexf").number_of_nodes() == 0
    assert nx.read_graphml(tmp_path / "out" / "network.graphml").number_of_nodes() == 0
    ElementTree.parse(tmp_path / "out" / "network.svg")
    assert (tmp_path / "out" / "ties.csv").read_text().count("\n") == 1


def test_a_finding_says_who_what_when_and_how_improbable(tmp_path: Path) -> None:
    (one,) = _write(planted(tmp_path), tmp_path / "out")
    assert [member.key for member in one.members] == GROUP
    assert {(member.posts, member.acts, member.ties) for member in one.members} == {(30, 30, 5)}
    assert sum(member.lead for member in one.members) == pytest.approx(3.0, abs=0.01)
    (support,) = one.supports
    assert (support.signal, support.ties, support.objects, support.posts) == ("co_repost", 15, 30, 180)
    assert support.met == 15 * 30
    assert support.expected is not None
    assert support.q is not None
    assert support.expected < 0.2 * support.met
    assert support.q <= one.rate == 0.05
    assert one.data == ("posts.csv",)
    assert re.fullmatch("[0-9a-f]{64}", one.data_sha256)
    assert one.first < one.last
    assert one.first.endswith("Z")
    assert len(one.samples) == 24
    assert {sample.account for sample in one.samples} == set(GROUP)
    assert any("fans" in said.lower() for said in one.explanations)
    assert one.cautions[0].startswith("Acting together is not")
    assert findings_of(json.loads(json.dumps(findings_record((one,))))) == (one,)


def test_the_posts_behind_an_edge_are_as_many_as_its_weight_says(tmp_path: Path) -> None:
    with detecting(Search((str(planted(tmp_path)),))) as run:
        groups_of(run)
        rows = run.engine.rows(f"SELECT source, target, source_post, target_post FROM ({posts_query()})")
        weights = run.engine.rows(
            "SELECT s.account_key, t.account_key, weight FROM found JOIN accounts AS s ON s.account = source "
            "JOIN accounts AS t ON t.account = target WHERE significant"
        )
    posts: dict[tuple[str, str], set[str]] = defaultdict(set)
    for source, target, one, other in rows:
        posts[source, target].add(one)
        posts[target, source].add(other)
    assert {pair: len(of) for pair, of in posts.items()} == {(one, other): weight for one, other, weight in weights}


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    data, _ = _made(tmp_path / "data", posts=30_000, groups=12, seed=5)
    for name in ("one", "two"):
        assert len(_write(data, tmp_path / name)) == 12
    for path in sorted((tmp_path / "one").iterdir()):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def _malicious(folder: Path) -> Path:
    """The planted group, with names, links and texts that mean harm."""
    lines = planted(folder).read_text().splitlines()[1:]
    path = folder / "mean.jsonl"
    rows = []
    for line in lines:
        post, who, moment, what = line.split(",")
        text = MEAN + " \x00\x1b[31m \ud83d\ude00 " + "long " * (20_000 if post == "4000" else 1)
        row = {
            "id": post,
            "user": who,
            "time": int(moment),
            "repost_id": what,
            "text": text,
            "handle": f"{who}{MEAN}\n",
        }
        rows.append(json.dumps(row))
    path.write_text("\n".join(rows) + "\n" + rows[0].replace('"0"', '"lone"', 1).replace(MEAN[:5], "\\ud800", 1) + "\n")
    return path


def test_names_and_texts_that_mean_harm_are_only_text(tmp_path: Path) -> None:
    (one,) = _write(_malicious(tmp_path), tmp_path / "out")
    assert one.members[0].handle.startswith("g")
    assert "<script>" in one.members[0].handle
    out = tmp_path / "out"
    report = (out / "report.html").read_text(encoding="utf-8")
    assert "<script" not in report
    assert "onclick='x'" not in report
    assert "\x00" not in report
    assert "\x1b" not in report
    assert len(report) < 400_000
    graph = nx.read_gexf(out / "network.gexf")
    assert {node["account"] for _, node in graph.nodes(data=True)} == set(GROUP)
    assert nx.read_graphml(out / "network.graphml").number_of_edges() == 15
    ElementTree.parse(out / "network.svg")


def test_the_report_stands_alone(tmp_path: Path) -> None:
    (one,) = _write(planted(tmp_path), tmp_path / "out")
    report = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    (style,) = re.findall("<style>(.*)</style>", report, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'" in report
    assert not re.search(r"(src|href)=\"(?!#)", report)
    assert "style=" not in report
    assert one.id in report
    for link in re.findall(r'href="#([^"]+)"', report):
        assert f'id="{link}"' in report


def test_a_signal_without_a_null_is_told_but_makes_no_finding(tmp_path: Path) -> None:
    data = planted(tmp_path)
    accounts = tmp_path / "accounts.csv"
    names = [f"u{place}" for place in range(300)]
    bios = [*(f"{one},I like to sail and to read long books" for one in (*GROUP[:3], *names[:50]))]
    accounts.write_text("\n".join(["id,bio", *bios]) + "\n")
    with detecting(Search((str(data),), (str(accounts),), signals=("all",))) as run:
        groups = groups_of(run)
        (one,) = findings(run, groups)
    assert {member.key for member in one.members} == set(GROUP)
    told = {support.signal: support for support in one.supports}
    assert told["copied_bio"].ties == 3
    assert told["copied_bio"].q is None
    assert any("Not held against chance: " in said and "copied_bio" in said for said in one.cautions)
    assert groups.networks.apart > 1000
    with detecting(Search((str(data),), (str(accounts),), signals=("copied_bio",))) as run:
        (one,) = findings(run)
    assert len(one.members) == 53
    assert {sample.text for sample in one.samples} == {"i like to sail and to read long books"}
    assert {sample.moment for sample in one.samples} == {""}
    assert one.null.startswith("Nothing was held against chance")


def test_what_is_shown_on_screen_needs_no_posts(tmp_path: Path) -> None:
    with detecting(Search((str(planted(tmp_path)),))) as run:
        light = groups_of(run, whole=False)
        (lines,) = [group_lines(one) for one in light.clusters]
        assert lines[0].startswith("group 1: 6 accounts, 2023-11-1")
        assert "co_repost 15 pairs (q " in lines[1]
        assert lines[2].strip().split(", ")[-1] in GROUP
        assert findings(run, light)[0].members[0].posts == 30
        assert "clusters" in summary(run, light)
        assert "clusters" not in summary(run)


def test_words_for_figures(tmp_path: Path) -> None:
    assert [chance(one) for one in (None, 0.048, 0.0001)] == ["–", "4.8 %", "1.0e-04"]
    assert [share(one) for one in (0.05, 0.0001, 9e-06, 1e-12)] == [
        "5 %",
        "1 in 10,000",
        "1 in 110,000",
        "fewer than 1 in a thousand million",
    ]
    assert [few(one) for one in (None, 0.0001, 0.034, 12.4, 1234.5)] == ["–", "<0.001", "0.034", "12", "1,234"]
    with detecting(Search((str(planted(tmp_path)),))) as run:
        groups = groups_of(run)
        (one,) = findings(run, groups)
    assert words(groups.clusters[0], one).startswith("6 accounts repost the same post (30 things, 180 posts), between ")
    (said,) = improbable(one)
    assert "the pairs met 450 times" in said


def test_the_data_is_known_by_what_it_holds(tmp_path: Path) -> None:
    one, other = tmp_path / "a", tmp_path / "b"
    one.write_bytes(b"1")
    other.write_bytes(b"2")
    assert data_sha256((str(one), str(other))) == data_sha256((str(other), str(one)))
    assert data_sha256((str(one),)) != data_sha256((str(other),))
    with pytest.raises(InputError, match="can no longer be read"):
        data_sha256((str(tmp_path / "gone"),))


def test_a_finding_has_the_same_id_wherever_the_data_lies(tmp_path: Path) -> None:
    def ids(run: Run) -> list[str]:
        return [one.id for one in findings(run)]

    data = planted(tmp_path)
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    (moved / "other.csv").write_bytes(data.read_bytes())
    with detecting(Search((str(data),))) as run:
        first = ids(run)
    with detecting(Search((str(moved / "other.csv"),))) as run:
        assert ids(run) == first
