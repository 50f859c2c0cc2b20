"""Settings, from a TOML file and the environment: built once at the edge and passed on."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from getpass import getuser
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path, user_config_path

from counterfoil.coding.embeddings_settings import EmbeddingsSettings
from counterfoil.coding.llm_settings import LlmSettings
from counterfoil.errors import UsageError

PREFIX = "COUNTERFOIL_"


@dataclass(frozen=True, slots=True)
class Config:
    """What a command needs to know besides its arguments.

    Each setting may stand in the configuration file under its name, or in the environment in capitals
    after COUNTERFOIL_ (which wins): `workspace` is the folder of the knowledge base, `analyst` signs
    decisions, `offline` forbids fetching, `cache` holds what can be made again, `codebook` replaces the
    packaged codebook by a folder. `llm` and `embeddings` are sections of their own, in the environment
    after COUNTERFOIL_LLM_ and COUNTERFOIL_EMBEDDINGS_. A language model's replies are kept in the folder
    "llm" of the cache unless its section says otherwise.
    """

    workspace: Path = Path("casework")
    analyst: str = ""
    offline: bool = False
    cache: Path = Path()
    codebook: Path | None = None
    llm: LlmSettings = field(default_factory=LlmSettings)
    embeddings: EmbeddingsSettings = field(default_factory=EmbeddingsSettings)


SECTIONS: Mapping[str, type] = {"llm": LlmSettings, "embeddings": EmbeddingsSettings}


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
    for name in _names(Config) - SECTIONS.keys():
        if environment.get(PREFIX + name.upper()):
            settings[name] = _typed(name, environment[PREFIX + name.upper()], PREFIX + name.upper())
    for section, kind in SECTIONS.items():
        table = _table(kind, settings.get(section, {}), f"[{section}]")
        for name in _names(kind):
            variable = f"{PREFIX}{section.upper()}_{name.upper()}"
            if environment.get(variable):
                table[name] = _in_section(kind, name, environment[variable], variable)
        settings[section] = kind(**table)
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
    return {name: value if name in SECTIONS else _typed(name, value, str(path)) for name, value in data.items()}


def _typed(name: str, value: object, where: str) -> object:
    _check_known(name, Config, where)
    if name == "offline":
        return _flag(name, value, where)
    if not isinstance(value, str):
        raise UsageError(f"{where} has {name} = {value!r}; it is a text.")
    return value if name == "analyst" else _path(name, value, where)


def _flag(name: str, value: object, where: str) -> bool:
    if str(value).lower() not in ("true", "false", "1", "0", "yes", "no"):
        raise UsageError(f"{where} has {name} = {value!r}; it is true or false.")
    return str(value).lower() in ("true", "1", "yes")


def _table(section: type, table: object, where: str) -> dict[str, Any]:
    if not isinstance(table, dict):
        raise UsageError(f"{where} is a section of settings, not a value.", "See docs/cli.md.")
    return {name: _in_section(section, name, value, where) for name, value in table.items()}


def _in_section(section: type, name: str, value: object, where: str) -> str | int | float | Path:
    """The value of a section's setting by the setting's type, from TOML or as text from the environment."""
    _check_known(name, section, where)
    (kind,) = (item.type for item in fields(section) if item.name == name)
    if kind is bool:
        return _flag(name, value, where)
    if kind not in (int, float):
        if not isinstance(value, str):
            raise UsageError(f"{where} has {name} = {value!r}; it is a text.")
        return value if kind is str else _path(name, value, where)
    try:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise ValueError(value)
        # int of a float would cut it in silence
        return float(value) if kind is float else int(str(value))
    except (ValueError, OverflowError):
        raise UsageError(f"{where} has {name} = {value!r}; it is a number.") from None


def _path(name: str, value: str, where: str) -> Path:
    try:
        return Path(value).expanduser()
    except RuntimeError as error:
        raise UsageError(f"{where} has {name} = {value!r}, whose home folder is not known.") from error


def _check_known(name: str, section: type, where: str) -> None:
    if name not in _names(section):
        raise UsageError(
            f"{where} has the setting {name!r}, which is not known.", f"Known: {', '.join(sorted(_names(section)))}."
        )


def _names(section: type) -> set[str]:
    return {item.name for item in fields(section)}


def _user() -> str:
    try:
        return getuser()
    except (OSError, KeyError):  # no such user in the password database, as in some containers
        return ""
