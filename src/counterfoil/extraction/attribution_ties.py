"""Who is tied to whom: "X is linked to Y", "Z attributes X to Y", "ties between X and Y"."""

import re
from collections.abc import Iterator

from counterfoil.extraction import attribution_words as words
from counterfoil.extraction.attribution_claims import (
    Readers,
    claims_of,
    may_act,
    object_at,
    participle_subject,
    some_assets,
)
from counterfoil.extraction.attribution_clauses import Group
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.naming import INFLUENCE
from counterfoil.model.extraction import Attribution

_TO = Expression(
    r"(?: (?:back|directly|closely|loosely|publicly|primarily|in part|at least in part|jointly))?"
    r"(?:,? (?:last (?:year|month|week|\w+day)|this (?:year|month|week)|earlier|yesterday|"
    r"in (?:[A-Z]\w+ )?(?:19|20)\d\d|"
    r"on \w+day|in [A-Z]\w{2,8}),?)?"
    r"(?: by (?:the )?(?P<by>[\w’'\-]{2,30}(?: [\w’'\-.&]{1,30}){0,6}?))?(?:,? with [\w ]{3,30} confidence,?)?"
    r" (?P<prep>to|with|on) "
)

_OBJECT_TO = {
    prep: Expression(rf"(?P<object>(?:a\.k\.a\.|[^.;!?\n]){{1,200}}?)(?P<to> (?:back )?(?:{prep})(?: both)? )")
    for prep in ("to", "on", "with", "to|with")
}

_CLOSED_TO = {
    prep: Expression(rf"(?P<object>[^.;!?\n,]{{1,60}},[^.;!?\n]{{3,120}}?,)(?P<to> (?:back )?(?:{prep}) )")
    for prep in ("to", "on", "with", "to|with")
}

_DEFINITE = Expression(
    rf" ?(?:(?:the|this|that|these|its|both) (?:[\w’'\-]{{1,24}} ){{0,4}}?(?:{words.OPERATION_NOUN}s?|accounts|pages|"
    rf"sites|"
    rf"websites|work)(?:[’']s {words.BELONGINGS})?|it|them|both)(?:,? with [\w ]{{3,30}} confidence,?)?(?: [a-z]+ly)?"
)

_NOT_OBJECT = Expression(r"\b(?:about|posts?|by|from|on|against|losses|copying|imitating|mention|expos|target)\w* ")

_POINTED = Expression(
    r"\b(?:pointed to|points to|found|identified|uncovered|documented|noted|revealed) (?:[\w\-]{2,20} ){0,3}$"
)

_TIE_NEXT = Expression(r" (?:to|with)(?: both)? ")

_BETWEEN = Expression(r" between ")

_HAS = Expression(r"\b(?P<verb>ha(?:s|ve|d)|maintain\w*|shar\w+|with|showed|shows|having) (?:[\w\-]{2,20},? ){0,4}$")

_FOUND = Expression(
    r"\b(?P<verb>f(?:ound|inds?)|identif\w+|uncover\w*|discover\w*|saw|observ\w+|establish\w*|report\w* on|"
    r"point(?:s|ed)? to|document\w*|detail\w*|describ\w+|reveal\w*|noted|notes|expos\w+|confirmed|"
    r"evidence of|proof of|cites?|cited|drew|draws) (?:(?!no |any )[\w\-]{2,20},? ){0,4}$"
)

_POSSESSIVE = Expression(r"(?:['’]s?|\b(?:[Ii]ts|[Tt]heir)) (?:[\w\-]{2,20} ){0,3}$")

_BY_RELATIVE = Expression(
    r"[”\"»]?(?: \([^()\n]{1,80}\))?,? (?:which|that|whom) (?P<by>(?:the )?[\w’'\-]{1,30}(?: [\w’'\-.&]{1,30}){0,6}?)"
    r"(?: (?:has|have|had|also|now|publicly|previously|later|since|directly|\w+ly)){0,3} $"
)

_OF_TO = Expression(r" of (?P<object>[^.;,\n]{2,70}?) to ")


