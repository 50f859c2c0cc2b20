"""From a search to findings: groups of accounts, what ties them, how improbable that is, and the posts that show it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from counterfoil.detect.clusters import Account, Cluster, Strand, read_clusters
from counterfoil.detect.evidence import Behind, make_evidence, make_posts
from counterfoil.detect.innocent import CAUTION, explanations
from counterfoil.detect.networks import Looked, Networks, make_networks
from counterfoil.detect.sampling import Post, samples
from counterfoil.detect.strongest_pairs import strongest_pairs
from counterfoil.detect.troubles import plainly
from counterfoil.errors import InputError
from counterfoil.model.finding import Finding, Member, Sample, Support
from counterfoil.workflow.detecting import ALIASES, Run, Signal

MOST = 500  #: groups that become findings, those with the most evidence first
NULL = (
    "Chance means: every account posts as often as it did, but which accounts stand behind which posts is dealt at "
    "random; and what two accounts both shared, they shared at any of the times at which others did."
)
NO_NULL = "Nothing was held against chance: the signals tell what is alike, not how improbable that is."


@dataclass(frozen=True, slots=True)
class Detected:
    """The groups of a search; their tables stand in its engine as long as it is open.

    Args:
        clusters: those that become findings.
        looked: the signals by name.
        whole: whether the posts were read again, with what they share; on screen nobody sees them.
    """

    networks: Networks
    behind: Behind
    clusters: tuple[Cluster, ...]
    looked: dict[str, Looked]
    whole: bool = True

    @property
    def left(self) -> int:
        """Groups beyond the most that become findings."""
        return self.networks.clusters - len(self.clusters)


def groups_of(run: Run, whole: bool = True) -> Detected:
    """The groups that a search found.

    Args:
        whole: to make findings and files of them: the posts behind them are read again.

    Raises:
        InputError: memory or disk are not enough.
    """
    chosen = {ALIASES.get(one, one) for one in (name.strip().replace("-", "_") for name in run.search.signals)}
    looked = [_looked(one, one.trace.name in chosen) for one in run.signals]
    with plainly("The networks"):
        networks = make_networks(run.engine, looked)
        behind = make_evidence(run.engine)
        if whole:
            make_posts(run.engine, looked)
        clusters = read_clusters(run.engine, MOST, whole)
    return Detected(networks, behind, tuple(clusters), {one.trace.name: one for one in looked}, whole)


def _looked(signal: Signal, named: bool) -> Looked:
    return Looked(signal.trace, signal.definition.reach, signal.tested, named)


def findings(run: Run, detected: Detected | None = None) -> tuple[Finding, ...]:
    """The groups as findings, those with the most evidence first: an analyst decides what becomes of them.

    Raises:
        InputError: a file of the data is no longer there, or memory or disk are not enough.
    """
    groups = detected if detected and detected.whole else groups_of(run)
    data = tuple(Path(one).name for one in run.reading.files)
    digest = data_sha256(run.reading.files) if groups.clusters else ""
    with plainly("The samples"):
        drawn = samples(run.engine, len(groups.clusters))
        pairs = strongest_pairs(run.engine, len(groups.clusters))
    return tuple(
        Finding(
            data=data,
            data_sha256=digest,
            members=tuple(_member(account) for account in cluster.accounts),
            supports=tuple(_support(strand, groups.looked[strand.signal]) for strand in cluster.strands),
            samples=tuple(_sample(post) for post in drawn.get(cluster.number, ())),
            first=moment_of(cluster.first),
            last=moment_of(cluster.last),
            null=_null(cluster, groups),
            rate=run.search.rate,
            explanations=tuple(
                f"{one.name[0].upper()}{one.name[1:]}: {one.words} {one.check}"
                for one in explanations(strand.signal for strand in cluster.strands)
            ),
            cautions=tuple(_cautions(run, groups, cluster)),
            pairs=tuple(_pairs(cluster, pairs.get(cluster.number, []))),
        )
        for cluster in groups.clusters
    )


def _null(cluster: Cluster, groups: Detected) -> str:
    """What chance means for the signals that tie a group."""
    looked = [groups.looked[strand.signal] for strand in cluster.strands]
    return " ".join(dict.fromkeys(one.trace.null or NULL for one in looked if one.tested)) or NO_NULL


def groups_record(groups: Detected) -> dict[str, Any]:
    """The groups as plain data: how many, and of each who, by which signals, when."""
    return {
        "groups": groups.networks.clusters,
        "accounts_in_groups": groups.networks.accounts,
        "posts_behind_pairs": groups.behind.rows,
        "pairs_without_posts": groups.behind.left,
        "untested_pairs_left": groups.networks.apart,
        "clusters": [
            {
                "cluster": one.number,
                "accounts": [account.key for account in one.accounts],
                "leader": one.leader.key if one.leader else None,
                "first": moment_of(one.first),
                "last": moment_of(one.last),
                "signals": {strand.signal: strand.ties for strand in one.strands},
            }
            for one in groups.clusters
        ],
    }


def data_sha256(files: tuple[str, ...]) -> str:
    """The hash of the files' hashes: whatever they are called and in whatever order they are read.

    Raises:
        InputError: one cannot be read.
    """
    try:
        hashes = []
        for one in files:
            with Path(one).open("rb") as file:
                hashes.append(file_digest(file, "sha256").hexdigest())
    except OSError as error:
        raise InputError(
            f"{one} can no longer be read: {error.strerror or error}.", "Leave the data in its place until all is done."
        ) from error
    return sha256("\n".join(sorted(hashes)).encode("ascii")).hexdigest()


def moment_of(moment: int | None) -> str:
    """Microseconds as ISO 8601 in UTC; "" for none, and before the year 1 and after 9999."""
    if moment is None:
        return ""
    try:
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=moment)).isoformat().replace("+00:00", "Z")
    except OverflowError:
        return ""


def _member(one: Account) -> Member:
    return Member(
        key=one.key,
        platform=one.platform,
        handle=one.handle,
        name=one.name,
        posts=one.posts,
        acts=one.acts,
        ties=one.ties,
        lead=round(one.lead, 3),
    )


def _pairs(cluster: Cluster, pairs: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Pairs by the places of their accounts in the group."""
    place = {account.account: number for number, account in enumerate(cluster.accounts)}
    return [(place[low], place[high], weight) for low, high, weight in pairs]


