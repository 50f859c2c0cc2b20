"""Who acts for whom: "on behalf of Y", "X answers to Y", "X is an arm of Y"."""

import re
from collections.abc import Iterator

from counterfoil.extraction import attribution_words as words
from counterfoil.extraction.attribution_claims import Readers, bare, claims_of, may_act, participle_subject
from counterfoil.extraction.attribution_clauses import Group
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.placed import Mention
from counterfoil.model.extraction import Attribution

_IS_OR_APPOSED = Expression(
    r"(?:\b(?:is|was|are|were|be|been|remains?|being|as|became|, itself)|,|–|—|:)"
    r" (?P<hedge>(?:[a-z]+ly |in all (?:likelihood|probability) |without (?:a )?doubt |very likely |believed to be |"
    r"thought to be |considered |allegedly |reportedly |"
    r"part of )*)(?:an? |the |one )?(?:(?!is |was |are |were |be )[\w\-]{2,20} ){0,3}$"
)

_ACTING = Expression(r"\b(?:act|work|operat|perform)(?:ing|ed|s|es) $")

_LISTS = Expression(r"\b(?:designat|sanction|list|charg|indict|accus|blam|arrest|ban|remov)\w*\b")

_NEEDS_BY = frozenset("operation campaign initiative effort outlet network".split())


def verb_to(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "X originated in Y", "X answers to Y", "X works for Y"."""
    text = readers.parties.text
    rest = re.compile(rf" {words.VERBS_TO[word]} ").match(text, at + len(word), at + len(word) + 50)
    if rest is None:
        return
    sponsors = readers.sponsors.at(rest.end())
    place = word.startswith(words.PLACE_VERBS) and "behalf" not in rest.group() and " for" not in rest.group()
    if place:
        sponsors = [party for party in sponsors if readers.parties.kind_of.get(party.name, "state") == "state"]
    group = readers.clauses.group(at)
    finite = group.finite or not word.endswith("ing")
    subject = readers.clauses.subject(group.start) if finite else participle_subject(readers, group, at)
    if subject is None and finite:
        subject = readers.clauses.described(bare(readers, group.start)) or readers.clauses.body(group.start)
    if subject and may_act(readers, subject, word):
        yield from claims_of(readers, subject, group, sponsors, word)


def behalf(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "X acted on behalf of Y", "At the direction of Y, X created ..."."""
    text, clauses = readers.parties.text, readers.clauses
    rest = re.compile(rf" {words.BEHALF[word]}(?:,? directly or indirectly,?)? ").match(
        text, at + len(word), at + len(word) + 40
    )
    before = words.BEFORE_BEHALF.search(text, max(0, at - 40), at) if rest else None
    if rest is None or before is None:
        return
    sponsors = readers.sponsors.at(rest.end())
    if not sponsors:
        return
    first = clauses.first(at)
    if text[first : before.start()].strip(' \n“"') == "":
        # "At the direction of Y, X did": the subject follows.
        follows = re.compile(r", (?:the )?(?:\w+ ){0,2}?[“\"]?").match(text, sponsors[-1].end, sponsors[-1].end + 40)
        subject = readers.parties.subject_at(follows.end()) if follows else None
        group = Group(at, "", True, "")
    else:
        acting = _ACTING.search(text, max(first, before.start() - 24), before.start())
        group = clauses.group(acting.start() if acting else before.start())
        subject = clauses.subject(group.start) or clauses.body(group.start) or clauses.opening(first, before.start())
    if subject and _LISTS.search(text, subject[1], at):
        return  # "OFAC is designating X for acting on behalf of Y"
    if subject and may_act(readers, subject, "behalf"):
        yield from claims_of(readers, subject, group, sponsors, "behalf")


#: "X was Y's doing", "X is a Y project"
_OWN_WORK = Expression(
    r"[”\"»]?(?: \([^()\n]{1,80}\))?,? (?P<group>(?:is|was|are|were|remains|appears to be|seems to be|has been|"
    r"may be)"
    r"(?: (?:\w+ly|in fact|also|indeed|itself))?) (?:an? )?"
)
_WORK = Expression(
    r"(?:['’]s?)? (?:own )?(?:doing|work|handiwork|project|brainchild|creation|product|undertaking|operation|"
    r"campaign|"
    r"invention|initiative|enterprise|child|baby|front)(?=[,.;:)”\"\n]|$| (?:and|from|in|since|that|which|as|to)\b)"
)


def own_work(readers: Readers, mention: Mention) -> Iterator[Attribution]:
    """ "X was Y's doing"."""
    text = readers.parties.text
    verb = _OWN_WORK.match(text, mention[1], mention[1] + 130)
    sponsors = readers.sponsors.at(verb.end())[:1] if verb else []
    if (
        verb
        and sponsors
        and _WORK.match(text, sponsors[0].end - _possessive(text, sponsors[0].end), sponsors[0].end + 30)
    ):
        yield from claims_of(readers, mention, Group(verb.start(), verb["group"], True, ""), sponsors, "")


def _possessive(text: str, end: int) -> int:
    """How many letters of a possessive end there."""
    return 2 if text[end - 2 : end] in ("’s", "'s") else 0


def part(readers: Readers, word: str, at: int) -> Iterator[Attribution]:
    """ "X is an arm of Y", "X, a front for Y", "described as the work of Y"."""
    text, clauses = readers.parties.text, readers.clauses
    rest = words.PART_OF.match(text, at + len(word), at + len(word) + 40)
    before = _IS_OR_APPOSED.search(text, max(clauses.first(at), at - 90), at) if rest else None
    if rest is None or before is None or (word in ("part", "unit", "network") and not rest.group().startswith(" of")):
        return
    if word in _NEEDS_BY and "by" not in rest.group() and "of" not in rest.group():
        return
    sponsors = readers.sponsors.at(rest.end())
    if not sponsors:
        return
    start = before.start()
    group = clauses.group(start) if before.group()[:1] not in ",–—:" else Group(start, "", False, "")
    begin = group.start
    described = re.compile(
        r"\b(?P<verb>describe[sd]?|labell?ed|labels?|characteri[sz]e[sd]?|identifie[sd]|calls|called|dismissed|"
        r"regards?)"
        r" (?P<object>[^.;,\n]{2,60}?) $"
    ).search(text, max(clauses.first(at), begin - 90), start)
    if text[start : start + 2] == "as" and described:
        named = readers.parties.operation_in(described.start("object"), described.end("object"))
        named = named or readers.parties.organisation_first(described.start("object"), described.end("object"))
        who = (
            named[2]
            if named
            else (
                readers.parties.meant_at(described.start("object"), start)
                if re.fullmatch(r"it|the \w+(?: \w+)?", described["object"].strip())
                else ""
            )
        )
        subject = (described.start("object"), described.end("object"), who) if who else None
        by = readers.sources.subject_of(described.start())
    else:
        subject, by = clauses.subject(begin), ""
    if subject and may_act(readers, subject, word):
        yield from claims_of(readers, subject, Group(start, group.said + before["hedge"], True, by), sponsors, word)
