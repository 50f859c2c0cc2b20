"""The coder alone: `python benchmarks/coding.py [--flame]`.

Time and memory of coding 1,000 sentences on one core, growth with the number of sentences, and start-up,
beside a peer in the same run: scikit-learn's tf-idf vectoriser, the least that any text classifier does
(with --flame, where the time goes, from pyinstrument). Prints a table; asserts nothing.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from timing import timed

RUNS = 3
SIZES = (250, 500, 1000, 2000, 4000)


def sentences(count: int) -> list[str]:
    """Sentences of the packaged passages, in order, as many as wanted."""
    from counterfoil.frameworks.codebook import load_codebook, packaged_folder
    from counterfoil.frameworks.coded_passages import read_passages
    from counterfoil.readers.sentences import sentence_ranges

    found: list[str] = []
    for passage in read_passages(packaged_folder() / "passages", load_codebook()):
        found += [passage.text[s:e] for s, e in sentence_ranges(passage.text, 0, len(passage.text), "en")]
        if len(found) >= count:
            break
    return (found * (count // len(found) + 1))[:count]


def main() -> None:
    table = Table("work", "figure", "peer in the same run", "ratio", title="the coder on the packaged passages")
    start = time.perf_counter()
    from counterfoil.coding.suggest import Context, suggest
    from counterfoil.config import load_config
    from counterfoil.model.report import Report
    from counterfoil.readers.passages import passages
    from counterfoil.workflow import load_kit

    kit = load_kit(load_config({}))
    ready = time.perf_counter() - start
    bare = timed(lambda: subprocess.run([sys.executable, "-c", "import numpy"], check=True), RUNS)
    table.add_row(
        "coder ready (imports included)", f"{ready:.2f} s", f"import numpy: {bare:.2f} s", f"{ready / bare:.1f}"
    )

    def job(count: int) -> Callable[[], object]:
        wanted = sentences(count)
        text = "\n\n".join(" ".join(wanted[at : at + 6]) for at in range(0, count, 6))
        report = Report(text=text, source="benchmark", language="en")
        parts = passages(report)
        contexts = [Context()] * len(parts)
        return lambda: suggest(report, parts, contexts, kit.panel, kit.codebook.framework)

    from sklearn.feature_extraction.text import TfidfVectorizer

    job(100)()
    for count in SIZES:
        spent = timed(job(count), RUNS)
        wanted = sentences(count)
        peer = timed(partial(TfidfVectorizer(ngram_range=(1, 2)).fit_transform, wanted), RUNS)
        table.add_row(
            f"{count:,} sentences coded, one core",
            f"{spent:.2f} s ({spent / count * 1000:.2f} ms each)",
            f"tf-idf of the same: {peer:.2f} s",
            f"{spent / peer:.1f}",
        )
    table.add_row(
        "memory of this process", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB", "", ""
    )
    Console(width=110).print(table)
    if "--flame" in sys.argv:
        from pyinstrument import Profiler

        with Profiler() as profiler:
            job(1000)()
        Path("coding.html").write_text(profiler.output_html(), encoding="utf-8")
        print("coding.html: where the time goes")


if __name__ == "__main__":
    main()
