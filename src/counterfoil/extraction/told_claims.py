"""Claims that an operation makes otherwise than as the subject of a verb of claiming.

Somebody "was accused of" theft, voters "were told that" polls had closed, a caption "read: …", a fake letter is the
source, a forged video shows somebody who "confesses to" a crime.
"""

import re
from collections.abc import Iterator

from counterfoil.extraction.clauses import Claim, clause_end
from counterfoil.extraction.english_tokens import tokens
from counterfoil.extraction.english_words import forms_of
from counterfoil.extraction.given_names import is_person
from counterfoil.extraction.noun_phrases import NounPhrase, listed_at, phrase_at, phrase_before
from counterfoil.extraction.operating import WORDS, Operating, Side
from counterfoil.extraction.phrase_cores import TITLES
from counterfoil.extraction.phrases import spellings, word_starts
from counterfoil.extraction.reading import Reading

_BE = frozenset("is are was were be been being".split())
_OPEN, _CLOSE = '“"«„‘', {"“": "”", '"': '"', "«": "»", "„": "“”", "‘": "’"}
_LONGEST_QUOTE = 300
_SHORTEST = 8
_LEGAL = re.compile(
    r"(?i)\b(?:courts?|prosecutors?|indict\w{0,25}|convict\w{0,25}|trial|tribunal|jury|charged|sanction\w{0,25}|"
    r"sentenced|lawsuit|sued|"
    r"arrested|Treasury|police)\b"
)
_OF_OPERATING = re.compile(
    r"(?i)[^.;]{0,90}\b(?:operations?|network|campaign|sanctions?|trolls?|disinformation|influence|on behalf)\b"
)
#: "The central claim, that the vaccine sterilises women, was repeated", "a second line of attack was that …"
_NAMED_CLAIM = re.compile(
    r"\w{1,25}(?: of \w{1,25})?(?:, that (?P<inside>[^,.;:]{8,200}), (?:was|is|has|were)\b| (?:was|is|has been) "
    r"that )"
)
_TOLD_THAT = re.compile(r"\w{1,25}(?: [^.;:,]{1,60}?)? that ")
_OF_WHAT = re.compile(r"\w{1,25} of (?=\w)")
_TO_WHAT = re.compile(r"\w{1,25} to (?:have |be )")
_BY = re.compile(r"[^.;]{0,110}?\bby ")
#: "The message was simple: …", "one post read: …", "Sample caption (translation): …"
_COLON = re.compile(
    r"\w{1,25}(?: of (?:the|this|its|their|these|one|that) [^.:;“\"]{1,40}?)?(?: \([^)\n]{1,40}\))?(?: (?:was|"
    r"is|were|are|ran|runs|"
    r"read|reads|stood out|stand out|went|goes|said|says|emerged|recurred|dominated|proclaimed|declared|asked))?"
    r"(?: (?:simple|clear|always the same|the same|this|as follows|plain|blunt|familiar))?[:,] (?=[“\"«„‘]|(?<=: )\w)"
)
_MESSAGES = frozenset(
    "message messages narrative narratives claim theme storyline slogan slogans caption captions headline "
    "headlines post posts "
    "rumour rumor rumours comment comments tweet tweets banner banners motto refrain "
    "meme memes hashtag leaflet sms".split()
)
#: "…”, one caption of the network read"
_CAPTIONED = re.compile(
    r",?[”\"»’],? (?:(?:read|said|ran|went|reads|runs) )?(?:one|another|an?|the|read one|said one|ran one|its|"
    r"their|read the|ran the|went one) (?:\w{1,25} ){0,3}?$"
)
_HELD = re.compile(r"\w{1,25} (?:it )?that (?!(?:is|are|was|were|has|have|had)\b)")
_CONVINCED = re.compile(r"\w{1,25} [^.;:,]{2,60}? (?:that|into believing that|into thinking that) ")
_AS_SAYING = re.compile(
    r"\w{1,25} [^.;:]{1,90}? as (?:saying|stating|claiming|declaring|announcing|admitting) (?:that )?"
)
_ASKED = re.compile(r"\w{1,25} (?=why |whether |how )")
_SPREAD = (
    r"(?:amplified|spread|pushed|promoted|circulated|boosted|peddled|disseminated|repeated|shared|posted|seeded|"
    r"propagated|published)"
)
_NOUN_SPREAD = re.compile(
    rf"\w{{1,25}} that (?P<said>[^.;:]{{8,200}}?),? (?:was|were|is|are|has been|have been|had been) "
    rf"(?:\w{{1,25}} )?{_SPREAD}\b"
)
_IDEA = re.compile(r"\w{1,25} (?:of|that) (?=\w)")
_IN_WHICH = re.compile(r"(?i)\bin (?:one of )?which(?: a)? $|\bwhere $")
_SAYING = re.compile(r"\w{1,25} (?:also )?(?:that )?(?=\w)")
_SAYERS = frozenset(
    "posts post videos video clip clips captions caption message messages articles article headline headlines "
    "letter letters voice "
    "voice-over narrator soundtrack recording leaflet leaflets comments tweets memes site sites channels pages "
    "emails mails "
    "texts sms notices notice accounts".split()
)
_PRINTED = re.compile(r"\b(?:article|letter|video|clip|post|leaflet|message|recording|posts|messages|voice note)s?\b")
_REPORTED = re.compile(
    r"(?i)\b(?:reports?|study|analysis|paper|statement|researchers?|investigat\w{1,25}|spokes\w{1,25}|officials?)\b"
)
_CLAIM_LINE = re.compile(r"(?:CLAIM|Claim|THE CLAIM|The claim|WHAT WAS CLAIMED|Rumou?r)(?:ed)?: (?=\S)")
_REPORTED_THAT = re.compile(r"[^.\n]{0,90}?\b(?:reported|said|claims?|shows?|announced|says|stated) that ")
_STAGED = forms_of("appear", "seem") | {"shown", "seen", "heard", "depicted", "made"}
_GESTURE = re.compile(r"\w{1,25} (?:to |(?:in|on) [^.;:,]{3,40} )?(?=\w)")
_PUBLIC = frozenset("viewers readers listeners visitors callers customers recipients tenants parishioners".split())
_PERSONS = frozenset("he she they".split())


