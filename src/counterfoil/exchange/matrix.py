"""Counts of techniques as files: a table (CSV) and a drawing of the matrix (SVG), of one selection or two."""

import csv
from collections.abc import Iterator, Sequence
from math import sqrt
from textwrap import wrap
from typing import TextIO
from xml.sax.saxutils import escape

from counterfoil.model.framework import Framework, Tactic, Technique
from counterfoil.model.selection import Heat

STEPS = 6  #: shades of heat besides none
_SHADES = ("#ffffff", "#e7f3f1", "#c4e1de", "#93c7c4", "#5ba6a6", "#2d8084", "#135a60")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  #: spreadsheets calculate what begins so
_WIDTH, _GAP, _LINE, _LETTERS = 178, 6, 14, 25


def shade(count: float, most: float) -> int:
    """How strongly a count is drawn: 0 for none, 1 to `STEPS`; by the square root, as few techniques lead by far."""
    if count <= 0 or most <= 0:
        return 0
    return max(1, min(STEPS, round(STEPS * sqrt(count / most))))


def darkest(heats: Sequence[Heat]) -> int:
    """The number that is drawn darkest: the largest, but not so small that one incident looks like many."""
    return max(STEPS, *(heat.most for heat in heats))


def in_columns(framework: Framework) -> list[tuple[Tactic, list[tuple[Technique, list[Technique]]]]]:
    """The matrix: each tactic in its order, its techniques, and theirs."""
    subs: dict[str, list[Technique]] = {}
    for technique in framework.techniques.values():
        if technique.parent in framework.techniques:
            subs.setdefault(technique.parent, []).append(technique)
    tops = [one for one in framework.techniques.values() if one.parent not in framework.techniques]
    return [
        (tactic, [(one, subs.get(one.id, [])) for one in tops if tactic.id in (one.tactic, *one.more_tactics)])
        for tactic in sorted(framework.tactics, key=lambda tactic: tactic.rank)
    ]


def write_csv(heats: Sequence[Heat], framework: Framework, out: TextIO) -> None:
    """Every technique with its counts, one line each; no cell can be read as a formula."""
    rows = csv.writer(out, lineterminator="\r\n")
    tactics = {tactic.id: tactic.name for tactic in framework.tactics}
    head = ["technique", "name", "parent", "tactic", "tactic name"]
    for heat in heats:
        said = heat.selection.words
        head += [f"{kind}: {said}" for kind in ("incidents", "incidents with sub-techniques", "reports")]
    rows.writerow([safe_cell(cell) for cell in head])
    for technique in framework.techniques.values():
        about = [technique.id, technique.name, technique.parent, technique.tactic, tactics.get(technique.tactic, "")]
        counts = [heat.of(technique.id) for heat in heats]
        numbers = [str(number) for count in counts for number in (count.incidents, count.with_subs, count.reports)]
        rows.writerow([safe_cell(cell) for cell in about] + numbers)


def safe_cell(text: str) -> str:
    """The text such that a spreadsheet takes it as text; line breaks within become blanks."""
    line = " ".join(text.splitlines()) if "\n" in text or "\r" in text else text
    return f"'{line}" if line.lstrip(" \u00a0").startswith(_FORMULA) else line


def write_svg(heats: Sequence[Heat], framework: Framework, out: TextIO) -> None:
    """The matrix with its numbers, as wide as it needs to be. It loads nothing and runs nothing."""
    columns = [list(_cells(techniques, heats)) for _, techniques in in_columns(framework)]
    tactics = [tactic for tactic, _ in in_columns(framework)]
    width = len(tactics) * (_WIDTH + _GAP) + _GAP
    height = 120 + max((sum(cell.height + _GAP for cell in column) for column in columns), default=0)
    title = f"{framework.name} {framework.version}: " + " compared with ".join(heat.selection.words for heat in heats)
    out.write(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="t d" font-family="system-ui, sans-serif" font-size="11">\n'
        f'<title id="t">{_xml(title)}</title>\n<desc id="d">{_xml(_about(heats))}</desc>\n'
        f'<rect width="100%" height="100%" fill="#ffffff"/>\n'
        f'<text x="{_GAP}" y="22" font-size="16" font-weight="600" fill="#1c232d">{_xml(title)}</text>\n'
        f'<text x="{_GAP}" y="40" fill="#525c69">{_xml(_about(heats))}</text>\n'
    )
    for number, (tactic, column) in enumerate(zip(tactics, columns, strict=True)):
        left = _GAP + number * (_WIDTH + _GAP)
        out.write(_words(left, 66, wrap(f"{tactic.id} {tactic.name}", _LETTERS), "#1c232d", bold=True))
        top = 108
        for cell in column:
            out.write(cell.draw(left, top))
            top += cell.height + _GAP
    out.write("</svg>\n")


class _Cell:
    """A technique's box: its name in lines, its numbers, its shade; a sub-technique is set in."""

    def __init__(self, technique: Technique, heats: Sequence[Heat], indent: int) -> None:
        counts = [heat.of(technique.id).with_subs for heat in heats]
        most = darkest(heats)
        self.indent = indent
        self.lines = wrap(f"{technique.id} {technique.name}", _LETTERS - indent // 6)
        self.number = " | ".join(str(count) for count in counts)
        self.shade = shade(max(counts, default=0), most)
        self.height = _LINE * (len(self.lines) + 1) + 6

    def draw(self, left: int, top: int) -> str:
        ink = "#ffffff" if self.shade >= 5 else "#1c232d"
        box = left + self.indent
        return (
            f'<rect x="{box}" y="{top}" width="{_WIDTH - self.indent}" height="{self.height}" rx="3" '
            f'fill="{_SHADES[self.shade]}" stroke="#8d8a80" stroke-width="0.6"/>\n'
            + _words(box + 6, top + _LINE, self.lines, ink)
            + f'<text x="{left + _WIDTH - 6}" y="{top + self.height - 6}" text-anchor="end" font-weight="600" '
            f'fill="{ink}">{self.number}</text>\n'
        )


def _cells(techniques: Sequence[tuple[Technique, list[Technique]]], heats: Sequence[Heat]) -> Iterator[_Cell]:
    """All techniques, and the sub-techniques that occur."""
    for technique, subs in techniques:
        yield _Cell(technique, heats, 0)
        yield from (_Cell(sub, heats, 14) for sub in subs if any(heat.of(sub.id).incidents for heat in heats))


def _about(heats: Sequence[Heat]) -> str:
    parts = [f"{heat.selection.words}: {heat.incidents} incidents" for heat in heats]
    told = "; ".join(parts)
    return (
        f"Number of incidents by technique, with its sub-techniques. {told}. Sub-techniques are drawn where they occur."
    )


def _words(left: int, top: int, lines: Sequence[str], ink: str, *, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    spans = "".join(f'<tspan x="{left}" dy="{_LINE if n else 0}">{_xml(line)}</tspan>' for n, line in enumerate(lines))
    return f'<text x="{left}" y="{top}" fill="{ink}"{weight}>{spans}</text>\n'


def _xml(text: str) -> str:
    """Text for XML 1.0, which has no place for control characters."""
    kept = "".join(letter if letter >= " " else " " for letter in text if not 0xD800 <= ord(letter) <= 0xDFFF)
    return escape(kept.replace("\ufffe", "").replace("\uffff", ""))
