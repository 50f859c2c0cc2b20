"""What the complete pages have that the exact ones lack, page by page, and why."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from counterfoil.site.catalogue import Catalogue, Finding
from counterfoil.site.pages import Pages
from counterfoil.site.style import Safe

_ROW = re.compile(r"\| \[.*?\]\(\.\./\.\./generated_pages/\w+/([^)]+)\.md\)")
_YEAR = re.compile(r"\* \*\*Year started:\*\* \d+$|<td>[12]\d{3}</td>$")
_COUNT = re.compile(r"<td>\d+</td>$")
_GRID = re.compile(r'<td[^>]*>(?:<a href="(?:techniques|counters)/| </td>)|,*[TC]\d')
_RUN_TOGETHER = "the ids of the cell run together without commas; only the first was seen"
_NOT_TRIMMED = "the id has a blank before it and was not trimmed, so it was taken for no technique"
_NEVER_SHOWN = "DISARM's generator never shows this column"
_FIRST_ONLY = "only the first id of the cell was seen"
_BROKEN = "the cell has a line break, a pipe or a bracket that broke the table or link"
_NO_PAGE = "the indexes link to this page, but it was never made"
_GONE = {
    "index": "a row without an id, or with that of another row, has no page to link to",
    "page": "what a row says twice is listed once",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference on one page: what is there now (or is gone), why, and the cell that says so ("" if none)."""

    page: str
    what: str
    why: str
    cell: str = ""


def differences(exact: Pages, complete: Pages) -> tuple[Difference, ...]:
    """Every difference between the two, in the order of the pages. Notes play no part in it."""
    reasons = _reasons(exact.catalogue, complete.catalogue)
    found: list[Difference] = []
    for path in sorted({*exact.texts, *complete.texts}):
        old, new = exact.texts.get(path), complete.texts.get(path)
        if old is None:
            found.append(Difference(path, "new page", _NO_PAGE))
        elif new is None:
            found.append(Difference(path, "no such page", "the row has no id that a page can be named after"))
        elif old != new:
            found += _on_page(path, old, new, reasons)
    return tuple(found)


Reasons = Mapping[tuple[str, str], tuple[str, str]]  #: (page's id, linked id) -> (why, cell)


def _reasons(exact: Catalogue, complete: Catalogue) -> Reasons:
    """Why an edge of the complete catalogue is not in the exact one, by the two ids in either direction."""
    reasons: dict[tuple[str, str], tuple[str, str]] = {}
    for before, after, why in (
        (exact.codings, complete.codings, _NOT_TRIMMED),
        (exact.associated, complete.associated, _NOT_TRIMMED),
        (exact.counter_techniques, complete.counter_techniques, _RUN_TOGETHER),
        (exact.counter_actors, complete.counter_actors, _NOT_TRIMMED),
        (exact.counter_tactics, complete.counter_tactics, _NEVER_SHOWN),
        (exact.counter_incidents, complete.counter_incidents, _NEVER_SHOWN),
        *((exact.members[place], edges, _FIRST_ONLY) for place, edges in complete.members.items()),
    ):
        seen = {(edge.left, edge.right, edge.row) for edge in before}
        for edge in after:
            if (edge.left, edge.right, edge.row) not in seen:
                reason = (why, f"{edge.sheet}, row {edge.row}, {edge.column}")
                reasons[edge.left, edge.right] = reasons[edge.right, edge.left] = reason
    return reasons


def _on_page(path: str, old: str, new: str, reasons: Reasons) -> Iterator[Difference]:
    """The lines that came and went on one page, each with its reason."""
    before, after = old.split("\n"), new.split("\n")
    gone, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
    replaced: dict[str, list[str]] = {}
    for line in gone.elements():
        replaced.setdefault(_label(line), []).append(line)
    page = path.rpartition("/")[2].removesuffix(".md")
    broken = False
    for line in dict.fromkeys(after):
        for _ in range(come[line]):
            was = replaced.get(_label(line))
            what, why, cell = _explained(line, page, was.pop(0) if was else None, reasons)
            broken = broken or why == _BROKEN
            yield Difference(path, what, why, cell)
    lost = sum(map(len, replaced.values()))
    if lost:
        index = path.count("/") < 2
        yield Difference(path, f"{lost} lines less", _BROKEN if broken else _GONE["index" if index else "page"])


def _label(line: str) -> str:
    """What two forms of the same line have in common."""
    link = _ROW.match(line)
    if link:
        return link[1]
    if line.startswith("* **"):
        return line.split("**")[1]
    return line.split("](")[0] if line.startswith("| [") else line[:4]


def _explained(line: str, page: str, was: str | None, reasons: Reasons) -> tuple[str, str, str]:
    """What a new line is, why, and which cell says so; `was` is the form that it had before."""
    link = _ROW.match(line)
    if link and was is None:
        return (f"link to {link[1]}", *reasons.get((page, link[1]), (_NOT_TRIMMED, "")))
    if link and was is not None:
        return f"text beside {link[1]}", *_text_reason(line, was, reasons.get((page, link[1])))
    if line.startswith("| [http") and was is None:
        return "reference", "its address is not in the urls sheet, or the cell has several addresses", ""
    if _YEAR.match(line):
        return "year", "a year is a whole number; the column was read as fractions", ""
    if line.startswith("* **Playbooks**"):
        return "playbooks", _NEVER_SHOWN, ""
    if "responsetypes/" in line:
        return "link to a response type", "the link led to a folder that is not there", ""
    if _COUNT.match(line):
        return "count", "a counter that belongs to several counts in each", ""
    if _GRID.match(line):
        return "cell of the grid", _FIRST_ONLY, ""
    return "text", _BROKEN, ""


def _text_reason(line: str, was: str, missing: tuple[str, str] | None) -> tuple[str, str]:
    if missing:
        return missing
    if line.replace("\\", "") == was.replace("\\", "") or line.startswith(was):
        return _BROKEN, ""
    return "what several rows say of one incident is parted by a blank line, and said once", ""


def report(found: Sequence[Difference], findings: Sequence[Finding]) -> str:
    """Both as one Markdown text: totals by reason, then page by page, then what no page links."""
    reasons = Counter(difference.why for difference in found)
    lines = ["# What differs from DISARM's own pages, and why", ""]
    lines += _table(("Reason", "Differences"), ((why, str(count)) for why, count in reasons.most_common()))
    lines += ["", "## Page by page", ""]
    lines += _table(("Page", "What", "Why", "Cell"), ((each.page, each.what, each.why, each.cell) for each in found))
    lines += ["", "## What no page links", ""]
    kinds = Counter((finding.kind, finding.sheet, finding.column) for finding in findings)
    lines += _table(
        ("Kind", "Sheet", "Column", "Tokens"), ((*kind, str(count)) for kind, count in sorted(kinds.items()))
    )
    lines += ["", "## Token by token", ""]
    lines += _table(
        ("Sheet", "Row", "Column", "Value", "Why"),
        ((each.sheet, str(each.row), each.column, each.value, each.why) for each in findings),
    )
    return "\n".join(lines) + "\n"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    cell = Safe().cell
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---' for _ in heads)} |"
    for row in rows:
        yield f"| {' | '.join(cell(text) for text in row)} |"
