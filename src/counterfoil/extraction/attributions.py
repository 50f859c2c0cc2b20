"""Attributions: who is said to act for whom, by whom, how strongly.

Always a wording that attributes, never a country's mere mention: a tie inside a name's own phrase
("China-linked influence actor X"), a verb between the two ("X is run by Y", "Y operates X", "Z attributes
X to Y"), or a denial ("the embassy denied any link"). A report's own words are its publisher's.
"""

import re
from collections.abc import Iterator

from counterfoil.extraction import attribution_words as words
from counterfoil.extraction.attribution_denials import denials
from counterfoil.extraction.attribution_parties import Parties, Party
from counterfoil.extraction.attribution_sources import Sources
from counterfoil.extraction.naming import INFLUENCE
from counterfoil.extraction.organisations import known
from counterfoil.extraction.phrases import matches_with
from counterfoil.extraction.placed import Mention
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.state_ties import tie_within, tying_word
from counterfoil.extraction.states import gazetteer
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Actor, Attribution, Extraction

_LINKED = re.compile(r"-(?:linked|affiliated|aligned|nexus|associated|connected|tied|origin|based)\b", re.IGNORECASE)
#: "the GRU-run network X"
_AGENCY_TIE = re.compile(
    r"-(?:linked|affiliated|aligned|associated|connected|tied|run|backed|controlled|directed|sponsored|funded|"
    r"operated) "
    r"(?:[a-z][\w\-]{1,20} ){0,5}[“\"«]?"
)
#: "attributed to Y a campaign called X"
_TO_FIRST = re.compile(r"(?<![\w\-])(?P<verb>attribut(?:es?|ed)) (?:on \w+day )?to (?:the |an? )?")
#: "Z identified Y as being behind X", "holds Y responsible for X"
_HOLDS = re.compile(
    r"(?<![\w\-])(?P<verb>identified|identifies|named|names|holds|held|pointed to|points to|singled out) (?:the |an? )?"
)
_AS_BEHIND = re.compile(
    r" (?:as (?:being )?(?:the \w+ )?(?:behind|responsible for|of)|responsible for|as the (?:operator|author|source|"
    r"sponsor)s? (?:of|behind)) (?:the |an? )?"
)
#: "Z attributes the network to Y", with the operation between verb and "to".
_ATTRIBUTES = re.compile(
    r"(?<![\w\-])(?P<verb>attribut(?:es?|ed|ing)|link(?:s|ed|ing)?|tie[sd]?|trac(?:es|ed)|connect(?:s|ed))"
    r"(?P<object>(?:a\.k\.a\.|[^.;!?\n]){0,200}?)(?P<to> (?:back )?(?:to|with) )(?:the |an? )?"
)
_ATTRIBUTE_WORDS = (
    "attribute attributes attributed attributing link links linked tie ties tied traces traced connects "
    "connected linking"
).split()
_OBJECT = re.compile(
    r"(?P<det>(?:(?:the|this|that|these|its) )?(?:[\w’'\-]{1,24} ){0,3}?(?:network|operation|campaign|group|activity|"
    r"cluster|actor|effort|accounts|pages|sites|work)(?:[’']s (?:funding|infrastructure|hosting|domains|payments|"
    r"servers))?|it|them|both)$"
)
_NOT_OBJECT = re.compile(r"\b(?:about|posts?|of|by|from|on|against|losses|copying|imitating|mention|expos|target)\w* ")
_FOUND_LINKS = re.compile(
    r"\b(?:found|identified|uncovered|discovered|saw|observed|established) (?:(?!no |any |few )\w+ ){0,3}?(?:links|"
    r"ties|connections|overlaps?) "
    r"(?:between [^.;\n]{1,60}? and |to |with )(?:the |an? )?"
)
#: "Z blamed Y for X", "Z sanctioned Y for its role in X", "Z charged Y with running X"
_BLAMES = re.compile(
    r"(?<![\w\-])(?P<verb>blame[sd]?|accuse[sd]?|sanctioned|sanctions|designated|designates|charge[sd]|indicted|"
    r"indicts|"
    r"imposed sanctions on|imposes sanctions on) (?:the |an? )?"
)
_BLAME_WORDS = (
    "blames blamed accuses accused sanctioned sanctions designated designates charges charged indicted indicts imposed"
).split()
_FOR = re.compile(
    r"[^.;!?\n]{0,90}? (?:for|of|over|with|behind|in connection with) (?:(?:its|their|his|his alleged|being|having|"
    r"the|a) )?"
    r"(?:role in |part in |involvement in |work on |responsible for |(?:\w+ing|behind|to run|conspiring to run) )?"
)


