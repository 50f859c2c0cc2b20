"""Findings: accounts that act together in a data set, the posts that show it, and how improbable it is.

What detection hands to an analyst. A finding is no incident and no accusation: it enters one as suggestions do, and
somebody decides.
"""

from dataclasses import asdict, dataclass, fields
from math import isfinite
from typing import Any

from counterfoil.errors import InputError
from counterfoil.model.ids import short_id

FORMAT = "counterfoil-findings 1"  #: said in every file of findings
MEDIA_TYPE = "application/vnd.counterfoil.finding+json"  #: what a finding is filed under that became a report
#: a note of every report that was made from a finding; wherever such a report goes, its posts are data and no prose
REPORT_NOTE = "Written by Counterfoil from a finding of detection: the posts are quoted as data."
_UNITS = (("day", 86_400_000_000), ("hour", 3_600_000_000), ("minute", 60_000_000), ("second", 1_000_000))


@dataclass(frozen=True, slots=True)
class Member:
    """An account of a finding.

    Args:
        key: its id as in the data; `handle` and `name` as in the data, if they are there.
        posts: how many of its posts are in the data.
        acts: how many of these show the finding.
        ties: the accounts of the finding with which it acts together.
        lead: of its meetings with others on one object, the share in which it was the earlier, 0 to 1.
    """

    key: str
    platform: str = ""
    handle: str = ""
    name: str = ""
    posts: int = 0
    acts: int = 0
    ties: int = 0
    lead: float = 0.0

    @property
    def called(self) -> str:
        """What a reader knows it by."""
        return self.handle or self.name or self.key


@dataclass(frozen=True, slots=True)
class Sample:
    """A post that shows the finding, as it stands in the data.

    Args:
        key: the post's id; `account` is its account's key.
        moment: ISO 8601 in UTC.
        shared: what it has in common with others (a link, a text, a reposted post).
        signal: by which signal.
    """

    key: str
    account: str
    moment: str
    text: str
    shared: str
    signal: str
    platform: str = ""

    @property
    def speaks(self) -> bool:
        """Whether its text has anything to be seen: a repost may have none."""
        return any(one.isprintable() and not one.isspace() for one in self.text)


@dataclass(frozen=True, slots=True)
class Support:
    """What one signal adds to a finding.

    Args:
        signal: its name ("co_link"); `label` the same for a reader ("post a link to the same page").
        techniques: DISARM ids that it can support, the likeliest first.
        window: microseconds.
        ties: pairs of accounts; `objects` what they shared; `posts` the posts in which they did.
        met: on how many objects the pairs met, in all (what one pair shares and another, too, counts for both).
        expected: on how many objects the pairs would have met by chance, in all; None where nothing was tested.
        q: the greatest rate of false discoveries at which one of the ties is reported; None where nothing was tested.
        caution: what else explains it.
    """

    signal: str
    label: str
    techniques: tuple[str, ...]
    window: int
    ties: int
    objects: int
    posts: int
    expected: float | None = None
    q: float | None = None
    caution: str = ""
    met: int = 0

    @property
    def tested(self) -> bool:
        """Whether a null hypothesis applied."""
        return self.q is not None

    @property
    def within(self) -> str:
        """The window for a reader; "" where time plays no part."""
        return f"within {length_of_time(self.window)}" if self.window else ""

    @property
    def figures(self) -> str:
        """What was counted, and how improbable it is, in words."""
        counted = (
            f"{_plural(self.ties, 'pair')} of accounts, {_plural(self.objects, 'shared object')}, "
            f"{_plural(self.posts, 'post')}"
        )
        if self.expected is None or self.q is None:
            return f"{counted}; not held against chance, so nothing says how improbable it is"
        met = f"{_plural(self.met, 'meeting')}, " if self.met else ""
        return f"{counted}; {met}{_few(self.expected)} expected by chance, q {_few(self.q)}"


