"""import-table: a team's own spreadsheet of coded incidents."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from counterfoil.cli.importing import asked_to_apply, print_end, print_looked
from counterfoil.cli.options import open_workspace, print_json, with_config, with_format, with_signature, write_file
from counterfoil.config import Config
from counterfoil.model.coding import Signature
from counterfoil.workflow import load_codebook
from counterfoil.workflow.frameworks import framework_in_use
from counterfoil.workflow.importing import apply, fetch_file, look, looked_to_plain, receive
from counterfoil.workflow.importing_tables import ReadTable, Wishes, read_table, save_columns

SHOWN = 15  #: problems on screen; all are in --problems and in JSON


@click.command("import-table")
@click.argument("sheet_file", metavar="SHEET")
@click.option("--sheet", default="", help="The sheet of a workbook (default: the first that has rows).")
@click.option("--map", "maps", multiple=True, metavar="ROLE=COLUMN", help="Which column is what; ROLE= for none.")
@click.option("--use-map", default="", metavar="NAME", help="Columns as saved before.")
@click.option("--save-map", default="", metavar="NAME", help="Save the columns under this name.")
@click.option("--framework-version", "version", default="", help="Version of the framework that the sheet codes by.")
@click.option("--incident", default="", help="The incident of rows that name none.")
@click.option("--open", "waiting", is_flag=True, help="Codes wait for review; else they are the analyst's decisions.")
@click.option("--problems", default=None, type=click.Path(path_type=Path), help="Write the rows' problems to this CSV.")
@click.option("--apply", "at_once", is_flag=True, help="Apply it without asking.")
@with_format
@with_config
@with_signature("Whose coding it is where a row does not say")
def import_table_command(sheet_file: str, config: Config, as_json: bool, **chosen: Any) -> None:
    """Import a SHEET (.xlsx, .ods, .xls, .csv, .tsv) of coded incidents: see docs/tables.md.

    Columns are suggested by their headers and contents, shown, and corrected with --map, as in
    --map technique=Code --map incident=Case. The sheet then waits in quarantine as any import does.
    """
    with open_workspace(config, create=True) as workspace:
        framework = framework_in_use(workspace, load_codebook(config))
        signature: Signature = chosen["signature"]
        wishes = Wishes(
            sheet=chosen["sheet"],
            maps=chosen["maps"],
            saved=chosen["use_map"],
            version=chosen["version"],
            incident=chosen["incident"],
            signature=None if chosen["waiting"] else signature,
        )
        table = read_table(workspace, fetch_file(sheet_file, config), framework, wishes)
        if chosen["save_map"]:
            save_columns(workspace, chosen["save_map"], table.columns)
        if chosen["problems"]:
            write_file(chosen["problems"], table.problems_csv(), "--problems")
        if not as_json:
            _print_table(table)
        row = receive(workspace, sheet_file, table.document, "table")
        looked = look(workspace, row.id, framework)
        if not as_json:
            print_looked(looked)
        if chosen["at_once"] or (not as_json and asked_to_apply(looked)):
            looked = apply(workspace, row.id, framework, signature)
        if not as_json:
            print_end(looked)
            return
    problems = [asdict(one) for one in table.problems]
    columns = {"sheet": table.sheet, "columns": table.columns, "unused": table.unused, "rows": table.rows}
    print_json({**columns, "codes": table.codes, "row_problems": problems, **looked_to_plain(looked)})


def _print_table(table: ReadTable) -> None:
    why = {one.role: one for one in table.suggested}
    click.echo(f"{table.rows} rows, {table.codes} codes" + (f" in sheet {table.sheet!r}" if table.sheet else ""))
    for role, column in table.columns.items():
        one = why.get(role)
        told = one.why if one and one.column == column else "as you say"
        examples = f" e.g. {' | '.join(one.examples)}" if one and one.column == column and one.examples else ""
        click.echo(f"  {role} = {column!r} ({told}){examples}")
    if table.unused:
        click.echo(f"  kept as text: {', '.join(table.unused)}")
    for problem in table.problems[:SHOWN]:
        click.echo(f"row {problem.row}, {problem.column}: {problem.what}", err=True)
    if len(table.problems) > SHOWN:
        click.echo(f"… and {len(table.problems) - SHOWN} more: --problems FILE.csv lists all.", err=True)
