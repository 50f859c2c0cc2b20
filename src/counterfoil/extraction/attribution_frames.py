"""Claims whose words say outright who stands behind something: "Responsibility for X lies with Y", "the operator of X
is Y", "Z named Y as its author", "the trail leads to Y", "Run by Y, X posted"."""

import re
from collections.abc import Iterator

from counterfoil.extraction import attribution_words as words
from counterfoil.extraction.attribution_claims import Readers, claims_of, object_at
from counterfoil.extraction.attribution_clauses import Group
from counterfoil.extraction.attribution_sponsors import Party
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.placed import Mention
from counterfoil.model.extraction import Attribution

_DOER = (
    r"(?:operators?|owners?|authors?|creators?|masterminds?|sponsors?|financiers?|organi[sz]ers?|architects?|"
    r"backers?|"
    r"paymasters?|instigators?|initiators?|perpetrators?|culprits?|originators?|source|makers?|builders?|"
    r"administrators?|"
    r"controllers?|handlers?|clients?|customers?|ringleaders?|force|driving force|brains?|puppet ?masters?|runners?|"
    r"managers?|directors?|coordinators?|developers?|contractors?|patrons?|likeliest|most likely one|one responsible)"
)
DOERS = frozenset(
    "operator operators owner owners author authors creator creators mastermind masterminds sponsor sponsors financier "
    "organiser organisers organizer organizers architect architects backer backers paymaster instigator initiator "
    "perpetrator perpetrators culprit culprits originator maker makers builder builders administrator administrators "
    "controller controllers handler handlers client ringleader ringleaders patron patrons coordinator likeliest".split()
)
_INSERTED = r"(?:, [^,;\n]{3,70},)?"
_RESTS = Expression(
    rf"[”\"»]?(?: (?:network|operation|campaign|accounts))?{_INSERTED} (?:rests?|lies|lie|lay|rested|falls|fell|"
    rf"belongs|is|"
    rf"was)(?: \w+ly)?{_INSERTED} (?:with|on|upon|to|at the door of) "
)
_IS = Expression(
    rf"[”\"»]?(?: (?:network|operation|campaign|accounts))?{_INSERTED} (?P<said>(?:is|are|was|were|turns? out to be|"
    r"turned out to be|appears? to be|appeared to be|seems? to be|may be|must be|has been identified as|is "
    r"believed to be|"
    r"is thought to be|remains)(?: \w+ly)?) "
)
_AS_DOER = Expression(
    rf"[,)]? as (?:the |its |their |one of (?:the|its) |an? )?(?:[\w\-]{{2,20}} ){{0,2}}?(?P<doer>{_DOER})"
    r"(?P<of> (?:of|behind) )?"
)
_NAMING = Expression(
    r"\b(?P<verb>nam(?:ed|es|ing)|identif(?:ied|ies|ying)|described|describes|describing|singled out|singling out|"
    r"list(?:s|ed|ing)|cit(?:ed|es|ing)|point(?:s|ed|ing) to|outed|unmasked|exposed|sees|saw|regards?|"
    r"considers?|gave|"
    r"giving|gives|labelled|labeled) $"
)
_NAMED_BY = Expression(
    r" (?:was|were|is|are|has been|have been|being) (?:also |publicly |\w+ly )?(?:named|identified|described|"
    r"singled out|"
    r"listed|cited|outed|unmasked|exposed|seen|regarded|considered)(?: by (?:the )?(?P<by>[^,;.\n]{2,60}?))?(?= as )"
)
_LEADS = Expression(
    r"(?:lead|leads|led|leading|point|points|pointed|pointing)(?: (?:all|straight|directly|back|squarely|"
    r"clearly|firmly|"
    r"unmistakably|instead|\w+ly)){0,2} (?:to|towards?|at) "
)
_TRAIL = Expression(
    r"(?i)\b(?:trails?|tracks?|traces?|evidence|clues?|signs?|everything|threads?|money|payments?|metadata|"
    r"documents?|data|"
    r"leads|indicators|invoices|infrastructure|servers?|registrations?|wallets?|logs?|finger|leak|files|records|"
    r"details|"
    r"elements|ownership|domains|all of (?:this|it|which)|this|all)\b(?P<rest>[^.;!?\n]{0,70})$"
)
_OPENS = Expression(
    r"(?:^|\n|[.!?;:][”\"]? |[–—] )(?P<verb>[A-Z][a-z]{2,15})(?: (?:up|out|for))?(?:,? (?:and|or) \w{3,14}(?: "
    r"for)?)? by "
)
_THEN = Expression(
    r"(?: \([^()\n]{1,60}\))?(?:,? and \w{3,14} [^,;.\n]{2,50})?, (?:the )?(?:[\w\-]{2,20} ){0,2}?[“\"«]?"
)


