"""Run the command line in this process and see what it prints."""

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from counterfoil.cli import main

ARTICLE = """Night Ferry: a network of invented neighbours

The Lagoon Institute (LI) said on 4 March 2031 that a group it tracks as Night Ferry (a.k.a. “Ferryman”) \
created fake accounts on Facebook that posed as local journalists.

The accounts posted identical messages within seconds of each other and amplified them with bots. \
They linked to night-ferry[.]com.

There is no evidence that the group paid influencers.
"""


@dataclass(frozen=True)
class Outcome:
    """What a command left: exit code, what stood on stdout and stderr."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.out, self.err
        return json.loads(self.out)


Run = Callable[..., Outcome]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs a command in a folder of its own, with its own settings, and with `stdin` if given."""
    monkeypatch.chdir(tmp_path)
    for name in ("WORKSPACE", "OFFLINE", "CODEBOOK", "CONFIG"):
        monkeypatch.delenv(f"COUNTERFOIL_{name}", raising=False)
    monkeypatch.setenv("COUNTERFOIL_ANALYST", "ada")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def command(*arguments: str | Path, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capfdbinary.readouterr()
        code = main([str(argument) for argument in arguments])
        sys.stdout.flush()
        sys.stderr.flush()
        out, err = capfdbinary.readouterr()
        return Outcome(code, out.decode(), err.decode())

    return command


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "night-ferry.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path
