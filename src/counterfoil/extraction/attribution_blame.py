"""Claims that blame, list or describe: "Z blamed Y for X", sanctions notices, "X, a Y-backed network"."""

import re
from collections.abc import Iterator

from counterfoil.extraction import attribution_words as words
from counterfoil.extraction.attribution_claims import Readers, object_at
from counterfoil.extraction.attribution_sponsors import Party
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.naming import INFLUENCE
from counterfoil.extraction.phrases import matches_with
from counterfoil.extraction.placed import Mention
from counterfoil.extraction.state_ties import tie_within, tying_word
from counterfoil.extraction.states import gazetteer
from counterfoil.model.extraction import Actor, Attribution

#: "Z blamed Y for X", "Z sanctioned Y for its role in X", "Z charged Y with running X"
_BLAMES = Expression(
    r"(?<![\w\-])(?P<verb>blame[sd]?|blaming|accuse[sd]?|accusing|sanctioned|sanctions|designated|designates|"
    r"charge[sd]|charging|indicted|indicts|imposed sanctions on|imposes sanctions on|pointed (?:the |a )?finger at|"
    r"points (?:the |a )?finger at|pointing (?:the |a )?finger at|singled out|(?:holds|held) (?=[^.;\n]{3,60} "
    r"responsible)|"
    r"identified|identifies|named|names|suspects?|suspected|sued|implicated|implicates) "
)
_BLAME_WORDS = (
    "blames blamed blame blaming accuses accused accuse accusing sanctioned sanctions designated designates charges "
    "charged "
    "charging indicted indicts finger singled holds held identified identifies named names suspect suspects suspected "
    "sued implicated implicates"
).split()
_OF_WHAT = Expression(
    r"(?:,? (?:a|an|the) [^.;,\n]{3,60},)? (?:for|of|over|with|behind|in connection with|in|as)\b"
    r"(?: (?:being|its|their|his|her|having|alleged|the (?=operator|author|source|force)|to|conspiring|conspiracy|"
    r"attempting|role|part|involvement|"
    r"work|hand|responsible|responsibility|as|operators?|authors?|source|sponsors?|in|on|for|of|behind|actor|force|"
    r"party|"
    r"one|and|"
    + "|".join(sorted(words.RUN_GERUNDS))
    + "|"
    + "|".join(sorted(words.RUN_PARTICIPLES))
    + r")\b(?: (?:out|up|for))?){0,7} "
)
_OF_WHAT_RESPONSIBLE = Expression(r" responsible for (?:the |an? )?")
_NEEDS_GERUND = Expression(r"(?:named|names|identif\w+)$")
#: "designated for being owned or controlled by, or having acted for or on behalf of, directly or indirectly, Y"
_LISTED_FOR = Expression(
    r"[”\"]?(?: \([^()\n]{1,200}\))?,?(?: (?:is|are|was|were) (?:being )?(?:designated|sanctioned|listed))?(?: "
    r"(?:today|"
    r"pursuant to [^;\n]{3,80}?))?,? for (?:being (?:owned|controlled|directed)|having (?:acted|been)|acting|"
    r"operating|"
    r"working|having)\b(?P<rest>[^.;\n]{0,220})"
)
_DESCRIBED_AS = Expression(
    r"[”\"»]?(?: \([^()\n]{1,120}\))?(?:,| is| was| remains| –| —|, itself| \() ?(?:an?|the|one of the) "
    r"(?P<phrase>(?:[\w\-’'.]{1,24},? ){0,7}?"
    r"(?:operation|campaign|network|group|actor|cluster|effort|intrusion set|troll farm|operator|outfit|persona|"
    r"collective|"
    r"influence actor|set|unit|ecosystem|project|site|website|front))(?![\w\-])(?P<after>(?: of [^.;,\n]{3,50}?)?"
    r"(?= (?:that|which|active|targeting|tracked|known|it|by|linked|run)\b|[.,;:)\n]|$| [a-z]))"
)
_TIE_WORDS = frozenset(
    "linked affiliated aligned nexus associated connected tied origin based run backed controlled directed sponsored "
    "funded "
    "operated owned financed led supported attributed".split()
)
_WEAK_TIES = frozenset("linked affiliated aligned nexus associated connected tied origin based".split())
_LINKED = Expression(r"-(?:linked|affiliated|aligned|nexus|associated|connected|tied|origin|based)\b", re.IGNORECASE)
#: "the GRU-run network X"
_AGENCY_TIE = Expression(
    rf"-(?P<tie>{'|'.join(sorted(_TIE_WORDS))}) (?:[a-z][\w\-]{{1,20}},? ){{0,5}}(?:(?:called|dubbed|named|known as) "
    rf")?[“\"«]?",
)


