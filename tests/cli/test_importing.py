"""counterfoil import and quarantine, from the file to the applied incident."""

from pathlib import Path

from tests.cli.conftest import Run
from tests.exchange.importable import vendor_bundle, written
from tests.exchange.rich import rich_incident


def test_a_file_waits_and_is_applied(run: Run, tmp_path: Path) -> None:
    (tmp_path / "acme.json").write_bytes(vendor_bundle())
    shown = run("import", "acme.json")
    assert shown.code == 0
    assert "stix from ACME  acme.json" in shown.out
    assert "waits: counterfoil quarantine apply Q-" in shown.out
    (row,) = run("quarantine", "list", "--format", "json").json
    assert run("incident", "list", "--format", "json").json == []
    assert row["id"] in run("quarantine", "list").out
    assert run("quarantine", "show", row["id"][:5]).out.startswith(row["id"])
    applied = run("quarantine", "apply", row["id"], "--analyst", "ada", "--format", "json").json
    assert (applied["parcel"]["state"], applied["counts"]["new"]["incident"]) == ("applied", 1)
    assert run("quarantine", "list", "--format", "json").json == []
    assert [one["name"] for one in run("incident", "list", "--format", "json").json] == ["Herons <b>in</b> the harbour"]
    assert run("quarantine", "apply", row["id"]).out.count("same: ") == 1


def test_several_files_at_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ours.json").write_bytes(written("stix"))
    (tmp_path / "bad.json").write_bytes(b'{"type": "bundle", "objects": [NaN]}')
    done = run("import", "bad.json", "none.json", "ours.json", "--apply", "--analyst", "ada", "--format", "json")
    assert done.code == 1
    assert "NaN is no number" in done.err
    assert "none.json cannot be read" in done.err
    (looked,) = done.json
    assert looked["parcel"]["analyst"] == "ada"
    assert {line["state"] for line in looked["plan"]} == {"new"}
    shown = run("incident", "show", rich_incident().incident.id, "--format", "json").json
    assert len(shown["citations"]) == len(rich_incident().citations)


def test_a_parcel_is_dropped(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ours.json").write_bytes(written("stix"))
    wanted = run("import", "ours.json", "--from", "stix", "--format", "json").json[0]["parcel"]["id"]
    assert "dropped by ada" in run("quarantine", "drop", wanted, "--analyst", "ada").out
    assert run("quarantine", "show", wanted).code == 2
    assert run("quarantine", "list", "--all", "--format", "json").json[0]["state"] == "dropped"
    assert run("import", "ours.json", "--from", "word").code == 2
