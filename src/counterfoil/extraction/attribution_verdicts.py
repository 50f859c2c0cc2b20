"""Verdicts on an operation: "Z blamed X on Y", "Z holds Y responsible for X", "Z considers X an arm of Y".

Also the question a report asks itself and answers: "Who runs X? Y, says Z."
"""

import re
from collections.abc import Iterator

from counterfoil.extraction import attribution_words as words
from counterfoil.extraction.attribution_claims import Readers, claims_of, object_at
from counterfoil.extraction.attribution_clauses import Group
from counterfoil.extraction.attribution_sponsors import Party
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.naming import INFLUENCE
from counterfoil.extraction.placed import Mention
from counterfoil.model.extraction import Attribution

_ON = Expression(
    r"[”\"»]?(?: \([^()\n]{1,80}\))?(?: (?:network|operation|campaign|accounts))?(?: \w+ly)? "
    r"(?:on|upon|down to|at the (?:door|feet) of|to the account of) (?:the )?(?=\S)"
)
_BLAMED = frozenset("blame blames blamed blaming pin pins pinned pinning put puts lay lays laid chalked".split())
_RESPONSIBLE = Expression(
    r",? (?:\w+ly )?(?:responsible|accountable|liable|to blame|to account) for (?:running |creating |the )?"
)
_HOLDS = frozenset("hold holds held holding consider considers considered deem deems deemed find finds found".split())
_AN_ARM = Expression(
    r"[”\"»]?,? (?:as |to be |is |was )?(?:in fact |merely |simply |nothing but |little more than |likely |"
    r"very likely |probably |\w+ly )?(?:an?|the|part|one)(?: of)? (?:[\w\-]{2,18} ){0,3}?(?P<part>"
    + "|".join(sorted(words.PARTS))
    + r") (?:of|for|by|to) (?:the )?"
)
_RUSSIAN = Expression(
    r"[”\"»]?,? (?:as |to be |is |was )?(?:(?:likely|very likely|probably|almost certainly|\w+ly) )?(?:an? |of )?"
    r"(?=(?P<word>[A-Z][a-z]{3,14})(?:[ -](?:state[- ])?(?:[a-z][\w\-]{2,16} ){0,3}?(?:backed|linked|sponsored|run|"
    r"aligned|operation|campaign|network|actor|group|effort|origin|state|government|set|cluster)\b|[.,;)\n]|$|"
    r" in origin))"
)
_JUDGES = frozenset(
    "consider considers considered deem deems deemed judge judges judged regard regards regarded believe believes "
    "believed think thinks thought call calls called describe describes described view views viewed see sees saw "
    "classify classifies classified class classes hold holds held assess assesses assessed label labels labelled "
    "identified identifies say says said rate rates rated reckon reckons suspects".split()
)
_SEES = frozenset("sees saw see suspects suspected suspect detect detects detected recognise recognises".split())
_HAND_OF = Expression(r" (?:the (?:\w+ )?(?:hand|hands|fingerprints|handwriting|involvement|work) of (?:the )?)?")
_IN_IT = Expression(
    r"(?:['’]s? (?:hand|hands|fingerprints|involvement))?,? (?:in|behind|at work in|at work behind|on|all over) "
)
_SUBJECT_THAT = Expression(r"[”\"]? (?:that )?")


