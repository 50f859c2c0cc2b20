"""A whole session at the command line, as an analyst would have it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console
from stix2validator import ValidationOptions, validate_instance

from tests.cli.conftest import ARTICLE, Run

CONTRACT = {
    "report": {"id", "sha256", "title", "source", "language", "published", "chars"},
    "suggestions": {
        *("id", "framework", "version", "technique", "name", "tactic", "score", "modality"),
        *("actor", "voice", "coder", "spans", "reasons"),
    },
    "actors": {"name", "aliases", "kind", "state", "spans"},
    "attributions": {"actor", "to", "by", "strength", "confidence", "spans"},
    "targets": {"name", "kind", "role", "country", "by", "when", "spans"},
    "people": {"name", "role", "of", "spans"},
    "voices": {"speaker", "via", "kind", "spans"},
    "dates": {"text", "value", "precision", "role", "spans"},
    "places": {"name", "code", "spans"},
    "platforms": {"name", "technique", "spans"},
    "observables": {"type", "value", "platform", "spans"},
    "narratives": {"text", "by", "spans"},
    "figures": {"value", "most", "unit", "qualifier", "counts", "spans"},
    "references": {"kind", "id", "name", "spans"},
}


def test_the_coded_draft_keeps_its_contract(run: Run, article: Path) -> None:
    draft = run("code", article, "--format", "json").json
    assert set(draft) == {*CONTRACT, "incident"}
    assert set(draft["report"]) >= CONTRACT["report"]
    text = run("show", draft["report"]["id"], "--text").out
    assert len(text) == draft["report"]["chars"]
    for kind in set(CONTRACT) - {"report"}:
        for item in draft[kind]:
            assert set(item) >= CONTRACT[kind], kind
            assert item["spans"]
            for span in item["spans"]:
                assert text[span["start"] : span["end"]] == span["quote"]
    for suggestion in draft["suggestions"]:
        assert suggestion["reasons"]
        assert (suggestion["framework"], suggestion["version"]) == ("DISARM", "1.6")


def test_the_draft_finds_what_the_article_says(run: Run, article: Path) -> None:
    draft = run("code", article, "--format", "json").json
    (actor,) = [item for item in draft["actors"] if item["name"] == "Night Ferry"]
    assert actor["aliases"] == ["Ferryman"]
    assert ("domain-name", "night-ferry.com") in {(item["type"], item["value"]) for item in draft["observables"]}
    assert ("2031-03-04", "day") in {(item["value"], item["precision"]) for item in draft["dates"]}
    (paid,) = [s for s in draft["suggestions"] if s["technique"] == "T0100.003"]
    assert (paid["modality"], "paid influencers" in paid["spans"][0]["quote"]) == ("negated", True)


def test_review_incident_and_export(run: Run, article: Path, tmp_path: Path) -> None:
    draft = run("code", article, "--format", "json").json
    report, ids = draft["report"]["id"], [suggestion["id"] for suggestion in draft["suggestions"]]
    assert len(ids) >= 4
    assert run("accept", *ids[:3], "--why", "plain").code == 0
    assert run("reject", ids[3]).code == 0
    listed = run("suggestions", report, "--format", "json").json
    assert [item["decision"]["verdict"] for item in listed[:4]] == ["accepted"] * 3 + ["rejected"]
    assert len(run("suggestions", report, "--open", "--format", "json").json) == len(ids) - 4
    incident = run("incident", "new", report, "--name", "Night Ferry", "--format", "json").json["id"]
    shown = run("incident", "show", incident, "--format", "json").json
    assert {citation["suggestion"]["id"] for citation in shown["citations"]} == set(ids[:3])

    first, second = tmp_path / "one.json", tmp_path / "two.json"
    for path in (first, second):
        assert run("export", "stix", incident, "-o", path).code == 0
    assert first.read_bytes() == second.read_bytes()
    bundle = json.loads(first.read_bytes())
    results = validate_instance(bundle, ValidationOptions(version="2.1"))
    assert results.is_valid, [str(error) for error in results.errors]
    coded = {suggestion["technique"] for suggestion in draft["suggestions"][:3]}
    patterns = [thing for thing in bundle["objects"] if thing["type"] == "attack-pattern"]
    assert {pattern["external_references"][0]["external_id"] for pattern in patterns} == coded
    assert all(pattern["kill_chain_phases"][0]["kill_chain_name"] == "disarm" for pattern in patterns)

    assert "# Night Ferry" in run("export", "page", incident).out
    assert json.loads(run("export", "json", incident).out)["incidents"][0]["incident"]["id"] == incident


def test_an_incident_is_edited_and_marked(run: Run, article: Path, tmp_path: Path) -> None:
    report = run("code", article, "--format", "json").json["report"]["id"]
    incident = run("incident", "new", report, "--name", "Night Ferry", "--format", "json").json["id"]
    edited = run("incident", "edit", incident, "--name", "Day Ferry", "--tlp", "TLP:AMBER", "--analyst", "Ada")
    assert (edited.code, "Day Ferry  TLP:AMBER" in edited.out) == (0, True)
    refused = run("export", "json", incident, "-o", tmp_path / "out.json")
    assert (refused.code, "cannot hold" in refused.err, "--tlp amber" in refused.err) == (2, True, True)
    assert not (tmp_path / "out.json").exists()
    assert run("export", "json", "--all", "--tlp", "amber", "-o", tmp_path / "out.json").code == 0
    assert "Day Ferry" in (tmp_path / "out.json").read_text(encoding="utf-8")
    assert run("incident", "edit", incident).code == 2
    assert run("incident", "edit", incident, "--tlp", "mauve").code == 2
    assert run("export", "json", incident, "--all").code == 2
    assert (
        run("export", "navigator", incident, "--tlp", "red", "--profile", "attack").json["versions"]["layer"] == "4.5"
    )


def test_an_export_of_nothing_is_said(run: Run, article: Path) -> None:
    report = run("code", article, "--format", "json").json["report"]["id"]
    assert "no incident in this workspace" in run("export", "json", "--all").err
    run("incident", "new", report)
    assert run("export", "json", "--all").err == ""
    assert "(1 report)" in run("incident", "list").out


def test_a_technique_is_found_by_its_name_too(run: Run) -> None:
    assert run("technique", "fabricated persona").out == run("technique", "T0143.002").out


def test_a_list_keeps_its_ids_whole_in_a_narrow_terminal(
    run: Run, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = run("add", article, "--format", "json").json["id"]
    monkeypatch.setattr("counterfoil.cli.reports.console", lambda: Console(width=30))
    assert report in run("list").out


@pytest.mark.skipif(os.name != "posix", reason="a pseudo-terminal is needed")
def test_a_single_source_shows_a_sign_of_life_on_a_terminal_only(article: Path, tmp_path: Path) -> None:
    import pty

    command = [sys.executable, "-m", "counterfoil", "add", str(article), "-w", str(tmp_path / "casework")]
    ours, theirs = pty.openpty()
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=theirs, check=True, env=os.environ | {"TERM": "xterm"}
    )
    os.close(theirs)
    assert b"reading" in os.read(ours, 10_000)
    os.close(ours)
    silent = subprocess.run(command, capture_output=True, check=True)
    assert (silent.stdout, silent.stderr) == (done.stdout, b"")


def test_coding_again_keeps_what_was_decided(run: Run, article: Path) -> None:
    draft = run("code", article, "--format", "json").json
    first = draft["suggestions"][0]["id"]
    run("reject", first, "--why", "no")
    run("accept", first, "--why", "after all")
    again = run("code", article, "--format", "json").json
    assert [s["id"] for s in again["suggestions"]] == [s["id"] for s in draft["suggestions"]]
    listed = {s["id"]: s["decision"] for s in run("suggestions", draft["report"]["id"], "--format", "json").json}
    assert listed[first]["verdict"] == "accepted"
    assert [d["comment"] for d in run("history", first, "--format", "json").json] == ["no", "after all"]
    assert "superseded by decision 2" in run("history", first).out


def test_the_same_file_under_two_names_is_one_report(run: Run, article: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes(article.read_bytes())
    ids = {run("add", path, "--format", "json").json["id"] for path in (article, copy)}
    ids.add(run("add", "-", "--format", "json", stdin=article.read_bytes()).json["id"])
    assert len(ids) == 1
    assert len(run("list", "--format", "json").json) == 1


def test_a_batch_goes_on_and_lists_what_failed(run: Run, article: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    outcome = run("code", empty, tmp_path / "missing.txt", article, "--format", "json")
    assert outcome.code == 1
    assert [json.loads(line)["report"]["title"] for line in outcome.out.splitlines()] == [
        "Night Ferry: a network of invented neighbours"
    ]
    assert "empty.txt" in outcome.err
    assert "missing.txt" in outcome.err
    assert outcome.err.count("error:") == 2


@pytest.mark.slow
def test_many_files_are_shared_out_and_kept_in_order(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number:02}.txt").write_text(f"Report {number}\n\n{ARTICLE}", encoding="utf-8")
    (folder / "07.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
    outcome = run("code", folder, "--format", "json")
    assert outcome.code == 1
    assert "07.txt" in outcome.err
    sources = [json.loads(line)["report"]["source"] for line in outcome.out.splitlines()]
    assert sources == [str(folder / f"{number:02}.txt") for number in range(30) if number != 7]
    assert len(run("list", "--format", "json").json) == 29


def test_the_screen_shows_technique_quote_and_reason(run: Run, article: Path) -> None:
    out = run("code", article, "--top", "3").out
    assert "Night Ferry: a network of invented neighbours" in out
    assert out.count("S-") == 3
    assert "“" in out
    assert "why: codebook:" in out
    assert "more: see --top" in out
    report = run("list", "--format", "json").json[0]["id"]
    for arguments in (["list"], ["show", report], ["suggestions", report], ["technique", "t0143.003"]):
        assert run(*arguments).code == 0
    run("incident", "new", report, "--name", "N")
    incident = run("incident", "list", "--format", "json").json[0]["id"]
    assert "N" in run("incident", "list").out
    assert "No technique is suggested" in run("incident", "show", incident).out


def test_the_same_bytes_read_as_two_formats_in_one_batch(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    for number in range(26):  # enough for worker processes
        name = f"{number:02}.{'md' if number % 2 else 'txt'}"
        (folder / name).write_text(f"# Heading {number // 2}\n\n* {ARTICLE}", encoding="utf-8")
    outcome = run("code", folder, "--format", "json")
    assert outcome.code == 0, outcome.err
    listed = run("list", "--format", "json").json
    assert len(listed) == 13
    for row in listed:
        text = run("show", row["id"], "--text").out
        for suggestion in run("suggestions", row["id"], "--format", "json").json:
            for span in suggestion["spans"]:
                assert text[span["start"] : span["end"]] == span["quote"]


def test_what_a_folder_holds_besides_is_said(run: Run, article: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "a.txt").write_bytes(article.read_bytes())
    (folder / "b.rtf").write_text("{\\rtf1}")
    (folder / "README").write_text("x")
    (folder / ".hidden.txt").write_text("x")
    outcome = run("add", folder)
    assert outcome.code == 0
    assert "passed over, of no format that is read: 2" in outcome.err
    assert "b.rtf" in outcome.err
