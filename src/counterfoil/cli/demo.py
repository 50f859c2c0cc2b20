"""demo: the whole job on a sample report, files left on disk."""

import sys
from importlib.resources import files
from pathlib import Path
from shutil import which
from textwrap import shorten

import click

from counterfoil.cli.options import console, file_to_write, print_json, with_format, with_settings, write_file
from counterfoil.config import Config
from counterfoil.exchange import EXPORTERS
from counterfoil.kb.workspace import Workspace
from counterfoil.model.codebook import Codebook
from counterfoil.model.coding import Modality, Signature, Suggestion, Verdict
from counterfoil.model.incident import CodedIncident
from counterfoil.workflow import (
    Draft,
    Sharing,
    assemble,
    code,
    decide,
    load_kit,
    new_incident,
    now,
    read,
    share,
    store,
)

#: What whoever wrote the sample report says it tells of: the demo's analyst accepts these where they are suggested.
TOLD = frozenset(
    "T0049.003 T0084.001 T0085.001 T0087.002 T0089 T0097.102 T0097.202 T0114.001 T0143.002 T0145.002 "
    "T0146 T0146.007 T0151.001 T0151.007 T0152.004".split()
)
ANALYST = "demo analyst"
QUOTE_CHARS = 110  #: of a quote on screen


@click.command("demo")
@click.option("--out", type=click.Path(path_type=Path), default=Path("demo-out"), show_default=True)
@click.option("--posts", is_flag=True, help="Only leave an invented data set of posts, to try counterfoil detect on.")
@with_format
@with_settings
def demo_command(out: Path, posts: bool, config: Config, as_json: bool) -> None:
    """The whole job on a sample report: read, code, accept, assemble, export.

    The sample tells of an invented operation. Its text, the workspace and the incident as STIX 2.1, page
    and JSON are left in --out. Nothing is fetched.
    """
    if posts:
        _leave_posts(out / "posts.json", as_json)
        return
    kit = load_kit(config)
    workspace = Workspace.open(out / "casework", create=True)
    sample = out / "paper-lantern.md"
    write_file(sample, (files("counterfoil.cli") / "demo_report.md").read_text(encoding="utf-8"), "--out")
    draft = code(read(str(sample), config)[0], kit)
    report_id = store(workspace, draft, kit).report.id
    decide(workspace, _accepted(draft), Verdict.ACCEPTED, Signature(ANALYST, now(), "the text tells of it"))
    incident = new_incident(workspace, "Paper Lantern on Varholm", [report_id])
    coded = assemble(workspace, [incident.id])
    written = [sample]
    for name in EXPORTERS.names():
        suffix = EXPORTERS.load(name).suffix
        path = out / f"paper-lantern{suffix if suffix == f'.{name}' else f'.{name}{suffix}'}"
        with file_to_write(path, "--out") as content:
            share(workspace, [incident.id], kit.codebook.framework, Sharing(name), content)
        written.append(path)
    workspace.close()
    if as_json:
        print_json({"incident": incident.id, "report": report_id, "files": [str(path) for path in written]})
    else:
        _show(draft, coded[0], kit.codebook, written)


def _leave_posts(path: Path, as_json: bool) -> None:
    from counterfoil.cli.demo_posts import demo_posts

    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, demo_posts(), "--out")
    if as_json:
        print_json({"posts": str(path)})
    else:
        click.echo(f"{path}: invented posts in the layout of X's API; next: counterfoil detect {path}")


def _accepted(draft: Draft) -> list[str]:
    """Of each technique that the sample tells of, the likeliest suggestion."""
    likeliest: dict[str, Suggestion] = {}
    for suggestion in draft.suggestions:  # best first
        if suggestion.code.id in TOLD and suggestion.modality is Modality.OBSERVED:
            likeliest.setdefault(suggestion.code.id, suggestion)
    return [suggestion.id for suggestion in likeliest.values()]


def _show(draft: Draft, coded: CodedIncident, codebook: Codebook, written: list[Path]) -> None:
    from rich.table import Table
    from rich.text import Text

    from counterfoil.cli.screen import print_extraction, print_report

    screen = console()
    print_report(screen, draft.report)
    screen.print(f"\n{len(draft.suggestions)} suggestions; the demo's analyst accepted {len(coded.citations)}:\n")
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in ("technique", "evidence", "characters"):
        table.add_column(heading, overflow="fold")
    for citation in coded.citations:
        suggestion = citation.suggestion
        span = suggestion.spans[0]
        technique = codebook.framework.technique(suggestion.code.id)
        quote = shorten(span.quote, QUOTE_CHARS, placeholder=" …")
        label = Text.assemble((technique.id, "bold"), f" {technique.name}")
        table.add_row(label, Text(f"“{quote}”"), f"{span.start}–{span.end}")
    screen.print(table)
    screen.print()
    print_extraction(screen, draft.extraction)
    screen.print(f"\nIncident {coded.incident.id} is in {written[0].parent / 'casework'}; files:")
    for path in written:
        screen.print(f"  {path}")
    command = "counterfoil" if which("counterfoil") else sys.argv[0]
    screen.print(f"\nNext: {command} code YOUR-REPORT.pdf")
