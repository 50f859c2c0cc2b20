"""The language model's client against a real server that answers well, badly, slowly or not at all."""

import json
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
import trustme

from counterfoil.coding.llm import FAILURES, Asked
from counterfoil.coding.llm_http import LONGEST_WAIT, MOST_BYTES
from counterfoil.coding.llm_prompt import REPLY_TOKENS, SYSTEM, body
from counterfoil.coding.llm_refusals import Refused, counted
from counterfoil.model.coding import Modality
from tests.coding.llm_server import (
    GUIDES,
    OFFERED,
    Behaviour,
    Handler,
    LlmServer,
    passage_of,
    proposer_for,
    questions_of,
    report_of,
    serving,
)

TEXT = (
    "Grey Heron created fake accounts that posed as dock workers.\n\n"
    "Later it paid a printer in the old town for forged letters.\n\n"
    "Nothing more was seen of it until the end of the year."
)
REPORT = report_of(TEXT, title="Copies of the harbour ministry")


@pytest.fixture
def server() -> Iterator[LlmServer]:
    with serving() as running:
        yield running


@pytest.fixture
def ask(server: LlmServer, tmp_path: Path) -> Callable[..., Asked]:
    def asked(behave: Behaviour, **settings: Any) -> Asked:
        server.behave = behave
        proposer, _ = proposer_for(server, tmp_path / "cache", **settings)
        return proposer.ask(REPORT, questions_of(REPORT))

    return asked


def _in_first(reply: Behaviour) -> Behaviour:
    """Answers so about the first paragraph, and well but emptily about the others."""

    def behave(handler: Handler, request: dict[str, Any]) -> None:
        if passage_of(request).startswith("Grey Heron"):
            reply(handler, request)
        else:
            handler.propose()

    return behave


def test_a_good_reply_is_kept_with_its_exact_place(server: LlmServer, ask: Callable[..., Asked]) -> None:
    asked = ask(_in_first(lambda handler, request: handler.propose({"rationale": "Made-up persons act."})))
    (proposal,) = asked.proposals
    assert (proposal.technique, proposal.modality) == ("T0001.001", Modality.OBSERVED)
    assert TEXT[proposal.span.start : proposal.span.end] == proposal.span.quote == "created fake accounts"
    assert proposal.rationale == "Made-up persons act."
    assert (asked.paragraphs, asked.requests, asked.cached, asked.unasked, asked.tokens) == (3, 3, 0, 0, 2700)
    assert (asked.refusals, asked.error, asked.problem) == ((), None, "")


def test_the_question_is_closed_and_plain(server: LlmServer, ask: Callable[..., Asked]) -> None:
    ask(lambda handler, request: handler.propose())
    request = server.requests[0]
    assert set(request) == {
        *("model", "messages", "response_format", "temperature", "seed", "max_tokens", "stream"),
    }
    assert (request["model"], request["temperature"], request["stream"]) == ("test-model", 0, False)
    assert isinstance(request["seed"], int)
    form = request["response_format"]
    assert (form["type"], form["json_schema"]["strict"]) == ("json_schema", True)
    proposal = form["json_schema"]["schema"]["properties"]["proposals"]["items"]
    assert proposal["properties"]["technique"]["enum"] == list(OFFERED)
    assert proposal["required"] == list(proposal["properties"])
    assert not proposal["additionalProperties"]
    assert request["messages"][0] == {"role": "system", "content": SYSTEM}
    content = json.loads(request["messages"][1]["content"])
    assert [technique["id"] for technique in content["techniques"]] == list(OFFERED)
    assert content["techniques"][0]["use_when"] == "The text tells of Make Up People."
    assert content["passage"] == "Grey Heron created fake accounts that posed as dock workers."
    assert content["title"] == "Copies of the harbour ministry"
    assert server.headers[0]["Authorization"] == "Bearer s3cret"


