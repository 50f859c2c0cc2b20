"""`code --llm` at the command line: what an analyst is told, and what is stored when the model fails."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from counterfoil.cli.adviser import _progress
from counterfoil.coding.llm_settings import LlmSettings
from tests.cli.conftest import Run
from tests.coding.llm_server import Handler, LlmServer, passage_of, serving

DOCS = Path(__file__).parents[2] / "docs" / "llm.md"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LlmServer]:
    with serving() as running:
        for name, value in {
            "BASE_URL": running.base_url,
            "MODEL": "test-model",
            "CACHE": str(tmp_path / "replies"),
            "RETRIES": "0",
        }.items():
            monkeypatch.setenv(f"COUNTERFOIL_LLM_{name}", value)
        yield running


def _pays(handler: Handler, request: dict[str, Any]) -> None:
    if "Facebook" in passage_of(request):
        quote = "created fake accounts on Facebook"
        given = json.loads(request["messages"][1]["content"])["techniques"][0]["id"]
        handler.propose({"technique": given, "quote": quote}, {"technique": "T0000", "quote": quote})
    else:
        handler.propose()


def test_proposals_are_stored_beside_the_offline_suggestions(run: Run, article: Path, server: LlmServer) -> None:
    plain = run("code", article, "--format", "json").json
    assert not server.requests
    server.behave = _pays
    outcome = run("code", article, "--llm", "--format", "json")
    assert outcome.code == 0
    draft = outcome.json
    (added,) = [s for s in draft["suggestions"] if s["coder"].startswith("llm test-model ")]
    assert [s for s in draft["suggestions"] if s is not added] == plain["suggestions"]
    (span,) = added["spans"]
    text = run("show", draft["report"]["id"], "--text").out
    assert text[span["start"] : span["end"]] == span["quote"] == "created fake accounts on Facebook"
    assert added["reasons"] == ["llm: a language model's proposal: “The words say it.”"]
    first, *rest = outcome.err.splitlines()
    assert first == f"llm: the text is sent to 127.0.0.1:{server.server_port}, not encrypted (model test-model)"
    assert "added 1, refused 1" in rest[0]
    assert rest[1] == (
        "llm: refused 1: the technique does not exist, such as “T0000: created fake accounts on Facebook”"
    )
    listed = run("suggestions", draft["report"]["id"], "--format", "json").json
    assert added["id"] in {item["id"] for item in listed if item["decision"] is None}


def test_a_server_that_is_down_costs_nothing_but_its_proposals(run: Run, article: Path, server: LlmServer) -> None:
    server.behave = lambda handler, request: handler.send(b'{"error": "no such model"}', 404)
    plain = run("code", article, "--format", "json")
    outcome = run("code", article, "--llm", "--format", "json")
    assert outcome.code == 1
    assert outcome.json == plain.json
    assert "paragraphs were not asked about: the server was given up" in outcome.err
    assert re.search(r"^error: The language model's server .* answers 404 no such model\.$", outcome.err, re.MULTILINE)
    assert "\nhint: " in outcome.err
    assert len(run("suggestions", outcome.json["report"]["id"], "--format", "json").json) == len(
        plain.json["suggestions"]
    )


def test_a_server_that_is_down_is_tried_once_for_many_reports(
    run: Run, article: Path, server: LlmServer, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("A second report tells of fake accounts that posed as clerks of the port.", encoding="utf-8")
    server.behave = lambda handler, request: handler.send(b"{}", 401)
    outcome = run("code", article, other, "--llm")
    assert (outcome.code, len(server.requests), outcome.err.count("error:")) == (1, 1, 1)
    assert len(run("list", "--format", "json").json) == 2


def test_decisions_outlive_the_model(run: Run, article: Path, server: LlmServer) -> None:
    server.behave = _pays
    draft = run("code", article, "--llm", "--format", "json").json
    (added,) = [s for s in draft["suggestions"] if s["coder"].startswith("llm ")]
    run("reject", added["id"], "--why", "not so")
    for arguments in (["code", article, "--llm"], ["code", article]):
        assert run(*arguments).code == 0
        listed = {s["id"]: s for s in run("suggestions", draft["report"]["id"], "--format", "json").json}
        assert listed[added["id"]]["decision"]["verdict"] == "rejected"


@pytest.mark.parametrize("arguments", [["--offline"], []])
def test_offline_nothing_is_sent(
    arguments: list[str], run: Run, article: Path, server: LlmServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not arguments:
        monkeypatch.setenv("COUNTERFOIL_OFFLINE", "true")
    outcome = run("code", article, "--llm", *arguments)
    assert (outcome.code, server.requests) == (2, [])
    assert "offline" in outcome.err


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("BASE_URL", "", "No language model is set"),
        ("MODEL", "", "No language model is set"),
        ("BASE_URL", "localhost:11434", "not the address of an API"),
        ("BASE_URL", "http://ada:hidden@host/v1", "user name or password"),
        ("BASE_URL", "http://host:99999/v1", "not the address of an API"),
        ("BASE_URL", "http://host/v1?key=x", "not the address of an API"),
        ("BASE_URL", "http://ho st/v1", "not the address of an API"),
        ("MODEL", "two words", "no name of a model"),
        ("API_KEY_ENV", "UNSET_KEY", "no UNSET_KEY"),
        ("API_KEY_ENV", "sk-hidden-123", "not the name of an environment variable"),
        ("API_KEY_ENV", "TWO_LINES", "cannot be a key"),
        ("TIMEOUT", "0", "timeout"),
        ("TIMEOUT", "nan", "timeout"),
        ("TIMEOUT", "soon", "it is a number"),
        ("RETRIES", "1.5", "it is a number"),
        ("CALLS", "-1", "calls"),
        ("CANDIDATES", "0", "candidates"),
    ],
)
def test_settings_that_cannot_be_are_said_at_once(
    name: str, value: str, said: str, run: Run, article: Path, server: LlmServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWO_LINES", "hidden\nX-Evil: 1")
    monkeypatch.setenv(f"COUNTERFOIL_LLM_{name}", value)
    outcome = run("code", article, "--llm")
    assert (outcome.code, server.requests) == (2, [])
    assert said in outcome.err
    assert "hidden" not in outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("llm = 3", "is a section of settings"),
        ("[llm]\nkey = 'sk-hidden'", "'key', which is not known"),
        ("[llm]\nmodel = 3", "it is a text"),
        ("[llm]\ncalls = true", "it is a number"),
        ("[llm]\ncalls = 2.5", "it is a number"),
    ],
)
def test_a_section_that_cannot_be_is_said(
    section: str, said: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "my.toml").write_text(section, encoding="utf-8")
    monkeypatch.setenv("COUNTERFOIL_CONFIG", str(tmp_path / "my.toml"))
    outcome = run("list")
    assert outcome.code == 2
    assert said in outcome.err
    assert "hidden" not in outcome.err


def test_the_key_is_sent_and_never_shown(
    run: Run, article: Path, server: LlmServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_KEY", "sk-hidden-1")
    monkeypatch.setenv("COUNTERFOIL_LLM_API_KEY_ENV", "MY_KEY")
    server.behave = lambda handler, request: handler.send(b'{"error": {"message": "bad key sk-hidden-1"}}', 401)
    outcome = run("code", article, "--llm")
    assert server.headers[0]["Authorization"] == "Bearer sk-hidden-1"
    assert "bad key [key]" in outcome.err
    stored = [path for folder in ("casework", "replies") for path in (tmp_path / folder).rglob("*") if path.is_file()]
    assert not any(b"sk-hidden-1" in path.read_bytes() for path in stored)


def _scripted(handler: Handler, request: dict[str, Any]) -> None:
    """What the model says in the manual's example."""
    if "Brightquay, which was paid" in passage_of(request):
        offered = [technique["id"] for technique in json.loads(request["messages"][1]["content"])["techniques"]]
        handler.propose(
            {"technique": offered[0], "quote": "which was paid by the owners of a competing port"},
            {"technique": "T0000", "quote": "marketing firm"},
            {"technique": offered[0], "quote": "the accounts posted the same text again and again"},
        )
    else:
        handler.propose()


