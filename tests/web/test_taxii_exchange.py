"""From one workbench to another by TAXII: what is served is fetched into quarantine, and only once."""

import json
from pathlib import Path

import pytest

from counterfoil.cli import main
from counterfoil.kb.incidents import list_incidents
from counterfoil.kb.workspace import Workspace
from tests.web.taxii import Server, add_case, server

__all__ = ["server"]


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main([*arguments]) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def test_incidents_go_from_one_workspace_to_another(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNTERFOIL_TAXII_TOKEN", server.tokens["green"])
    monkeypatch.setenv("COUNTERFOIL_TAXII_PASSWORD", server.tokens["green"])
    elsewhere = tmp_path / "elsewhere"
    listed = json.loads(_run(capsys, "taxii", "collections", server.url, "--format", "json"))
    assert [one["title"] for one in listed][:2] == ["Incidents up to TLP:CLEAR", "Incidents up to TLP:GREEN"]
    command = ["taxii", "fetch", server.url, "--collection", "green", "-w", str(elsewhere), "--apply"]
    told = json.loads(_run(capsys, *command, "--format", "json"))
    assert told["objects"] > 10
    assert told["applied"] is True
    assert _names(elsewhere) == {"Saltmere", "Greenwich"}
    assert "Nothing was added" in _run(capsys, *command)
    workspace = server.opened()
    add_case(workspace, "Latecomer", None)
    workspace.close()
    assert "it was applied" in _run(capsys, *command, "--user", "partner-green")
    assert _names(elsewhere) == {"Saltmere", "Greenwich", "Latecomer"}
    assert "quarantine show" in _run(capsys, *command[:-1], "--again")


def _names(folder: Path) -> set[str]:
    workspace = Workspace.open(folder)
    with workspace.reading() as connection:
        found = {incident.name for incident in list_incidents(connection)}
    workspace.close()
    return found


def test_a_wrong_token_is_a_sentence(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNTERFOIL_TAXII_TOKEN", "wr0ng")
    command = ["taxii", "fetch", server.url, "--collection", "clear", "-w", str(tmp_path / "elsewhere")]
    assert main(command) == 1
    told = capsys.readouterr().err
    assert "HTTP 401" in told
    assert "wr0ng" not in told
    assert main([*command, "--offline"]) == 1
    assert "offline" in capsys.readouterr().err
    assert main(["taxii", "collections", "http://taxii.example/"]) == 2
    assert "--plain-http" in capsys.readouterr().err


def test_tokens_are_made_listed_and_revoked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ("-w", str(tmp_path / "casework"))
    Workspace.open(tmp_path / "casework", create=True).close()
    secret = _run(capsys, "taxii", "token", "new", "partner", "--tlp", "green", *where).strip()
    assert len(secret) >= 40
    listed = _run(capsys, "taxii", "token", "list", *where)
    assert listed.startswith("partner  up to TLP:GREEN  since ")
    assert secret not in listed
    for name, label in (("partner", "clear"), ("a:b", "clear"), ("", "clear"), ("other", "red"), ("other", "blue")):
        assert main(["taxii", "token", "new", name, "--tlp", label, *where]) == 2
        assert "error: " in capsys.readouterr().err
    revoked = json.loads(_run(capsys, "taxii", "token", "revoke", "partner", "--format", "json", *where))
    assert (revoked["name"], bool(revoked["revoked"])) == ("partner", True)
    assert "revoked" in _run(capsys, "taxii", "token", "list", *where)
    assert main(["taxii", "token", "revoke", "nobody", *where]) == 2
