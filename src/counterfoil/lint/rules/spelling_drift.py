"""Two spellings of one name, an edit apart, in different incidents or in one.

Why it matters: searching for an actor finds half of its cases.

Example: Spamouflage in one incident, Spamoflage in another.

How to fix: choose one spelling and use it throughout; keep a source's own spelling inside its quotation and add
"[sic]". The rule compares words of eight letters and more that are always written with a capital and differ by one
letter more, less, other or swapped, not in their first letter nor their last two (plurals and adjectives differ
there). It reports the spelling that fewer incidents have. On a workspace it compares the actors that were found.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from counterfoil.lint.dataset import Dataset, Origin
from counterfoil.lint.finding import Cell, Fault, Severity
from counterfoil.lint.ids import trimmed
from counterfoil.lint.rule import BOTH, rule
from counterfoil.lint.schema import OWN_ID
from counterfoil.lint.spelling import one_edit_apart, proper_names


@rule("DL022", "spelling-drift", Severity.WARNING, BOTH)
def check(dataset: Dataset) -> Iterator[Fault]:
    places = _actors(dataset) if dataset.origin is Origin.WORKSPACE else _words(dataset)
    incidents = {name: set(by_incident) for name, by_incident in places.items()}
    for left, right in one_edit_apart(list(places)):
        rarer, other = sorted((left, right), key=lambda name: (len(incidents[name]), name))
        for incident, cell in places[rarer].items():
            example = next(iter(places[other]))
            message = f"{incident} has the spelling {rarer!r}, {example} has {other!r}."
            yield Fault(cell, message, f"If they are one, write {other} in both.", rarer)


def _words(dataset: Dataset) -> Mapping[str, Mapping[str, Cell]]:
    """word -> incident -> the first cell that has it."""
    found: defaultdict[str, dict[str, Cell]] = defaultdict(dict)
    columns = (("incidents", "name"), ("incidents", "summary"), ("incidenttechniques", "name"))
    owners = {
        sheet: {row.number: trimmed(row.text(column)) for row in dataset.rows(sheet)}
        for sheet, column in (("incidents", OWN_ID), ("incidenttechniques", "incident_id"))
    }
    cells = [cell for sheet, column in columns for cell in dataset.cells(sheet, column)]
    for cell, words in zip(cells, proper_names([cell.text for cell in cells]), strict=True):
        for word in words:
            found[word].setdefault(owners[cell.sheet][cell.row], cell)
    return found


def _actors(dataset: Dataset) -> Mapping[str, Mapping[str, Cell]]:
    found: defaultdict[str, dict[str, Cell]] = defaultdict(dict)
    for row in dataset.rows("incidents"):
        for actor in filter(None, row.text("actors").split("\n")):
            found[actor].setdefault(row.text(OWN_ID), Cell("incidents", row.number, "actors", row.text("actors")))
    return found
