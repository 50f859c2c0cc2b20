"""A case along the Online Operations Kill Chain: derived from its DISARM codes, not coded.

The ten phases are those of Ben Nimmo and Eric Hutchins, "Phase-based Tactical Analysis of Online Operations"
(Carnegie Endowment, 2023). DISARM and the kill chain cut operations differently: a tactic stands for the phase that
most of its techniques belong to, techniques that belong elsewhere are named, and what the kill chain has no phase
for (aims, the making of content) is listed apart.
"""

from collections.abc import Iterable, Mapping

from counterfoil.model.casefile import Entry, Group, View

ACQUIRE, DISGUISE, GATHER, PLAN, TEST, EVADE, BROAD, TARGETED, COMPROMISE, ENDURE = PHASES = (
    "Acquiring assets",
    "Disguising assets",
    "Gathering information",
    "Coordinating and planning",
    "Testing defences",
    "Evading detection",
    "Indiscriminate engagement",
    "Targeted engagement",
    "Compromising assets",
    "Enabling longevity",
)
OUTSIDE = "Outside the kill chain"

#: Tactic -> the phase of most of its techniques; "" where the kill chain has none.
BY_TACTIC: Mapping[str, str] = {
    "TA01": PLAN,
    "TA02": "",
    "TA13": GATHER,
    "TA14": "",
    "TA06": "",
    "TA15": ACQUIRE,
    "TA16": DISGUISE,
    "TA05": TARGETED,
    "TA07": ACQUIRE,
    "TA08": BROAD,
    "TA09": BROAD,
    "TA17": BROAD,
    "TA18": TARGETED,
    "TA10": TARGETED,
    "TA11": ENDURE,
    "TA12": GATHER,
}
#: Technique (with its sub-techniques, unless they are named) -> its phase, where it is not its tactic's.
BY_TECHNIQUE: Mapping[str, str] = {
    "T0089": COMPROMISE,  # obtain private documents
    "T0091": PLAN,  # recruit malign actors
    "T0094": TARGETED,  # infiltrate existing networks
    "T0100": TARGETED,  # co-opt trusted sources
    "T0145": DISGUISE,  # account imagery
    "T0020": TEST,  # trial content
    "T0045": DISGUISE,  # fake experts
    "T0046": BROAD,
    "T0116": TARGETED,  # comment or reply
    "T0117": TARGETED,  # attract traditional media
    "T0039": TARGETED,  # bait influencer
    "T0121": EVADE,  # manipulate platform algorithm
    "T0122": ENDURE,  # direct users to alternative platforms
    "T0049": BROAD,
    "T0123": COMPROMISE,  # offensive cyberspace operations
    "T0125": TARGETED,
    "T0128": DISGUISE,  # conceal information assets
    "T0129": EVADE,  # conceal operational activity
    "T0130": EVADE,  # conceal infrastructure
    "T0131": EVADE,  # exploit terms of service
    "T0150.005": COMPROMISE,  # compromised asset
}


def kill_chain(techniques: Iterable[tuple[Entry, str]]) -> View:
    """The case's techniques by phase.

    Args:
        techniques: entries of the section "techniques" (their name begins with the id), each with its tactic.
    """
    by_phase: dict[str, list[Entry]] = {phase: [] for phase in (*PHASES, OUTSIDE)}
    for entry, tactic in techniques:
        by_phase[phase_of(entry.name.split(" ", 1)[0], tactic) or OUTSIDE].append(entry)
    groups = [Group(phase, tuple(by_phase[phase])) for phase in PHASES]
    if by_phase[OUTSIDE]:
        note = "aims and the making of content: the kill chain has no phase for them"
        groups.append(Group(OUTSIDE, tuple(by_phase[OUTSIDE]), note))
    return View("kill_chain", "Online Operations Kill Chain", "Nimmo and Hutchins, 2023", tuple(groups))


def phase_of(technique: str, tactic: str) -> str:
    """The phase of a technique of a tactic; empty if the kill chain has none for it."""
    parent = technique.partition(".")[0]
    named = BY_TECHNIQUE.get(technique, BY_TECHNIQUE.get(parent))
    return BY_TACTIC.get(tactic, "") if named is None else named
