"""Everything that coded texts tell of the coder, in one piece, to be printed or written as a page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from counterfoil.workflow.ablating import own_examples, variants
from counterfoil.workflow.evaluating import (
    Progress,
    coded,
    curve,
    first_layer_of,
    groups_of,
    item,
    leave_one_out,
    quiet,
)
from counterfoil.workflow.kit import Kit, now

if TYPE_CHECKING:
    from counterfoil.coding.breakdown import Confusion, Familiarity, Row
    from counterfoil.coding.calibration import Band, Calibration, Threshold
    from counterfoil.coding.learning import Example
    from counterfoil.coding.measure import Figure, Item
    from counterfoil.coding.misses import Miss
    from counterfoil.coding.survival import Survival
    from counterfoil.kb.workspace import Workspace
    from counterfoil.model.coding import Reviewed

UNKNOWN = "?"  #: the tactic of a technique that the framework does not have
WORST = 20  #: how many of the codings that came furthest down are told
POINTS = 8  #: of a learning curve, besides its beginning
LAST = 0.25  #: of the incidents, in their order, how many the curve keeps to measure every point by


@dataclass(frozen=True, slots=True)
class About:
    """What was measured, with what, and when; `knowledge` is the first layer, on which every learning rests."""

    texts: int
    incidents: int
    codings: int
    techniques: int
    framework: str
    codebook: str
    knowledge: str
    own_passages: int
    at: str


@dataclass(frozen=True, slots=True)
class Ablated:
    """A variant of the coder: its figures, and by how much the whole is better (negative: worse).

    `alone` is one kind of evidence by itself, which asserts nothing: it has no F1, precision or recall.
    """

    name: str
    alone: bool
    figures: "dict[str, Figure]"
    lost: "dict[str, Figure]"


@dataclass(frozen=True, slots=True)
class Point:
    """A learning curve's point: what a coder that has learned from so many incidents makes of others.

    `ahead` are all incidents still to come, which get fewer; `last` the same last ones at every point.
    """

    incidents: int
    texts: int
    ahead: "dict[str, Figure]"
    last: "dict[str, Figure]"


@dataclass(frozen=True, slots=True)
class Quality:
    """What coded texts tell of the coder, each text ranked by what was learned from other incidents only.

    `levels` has the figures by technique, parent technique and tactic; `calibration` is of all chances and
    `calibration_shown` of those that an analyst gets to see. `names` are of all codes that are mentioned.
    `variants` and `curve` are empty unless they were asked for.
    """

    about: About
    levels: "dict[str, dict[str, Figure]]"
    techniques: "tuple[Row, ...]"
    tactics: "tuple[Row, ...]"
    familiarity: "tuple[Familiarity, ...]"
    siblings: "tuple[Confusion, ...]"
    misses: "tuple[Miss, ...]"
    calibration: "Calibration"
    calibration_shown: "Calibration"
    bands: "tuple[Band, ...]"
    thresholds: "tuple[Threshold, ...]"
    names: dict[str, str]
    variants: tuple[Ablated, ...] = ()
    curve: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviews:
    """What became of a workspace's suggestions; `left_out` were imported or carried over, not suggested here."""

    survival: "Survival"
    reports: int
    left_out: int
    names: dict[str, str]


def assess(
    lines: Sequence[Mapping[str, Any]], kit: Kit, thorough: bool = False, progress: Progress = quiet
) -> "tuple[Quality, list[Item]]":
    """Measure the coder on coded lines, one incident left out at a time; with the items measured.

    Args:
        lines: {"id", "text", "labels"}, optionally "incident".
        thorough: with the ablation and the learning curve, which take minutes.

    Raises:
        UsageError: the codebook in use has other techniques than the packaged knowledge.
    """
    from counterfoil.coding import breakdown, calibration
    from counterfoil.coding.measure import at_level, measure, parent
    from counterfoil.coding.misses import misses
    from counterfoil.coding.suggest import ASSERTED, SHOWN

    texts = coded(lines, kit)
    found = leave_one_out(texts, kit, progress)
    items = [item(one, kit) for one in found]
    tactic = tactic_of(kit)
    levels = {"technique": items, "parent": at_level(items, parent), "tactic": at_level(items, tactic)}
    quality = Quality(
        about=_about(items, kit),
        levels={level: measure(those) for level, those in levels.items()},
        techniques=tuple(breakdown.rows(items)),
        tactics=tuple(breakdown.rows(items, tactic)),
        familiarity=tuple(breakdown.familiarity(items)),
        siblings=tuple(breakdown.siblings(items)),
        misses=tuple(misses(found, kit.panel.ranker.layout, WORST)),
        calibration=calibration.calibration(items),
        calibration_shown=calibration.calibration(items, SHOWN),
        bands=tuple(calibration.bands(items, SHOWN, ASSERTED)),
        thresholds=tuple(calibration.thresholds(items)),
        names=_names(kit),
        curve=tuple(_points(texts, kit, progress)) if thorough else (),
        variants=tuple(_ablated(texts, kit, progress)) if thorough else (),
    )
    return quality, items


