"""`counterfoil serve` as a process: where it listens, what it prints, what a kill leaves."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import httpx

from counterfoil.kb.workspace import Workspace
from tests.web.conftest import fill, make_report


@contextmanager
def _serving(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COUNTERFOIL_")}
    environment |= {"COUNTERFOIL_ANALYST": "ada", "XDG_CONFIG_HOME": str(folder / "config")}
    command = [sys.executable, "-m", "counterfoil", "serve", "--no-open", "-w", str(folder / "casework"), *options]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # however the tests were started
    ) as process:
        try:
            assert process.stdout
            line = process.stdout.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", line)
            assert found, f"{line}{process.stderr.read() if process.stderr else ''}"
            yield process, found[0]
        finally:
            process.kill()


def test_it_listens_on_this_machine_only_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    with _serving(tmp_path, "--port", "0") as (process, address):
        port = int(re.findall(r":(\d+)/", address)[0])
        with httpx.Client(follow_redirects=True) as visitor:
            assert "Add reports" in visitor.get(address).text
        others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
        for other in {str(one) for one in others} - {"127.0.0.1"}:
            with socket.socket() as knock:
                knock.settimeout(1)
                assert knock.connect_ex((other, port)) != 0
        process.send_signal(signal.SIGINT)
        assert process.wait(15) == 130


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        program = (
            "import sys; from counterfoil.cli import main; code = main(sys.argv[1:]); print(*sys.modules); exit(code)"
        )
        asked = ["serve", "--no-open", "-w", str(tmp_path / "casework"), "--port", str(taken.getsockname()[1])]
        done = subprocess.run([sys.executable, "-c", program, *asked], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "cannot be used" in done.stderr
    assert "uvicorn" not in done.stdout  # it is told before what a server needs is imported


def test_a_kill_in_mid_review_loses_nothing(tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "casework", create=True)
    ids = [one.id for one in fill(workspace, make_report())]
    workspace.close()
    answered = []
    with _serving(tmp_path, "--port", "0") as (process, address):
        token = address.partition("token=")[2]
        base = address.partition("/?")[0]
        with httpx.Client(base_url=base, headers={"Authorization": f"Bearer {token}"}) as script:
            for one in ids[:3]:
                answer = script.post("/api/decisions", json={"suggestions": [one], "verdict": "accepted"})
                assert answer.status_code == 201
                answered.append(one)
            process.kill()
            process.wait()
    with _serving(tmp_path, "--port", "0") as (_, address):
        token = address.partition("token=")[2]
        base = address.partition("/?")[0]
        with httpx.Client(base_url=base, headers={"Authorization": f"Bearer {token}"}) as script:
            verdicts = [(script.get(f"/api/suggestions/{one}").json()["decision"] or {}).get("verdict") for one in ids]
    assert verdicts == ["accepted"] * 3 + [None] * 2
