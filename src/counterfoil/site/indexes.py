"""The index pages and the counts by response type."""

from collections import Counter
from collections.abc import Iterable

from counterfoil.site.catalogue import Catalogue
from counterfoil.site.render import FOLDERS
from counterfoil.site.style import Style

#: file -> (title, sheet, columns)
_INDEXES = {
    "phases_index.md": ("Phases", "phases", ()),
    "tactics_index.md": ("Tactics", "tactics", ("phase_id",)),
    "techniques_index.md": ("Techniques", "techniques", ("tactic_id",)),
    "tasks_index.md": ("Tasks", "tasks", ("tactic_id",)),
    "counters_index.md": ("Counters", "countermeasures", ("metatechnique", "tactic", "responsetype")),
    "detections_index.md": ("Detections", "detections", ("metatechnique", "tactic", "responsetype")),
    "metatechniques_index.md": ("Metatechniques", "metatechniques", ()),
    "actortypes_index.md": ("Actortypes", "actortypes", ("sector_ids",)),
    "responsetype_index.md": ("Response types", "responsetypes", ()),
}
_INCIDENT_COLUMNS = ("name", "objecttype", "year_started", "found_in_country", "found_via")


def indexes(catalogue: Catalogue, style: Style) -> dict[str, str]:
    """The index of every kind of page, by path below generated_pages."""
    written = {
        path: _index(title, sheet, ("name", "summary", *columns), catalogue, style)
        for path, (title, sheet, columns) in _INDEXES.items()
    }
    return {**written, "incidents_index.md": _index("Incidents", "incidents", _INCIDENT_COLUMNS, catalogue, style)}


def _index(title: str, sheet: str, columns: tuple[str, ...], catalogue: Catalogue, style: Style) -> str:
    folder = style.folders.get(sheet, FOLDERS[sheet][0])
    heads = "".join(f"<th>{column}</th>\n" for column in ("disarm_id", *columns))
    rows = "".join(
        f'<tr>\n<td><a href="{folder}/{entry.id}.md">{entry.id}</a></td>\n'
        + "".join(f"<td>{style.html_cell(entry.fields[column])}</td>\n" for column in columns)
        + "</tr>\n"
        for entry in catalogue.entries[sheet]
    )
    return f'# DISARM {title}:\n\n<table border="1">\n<tr>\n{heads}</tr>\n{rows}</table>\n'


def counts_by_response(catalogue: Catalogue, style: Style) -> dict[str, str]:
    """How many counters each tactic and each metatechnique has of each response type."""
    return {
        f"{folder}_by_responsetype_table.md": _counts(word, folder, catalogue, style)
        for folder, word in (("tactics", "tactic"), ("metatechniques", "metatechnique"))
    }


def _counts(word: str, folder: str, catalogue: Catalogue, style: Style) -> str:
    """A row for each id that a counter names, a column for each response type that occurs."""
    responses_of: dict[str, list[str]] = {}
    for edge in catalogue.members["countermeasures", "responsetype"]:
        responses_of.setdefault(edge.left, []).append(edge.right)
    pairs = Counter(
        (edge.right, response)
        for edge in catalogue.members["countermeasures", word]
        for response in responses_of.get(edge.left, ())
    )
    responses = sorted({response for _, response in pairs})
    names = {entry.id: entry.name for entry in catalogue.entries[folder]}
    rows = "".join(
        f'<td><a href="../generated_pages/{folder}/{identity}.md">'
        f"{style.html_cell(f'{identity} {names[identity]}')}</a></td>\n"
        f"{_cells([pairs[identity, response] for response in responses])}</tr>\n<tr>\n"
        for identity in sorted({identity for identity, _ in pairs if identity in names})
    )
    totals = _cells([sum(pairs[identity, response] for identity in names) for response in responses])
    heads = "\n".join(f"<td>{response}</td>" for response in responses)
    return (
        f'# DISARM {word.capitalize()} courses of action\n\n<table border="1">\n<tr>\n<td> </td>\n    {heads}\n'
        f"<td>TOTALS</td></tr><tr>\n{rows}<td>TOTALS</td>\n{totals}</tr>\n</table>\n"
    )


def _cells(numbers: Iterable[int]) -> str:
    """A row's numbers and their sum."""
    listed = list(numbers)
    return "".join(f"<td>{number}</td>\n" for number in [*listed, sum(listed)])
