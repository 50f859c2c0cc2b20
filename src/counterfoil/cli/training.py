"""train: let the coder learn from what was decided in the workspace."""

import click

from counterfoil.cli.options import open_workspace, print_json, with_config, with_format
from counterfoil.config import Config


@click.command("train")
@click.option("--forget", "forgetting", is_flag=True, help="Go back to the knowledge that comes with Counterfoil.")
@with_format
@with_config
def train_command(forgetting: bool, config: Config, as_json: bool) -> None:
    """Learn from all decisions in the workspace, imported incidents included.

    What is learned is kept beside the database (learned.npz) and used from the next `code` on. Run it
    again after each review: it takes seconds, and always learns from all decisions anew.
    """
    from counterfoil.workflow.training import forget, train

    with open_workspace(config) as workspace:
        if forgetting:
            existed = forget(workspace)
            if as_json:
                print_json({"forgotten": existed})
            else:
                click.echo("Forgotten." if existed else "Nothing had been learned.")
            return
        trained = train(workspace, config)
    if as_json:
        print_json({"reports": trained.reports, "passages": trained.passages, "codes": trained.codes})
    else:
        click.echo(
            f"Learned from {trained.reports} {'report' if trained.reports == 1 else 'reports'}: "
            f"{trained.codes} codes in {trained.passages} passages."
        )
