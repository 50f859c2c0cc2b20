"""A case in the ABCDE frame: actor, behaviour, content, degree, effect. Derived from what was coded and found.

The frame is James Pamment's, "The EU's Role in Fighting Disinformation" (Carnegie Endowment, 2020), after Camille
François' ABC and Alexandre Alaphilippe's D. An effect is only what a report states: it is never inferred.
"""

from collections.abc import Iterable, Mapping, Sequence

from counterfoil.model.casefile import Entry, Group, View

MAKING = frozenset({"TA06", "TA14"})  #: tactics that say what the content is: develop content, develop narratives
MEASURING = frozenset({"TA12"})  #: assess effectiveness
AIMS = frozenset({"TA02"})  #: plan objectives
SPREADING = frozenset({"TA07", "TA09", "TA17"})  #: channels, delivery, exposure
REACH = frozenset({"views", "followers", "shares", "likes", "reach", "impressions", "engagements", "downloads"})


def abcde(
    sections: Mapping[str, Sequence[Entry]], techniques: Sequence[tuple[Entry, str]], figures: Iterable[Entry]
) -> View:
    """The case's five parts.

    Args:
        sections: of the case file.
        techniques: entries of the section "techniques", each with its tactic.
        figures: what was counted, with the fact "unit".
    """
    aims = _of(techniques, AIMS)
    reach, counts = _parted(figures)
    behaviour = [entry for entry, tactic in techniques if tactic not in MAKING | AIMS | MEASURING]
    platforms = [one for one in sections.get("assets", ()) if "platform" in one.facts.get("kind", ())]
    actors = [*sections.get("actors", ()), *sections.get("attributions", ())]
    content = [*sections.get("narratives", ()), *_of(techniques, MAKING)]
    degree = [*platforms, *sections.get("targets", ()), *counts]
    effect = [*reach, *_of(techniques, MEASURING)]
    return View(
        "abcde",
        "ABCDE",
        "Pamment, 2020",
        (
            Group("Actor", tuple(actors), "" if actors else "The reports name none."),
            Group("Behaviour", tuple(behaviour), "" if behaviour else "No technique has been accepted yet."),
            Group("Content", tuple(content), "" if content else "The reports do not say what it told."),
            Group("Degree", tuple(degree), "" if degree else "The reports do not say where or to whom."),
            Group("Effect", tuple(effect), _effect(effect, aims)),
        ),
    )


def _parted(figures: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Figures that count who was reached, and all others."""
    reach: list[Entry] = []
    others: list[Entry] = []
    for figure in figures:
        (reach if REACH & set(figure.facts.get("unit", ())) else others).append(figure)
    return reach, others


def _of(techniques: Iterable[tuple[Entry, str]], tactics: frozenset[str]) -> list[Entry]:
    return [entry for entry, tactic in techniques if tactic in tactics]


def _effect(stated: Sequence[Entry], aims: Sequence[Entry]) -> str:
    if stated:
        return "What the reports count; reach is not effect."
    meant = f" Coded aims, which are not effects: {', '.join(aim.name for aim in aims)}." if aims else ""
    return f"The reports state none.{meant}"