def find(reading: Reading, found: Extraction) -> tuple[Attribution, ...]:
    """The attributions of the text, in text order."""
    spans: dict[tuple[str, str, str, str], set[Span]] = {}
    if any(actor.kind != "state" for actor in found.actors):
        parties = Parties(reading, found)
        sources = Sources(reading, parties)
        claims = [*_ties(reading, parties, found.actors), *_between(parties, sources), *_by_verb(parties, sources)]
        claims += denials(parties, frozenset(claim.to for claim in claims))
        for item in _said_once(claims):
            told = parties.kind_of.get(item.by) in INFLUENCE  # what an operation says attributes nothing
            if item.actor != item.to and not told:
                spans.setdefault((item.actor, item.to, item.by, item.strength), set()).update(item.spans)
    items = [Attribution(*claim, tuple(sorted(places))) for claim, places in spans.items()]
    return tuple(sorted(items, key=lambda item: (item.spans[0], item.actor, item.to)))


def _said_once(claims: list[Attribution]) -> Iterator[Attribution]:
    """Claims, where one that nobody in particular makes counts as made by the one who makes the same claim."""
    makers: dict[tuple[str, str, str], set[str]] = {}
    for claim in claims:
        if claim.by:
            makers.setdefault((claim.actor, claim.to, claim.strength), set()).add(claim.by)
    for claim in claims:
        by = makers.get((claim.actor, claim.to, claim.strength), set())
        if not claim.by and len(by) == 1:
            claim = Attribution(claim.actor, claim.to, next(iter(by)), claim.strength, claim.spans)
        yield claim


def _ties(reading: Reading, parties: Parties, actors: tuple[Actor, ...]) -> Iterator[Attribution]:
    """ "China-linked influence actor X", "Chinese Ministry of Z-linked actor that A tracks as X"."""
    users = {alias.name: alias.by for actor in actors for alias in actor.aliases if alias.by}
    for start, end, actor in parties.operations:
        code, at = tying_word(reading.text, start)
        if not code:
            continue
        said = reading.text[at:start]
        strength = "linked" if _LINKED.search(said) else "asserted"
        namer = re.search(
            r"(?P<by>[A-Z][\w’'\-]{1,30}(?: [A-Z][\w’'\-]{1,30}){0,3}) (?:also )?(?:tracks|calls|dubs|refers)\b", said
        )
        by = parties.speaker(namer["by"]) if namer else ""
        agency = parties.organisations.first(at, start)
        to = gazetteer().main_names[code]
        # "Ministry-linked actor": the agency is whom the name is tied to, its state is only the agency's.
        if agency and _LINKED.match(reading.text, agency[1], agency[1] + 14):
            to = agency[2]
        yield Attribution(actor, to, by or users.get(actor, ""), strength, (reading.span(at, end),))
    for start, end, actor in parties.operations:
        agency = parties.last_organisation(max(0, start - 70), start)
        tie = _AGENCY_TIE.fullmatch(reading.text[agency[1] : start]) if agency else None
        if agency and tie:
            strength = "linked" if _LINKED.match(tie.group()) else "asserted"
            yield Attribution(actor, agency[2], "", strength, (reading.span(agency[0], end),))


#: "X, which the agency attributes to Y"
_RELATIVE = re.compile(
    r"[”\"»]?(?: \([^()\n]{1,80}\))?,? (?:which|that) (?P<by>(?:the )?[\w’'\-]{1,30}(?: [\w’'\-]{1,30}){0,5}?) "
    r"(?:has |have |had )?(?:also |publicly |previously )?(?P<verb>attribut(?:es?|ed)|link(?:s|ed)?|tie[sd]?|"
    r"trac(?:es|ed)) "
    r"(?:back )?(?:to|with) (?:the |an? )?"
)


