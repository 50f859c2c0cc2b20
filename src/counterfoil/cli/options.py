"""Options that commands share, and what they stand for."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from counterfoil.config import Config, load_config
from counterfoil.errors import UsageError
from counterfoil.files import writing_whole

if TYPE_CHECKING:
    from rich.console import Console

    from counterfoil.kb.workspace import Workspace

Command = Callable[..., Any]


def with_config(command: Command) -> Command:
    """Adds --workspace and --offline, and hands the command a `Config`."""

    @click.option(
        "--workspace",
        "-w",
        type=click.Path(path_type=Path),
        help="Folder of the knowledge base (default: COUNTERFOIL_WORKSPACE or ./casework).",
    )
    @click.option("--offline", is_flag=True, help="Never fetch anything.")
    @wraps(command)
    def wrapper(workspace: Path | None, offline: bool, **arguments: Any) -> Any:
        config = load_config(os.environ)
        config = replace(config, workspace=workspace or config.workspace, offline=offline or config.offline)
        return command(config=config, **arguments)

    return wrapper


def with_signature(words: str, why: bool = False) -> Callable[[Command], Command]:
    """Adds --analyst (and --why), handed over as `signature` with the time of the call. Stands under `with_config`.

    Args:
        words: what --analyst is, for --help.
        why: whether a reason may be given.
    """

    def decorate(command: Command) -> Command:
        @click.option("--analyst", default=None, help=f"{words} (default: COUNTERFOIL_ANALYST or the login name).")
        @wraps(command)
        def wrapper(analyst: str | None, config: Config, why: str = "", **arguments: Any) -> Any:
            from counterfoil.model.coding import Signature
            from counterfoil.workflow import now

            signature = Signature(config.analyst if analyst is None else analyst, now(), why)
            return command(config=config, signature=signature, **arguments)

        reason = click.option("--why", default="", help="Your reason, kept with the decision.")
        return reason(wrapper) if why else wrapper

    return decorate


def with_settings(command: Command) -> Command:
    """Hands a command that has no use for a workspace or the network its `Config`."""

    @wraps(command)
    def wrapper(**arguments: Any) -> Any:
        return command(config=load_config(os.environ), **arguments)

    return wrapper


def with_format(command: Command) -> Command:
    """Adds --format table|json, handed over as `as_json`."""

    @click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
    @wraps(command)
    def wrapper(form: str, **arguments: Any) -> Any:
        return command(as_json=form == "json", **arguments)

    return wrapper


def has_workspace(config: Config) -> bool:
    """Whether there is a workspace in the folder of the settings."""
    return (config.workspace / "counterfoil.db").exists()


@contextmanager
def open_workspace(config: Config, create: bool = False) -> "Iterator[Workspace]":
    """The workspace of the settings, closed afterwards."""
    from counterfoil.kb.workspace import Workspace

    workspace = Workspace.open(config.workspace, create=create)
    try:
        yield workspace
    finally:
        workspace.close()


def print_json(data: Any, indent: int | None = 2) -> None:
    """One JSON document on stdout, in UTF-8 whatever the terminal's encoding."""
    print_bytes(json.dumps(data, ensure_ascii=False, indent=indent) + "\n")


def print_bytes(text: str) -> None:
    """The text on stdout in UTF-8, letter by letter, whatever the terminal's encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()


def write_file(path: Path, text: str, option: str) -> None:
    """Write what an option asked for, whole or not at all.

    Raises:
        UsageError: it cannot be written there; the hint names the option.
    """
    with file_to_write(path, option) as out:
        out.write(text.encode("utf-8", "surrogatepass"))


@contextmanager
def file_to_write(path: Path, option: str) -> Iterator[BinaryIO]:
    """The same for what is written bit by bit: the file appears when the block has ended well.

    Raises:
        UsageError: it cannot be written there; the hint names the option.
    """
    try:
        with writing_whole(path) as out:
            yield out
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{path} cannot be written: {reason}.", f"Name another file with {option}.") from error


def console() -> "Console":
    """Where tables go: coloured in a terminal, plain and 100 columns wide in a pipe."""
    from rich.console import Console

    class Screen(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # `main` ends quietly; rich would end with an error

    screen = Screen(highlight=False)
    return screen if screen.is_terminal else Screen(highlight=False, width=100)
