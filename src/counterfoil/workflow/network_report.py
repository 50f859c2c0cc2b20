"""The report on the groups that a search found: one page that stands alone, needs no network and runs nothing."""

from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counterfoil import __version__
from counterfoil.detect.clusters import Account, Cluster, Shared
from counterfoil.detect.innocent import CAUTION
from counterfoil.detect.network import Network, leading
from counterfoil.detect.network_colours import class_of
from counterfoil.detect.network_files import plain
from counterfoil.detect.network_pictures import (
    DRAWN,
    LINES,
    all_groups,
    group_picture,
    histogram_picture,
    left_out,
    length_of,
    picture_style,
)
from counterfoil.detect.sampling import Post, posts_of_accounts
from counterfoil.detect.technique_names import NAMES
from counterfoil.model.finding import Finding
from counterfoil.workflow.detecting import Run
from counterfoil.workflow.findings import Detected, data_notes, moment_of
from counterfoil.workflow.network_words import chance, few, improbable, share, summary, title, when, within

if TYPE_CHECKING:
    from jinja2 import Environment

SHOWN = 30  #: groups in full
LISTED = 200  #: groups in the list
MEMBERS = 60  #: accounts of a group
POSTS = 6  #: posts of an account
THINGS = 12


@dataclass(frozen=True, slots=True)
class Told:
    """What the report tells of: a search, its groups, their network, the findings made of them, what each shares."""

    run: Run
    groups: Detected
    network: Network
    findings: tuple[Finding, ...]
    shared: Mapping[int, Sequence[Shared]]
    suffix: str = ".csv"  #: of the file of ties


def report_page(told: Told) -> str:
    """The report as one HTML file."""
    style = picture_style() + (files("counterfoil.detect") / "templates" / "report.css").read_text("utf-8")
    style = style.replace("</", "<\\/")
    digest = b64encode(sha256(style.encode("utf-8")).digest()).decode("ascii")
    reading, groups = told.run.reading, told.groups
    found = {strand.signal for cluster in groups.clusters for strand in cluster.strands}
    named = [one.trace.name for one in told.run.signals if one.trace.name in found]
    colours = {name: class_of(place) for place, name in enumerate(named, start=1)}
    shown = groups.clusters[:SHOWN]
    seen = posts_of_accounts(told.run.engine, len(shown), MEMBERS, POSTS)
    page = _environment().get_template("report.html")
    return page.render(
        style=_as_is(style),
        style_hash=f"sha256-{digest}",
        version=__version__,
        data=", ".join(dict.fromkeys(Path(one).name for one in reading.files)),
        digest=told.findings[0].data_sha256 if told.findings else "",
        first=moment_of(reading.first) if reading.posts else "",
        last=moment_of(reading.last) if reading.posts else "",
        posts=reading.posts,
        accounts=reading.accounts,
        groups=groups.networks.clusters,
        members=groups.networks.accounts,
        left=groups.left,
        caution=CAUTION,
        rate=told.run.search.rate,
        findings=[
            _finding(told, cluster, finding, seen, colours)
            for cluster, finding in zip(shown, told.findings, strict=False)
        ],
        listed=[_listed(cluster, finding) for cluster, finding in _pairs(told)[:LISTED]],
        overall=_as_is(all_groups(told.network)) if groups.networks.clusters > 1 else "",
        not_drawn=left_out(told.network),
        names={(one.platform, one.key): one.called for cluster in shown for one in cluster.accounts},
        techniques=NAMES,
        ties_suffix=told.suffix,
        notes=[*data_notes(told.run, groups), *_left(told.network)],
        signals=[
            {
                "name": one.trace.name,
                "label": one.trace.label,
                "window": one.definition.window,
                "events": one.events,
                "edges": one.edges,
                "significant": one.significant,
                "tested": one.tested,
            }
            for one in told.run.signals
        ],
    )


def _left(network: Network) -> list[str]:
    if not network.left:
        return []
    return [
        f"{network.left:,} pairs, those with the least evidence, are left out of the pictures and of network.gexf and "
        "network.graphml; all of them are in the table of edges."
    ]


def _pairs(told: Told) -> list[tuple[Cluster, Finding]]:
    return list(zip(told.groups.clusters, told.findings, strict=True))


def _listed(cluster: Cluster, finding: Finding) -> dict[str, Any]:
    rates = [one.q for one in finding.supports if one.q is not None]
    return {
        "number": cluster.number,
        "shown": cluster.number <= SHOWN,
        "accounts": len(cluster.accounts),
        "signals": "; ".join(one.label for one in finding.supports),
        "first": finding.first,
        "last": finding.last,
        "q": max(rates) if rates else None,
        "leader": cluster.leader.called if cluster.leader else "",
    }