def blames(readers: Readers) -> Iterator[Attribution]:
    """Who is blamed, sanctioned or charged, and for which operation."""
    parties, text = readers.parties, readers.parties.text
    for match in matches_with(text, _BLAMES, _BLAME_WORDS, 22, 70):
        blamed = readers.sponsors.at(match.end()) or _meant_before(readers, match)
        if not blamed:
            continue
        end = blamed[-1].end
        if match["verb"].startswith(("blam", "accus")) and _NOTHING_MORE.match(text, end, end + 8):
            yield from _plainly(readers, match, blamed)
            continue
        reason = _OF_WHAT_RESPONSIBLE.match(text, end, end + 40) or _OF_WHAT.match(text, end, end + 170)
        there = object_at(readers, reason.end()) if reason else None
        verb = match["verb"]
        if reason is None or there is None or not readers.clauses.is_claimed(match.start(), match.end()):
            continue
        if _NEEDS_GERUND.search(verb) and not re.search(
            r"behind|responsib|operator|author|source|sponsor|as ", reason.group()
        ):
            continue
        who = parties.meant(there)
        by = readers.sources.subject_of(match.start()) or _by_before(readers, match)
        if not by or parties.kind_of.get(by) in INFLUENCE:
            passive = re.search(
                r"(?:was|were|been|be|being) (?:\w+ly )?$", text[max(0, match.start() - 16) : match.start()]
            )
            if by or not (passive or _CHARGED_IN.search(text, max(0, match.start() - 60), match.start())):
                continue
        official = verb.startswith(
            ("sanction", "designat", "imposed", "imposes", "identif", "named", "names", "held", "holds", "singled")
        )
        strength = "asserted" if official else "alleged"
        for party in blamed:
            if party.name not in (who, by) and parties.kind_of.get(party.name, "state") not in INFLUENCE:
                yield Attribution(who, party.name, by, strength, (parties.reading.span(match.start(), there[1]),))


_CHARGED_IN = Expression(
    r"\b(?:indictment|complaint|charge sheet|charging document|affidavit|prosecution)\b[^.;\n]{0,40}$"
)
_NOTHING_MORE = Expression(r"[.;”\"\n]|$|,? (?:and|but|while) |, (?:and|but|which) ")


def _plainly(readers: Readers, match: re.Match[str], blamed: list[Party]) -> Iterator[Attribution]:
    """ "Z blames Y.": for what is told of there."""
    parties = readers.parties
    who = parties.meant_at(match.start(), match.start())
    by = readers.sources.subject_of(match.start())
    if who and by and readers.clauses.is_claimed(match.start(), match.end()):
        for party in blamed:
            if party.name not in (who, by) and parties.kind_of.get(party.name, "state") not in INFLUENCE:
                yield Attribution(who, party.name, by, "alleged", (parties.reading.span(match.start(), party.end),))


_PRONOUN = Expression(
    r"(?:it|them|him|her|both|the (?:company|firm|agency|consultancy|group))(?= (?:of|for|with|as)\b)"
)


def _meant_before(readers: Readers, match: re.Match[str]) -> list[Party]:
    """ "sanctioned Y, accusing it of running X": whom the verb before names."""
    text, parties = readers.parties.text, readers.parties
    pronoun = _PRONOUN.match(text, match.end(), match.end() + 24)
    named = parties.last_organisation(readers.clauses.first(match.start()), match.start()) if pronoun else None
    if pronoun is None or named is None or parties.is_onlooker(named[2]):
        return []
    return [Party(named[2], match.end(), pronoun.end())]


def _by_before(readers: Readers, match: re.Match[str]) -> str:
    """Who "sanctioned Y, accusing it": the subject of the verb before."""
    text, first = readers.parties.text, readers.clauses.first(match.start())
    named = readers.parties.last_organisation(first, match.start()) if match["verb"].endswith("ing") else None
    verb = re.compile(r"\b\w{3,12}(?:ed|s) (?:[a-z’'\-]{2,14} ){0,4}$").search(text, first, named[0]) if named else None
    return readers.sources.subject_of(verb.start()) if verb else ""


def listings(readers: Readers) -> Iterator[Attribution]:
    """Why a sanctions notice lists an organisation."""
    parties, text = readers.parties, readers.parties.text
    for start, end, who in parties.organisations.mentions:
        match = _LISTED_FOR.match(text, end, end + 480) if text[end : end + 1] in " ,()" else None
        if match is None or parties.kind_of.get(who) in INFLUENCE:
            continue
        for link in re.finditer(r"\b(?:by|of|for|indirectly),? (?:the )?", match["rest"]):
            behind = readers.sponsors.at(match.start("rest") + link.end())
            if behind:
                by = readers.sources.claim(start, end).by
                lister = re.compile(
                    r"(?:^|[\n.]|, )\s*(?P<by>[^,.;\n]{2,70}?) (?:is |was |has |also |today |has also )*"
                    r"(?:designating|designated|sanctioning|sanctioned|listing|listed)\b"
                ).search(text, readers.clauses.first(start), start)
                by = readers.sources.name(lister["by"].strip(), start) if lister else by
                for party in behind:
                    if party.name != who:
                        yield Attribution(who, party.name, by, "asserted", (parties.reading.span(start, party.end),))
                break


