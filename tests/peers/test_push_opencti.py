"""push opencti: the bundle through OpenCTI's own client to a local server that speaks the recorded parts."""

import json

import pytest

from counterfoil.cli import main
from tests.exchange.platforms import Platform
from tests.exchange.pushed import incident

__all__ = ["incident"]

pytest.importorskip("pycti", reason="OpenCTI's client is not installed", exc_type=ImportError)


def test_an_opencti_gets_the_bundle_with_the_same_ids_each_time(
    incident: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with Platform() as there:
        command = ["push", "opencti", incident, "--url", there.url, "--tlp", "amber"]
        assert main(command) == 0
        assert "import/global/bundle--" in capsys.readouterr().out
        assert main(command) == 0
        (name, kind, first), second = there.uploads
    assert (name, kind, first) == second
    assert kind == "application/json"
    assert name == f"{json.loads(first)['id']}.json"
    assert "incident" in {one["type"] for one in json.loads(first)["objects"]}


def test_what_an_opencti_refuses_is_a_sentence(incident: str, capsys: pytest.CaptureFixture[str]) -> None:
    with Platform(refuse=True) as there:
        command = ["push", "opencti", incident, "--url", there.url, "--tlp", "amber"]
        assert main(command) == 1
    told = capsys.readouterr().err
    assert "refused the bundle" in told
    assert "You are not allowed" in told
    assert main(command) == 1
    assert "cannot be reached" in capsys.readouterr().err
