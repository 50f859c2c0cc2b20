"""Who runs what: "X is run by Y", "Y runs X", "Y is accused of running X", "Y was behind X"."""

import re
from collections.abc import Iterator

from counterfoil.extraction.attribution_claims import (
    Readers,
    claims_of,
    doers_before,
    may_act,
    object_at,
    participle_subject,
    run_claims,
)
from counterfoil.extraction.attribution_clauses import Group
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.naming import INFLUENCE
from counterfoil.model.extraction import Attribution

#: "run by", "owned and operated by", "launched in 2022 against candidates by"
_AGENT = Expression(
    r"(?:(?: up| out| for)?(?:,? (?:and|or)|,) (?:\w+ly )?\w{3,15}(?: (?:up|out|for))?)?(?: up| out| for)?"
    r"(?:,? with [\w ]{3,30} (?:confidence|probability|certainty),?|, [^,;:\n]{3,70},)?"
    r"(?: for (?:profit|money|pay|hire|years|months|(?:\w+ ){1,2}(?:years|months|weeks)))?"
    r"(?:(?: (?:in|from|out of|since|against|at|through|with|via|on|to)\b(?: [^\s,;:.()]+){1,7}?)| (?:\w+ly|entirely|"
    r"in part|jointly|mainly))?"
    r",? (?:by|on behalf of|at the behest of|on the orders of|under the direction of|at the direction of)"
    r"(?: or on behalf of)?[”\"]? "
)

_GAP_AGENT = Expression(r"\b\w{3,20}(?:ed|en|wn|un) by $")

#: "planned and executed", "has funded or"
_AND_SO = Expression(r"(?<=\s)\w{3,14}(?:ed|t|s) (?:and|or) (?:\w+ly )?$")

_BEHIND = Expression(r"(?P<group>(?:(?:is|was|are|were|be|been|being|stands?|stood|to be|has been) )?)$")

#: "the hand behind X is that of Y"
_HAND = Expression(
    r"(?i)\b(?:hands?|force|people|persons?|those|mind|brains?|part(?:y|ies)|actors|operators|company|firm|"
    r"agency|consultancy|contractor|outfit|group|"
    r"team|one|man|"
    r"woman|men|culprits?|minds|power|body|state|country|government) $"
)
_THAT_OF = Expression(
    r"[”\"»]?(?: (?:network|operation|campaign|accounts|group))?(?: (?:is|are|was|were)(?: \w+ly)?(?: that of| "
    r"those of| called| named)?|"
    r"(?: it)?:) (?:the |an? )?"
)
_IS_BEHIND = Expression(
    r"(?:[”\"»]?(?: \([^()\n]{1,120}\))?(?: (?:network|operation|campaign|accounts|group))?(?:, [^,;.\n]{3,60},|,)?"
    r" (?:is|are|was|were|stands?|stood|lies|lay|appears? to be|may be) )"
)


