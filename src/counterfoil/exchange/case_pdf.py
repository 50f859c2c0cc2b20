"""The case report as PDF, typeset by Typst: offline, tagged for screen readers, any script that its fonts have.

Words go in as Typst strings, never as markup, so that no text of a report is run. The fonts that Typst brings
(Latin, Cyrillic, Greek) come first, so that the same incident gives the same bytes on every machine; what they lack
is taken from the machine's own fonts.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import BinaryIO

from counterfoil.errors import CounterfoilError
from counterfoil.exchange.case_report import markdown
from counterfoil.exchange.case_tokens import Block, Run, Runs, blocks
from counterfoil.exchange.exporter import Exporter
from counterfoil.model.framework import Framework
from counterfoil.model.incident import CodedIncident

NARROWEST, WIDEST = 9, 64  #: letters of its longest cell that a column is given room for
_FONTS = '("Libertinus Serif", "Noto Sans", "DejaVu Sans", "Noto Sans CJK SC", "Noto Naskh Arabic", "Noto Color Emoji")'
_FRAME = """#set document(title: {title}, author: "Counterfoil", date: none)
#set page(paper: "a4", margin: (x: 2.1cm, y: 2.2cm), header: align(right, text(8pt, fill: rgb("#555"), {marking})),
  footer: context align(center, text(8pt, fill: rgb("#555"), counter(page).display("1 / 1", both: true))))
#set text(font: {fonts}, size: 10pt, lang: "en", hyphenate: false)
#set par(justify: false, leading: 0.62em)
#set heading(numbering: none)
#show heading.where(level: 1): set text(19pt)
#show heading.where(level: 2): it => block(above: 1.5em, below: 0.7em, text(13pt, fill: rgb("#135a60"), it.body))
#show heading.where(level: 3): it => block(above: 1.2em, below: 0.6em, text(11pt, it.body))
#show link: set text(fill: rgb("#135a60"))
#set table(stroke: (x, y) => (bottom: 0.4pt + rgb("#bbb")), inset: (x: 4pt, y: 4pt), align: left + top)
#show table.cell: set text(8.5pt)
"""


def write(incidents: Iterable[CodedIncident], framework: Framework, out: BinaryIO, template: str = "") -> None:
    """Write the reports of all incidents as one PDF, each beginning on a page of its own."""
    import typst

    sources: list[str] = []
    latest = "1980-01-01T00:00:00.000Z"
    titles: list[str] = []
    strictest = 0
    marking = ""
    for coded in incidents:
        body = "\n".join(_block(block) for block in blocks(markdown(coded, framework, template)))
        sources.append(body)
        titles.append(coded.incident.name)
        latest = max([latest, coded.incident.created, *(citation.decision.at for citation in coded.citations)])
        if not marking or coded.incident.tlp.rank > strictest:
            strictest, marking = coded.incident.tlp.rank, coded.incident.tlp.label
    title = titles[0] if len(titles) == 1 else f"{len(titles)} incidents"
    frame = _FRAME.format(title=_string(title), marking=_string(marking), fonts=_FONTS)
    source = frame + "\n#pagebreak()\n".join(sources)
    moment = datetime.fromisoformat(latest).astimezone(UTC).replace(microsecond=0)
    try:
        made = typst.compile(source.encode("utf-8", "replace"), format="pdf", timestamp=moment)
    except typst.TypstError as error:
        raise CounterfoilError(
            f"The PDF could not be made: {error}.", "Export it as docx, and please report this."
        ) from error
    out.write(made if isinstance(made, bytes) else b"".join(made or ()))


def _block(block: Block) -> str:
    if block.kind == "heading":
        return f"#heading(level: {block.level}, {_content(block.runs)})"
    if block.kind == "quote":
        return f'#block(inset: (left: 10pt, y: 2pt), stroke: (left: 1.5pt + rgb("#9dc4c0")), {_content(block.runs)})'
    if block.kind == "item":
        mark = _string(f"{block.number}." if block.number else "•")
        indent = 0.4 + 0.5 * (block.level - 1)
        return (
            f"#pad(left: {indent:.1f}cm, grid(columns: (0.6cm, 1fr), row-gutter: 4pt, {mark}, {_content(block.runs)}))"
        )
    if block.kind == "table":
        return "".join(_table(block))
    if block.kind == "rule":
        return '#line(length: 100%, stroke: 0.4pt + rgb("#bbb"))'
    return f"#par({_content(block.runs)})"


def _table(block: Block) -> Iterator[str]:
    width = max(len(row) for row in block.rows)
    rows = [_full(row, width) for row in block.rows]
    shares = [max(NARROWEST, min(WIDEST, max(_length(row[column]) for row in rows))) for column in range(width)]
    yield f"#table(columns: ({', '.join(f'{share}fr' for share in shares)},),\n  table.header("
    yield ", ".join(f"strong({_content(cell)})" for cell in rows[0])
    yield "),\n"
    for row in rows[1:]:
        yield f"  {', '.join(_content(cell) for cell in row)},\n"
    yield ")"


def _length(cell: Runs) -> int:
    return sum(len(run.text) for run in cell)


def _full(row: tuple[Runs, ...], width: int) -> tuple[Runs, ...]:
    return row + ((),) * (width - len(row))


def _content(runs: Runs) -> str:
    """Words as a Typst expression: text calls on string literals, joined."""
    return "(" + " + ".join(_run(run) for run in runs) + ")" if runs else "[]"


def _run(run: Run) -> str:
    if run.text == "\n":
        return "linebreak()"
    made = f"text({_string(run.text)})"
    if run.code:
        made = f"raw({_string(run.text)})"
    if run.bold:
        made = f"strong({made})"
    if run.italic:
        made = f"emph({made})"
    if run.link.startswith(("http://", "https://", "mailto:")):
        made = f"link({_string(run.link)}, {made})"
    return made


def _string(text: str) -> str:
    """A Typst string literal: nothing in it is markup. Long words may break at a zero-width space."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(_letter(letter) for letter in escaped) + '"'


def _letter(letter: str) -> str:
    return f"\\u{{{ord(letter):x}}}" if ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0 else letter


EXPORTER = Exporter(
    label="Case report (PDF)",
    suffix=".pdf",
    media_type="application/pdf",
    write=write,
    binary=True,
    templated=lambda template: partial(write, template=template),
)
