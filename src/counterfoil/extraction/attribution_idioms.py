"""Turns of speech that tie an operation to a sponsor: "bears the fingerprints of Y", "does the bidding of Y".

Each begins at a word of its own; what has to follow it ends right before the sponsor.
"""

import re
from collections.abc import Iterator

from counterfoil.extraction.attribution_claims import Readers, claims_of, doers_before, may_act, object_at, run_claims
from counterfoil.extraction.attribution_clauses import Group
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.naming import INFLUENCE
from counterfoil.extraction.placed import Mention
from counterfoil.model.extraction import Attribution

_ART = r"(?:the |an? |its |their )?"
_MARKS = r"(?:fingerprints|hallmarks?|signature|handwriting|marks|stamp|imprint|trademarks?|DNA|handiwork)"
_ROLES = (
    r"(?:vehicle|front|tool|arm|proxy|mouthpiece|instrument|extension|cover|cut-?out|contractor|subcontractor|"
    r"conduit|"
    r"puppet|weapon|branch|outlet|megaphone|surrogate|agent|unit|wing)"
)
_OFFICES = r"(?:offices?|headquarters|premises|building|rooms?|studios?|compound|facilit(?:y|ies)|servers?|campus)"
_BACKING = r"(?:backing|support|blessing|protection|sponsorship|patronage|assistance|approval|funding|help)"
_ORDERS = r"(?:orders|instructions|directives|commands|directions|tasks|taskings?|guidelines|assignments|briefs?)"
#: Trigger -> what follows it, and the verb by which the claim's strength is told.
RIGHT: dict[str, tuple[tuple[Expression, str], ...]] = {}


def _turn(triggers: str, follows: str, verb: str = "run") -> None:
    pattern = Expression(rf"[”\"]? {follows} ")
    for trigger in triggers.split():
        RIGHT[trigger] = (*RIGHT.get(trigger, ()), (pattern, verb))


_turn("bears bear bore bearing carries carried", rf"(?:all )?(?:the )?(?:\w+ ){{0,2}}?{_MARKS} of", "linked")
_turn("leads lead led goes go went", r"(?:\w+ly |straight |all the way )?back to", "linked")
_turn("root roots origin origins source", r"(?:lies? |is |are )?(?:in|with)", "linked")
_turn("does do did doing", r"the (?:\w+ )?(?:bidding|dirty work|work|will) of", "run")
_turn("enjoys enjoyed enjoy has had having", rf"(?:the )?(?:\w+ ){{0,2}}?{_BACKING} of", "backed")
_turn(
    "follows followed follow executes executed execute implements implemented fulfils fulfilled obeys obeyed "
    "obey follow out receives received",
    rf"(?:the )?(?:\w+ )?{_ORDERS} (?:of|from|by|given by|issued by)",
)
_turn("serves served serve serving acts acted act acting functions functioned function functioning operates operated",
      rf"as {_ART}(?:[\w\-]{{2,18}} ){{0,3}}?{_ROLES} (?:for|of|to)")  # fmt: skip
_turn("nothing little", rf"(?:but|more than|else than|other than|less than) {_ART}(?:[\w\-]{{2,18}} ){{0,2}}?{_ROLES} "
      r"(?:for|of|to)")  # fmt: skip
