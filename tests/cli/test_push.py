"""push: what would be sent, and sending it through the platforms' own client libraries to a local server."""

import json

import pytest

from counterfoil.cli import main
from counterfoil.exchange.misp import event_uuid
from tests.exchange.platforms import Platform
from tests.exchange.pushed import incident

__all__ = ["incident"]


@pytest.mark.parametrize("platform", ["opencti", "misp", "taxii"])
def test_a_dry_run_asks_nobody(
    platform: str, incident: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(f"COUNTERFOIL_{platform.upper()}_KEY")
    extra = ["--collection", "x"] if platform == "taxii" else []
    with Platform() as there:
        command = ["push", platform, incident, "--url", there.url, "--tlp", "amber", "--dry-run", *extra]
        assert main(command) == 0
        told = capsys.readouterr().out
        assert main([*command, "--format", "json"]) == 0
        plain = json.loads(capsys.readouterr().out)
        assert there.asked == []
    assert told.startswith("Would send to 127.0.0.1, for TLP:AMBER")
    assert plain["counts"]["event" if platform == "misp" else "incident"] == 1
    assert sum(plain["counts"].values()) == len(plain["things"])
    assert all(one["id"] for one in plain["things"])
    assert plain["sent"] is False


@pytest.mark.parametrize("platform", ["opencti", "misp", "taxii"])
def test_what_is_marked_for_fewer_readers_stays(
    platform: str, incident: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with Platform() as there:
        command = ["push", platform, incident, "--url", there.url, "--collection", "x"]
        assert main([*command, "--tlp", "green"]) == 2
        assert "cannot hold" in capsys.readouterr().err
        assert there.asked == []


def test_a_misp_gets_the_event_and_then_its_update(incident: str, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pymisp", reason="pymisp is not installed")
    with Platform() as there:
        command = ["push", "misp", incident, "--url", there.url, "--tlp", "amber"]
        assert main(command) == 0
        assert "added 1, updated 0" in capsys.readouterr().out
        assert main(command) == 0
        assert "added 0, updated 1" in capsys.readouterr().out
        assert list(there.events) == [event_uuid(incident)]
        event = there.events[event_uuid(incident)]
        assert "tlp:amber" in json.dumps(event)
        assert "timestamp" not in event
        assert there.asked[-1] == f"POST /events/edit/{event_uuid(incident)}"


def test_what_a_misp_refuses_is_a_sentence(
    incident: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pymisp", reason="pymisp is not installed")
    with Platform(refuse=True) as there:
        command = ["push", "misp", incident, "--url", there.url, "--tlp", "amber"]
        assert main(command) == 1
        assert "refused the event" in capsys.readouterr().err
        monkeypatch.setenv("COUNTERFOIL_MISP_KEY", "wr0ng")
        assert main(command) == 1
        told = capsys.readouterr().err
        assert "cannot be used as a MISP" in told
        assert "wr0ng" not in told
    assert main(command) == 1
    assert "error: " in capsys.readouterr().err


def test_what_cannot_be_right_is_said_before_anything_is_sent(
    incident: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    base = ["push", "misp", incident, "--tlp", "amber"]
    assert main([*base, "--url", "http://misp.example"]) == 2
    assert "https" in capsys.readouterr().err
    assert main([*base, "--url", "https://ada:pw@misp.example"]) == 2
    assert "pw@" not in capsys.readouterr().err
    assert main([*base, "--url", "https://misp.example", "--offline"]) == 1
    assert "offline" in capsys.readouterr().err
    assert main(["push", "taxii", incident, "--tlp", "amber", "--url", "https://taxii.example"]) == 2
    assert "--collection" in capsys.readouterr().err
    monkeypatch.delenv("COUNTERFOIL_MISP_KEY")
    assert main([*base, "--url", "https://misp.example"]) == 2
    assert "COUNTERFOIL_MISP_KEY" in capsys.readouterr().err