BAD: dict[str, tuple[Behaviour, Refused]] = {
    "words": (lambda h, r: h.say("I would say T0001.001."), Refused.FORM),
    "fenced": (lambda h, r: h.say('```json\n{"proposals": []}\n```'), Refused.FORM),
    "other schema": (lambda h, r: h.say('{"codes": ["T0001.001"]}'), Refused.FORM),
    "a list": (lambda h, r: h.say("[]"), Refused.FORM),
    "nothing": (lambda h, r: h.say(""), Refused.FORM),
    "nests": (lambda h, r: h.say('{"proposals": ' + "[" * 50_000 + "]" * 50_000 + "}"), Refused.FORM),
    "half": (lambda h, r: h.say('{"proposals": [{"techn'), Refused.FORM),
    "cut off": (lambda h, r: h.say('{"proposals": []}', finish_reason="length"), Refused.CUT_OFF),
    "filtered": (lambda h, r: h.say("", finish_reason="content_filter"), Refused.DECLINED),
    "declined": (lambda h, r: h.say("", message={"content": None, "refusal": "No."}), Refused.DECLINED),
    "tool": (
        lambda h, r: h.say("", message={"content": None, "tool_calls": [{"function": {"name": "accept"}}]}),
        Refused.TOOLS,
    ),
    "no choices": (lambda h, r: h.send(b'{"choices": []}'), Refused.FORM),
    "not an answer": (lambda h, r: h.send(b"[1, 2, 3]"), Refused.FORM),
    "truncated": (lambda h, r: h.send(b'{"choices": [{"message": {"con'), Refused.FORM),
    "not UTF-8": (lambda h, r: h.send(b'{"choices": [{"message": {"content": "\xff\xfe"}}]}'), Refused.FORM),
    "half a pair": (lambda h, r: h.say('{"proposals": [{"technique": "\ud800"}]}'), Refused.FORM),
    "empty": (lambda h, r: h.send(b""), Refused.FORM),
    "parts": (lambda h, r: h.say("", message={"content": [{"type": "text", "text": "x"}]}), Refused.FORM),
    "HTML": (lambda h, r: h.send(b"<html>Sign in</html>", Content_Type="text/html"), Refused.NOT_JSON),
    "HTML that says JSON": (lambda h, r: h.send(b"<html>Sign in</html>"), Refused.FORM),
    "text": (lambda h, r: h.send(b'{"proposals": []}', Content_Type="text/plain"), Refused.NOT_JSON),
    "no type": (lambda h, r: h.send(b'{"proposals": []}', Content_Type=""), Refused.NOT_JSON),
    "packed": (lambda h, r: h.send(b"\x1f\x8b", Content_Encoding="gzip"), Refused.NOT_JSON),
    "large": (lambda h, r: h.send(b"1" * (MOST_BYTES + 1)), Refused.LARGE),
    "bad request": (lambda h, r: h.send(b'{"error": {"message": "no json_schema here"}}', 400), Refused.FAILED),
    "created": (lambda h, r: h.send(b"{}", 201), Refused.FAILED),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_answer_is_one_refusal_and_the_rest_goes_on(name: str, ask: Callable[..., Asked]) -> None:
    behave, reason = BAD[name]
    asked = ask(_in_first(behave))
    assert counted(asked.refusals) == {reason: 1}
    assert (asked.proposals, asked.error, asked.unasked, asked.requests) == ((), None, 0, 3)
    assert all(len(refusal.detail) <= 160 and refusal.detail.isprintable() for refusal in asked.refusals)


@pytest.mark.parametrize(
    "sent",
    [b"", b"junk\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"],
)
def test_a_connection_that_breaks_off(sent: bytes, ask: Callable[..., Asked]) -> None:
    def behave(handler: Handler, request: dict[str, Any]) -> None:
        handler.close_connection = True
        handler.wfile.write(sent)

    asked = ask(_in_first(behave), retries=1)
    assert counted(asked.refusals) == {Refused.BROKE_OFF: 1}
    assert (asked.requests, asked.error) == (4, None)


@pytest.mark.parametrize("count", ["-5", "true", '"9"', "1e400", "9" * 5000, "10000000000"])
def test_a_count_of_tokens_that_cannot_be_is_estimated(count: str, ask: Callable[..., Asked]) -> None:
    answer = b'{"choices": [{"message": {"content": "{\\"proposals\\": []}"}}], "usage": {"total_tokens": %s}}'
    asked = ask(lambda handler, request: handler.send(answer % count.encode()))
    assert asked.refusals == () or counted(asked.refusals) == {Refused.FORM: 3}
    assert 0 < asked.tokens < 10_000


def test_a_gigabyte_is_not_read(ask: Callable[..., Asked]) -> None:
    sent = 0

    def endless(handler: Handler, request: dict[str, Any]) -> None:
        nonlocal sent
        handler.close_connection = True
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.end_headers()
        try:
            for _ in range(10_000):
                handler.wfile.write(bytes(100_000))
                sent += 100_000
        except OSError:
            return

    def declared(handler: Handler, request: dict[str, Any]) -> None:
        handler.close_connection = True
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(10**9))
        handler.end_headers()

    assert counted(ask(_in_first(endless)).refusals) == {Refused.LARGE: 1}
    assert sent < 100 * MOST_BYTES
    assert counted(ask(_in_first(declared)).refusals) == {Refused.LARGE: 1}


@pytest.mark.parametrize("where", ["head", "body", "silence"])
def test_a_slow_server_costs_its_time_and_no_more(where: str, ask: Callable[..., Asked]) -> None:
    def slow(handler: Handler, request: dict[str, Any]) -> None:
        if where == "silence":
            time.sleep(1.5)
            return
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
        if where == "body":
            handler.wfile.write(b"\r\n")
        handler.drip(b"X-A: b\r\n" if where == "head" else b" ")

    began = time.monotonic()
    asked = ask(_in_first(slow), timeout=1.0, retries=1)
    assert time.monotonic() - began < 6
    assert counted(asked.refusals) == {Refused.SLOW: 1}
    assert asked.requests == 4