_turn("from of inside within at", rf"(?:the )?(?:\w+ )?{_OFFICES} (?:of|belonging to|rented by|owned by|leased by)")
_turn("close", r"to", "linked")
_turn("hand hands", r"in (?:glove|hand) with", "linked")
_turn("paid funded financed bankrolled", r"(?:through|via|out of(?: the budget of)?|from(?: the budget of)?)")
_turn(
    "had has have signed won held holds landed secured",
    r"(?:(?:an?|several|two|three|its|the|\d+) )?(?:[\w\-]{2,16} ){0,2}(?:contracts?|agreements?|retainer|deals?) "
    r"(?:worth [^,;.\n]{2,30} )?(?:with|from)", "paid",
)  # fmt: skip
_turn(
    "received receives got gets took takes draws drew",
    r"(?:(?:an?|several|its|the|most of its|monthly|regular|about|around) )?(?:[\w\-]{2,16} |"
    r"[$€£][\d.,]+ (?:million )?){0,3}"
    r"(?:money|funding|payments?|fees|income|funds|cash|transfers|orders|tasking|instructions|"
    r"revenue) (?:of [^,;.\n]{2,30} )?from",
    "paid",
)
_turn(
    "run directed managed controlled operated steered",
    r"(?:directly |straight )?(?:out of|from inside|from)(?= the Kremlin)",
)
_turn("clients client customers customer paymaster paymasters", r"(?:is|are|was|were|include[sd]?|included)(?: \w+ly)?",
      "paid")  # fmt: skip

_WORKS = Expression(
    r"(?:\b(?:is|are|was|were|been|being|had been|has been|have been|be) (?:[\w\-]+ )?)?(?:\b\w{3,14}(?:ed|ing|"
    r"n|s) )?$"
)
_COPULA = Expression(r"\b(?:is|are|was|were|remains?|has|have|had|lies|lie|itself)(?: \w+ly| believed to be)? $")