def passive(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "X is run by Y", "X, run by Y", "a network run by Y"."""
    agent = _AGENT.match(readers.parties.text, at + len(word), at + len(word) + 130)
    if agent is None or re.search(r"\b(?:by|behalf)\b", agent.group()) is None:
        return
    if agent.group().count(" ") > 3 and _GAP_AGENT.search(agent.group()) and " and " not in agent.group():
        return
    group = readers.clauses.group(at)
    subject = participle_subject(readers, group, at)
    if subject and may_act(readers, subject, word):
        yield from claims_of(readers, subject, group, readers.sponsors.at(agent.end()), word)


def active(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "Y runs X"."""
    text = readers.parties.text
    end = at + len(word)
    particle = re.compile(r"(?: (?:up|out|for))? ").match(text, end, end + 6)
    if particle is None:
        return
    there = object_at(readers, particle.end())
    if there is None or readers.parties.kind_of.get(there[2], "actor") not in INFLUENCE:
        return
    # "planned and executed"
    two = _AND_SO.search(text, max(0, at - 24), at)
    group = readers.clauses.group(two.start() if two else at)
    doers = doers_before(readers, group.start)
    if doers:
        yield from run_claims(readers, doers, there, (group, word))


def gerund(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "Y is (suspected of, responsible for) running X"."""
    text = readers.parties.text
    there = object_at(readers, at + len(word) + 1)
    if there is None:
        return
    link = re.compile(
        r"(?:\b(?:is|was|are|were|been)(?: \w+ly)? (?P<hedge>suspected of|responsible for|believed to be|"
        r"thought to be|behind|accused of|alleged to be|)|(?P<also>, which is|, which was)) ?$"
    ).search(text, max(0, at - 50), at)
    if link:
        doers = doers_before(readers, readers.clauses.group(link.start()).start)
        hedge = "alleged" if "accused" in (link["hedge"] or "") else link["hedge"] or ""
        if doers:
            yield from run_claims(readers, doers, there, (Group(link.start(), hedge, True, ""), word))


def behind(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "Y was behind X", "Behind X stood Y", "Y behind X" in a headline."""
    text, clauses = readers.parties.text, readers.clauses
    if word == "responsible":
        after = re.compile(r"[”\"»]? for (?:the |an? |running |organi[sz]ing |launching |creating )*").match(
            text, at + 11, at + 50
        )
        there = object_at(readers, after.end()) or object_at(readers, after.start() + 5) if after else None
    else:
        there = object_at(readers, at + 7)
    if there is None:
        return
    first = clauses.first(at)
    window = max(first, at - 60)
    before = _BEHIND.search(text, window, at)
    hand = _HAND.search(text, window, at) if word == "behind" else None
    stands = _THAT_OF.match(text, there[1], there[1] + 60) if hand else None
    if stands:
        group = Group(there[1], stands.group(), True, "")
        yield from claims_of(readers, there, group, readers.sponsors.at(stands.end()), "")
        return
    opens = text[first:at].strip(' \n“"–—•*') == "" or word == "Behind"
    if opens:
        stands = _IS_BEHIND.match(text, there[1], there[1] + 140)
        if stands:
            yield from claims_of(
                readers, there, Group(there[1], stands.group(), True, ""), readers.sponsors.at(stands.end()), ""
            )
        return
    group = clauses.group(before.start() if before else at)
    doers = doers_before(readers, group.start)
    headline = not group.finite and not (before and before["group"])
    if headline and (not doers or text[first : doers[0].start].strip(' \n“"')):
        doers = []
    if doers:
        yield from run_claims(readers, doers, there, (group, "behind"))


_FOR_WHOM = Expression(
    r"[”\"»]?(?: (?:network|operation|campaign|accounts))?,?(?: (?:in|from|since|until|for) [^,;.\n]{3,40}?)? "
    r"(?:for(?! (?:years|months|weeks|money|profit|pay))|on behalf of|at the behest of|on (?:the )?(?:orders|"
    r"instructions) (?:of|from)|"
    r"under contract (?:to|with)|at the direction of) (?:the )?(?=[A-ZÀ-Þ“\"]|\w+ (?:intelligence|government|"
    r"service))"
)


def ran_for(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "pleaded guilty to running X for Y", "Z ran X on the orders of Y": the one for whom is the sponsor."""
    text, parties = readers.parties.text, readers.parties
    there = object_at(readers, at + len(word) + 1)
    if there is None or not there[2] or parties.kind_of.get(there[2], "actor") not in INFLUENCE:
        return
    whom = _FOR_WHOM.match(text, there[1], there[1] + 110)
    sponsors = readers.sponsors.at(whom.end())[:1] if whom else []
    if sponsors and parties.may_run(sponsors[0].name) and parties.kind_of.get(sponsors[0].name) != "person":
        yield from claims_of(readers, there, Group(at, "", True, ""), sponsors, "run")