def _support(one: Strand, looked: Looked) -> Support:
    return Support(
        signal=one.signal,
        label=looked.trace.label,
        techniques=looked.trace.techniques,
        window=looked.reach,
        ties=one.ties,
        objects=one.objects,
        posts=one.posts,
        met=one.met,
        expected=None if one.expected is None else _rounded(one.expected),
        q=None if one.q is None else _rounded(one.q),
        caution=looked.trace.caution,
    )


def _rounded(number: float) -> float:
    """Six digits: the last ones of a sum depend on the order in which it was made."""
    return float(f"{number:.6g}")


def _sample(post: Post) -> Sample:
    return Sample(post.key, post.account_key, post.moment, post.text, post.shared, post.signal, post.platform)


def _cautions(run: Run, groups: Detected, cluster: Cluster) -> list[str]:
    """What a reader has to know of how these accounts were found."""
    said = [CAUTION]
    signals = {strand.signal for strand in cluster.strands}
    untested = sorted(one for one in signals if not groups.looked[one].tested)
    if untested:
        said.append(f"Not held against chance: {', '.join(untested)}. It is told, but adds nothing to the figures.")
    if cluster.number in groups.networks.bridges:
        pairs = groups.networks.bridges[cluster.number]
        said.append(
            f"Cut off a larger network: {_counted(pairs, 'pair')} of accounts {'ties' if pairs == 1 else 'tie'} this "
            "group to others."
        )
    if cluster.number in groups.networks.undivided:
        said.append("Too large to be looked at for groups within it: it may be several.")
    if len(cluster.accounts) == 2:
        said.append("Two accounts are no network: one person may keep both.")
    said += [
        f"{one.trace.name}: {one.cost.told()}"
        for one in run.signals
        if one.trace.name in signals and one.cost.hubs and not one.cost.exact
    ]
    return [*said, *_of_the_data(run)]


def _of_the_data(run: Run) -> list[str]:
    said = list(run.reading.notes)
    if run.reading.rejected:
        why = ", ".join(f"{count:,} {reason}" for reason, count in run.reading.rejected.items())
        said.append(f"{sum(run.reading.rejected.values()):,} rows of the data were set aside: {why}.")
    return said


def data_notes(run: Run, groups: Detected) -> list[str]:
    """What a reader has to know of the data and of all that was left out."""
    costs = [f"{one.trace.name}: {one.cost.told()}" for one in run.signals if one.cost.hubs]
    return [*_of_the_data(run), *costs, *group_notes(groups)]


def group_notes(groups: Detected) -> list[str]:
    """What was left out of the groups and of what stands behind them."""
    said = []
    if groups.networks.apart:
        pairs = _counted(groups.networks.apart, "pair")
        said.append(
            f"{pairs} of signals that are not held against chance tie no two accounts of one group: they make no group "
            "by themselves, unless such a signal is asked for by name (--signals)."
        )
    if groups.behind.left:
        pairs = _counted(groups.behind.left, "pair")
        said.append(f"The posts behind {pairs} are left out, the least improbable: they would be too many.")
    if groups.left:
        said.append(
            f"{_counted(groups.left, 'group')} with less evidence than the {MOST} findings are not told in full."
        )
    return said


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