def idiom(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "X bears the fingerprints of Y", "X was run from the offices of Y"."""
    text, clauses = readers.parties.text, readers.clauses
    turns = ((pattern.match(text, at + len(word), at + len(word) + 90), verb) for pattern, verb in RIGHT[word])
    follows, verb = next(((found, verb) for found, verb in turns if found), (None, ""))
    if follows is None:
        return
    sponsors = readers.sponsors.at(follows.end())
    if not sponsors or (word == "close" and not _COPULA.search(text, max(0, at - 40), at)):
        return
    before = _WORKS.search(text, max(clauses.first(at), at - 44), at)
    begin = before.start() if before and word in _AFTER_VERB else at
    group = clauses.group(begin)
    subject = clauses.subject(group.start) or clauses.described(group.start - 1) or clauses.topic(group.start)
    if subject and may_act(readers, subject, "linked"):
        yield from claims_of(readers, subject, group, sponsors, verb)


_AFTER_VERB = frozenset("from of inside within at nothing little hand hands".split())

_IS_A = Expression(
    r"(?:\b(?:is|was|are|were|remains?|became|as)(?: [a-z]+ly| believed to be| thought to be| said to be|"
    r" in fact)?|,)"
    r" (?:the|an?|one of the|its) (?:[\w\-]{2,18} ){0,3}$"
)


def doer_left(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "Y is the sponsor of X", "Y, the paymaster of X" """
    text, clauses = readers.parties.text, readers.clauses
    of = re.compile(r" (?:of|behind) ").match(text, at + len(word), at + len(word) + 9)
    there = object_at(readers, of.end()) if of else None
    before = _IS_A.search(text, max(clauses.first(at), at - 70), at) if there else None
    if there is None or before is None or readers.parties.kind_of.get(there[2], "actor") not in INFLUENCE:
        return
    group = clauses.group(before.start())
    doers = doers_before(readers, group.start)
    if doers:
        yield from run_claims(readers, doers, there, (Group(group.start, before.group(), True, ""), "run"))


_SETS_UP = Expression(r" (?:up )?(?:(?:the|an?|its|this) )?")


def uses(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "Y set up X", "Y has used X to ..." """
    text = readers.parties.text
    up = _SETS_UP.match(text, at + len(word), at + len(word) + 12)
    if up is None or (word in ("set", "sets") and not up.group().startswith(" up")):
        return
    end = at + len(word) + (4 if up.group().startswith(" up") else 1)
    there = object_at(readers, end)
    if there is None or not there[2] or readers.parties.kind_of.get(there[2], "actor") not in INFLUENCE:
        return
    group = readers.clauses.group(at)
    doers = doers_before(readers, group.start)
    if doers and (word in ("set", "sets", "created", "creates") or group.said.strip()):
        yield from run_claims(readers, doers, there, (group, "run"))


_ALL_OVER = Expression(
    r"(?:['’]s?)? (?:are|is|were|was) (?:\w+ )?(?:all over|found all over|visible in|seen in|found in) "
)
_PRINTS = Expression(r" of ")


def prints(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "The fingerprints of Y are all over X" """
    text = readers.parties.text
    of = _PRINTS.match(text, at + len(word), at + len(word) + 5)
    sponsors = readers.sponsors.at(of.end()) if of else readers.sponsors.before(readers.clauses.first(at), at - 1)
    end = sponsors[-1].end if sponsors and of else at + len(word)
    over = _ALL_OVER.match(text, end, end + 40) if sponsors else None
    there = object_at(readers, over.end()) if over else None
    if there:
        yield from claims_of(readers, there, Group(at, "", True, ""), sponsors, "linked")


PEOPLE = frozenset(
    "officers employees members staff agents contractors operatives officials soldiers staffers freelancers workers "
    "veterans journalists trainees employee officer".split()
)
_ARE = Expression(
    r"\b(?:are|were|is|was|being|to be)(?:,[^,;.\n]{3,60},)?(?: (?:\w+ly|believed to be|thought to be|in fact|all))?"
    r"(?: (?:an?|the|some|two|three|several|former|current|active|serving|paid|full-time|young|local|junior))* $"
)


def people_of(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "X's operators are officers of Y", "the people behind X were, Z says, employees of Y" """
    text, clauses = readers.parties.text, readers.clauses
    are = _ARE.search(text, max(clauses.first(at), at - 110), at)
    if are is None or not re.match(r" (?:of|at|from|with|in|for)\b", text[at + len(word) : at + len(word) + 6]):
        return
    sponsors = readers.sponsors.at(at)
    subject = clauses.subject(are.start()) if sponsors else None
    if subject and sponsors and _THOSE.search(text, max(clauses.first(at), subject[0] - 30), are.start()):
        yield from claims_of(readers, subject, Group(are.start(), are.group(), True, ""), sponsors, "run")


_THOSE = Expression(
    r"\b(?:operators?|administrators?|authors?|people|those|handlers?|creators?|hackers|managers?|staff|members|team|"
    r"individuals|persons|group|unit|it|they|both|men|women|actors?)\b"
)


_USED_BY = Expression(
    r"(?:,? [^.;\n]{0,110}?)? by (?=(?P<who>[^.;\n]{3,110}?),? (?:in|for|as part of|during|to run|to conduct) "
    r"(?P<what>(?:an?|the|its|this) (?:[\w\-]{2,20} ){0,4}?(?:campaign|operation|effort|network|scheme)))"
)


def used_in(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "domains that were used by Y in a covert campaign called X" """
    parties, text = readers.parties, readers.parties.text
    used = _USED_BY.match(text, at + len(word), at + len(word) + 280)
    doers = [party for party in readers.sponsors.at(used.end()) if parties.may_run(party.name)] if used else []
    if used is None or not doers:
        return
    named = parties.operation_in(used.end("what"), min(readers.clauses.last(at), used.end("what") + 120))
    who = named[2] if named else parties.meant_at(*used.span("what"))
    if who:
        there = named or (*used.span("what"), who)
        yield from claims_of(readers, there, Group(at, "", True, ""), doers, "run")


_WORKING_ON = Expression(r" (?:on|for) ")
_HAS_PEOPLE = Expression(
    r"\b(?P<verb>has|had|have|kept|keeps|employs|employed|put|puts|hired|hires|"
    r"assigned)(?: had)? (?P<many>[^.;,\n]{1,50}? )?"
    r"(?:people|staff|employees|writers|freelancers|workers|operators|persons|men|women|students|trolls) $"
)


def working_on(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "Y has had 40 people working on an operation that Z follows as X" """
    text, parties = readers.parties.text, readers.parties
    on = _WORKING_ON.match(text, at + len(word), at + len(word) + 5)
    has = _HAS_PEOPLE.search(text, max(readers.clauses.first(at), at - 90), at) if on else None
    if on is None or has is None:
        return
    named = parties.operation_in(on.end(), min(readers.clauses.last(at), on.end() + 90))
    doers = doers_before(readers, readers.clauses.group(has.start()).start)
    if named and doers and not re.search(r"[,.;]", text[on.end() : named[0]]):
        yield from run_claims(readers, doers, named, (Group(has.start(), "", True, ""), "run"))


_BILL = Expression(
    r" (?:the (?:bills?|tab|costs?|invoices?|authors|operators|administrators|writers|trolls|freelancers|posters|"
    r"people behind (?:it|them)|staff|salaries|wages|creators))(?: (?:for|of) (?=(?P<what>\w)))?"
)


def pays(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "Y footed the bill (for X)", "Y paid the authors" """
    parties = readers.parties
    bill = _BILL.match(parties.text, at + len(word) + (3 if parties.text.startswith(" up", at + len(word)) else 0))
    if bill is None:
        return
    there = object_at(readers, bill.end()) if bill["what"] else None
    who = "" if bill["what"] else parties.meant_at(at, at)
    there = there or ((at, bill.end(), who) if who else None)
    doers = doers_before(readers, readers.clauses.group(at).start) if there else []
    if there and doers and parties.kind_of.get(there[2], "actor") in INFLUENCE:
        yield from run_claims(readers, doers, there, (Group(at, "", True, ""), "paid"))


PAYS = frozenset("footed foots foot paid pays picked picks covered covers hired hires recruited recruits".split())
FINGERPRINTS = frozenset("fingerprints handwriting hallmarks hand".split())
USES = frozenset("set sets used uses using created creates".split())


def operators_in_state(readers: Readers) -> Iterator[Attribution]:
    """ "The operators (are likely based in|work from) STATE": people of the operation named last."""
    text = readers.parties.text
    for match in _OPERATORS.finditer(text):
        sponsors = readers.sponsors.at(match.end())[:1]
        states = [party for party in sponsors if readers.parties.kind_of.get(party.name, "state") == "state"]
        if not states or (states[0].name not in readers.parties.state_of and not _is_state(readers, states[0].name)):
            continue
        mention = _of_whom(readers, match)
        if mention:
            group = Group(match.start("said"), match["said"], True, "")
            yield from claims_of(readers, mention, group, states, "run")


def _is_state(readers: Readers, name: str) -> bool:
    return name in readers.parties.state_name.values()


def _of_whom(readers: Readers, match: re.Match[str]) -> Mention | None:
    owner = readers.parties.operations_before(match.start("who") + 1)[:1]
    if owner and owner[0][1] >= match.start("who") - 4:
        return owner[0]
    there = object_at(readers, match.end("behind")) if match["behind"] else None
    if there:
        return there
    who = readers.parties.meant_at(match.start("who"), match.end("who"))
    return (match.start("who"), match.end("who"), who) if who else None


_OPERATORS = Expression(
    r"\b(?P<who>(?:[Tt]he |[Ii]ts |[Tt]heir |['’]s )(?:\w+ )?(?:operators|administrators|authors|people|handlers|"
    r"creators|page managers|account holders|actors))(?P<behind> (?:behind|of) )?"
    r"(?:(?:the |it|them|[“\"]?[A-Z])[\w”\" ]{0,30}?)? (?P<said>(?:(?:are|were|is|appear to be|seem to be|to be|sat|"
    r"sit|work|worked|live|lived|operate|operated|acted|act|posted|logged in)(?: [a-z]+ly| in all likelihood)?"
    r"(?: based| located| sitting| working| living| operating)?)) (?:in|from|out of|inside|within) (?=[A-Z])"
)