def _between(parties: Parties, sources: Sources) -> Iterator[Attribution]:
    """A verb stands between the two names: "X is run by Y", "Y runs X"."""
    text = parties.text
    subjects = parties.subjects()
    operations = {start: (end, who) for start, end, who in subjects if parties.kind_of.get(who) in INFLUENCE}
    for start, end, who in subjects:
        relative = _RELATIVE.match(text, end, end + 220)
        if relative and not words.NOT_CLAIMED.search(relative["by"]):
            strength = "asserted" if relative["verb"].startswith("attribut") else "linked"
            by = parties.speaker(re.sub(r"^the ", "The ", relative["by"]))
            for party in parties.behind_at(relative.end()):
                yield Attribution(who, party.name, by, strength, (parties.reading.span(start, party.end),))
            continue
        else:
            yield from _listed_for(parties, sources, (start, end, who))
        if parties.kind_of.get(who) in INFLUENCE:
            yield from _around(parties, sources, (start, end, who))
        for pattern in (words.PASSIVE, words.FOREIGN_PASSIVE):
            passive = pattern.match(text, end, end + 420)
            if passive and not _denied_before(parties, start):
                yield from _passive(parties, sources, (start, who), passive)
                break
    for start, end, who in parties.all_behind():
        if parties.kind_of.get(who, "state") in ("outlet", *INFLUENCE) or known().get(who) == "company":
            continue
        for active_pattern in (words.ACTIVE, words.FOREIGN_ACTIVE):
            active = active_pattern.match(text, end, end + 160)
            if not active:
                continue
            until = words.BEFORE_NAME.match(text, active.end())
            spots = [active.start("verb"), active.end(), until.end() if until else active.end()]
            there = next((operations[at] for at in spots if at in operations), None)
            there = there or next((operations[at] for at in range(spots[1], spots[2]) if at in operations), None)
            if there and not _denied_before(parties, start):
                groups = active.groupdict()
                claim = sources.claim(start, there[0])
                strength = words.strength_of("", groups.get("hedge") or "", claim.said)
                yield Attribution(there[1], who, claim.by, strength, (parties.reading.span(claim.start, there[0]),))
            break


#: "designated for being owned or controlled by, or having acted for or on behalf of, directly or indirectly, Y"
_LISTED_FOR = re.compile(
    r"[”\"]?(?: \([^()\n]{1,200}\))?,?(?: (?:is|are|was|were) (?:being )?designated)?(?: (?:today|"
    r"pursuant to [^.;\n]{3,60}?))?,? for (?:being (?:owned|controlled|directed)|"
    r"having (?:acted|been)|acting|operating|working)\b(?P<rest>[^.;\n]{0,170})"
)
_BY_ORDER = re.compile(
    r"\b(?:[Aa]t the (?:direction|behest|request|instruction) of|[Oo]n (?:behalf|the orders|orders) of|[Tt]asked by|"
    r"[Dd]irected by|[Ff]unded by|[Pp]aid by) (?:the )?"
)


def _listed_for(parties: Parties, sources: Sources, subject: Mention) -> Iterator[Attribution]:
    """Why a sanctions notice lists an organisation."""
    start, end, who = subject
    match = _LISTED_FOR.match(parties.text, end, end + 420)
    if match is None or parties.kind_of.get(who) in INFLUENCE:
        return
    for link in re.finditer(r"\b(?:by|of|for|indirectly),? (?:the )?", match["rest"]):
        behind = parties.behind_at(match.start("rest") + link.end())
        if behind:
            by = sources.subject_of(start) or sources.claim(start, end).by
            for party in behind:
                yield Attribution(who, party.name, by, "asserted", (parties.reading.span(start, party.end),))
            return


def _around(parties: Parties, sources: Sources, subject: Mention) -> Iterator[Attribution]:
    """ "Behind X stands Y", „X wird von Y gesteuert“, "X is an Iranian influence operation"."""
    text = parties.text
    start, end, who = subject
    before = words.BEHIND.search(text, max(0, start - 22), start)
    stands = words.STANDS.match(text, end, end + 60) if before else None
    german = words.GERMAN_BY.match(text, end, end + 150)
    described = words.DESCRIBED_AS.match(text, end, end + 190)
    if not (stands or german or described) or _denied_before(parties, start):
        return
    if stands:
        for party in parties.behind_at(stands.end()):
            claim = sources.claim(start, party.end)
            strength = words.strength_of("", "", claim.said)
            yield Attribution(who, party.name, claim.by, strength, (parties.reading.span(claim.start, party.end),))
    elif german:
        for party in parties.behind_at(german.end()):
            if words.GERMAN_VERB.match(text, party.end, party.end + 120):
                claim = sources.claim(start, party.end)
                strength = words.strength_of("", german.group(), claim.said)
                yield Attribution(who, party.name, claim.by, strength, (parties.reading.span(claim.start, party.end),))
    elif described:
        code = tie_within(described["phrase"])
        if code in parties.state_name:
            claim = sources.claim(start, described.end())
            strength = "linked" if _LINKED.search(described["phrase"]) else words.strength_of("", "", claim.said)
            yield Attribution(
                who, parties.state_name[code], claim.by, strength, (parties.reading.span(start, described.end()),)
            )