def tied(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "X is linked to Y", "X, tied by Z to Y", "X, which Z attributed to Y"."""
    text, clauses = readers.parties.text, readers.clauses
    to = _TO.match(text, at + len(word), at + len(word) + 120)
    if to is None or (to["prep"] == "on" and word not in ("pinned", "blamed")):
        return
    sponsors = readers.sponsors.at(to.end())
    if not sponsors:
        return
    relative = _BY_RELATIVE.search(text, max(clauses.first(at), at - 130), at)
    if relative is None and word not in words.TIED:
        return  # "the network links to the sites of Y"
    group = clauses.group(at)
    if (relative and not group.finite) or (
        relative and re.search(r"(?:has|have|had) (?:(?!been)\w+ )?$", text[at - 16 : at])
    ):
        subject = clauses.subject(relative.start()) or clauses.ending(clauses.first(at), relative.start())
        subject = clauses.described(relative.start()) or subject or some_assets(readers, relative.start())
        if subject and not words.NOT_CLAIMED.search(relative["by"]):
            by = readers.sources.name(relative["by"], relative.start("by"))
            yield from claims_of(readers, subject, Group(at, "", True, by), sponsors, word)
        return
    subject = participle_subject(readers, group, at)
    if subject and may_act(readers, subject, word):
        behind = re.compile(
            r" by (?:the )?(?P<by>[A-Z][\w’'\-]{1,30}(?: [\w’'\-.&]{1,30}){0,6}?)(?=[,.;)\n]| in \d| on | with |"
            r" and )"
        ).match(text, sponsors[-1].end, sponsors[-1].end + 110)
        by = to["by"] or (behind["by"] if behind else "") or group.by
        yield from claims_of(readers, subject, group._replace(by=by), sponsors, word)


def ties_object(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "Z attributes X to Y"."""
    text, clauses = readers.parties.text, readers.clauses
    wanted = next((prep for stem, prep in words.PREPOSITIONS.items() if word.startswith(stem)), "to|with")
    match = _OBJECT_TO[wanted].match(text, at + len(word), at + len(word) + 250)
    if match is None or _TO.match(text, at + len(word), at + len(word) + 40):
        return
    who = _object(readers, match)
    closed = None if who else _CLOSED_TO[wanted].match(text, at + len(word), at + len(word) + 250)
    if closed:  # "ascribes the operation, which it refers to as “X”, to Y"
        who, match = _object(readers, closed), closed
    sponsors = readers.sponsors.at(match.end()) if who else []
    if not who or not sponsors or not clauses.is_claimed(at, match.start("to")):
        # "linked X, Y and Z to ...": the first "to" may be inside the object
        return
    by = readers.sources.subject_of(at)
    source = readers.sources.claim(at, sponsors[-1].end) if not by else None
    said = source.said if source else ""
    if source and (re.search(r"(?:ing)$", word) or source.by):
        by = source.by
    elif source:
        by = readers.parties.publisher
    sure = words.confidence_in(text, clauses.first(at), clauses.last(sponsors[-1].end))
    strength = "assessed" if sure else words.strength_of(word, readers.clauses.group(at).said, said)
    for sponsor in sponsors:
        other = readers.parties.kind_of.get(sponsor.name, "state") not in INFLUENCE
        if sponsor.name != who and (other or (by and by != readers.parties.publisher)):
            span = readers.parties.reading.span(at, sponsors[-1].end)
            yield Attribution(who, sponsor.name, by, strength, (span,), sure)


def _object(readers: Readers, match: re.Match[str]) -> str:
    """Which operation stands between "attributes" and "to"."""
    parties = readers.parties
    named = parties.operation_in(match.start("object"), match.end("object"))
    if named:
        before = parties.text[match.start("object") : named[0]]
        return "" if _NOT_OBJECT.search(before) else named[2]
    if _DEFINITE.fullmatch(match["object"]):
        return parties.meant_at(match.start("object") + 1, match.end("object"))
    return ""


def tie_noun(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "links between X and Y", "X has ties to Y", "we found links to Y", "X's ties to Y"."""
    text, clauses, parties = readers.parties.text, readers.clauses, readers.parties
    end = at + len(word)
    first = clauses.first(at)
    between = _BETWEEN.match(text, end, end + 10)
    if between:
        there = object_at(readers, between.end())
        own = parties.with_belongings(there) if there else 0
        link = re.compile(r"[”\"»]?(?:['’]s \w+)? and (?:the |an? )?").match(text, own, own + 30) if there else None
        sponsors = readers.sponsors.at(link.end()) if link else []
        if not there:
            left = readers.sponsors.at(between.end())
            link = re.compile(r" and (?:the |an? )?").match(text, left[0].end, left[0].end + 12) if left else None
            there = object_at(readers, link.end()) if link else None
            sponsors = left[:1] if there else []
        found = _FOUND.search(text, max(first, at - 90), at)
        if there and sponsors:
            by = readers.sources.subject_of(found.start()) if found and "of" not in found["verb"] else ""
            yield from claims_of(readers, there, Group(at, "", True, by), sponsors, "links")
        return
    to = _TIE_NEXT.match(text, end, end + 12)
    pointed = word in words.OVERLAPS and _POINTED.search(text, max(first, at - 60), at) is None
    if to is None or pointed or (word in ("link", "tie") and text[at - 2 : at] not in ("a ", "l ", "t ")):
        return
    sponsors = readers.sponsors.at(to.end())
    if not sponsors:
        return
    has = _HAS.search(text, max(first, at - 80), at)
    found = _FOUND.search(text, max(first, at - 90), at)
    whose = _POSSESSIVE.search(text, max(first, at - 60), at)
    if has:
        group = clauses.group(has.start())
        subject = clauses.subject(group.start)
        if subject and may_act(readers, subject, "linked"):
            yield from claims_of(readers, subject, group, sponsors, "links")
    elif found or whose:
        subject = clauses.ending(first, whose.start()) if whose and not whose.group().lower().startswith("it") else None
        if subject is None:
            who = parties.meant_at(at, at)
            subject = (at, end, who) if who else None
        by = readers.sources.subject_of(found.start()) if found and "of" not in found["verb"] else ""
        if subject and may_act(readers, subject, "linked"):
            yield from claims_of(readers, subject, Group(at, "", True, by), sponsors, "links")


_TO_WHICH = Expression(
    r",? (?:to|with) (?:which|whom) (?P<by>it|they|she|he|we|(?:the )?[A-Z][\w’'\-]{1,30}(?: [\w’'\-.&]{1,30}){0,5}?)"
    r"(?: (?:has|have|had|also|later|only|\w+ly)){0,2} [“\"]?(?P<verb>linked|links|tied|ties|traced|traces|"
    r"attributed|"
    r"attributes|connected|connects|ascribed)[”\"]? (?P<what>[^.;\n]{3,80})"
)
_SOME = Expression(
    r"(?:the|its|all|some|most|many|part|several|about|around|roughly|\d[\d,.]{0,12}) (?:of )?(?:[\w\-]{2,16} ){0,3}?"
    r"(?:accounts|pages|sites|websites|channels|domains|network|operation|campaign|activity|posts)\b"
)


def to_which(readers: Readers, _: str, at: int) -> Iterator[Attribution]:
    """ "the agency, to which Z linked some of the accounts": what stands before is the sponsor."""
    text, parties = readers.parties.text, readers.parties
    begin = max(readers.clauses.first(at), at - 5)
    match = _TO_WHICH.search(text, begin, min(len(text), at + 220))
    if match is None or match.start() > at:
        return
    sponsors = readers.sponsors.before(readers.clauses.first(at), match.start())[-1:]
    named = parties.operation_in(match.start("what"), match.end("what"))
    who = named[2] if named else ""
    if not who and _SOME.match(match["what"]):
        who = parties.meant_at(match.start("what"), match.start("what"))
    if who and sponsors and parties.may_run(sponsors[0].name):
        there = (match.start("what"), match.start("what") + 3, who)
        by = readers.sources.name(match["by"], match.start("by"))
        yield from claims_of(readers, there, Group(match.start(), "", True, by), sponsors, match["verb"])


def attribution(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "Z's attribution of X to Y"."""
    text = readers.parties.text
    match = _OF_TO.match(text, at + len(word), at + len(word) + 90)
    if match is None or not readers.clauses.is_claimed(at, at):
        return
    who = _object(readers, match)
    for sponsor in readers.sponsors.at(match.end()) if who else ():
        whose = re.compile(r"(?P<by>[^,;:.\n]{2,60}?)['’]s? (?:[\w\-]+ )?$").search(
            text, max(readers.clauses.first(at), at - 70), at
        )
        by = readers.sources.name(whose["by"].strip(), at) if whose else readers.parties.publisher
        span = readers.parties.reading.span(at, sponsor.end)
        yield Attribution(who, sponsor.name, by, "asserted", (span,))