_IS_OF_STATE = Expression(
    r"[”\"»]?,? (?:which |that )?(?:is|was)(?: (?:\w+ly|almost certainly|very likely|itself))? "
    r"(?P<word>[A-Z][a-z]{2,20}(?: [A-Z][a-z]{2,20})?)(?=[,.;)\n]| and | in origin| but |$)"
)


def descriptions(readers: Readers) -> Iterator[Attribution]:
    """ "X is a China-nexus threat actor", "X, a covert Russian campaign"."""
    parties, text = readers.parties, readers.parties.text
    for start, end, who in parties.operations:
        of_state = _IS_OF_STATE.match(text, end, end + 90)
        to = parties.state_by_adjective(of_state["word"]) if of_state else ""
        if of_state and to and readers.clauses.is_claimed(start, start):
            claim = readers.sources.claim(start, of_state.end())
            strength = words.strength_of("", of_state.group(), claim.said)
            yield Attribution(who, to, claim.by, strength, (parties.reading.span(start, of_state.end()),))
        match = _DESCRIBED_AS.match(text, end, end + 210)
        if match is None or not readers.clauses.is_claimed(start, start):
            continue
        to, linked = _tied_to(readers, match)
        if to and to != who:
            claim = readers.sources.claim(start, match.end())
            strength = "linked" if linked else words.strength_of("", match.group(), claim.said)
            yield Attribution(who, to, claim.by, strength, (parties.reading.span(start, match.end()),))


def _tied_to(readers: Readers, match: re.Match[str]) -> tuple[str, bool]:
    """To whom a describing phrase ties its subject, and whether loosely."""
    parties = readers.parties
    phrase, at = match["phrase"], match.start("phrase")
    agency = parties.organisation_first(at, match.end("phrase"))
    if agency:
        tie = re.compile(r"-(\w+)").match(parties.text, agency[1], agency[1] + 14)
        if tie and tie[1].lower() in _TIE_WORDS and not parties.is_onlooker(agency[2]):
            return agency[2], tie[1].lower() in _WEAK_TIES
    if re.search(r"(?i)\b(?:pro|anti|non)-", phrase) or re.search(
        r"-(?:language|speaking|style|born|themed)\b", phrase
    ):
        return "", False
    code = tie_within(phrase)
    return parties.state_name.get(code, ""), bool(_LINKED.search(phrase))


def compounds(readers: Readers, actors: tuple[Actor, ...]) -> Iterator[Attribution]:
    """ "China-linked influence actor X", "Chinese Ministry of Z-linked actor that A tracks as X"."""
    parties, text = readers.parties, readers.parties.text
    users = {alias.name: alias.by for actor in actors for alias in actor.aliases if alias.by}
    for start, end, actor in parties.operations:
        agency = parties.last_organisation(max(0, start - 80), start)
        tie = _AGENCY_TIE.fullmatch(text[agency[1] : start]) if agency else None
        if agency and tie:
            strength = "linked" if tie["tie"].lower() in _WEAK_TIES else "asserted"
            by = readers.sources.claim(start, end).by
            yield Attribution(actor, agency[2], by, strength, (parties.reading.span(agency[0], end),))
            continue
        code, at = tying_word(text, start)
        if code in parties.state_name and readers.clauses.is_claimed(at, at):
            yield _tied_state(readers, (start, end, actor), (code, at), users.get(actor, ""))


def _tied_state(readers: Readers, mention: Mention, tie: tuple[str, int], user: str) -> Attribution:
    parties, text = readers.parties, readers.parties.text
    start, end, actor = mention
    code, at = tie
    said = text[at:start]
    strength = "linked" if _LINKED.search(said) else "asserted"
    namer = re.search(
        r"(?P<by>[A-Z][\w’'\-]{1,30}(?: [A-Z][\w’'\-]{1,30}){0,3}) (?:also )?(?:tracks|calls|dubs|refers)\b", said
    )
    by = parties.speaker(namer["by"]) if namer else user or readers.sources.claim(at, end).by
    agency = parties.organisation_first(at, start)
    to = gazetteer().main_names[code]
    # "Ministry-linked actor": the agency is whom the name is tied to, its state is only the agency's.
    if agency and _LINKED.match(text, agency[1], agency[1] + 14):
        to = agency[2]
    return Attribution(
        actor,
        parties.state_name.get(code, to) if to == gazetteer().main_names[code] else to,
        by,
        strength,
        (parties.reading.span(at, end),),
    )
