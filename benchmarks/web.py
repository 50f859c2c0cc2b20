"""How fast the workbench answers: `python benchmarks/web.py [FOLDER]`.

FOLDER is a workspace that benchmarks/big_workspace.py made; without one it is made first (minutes). A real
`counterfoil serve` answers a real client on this machine. Beside each figure stands what nobody can beat by much,
of the same run: a page beside a static file of the same bytes, served by the same server library; a decision
beside a bare insert and commit with SQLite; the review of a very long report in Chromium beside the same HTML
without scripts, from a static file. Prints tables; asserts nothing, since machines differ.
"""

import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from rich.console import Console
from rich.table import Table

from big_workspace import make
from browsing import interactive
from long_report import make_long

ROUNDS = 40
WORDS = (
    "accounts",
    "fake accounts",
    '"social media"',
    "oper*",
    "technique:T0097",
    "выборах",
    "var",
    "network since:2020",
)
SERVE_FILES = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
app = Starlette(routes=[Mount("/", StaticFiles(directory=sys.argv[1]))])
uvicorn.run(app, port=int(sys.argv[2]), log_level="error", access_log=False)
"""


def main() -> None:
    console = Console(width=130)
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch)
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else out / "casework"
        if not folder.exists():
            make(folder).close()
        with _serving(folder) as address, _files(out / "files") as files:
            console.print(_pages(address, files, out / "files"))
            console.print(_decisions(address, out))
            console.print(_joining(address))
        report = make_long(out / "long")
        with _serving(out / "long") as address, _files(out / "files") as files:
            console.print(_interactive(address, f"/reports/{report}/review", files, out / "files"))


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    """A workbench of its own process; its address, with the key."""
    command = [sys.executable, "-m", "counterfoil", "serve", "--no-open", "--port", "0", "-w", str(folder)]
    environment = os.environ | {"COUNTERFOIL_ANALYST": "ada"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout
            found = re.search(r"http://\S+token=\S+", process.stdout.readline())
            assert found
            yield found[0]
        finally:
            process.terminate()


@contextmanager
def _files(folder: Path) -> Iterator[str]:
    """A server of static files only; its address."""
    import socket

    folder.mkdir(exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as knock:
        port = knock.getsockname()[1]
    with subprocess.Popen([sys.executable, "-c", SERVE_FILES, str(folder), str(port)]) as process:
        try:
            for _ in range(100):
                with socket.socket() as knock:
                    if knock.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@contextmanager
def _client(address: str) -> Iterator[httpx.Client]:
    base = address.partition("/?")[0]
    with httpx.Client(base_url=base, follow_redirects=True, timeout=60) as client:
        client.get(address).raise_for_status()
        client.headers.update({"Origin": base, "Sec-Fetch-Site": "same-origin"})
        yield client


def _paths(client: httpx.Client) -> dict[str, list[str]]:
    """Addresses of every kind of page, of many things each, drawn by lot."""
    lot = random.Random(7)
    reports = [one["id"] for one in client.get("/api/reports", params={"limit": 200}).json()["reports"]]
    incidents = [one["id"] for one in client.get("/api/found-incidents").json()["incidents"]]
    techniques = [one["id"] for one in client.get("/api/techniques").json()]
    actors = re.findall(r'href="(/actors/[^"?#]+)"', client.get("/actors").text)
    observables = re.findall(r'href="(/observables/[^"?#]+)"', client.get("/observables").text)
    first = client.get(f"/api/reports/{reports[0]}/suggestions").json()

    def some(pattern: str, values: list[str]) -> list[str]:
        return [pattern.format(lot.choice(values)) for _ in range(ROUNDS)]

    return {
        "start": ["/"] * ROUNDS,
        "reports": [f"/reports?offset={50 * at}" for at in range(ROUNDS)],
        "review": some("/reports/{}/review", reports),
        "review, who when where": some("/reports/{}/review?tab=found", reports),
        "a suggestion's details": some("/suggestions/{}/detail", [one["id"] for one in first]),
        "incidents": some("/incidents?q={}", ["", "var", "grad", "accounts"]),
        "incident": some("/incidents/{}", incidents),
        "incident, briefing": some("/incidents/{}/briefing", incidents),
        "matrix": some("/matrix?{}", ["", "since=2020", "until=2019", "modality=observed"]),
        "matrix, compared": some("/matrix?since=2020&b_until={}", ["2018", "2019"]),
        "techniques": ["/techniques"] * ROUNDS,
        "technique": some("/techniques/{}", techniques),
        "actors": some("/actors?q={}", ["", "var"]),
        "actor": some("{}", actors),
        "observables": some("/observables?q={}", ["", "bel"]),
        "observable": some("{}", observables),
        "search": some("/search?q={}", list(WORDS)),
        "search, while typing": some("/api/search?typing=1&q={}", ["f", "fa", "fake", "fake acc", "ne", "выб", "oper"]),
    }


def _pages(address: str, files: str, folder: Path) -> Table:
    table = Table("page", "KB", "median", "p95", "slowest", "static file, p95", title="Pages, milliseconds")
    with _client(address) as client, httpx.Client(base_url=files) as plain:
        for name, paths in _paths(client).items():
            client.get(paths[0]).raise_for_status()  # what is read once
            spent, size = _asked(client, paths)
            (folder / "same").write_bytes(b"x" * size)
            floor, _ = _asked(plain, ["/same"] * ROUNDS)
            table.add_row(name, f"{size / 1024:.0f}", *_row(spent), f"{_share(floor, 0.95):.1f}")
    return table


def _asked(client: httpx.Client, paths: list[str]) -> tuple[list[float], int]:
    spent, size = [], 0
    for path in paths:
        start = time.perf_counter()
        answer = client.get(path)
        spent.append((time.perf_counter() - start) * 1000)
        answer.raise_for_status()
        size = max(size, len(answer.content))
    return spent, size


def _decisions(address: str, scratch: Path) -> Table:
    table = Table("work", "median", "p95", "slowest", title="A decision and back, milliseconds")
    with _client(address) as client:
        reports = [one["id"] for one in client.get("/api/reports", params={"limit": 20}).json()["reports"]]
        ids = [one["id"] for report in reports for one in client.get(f"/api/reports/{report}/suggestions").json()]
        chosen = random.Random(8).sample(ids, 5 * ROUNDS)
        spent = []
        for at, one in enumerate(chosen):
            body = {"suggestions": [one], "verdict": ("accepted", "rejected")[at % 2]}
            start = time.perf_counter()
            client.post("/api/decisions", json=body).raise_for_status()
            spent.append((time.perf_counter() - start) * 1000)
        undone = []
        for one in chosen[:ROUNDS]:
            start = time.perf_counter()
            client.post("/api/decisions/undo", json={"suggestions": [one]}).raise_for_status()
            undone.append((time.perf_counter() - start) * 1000)
    table.add_row("decision", *_row(spent))
    table.add_row("undo", *_row(undone))
    table.add_row("bare insert and commit (SQLite, WAL, synchronous=FULL)", *_row(_inserts(scratch)))
    return table


def _joining(address: str) -> Table:
    """Two names of many reports become one actor, and are parted again; a decision is made while reports follow."""
    table = Table(
        "work", "reports", "the request", "until all followed", "a decision meanwhile", title="Names, seconds"
    )
    with _client(address) as client:
        first, second = client.get("/api/actors", params={"limit": 2}).json()["actors"]
        report = client.get("/api/reports", params={"limit": 1}).json()["reports"][0]["id"]
        (chosen, *_) = (one["id"] for one in client.get(f"/api/reports/{report}/suggestions").json())
        for said in ("joined", "apart"):
            start = time.perf_counter()
            body = {"name": first["name"], "alias": second["name"], "said": said}
            client.post("/api/names/decisions", json=body).raise_for_status()
            answered = time.perf_counter() - start
            decided = time.perf_counter()
            client.post("/api/decisions", json={"suggestions": [chosen], "verdict": "rejected"}).raise_for_status()
            meanwhile = time.perf_counter() - decided
            while "still follow" in client.get("/actors").text:
                time.sleep(0.05)
            spent = (answered, time.perf_counter() - start, meanwhile)
            table.add_row(said, str(second["reports"]), *(f"{one:.2f}" for one in spent))
    return table


def _inserts(scratch: Path) -> list[float]:
    connection = sqlite3.connect(scratch / "bare.db", isolation_level=None)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (a, b, c)")
    spent = []
    for at in range(5 * ROUNDS):
        start = time.perf_counter()
        connection.execute("INSERT INTO t VALUES (?, 'accepted', 'ada')", (at,))
        spent.append((time.perf_counter() - start) * 1000)
    connection.close()
    return spent


def _interactive(address: str, path: str, files: str, folder: Path) -> Table:
    """Until a key pressed in the review of a long report shows its effect on the screen."""
    with _client(address) as client:
        answer = client.get(path)
        html, size = re.sub(r"<script.*?</script>", "", answer.text), len(answer.content)
    (folder / "long.html").write_text(html, encoding="utf-8")
    title = f"A report of 5,000 sentences, 1,500 suggestions ({size / 1e6:.1f} MB of HTML) in Chromium, milliseconds"
    table = Table("until", "median", "p95", "slowest", title=title)
    measured = interactive(address, path, f"{files}/long.html")
    for name, spent in measured.items():
        table.add_row(name, *_row(spent))
    return table


def _share(spent: list[float], share: float) -> float:
    return sorted(spent)[min(len(spent) - 1, int(len(spent) * share))]


def _row(spent: list[float]) -> list[str]:
    return [f"{_share(spent, 0.5):.1f}", f"{_share(spent, 0.95):.1f}", f"{max(spent):.1f}"]


if __name__ == "__main__":
    main()
