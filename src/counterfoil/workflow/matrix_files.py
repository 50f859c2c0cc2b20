"""What the matrix shows, as a file: a Navigator layer, a table, a drawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from counterfoil.errors import UsageError
from counterfoil.model.framework import Framework
from counterfoil.model.selection import Heat, Quoted, Selection

if TYPE_CHECKING:
    from counterfoil.exchange.navigator import Layer, Mark
    from counterfoil.workflow.casebook import Casebook

ONLY_FIRST, ONLY_SECOND, BOTH = "#d98032", "#4a7fc1", "#8b5aa8"


@dataclass(frozen=True, slots=True)
class MatrixFile:
    """A kind of file: its suffix, media type, and what it is called in a list of downloads."""

    suffix: str
    media_type: str
    label: str


KINDS: Mapping[str, MatrixFile] = {
    "disarm": MatrixFile(".layer.json", "application/json", "Layer for the DISARM Navigator"),
    "attack": MatrixFile(".attack-layer.json", "application/json", "Layer for the ATT&CK Navigator"),
    "csv": MatrixFile(".csv", "text/csv; charset=utf-8", "Table (CSV)"),
    "svg": MatrixFile(".svg", "image/svg+xml", "Drawing (SVG)"),
}


def write_matrix(casebook: "Casebook", selections: Sequence[Selection], kind: str, out: TextIO) -> None:
    """Write the counts of one selection, or of two beside each other.

    Raises:
        UsageError: no such kind of file.
    """
    from counterfoil.exchange.matrix import write_csv, write_svg
    from counterfoil.exchange.navigator import write_layer

    if kind not in KINDS:
        raise UsageError(f"There is no file of the kind {kind!r}.", f"Choose one of: {', '.join(KINDS)}.")
    heats = casebook.heat(*selections)
    if kind == "csv":
        write_csv(heats, casebook.framework, out)
    elif kind == "svg":
        write_svg(heats, casebook.framework, out)
    else:
        quotes = [casebook.examples(selection) for selection in selections]
        write_layer(layer_of(heats, quotes, casebook.framework), casebook.framework, out, kind)


def layer_of(heats: Sequence[Heat], quotes: Sequence[Mapping[str, list[Quoted]]], framework: Framework) -> "Layer":
    """The layer of one selection, shaded by number of incidents; of two, coloured by which of them has a technique."""
    from counterfoil.exchange.navigator import Layer

    names = [heat.selection.words for heat in heats]
    cited = [one for one in framework.techniques if any(heat.of(one).incidents for heat in heats)]
    legend = [(f"only {names[0]}", ONLY_FIRST), (f"only {names[1]}", ONLY_SECOND), ("both", BOTH)] if names[1:] else []
    return Layer(
        name=" | ".join(names),
        description=f"Incidents by technique, {framework.name} {framework.version}. "
        + "; ".join(f"{heat.selection.words}: {heat.incidents} incidents" for heat in heats),
        marks=[_mark(technique, heats, quotes) for technique in cited],
        legend=legend,
        metadata=[(heat.selection.words, f"{heat.incidents} incidents, {heat.reports} reports") for heat in heats],
    )


def _mark(technique: str, heats: Sequence[Heat], quotes: Sequence[Mapping[str, list[Quoted]]]) -> "Mark":
    from counterfoil.exchange.navigator import Mark, comment_on, web_links

    counts = [heat.of(technique) for heat in heats]
    shown = [quoted for by_technique in quotes for quoted in by_technique.get(technique, ())]
    said = [(one.quote, f"{one.incident_name}, {one.modality}") for one in shown]
    numbers = [
        (heat.selection.words, f"{count.incidents} incidents, {count.reports} reports")
        for heat, count in zip(heats, counts, strict=True)
    ]
    return Mark(
        technique=technique,
        score=sum(count.incidents for count in counts),
        comment=comment_on(said, len(said)),
        colour=_colour([count.incidents for count in counts]),
        links=web_links((one.report_title, one.url) for one in shown),
        metadata=numbers,
    )


def _colour(counts: Sequence[int]) -> str:
    if len(counts) < 2:
        return ""
    return BOTH if all(counts) else ONLY_FIRST if counts[0] else ONLY_SECOND