def _passive(
    parties: Parties, sources: Sources, subject: tuple[int, str], match: re.Match[str]
) -> Iterator[Attribution]:
    start, who = subject
    groups = match.groupdict()
    verb = groups.get("verb") or groups.get("verb2") or ""
    hedge = groups.get("hedge") or groups.get("hedge2") or ""
    named = groups.get("by") or groups.get("by2") or groups.get("by3")
    organisation = parties.kind_of.get(who) not in INFLUENCE
    if organisation and known().get(who) == "company":
        return
    if organisation and (not _SPONSORED.search(verb) or _NO_SUBJECT.search(parties.text, max(0, start - 12), start)):
        return
    runs = _SPONSORED.search(verb) is not None or " of" in verb
    place = "originat" in verb or "emanat" in verb or "out of" in verb
    behind = parties.behind_at(match.end())
    person = parties.person_at(match.end()) if not behind and runs and " of" not in verb else None
    for party in behind or ([person] if person else []):
        kind = parties.kind_of.get(party.name, "state")
        if (place and kind != "state") or (kind in INFLUENCE and not runs):
            continue  # "linked to Storm-1" is a likeness, "run by Storm-1" is not
        claim = sources.claim(start, party.end)
        by = parties.speaker(named) if named else claim.by
        strength = words.strength_of(verb, hedge, claim.said)
        yield Attribution(who, party.name, by, strength, (parties.reading.span(claim.start, party.end),))


#: "dubbed X by Graphika, is run by Y": an organisation behind a preposition is no subject.
_NO_SUBJECT = re.compile(r"\b(?:by|at|of|from|with|to|via|for|and|or|in|on) (?:the )?$")
#: What makes an organisation a sponsored one; "Meta is part of ..." and the like attribute nothing.
_SPONSORED = re.compile(
    r"(?:run|operated|controlled|directed|funded|financed|sponsored|backed|owned|overseen|paid|hired|contracted|"
    r"commissioned|established|founded|created|tasked|set up) |on behalf|at the behest|subordinate|answer|report|"
    r"front|direction|orders|pilot|financ|gesteuert|контрол|финанс"
)


def _denied_before(parties: Parties, start: int) -> bool:
    """Whether the sentence up to there takes back what follows ("no evidence that X is run by Y")."""
    first = parties.reading.sentence(start)[0]
    return words.NOT_CLAIMED.search(parties.text, max(first, start - 200), start) is not None


def _by_verb(parties: Parties, sources: Sources) -> Iterator[Attribution]:
    """Somebody attributes: "Z attributes X to Y", "Z found links to Y", "Z blamed Y for X"."""
    text = parties.text
    for match in matches_with(text, _ATTRIBUTES, _ATTRIBUTE_WORDS, 0, 240):
        who = _object(parties, match)
        if who and not words.NOT_CLAIMED.search(text, *_just_before(parties, match.end("verb"))):
            by = sources.subject_of(match.start())
            strength = "asserted" if match["verb"].startswith("attribut") else "linked"
            yield from _to(parties, (who, by, strength), match)
    for match in matches_with(text, words.FOREIGN_ATTRIBUTES, words.FOREIGN_ATTRIBUTE_WORDS, 4, 170):
        named = parties.operation_in(match.start("object"), match.end("object"))
        who = named[2] if named else parties.meant_at(match.start(), match.start())
        if (
            who
            and (named or match["pronoun"] or _STANDS.search(match["object"]))
            and not words.NOT_CLAIMED.search(text, *_just_before(parties, match.end("verb")))
        ):
            strength = "assessed" if words.CONFIDENCE.search(match["object"]) else "asserted"
            yield from _to(parties, (who, sources.subject_of(match.start()), strength), match)
    for match in matches_with(text, _FOUND_LINKS, ("links", "ties", "connections", "overlaps", "overlap"), 60, 150):
        who = parties.meant_at(match.start(), match.start())
        if who and not words.NOT_CLAIMED.search(text, *_just_before(parties, match.start() + 20)):
            yield from _to(parties, (who, sources.subject_of(match.start()) or parties.publisher, "linked"), match)
    for match in matches_with(text, _TO_FIRST, ("attribute", "attributes", "attributed"), 0, 40):
        blamed = parties.behind_at(match.end())
        rest = _AND_THEN.match(text, blamed[-1].end, blamed[-1].end + 110) if blamed else None
        named = parties.operation_in(rest.end(), rest.end() + 40) if rest else None
        if (
            rest
            and named
            and named[0] == rest.end()
            and not words.NOT_CLAIMED.search(text, *_just_before(parties, match.end("verb")))
        ):
            yield from _to(parties, (named[2], sources.subject_of(match.start()), "asserted"), match)
    for match in matches_with(
        text, _HOLDS, ("identified", "identifies", "named", "names", "holds", "held", "to", "out"), 12, 60
    ):
        held = parties.behind_at(match.end())
        as_behind = _AS_BEHIND.match(text, held[-1].end, held[-1].end + 60) if held else None
        if as_behind and not words.NOT_CLAIMED.search(text, *_just_before(parties, match.end("verb"))):
            until = words.BEFORE_NAME.match(text, as_behind.end(), as_behind.end() + 80)
            named = parties.operation_in(as_behind.end(), until.end() + 40 if until else as_behind.end())
            thing = _THING.match(text, as_behind.end() - 4, as_behind.end() + 40)
            who = named[2] if named else parties.meant_at(as_behind.end(), thing.end()) if thing else ""
            if who:
                yield from _to(parties, (who, sources.subject_of(match.start()), "asserted"), match)
    for match in _BY_ORDER.finditer(text):
        ordered = parties.behind_at(match.end())
        doer = parties.first_subject(ordered[-1].end, ordered[-1].end + 40) if ordered else None
        if doer and re.fullmatch(r", (?:the )?(?:\w+ ){0,2}[“\"]?", text[ordered[-1].end : doer[0]]):
            for party in ordered:
                span = parties.reading.span(match.start(), doer[1])
                yield Attribution(doer[2], party.name, sources.claim(match.start(), doer[1]).by, "asserted", (span,))
    for match in matches_with(text, _BLAMES, _BLAME_WORDS, 20, 60):
        yield from _blamed(parties, sources, match)


