"""DISARM's workbooks, read once, where the evaluation data is."""

from pathlib import Path

import pytest

from counterfoil.frameworks.sheets import read_master
from counterfoil.model.sheet import Master
from counterfoil.site.pages import Pages, Settings, generate


@pytest.fixture(scope="session")
def disarm(shared: Path) -> Master:
    return read_master(sorted((shared / "disarm" / "DISARM_MASTER_DATA").glob("*.xlsx")))


@pytest.fixture(scope="session")
def exact(disarm: Master) -> Pages:
    return generate(disarm, Settings(exact=True))


@pytest.fixture(scope="session")
def complete(disarm: Master) -> Pages:
    return generate(disarm)
