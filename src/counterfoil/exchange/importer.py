"""What an importer is."""

from collections.abc import Callable
from dataclasses import dataclass

from counterfoil.errors import InputError
from counterfoil.model.framework import Framework
from counterfoil.model.parcel import Parcel

LARGEST = 1024 * 1024 * 1024  #: bytes of a file that is imported
MOST = 2_000_000  #: objects or rows of one file
DEEPEST = 50  #: levels of nested JSON


@dataclass(frozen=True, slots=True)
class Importer:
    """A format: `recognises(name, head)` tells it by a file's name and first 64 KB, `read` makes a parcel of it.

    `read` raises an `InputError` where the file as a whole cannot be read; what cannot be taken over in it is a
    problem of the parcel.
    """

    label: str
    recognises: Callable[[str, bytes], bool]
    read: Callable[[bytes, Framework], Parcel]


def refuse_large(data: bytes, name: str) -> None:
    """Raises:
    InputError: the file is larger than `LARGEST`.
    """
    if len(data) > LARGEST:
        raise InputError(
            f"{name} has {len(data) // 1024**2} MB; {LARGEST // 1024**2} MB are read at most.", "Split it."
        )
