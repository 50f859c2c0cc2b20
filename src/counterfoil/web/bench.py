"""What handlers share: one open workspace, the codebook, the framework in use, the intake."""

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from fastapi import Depends, Request

from counterfoil.kb.workspace import Workspace
from counterfoil.model.codebook import Codebook
from counterfoil.model.coding import Signature
from counterfoil.model.framework import Framework
from counterfoil.web.intake import Intake
from counterfoil.web.settings import Settings
from counterfoil.workflow import load_codebook, now
from counterfoil.workflow.actors import AliasBook
from counterfoil.workflow.casebook import Casebook
from counterfoil.workflow.frameworks import framework_in_use
from counterfoil.workflow.incident_editing import CounterIndex, load_counters
from counterfoil.workflow.items import settle_names
from counterfoil.workflow.reviewing import Overview


@dataclass(frozen=True)
class Bench:
    """The workspace hands each reader and writer a connection of its own: threads may share it.

    Codebook and framework are those in use when the workbench was started.
    """

    settings: Settings
    workspace: Workspace
    codebook: Codebook
    framework: Framework
    intake: Intake
    overview: Overview
    casebook: Casebook
    aliases: AliasBook

    @property
    def analyst(self) -> str:
        """Who signs decisions made here."""
        return self.settings.config.analyst

    @cached_property
    def counters(self) -> CounterIndex:
        """The counters that the framework's catalogue proposes; read when first asked for."""
        return load_counters(self.workspace, self.framework)

    def sign(self, comment: str = "") -> Signature:
        """The signature of a decision made now."""
        return Signature(self.analyst, now(), comment.strip())

    def close(self) -> None:
        """Let go of the workspace, and give up what is still being coded."""
        self.intake.close()
        self.workspace.close()


def open_bench(settings: Settings) -> Bench:
    """Open the workspace of the settings (made if there is none) and all that goes with it.

    Raises:
        WorkspaceError: it cannot be opened.
        CodebookError: the user's own codebook is broken.
    """
    workspace = Workspace.open(settings.config.workspace, create=True)
    settle_names(workspace)  # what an earlier launch may have left
    codebook = load_codebook(settings.config)
    framework = framework_in_use(workspace, codebook)
    return Bench(
        settings=settings,
        workspace=workspace,
        codebook=codebook,
        framework=framework,
        intake=Intake(settings.config, workspace),
        overview=Overview(workspace),
        casebook=Casebook(workspace, framework),
        aliases=AliasBook(workspace),
    )


def _bench(request: Request) -> Bench:
    bench: Bench = request.app.state.bench
    return bench


BenchOf = Annotated[Bench, Depends(_bench)]