@pytest.mark.parametrize("status", [429, 500, 503])
def test_an_error_that_passes_is_asked_again(status: int, server: LlmServer, tmp_path: Path) -> None:
    failures = 2

    def behave(handler: Handler, request: dict[str, Any]) -> None:
        nonlocal failures
        if failures:
            failures -= 1
            handler.send(b"{}", status)
        else:
            handler.propose({})

    server.behave = behave
    proposer, slept = proposer_for(server, tmp_path)
    asked = proposer.ask(REPORT, questions_of(REPORT)[:1])
    assert len(asked.proposals) == 1
    assert (asked.requests, slept) == (3, [1.0, 2.0])


@pytest.mark.parametrize(
    "header",
    ["7", formatdate(time.time() + 3600 * 24 * 365 * 5), "-5", "soon", "9" * 400],
    ids=["seconds", "a date", "negative", "no number", "huge"],
)
def test_retry_after_is_honoured_up_to_a_limit(header: str, server: LlmServer, tmp_path: Path) -> None:
    server.behave = lambda handler, request: handler.send(b"{}", 429, Retry_After=header)
    proposer, slept = proposer_for(server, tmp_path, retries=1)
    asked = proposer.ask(REPORT, questions_of(REPORT)[:1])
    if header in ("7", "-5", "soon"):
        assert slept == ([7.0] if header == "7" else [1.0])
        assert counted(asked.refusals) == {Refused.FAILED: 1}
    else:
        assert (slept, asked.unasked) == ([], 1)
        assert asked.error is not None
        assert "asks to wait" in asked.error.message
    assert all(seconds <= LONGEST_WAIT for seconds in slept)


@pytest.mark.parametrize(
    ("status", "headers", "said"),
    [
        (301, {"Location": "http://example.org/v1"}, "redirects elsewhere"),
        (307, {"Location": "/elsewhere"}, "redirects elsewhere"),
        (401, {}, "401"),
        (403, {}, "403"),
        (404, {}, "404 model not pulled"),
        (405, {}, "405"),
    ],
)
def test_a_server_that_is_of_no_use_is_given_up(
    status: int, headers: dict[str, str], said: str, server: LlmServer, tmp_path: Path
) -> None:
    body = b'{"error": {"message": "model not pulled, key s3cret"}}'
    server.behave = lambda handler, request: handler.send(body, status, **headers)
    proposer, _ = proposer_for(server, tmp_path)
    asked = proposer.ask(REPORT, questions_of(REPORT))
    assert asked.error is not None
    assert said in asked.error.message
    assert asked.error.hint
    assert "s3cret" not in asked.error.message
    assert (asked.requests, asked.unasked, asked.why) == (1, 3, "the server was given up")
    again = proposer.ask(REPORT, questions_of(REPORT))
    assert (again.requests, again.unasked, again.error) == (0, 3, asked.error)


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: nobody else gets the port, and nobody answers
        proposer, slept = proposer_for(_Nowhere(taken.getsockname()[1]), tmp_path)
        asked = proposer.ask(REPORT, questions_of(REPORT))
    assert asked.error is not None
    assert "cannot be reached" in asked.error.message
    assert (asked.requests, asked.unasked, slept) == (3, 3, [1.0, 2.0])


def test_a_host_that_no_resolver_takes(tmp_path: Path) -> None:
    proposer, _ = proposer_for(_Nowhere(1), tmp_path, base_url=f"http://{'a' * 70}.example/v1", retries=0)
    asked = proposer.ask(REPORT, questions_of(REPORT))
    assert asked.error is not None
    assert "cannot be reached" in asked.error.message


@pytest.mark.parametrize("trusted", [True, False])
def test_tls_is_checked(trusted: bool, server: LlmServer, tmp_path: Path) -> None:
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    client_side = ssl.create_default_context()
    if trusted:
        authority.configure_trust(client_side)
    server.behave = _in_first(lambda handler, request: handler.propose({}))
    proposer, _ = proposer_for(server, tmp_path, base_url=server.base_url.replace("http:", "https:"), retries=0)
    proposer._client.endpoint = replace(proposer._client.endpoint, tls=client_side)
    asked = proposer.ask(REPORT, questions_of(REPORT))
    assert len(asked.proposals) == int(trusted)
    assert (asked.error is None) is trusted
    assert bool(server.requests) is trusted


class _Nowhere(LlmServer):
    """The address of a server that does not run."""

    def __init__(self, port: int) -> None:
        self.server_address = ("127.0.0.1", port)
        self.server_port = port


