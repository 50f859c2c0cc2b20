"""DISARM's page tree, time and memory: `python benchmarks/pages.py FOLDER` (of the two workbooks).

Every figure is of a process of its own, and stands beside what no program can beat in the same run: the
same bytes written with plain open and write, and the workbooks read with calamine alone. The last rows
add invented incidents to the workbooks' sheets: ten times as many must take about ten times as long.
Prints a table; asserts nothing, since machines differ.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from counterfoil.frameworks.sheets import read_master
from counterfoil.model.sheet import Cell, Master, Row
from counterfoil.site.pages import Settings, generate
from counterfoil.site.publish import publish

PAGES = "from counterfoil.cli.pages import pages_command; pages_command()"
CALAMINE = """
import sys
from pathlib import Path
from python_calamine import CalamineWorkbook
for path in Path(sys.argv[1]).glob("*.xlsx"):
    workbook = CalamineWorkbook.from_path(path)
    for name in workbook.sheet_names:
        workbook.get_sheet_by_name(name).to_python()
"""
CITATIONS = 10  #: of each invented incident
TIMES = 5


def cold(code: str, *arguments: str, clear: Path | None = None) -> tuple[float, float]:
    """The quickest of several processes, each with `clear` removed before: seconds and megabytes at the peak."""
    figures = []
    for _ in range(TIMES):
        if clear:
            shutil.rmtree(clear, ignore_errors=True)
        start = time.perf_counter()
        child = subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise SystemExit(f"{arguments} ended with {child.returncode}")
        figures.append((time.perf_counter() - start, usage.ru_maxrss / 1024))
    return min(figures)


def plain_write(texts: dict[Path, bytes]) -> float:
    """The limit: folders made, then each file opened and written."""
    start = time.perf_counter()
    for folder in {path.parent for path in texts}:
        folder.mkdir(parents=True, exist_ok=True)
    for path, content in texts.items():
        with path.open("wb") as file:
            file.write(content)
    return time.perf_counter() - start


def enlarged(master: Master, incidents: int) -> Master:
    """The workbooks' sheets with that many invented incidents more."""
    codes = [row.text("disarm_id") for row in master.sheets["techniques"].rows]
    named: list[dict[str, Cell]] = []
    cited: list[dict[str, Cell]] = []
    for number in range(incidents):
        identity = f"I9{number:06}"
        chosen = {codes[(number * 7 + step * 13) % len(codes)] for step in range(CITATIONS)}
        named.append({"disarm_id": identity, "name": f"Case {number}", "summary": "What happened. " * 20})
        cited.append({"incident_id": identity, "technique_ids": ", ".join(chosen), "name": "What was seen. " * 40})
    added = {"incidents": named, "incidenttechniques": cited}
    sheets = {
        name: replace(sheet, rows=(*sheet.rows, *(Row(9000 + at, row) for at, row in enumerate(added.get(name, ())))))
        for name, sheet in master.sheets.items()
    }
    return Master(sheets, master.sources)


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit("Name the folder of DISARM's workbooks.")
    folder = Path(sys.argv[1])
    table = Table("work", "seconds", "MB", "limit in the same run", "ratio", title=str(folder))
    master = read_master(sorted(folder.glob("*.xlsx")))
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch)
        read, _ = cold(CALAMINE, str(folder))
        for name, options in (("complete", ()), ("exact", ("--exact",))):
            made = generate(master, Settings(exact=bool(options))).texts
            texts = {out / "plain" / name / path: text.encode() for path, text in made.items()}
            limit = read + plain_write(texts)
            first, memory = cold(PAGES, str(out / name), "--from", str(folder), *options, clear=out / name)
            table.add_row(
                f"{name} pages, cold", f"{first:.2f}", f"{memory:.0f}", f"{limit:.2f}", f"{first / limit:.1f}"
            )
            again, memory = cold(PAGES, str(out / name), "--from", str(folder), *options)
            table.add_row(
                f"{name} pages again", f"{again:.2f}", f"{memory:.0f}", f"calamine: {read:.2f}", f"{again / read:.1f}"
            )
        for incidents in (1_000, 10_000):
            large = enlarged(master, incidents)
            start = time.perf_counter()
            pages = generate(large)
            without = time.perf_counter() - start
            publish(pages, out / str(incidents))
            spent = time.perf_counter() - start
            limit = plain_write({out / "plain" / str(incidents) / p: text.encode() for p, text in pages.texts.items()})
            table.add_row(
                f"{incidents:,} incidents, {incidents * CITATIONS:,} citations ({without:.2f} s without writing)",
                f"{spent:.2f}",
                "",
                f"writing: {limit:.2f}",
                f"{spent / limit:.1f}",
            )
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