def blamed_on(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "Z blamed X on Y", "Z put X down to Y" """
    there = object_at(readers, at + len(word) + 1)
    on = _ON.match(readers.parties.text, there[1], there[1] + 120) if there else None
    sponsors = readers.sponsors.at(on.end()) if on else []
    if there and on and (word[:3] not in ("put", "lay", "lai") or " on" not in on.group()[:4]):
        yield from _said(readers, (word, at), there, sponsors, "alleged" if word.startswith("bl") else "run")


def responsible(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "Z holds Y responsible for X" """
    sponsors = readers.sponsors.at(at + len(word) + 1)
    after = _RESPONSIBLE.match(readers.parties.text, sponsors[-1].end, sponsors[-1].end + 60) if sponsors else None
    there = object_at(readers, after.end()) or object_at(readers, after.end() - 4) if after else None
    if there:
        yield from _said(readers, (word, at), there, sponsors, "run")


def considered(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "Z considers X an instrument of Y", "Z has held that X is Russian", "Z believes X to be Chinese" """
    text, parties = readers.parties.text, readers.parties
    that = _SUBJECT_THAT.match(text, at + len(word), at + len(word) + 8)
    there = object_at(readers, that.end()) if that else None
    if there is None:
        return
    end = parties.with_belongings(there)
    part = _AN_ARM.match(text, end, end + 120)
    if part:
        yield from _said(readers, (word, at), there, readers.sponsors.at(part.end()), "run")
        return
    russian = _RUSSIAN.match(text, end, end + 90)
    state = parties.state_by_adjective(russian["word"]) if russian else ""
    if russian and state:
        weak = (
            "linked"
            if re.search(r"-(?:linked|aligned)", russian.group() + text[russian.end() : russian.end() + 30])
            else "run"
        )
        place = Party(state, russian.start("word"), russian.end("word"))
        yield from _said(readers, (word, at), there, [place], weak)


def seen_behind(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "Z sees Y behind X", "Z sees the hand of Y in X" """
    text = readers.parties.text
    hand = _HAND_OF.match(text, at + len(word), at + len(word) + 50)
    sponsors = readers.sponsors.at(hand.end()) if hand else []
    link = _IN_IT.match(text, sponsors[-1].end, sponsors[-1].end + 50) if sponsors else None
    there = object_at(readers, link.end()) if link else None
    if hand and link and there and (len(hand.group()) > 2 or "behind" in link.group() or "hand" in link.group()):
        yield from _said(readers, (word, at), there, sponsors, "run")


def _said(
    readers: Readers, said: tuple[str, int], there: Mention, sponsors: list[Party], verb: str
) -> Iterator[Attribution]:
    """The claims of a verdict, as made by the subject of its verb."""
    word, at = said
    parties = readers.parties
    who = parties.meant(there)
    if not who or not sponsors or parties.kind_of.get(who, "actor") not in INFLUENCE:
        return
    if not readers.clauses.is_claimed(at, max(there[1], sponsors[-1].end)):
        return
    passive = re.search(r"\b(?:is|was|are|were|been|be|being) (?:\w+ly )?$", parties.text[max(0, at - 24) : at])
    by = "" if passive else readers.sources.subject_of(at)
    if passive:
        return
    by = by or readers.sources.claim(at, sponsors[-1].end).by
    sure = words.confidence_in(parties.text, readers.clauses.first(at), readers.clauses.last(sponsors[-1].end))
    strength = "alleged" if verb == "alleged" else words.strength_of(verb, word)
    strength = "assessed" if sure and strength != "alleged" else strength
    for party in sponsors:
        if party.name not in (who, by) and parties.kind_of.get(party.name, "state") not in INFLUENCE:
            span = parties.reading.span(min(at, there[0]), max(there[1], sponsors[-1].end))
            yield Attribution(who, party.name, by, strength, (span,), sure)


_QUESTION = Expression(
    r"\bWho(?:'s|’s)? (?:is |was |are |were |stands |stood |hides |really |actually |then |)*"
    r"(?:behind|runs|ran|operates|operated|pays for|paid for|owns|created|made|wrote|ordered|commissioned|funds|"
    r"financed|sponsors|directs|controls) (?P<what>[^?\n]{2,60})\?[”\"]? (?:Probably |Most likely |"
    r"Almost certainly |In short, |"
    r"It was |It is |Our answer: )?(?:the )?"
)


def answers(readers: Readers) -> Iterator[Attribution]:
    """ "Who runs X? Y, says Z." """
    text = readers.parties.text
    for match in _QUESTION.finditer(text):
        there = object_at(readers, match.start("what"))
        sponsors = readers.sponsors.at(match.end()) if there else []
        ends = re.compile(r"[.,;]| [–—]").match(text, sponsors[-1].end) if sponsors else None
        if there and ends:
            yield from claims_of(readers, there, Group(match.end(), "", True, ""), sponsors, "run")


VERDICTS = (
    (_BLAMED, blamed_on),
    (_HOLDS, responsible),
    (_JUDGES, considered),
    (_SEES, seen_behind),
)
