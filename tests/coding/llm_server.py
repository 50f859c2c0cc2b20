"""A language model's server on this machine: real HTTP, and whatever answer a test wants of it."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from counterfoil.coding.llm import Proposer
from counterfoil.coding.llm_cache import ReplyCache
from counterfoil.coding.llm_http import Client, Endpoint
from counterfoil.coding.llm_prompt import Guide, Question, paragraphs
from counterfoil.coding.llm_settings import LlmSettings
from counterfoil.model.report import Block, BlockKind, Report
from counterfoil.readers.passages import passages
from tests.dripping import drip

GUIDES = {
    code: Guide(name, f"What {name} means.", f"The text tells of {name}.")
    for code, name in (
        ("T0001", "Make Things Up"),
        ("T0001.001", "Make Up People"),
        ("T0001.002", "Make Up Papers"),
        ("T0002", "Pay Somebody"),
    )
}
OFFERED = ("T0001.001", "T0001.002", "T0002")  # T0001 exists, and is not offered


class Handler(BaseHTTPRequestHandler):
    """Answers a POST by what the test put into `server.behave`."""

    protocol_version = "HTTP/1.1"
    server: "LlmServer"

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(request)
        self.server.headers.append(dict(self.headers))
        self.server.behave(self, request)

    def log_message(self, *args: object) -> None:
        pass

    def send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def say(self, content: str, **choice: Any) -> None:
        """A chat completion with these words of the model."""
        message = {"role": "assistant", "content": content}
        answer = {"choices": [{"message": message, "finish_reason": "stop", **choice}], "usage": {"total_tokens": 900}}
        self.send(json.dumps(answer).encode())

    def propose(self, *items: dict[str, str]) -> None:
        self.say(json.dumps({"proposals": [item(**given) for given in items]}))

    def drip(self, piece: bytes) -> None:
        drip(self, piece)


Behaviour = Callable[[Handler, dict[str, Any]], None]


class LlmServer(ThreadingHTTPServer):
    daemon_threads = True
    behave: Behaviour = staticmethod(lambda handler, request: handler.propose())
    requests: list[dict[str, Any]]
    headers: list[dict[str, str]]

    def handle_error(self, *args: Any) -> None:
        pass  # clients that hang up are what some of these tests are about

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


@contextmanager
def serving() -> Iterator[LlmServer]:
    with LlmServer(("127.0.0.1", 0), Handler) as running:
        running.requests, running.headers = [], []
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield running
        finally:
            running.shutdown()
            thread.join()


def item(**given: str) -> dict[str, str]:
    """A proposal of the right form."""
    return {
        "technique": "T0001.001",
        "quote": "created fake accounts",
        "modality": "observed",
        "certainty": "outright",
        "rationale": "The words say it.",
        **given,
    }


def passage_of(request: dict[str, Any]) -> str:
    """What the model is shown of the text in a request."""
    return str(json.loads(request["messages"][1]["content"])["passage"])


def report_of(text: str, title: str = "") -> Report:
    """A report whose blocks are its paragraphs."""
    blocks, at = [], 0
    for paragraph in text.split("\n\n"):
        blocks.append(Block(BlockKind.PARAGRAPH, at, at + len(paragraph)))
        at += len(paragraph) + 2
    return Report(
        text, "-", title=title, language="en", blocks=tuple(block for block in blocks if block.end > block.start)
    )


def questions_of(report: Report) -> list[Question]:
    return [Question(paragraph, OFFERED) for paragraph in paragraphs(report, passages(report))]


def proposer_for(server: LlmServer, cache: Path, **settings: Any) -> tuple[Proposer, list[float]]:
    """A proposer that asks the server, and the seconds it would have slept."""
    slept: list[float] = []
    made = LlmSettings(base_url=server.base_url, model="test-model", timeout=5)
    endpoint = Endpoint(replace(made, **settings), key="s3cret", sleep=slept.append)
    return Proposer(Client(endpoint), ReplyCache(cache), GUIDES), slept
