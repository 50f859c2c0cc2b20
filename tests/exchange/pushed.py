"""An incident to be pushed, with the keys of every platform in the environment."""

from pathlib import Path

import pytest

from counterfoil.kb.workspace import Workspace
from tests.exchange.platforms import KEY
from tests.exchange.rich import store_rich


@pytest.fixture
def incident(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    workspace = Workspace.open(tmp_path / "casework", create=True)
    stored = store_rich(workspace)
    workspace.close()
    monkeypatch.setenv("COUNTERFOIL_WORKSPACE", str(tmp_path / "casework"))
    for name in ("MISP", "OPENCTI", "TAXII"):
        monkeypatch.setenv(f"COUNTERFOIL_{name}_KEY", KEY)
    return stored
