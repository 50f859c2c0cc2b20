"""Extract from annotated reports and compare with what an expert records of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counterfoil.errors import ReadError

if TYPE_CHECKING:
    from counterfoil.extraction.measuring import Annotated, Measured


def measure_extraction(folder: Path) -> "list[Measured]":
    """The figures of every annotated report (NAME.txt with NAME.yaml) in the folder and below it.

    Raises:
        ReadError: there is none, one cannot be read, or an annotation does not fit its text.
    """
    from counterfoil.extraction import extract
    from counterfoil.extraction.measuring import measure

    measured = [measure(report, extract(report.report)) for report in annotated_reports(folder)]
    if not measured:
        raise ReadError(f"{folder} has no annotated report.", "Expected: NAME.txt and NAME.yaml beside it.")
    return measured


def annotated_reports(folder: Path) -> "Iterator[Annotated]":
    """Every annotated report in the folder and below it, by path; its part is the folder inside this one.

    Raises:
        ReadError: one cannot be read, or an annotation does not fit its text.
    """
    from counterfoil.extraction.measuring import annotated
    from counterfoil.readers import READERS, Source

    for path in sorted(folder.rglob("*.yaml")):
        data = _annotation(path)
        text = path.with_suffix(".txt")
        try:
            content = text.read_bytes()
        except OSError as error:
            raise ReadError(f"{text} cannot be read: {error.strerror}.", "Each annotation needs its text.") from error
        report = READERS.load("text").read(Source(content, text.name))
        known = {key: str(data[key]) for key in ("published", "publisher", "language") if data.get(key)}
        part = path.parent.relative_to(folder).as_posix()
        yield annotated(path.stem, "" if part == "." else part, replace(report, **known), data)


def _annotation(path: Path) -> dict[str, Any]:
    import yaml

    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ReadError(f"{path} cannot be read: {error}.", "Expected: YAML, a list of items for each kind.") from error
    if not isinstance(data, dict):
        raise ReadError(f"{path} has no lists of items.", "Expected: YAML, a list of items for each kind.")
    return data