def _finding(
    told: Told, cluster: Cluster, finding: Finding, seen: dict[int, list[Post]], colours: dict[str, str]
) -> dict[str, Any]:
    bars = cluster.histogram
    names = _names(finding)
    return {
        "number": cluster.number,
        "id": finding.id,
        "finding": finding,
        "colour": class_of(cluster.number),
        "title": title(cluster),
        "summary": summary(cluster, finding),
        "improbable": improbable(finding),
        "picture": _as_is(group_picture(told.network, cluster)),
        "caption": _caption(told.network, cluster),
        "bars": _as_is(histogram_picture(bars, colours)) if bars else "",
        "bin": length_of(bars.width) if bars else "",
        "legend": [(one, colours[one]) for one in bars.counts] if bars else [],
        "shared": [
            {
                "label": one.label,
                "signal": one.signal,
                "accounts": one.accounts,
                "posts": one.posts,
                "first": moment_of(one.first) if one.first else "",
                "span": _span(one.last - one.first) if one.first else "",
            }
            for one in _things(told.shared.get(cluster.number, []), len(cluster.strands))
        ],
        "more_shared": sum(one.objects for one in cluster.strands) > THINGS,
        "platforms": any(one.platform for one in cluster.accounts),
        "members": [_member(cluster, one, seen.get(one.account, [])) for one in cluster.accounts[:MEMBERS]],
        "more_members": max(len(cluster.accounts) - MEMBERS, 0),
        "samples": [
            {"signal": signal, "label": names(label), "posts": list(of)}
            for (signal, label), of in groupby(_by_thing(finding), key=lambda one: (one.signal, one.shared))
        ],
        "cautions": [one for one in finding.cautions if one != CAUTION],
    }


def _things(shared: Sequence[Shared], signals: int) -> list[Shared]:
    """The most widely shared things, of each signal as many; so that one signal does not hide the others."""
    each = -(-THINGS // max(signals, 1))
    counted: Counter[str] = Counter()
    chosen = []
    for one in shared:
        counted[one.signal] += 1
        if counted[one.signal] <= each:
            chosen.append(one)
    return chosen


def _by_thing(finding: Finding) -> list[Any]:
    """The samples, those on one thing together, in the order of the thing's first."""
    first: dict[tuple[str, str], int] = {}
    for place, one in enumerate(finding.samples):
        first.setdefault((one.signal, one.shared), place)
    ordered = sorted(finding.samples, key=lambda one: first[one.signal, one.shared])
    return [
        Post(0, one.key, one.account, one.platform, one.moment, one.text, one.shared, one.signal) for one in ordered
    ]


def _names(finding: Finding) -> Callable[[str], str]:
    """What a shared thing is called above the posts that share it: not the text again, where all have the same."""
    texts = {" ".join(one.text.lower().split()) for one in finding.samples}

    def named(label: str) -> str:
        return "the same text" if " ".join(label.lower().split()) in texts else label

    return named


def _member(cluster: Cluster, account: Account, posts: Sequence[Post]) -> dict[str, Any]:
    return {
        "key": account.key,
        "handle": account.handle,
        "name": account.name,
        "platform": account.platform,
        "ties": account.ties,
        "acts": account.acts,
        "posts": account.posts,
        "meetings": account.meetings,
        "lead": f"{account.lead:.0%}" if account.meetings else "",
        "leads": leading(cluster, account),
        "signals": ", ".join(account.signals),
        "seen": posts,
        "more": max(account.acts - len(posts), 0),
    }


def _caption(network: Network, cluster: Cluster) -> str:
    said = "Each line joins two accounts that act together; darker lines have more evidence, larger dots more ties."
    if any(one.community for one in cluster.accounts):
        said += " Colours are communities within the group."
    if cluster.leader:
        said += " The ring marks who is usually first."
    if len(cluster.accounts) > DRAWN:
        said += f" {DRAWN:,} of {len(cluster.accounts):,} accounts are drawn, those with the most ties."
    ties = len(network.ties[cluster.number])
    if ties > LINES:
        said += f" {LINES:,} of {ties:,} lines are drawn, those with the most evidence."
    return said


def _span(width: int) -> str:
    seconds = width / 1_000_000
    for name, unit in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * unit:
            return f"{seconds / unit:.0f} {name}"
    return f"{seconds:.0f} s" if seconds >= 1 or not seconds else f"{seconds:.2f} s"


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("counterfoil.detect", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_readable,
    )
    made.filters |= {
        "when": when,
        "short": lambda text, most: text if len(text) <= most else text[: most - 1] + "…",
        "grouped": lambda number: f"{number:,}",
        "plural": lambda count, word: f"{count:,} {word}{'' if count == 1 else 's'}",
        "chance": chance,
        "share": share,
        "few": few,
        "within": within,
    }
    return made


def _readable(value: Any) -> Any:
    """Texts without what a page cannot hold; what is markup of ours stays as it is."""
    return plain(value) if type(value) is str else value


def _as_is(markup: str) -> Any:
    """Markup of ours: in it everything of others is escaped already."""
    from markupsafe import Markup

    return Markup(markup)  # noqa: S704  # made and escaped by detect/network_pictures.py
