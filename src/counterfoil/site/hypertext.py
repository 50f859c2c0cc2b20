"""Pieces of a page that stands by itself: sections, tables, and the page with its style inside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Html:
    """Finished markup. Every other text is escaped."""

    markup: str


Cell = str | int | Html


def markup(cell: Cell) -> str:
    """A cell's content as markup."""
    return cell.markup if isinstance(cell, Html) else escape(str(cell))


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A table that scrolls by itself where it is too wide. The first cell of a row is its head.

    Args:
        heads: the columns' names; one that ends with "#" (not shown) holds numbers.
    """
    numbers = [head.endswith("#") for head in heads]
    top = "".join(
        f'<th scope="col"{_number(number)}>{escape(head.removesuffix("#"))}</th>'
        for head, number in zip(heads, numbers, strict=True)
    )
    body = "\n".join(f"<tr>{_row(row, numbers)}</tr>" for row in rows)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}">\n'
        f"<table>\n<caption><span>{escape(caption)}</span></caption>\n<thead><tr>{top}</tr></thead>\n"
        f"<tbody>\n{body}\n</tbody>\n</table>\n</div>"
    )


def _row(row: Sequence[Cell], numbers: Sequence[bool]) -> str:
    first, *rest = row
    cells = [f'<th scope="row">{markup(first)}</th>']
    cells += [f"<td{_number(n)}>{markup(cell)}</td>" for cell, n in zip(rest, numbers[1:], strict=True)]
    return "".join(cells)


def _number(number: bool) -> str:
    return ' class="number"' if number else ""


def section(identity: str, title: str, *blocks: str) -> str:
    """A section with its heading."""
    content = "\n".join(blocks)
    return f'<section id="{identity}">\n<h2>{escape(title)}</h2>\n{content}\n</section>'


def paragraph(text: str) -> str:
    """A paragraph of plain text."""
    return f"<p>{escape(text)}</p>"


def figure(drawing: str, caption: str) -> str:
    """A drawing and what it shows."""
    return f"<figure>\n{drawing}\n<figcaption>{escape(caption)}</figcaption>\n</figure>"


def side_by_side(*blocks: str) -> str:
    """Blocks beside each other where there is room."""
    return '<div class="beside">\n' + "\n".join(blocks) + "\n</div>"


def page(title: str, lead: str, sections: Sequence[tuple[str, str, str]]) -> str:
    """A whole page in one file.

    Args:
        lead: markup below the title.
        sections: (id, title, markup) of each.
    """
    style = (files("counterfoil.site") / "quality.css").read_text(encoding="utf-8")
    links = "\n".join(f'<a href="#{identity}">{escape(name)}</a>' for identity, name, _ in sections)
    body = "\n".join(content for _, _, content in sections)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Counterfoil">
<title>{escape(title)}</title>
<style>
{style}</style>
</head>
<body>
<header>
<h1>{escape(title)}</h1>
{lead}
</header>
<nav aria-label="Sections">
{links}
</nav>
<main>
{body}
</main>
</body>
</html>
"""
