"""How long a TAXII page of 1,000 objects takes with 10,000 incidents and 100,000 citations.

`python benchmarks/taxii.py WORKSPACE` serves a copy-free workspace (such as `benchmarks/exchange.py` makes) from this
process on a free port and asks it over HTTP. The first page waits until the index is made; that is told apart. The
aim: p95 of a page at most 200 ms. The processor's time counts where the machine is busy with other things.
"""

import os
import socket
import sys
import time
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from threading import Thread

import httpx
import uvicorn

from counterfoil.config import load_config
from counterfoil.kb.workspace import Workspace
from counterfoil.model.marking import Tlp
from counterfoil.web.app import create_app
from counterfoil.web.settings import Settings
from counterfoil.workflow import now
from counterfoil.workflow.feed_tokens import new_token

PAGES = 100


def main(folder: Path) -> None:
    """Serve, wait for the index, then ask for pages all over the collection."""
    workspace = Workspace.open(folder)
    token = new_token(workspace, f"bench-{os.getpid()}", Tlp.AMBER_STRICT, now())
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    app = create_app(Settings(replace(load_config({}), workspace=folder), port))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
    Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True).start()
    base = f"http://127.0.0.1:{port}/taxii2/counterfoil/collections/"
    with httpx.Client(base_url=base, headers={"Authorization": f"Bearer {token}"}, timeout=60) as client:
        start, used = time.perf_counter(), time.process_time()
        while client.get("clear/manifest/").status_code == 503:
            time.sleep(1)
        took, used = time.perf_counter() - start, time.process_time() - used
        print(f"index: {took:.1f} s ({used:.1f} s of the processor), {_megabytes(folder):.0f} MB")
        for label in ("clear", "amber-strict"):
            for what in ("manifest", "objects"):
                _pages(client, f"{label}/{what}/")
        _after_a_change(client, workspace)
    server.should_exit = True
    workspace.close()


def _pages(client: httpx.Client, path: str) -> None:
    following, objects = "0", 0
    taken: list[float] = []
    used: list[float] = []
    sizes: list[float] = []
    while len(taken) < PAGES:
        start, before = time.perf_counter(), time.process_time()
        answer = client.get(path, params={"limit": 1000, "next": following})
        taken.append(1000 * (time.perf_counter() - start))
        used.append(1000 * (time.process_time() - before))
        page = answer.json()
        objects += len(page.get("objects", ()))
        sizes.append(len(answer.content) / 1e6)
        following = page.get("next", "0")
    told = f"{objects / len(taken):.0f} objects, {median(sizes):.1f} MB"
    clock, processor = (f"median {median(one):.0f} ms, p95 {quantiles(one, n=20)[-1]:.0f} ms" for one in (taken, used))
    print(f"{path} {len(taken)} pages of {told}: {clock}; of the processor, with the client's part: {processor}")


def _after_a_change(client: httpx.Client, workspace: Workspace) -> None:
    from counterfoil.kb.incident_changes import rename
    from counterfoil.kb.incidents import incident_ids
    from counterfoil.model.coding import Signature

    with workspace.writing() as connection:
        rename(connection, incident_ids(connection)[0], f"Renamed {time.time()}", Signature("ada", now()))
    start = time.perf_counter()
    client.get("amber-strict/objects/").raise_for_status()
    print(f"first page after a change: {time.perf_counter() - start:.1f} s")


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.glob("taxii.db*")) / 1e6


if __name__ == "__main__":
    main(Path(sys.argv[1]))
