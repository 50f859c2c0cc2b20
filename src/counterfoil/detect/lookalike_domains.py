"""Domains that may be taken for one of a roster's: look-alike letters, hyphens, added words, other endings.

Public suffixes come from the snapshot inside the tldextract package: nothing is asked for.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from counterfoil.detect.confusables import other_letters, read_as_letters, sights, skeleton
from counterfoil.detect.impersonation_candidates import Candidates
from counterfoil.detect.impersonation_roster import Account, Known, Owners
from counterfoil.detect.name_likeness import Likeness, distance, is_role, slips

if TYPE_CHECKING:
    from tldextract import TLDExtract

LEAST = 0.5
#: What is added to a domain besides the words of roles: doors to log in by, and words of the trade.
_DOORS = frozenset(
    "login signin secure security verify my portal app mail account accounts auth pay donate shop store join go get "
    "www web site online live press media info alert update updates report reports daily today now the real".split()
)
_HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]*://)?(?:[^/@\s]*@)?([^/:?#\s]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Domain:
    """A host name in its parts, letters decoded from Punycode ("www", "bbc", "co.uk")."""

    host: str
    below: str
    name: str
    suffix: str

    @property
    def registered(self) -> str:
        return f"{self.name}.{self.suffix}"


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A domain that may be taken for a roster's; `score` 0 to 1, an order of what to look at first."""

    known: Known
    original: str
    domain: Domain
    score: float
    likenesses: tuple[Likeness, ...]
    techniques: tuple[str, ...] = ("T0149.003",)


def read_domain(written: str) -> Domain | None:
    """A host name or URL (also defanged) in its parts; None if it is none below a public suffix."""
    plain = written.strip().replace("[.]", ".").replace("(.)", ".").replace("hxxp", "http")
    found = _HOST.match(plain)
    host = ".".join(map(_decoded, found.group(1).lower().strip(".").split("."))) if found else ""
    if not host:
        return None
    parts = _suffixes()(host)
    return Domain(host, parts.subdomain, parts.domain, parts.suffix) if parts.domain and parts.suffix else None


def find_lookalikes(roster: Iterable[Known], domains: Iterable[str], least: float = LEAST) -> list[Lookalike]:
    """The domains that may be taken for one of the roster's, the likeliest first; each with its likest original.

    A roster's own domains and what lies below them are no suspects. What is no domain is passed over.
    """
    known = list(roster)
    originals = [
        (one, domain) for one in known for written in one.domains if (domain := read_domain(written)) is not None
    ]
    own = {domain.registered for _, domain in originals}
    index = Candidates([Known(domain.name) for _, domain in originals], Owners({}, frozenset()))
    by_host = {one.host: one for written in domains if (one := read_domain(written)) is not None}
    found = []
    for domain in by_host.values():
        if domain.registered in own:
            continue
        shown = [Account("", handle=text) for text in (domain.name, domain.below.replace(".", "_")) if text]
        places = sorted(set().union(*(index.of(one) for one in shown)))
        weighed = [
            Lookalike(one, original.registered, domain, like.points, (like,))
            for one, original in (originals[place] for place in places)
            if (like := _alike(original, domain)) and like.points >= least
        ]
        if weighed:
            found.append(max(weighed, key=lambda one: one.score))
    return sorted(found, key=lambda one: (-one.score, one.original, one.domain.host))


def _alike(original: Domain, shown: Domain) -> Likeness | None:
    ours, theirs = original.name, shown.name
    told = f"{shown.host} and {original.registered}"
    if f".{original.registered}." in f".{shown.below}.":
        return Likeness("original below", 0.85, f"{shown.host} begins with {original.registered}")
    if ours == theirs:
        points = 0.6 if len(ours) > 4 else 0.4
        return Likeness("other ending", points, f"{told}: the same name under .{shown.suffix}")
    if sights(ours) & sights(theirs):
        strange = ", ".join(other_letters(theirs, ours)[:4])
        return Likeness("look-alike letters", 0.95, f"{told} look alike{': ' if strange else ''}{strange}")
    plain, goal = theirs.replace("-", ""), ours.replace("-", "")
    if skeleton(read_as_letters(plain)) == skeleton(read_as_letters(goal)) and plain != goal:
        return Likeness("look-alike letters", 0.85, f"{told}: digits or like letters stand for others")
    if plain == goal:
        return Likeness("hyphens", 0.75, f"{told} differ in hyphens")
    return _added(original, shown, told) or _mistyped(plain, goal, told)


def _added(original: Domain, shown: Domain, told: str) -> Likeness | None:
    goal = original.name.replace("-", "")
    before, found, after = shown.name.replace("-", "").partition(goal)
    if not found or len(goal) < 4:
        return None
    if before == "" and after == original.suffix.replace(".", ""):
        return Likeness("ending in the name", 0.8, f"{told}: the ending stands in the name")
    beside = [one for one in (before, after) if one]
    cut = any(one in shown.name.split("-") for one in beside)
    known_words = all(_is_word(one) for one in beside)
    what = ", ".join(f"“{one}”" for one in beside)
    if known_words:
        return Likeness("added words", 0.75, f"{told}: {what} added")
    if (cut and len(goal) > 5) or len(goal) > 8:
        return Likeness("added words", 0.5 if cut else 0.4, f"{told}: {what} added")
    return None


def _is_word(text: str) -> bool:
    return is_role(text) or text in _DOORS or text.isdigit()


def _mistyped(plain: str, goal: str, told: str) -> Likeness | None:
    allowed = slips(len(goal))
    off = distance(plain, goal, allowed)
    if not 0 < off <= allowed or re.sub(r"\d", "", plain) == re.sub(r"\d", "", goal):
        return None
    points = 0.65 if off == 1 and len(goal) > 6 else 0.5
    return Likeness("mistyped", points, f"{told} are {off} letter{'s'[: off > 1]} apart")


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label  # no valid Punycode: compared as it stands


@lru_cache(maxsize=1)
def _suffixes() -> "TLDExtract":
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None)
