"""What loading a framework gives: the framework, its catalogue, and a report on every token that did not fit."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from counterfoil.model.catalogue import Catalogue
from counterfoil.model.framework import Framework

FORMAT = 1  #: of the plain form; raised when it changes


class Fate(StrEnum):
    """What became of a token."""

    UNLINKED = "unlinked"  #: it names something that is not in the data; kept in the item's `other`
    MENDED = "mended"  #: linked or kept after its form was corrected
    NOTED = "noted"  #: linked or kept, but there is something to know
    LEFT_OUT = "left out"  #: not loaded; the value stands in the remark


@dataclass(frozen=True, slots=True)
class Remark:
    """One token: where it stands (`row` as the spreadsheet counts, or the position in a JSON list), its
    value, what became of it and why."""

    sheet: str
    row: int
    column: str
    value: str
    fate: Fate
    why: str


@dataclass(frozen=True, slots=True)
class LoadReport:
    """`reader` is what read it, `version_from` how the version was found ("given", "file name", ...)."""

    reader: str
    remarks: tuple[Remark, ...] = field(default=(), repr=False)
    version_from: str = ""

    def counts(self) -> dict[Fate, int]:
        """How many remarks there are of each fate."""
        return dict(Counter(remark.fate for remark in self.remarks))


@dataclass(frozen=True, slots=True)
class Loaded:
    """One version of a framework as it was loaded."""

    framework: Framework
    catalogue: Catalogue
    report: LoadReport


def loaded_to_plain(loaded: Loaded) -> dict[str, Any]:
    """The same as dictionaries, lists and strings, for JSON; fields that are empty are left out."""
    return {"format": FORMAT, **_to_plain(loaded)}


def loaded_from_plain(data: Mapping[str, Any]) -> Loaded:
    """What `loaded_to_plain` wrote.

    Raises:
        ValueError: the data are of another format.
    """
    if data.get("format") != FORMAT:
        raise ValueError(f"This is format {data.get('format')!r} of a stored framework, not {FORMAT}.")
    loaded: Loaded = _from_plain(Loaded, {key: value for key, value in data.items() if key != "format"})
    return loaded


def _to_plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        kept = {name: getattr(value, name) for name in value.__dataclass_fields__}
        return {name: _to_plain(inner) for name, inner in kept.items() if inner or name == "id"}
    if isinstance(value, Mapping):
        return {key: _to_plain(inner) for key, inner in value.items()}
    return [_to_plain(inner) for inner in value] if isinstance(value, tuple) else value


def _from_plain(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin is tuple:
        inner = get_args(kind)[0]
        return tuple(value) if inner is str else tuple(_from_plain(inner, item) for item in value)
    if origin is not None and origin is not UnionType and issubclass(origin, Mapping):
        inner = get_args(kind)[1]
        return dict(value) if inner is str else {key: _from_plain(inner, item) for key, item in value.items()}
    if hasattr(kind, "__dataclass_fields__"):
        hints = _hints(kind)
        empty = {name: _EMPTY[hints[name]] for name in hints if name not in value and hints[name] in _EMPTY}
        return kind(**empty, **{name: _from_plain(hints[name], item) for name, item in value.items()})
    return kind(value)


_EMPTY: dict[Any, Any] = {str: "", int: 0, bool: False}
_HINTS: dict[type, dict[str, Any]] = {}


def _hints(kind: type) -> dict[str, Any]:
    if kind not in _HINTS:
        _HINTS[kind] = get_type_hints(kind)
    return _HINTS[kind]