_STANDS = re.compile(
    r"\b(?:réseau|opération|campagne|mode opératoire|activité|ingérence|manœuvre|red|operación|campaña|actividad|"
    r"сеть|кампани[юя]|операци[юя]|мережу|кампанію|операцію)\b"
)


def _just_before(parties: Parties, start: int) -> tuple[int, int]:
    return max(parties.reading.sentence(start)[0], start - 90), start


def _object(parties: Parties, match: re.Match[str]) -> str:
    """Which operation stands between "attributes" and "to"."""
    named = parties.operation_in(match.start("object"), match.end("object"))
    if named:
        before = parties.text[match.start("object") : named[0]]
        return "" if _NOT_OBJECT.search(before) else named[2]
    words_between = match["object"].strip()
    return parties.meant_at(match.start("object"), match.end("object")) if _OBJECT.match(words_between) else ""


def _to(parties: Parties, claim: tuple[str, str, str], match: re.Match[str]) -> Iterator[Attribution]:
    who, by, strength = claim
    for party in parties.behind_at(match.end()):
        if parties.kind_of.get(party.name) in INFLUENCE:
            continue
        yield Attribution(who, party.name, by, strength, (parties.reading.span(match.start(), party.end),))


_AND_THEN = re.compile(
    r" (?:the |an? )(?:[\w\-]{2,20} ){0,5}?(?:network|operation|campaign|group|activity|cluster)?,? ?(?:(?:known as|"
    r"called|dubbed|named|tracked as) )?[“\"«]?(?=[A-Z])"
)
_THING = re.compile(r"(?:the|this|that) (?:[\w\-]{1,20} ){0,2}?(?:network|operation|campaign|activity|effort)\b|it\b")


def _blamed(parties: Parties, sources: Sources, match: re.Match[str]) -> Iterator[Attribution]:
    text = parties.text
    blamed: list[Party] = parties.behind_at(match.end())
    if not blamed:
        return
    reason = _FOR.match(text, blamed[-1].end)
    end = parties.reading.sentence(match.start())[1]
    named = parties.operation_in(reason.end(), min(end, reason.end() + 60)) if reason else None
    by = sources.subject_of(match.start())
    if re.match(r"[Tt]h(?:e|is|at|ese) (?:network|operation|campaign|group|accounts|pages|posts)", by):
        return  # an operation accuses
    if named is None and reason and by:
        # "accused Y of being behind the campaign"
        thing = _THING.match(text, reason.end(), reason.end() + 50)
        meant = parties.meant_at(reason.end(), thing.end()) if thing else ""
        named = (reason.end(), thing.end(), meant) if thing and meant else None
    if named is None or not by or words.NOT_CLAIMED.search(text, *_just_before(parties, match.start())):
        return
    if not words.BEFORE_NAME.fullmatch(text[reason.end() : named[0]] if reason and reason.end() < named[0] else ""):
        return
    strength = "asserted" if match["verb"].startswith(("sanction", "designat", "imposed", "imposes")) else "alleged"
    for party in blamed:
        yield Attribution(named[2], party.name, by, strength, (parties.reading.span(match.start(), named[1]),))
