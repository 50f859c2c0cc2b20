"""Claims that an operation makes otherwise than as the subject of a verb of claiming.

Somebody "was accused of" theft, voters "were told that" polls had closed, rumour "has it that", a story "that … was
amplified by" the network.
"""

import re
from collections.abc import Iterator

from counterfoil.extraction.clause_reader import SAYERS, ClauseReader
from counterfoil.extraction.clauses import Claim
from counterfoil.extraction.english_tokens import tokens
from counterfoil.extraction.english_words import forms_of
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.noun_phrases import phrase_at, phrase_before
from counterfoil.extraction.operating import WORDS, Side

_LEGAL = Expression(
    r"(?i)\b(?:courts?|prosecutors?|indict\w{0,25}|convict\w{0,25}|trial|tribunal|jury|charged|sanction\w{0,25}|"
    r"sentenced|lawsuit|sued|"
    r"arrested|Treasury|police)\b"
)
_OF_OPERATING = Expression(
    r"(?i)[^.;]{0,90}\b(?:operations?|network|campaign|sanctions?|trolls?|disinformation|influence|on behalf)\b"
)
#: "The central claim, that the vaccine sterilises women, was repeated", "a second line of attack was that …"
_NAMED_CLAIM = Expression(
    r"\w{1,25}(?: of \w{1,25})?(?:, that (?P<inside>[^,.;:]{8,200}), (?:was|is|has|were|have|had|accounts?|"
    r"accounted|appeared|drew|made|reached|came|got|alone|featured|goes|went|runs|ran|dates|spread|surfaced|"
    r"began)\b| (?:was|is|has been) "
    r"that )"
)
_TOLD_THAT = Expression(r"\w{1,25}(?: [^.;:,]{1,60}?)? that ")
_OF_WHAT = Expression(r"\w{1,25} of (?=\w)")
_TO_WHAT = Expression(r"\w{1,25} to (?:have |be )?(?=[a-z])")
_HELD = Expression(r"\w{1,25} (?:it )?that (?!(?:is|are|was|were|has|have|had)\b)")
_CONVINCED = Expression(r"\w{1,25} [^.;:,]{2,60}? (?:that|into believing that|into thinking that) ")
_AS_SAYING = Expression(
    r"\w{1,25} [^.;:]{1,90}? as (?:saying|stating|claiming|declaring|announcing|admitting) (?:that )?"
)
_ASKED = Expression(r"\w{1,25} (?=why |whether |how )")
_SPREAD = (
    r"(?:amplified|spread|pushed|promoted|circulated|boosted|peddled|disseminated|repeated|shared|posted|seeded|"
    r"propagated|published)"
)
_NOUN_SPREAD = Expression(
    rf"\w{{1,25}} that (?P<said>[^.;:]{{8,200}}?),? (?:was|were|is|are|has been|have been|had been) "
    rf"(?:\w{{1,25}} )?{_SPREAD}\b"
)
_IDEA = Expression(r"\w{1,25} (?:of|that) (?=\w)")
_SAYING = Expression(r"\w{1,25} (?:also )?(?:that )?(?=\w)")
_PRINTED = Expression(r"\b(?:article|letter|video|clip|post|leaflet|message|recording|posts|messages|voice note)s?\b")
_REPORTED = Expression(
    r"(?i)\b(?:reports?|study|analysis|paper|statement|researchers?|investigat\w{1,25}|spokes\w{1,25}|officials?)\b"
)
_JOINED = Expression(r"\b(?:and|or|but|also|then) $")
#: What stands for one of several claims: "the second, that N was paid, was shared most".
_ONE_CLAIM = frozenset(
    "line theme thrust storyline first second third fourth fifth last latter other another one".split()
)
_PUBLIC = frozenset("viewers readers listeners visitors callers customers recipients tenants parishioners".split())


