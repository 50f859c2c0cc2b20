"""The tutorial on detection is executed: what it shows is what a user gets.

`pytest tests/test_tutorial_detection.py --update-golden` writes the real output into it.
"""

from pathlib import Path
from re import Match

import pytest

from tests.test_readme import BLOCK, ROOT, _run, _steps

PAGE = ROOT / "docs" / "tutorial_detection.md"


@pytest.mark.slow
def test_the_session_in_the_tutorial_is_real(tmp_path: Path, update_golden: bool) -> None:
    page = PAGE.read_text(encoding="utf-8")

    def executed(match: Match[str]) -> str:
        return "".join(f"$ {command}\n{_run(command, tmp_path)}" for command, _ in _steps(match[1]))

    real = BLOCK.sub(executed, page)
    if update_golden:
        PAGE.write_text(real, encoding="utf-8")
        page = real
    assert page == real