@dataclass(frozen=True, slots=True)
class Finding:
    """Accounts that act together more often than chance would have it.

    Args:
        data: names of the files that it was found in; `data_sha256` the hash of their hashes.
        members: the accounts, those with the most ties first.
        supports: the signals that tie them.
        samples: posts that show it, in the order of time.
        first, last: ISO 8601 in UTC: of all acts that show it.
        null: what chance means here, in a sentence.
        rate: of false discoveries that was asked for.
        explanations: innocent explanations to check.
        cautions: what a reader has to know of how the data was read or cut.
        pairs: the strongest ties, to draw them: places of two members, counted from 0, and what they share in all.
    """

    data: tuple[str, ...]
    data_sha256: str
    members: tuple[Member, ...]
    supports: tuple[Support, ...]
    samples: tuple[Sample, ...]
    first: str
    last: str
    null: str
    rate: float
    explanations: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    pairs: tuple[tuple[int, int, int], ...] = ()

    @property
    def title(self) -> str:
        """What it is, in a line."""
        first = self.supports[0]
        more = len(self.supports) - 1
        besides = f", and {_plural(more, 'more signal')}" if more else ""
        within = f" {first.within}" if first.within else ""
        return f"{_plural(len(self.members), 'account')} {first.label}{within}{besides}"

    @property
    def accounts(self) -> frozenset[tuple[str, str]]:
        """Its accounts by platform and key: what stays the same when the data grows."""
        return frozenset((one.platform, one.key) for one in self.members)

    @property
    def id(self) -> str:
        """From who did what together in which data: looking again gives the same id."""
        accounts = sorted([one.platform, one.key] for one in self.members)
        return short_id("F", self.data_sha256, accounts, sorted(one.signal for one in self.supports))


def findings_record(findings: tuple[Finding, ...]) -> dict[str, Any]:
    """Findings as plain data for JSON."""
    return {"format": FORMAT, "findings": [{"id": one.id, **asdict(one)} for one in findings]}


def findings_of(record: Any) -> tuple[Finding, ...]:
    """Findings from plain data; `id` is not believed but computed.

    Raises:
        InputError: they are not such findings.
    """
    try:
        if record["format"] != FORMAT:
            raise InputError(f"The file is not in the format {FORMAT!r}.", "Make it with counterfoil detect -o FOLDER.")
        return tuple(_finding(one) for one in record["findings"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            f"The findings cannot be read: {error}.", "Make the file with counterfoil detect -o FOLDER."
        ) from error


def length_of_time(microseconds: int) -> str:
    """A window as people say it: "90 seconds", "1 hour", "250 milliseconds"."""
    for unit, size in _UNITS:
        # An hour and a half is 90 minutes, and a minute and a half 90 seconds.
        if microseconds >= size and microseconds % size == 0:
            return _plural(microseconds // size, unit)
    return f"{microseconds / 1000:g} milliseconds"


def _plural(count: int, word: str) -> str:
    return f"{count:,} {word}{'s' * (count != 1)}"


def _few(figure: float) -> str:
    """A figure to two places; one too small for the machine is not nothing."""
    return f"{figure:.2g}" if figure else "below 1e-300"


def _finding(record: dict[str, Any]) -> Finding:
    plain = {key: value for key, value in record.items() if key != "id"}
    made = {key: tuple(_checked(kind, one) for one in plain.pop(key)) for key, kind in _PARTS.items()}
    if not made["members"] or not made["supports"]:
        raise TypeError("a finding needs accounts and a signal")
    found: Finding = _checked(Finding, {**plain, **made})
    return found


_PARTS: dict[str, Any] = {"members": Member, "supports": Support, "samples": Sample}


def _checked(kind: Any, plain: dict[str, Any]) -> Any:
    """One of these, if every field has the type that it should: files of findings come from others, too."""
    made = {}
    for field in fields(kind):
        if field.name in plain:
            value = plain[field.name]
            if field.name in _PARTS and kind is Finding:
                made[field.name] = value
            elif field.name == "pairs":
                made[field.name] = tuple(_pair(one, len(plain["members"])) for one in _fit(list, value, field.name))
            elif field.type == tuple[str, ...]:
                made[field.name] = tuple(_fit(str, one, field.name) for one in _fit(list, value, field.name))
            else:
                made[field.name] = _fit(field.type, value, field.name)
    unknown = plain.keys() - made.keys()
    if unknown:
        raise TypeError(f"nothing is known of {sorted(unknown)[0]!r}")
    return kind(**made)


def _pair(value: Any, members: int) -> tuple[int, int, int]:
    one, other, weight = (_fit(int, each, "pairs") for each in _fit(list, value, "pairs"))
    if one >= members or other >= members or one == other:
        raise TypeError(f"pairs cannot be of members {one} and {other}")
    return one, other, weight


def _fit(expected: Any, value: Any, name: str) -> Any:
    if value is None and expected == float | None:
        return None
    if expected in (str, list):
        fits = isinstance(value, (str,) if expected is str else (list, tuple))
    else:
        number = isinstance(value, int) or (expected is not int and isinstance(value, float) and isfinite(value))
        fits = number and not isinstance(value, bool) and value >= 0
    if not fits:
        raise TypeError(f"{name} cannot be {value!r:.60}")
    return value
