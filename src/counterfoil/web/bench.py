"""What handlers share: one open workspace, the codebook, the framework in use, the intake."""

import logging
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Lock
from typing import Annotated

from fastapi import Depends, Request

from counterfoil.errors import CounterfoilError
from counterfoil.kb.workspace import Workspace
from counterfoil.model.codebook import Codebook
from counterfoil.model.coding import Signature
from counterfoil.model.framework import Framework
from counterfoil.web.arrivals import Arrivals
from counterfoil.web.detection import Detection
from counterfoil.web.following import Following
from counterfoil.web.intake import Intake
from counterfoil.web.settings import Settings
from counterfoil.workflow import load_codebook, now
from counterfoil.workflow.actors import AliasBook
from counterfoil.workflow.casebook import Casebook
from counterfoil.workflow.cue_search import CueIndex
from counterfoil.workflow.feed import Subscription
from counterfoil.workflow.frameworks import framework_in_use, in_use_mark
from counterfoil.workflow.incident_editing import CounterIndex, load_counters
from counterfoil.workflow.items import count_following
from counterfoil.workflow.kit import codebook_mark
from counterfoil.workflow.reviewing import Overview

Mark = tuple[tuple[str, str], tuple[tuple[str, int, int], ...]]  #: of the framework in use, of the codebook's files

_log = logging.getLogger("counterfoil.web")


@dataclass(frozen=True)
class Bench:
    """The workspace hands each reader and writer a connection of its own: threads may share it.

    Codebook and framework are those in use when the request came (`Desk`); `mark` is what they were known by then.
    """

    settings: Settings
    workspace: Workspace
    codebook: Codebook
    framework: Framework
    intake: Intake
    arrivals: Arrivals
    detection: Detection
    overview: Overview
    casebook: Casebook
    aliases: AliasBook
    following: Following
    subscription: Subscription
    mark: Mark

    @property
    def analyst(self) -> str:
        """Who signs decisions made here."""
        return self.settings.config.analyst

    @cached_property
    def counters(self) -> CounterIndex:
        """The counters that the framework's catalogue proposes; read when first asked for."""
        return load_counters(self.workspace, self.framework)

    @cached_property
    def cues(self) -> CueIndex:
        """The codebook's cues by their words; built when first asked for."""
        return CueIndex(self.codebook)

    def sign(self, comment: str = "") -> Signature:
        """The signature of a decision made now."""
        return Signature(self.analyst, now(), comment.strip())

    def close(self) -> None:
        """Let go of the workspace, and give up what is still being coded."""
        self.intake.close()
        self.arrivals.close()
        self.detection.close()
        self.following.close()
        self.subscription.close()
        self.workspace.close()


class Desk:
    """The bench of each request: the same one until another framework is in use, or the codebook was edited."""

    def __init__(self, settings: Settings) -> None:
        self._bench = open_bench(settings)
        self._refused: Mark | None = None
        self._lock = Lock()

    def bench(self) -> Bench:
        """The bench as it should be now. A codebook that cannot be read is told in the terminal; the last one stays."""
        now = _mark(self._bench.settings, self._bench.workspace)
        if now in (self._bench.mark, self._refused):
            return self._bench
        with self._lock:
            if now != self._bench.mark:
                self._change(now)
            return self._bench

    @property
    def analyst(self) -> str:
        """Who signs decisions made here."""
        return self._bench.analyst

    def close(self) -> None:
        """Let go of the workspace."""
        self._bench.close()

    def _change(self, now: Mark) -> None:
        before = self._bench
        try:
            codebook = load_codebook(before.settings.config)
            framework = framework_in_use(before.workspace, codebook)
        except CounterfoilError as error:
            _log.warning("%s The workbench goes on with the one before. %s", error.message, error.hint)
            self._refused = now
            return
        casebook = before.casebook if framework == before.framework else Casebook(before.workspace, framework)
        # A new one, as what follows from codebook and framework (counters, cues) must be worked out anew.
        self._bench = replace(before, codebook=codebook, framework=framework, casebook=casebook, mark=now)
        if codebook.digest != before.codebook.digest:
            before.intake.renew()


def open_bench(settings: Settings) -> Bench:
    """Open the workspace of the settings (made if there is none) and all that goes with it.

    Raises:
        WorkspaceError: it cannot be opened.
        CodebookError: the user's own codebook is broken.
    """
    workspace = Workspace.open(settings.config.workspace, create=True)
    following = Following(workspace)
    if count_following(workspace):
        following.follow(workspace)  # what an earlier launch left
    mark = _mark(settings, workspace)  # before what it stands for is read: a change meanwhile is then seen
    codebook = load_codebook(settings.config)
    framework = framework_in_use(workspace, codebook)
    return Bench(
        settings=settings,
        workspace=workspace,
        codebook=codebook,
        framework=framework,
        intake=Intake(settings.config, workspace),
        arrivals=Arrivals(),
        detection=Detection(workspace),
        overview=Overview(workspace),
        casebook=Casebook(workspace, framework),
        aliases=AliasBook(workspace),
        following=following,
        subscription=Subscription(workspace),
        mark=mark,
    )


def _mark(settings: Settings, workspace: Workspace) -> Mark:
    return in_use_mark(workspace), codebook_mark(settings.config)


def _bench(request: Request) -> Bench:
    desk: Desk = request.app.state.desk
    return desk.bench()


BenchOf = Annotated[Bench, Depends(_bench)]