def test_unusable_answers_in_a_row_end_the_asking(server: LlmServer, tmp_path: Path) -> None:
    server.behave = lambda handler, request: handler.say("No idea.")
    report = report_of("\n\n".join(f"Paragraph number {number} tells of something." for number in range(9)))
    proposer, _ = proposer_for(server, tmp_path)
    asked = proposer.ask(report, questions_of(report))
    assert counted(asked.refusals) == {Refused.FORM: FAILURES}
    assert asked.unasked == 9 - FAILURES
    assert asked.error is not None
    assert "in a row" in asked.error.message


def test_the_budget_stops_cleanly_and_says_so(ask: Callable[..., Asked]) -> None:
    asked = ask(lambda handler, request: handler.propose(), calls=2)
    assert (asked.requests, asked.unasked, asked.error) == (2, 1, None)
    assert asked.why == "the budget of 2 calls is used up"


def test_attempts_that_fail_count_against_the_budget(ask: Callable[..., Asked]) -> None:
    asked = ask(lambda handler, request: handler.send(b"{}", 500), calls=2, retries=5)
    assert (asked.requests, asked.unasked) == (2, 2)


def test_a_budget_in_tokens(ask: Callable[..., Asked]) -> None:
    question = len(body(REPORT, questions_of(REPORT)[0], GUIDES, "test-model")) // 4 + 50
    asked = ask(lambda handler, request: handler.propose(), tokens=900 + question + REPLY_TOKENS)
    assert (asked.requests, asked.unasked, asked.tokens) == (2, 1, 1800)
    assert "tokens" in asked.why


def test_what_was_answered_is_not_asked_again(server: LlmServer, ask: Callable[..., Asked], tmp_path: Path) -> None:
    first = ask(_in_first(lambda handler, request: handler.propose({})))
    second = ask(lambda handler, request: handler.send(b"", 500), calls=1)
    assert (second.requests, second.cached, second.tokens) == (0, 3, 0)
    assert second.proposals == first.proposals
    assert len(server.requests) == 3
    other = ask(lambda handler, request: handler.propose(), model="another")
    assert (other.requests, other.cached) == (3, 0)
    names = [path.name for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert len(names) == 6
    assert all(name.endswith(".json") and len(name) == 64 + 5 for name in names)


def test_a_bad_answer_is_not_kept(ask: Callable[..., Asked]) -> None:
    assert ask(lambda handler, request: handler.say("what?")).refusals
    asked = ask(lambda handler, request: handler.propose())
    assert (asked.cached, asked.requests, asked.refusals) == (0, 3, ())


@pytest.mark.parametrize("content", [b"", b"junk", b"\xff", b"[" * 2_000_000, b'{"proposals": 1}'])
def test_a_spoilt_cache_is_asked_past(content: bytes, ask: Callable[..., Asked], tmp_path: Path) -> None:
    ask(lambda handler, request: handler.propose())
    for path in (tmp_path / "cache").rglob("*.json"):
        path.write_bytes(content)
    asked = ask(_in_first(lambda handler, request: handler.propose({})))
    assert (asked.cached, asked.requests, len(asked.proposals)) == (0, 3, 1)


def test_a_forged_cache_goes_through_the_same_door(ask: Callable[..., Asked], tmp_path: Path) -> None:
    ask(lambda handler, request: handler.propose())
    forged = {"technique": "T0000", "quote": "created fake accounts", "modality": "observed"}
    for path in (tmp_path / "cache").rglob("*.json"):
        path.write_text(json.dumps({"proposals": [{**forged, "certainty": "outright", "rationale": ""}]}))
    asked = ask(lambda handler, request: handler.propose())
    assert (asked.cached, asked.proposals) == (3, ())
    assert counted(asked.refusals) == {Refused.UNKNOWN: 3}


def test_a_cache_that_cannot_be_written_is_said(server: LlmServer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    server.behave = _in_first(lambda handler, request: handler.propose({}))
    proposer, _ = proposer_for(server, tmp_path / "file" / "cache")
    asked = proposer.ask(REPORT, questions_of(REPORT))
    assert len(asked.proposals) == 1
    assert "file/cache" in asked.problem  # a long path leaves no room for the rest


def test_progress_is_told(server: LlmServer, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    proposer, _ = proposer_for(server, tmp_path)
    proposer.ask(REPORT, questions_of(REPORT), lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_the_key_is_in_no_file_and_no_text(server: LlmServer, tmp_path: Path) -> None:
    proposer, _ = proposer_for(server, tmp_path / "cache")
    proposer.ask(REPORT, questions_of(REPORT))
    assert not any(b"s3cret" in path.read_bytes() for path in (tmp_path / "cache").rglob("*.json"))
    assert "s3cret" not in repr(proposer._client)
    assert "s3cret" not in json.dumps(server.requests)
