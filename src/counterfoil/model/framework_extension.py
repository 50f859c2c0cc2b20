"""What STIX has no place for in a framework, as an extension of its matrix: version, phases, tactics' ranks.

Written by `exchange.framework_stix`, read by `frameworks.stix_bundle`: with it, a framework comes back
from STIX as it went.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from counterfoil.model.framework import Framework, Phase
from counterfoil.model.ids import uuid_for

FRAMEWORK_EXTENSION = f"extension-definition--{uuid_for('extension-definition', 'framework', '1')}"


@dataclass(frozen=True, slots=True)
class Frame:
    """A framework without its techniques; `tactics` maps a tactic's id to its phase and rank."""

    name: str
    version: str
    released: str
    phases: tuple[Phase, ...]
    tactics: Mapping[str, tuple[str, int]]


def frame_to_plain(framework: Framework) -> dict[str, Any]:
    """The extension's content."""
    return {
        "extension_type": "property-extension",
        "framework": framework.name,
        "version": framework.version,
        "released": framework.released,
        "phases": [asdict(phase) for phase in framework.phases],
        "tactics": [{"id": t.id, "phase": t.phase, "rank": t.rank} for t in framework.tactics],
    }


def frame_from_plain(data: Mapping[str, Any]) -> Frame:
    """The extension read back.

    Raises:
        KeyError, TypeError, ValueError: it is not of this form.
    """
    released = _text(data["released"])
    if released:
        date.fromisoformat(released)
    return Frame(
        name=_text(data["framework"]),
        version=_text(data["version"]),
        released=released,
        phases=tuple(_phase(phase) for phase in data["phases"]),
        tactics={_text(row["id"]): (_text(row["phase"]), _number(row["rank"])) for row in data["tactics"]},
    )


def _phase(row: Mapping[str, Any]) -> Phase:
    return Phase(_text(row["id"]), _text(row["name"]), _number(row["rank"]), _text(row["summary"]))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{value!r} is no whole number")
    return value
