"""The default install holds nothing under the GPL or AGPL alone, and every package is locked with its hashes."""

import re
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path

from packaging.requirements import Requirement

LOCK = Path(__file__).parents[1] / "requirements" / "core.txt"
COPYLEFT = re.compile(r"\b(?:A?GPL|GNU (?:Affero )?General Public)", re.IGNORECASE)
#: Dual-licensed packages: used under the permissive one.
CHOICE = re.compile(r"\b(?:MPL|MIT|BSD|Apache)[\w.-]* OR |OR (?:MPL|MIT|BSD|Apache)", re.IGNORECASE)


def _locked() -> dict[str, str]:
    text = LOCK.read_text(encoding="utf-8")
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", text, re.MULTILINE))


def test_no_package_of_the_default_install_is_gpl() -> None:
    seen = 0
    for name in _locked():
        try:
            about = metadata(name)
        except PackageNotFoundError:
            continue  # for another platform or Python version
        seen += 1
        said = [*(about.get_all("License-Expression") or about.get_all("License") or [])]
        words = " ".join([*(text[:200] for text in said), *(about.get_all("Classifier") or [])])
        assert not COPYLEFT.search(words) or CHOICE.search(words), f"{name}: {words[:200]}"
    assert seen > 30


def test_what_the_project_needs_is_locked() -> None:
    locked = {name.lower().replace("_", "-").replace(".", "-") for name in _locked()}
    needed = [Requirement(line) for line in requires("counterfoil") or []]
    missing = {n.name for n in needed if n.marker is None and n.name.lower().replace("_", "-") not in locked}
    assert missing == set()
    blocks = LOCK.read_text(encoding="utf-8").split("\n")
    assert sum("--hash=sha256:" in line for line in blocks) >= len(locked)
