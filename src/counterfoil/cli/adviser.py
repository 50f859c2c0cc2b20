"""`code --llm`: ask the language model about each draft, and say on stderr what was sent, kept and refused."""

import os
import sys

import click

from counterfoil.cli import show_error
from counterfoil.coding.llm_refusals import counted
from counterfoil.config import Config
from counterfoil.workflow import Draft, Kit

EXAMPLES = 2  #: refused proposals shown for each reason


class Adviser:
    """A language model for one run of a command. Says where the text goes before any is sent.

    Raises:
        UsageError: none may or can be asked; nothing has been read or stored yet.
    """

    def __init__(self, config: Config, kit: Kit) -> None:
        from counterfoil.workflow.llm import open_model

        self._kit = kit
        self._model = open_model(config, kit, os.environ)
        self._told = False
        click.echo(f"llm: {self._model.notice}", err=True)

    @property
    def failed(self) -> bool:
        """Whether the server was given up: what the offline coders found is stored all the same."""
        return self._told

    def advise(self, draft: Draft) -> Draft:
        """The draft with the model's proposals; the account of them goes to stderr."""
        from counterfoil.workflow.llm import propose

        advised, asked = propose(draft, self._kit, self._model, _progress if sys.stderr.isatty() else None)
        new = len(advised.suggestions) - len(draft.suggestions)
        click.echo(
            f"llm: {draft.report.id}: {asked.paragraphs} paragraphs, {asked.requests} requests, {asked.cached} answers "
            f"from the cache, about {asked.tokens:,} tokens; added {new}, refused {len(asked.refusals)}",
            err=True,
        )
        for reason, count in counted(asked.refusals).items():
            said = [refusal.detail for refusal in asked.refusals if refusal.reason is reason and refusal.detail]
            few = "; ".join(f"“{detail}”" for detail in said[:EXAMPLES])
            click.echo(f"llm: refused {count}: {reason}{f', such as {few}' if few else ''}", err=True)
        for count, what in (
            (asked.unasked, f"paragraphs were not asked about: {asked.why}"),
            (asked.unoffered, "paragraphs were not asked about: the coders know no technique to offer for them"),
            (asked.hidden, "invisible characters were not sent"),
        ):
            if count:
                click.echo(f"llm: {count} {what}", err=True)
        if asked.problem:
            click.echo(f"llm: the cache cannot be used: {asked.problem}", err=True)
        if asked.error and not self._told:
            self._told = True
            show_error(asked.error)
        return advised


def _progress(done: int, total: int) -> None:
    """A line that rewrites itself, and goes when all is done."""
    line = f"llm: {done} of {total} paragraphs"
    click.echo(f"\r{line}" if done < total else f"\r{' ' * len(line)}\r", nl=False, err=True)