class ToldClaims:
    """Finds these claims in one report."""

    def __init__(self, reading: Reading, operating: Operating) -> None:
        self._reading, self._text, self._operating = reading, reading.text, operating

    def all(self) -> Iterator[Claim]:
        """Every claim, rule by rule; some may lie inside others."""
        starts = word_starts(self._text)
        for words, read in (
            (frozenset("told informed warned assured".split()), self._told),
            (frozenset("accused said alleged rumoured rumored reported suspected".split()), self._said_of),
            (_MESSAGES, self._after_colon),
            (_MESSAGES | {"video", "article"}, self._before_caption),
            (frozenset("holds hold held has had goes learned learnt read heard".split()), self._held),
            (forms_of("convince", "persuade", "trick"), self._convinced),
            (frozenset({"quoted", "quoting", "quotes", "quote"}), self._quoted),
            (frozenset({"asked", "ask", "asks", "asking"}), self._asked),
            (WORDS["claims"] | {"line", "theme", "thrust", "storyline"}, self._spread),
            (frozenset("idea notion myth fiction impression lie".split()), self._idea),
            (frozenset({"which", "where"}), self._in_which),
            (_STAGED, self._staged),
            (
                frozenset("said say says announces announced announcing declares declared told stated".split()),
                self._content,
            ),
            (frozenset({"CLAIM", "Claim", "Rumour", "Rumor"}), self._line),
        ):
            for word in sorted((spellings(words) if words is not _STAGED else words) & starts.keys()):
                for at in starts[word]:
                    if self._operating.sentence(at) is not None:
                        yield from read(at, at + len(word))

    def _claim(self, verb: int, start: int, limit: int) -> Iterator[Claim]:
        end = clause_end(self._text, start, limit)
        if end - start > _SHORTEST:
            yield Claim(start, end, verb, phrase_at(self._text, start, limit))

    def _passive(self, at: int, first: int) -> bool:
        """Whether "was" or the like, and nothing uncertain or negative, stands before a participle."""
        words = [token.lower for token in tokens(self._text, max(first, at - 40), at)][-4:]
        return bool(_BE & set(words[-3:])) and not {"not", "never", "may", "might", "could"} & set(words)

    def _agent(self, end: int, limit: int) -> Side:
        by = _BY.match(self._text, end, limit)
        listed = listed_at(self._text, by.end(), limit) if by else []
        return self._operating.side(listed[0]) if listed else Side.UNKNOWN

    def _told(self, at: int, end: int) -> Iterator[Claim]:
        """ "voters were told in voice notes that …"."""
        first, limit = self._reading.sentence(at)
        that = _TOLD_THAT.match(self._text, at, limit)
        if that is None or not self._passive(at, first) or self._operating.subject(at).phrase is None:
            return
        whom = phrase_before(self._text, first, self._before_verb(first, at))
        public = whom is not None and (whom.head in WORDS["community"] or whom.head in _PUBLIC)
        if public and self._agent(end, that.end()) is not Side.OTHER and self._operating.told(at):
            yield from self._claim(at, that.end(), limit)

    def _before_verb(self, first: int, at: int) -> int:
        before = tokens(self._text, max(first, at - 80), at)
        stop = len(before)
        while stop and before[stop - 1].kind in ("B", "X"):
            stop -= 1
        return before[stop - 1].end if stop else first

    def _said_of(self, at: int, end: int) -> Iterator[Claim]:
        """ "was accused of testing vaccines on children", "were said to have fled"."""
        first, limit = self._reading.sentence(at)
        word = self._text[at:end].lower()
        what = (_OF_WHAT if word in ("accused", "suspected") else _TO_WHAT).match(self._text, at, limit)
        if what is None or not self._passive(at, first) or not self._operating.told(at):
            return
        agent = self._agent(end, limit)
        sure = agent is Side.OPERATION
        if agent is Side.OTHER or (word != "accused" and not sure):
            return
        whom = phrase_before(self._text, first, self._before_verb(first, at))
        if whom is None or self._operating.side(whom) is Side.OPERATION:
            return
        if sure or not (_LEGAL.search(self._text, first, limit) or _OF_OPERATING.match(self._text, end, limit)):
            yield from self._claim(at, what.end(), limit)

    def _after_colon(self, at: int, end: int) -> Iterator[Claim]:
        first, limit = self._reading.sentence(at)
        limit = max(limit, min(len(self._text), end + 120))
        colon = _COLON.match(self._text, at, limit)
        printed = self._text[at:end].lower() in ("caption", "captions", "slogan", "hashtag")
        if colon is None or not (printed or self._operating.told(at)):
            return
        before = self._text[max(first, at - 40) : at].lower().split()
        if set(before) & {"our", "my", "his", "her"} or self._operating.content_side(first, end) is Side.OTHER:
            return
        quoted = self._quotation(colon.end())
        if quoted:
            yield Claim(*quoted, at, None)
        elif self._text[colon.end() - 2] == ":":
            yield from self._parts(at, colon.end(), self._reading.sentence(colon.end())[1])

    def _quotation(self, start: int) -> tuple[int, int] | None:
        """The range inside the marks of a quotation that opens at `start`."""
        mark = self._text[start : start + 1]
        if mark not in _CLOSE or not mark:
            return None
        for at in range(start + 1, min(len(self._text), start + _LONGEST_QUOTE)):
            if self._text[at] in _CLOSE[mark]:
                return (start + 1, at) if at - start > _SHORTEST else None
            if self._text[at] == "\n":
                return None
        return None

    def _parts(self, at: int, start: int, limit: int) -> Iterator[Claim]:
        """The clauses of an enumeration, with "that" or without."""
        while start < limit:
            stop = self._text.find(";", start, limit)
            stop = limit if stop < 0 else stop
            lead = re.compile(r"\s*(?:and )?(?:first|second|third|(?:\d|[a-d])\))?,? ?").match(self._text, start, stop)
            begin = lead.end() if lead else start
            words = tokens(self._text, begin, min(stop, begin + 120))
            if any(token.kind in ("X", "V") for token in words[1:]):
                yield from self._claim(at, begin, stop)
            start = stop + 1

    def _before_caption(self, at: int, end: int) -> Iterator[Claim]:
        _, limit = self._reading.sentence(at)
        said = _CAPTIONED.search(self._text, max(0, at - 60), at)
        if said is None or (
            " read " not in said.group()
            and " ran " not in said.group()
            and not re.match(
                r"[^.;]{0,60}\b(?:read|said|ran|declared|asked|claimed|went|of|by)\b", self._text[end:limit]
            )
        ):
            return
        close = self._text[said.start() + (self._text[said.start()] == ",")]
        opening = {"”": "“", "»": "«", "’": "‘"}.get(close, close)
        start = self._text.rfind(opening, max(0, said.start() - _LONGEST_QUOTE), said.start())
        if start >= 0 and said.start() - start > _SHORTEST and self._operating.told(at):
            yield Claim(start + 1, said.start(), at, None)

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
                yield from self._claim(at, that.end(), limit)
        elif subject.side is not Side.OTHER and self._operating.told(at):
            head = subject.phrase.head if subject.phrase else ""
            if subject.side is Side.OPERATION or head in WORDS["claims"]:
                yield from self._claim(at, that.end(), limit)

    def _convinced(self, at: int, end: int) -> Iterator[Claim]:
        _, limit = self._reading.sentence(at)
        that = _CONVINCED.match(self._text, at, limit)
        if that and self._operating.subject(at).side is Side.OPERATION:
            yield from self._claim(at, that.end(), limit)

    def _quoted(self, at: int, end: int) -> Iterator[Claim]:
        """ "falsely quoted the minister as saying that …"."""
        first, limit = self._reading.sentence(at)
        saying = _AS_SAYING.match(self._text, at, limit)
        falsely = re.search(
            r"\b(?:falsely|wrongly|fake|fabricated|forged|misleadingly) $", self._text[max(first, at - 16) : at]
        )
        if saying and (falsely or self._operating.fake(at) or self._operating.subject(at).side is Side.OPERATION):
            yield from self._claim(at, saying.end(), limit)

    def _asked(self, at: int, end: int) -> Iterator[Claim]:
        _, limit = self._reading.sentence(at)
        asked = _ASKED.match(self._text, at, limit)
        subject = self._operating.subject(at)
        if asked and subject.side is Side.OPERATION and subject.phrase is not None and subject.phrase.head in _SAYERS:
            yield from self._claim(at, asked.end(), limit)

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
                yield from self._claim(at, named.end(), limit)
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
            yield from self._claim(at, idea.end(), limit)

    def _in_which(self, at: int, end: int) -> Iterator[Claim]:
        """ "a forged video in which she confesses to theft"."""
        first, limit = self._reading.sentence(at)
        opening = _IN_WHICH.search(self._text, max(first, at - 14), end + 1)
        medium = self._medium_before(first, opening.start()) if opening else None
        if medium is None or not self._is_fake(at, medium):
            return
        whom = phrase_at(self._text, end, limit)
        if whom is not None and (whom.name or whom.head in _PERSONS or whom.head in TITLES):
            start = self._text.index(self._text[whom.start : whom.end], end)
            stop = clause_end(
                self._text, whom.end + 1 if self._text[whom.end : whom.end + 1] == "," else whom.end, limit
            )
            if stop - whom.end > _SHORTEST:
                yield Claim(start, stop, at, whom)

    def _medium_before(self, first: int, end: int) -> NounPhrase | None:
        """The medium that ends there, or that a participle hangs on: "a video generated with AI in which"."""
        nearest = phrase_before(self._text, first, end)
        if nearest is not None and nearest.head.rpartition("-")[2] in WORDS["media"]:
            return nearest
        words = [token for token in tokens(self._text, max(first, end - 70), end) if token.lower in WORDS["media"]]
        return phrase_before(self._text, first, words[-1].end) if words else None

    def _is_fake(self, at: int, medium: NounPhrase) -> bool:
        return self._operating.fake(at) or (self._operating.told(at) and self._operating.side(medium) is Side.OPERATION)

    def _staged(self, at: int, end: int) -> Iterator[Claim]:
        """ "N appears to shrug", "N is seen handing over an envelope", where a medium is fake."""
        first, limit = self._reading.sentence(at)
        passive = self._text[at:end] in ("shown", "seen", "heard", "depicted", "made")
        gesture = _GESTURE.match(self._text, at, limit)
        if gesture is None or passive is not self._passive(at, first):
            return
        rest = self._text[end : min(limit, end + 50)]
        if not re.match(
            r" to \w" if not passive or self._text[at:end] == "made" else r" (?:[^.;:,]{0,40} )?\w{2,20}ing\b", rest
        ):
            return
        whom = phrase_before(self._text, first, self._before_verb(first, at))
        if whom is None or not self._medium_near(first, limit, at):
            return
        if whom.head in WORDS["media"] and self._operating.side(whom) is Side.OPERATION:
            whom = None  # "who in a doctored recording appeared to promise"
        elif not self._is_somebody(whom):
            return
        yield Claim(at, clause_end(self._text, end, limit), at, whom)

    def _is_somebody(self, phrase: NounPhrase) -> bool:
        if phrase.head in ("he", "she", "who"):
            return True
        named = phrase.name is not None and not phrase.inner
        return (named and is_person(self._text[slice(*phrase.name)])) or phrase.head in TITLES  # type: ignore[misc]

    def _medium_near(self, first: int, limit: int, at: int) -> bool:
        """Whether this sentence or the one before speaks of a recording that is fake, or of the operation's."""
        start = first if first == 0 else self._reading.sentence(first - 1)[0]
        near = tokens(self._text, max(start, at - 400), min(limit, at + 200))
        media = any(token.lower in WORDS["media"] for token in near)
        return media and (self._operating.fake(at) or self._operating.told(at))

    def _content(self, at: int, end: int) -> Iterator[Claim]:
        """ "the network's posts said the dam had been blown up", "It said that …" of a fake article."""
        first, limit = self._reading.sentence(at)
        clause = _SAYING.match(self._text, at, limit)
        subject = self._operating.subject(at).phrase
        if clause is None or subject is None or self._passive(at, first):
            return
        that = self._text.startswith("that ", clause.end() - 5)
        if subject.head == "it" and that and first > 1:
            start = self._reading.sentence(first - 1)[0]
            before = self._text[start:first]
            mine = _PRINTED.search(before) and not _REPORTED.search(before) and self._operating.told(at)
            if mine and subject.start - first < 3:
                yield from self._claim(at, clause.end(), limit)
            return
        if subject.head not in _SAYERS or (subject.name and self._operating.side(subject) is Side.OTHER):
            return
        words = self._text[max(first, subject.start - 60) : subject.end].lower().split()
        fake = any(word in WORDS["fake media"] for word in words) or self._operating.fake(at)
        own = {"its", "their", "these", "those"} & set(words) or self._operating.names.first(first, at)
        theirs = "network's" in words or "operation's" in words or "campaign's" in words
        following = tokens(self._text, clause.end(), min(limit, clause.end() + 120))
        verbal = that or (
            following and following[0].kind in "DCGR" and any(token.kind in "XV" for token in following[1:9])
        )
        if verbal and (fake or own or theirs) and self._operating.told(at):
            yield from self._claim(at, clause.end(), limit)

    def _line(self, at: int, end: int) -> Iterator[Claim]:
        """ "CLAIM: The broadcaster reported that …" in a fact check."""
        line = _CLAIM_LINE.match(self._text, at)
        if line is None or (at and self._text[at - 1] not in "\n. "):
            return
        _, limit = self._reading.sentence(line.end())
        said = _REPORTED_THAT.match(self._text, line.end(), limit)
        start = said.end() if said else line.end()
        stop = start + len(self._text[start:limit].rstrip(" .\n"))
        if stop - start > _SHORTEST:
            yield Claim(start, stop, at, phrase_at(self._text, start, limit))


_SPREADING = forms_of(*WORDS["spreading"])
