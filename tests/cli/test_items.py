"""Extracted items and names at the command line."""

from pathlib import Path

from tests.cli.conftest import Run


def test_items_are_listed_judged_and_have_a_history(run: Run, article: Path) -> None:
    report = run("code", article, "--format", "json").json["report"]["id"]
    items = run("items", report, "--format", "json").json
    actor = next(one for one in items if one["kind"] == "actors" and one["item"]["name"] == "Night Ferry")
    assert "Night Ferry" in run("items", report[:8], "--kind", "actors").out
    answer = run("reject", actor["id"], "--why", "a ship", "--analyst", "ada")
    assert answer.out == f"{actor['id']}  rejected by ada\n"
    assert "Night Ferry" not in run("items", report, "--kind", "actors").out
    assert "rejected by ada" in run("items", report, "--rejected").out
    assert "Night Ferry" not in {one["name"] for one in run("show", report, "--format", "json").json["actors"]}
    run("accept", actor["id"][:18], "--analyst", "bo")
    history = run("history", actor["id"]).out.splitlines()
    assert [line.split("  ")[1] for line in history] == ["rejected by ada: a ship", "accepted by bo"]
    assert run("history", next(one["id"] for one in items if one is not actor)).code == 2


def test_ids_of_both_kinds_are_judged_together_or_not_at_all(run: Run, article: Path) -> None:
    draft = run("code", article, "--format", "json").json
    suggestion = draft["suggestions"][0]["id"]
    report = draft["report"]["id"]
    item = run("items", report, "--format", "json").json[0]["id"]
    assert run("accept", item, suggestion, "X-0").code == 2
    assert run("history", item).code == 2
    assert {one["verdict"] for one in run("accept", item, suggestion, "--format", "json").json} == {"accepted"}
    assert run("items", "R-nothing").code == 2


def test_names_are_joined_and_parted(run: Run, article: Path) -> None:
    run("code", article)
    joined = run("join", "Ferry Group", "Night Ferry", "--why", "same domains", "--analyst", "ada")
    assert joined.out.strip().endswith("Night Ferry is Ferry Group, by ada: same domains")
    actors = {one["name"]: one for one in run("actors", "--format", "json").json["actors"]}
    assert "Night Ferry" in actors["Ferry Group"]["aliases"]
    assert "Night Ferry" not in actors
    run("part", "Ferry Group", "Night Ferry", "--analyst", "bo")
    assert "Night Ferry" in {one["name"] for one in run("actors", "--format", "json").json["actors"]}
    assert [one["said"] for one in run("actors", "--history", "--format", "json").json] == ["joined", "apart"]
    assert run("join", "Night Ferry", "night ferry").code == 2


def test_names_that_no_report_has_are_said(run: Run, article: Path) -> None:
    run("code", article)
    assert run("join", "Ferry Group", "Night Ferry", "--analyst", "ada").err == ""  # what it is to go by may be new
    slip = run("join", "Night Ferry", "Nihgt Ferry", "--analyst", "ada")
    assert (slip.code, "no report here names 'Nihgt Ferry'" in slip.err) == (0, True)
    assert "'Nobody'" in run("part", "Night Ferry", "Nobody", "--analyst", "ada").err
