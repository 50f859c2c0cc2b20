"""Settings, from a TOML file and the environment: built once at the edge and passed on."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from getpass import getuser
from pathlib import Path

from platformdirs import user_cache_path, user_config_path

from counterfoil.errors import UsageError

PREFIX = "COUNTERFOIL_"


@dataclass(frozen=True, slots=True)
class Config:
    """What a command needs to know besides its arguments.

    Each setting may stand in the configuration file under its name, or in the environment in capitals
    after COUNTERFOIL_ (which wins): `workspace` is the folder of the knowledge base, `analyst` signs
    decisions, `offline` forbids fetching, `cache` holds what can be made again, `codebook` replaces the
    packaged codebook by a folder.
    """

    workspace: Path = Path("casework")
    analyst: str = ""
    offline: bool = False
    cache: Path = Path()
    codebook: Path | None = None


def load_config(environment: Mapping[str, str], file: Path | None = None) -> Config:
    """The settings of the configuration file, then of the environment.

    Args:
        file: default: COUNTERFOIL_CONFIG, or config.toml in the user's configuration folder.

    Raises:
        UsageError: the file is not TOML, or has a setting that is not known or not of its type.
    """
    named = file or (Path(environment["COUNTERFOIL_CONFIG"]) if "COUNTERFOIL_CONFIG" in environment else None)
    settings: dict[str, object] = {"analyst": _user(), "cache": user_cache_path("counterfoil")}
    settings |= _from_file(named or user_config_path("counterfoil") / "config.toml", required=named is not None)
    known = {field.name for field in fields(Config)}
    for name in known:
        if environment.get(PREFIX + name.upper()):
            settings[name] = _typed(name, environment[PREFIX + name.upper()], PREFIX + name.upper())
    return Config(**settings)  # type: ignore[arg-type]  # each value was typed by name


def _from_file(path: Path, required: bool) -> dict[str, object]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if required:
            raise UsageError(f"There is no configuration file {path}.", "See COUNTERFOIL_CONFIG.") from None
        return {}
    except (OSError, ValueError) as error:
        raise UsageError(f"The configuration file {path} cannot be read: {error}.") from error
    return {name: _typed(name, value, str(path)) for name, value in data.items()}


def _typed(name: str, value: object, where: str) -> object:
    known = {field.name for field in fields(Config)}
    if name not in known:
        raise UsageError(
            f"{where} has the setting {name!r}, which is not known.", f"Known: {', '.join(sorted(known))}."
        )
    if name == "offline":
        if str(value).lower() not in ("true", "false", "1", "0", "yes", "no"):
            raise UsageError(f"{where} has {name} = {value!r}; it is true or false.")
        return str(value).lower() in ("true", "1", "yes")
    if not isinstance(value, str):
        raise UsageError(f"{where} has {name} = {value!r}; it is a text.")
    try:
        return value if name == "analyst" else Path(value).expanduser()
    except RuntimeError as error:
        raise UsageError(f"{where} has {name} = {value!r}, whose home folder is not known.") from error


def _user() -> str:
    try:
        return getuser()
    except (OSError, KeyError):  # no such user in the password database, as in some containers
        return ""
