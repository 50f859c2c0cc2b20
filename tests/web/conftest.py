"""A workbench on a real socket, with a report whose suggestions wait for review."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import httpx
import pytest
import uvicorn

from counterfoil.config import Config
from counterfoil.kb.coding import add_run
from counterfoil.kb.reports import add_report
from counterfoil.kb.workspace import Workspace
from counterfoil.model.coding import Modality, Reason, Suggestion
from counterfoil.model.extraction import Actor, Alias, DateMention, Extraction, Observable
from counterfoil.model.framework import Code
from counterfoil.model.report import Block, BlockKind, Original, Report
from counterfoil.web.app import create_app
from counterfoil.web.settings import Settings

#: The teapots take two UTF-16 units each: offsets that count units would be wrong behind them.
PARAGRAPHS = (
    "Teapots 🫖🫖 over Saltmere",
    "Amber Tide created 40 fake accounts 🫖 that posed as nurses. The accounts posted the same text within seconds.",
    "Investigators warned that Amber Tide may buy advertisements. They found no evidence of bots.",
    "A last paragraph says nothing that anybody codes 🫖, and so it waits for an analyst.",
)
TEXT = "\n\n".join(PARAGRAPHS)


def make_report(text: str = TEXT, title: str = "Teapots over Saltmere") -> Report:
    blocks, at = [], 0
    for number, paragraph in enumerate(text.split("\n\n")):
        kind = BlockKind.PARAGRAPH if number else BlockKind.HEADING
        blocks.append(Block(kind, at, at + len(paragraph), 0 if number else 1))
        at += len(paragraph) + 2
    return Report(
        text=text, source="saltmere.txt", title=title, published="2031-05", language="en", blocks=tuple(blocks)
    )


def suggest(report: Report, code: str, quote: str, score: float, modality: Modality = Modality.OBSERVED) -> Suggestion:
    start = report.text.index(quote)
    return Suggestion(
        report=report.id,
        code=Code("DISARM", "1.6", code),
        spans=(report.span(start, start + len(quote)),),
        coder="codebook 0123+similarity 0123",
        score=score,
        reasons=(Reason(f"codebook: “{quote[:12]}” — words that usually mean it", report.span(start, start + 5)),),
        modality=modality,
        actor="Amber Tide",
    )


def fill(workspace: Workspace, report: Report) -> list[Suggestion]:
    """Store the report with five suggestions, one of them a hint."""
    found = [
        suggest(report, "T0146", "Amber Tide created 40 fake accounts 🫖 that posed as nurses.", 0.9),
        suggest(report, "T0143.002", "posed as nurses", 0.55),
        suggest(report, "T0084.001", "The accounts posted the same text within seconds.", 0.7),
        suggest(report, "T0114", "Amber Tide may buy advertisements", 0.4, Modality.WARNED),
        suggest(report, "T0146.007", "They found no evidence of bots.", 0.1, Modality.NEGATED),
    ]
    name = report.text.index("Amber Tide")
    extraction = Extraction(
        actors=(Actor("Amber Tide", (report.span(name, name + 10),), (Alias("Bernstein"),), "network", "SE"),),
        dates=(DateMention("within seconds", "", "none", (found[2].spans[0],)),),
        observables=(Observable("hashtag", "#teapot", (report.span(8, 10),)),),
        coder="test 1",
    )
    with workspace.writing() as connection:
        add_report(connection, report, Original(report.text.encode(), "text/plain"), "2031-05-02T10:00:00.000Z")
        add_run(connection, report.id, tuple(found), extraction, "2031-05-02T10:00:00.000Z")
    return found


@dataclass(frozen=True)
class Bench:
    """A running workbench: where it is, what it is set to, what is in it."""

    settings: Settings
    report: Report
    suggestions: list[Suggestion]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}"

    @property
    def review(self) -> str:
        return f"/reports/{self.report.id}/review"

    @contextmanager
    def visitor(self) -> Iterator[httpx.Client]:
        """A browser that came by the printed address: it holds the cookie and says where it comes from."""
        with httpx.Client(base_url=self.url, follow_redirects=True, timeout=30) as client:
            client.get(f"/?token={self.settings.token}").raise_for_status()
            client.headers.update({"Origin": self.url, "Sec-Fetch-Site": "same-origin"})
            yield client

    def opened(self) -> Workspace:
        return Workspace.open(self.settings.config.workspace)


@pytest.fixture
def serve() -> Iterator[Callable[..., int]]:
    """Serves an application made for a free port; all are ended afterwards."""
    running: list[tuple[uvicorn.Server, Thread]] = []

    def start(make: Callable[[int], object]) -> int:
        listening = socket.create_server(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        settings = uvicorn.Config(make(port), log_config=None, access_log=False, timeout_graceful_shutdown=1)  # type: ignore[arg-type]
        server = uvicorn.Server(settings)
        thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        running.append((server, thread))
        return port

    yield start
    for server, thread in running:
        server.should_exit = True
        thread.join(timeout=20)


@pytest.fixture
def bench(tmp_path: Path, serve: Callable[..., int]) -> Bench:
    """A workbench with one report, on a free port."""
    config = Config(workspace=tmp_path / "casework", analyst="ada", offline=True, cache=tmp_path / "cache")
    workspace = Workspace.open(config.workspace, create=True)
    report = make_report()
    found = fill(workspace, report)
    workspace.close()
    made: list[Settings] = []

    def make(port: int) -> object:
        made.append(Settings(config, port, upload_bytes=3_000_000, form_bytes=200_000))
        return create_app(made[0])

    serve(make)
    return Bench(made[0], report, found)


@pytest.fixture
def visitor(bench: Bench) -> Iterator[httpx.Client]:
    with bench.visitor() as client:
        yield client