def tactic_of(kit: Kit) -> Callable[[str], str]:
    """The tactic of a technique, by the codebook's framework."""
    tactics = {identity: technique.tactic for identity, technique in kit.codebook.framework.techniques.items()}
    return lambda code: tactics.get(code, UNKNOWN)


def reviews(workspace: "Workspace", kit: Kit) -> Reviews:
    """What became of all suggestions of a workspace."""
    from counterfoil.coding.survival import Judged, survival
    from counterfoil.kb.coding import reviewed
    from counterfoil.kb.reports import list_reports
    from counterfoil.model.coding import Verdict

    with workspace.reading() as connection:
        found = [one for row in list_reports(connection) for one in reviewed(connection, row.id)]
    made_here = [one for one in found if not _brought(one)]
    judged = [
        Judged(
            technique=one.suggestion.code.id,
            coder=one.suggestion.coder,
            asserted=not one.suggestion.undecided,
            accepted=one.decision.verdict is Verdict.ACCEPTED if one.decision else None,
        )
        for one in made_here
    ]
    reports = len({one.suggestion.report for one in made_here})
    return Reviews(survival(judged), reports, len(found) - len(made_here), _names(kit))


def _brought(one: "Reviewed") -> bool:
    """Whether a suggestion came with its decision: imported, an analyst's own, or carried over from another."""
    return bool(one.suggestion.replaces) or one.suggestion.coder.startswith(("imported from ", "analyst "))


def _about(items: "Sequence[Item]", kit: Kit) -> About:
    framework, knowledge = kit.codebook.framework, first_layer_of(kit)
    return About(
        texts=len(items),
        incidents=len({item.group for item in items}),
        codings=sum(len(item.gold) for item in items),
        techniques=len({code for item in items for code in item.gold}),
        framework=f"{framework.name} {framework.version}",
        codebook=kit.codebook.digest[:8],
        knowledge=knowledge.digest[:8],
        own_passages=knowledge.layers[0].passages,
        at=now(),
    )


def _names(kit: Kit) -> dict[str, str]:
    framework = kit.codebook.framework
    tactics = {tactic.id: tactic.name for tactic in framework.tactics}
    return tactics | {identity: technique.name for identity, technique in framework.techniques.items()}


def _points(texts: "Sequence[tuple[str, Example]]", kit: Kit, progress: Progress) -> "list[Point]":
    from counterfoil.coding.measure import measure

    groups = groups_of(texts)
    most = len(groups) - max(1, round(len(groups) * LAST))
    steps = sorted({round(most * number / POINTS) for number in range(POINTS + 1)})
    last = set(groups[most:])
    points = []
    for done, (step, found) in enumerate(curve(texts, kit, steps), start=1):
        items = [item(one, kit) for one in found]
        kept = [one for one in items if one.group in last]
        points.append(Point(step, len(texts) - len(items), measure(items), measure(kept)))
        progress("drawing the learning curve", done, len(steps))
    return points


def _ablated(texts: "Sequence[tuple[str, Example]]", kit: Kit, progress: Progress) -> "list[Ablated]":
    from counterfoil.coding.measure import difference, measure

    whole, *rest = variants(texts, own_examples(kit, progress), kit, progress)
    return [
        Ablated(one.name, one.alone, measure(one.items), difference(whole.items, one.items)) for one in (whole, *rest)
    ]
