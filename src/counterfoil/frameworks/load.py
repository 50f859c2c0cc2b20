"""Load a framework from whatever form it comes in."""

from pathlib import Path

from counterfoil.errors import ReadError
from counterfoil.frameworks import FRAMEWORK_READERS
from counterfoil.frameworks.releases import with_version
from counterfoil.frameworks.source import FrameworkReader, Source
from counterfoil.model.loaded import Loaded


def load(path: Path, *, version: str = "", partial: bool = False) -> Loaded:
    """The framework at `path`, with its catalogue and a report on every token that did not fit.

    Args:
        path: a DISARM workbook or a folder with both, a STIX bundle, a MISP cluster file or folder.
        version: such as "1.6"; needed only where neither the source nor its name nor its ids tell.
        partial: load what can be loaded where something is missing or contradicts itself.

    Raises:
        ReadError: there is nothing there that can be read, or (unless partial) not all of it.
        UsageError: the version is not given and cannot be found.
    """
    source = Source(path).checked()
    for name in FRAMEWORK_READERS.names():
        reader: FrameworkReader = FRAMEWORK_READERS.load(name)
        if reader.recognises(source):
            return with_version(reader.read(source, partial), path, version)
    raise ReadError(
        f"{path} is no framework in a form that can be read.",
        "DISARM workbooks (.xlsx), STIX bundles and MISP galaxy clusters (.json) can.",
    )
