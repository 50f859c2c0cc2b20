"""The main job's speed and memory: `python benchmarks/report.py [ARTICLE]`.

Each figure stands beside a peer measured in the same run: pysbd, the sentence splitter most used on
such text (splitting alone, no coding), and a bare Python start. ARTICLE defaults to the sample report.
Prints a table; asserts nothing, since machines differ.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from rich.console import Console
from rich.table import Table

from timing import timed

RUNS = 7
ARTICLES = 1000
SENTENCES = 1000


def command(*arguments: str) -> Callable[[], object]:
    """A cold start of the command line."""
    return lambda: subprocess.run(
        [sys.executable, "-m", "counterfoil", *arguments], check=True, capture_output=True, timeout=900
    )


def split_with_pysbd(text: str) -> int:
    """The peer: the same text split into sentences, paragraph by paragraph, and nothing else."""
    import pysbd

    segmenter = pysbd.Segmenter(language="en", clean=False)
    return sum(len(segmenter.segment(paragraph)) for paragraph in text.split("\n") if paragraph.strip())


def varied(text: str, number: int) -> str:
    """The article again with other names and figures, so that no two reports are the same text."""
    return f"Report {number}\n\n" + text.replace("2031", str(1900 + number % 120)).replace("Varholm", f"Island{number}")


def main() -> None:
    article = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(str(files("counterfoil.cli") / "demo_report.md"))
    text = article.read_text(encoding="utf-8")
    table = Table("work", "figure", "peer in the same run", "ratio", title=f"{article.name}, {len(text):,} characters")

    from counterfoil.config import load_config
    from counterfoil.readers import read_bytes
    from counterfoil.workflow import Draft, code, load_kit

    start = time.perf_counter()
    kit = load_kit(load_config({}))
    table.add_row("codebook and coders ready", f"{time.perf_counter() - start:.2f} s", "", "")

    def whole_job(content: str) -> Draft:
        result = read_bytes(content.encode(), "article.txt")
        return code(Draft(result.report, result.original), kit)

    whole_job(text)
    warm = timed(lambda: whole_job(text), RUNS)
    peer = timed(lambda: split_with_pysbd(text), RUNS)
    table.add_row(
        "article coded, warm", f"{warm * 1000:.0f} ms", f"pysbd, split only: {peer * 1000:.0f} ms", f"{warm / peer:.2f}"
    )

    with tempfile.TemporaryDirectory() as scratch:
        bare = timed(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), RUNS)
        for name, arguments in (
            ("--help, cold", ["--help"]),
            ("article coded, cold command", ["code", str(article), "-w", f"{scratch}/one", "--format", "json"]),
        ):
            spent = timed(command(*arguments), 5)
            table.add_row(name, f"{spent:.2f} s", f"bare Python: {bare:.2f} s", f"{spent / bare:.1f}")

        sentences = [s for s in text.replace("\n", " ").split(". ") if len(s) > 40]
        long_text = ". ".join((sentences * SENTENCES)[:SENTENCES])
        spent = timed(lambda: whole_job(long_text), 3)
        peer = timed(lambda: split_with_pysbd(long_text), 1)
        table.add_row(
            f"{SENTENCES:,} sentences coded",
            f"{spent:.1f} s",
            f"pysbd, split only: {peer:.1f} s",
            f"{spent / peer:.2f}",
        )

        folder = Path(scratch) / "articles"
        folder.mkdir()
        for number in range(ARTICLES):
            (folder / f"{number:04}.txt").write_text(varied(text, number), encoding="utf-8")
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "counterfoil", "code", str(folder), "-w", f"{scratch}/many", "--format", "json"],
            check=True,
            capture_output=True,
            timeout=1800,
        )
        spent = time.perf_counter() - start
        assert len({json.loads(line)["report"]["id"] for line in done.stdout.splitlines()}) == ARTICLES
        rate = ARTICLES / spent
        table.add_row(
            f"{ARTICLES:,} articles from a folder",
            f"{rate:.1f} a second",
            f"one process, warm: {1 / warm:.1f}",
            f"{rate * warm:.2f}",
        )
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    table.add_row("memory of the largest process", f"{most:.0f} MB", "", "")
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
