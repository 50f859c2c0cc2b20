"""How long exchange takes for 10,000 incidents with 100,000 citations, and how much memory.

`python benchmarks/exchange.py FOLDER [SCALE]` makes the workspace if the folder is empty (SCALE 0.1: a tenth), and
writes it in each profile of STIX through the command line; then it imports the whole one into an empty workspace. The
aims: STIX out in 60 s and 1 GB, in within 120 s.
"""

import os
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from shutil import rmtree

from big_workspace import AT, Inventor
from counterfoil.config import load_config
from counterfoil.kb.workspace import Workspace
from counterfoil.model.coding import Signature, Verdict
from counterfoil.workflow import load_codebook
from counterfoil.workflow.arrival_orders import Orders, carry_out

INCIDENTS, CITATIONS, OPEN = 10_000, 10, 3
AT_ONCE = 500  #: incidents of one transaction
SIGNED = Signature("ada", AT)
PROFILES = ("counterfoil", "opencti", "disinfox")


def make(folder: Path, scale: float) -> None:
    """10,000 incidents of one report each, with ten accepted techniques and a few open ones; all invented."""
    codebook = load_codebook(load_config({}))
    texts = " ".join(f"{e.definition} {e.use_when} {' '.join(e.sentences)}" for e in codebook.entries.values())
    inventor = Inventor(codebook.framework, Counter(texts.replace(".", "").replace(",", "").split()))
    start = time.perf_counter()
    numbers = range(int(INCIDENTS * scale))
    with closing(Workspace.open(folder, create=True)) as workspace:
        for first in numbers[::AT_ONCE]:
            orders = Orders()
            for number in numbers[first : first + AT_ONCE]:
                _invent(inventor, number, orders)
            with workspace.writing() as connection:
                carry_out(connection, orders, SIGNED)
    print(f"the workspace: {time.perf_counter() - start:.0f} s", file=sys.stderr)


def _invent(inventor: Inventor, number: int, orders: Orders) -> None:
    report = inventor.report(number)
    found = inventor.suggestions(report, CITATIONS + OPEN)
    orders.texts.append((report, AT))
    orders.coded[report.id] = list(found)
    orders.decisions += [(one.id, Verdict.ACCEPTED, SIGNED) for one in found[:CITATIONS]]
    orders.extractions[report.id] = inventor.extraction(report)
    orders.incidents.append(replace(inventor.incident(number, [report.id] * 2), reports=(report.id,)))


def run(*arguments: str) -> tuple[float, float]:
    """Seconds and peak megabytes of the command line in a process of its own."""
    start = time.perf_counter()
    process = os.spawnv(os.P_NOWAIT, sys.executable, [sys.executable, "-m", "counterfoil", *arguments])
    _, status, usage = os.wait4(process, 0)
    if status:
        raise SystemExit(f"counterfoil {' '.join(arguments)} failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def main(folder: Path, scale: float) -> None:
    """Make what is missing, then measure."""
    workspace = folder / "workspace"
    if not workspace.is_dir():
        make(workspace, scale)
    for profile in PROFILES:
        target = folder / f"{profile}.json"
        chosen = ("export", "stix", "--all", "--profile", profile, "-o", str(target), "--workspace", str(workspace))
        seconds, megabytes = run(*chosen)
        print(f"stix out, {profile}: {seconds:.1f} s, {megabytes:.0f} MB, file {target.stat().st_size / 1e6:.0f} MB")
    source, other = folder / f"{PROFILES[0]}.json", folder / "imported"
    rmtree(other, ignore_errors=True)
    seconds, megabytes = run("import", str(source), "--apply", "--workspace", str(other))
    print(f"stix in, {PROFILES[0]}: {seconds:.1f} s, {megabytes:.0f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 1.0)
