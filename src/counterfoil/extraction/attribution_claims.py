"""What the rules for attributions share: who may act, what a clause is of, and the claim that comes of it."""

from collections.abc import Iterator
from typing import NamedTuple

from counterfoil.extraction import attribution_words as words
from counterfoil.extraction.attribution_clauses import Clauses, Group
from counterfoil.extraction.attribution_parties import Parties
from counterfoil.extraction.attribution_sources import Sources
from counterfoil.extraction.attribution_sponsors import Party, Sponsors
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.naming import INFLUENCE
from counterfoil.extraction.placed import Mention
from counterfoil.model.extraction import Attribution


class Readers(NamedTuple):
    """What every rule asks."""

    parties: Parties
    clauses: Clauses
    sponsors: Sponsors
    sources: Sources


_BEFORE_NAME = Expression(
    r"(?:(?!into|against|about|on|over|to|at|with|from|inquiry|investigation|probe)(?:the|an?|its|this|that|"
    r"these|so-called|[a-z][\w\-]{1,20}|[A-Z][\w\-]{2,20}-language),? ){0,7}"
    r"(?:(?:known as|called|dubbed|named|tracked as) )?[“\"«„]?(?:[Tt]he )?"
)

#: "the bot farm behind X", "the fake students of X"
_OWNED_BY_NAME = Expression(
    r"(?:(?:the|its|all|some|most|many|these|those|an?|\d{1,6}) )?(?:[\w’'\-]{2,20} ){1,4}?(?:behind|of|for|"
    r"used by|in|"
    r"(?:who|that|which) (?:built|ran|run|runs|made|created|operated?|wrote|staffed|set up)) "
    r"(?:the )?[“\"«„]?"
)
_THING = Expression(
    rf"(?:it\b|both\b|them\b|(?:the|this|that|these) (?:[\w\-]{{1,20}} ){{0,3}}?(?:{words.OPERATION_NOUN}s?|accounts|"
    r"pages|websites|sites|posts|videos|work|domains|content|channels|clips?|forger(?:y|ies)|material|articles)\b)"
)

_ORGANISATION_VERBS = frozenset(
    "linked tied connected affiliated subordinate subordinated belongs belonging answers answer reports behalf behest "
    "direction orders control payroll arm front unit proxy subsidiary part works working acts acted acting instrument "
    "contractor funding money payments cut-out".split()
)


def claims_of(
    readers: Readers, subject: Mention, group: Group, sponsors: list[Party], verb: str
) -> Iterator[Attribution]:
    """The claims of a clause, with who makes them, unless something takes them back."""
    parties, clauses = readers.parties, readers.clauses
    who = parties.meant(subject)
    if not who or not sponsors or not clauses.is_claimed(subject[0], max(subject[1], group.start + len(group.said))):
        return
    runs = words.strength_of(verb, "") != "linked"
    end = sponsors[-1].end
    begin = min(subject[0], sponsors[0].start)
    source = readers.sources.claim(begin, end)
    by = readers.sources.name(group.by, subject[0]) if group.by else source.by
    strength = words.strength_of(verb, group.said, source.said)
    sure = words.confidence_in(parties.text, clauses.first(begin), clauses.last(end))
    if sure and strength in ("asserted", "linked"):
        strength = "assessed"
    for sponsor in sponsors:
        kind = parties.kind_of.get(sponsor.name, "state")
        likeness = not by or by == parties.publisher or _LIKE.search(parties.text, begin, sponsor.start) is not None
        if sponsor.name == who or not sponsor.name or (kind in INFLUENCE and not runs and likeness):
            continue  # "linked to Storm-1" is a likeness unless somebody says so, "run by Storm-1" is not
        span = parties.reading.span(min(begin, source.start), max(end, subject[1]))
        yield Attribution(who, sponsor.name, by, strength, (span,), sure)


_LIKE = Expression(r"\b(?:similar\w*|resembl\w*|like|tool\w*|script|tradecraft|techniques?|tactics|loosely|language)\b")


def may_act(readers: Readers, subject: Mention, verb: str) -> bool:
    """An operation may; of an organisation only what says who is behind it, and not of a tracker or a newsroom."""
    kind = readers.parties.kind_of.get(subject[2], "actor") if subject[2] else "actor"
    if kind in INFLUENCE:
        return True
    if readers.parties.is_onlooker(subject[2]) or subject[2] == readers.parties.publisher:
        return False
    return verb in words.SPONSORED or verb in _ORGANISATION_VERBS


