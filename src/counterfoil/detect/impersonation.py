"""Accounts that pass themselves off as one of a roster: found, weighed and explained.

What is alike is told, never who is behind it. The weights are set by hand and stated in
docs/detection_impersonation.md; a score is an order of what to look at first, not a chance.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from counterfoil.detect.impersonation_candidates import Candidates
from counterfoil.detect.impersonation_roster import Account, Known, owners_of
from counterfoil.detect.name_likeness import (
    Likeness,
    handle_of_name,
    handles_alike,
    names_alike,
    not_in_earnest,
    words_of,
)
from counterfoil.detect.picture_hashes import are_near, bits_apart, hash_of_text

LEAST = 0.6  #: the score from which a suspect is listed
STRONG = 0.8
BIO_WORDS = 5  #: a shorter bio is nobody's own
BIO_LIKE = 0.6  #: share of common words from which a bio counts as copied
COPIED_POSTS = 3
POST_LETTERS = 30  #: a shorter post may be anybody's
FEW = 50  #: the original has this many times the followers of its copy
DAY = 86_400_000_000
NO_NAME = 0.75  #: how much copied marks count where neither name nor handle is alike
#: What a namesake has too; that it is younger and less followed then tells nothing.
NAMESAKE = frozenset({"same name", "handle of name", "handle with digits", "name contained", "name reordered"})
EARNEST = {"parody": 0.5, "older": 0.75}  #: what a score is multiplied by

#: The persona that an impersonator of each kind shows, as DISARM 1.6 codes it.
PERSONAS = {
    "candidate": "T0097.110",
    "party": "T0097.110",
    "official": "T0097.111",
    "ministry": "T0097.206",
    "government": "T0097.206",
    "institution": "T0097.206",
    "media": "T0097.202",
    "outlet": "T0097.202",
    "ngo": "T0097.207",
    "business": "T0097.205",
}
INNOCENT = (
    "a namesake: people share names",
    "the same person's or body's second, regional or former account that the roster lacks",
    "an admirer's, supporters' or parody account that says so elsewhere, in a pinned post for instance",
    "an account of the same staff, party or publisher",
)


@dataclass(frozen=True, slots=True)
class Suspect:
    """An account that may pass itself off as one of the roster.

    Args:
        score: 0 to 1: how much there is to look at.
        likenesses: what is alike, the weightiest first.
        against: what speaks against it, in words.
        techniques: what it can support, if an analyst finds it to be so.
    """

    known: Known
    account: Account
    score: float
    likenesses: tuple[Likeness, ...]
    against: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()

    @property
    def parody(self) -> bool:
        """Whether the account says itself that it is a parody or an admirer's."""
        return "T0143.004" in self.techniques

    @property
    def strength(self) -> str:
        """The score in words."""
        return "strong" if self.score >= STRONG else "worth a look" if self.score >= LEAST else "weak"


def find_impersonators(
    roster: Iterable[Known],
    accounts: Iterable[Account],
    copied: Mapping[str, Mapping[str, int]] | None = None,
    least: float = LEAST,
) -> list[Suspect]:
    """The accounts that are like one of the roster, the likeliest first.

    Accounts of the roster are the originals: their bio, picture, date and followers complete what the roster says, and
    they are not suspects, of others of the roster neither.

    Args:
        copied: key of an account -> name of one in the roster -> posts of its that the account posted after it
            (`copied_posts`).
        least: the score from which a suspect is listed; 0 lists all that is alike in anything.
    """
    known, given = list(roster), list(accounts)
    owners = owners_of(known, given)
    candidates = Candidates(known, owners)
    found = []
    for at, account in enumerate(given):
        if at in owners.taken:
            continue
        posts = (copied or {}).get(account.key, {})
        best: Suspect | None = None
        for place in sorted(candidates.of(account) | {i for i, one in enumerate(known) if one.name in posts}):
            one = known[place]
            suspect = _weigh(one, account, owners.of[place], posts.get(one.name, 0))
            if suspect and _unhalved(suspect) >= least and (best is None or suspect.score > best.score):
                best = suspect
        if best:
            found.append(best)
    return sorted(found, key=lambda one: (-one.score, one.known.name, one.account.key))


def _unhalved(suspect: Suspect) -> float:
    """The score but for its words of parody: such accounts are listed too, low and as what they say they are."""
    return suspect.score / EARNEST["parody"] if suspect.parody else suspect.score


def _weigh(known: Known, account: Account, own: list[Account], posts: int) -> Suspect | None:
    names, handles = _identity(known, account)
    marks = [
        one
        for one in (_bio(known, account, own), _picture(known, account, own), _posts(known, posts))
        if one is not None
    ]
    identity = max([one.points for one in (*names, *handles)], default=0.0)
    if names and handles:
        identity = min(identity + 0.1, 0.95)
    likely = identity
    for one in marks:
        likely = 1 - (1 - likely) * (1 - one.points)
    if not identity:
        likely *= NO_NAME
    if not likely:
        return None
    plain = all(one.kind in NAMESAKE for one in (*names, *handles, *marks))
    circumstances = [] if plain else _circumstances(known, account, own)
    for one in circumstances:
        likely = 1 - (1 - likely) * (1 - one.points)
    against, factor, parody = _against(known, account, own)
    ranked = sorted((*names, *handles, *marks), key=lambda one: -one.points)
    techniques = _techniques(known, ranked, parody)
    return Suspect(known, account, round(likely * factor, 3), (*ranked, *circumstances), against, techniques)