def responsibility(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "Responsibility for X lies with Y" """
    after = re.compile(r" for (?:the |running |creating |organi[sz]ing )*").match(
        readers.parties.text, at + len(word), at + 60
    )
    there = object_at(readers, after.end()) or object_at(readers, after.start() + 5) if after else None
    rests = _RESTS.match(readers.parties.text, there[1], there[1] + 190) if there else None
    if there and rests:
        yield from claims_of(readers, there, Group(at, "", True, ""), readers.sponsors.at(rests.end()), "")


def doer_is(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "the operator of X is Y", "X's author is Y", "Z named Y as the operator of X" """
    text, clauses, parties = readers.parties.text, readers.clauses, readers.parties
    end = at + len(word)
    first = clauses.first(at)
    of = re.compile(r" (?:of|behind) ").match(text, end, end + 9)
    there = object_at(readers, of.end()) if of else None
    own = re.compile(r"\b(?:[Ii]ts|[Tt]heir) (?:[\w\-]{2,16} )?$").search(text, max(first, at - 30), at)
    if there is None and own:
        who = parties.meant_at(own.start(), at)
        there = (own.start(), end, who) if who else None
    if there is None:
        there = _owner(readers, at, end)
    named = _named_as(readers, first, at)
    if named:
        if there is None and (word.startswith("likel") or not of):
            who = parties.meant_at(named[0][0].start, at)
            there = (at, end, who) if who else None
        if there:
            group = Group(min(at, there[0]), named[2], True, named[1])
            yield from claims_of(readers, there, group, named[0], "")
        return
    stands = _IS.match(text, max(there[1], end), max(there[1], end) + 150) if there else None
    if there and stands:
        yield from claims_of(readers, there, Group(at, stands["said"], True, ""), readers.sponsors.at(stands.end()), "")


def _owner(readers: Readers, at: int, end: int) -> Mention | None:
    """ "X's author" """
    text = readers.parties.text
    whose = re.compile(r"['’]s? (?:[\w\-]{2,16} ){0,2}$")
    for mention in reversed(readers.parties.subjects_in(max(0, at - 80), at)[-2:]):
        if mention[2] and whose.fullmatch(text, mention[1], at):
            return (mention[0], end, mention[2])
    return None


def _named_as(readers: Readers, first: int, at: int) -> tuple[list[Party], str, str] | None:
    """Who is named "as the operator": before "as" in the active, before the verb in the passive; and by whom."""
    text = readers.parties.text
    window = max(first, at - 60)
    place = text.rfind(" as ", window, at)
    if place < 0 or not _AS_DOER.match(text, place, at + 40):
        return None
    for verb in re.finditer(r"\b(?:nam|identif|descri|singl|list|cit|point|out|unmask|expos|se|saw|regard|"
    r"consider|g[ai]v|"
                            r"label)\w+(?: out| to)? ", text[max(first, place - 170) : place]):  # fmt: skip
        after = max(first, place - 170) + verb.end()
        if _NAMING.search(text, max(first, after - 20), after):
            sponsors = readers.sponsors.at(after)
            if sponsors and sponsors[-1].end <= place and "," not in text[sponsors[-1].end : place].rstrip(", "):
                start = after - len(verb.group())
                by = readers.sources.subject_of(start)
                if not by and text[after - 4 : after] == "ing ":  # "..., naming Y": the sentence's subject does
                    opens = readers.parties.organisation_first(first, first + 60)
                    by = opens[2] if opens and opens[0] - first < 5 else ""
                return sponsors, by, ""
    passive = None
    for match in _NAMED_BY.finditer(text, max(first, place - 150), place + 4):
        passive = match
    if passive:
        sponsors = readers.sponsors.before(first, readers.clauses.trimmed(passive.start()))
        by = readers.sources.name(passive["by"], passive.start()) if passive["by"] else ""
        return (sponsors, by, "") if sponsors else None
    return None


def leads_to(readers: Readers, _word: str, at: int) -> Iterator[Attribution]:
    """ "The trail of X leads to Y", "evidence points to Y" """
    text, parties = readers.parties.text, readers.parties
    leads = _LEADS.match(text, at, at + 60)
    trail = _TRAIL.search(text, max(readers.clauses.first(at), at - 90), at) if leads else None
    if leads is None or trail is None:
        return
    sponsors = readers.sponsors.at(leads.end())
    if not sponsors:
        return
    named = parties.operation_in(trail.start("rest"), at)
    behind = _AS_DOER.match(text, sponsors[-1].end, sponsors[-1].end + 60)
    there = named or (object_at(readers, behind.end()) if behind and behind["of"] else None)
    if there is None:
        who = parties.meant_at(trail.start(), at)
        there = (at, leads.end(), who) if who else None
    if there:
        verb = "" if behind else "linked"
        yield from claims_of(readers, there, Group(at, "", True, ""), sponsors, verb)


def opening_participle(readers: Readers) -> Iterator[Attribution]:
    """ "Run by Y, X posted in four languages." """
    text = readers.parties.text
    for match in _OPENS.finditer(text):
        if match["verb"].lower() not in words.RUN_PARTICIPLES:
            continue
        sponsors = readers.sponsors.at(match.end())
        then = _THEN.match(text, sponsors[-1].end, sponsors[-1].end + 110) if sponsors else None
        subject = readers.parties.subject_at(then.end()) if then else None
        if sponsors and subject:
            group = Group(match.start("verb"), "", True, "")
            yield from claims_of(readers, subject, group, sponsors, match["verb"].lower())
