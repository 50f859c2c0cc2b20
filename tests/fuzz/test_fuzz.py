"""The coverage-guided harness runs for a few seconds on each importer; longer with COUNTERFOIL_FUZZ_SECONDS."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from counterfoil.exchange import IMPORTERS

SECONDS = int(os.environ.get("COUNTERFOIL_FUZZ_SECONDS", "5"))


@pytest.mark.parametrize("name", IMPORTERS.names())
def test_no_input_ends_an_importer(name: str) -> None:
    pytest.importorskip("atheris", reason="atheris is not installed: pip install atheris")
    command = [sys.executable, "-m", "tests.fuzz.fuzz_importers", name, f"-max_total_time={SECONDS}", "-timeout=30"]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
