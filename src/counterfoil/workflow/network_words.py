"""Findings in plain words: what was done, by how many, when, and how improbable that is."""

from datetime import datetime

from counterfoil.detect.clusters import Cluster
from counterfoil.detect.network_files import in_line
from counterfoil.detect.network_pictures import length_of
from counterfoil.model.finding import Finding
from counterfoil.workflow.findings import moment_of

EVER = 10 * 365 * 86_400_000_000  #: microseconds: a window that is none
NAMED = 6  #: accounts of a group on screen


def title(cluster: Cluster) -> str:
    """A group in a few words."""
    return f"{len(cluster.accounts):,} accounts, {_ties(cluster)}"


def _ties(cluster: Cluster) -> str:
    pairs = sum(one.ties for one in cluster.accounts) // 2
    return f"{pairs:,} pair{'' if pairs == 1 else 's'} that act{'s' if pairs == 1 else ''} together"


def group_lines(cluster: Cluster) -> list[str]:
    """A group on screen: how many accounts and when; by which signals and how improbable; who, the leader first."""
    head = f"group {cluster.number}: {len(cluster.accounts):,} accounts"
    if cluster.first is not None:
        head += (
            f", {moment_of(cluster.first)[:16].replace('T', ' ')} to {moment_of(cluster.last)[:16].replace('T', ' ')}"
        )
    ties = ", ".join(
        f"{one.signal} {one.ties:,} pair{'' if one.ties == 1 else 's'} "
        + ("(not tested)" if one.q is None else f"(q {chance(one.q)})")
        for one in cluster.strands
    )
    who = [one.called for one in cluster.accounts if one != cluster.leader][:NAMED]
    if cluster.leader:
        who.insert(0, f"{cluster.leader.called} (usually first, {cluster.leader.lead:.0%})")
    if len(cluster.accounts) > len(who):
        who.append("…")
    return [in_line(head), f"  {in_line(ties)}", f"  {in_line(', '.join(who))}"]


def summary(cluster: Cluster, finding: Finding) -> str:
    """A group in a few sentences."""
    does = [f"{one.label} ({_things(one.objects)}, {one.posts:,} posts)" for one in finding.supports if one.posts]
    does += [one.label for one in finding.supports if not one.posts]
    joined = does[0] if len(does) == 1 else ", ".join(does[:-1]) + " and " + does[-1]
    said = f"{len(cluster.accounts):,} accounts {joined}"
    if finding.first and finding.last:
        said += f", between {when(finding.first)} and {when(finding.last)}"
    said += "."
    if cluster.gap is not None:
        said += f" Half of the meetings are at most {_seconds(cluster.gap)} apart."
    if cluster.leader:
        leader = cluster.leader
        said += (
            f" {in_line(leader.called)} is usually first: in {leader.lead:.0%} of its {leader.meetings:,} meetings "
            f"with the others, on {_things(leader.objects)}."
        )
    else:
        said += " No account is clearly ahead of the others."
    return said


def improbable(finding: Finding) -> list[str]:
    """How improbable the group is, signal by signal, for a reader who knows no statistics."""
    said = []
    for one in finding.supports:
        if one.expected is None or one.q is None:
            said.append(f"{_capital(one.label)}: not held against chance, so no figure says how improbable it is.")
            continue
        times = one.met / max(one.expected, 1e-9)
        seen = f"the pairs met {one.met:,} times, where chance would have it {few(one.expected)} times"
        much = f", {round(times, -1) if times >= 100 else round(times):,.0f} times as often" if times < 1e6 else ""
        said.append(
            f"{_capital(one.label)}: {seen}{much}. Of all pairs that are at least as improbable as the weakest "
            f"one here, about {share(one.q)} are expected to be chance."
        )
    return said


def chance(q: float | None) -> str:
    """A rate for a table: "4.8 %", "2e-07", or "–" where nothing was tested."""
    if q is None:
        return "–"
    return f"{q:.1e}" if q < 0.0005 else f"{100 * q:.2g} %"


def share(q: float) -> str:
    """A rate in words: "5 %", "1 in 110,000"."""
    if q >= 0.001:
        return f"{100 * q:.2g} %"
    if q < 1e-9:
        return "fewer than 1 in a thousand million"
    odds = 1 / q
    digits = len(str(int(odds))) - 2
    return f"1 in {round(odds, -max(digits, 0)):,.0f}"


def few(number: float | None) -> str:
    """An expected number: "0.0034", "12", "–" for none."""
    if number is None:
        return "–"
    if number < 0.001:
        return "0.001" if number == 0.001 else "<0.001"
    return f"{number:,.0f}" if number >= 100 else f"{number:.2g}"


def when(at: str) -> str:
    """An ISO 8601 time in UTC as people write it: "4 Mar 2031, 09:05:10"; as it is, if it is none."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return at
    return f"{moment.day} {moment:%b %Y, %H:%M:%S}"


def within(window: int) -> str:
    """How near two acts have to be: "within 1 minute", "at any time"; "" where there are no times."""
    if not window:
        return ""
    return "at any time" if window >= EVER else f"within {length_of(window)}"


def _seconds(gap: int) -> str:
    if gap < 1_000_000:
        return "a second" if gap else "no time at all"
    if gap < 120_000_000:
        return f"{gap / 1e6:.0f} second{'' if round(gap / 1e6) == 1 else 's'}"
    return length_of(round(gap / 60_000_000) * 60_000_000)


def _things(number: int) -> str:
    return f"{number:,} thing{'' if number == 1 else 's'}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