def _identity(known: Known, account: Account) -> tuple[list[Likeness], list[Likeness]]:
    """The strongest likeness of the names, and of the handles: at most one each."""
    names = [found for one in known.names if (found := names_alike(one, account.name))]
    handles = [found for one in known.bare_handles if (found := handles_alike(one, account.handle))]
    handles += [found for one in known.names if (found := handle_of_name(one, account.handle))]
    if account.handle.lstrip("@").casefold() in {one.casefold() for one in known.bare_handles}:
        handles.append(Likeness("same handle elsewhere", 0.3, f"has the handle {account.called} on another platform"))
    return _strongest(names), _strongest(handles)


def _strongest(found: list[Likeness]) -> list[Likeness]:
    return sorted(found, key=lambda one: -one.points)[:1]


def _bio(known: Known, account: Account, own: list[Account]) -> Likeness | None:
    theirs = set(words_of(account.bio))
    if len(theirs) < BIO_WORDS:
        return None
    best = 0.0
    for bio in (known.bio, *(one.bio for one in own)):
        ours = set(words_of(bio))
        if len(ours) >= BIO_WORDS:
            best = max(best, len(ours & theirs) / len(ours | theirs))
    if best < BIO_LIKE:
        return None
    told = "the same description as" if best == 1 else f"{best:.0%} of the words of its description in common with"
    return Likeness("bio copied", 0.6, f"has {told} the original")


def _picture(known: Known, account: Account, own: list[Account]) -> Likeness | None:
    if not account.picture:
        return None
    theirs = hash_of_text(account.picture)
    for picture in (*known.pictures, *(one.picture for one in own if one.picture)):
        ours = hash_of_text(picture)
        if theirs and ours and are_near(theirs, ours):
            apart = bits_apart(theirs, ours)
            told = "the original's picture" if not apart else f"nearly the original's picture ({apart} bits differ)"
            return Likeness("picture copied", 0.65, f"has {told}")
        if not ours and picture == account.picture:
            return Likeness("picture copied", 0.65, "has the original's picture")
    return None


def _posts(known: Known, posts: int) -> Likeness | None:
    if posts < COPIED_POSTS:
        return None
    return Likeness("posts copied", 0.5, f"posted {posts} texts of {known.name} after it")


def _circumstances(known: Known, account: Account, own: list[Account]) -> list[Likeness]:
    found = []
    first = _first(known, own)
    if first is not None and account.created is not None and account.created > first:
        days = (account.created - first) // DAY
        found.append(Likeness("made later", 0.1, f"was made {days:,} days after the original"))
    most = max((one.followers for one in own if one.followers), default=0)
    if account.followers is not None and most >= FEW * max(account.followers, 1):
        found.append(Likeness("few followers", 0.05, f"has {account.followers:,} followers, the original {most:,}"))
    return found


def _first(known: Known, own: list[Account]) -> int | None:
    return min((one for one in (known.created, *(each.created for each in own)) if one is not None), default=None)


def _against(known: Known, account: Account, own: list[Account]) -> tuple[tuple[str, ...], float, bool]:
    told, factor, parody = [], 1.0, False
    said = not_in_earnest(account.name, account.handle, account.bio)
    if said and not not_in_earnest(" · ".join(known.names), "", known.bio):
        parody = True
        factor *= EARNEST["parody"]
        told.append(f"says itself “{said}”: a parody or an admirer's account")
    first = _first(known, own)
    if first is not None and account.created is not None and account.created < first:
        factor *= EARNEST["older"]
        told.append("is older than the original")
    return tuple(told), factor, parody


def _techniques(known: Known, likenesses: list[Likeness], parody: bool) -> tuple[str, ...]:
    kinds = {one.kind for one in likenesses}
    codes = ["T0143.004" if parody else "T0143.003"]
    persona = PERSONAS.get(known.kind.casefold())
    codes += [persona] if persona else []
    codes += ["T0145.001"] if "picture copied" in kinds else []
    codes += ["T0084.002"] if "posts copied" in kinds else []
    return tuple(codes)


def copied_posts(
    roster: Iterable[Known], accounts: Mapping[str, Account], posts: Iterable[tuple[str, int, str]]
) -> dict[str, dict[str, int]]:
    """How many posts of each in the roster other accounts posted after it, word for word but for case and signs.

    Args:
        accounts: key -> account.
        posts: (account's key, time, text), read twice.

    Returns:
        key of an account -> name of one in the roster -> posts. Posts under 30 letters do not count.
    """
    given = list(posts)
    own: dict[str, list[str]] = {}
    for one in roster:
        for key, account in accounts.items():
            if one.owns(account):
                own.setdefault(key, []).append(one.name)
    first: dict[str, dict[str, int]] = defaultdict(dict)
    for key, moment, text in given:
        for name in own.get(key, ()):
            plain = " ".join(words_of(text))
            first[plain][name] = min(moment, first[plain].get(name, moment))
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for key, moment, text in given:
        plain = " ".join(words_of(text))
        if key in own or len(plain) < POST_LETTERS:
            continue
        for name, earliest in first.get(plain, {}).items():
            if moment > earliest:
                found[key][name].add(plain)
    return {key: {name: len(texts) for name, texts in names.items()} for key, names in found.items()}