def participle_subject(readers: Readers, group: Group, at: int) -> Mention | None:
    """What a participle is said of, in a finite clause or as an attribute."""
    clauses = readers.clauses
    if group.finite or group.start < at:
        return (
            clauses.subject(group.start)
            or clauses.described(bare(readers, group.start))
            or (None if group.finite else clauses.ending(clauses.first(at), bare(readers, group.start)))
            or clauses.topic(group.start)
        )
    end = bare(readers, at)
    said_of = (
        clauses.described(end)
        or clauses.ending(clauses.first(at), end)
        or clauses.subject(end if readers.parties.text[at - 1 : at] == "(" else at, oblique=True)
    )
    return said_of or some_assets(readers, end)


_ASSETS = Expression(
    r"(?:\b(?:an?|the|these|those|some|many|most|several|dozens of|hundreds of|thousands of|one of(?: the)?|both|"
    r"two|three|four|five|\d[\d,.]{0,15}) (?:[\w\-]{2,20},? ){0,5}?|\b(?:[a-z\-]{5,14} ){1,3})"
    r"(?:sites|websites|accounts|pages|Pages|channels|network|operation|campaign|domains|personas|outlets|operations|"
    r"profiles|accounts and pages|cluster|effort)"
    r"(?: of (?:[\w\-]{2,20} ){0,3}(?:accounts|pages|sites|websites|channels|personas|profiles))?$"
)


def some_assets(readers: Readers, end: int) -> Mention | None:
    """ "31 sites (built by Y)", "a network of accounts (run by Y)": the operation told of there, or named next."""
    parties = readers.parties
    phrase = _ASSETS.search(parties.text, max(readers.clauses.first(end), end - 110), end)
    if phrase is None:
        return None
    stop = parties.text.find("\n", end, end + _AHEAD)
    ahead = parties.operation_in(end, end + _AHEAD if stop < 0 else stop)
    who = parties.meant_at(phrase.start(), end) or (ahead[2] if ahead else "")
    return (phrase.start(), end, who) if who else None


_AHEAD = 350  #: letters in which the operation is named of which a text has begun to tell


def bare(readers: Readers, at: int) -> int:
    text = readers.parties.text
    while at and text[at - 1] in ' ,(–—“"':
        at -= 1
    return at


def doers_before(readers: Readers, at: int) -> list[Party]:
    """Those whose phrase ends before the verb group at an offset, that may run an operation."""
    doers = readers.sponsors.before(readers.clauses.first(at), readers.clauses.trimmed(at))
    return [doer for doer in doers if readers.parties.may_run(doer.name)]


def run_claims(
    readers: Readers, doers: list[Party], there: Mention, clause: tuple[Group, str]
) -> Iterator[Attribution]:
    group, verb = clause
    parties, clauses = readers.parties, readers.clauses
    who = parties.meant(there)
    begin = doers[0].start
    if not who or not clauses.is_claimed(begin, there[0]):
        return
    source = readers.sources.claim(begin, there[1])
    sure = words.confidence_in(parties.text, clauses.first(begin), clauses.last(there[1]))
    strength = words.strength_of(verb, group.said, source.said)
    for doer in doers:
        if doer.name != who:
            span = parties.reading.span(min(begin, source.start), there[1])
            yield Attribution(who, doer.name, source.by, "assessed" if sure else strength, (span,), sure)


def object_at(readers: Readers, at: int) -> Mention | None:
    """The operation named in the phrase that begins at an offset: "a covert network called X", "the campaign"."""
    parties, text = readers.parties, readers.parties.text
    owned = _OWNED_BY_NAME.match(text, at, at + 120)
    named = parties.operation_in(owned.end(), owned.end() + 60) if owned else None
    if owned and named and named[0] <= owned.end() + 1:
        return named
    before = _BEFORE_NAME.match(text, at, at + 150)
    stop = before.end() if before else at
    named = parties.operation_in(at, stop + 60)
    if named and named[0] <= stop + 1:
        return named
    thing = _THING.match(text, at, at + 90)
    if thing:
        who = parties.meant_at(at, thing.end())
        return (at, thing.end(), who) if who else None
    return None
