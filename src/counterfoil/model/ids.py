"""Deterministic ids: the same content gets the same id on every machine and in every run."""

import json
from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID, uuid5

#: The root of every UUID that Counterfoil makes (a version 4 UUID, drawn once for this project).
NAMESPACE = UUID("3b3a1f6e-8f0c-4d7b-9f4e-5a0f7a6f2c11")

Part = str | int | float | None | Sequence["Part"]


def short_id(prefix: str, *parts: Part) -> str:
    """An id for people to read and type, such as "S-1f2e3d4c5b6a": 48 bits of the parts' hash."""
    return f"{prefix}-{_digest(parts)[:12]}"


def uuid_for(*parts: Part) -> UUID:
    """A version 5 UUID of the parts in Counterfoil's namespace."""
    return uuid5(NAMESPACE, _canonical(parts))


def _canonical(parts: Sequence[Part]) -> str:
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def _digest(parts: Sequence[Part]) -> str:
    return sha256(_canonical(parts).encode("utf-8", "surrogatepass")).hexdigest()