class ToldClaims(ClauseReader):
    """Finds these claims in one report."""

    def all(self) -> Iterator[Claim]:
        """Every claim, rule by rule; some may lie inside others."""
        return self._walk(
            (
                (frozenset("told informed warned assured".split()), self._told),
                (frozenset("accused said alleged rumoured rumored reported suspected".split()), self._said_of),
                (frozenset("holds hold held has had goes learned learnt read heard".split()), self._held),
                (forms_of("convince", "persuade", "trick"), self._convinced),
                (frozenset({"quoted", "quoting", "quotes", "quote"}), self._quoted),
                (frozenset({"asked", "ask", "asks", "asking"}), self._asked),
                (WORDS["claims"] | _ONE_CLAIM, self._spread),
                (frozenset("idea notion myth fiction impression lie".split()), self._idea),
                (
                    frozenset("said say says announces announced announcing declares declared told stated".split()),
                    self._content,
                ),
            )
        )

    def _told(self, at: int, end: int) -> Iterator[Claim]:
        """ "voters were told in voice notes that …"."""
        first, limit = self._reading.sentence(at)
        that = _TOLD_THAT.match(self._text, at, limit)
        if that is None or not self._passive(at, first):
            return
        whom = phrase_before(self._text, first, self._before_verb(first, at))
        public = whom is not None and (whom.head in WORDS["community"] or whom.head in _PUBLIC)
        if public and self._agent(end, that.end()) is not Side.OTHER and self._operating.told(at):
            yield from self._clauses(at, that.end())

    def _said_of(self, at: int, end: int) -> Iterator[Claim]:
        """ "was accused of testing vaccines on children", "were said to have fled"."""
        first, limit = self._reading.sentence(at)
        word = self._text[at:end].lower()
        what = (_OF_WHAT if word in ("accused", "suspected") else _TO_WHAT).match(self._text, at, limit)
        if what is None or not self._passive(at, first) or not self._operating.told(at):
            return
        agent = self._agent(end, limit)
        sure = agent is Side.OPERATION or (word != "accused" and self._told_of(at, first))
        if agent is Side.OTHER or (word != "accused" and not sure):
            return
        whom = phrase_before(self._text, first, self._before_verb(first, at))
        if whom is None or self._operating.side(whom) is Side.OPERATION:
            return
        if sure or not (_LEGAL.search(self._text, first, limit) or _OF_OPERATING.match(self._text, end, limit)):
            yield from self._clauses(at, what.end())

    def _told_of(self, at: int, first: int) -> bool:
        """Whether "said to" in a sentence goes on about what the operation says: "belittled N, who was said to"."""
        return self._operating.acts_near(at) and not _REPORTED.search(self._text, first, at)

    def _held(self, at: int, end: int) -> Iterator[Claim]:
        """ "its narrative holds that …", "rumour has it that …", "readers learned that …"."""
        first, limit = self._reading.sentence(at)
        that = _HELD.match(self._text, at, limit)
        if that is None or (self._text[at:end].lower() in ("has", "had") and " it that" not in that.group()):
            return
        subject = self._operating.subject(at)
        if self._text[at:end].lower() in ("learned", "learnt", "read", "heard"):
            readers = re.search(
                r"(?i)\b(?:readers|viewers|visitors|users|listeners|recipients|audiences)\b", self._text[first:at]
            )
            if readers and self._operating.told(at):
                yield from self._clauses(at, that.end())
        elif subject.side is not Side.OTHER and self._operating.told(at):
            head = subject.phrase.head if subject.phrase else ""
            if subject.side is Side.OPERATION or head in WORDS["claims"]:
                yield from self._clauses(at, that.end())

    def _convinced(self, at: int, end: int) -> Iterator[Claim]:
        _, limit = self._reading.sentence(at)
        that = _CONVINCED.match(self._text, at, limit)
        if that and self._operating.subject(at).side is Side.OPERATION:
            yield from self._clauses(at, that.end())

    def _asked(self, at: int, end: int) -> Iterator[Claim]:
        _, limit = self._reading.sentence(at)
        asked = _ASKED.match(self._text, at, limit)
        subject = self._operating.subject(at)
        if asked and subject.side is Side.OPERATION and subject.phrase is not None and subject.phrase.head in SAYERS:
            yield from self._clauses(at, asked.end())

    def _spread(self, at: int, end: int) -> Iterator[Claim]:
        """ "the narrative that N provoked the war was amplified by the network"."""
        _, limit = self._reading.sentence(at)
        named = _NAMED_CLAIM.match(self._text, at, limit)
        if (
            named
            and self._operating.told(at)
            and self._operating.content_side(self._reading.sentence(at)[0], end) is not Side.OTHER
        ):
            if named["inside"]:
                yield Claim(*named.span("inside"), at, phrase_at(self._text, named.start("inside"), limit))
            else:
                yield from self._clauses(at, named.end())
            return
        spread = _NOUN_SPREAD.match(self._text, at, limit)
        if spread and self._agent(spread.end(), limit) is not Side.OTHER and self._operating.told(at):
            yield Claim(
                spread.start("said"), spread.end("said"), at, phrase_at(self._text, spread.start("said"), limit)
            )

    def _idea(self, at: int, end: int) -> Iterator[Claim]:
        first, limit = self._reading.sentence(at)
        idea = _IDEA.match(self._text, at, limit)
        spread = [token for token in tokens(self._text, max(first, at - 60), at) if token.lower in _SPREADING]
        if idea and spread and self._operating.subject(spread[-1].start).side is Side.OPERATION:
            yield from self._clauses(at, idea.end())

    def _content(self, at: int, end: int) -> Iterator[Claim]:
        """ "the network's posts said the dam had been blown up", "It said that …" of a fake article."""
        first, limit = self._reading.sentence(at)
        clause = _SAYING.match(self._text, at, limit)
        who = self._operating.subject(at)
        subject = who.phrase
        if clause is None or self._passive(at, first):
            return
        if subject is None:  # "showed a burning car and said the army had fired"
            if (
                who.side is Side.OPERATION
                and _JOINED.search(self._text, max(0, at - 12), at)
                and self._has_clause(clause.end(), at, limit)
            ):
                yield from self._clauses(at, clause.end())
            return
        that = self._text.startswith("that ", clause.end() - 5)
        if subject.head == "it" and that and first > 1:
            start = self._reading.sentence(first - 1)[0]
            before = self._text[start:first]
            mine = _PRINTED.search(before) and not _REPORTED.search(before) and self._operating.told(at)
            if mine and subject.start - first < 3:
                yield from self._clauses(at, clause.end())
            return
        if subject.head not in SAYERS or (subject.name and self._operating.side(subject) is Side.OTHER):
            return
        words = self._text[max(first, subject.start - 60) : subject.end].lower().split()
        fake = any(word in WORDS["fake media"] for word in words) or self._operating.fake(at)
        own = {"its", "their", "these", "those"} & set(words) or self._operating.names.first(first, at)
        theirs = "network's" in words or "operation's" in words or "campaign's" in words
        if self._has_clause(clause.end(), at, limit) and (fake or own or theirs) and self._operating.told(at):
            yield from self._clauses(at, clause.end())

    def _quoted(self, at: int, end: int) -> Iterator[Claim]:
        """ "falsely quoted the minister as saying that …"."""
        first, limit = self._reading.sentence(at)
        saying = _AS_SAYING.match(self._text, at, limit)
        falsely = re.search(
            r"\b(?:falsely|wrongly|fake|fabricated|forged|misleadingly) $", self._text[max(first, at - 16) : at]
        )
        if saying and (falsely or self._operating.fake(at) or self._operating.subject(at).side is Side.OPERATION):
            yield from self._clauses(at, saying.end())

    def _has_clause(self, start: int, verb: int, limit: int) -> bool:
        """Whether a clause begins there, behind "that" or with a subject and a verb of its own."""
        if self._text.startswith("that ", start - 5) and start - 5 > verb:
            return True
        following = tokens(self._text, start, min(limit, start + 120))
        return bool(following) and following[0].kind in "DCGR" and any(token.kind in "XV" for token in following[1:9])


_SPREADING = forms_of(*WORDS["spreading"])