def test_the_manual_is_real(run: Run, server: LlmServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The manual's settings are used as they stand, but for the port; so are its lines."""
    text = DOCS.read_text(encoding="utf-8")
    local, cloud = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    LlmSettings(**tomllib.loads(cloud)["llm"])
    (tmp_path / "config" / "counterfoil").mkdir(parents=True)
    here = local.replace("localhost:11434", f"127.0.0.1:{server.server_port}")
    (tmp_path / "config" / "counterfoil" / "config.toml").write_text(here, encoding="utf-8")
    for name in ("BASE_URL", "MODEL"):
        monkeypatch.delenv(f"COUNTERFOIL_LLM_{name}")
    assert run("demo").code == 0
    server.behave = _scripted
    (block,) = re.findall(r"```console\n\$ counterfoil (.*?) 2>&1 >/dev/null\n(.*?)```", text, re.DOTALL)
    outcome = run(*block[0].split())
    assert outcome.code == 0
    real = outcome.err.replace(f"127.0.0.1:{server.server_port}", "localhost:11434")
    offered = json.loads(server.requests[0]["messages"][1]["content"])["techniques"]
    assert offered
    varying = re.compile(r"about [\d,]+ tokens|T\d{4}(\.\d{3})?")  # by server, and by codebook
    assert varying.sub("…", real) == varying.sub("…", block[1])
    again = run(*block[0].split())
    assert " 0 requests, " in again.err


def test_progress_goes_when_all_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    _progress(1, 2)
    assert capsys.readouterr().err == "\rllm: 1 of 2 paragraphs"
    _progress(2, 2)
    assert capsys.readouterr().err.strip("\r ") == ""


def test_the_manual_names_every_setting() -> None:
    text = DOCS.read_text(encoding="utf-8")
    for field in fields(LlmSettings):
        row = rf"\| `{field.name}` \| `COUNTERFOIL_LLM_{field.name.upper()}` \| .* \| (.*) \|"
        (default,) = re.findall(row, text)
        if isinstance(field.default, int | float):
            assert default == f"{field.default:g}", field.name
