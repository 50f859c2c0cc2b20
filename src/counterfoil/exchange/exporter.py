"""What an exporter is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TextIO

from counterfoil.model.framework import Framework
from counterfoil.model.incident import CodedIncident


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: `write` puts the incidents on the stream; the same incidents give the same text."""

    suffix: str
    media_type: str
    write: Callable[[Iterable[CodedIncident], Framework, TextIO], None]
