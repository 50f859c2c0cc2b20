"""README's session is executed: what it shows is what a user gets.

`pytest tests/test_readme.py --update-golden` writes the real output into README.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from counterfoil.cli import COMMANDS, cli

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"(?<=```console\n)(.*?)(?=```)", re.DOTALL)


def _steps(block: str) -> list[tuple[str, str]]:
    """The commands of a block, each with the output shown for it."""
    parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)[1:]
    return list(zip(parts[0::2], parts[1::2], strict=True))


def _run(script: str, folder: Path) -> str:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("COUNTERFOIL_")},
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "100",
        "XDG_CONFIG_HOME": str(folder / "config"),
    }
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {script}"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()) + ("\n" if done.stdout else "")


@pytest.mark.slow
def test_the_session_in_the_readme_is_real(tmp_path: Path, update_golden: bool) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    _run("counterfoil demo", tmp_path)
    exported: list[str] = []

    def executed(match: re.Match[str]) -> str:
        block = ""
        for command, _ in _steps(match[1]):
            if command.startswith("export "):
                exported.append(command)
                block += f"$ {command}\n"
            else:
                block += f"$ {command}\n{_run('; '.join([*exported, command]), tmp_path)}"
        return block

    real = BLOCK.sub(executed, readme)
    today = re.compile(r"\b\d{4}-\d{2}-\d{2}\b(?=, coded)|(?<=on )\d{4}-\d{2}-\d{2}(?=:)")
    if update_golden:
        (ROOT / "README.md").write_text(real, encoding="utf-8")
        readme = real
    assert today.sub("DATE", readme) == today.sub("DATE", real)


def test_every_link_in_the_docs_is_met() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_command_and_option_is_documented() -> None:
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")

    def check(path: str, command: object) -> None:
        assert f"counterfoil {path}" in text, path
        for parameter in getattr(command, "params", []):
            for option in parameter.opts:
                if option.startswith("--"):
                    assert option in text, f"{path} {option}"
        for name, inner in getattr(command, "commands", {}).items():
            check(f"{path} {name}", inner)

    import click

    for name in COMMANDS:
        found = cli.get_command(click.Context(cli), name)
        assert found is not None
        check(name, found)
        assert found.help or found.short_help, name
