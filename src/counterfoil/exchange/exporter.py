"""What an exporter is."""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO, TextIO

from counterfoil.errors import UsageError
from counterfoil.model.framework import Framework
from counterfoil.model.incident import CodedIncident

Write = Callable[[Iterable[CodedIncident], Framework, BinaryIO], None]


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: `write` puts the incidents on the stream, one at a time; the same incidents give the same bytes.

    `label` is what a list of downloads calls it. `profiles` are the variants that it has by name, where it has
    any; `write` is the first of them. `templated` makes a writer of a template's text, where the format is made
    from one. `binary` says that it is not for a screen. `drafted` says that it writes every incident's case file;
    else it gets one only for incidents without a summary, since drafting takes time.
    """

    label: str
    suffix: str
    media_type: str
    write: Write
    profiles: Mapping[str, Write] = field(default_factory=dict)
    binary: bool = False
    templated: Callable[[str], Write] | None = None
    drafted: bool = True

    def writer(self, profile: str = "", template: str = "") -> Write:
        """How to write a profile, or with a template's text; both empty: the usual way.

        Raises:
            UsageError: the format has no such profile, or is not made from a template.
        """
        if template:
            if self.templated is None:
                raise UsageError(f"{self.label} is not made from a template.", "A case report is: report, docx, pdf.")
            return self.templated(template)
        if not profile:
            return self.write
        if profile not in self.profiles:
            known = f"It has: {', '.join(self.profiles)}." if self.profiles else "It has only one."
            raise UsageError(f"{self.label} has no profile {profile!r}.", known)
        return self.profiles[profile]


@contextmanager
def as_text(out: BinaryIO) -> Iterator[TextIO]:
    """The stream for an exporter that writes text: UTF-8, line ends as they are."""
    text = io.TextIOWrapper(out, encoding="utf-8", errors="surrogatepass", newline="")
    try:
        yield text
    finally:
        text.flush()
        text.detach()
