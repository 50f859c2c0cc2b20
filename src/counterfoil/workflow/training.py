"""Learn from coded passages: what the packaged knowledge rests on, and a workspace's own on top of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from counterfoil.errors import UsageError
from counterfoil.model.coding import Modality, Verdict
from counterfoil.workflow.kit import LEARNED, load_packaged_kit
from counterfoil.workflow.measuring import parts_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from counterfoil.coding.coder import Coder
    from counterfoil.coding.features import Layout
    from counterfoil.coding.learning import Example
    from counterfoil.config import Config
    from counterfoil.kb.workspace import Workspace
    from counterfoil.model.codebook import CodedPassage
    from counterfoil.model.coding import Reviewed
    from counterfoil.model.report import Report

ENOUGH = 30  #: codes given in a workspace from which it learns how to weigh the features


@dataclass(frozen=True, slots=True)
class Trained:
    """What a workspace's ranker learned from: reports, windows of text in them, and codes that were given."""

    reports: int
    passages: int
    codes: int


def examples(
    passages: "Iterable[CodedPassage]", coders: "Mapping[str, Coder]", layout: "Layout"
) -> "Iterator[Example]":
    """Coded passages with what the coders see in them; each is read as one window."""
    from counterfoil.coding.learning import Example
    from counterfoil.coding.observing import observe

    for passage in passages:
        yield Example(passage, observe(parts_of(passage.text), coders, layout))


def train(workspace: "Workspace", config: "Config") -> Trained:
    """Learn from all decisions of a workspace, on top of the packaged knowledge; replaces what was learned before.

    Raises:
        UsageError: nothing was decided yet.
    """
    from counterfoil.coding.knowledge import save
    from counterfoil.coding.learning import next_layer
    from counterfoil.coding.ranker import layout_of

    kit = load_packaged_kit(config)
    with workspace.reading() as connection:
        passages = list(_decided(connection, kit.panel.ranker.knowledge.techniques))
    if not passages:
        raise UsageError("Nothing was decided yet, so there is nothing to learn from.", "See: counterfoil suggestions.")
    knowledge = kit.panel.ranker.knowledge
    layout = layout_of(kit.codebook, knowledge.techniques)
    layer = next_layer(knowledge, layout, list(examples(passages, kit.panel.coders, layout)))
    if layer.counts.sum() < ENOUGH:  # from a few codes the fusion would learn that hardly anything is coded
        layer = replace(layer, fusion=knowledge.fusion())
    save(workspace.folder / LEARNED, knowledge.on_top(layer))
    reports = {passage.group for passage in passages}
    return Trained(len(reports), len(passages), sum(len(passage.codes) for passage in passages))


def forget(workspace: "Workspace") -> bool:
    """Go back to the packaged knowledge; whether there was anything to forget."""
    learned = workspace.folder / LEARNED
    existed = learned.exists()
    learned.unlink(missing_ok=True)
    return existed


def _decided(connection: "Connection", techniques: Sequence[str]) -> "Iterator[CodedPassage]":
    """The windows of all reports in which something was decided, but for findings: posts are no prose on posts."""
    from counterfoil.coding.windows import windows
    from counterfoil.kb.coding import reviewed
    from counterfoil.kb.reports import get_report, list_reports
    from counterfoil.readers.passages import passages
    from counterfoil.workflow.finding_reports import is_of_finding

    for row in list_reports(connection):
        report = get_report(connection, row.id)
        if is_of_finding(report):
            continue
        items = reviewed(connection, report.id)
        if any(item.decision for item in items):
            parts = passages(report)
            for window in windows(report.text, parts):
                yield from _window(report, (parts[window.start].start, parts[window.stop - 1].end), items, techniques)


def _window(
    report: "Report", where: tuple[int, int], items: "Sequence[Reviewed]", techniques: Sequence[str]
) -> "Iterator[CodedPassage]":
    """What was decided there; where something is still open, nothing is known of all that was not decided."""
    from counterfoil.model.codebook import CodedPassage

    start, end = where
    here = [item for item in items if any(span.start < end and start < span.end for span in item.suggestion.spans)]
    decided = [item for item in here if item.decision]
    if here and not decided:
        return
    accepted = [item for item in decided if item.decision and item.decision.verdict is Verdict.ACCEPTED]
    codes = [i.suggestion.code.id for i in accepted if i.suggestion.modality is not Modality.NEGATED]
    judged = {item.suggestion.code.id for item in decided}
    unjudged = [technique for technique in techniques if technique not in judged] if len(decided) < len(here) else []
    yield CodedPassage(
        report.text[start:end],
        tuple(dict.fromkeys(codes)),
        group=report.id,
        unjudged=tuple(dict.fromkeys(unjudged)),
    )
