"""Feed an importer what libFuzzer makes of valid files, guided by coverage, for a bounded time.

`python -m tests.fuzz.fuzz_importers stix -max_total_time=60` needs atheris (Apache-2.0), which test_fuzz.py skips
without. Whatever is in a file, an importer makes a parcel or raises an error of ours; anything else is a finding.
"""

import contextlib
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from counterfoil.errors import CounterfoilError


def main(name: str, arguments: list[str]) -> None:
    """Fuzz one importer; libFuzzer ends the process."""
    atheris: Any = import_module("atheris")  # it has no types, and need not be there to check this file
    with atheris.instrument_imports(include=["counterfoil.exchange", "json"]):
        importer = import_module("counterfoil.exchange").IMPORTERS.load(name)
    samples = import_module("tests.exchange.importable").SAMPLES
    framework = import_module("tests.exchange.rich").disarm()

    def once(data: bytes) -> None:
        with contextlib.suppress(CounterfoilError):
            importer.read(data, framework)

    corpus = Path(tempfile.mkdtemp(prefix=f"fuzz-{name}-"))
    for number, sample in enumerate(samples.get(name, ())):
        (corpus / f"sample-{number}").write_bytes(sample())
    atheris.Setup([sys.argv[0], str(corpus), f"-artifact_prefix={corpus}/", *arguments], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
