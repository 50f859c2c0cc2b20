"""Claims that an operation prints or stages: captions, headlines, slogans, forged letters and videos."""

import re
from collections.abc import Iterator
from itertools import pairwise

from counterfoil.extraction.clause_reader import SHORTEST, ClauseReader
from counterfoil.extraction.clauses import Claim, clause_end
from counterfoil.extraction.english_tokens import tokens
from counterfoil.extraction.english_words import forms_of
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.given_names import is_person
from counterfoil.extraction.noun_phrases import NounPhrase, phrase_at, phrase_before
from counterfoil.extraction.operating import WORDS, Side
from counterfoil.extraction.phrase_cores import TITLES

_CLOSE = {"“": "”", '"': '"', "«": "»", "„": "“”", "‘": "’"}
_LONGEST_QUOTE = 300
_MESSAGES = frozenset(
    "message messages narrative narratives claim theme storyline slogan slogans caption captions headline headlines "
    "post posts rumour rumor rumours comment comments tweet tweets banner banners motto refrain meme memes hashtag "
    "leaflet sms subtitle subtitles placard placards poster posters sticker stickers chyron title titles cartoon "
    "cartoons text texts graffiti voiceover voice-over sign signs billboard billboards advert adverts ad ads".split()
)
#: What is listed behind a colon: "three sentences: that N was paid, that …".
_LISTED = (
    _MESSAGES
    | WORDS["claims"]
    | frozenset(
        "sentence sentences line lines themes points things ideas arguments assertions stories talking lies thread "
        "accusation theory fiction nonsense".split()
    )
)
_SEEN = frozenset("shown seen heard depicted made filmed pictured caught".split())
_STAGED = forms_of("appear", "seem") | _SEEN
#: "The message was simple: …", "one post read: …", "Sample caption (translation): …"
_COLON = Expression(
    r"\w{1,25}(?: of (?:the|this|its|their|these|one|that) [^.:;“\"]{1,40}?)?(?: \([^)\n]{1,40}\))?(?: (?:was|"
    r"is|were|are|ran|runs|"
    r"read|reads|stood out|stand out|went|goes|said|says|emerged|recurred|dominated|proclaimed|declared|asked))?"
    r"(?: (?:simple|clear|always the same|the same|this|as follows|plain|blunt|familiar))?[:,] (?=[“\"«„‘]|(?<=: )\w)"
)
#: "…”, one caption of the network read"
_CAPTIONED = Expression(
    r"[,.!?]?[”\"»’],? (?:(?P<read>read|said|ran|went|reads|runs|says|goes|declares|declared) )?(?:one|another|an?|"
    r"the|read one|said one|ran one|its|"
    r"their|read the|ran the|went one) (?:\w{1,25} ){0,3}?$"
)
_IN_WHICH = Expression(r"(?i)\b(?:in (?:one of )?|under |by |according to )which(?: a)? $|\bwhere $")
_CLAIM_LINE = Expression(
    r"(?:CLAIM|Claim|THE CLAIM|The claim|WHAT WAS CLAIMED|Rumou?r|RUMOU?R|MYTH|Myth|FALSE)(?:ed)?: (?=\S)"
)
_REPORTED_THAT = Expression(
    r"[^.\n]{0,90}?\b(?:reported|said|claims?|shows?|announced|says|stated|alleges?) that "
    r"|[^.\n]{0,60}?\b(?:video|clip|post|article|letter|image|photo|audio|recording|document)s? "
    r"(?:says?|claims?|shows?|alleges?|proves?) "
)
#: The next label of a fact check: "Verdict: FALSE".
_LABEL = Expression(r"\s(?:[A-Z][\w’']{2,15} ){0,2}[A-Z][\w’']{2,15}: ")
_SOURCE = Expression(
    r", (?:its|their|the|one|another|an?) (?:\w{1,15} ){0,2}(?:captions?|posts?|headlines?|articles?|videos?|clips?|"
    r"letters?|"
    r"texts?|messages?|voices?|narrators?|leaflets?|pages?|channels?|accounts?|sites?) $"
)
_TO_DO = Expression(r" (?:up)?(?:on |for )?[^.,;:]{3,70}? (?:not )?to (?=[a-z])")
_AS_THOUGH = Expression(r" (?:as if|as though|like|that) (?=\w)")
_GESTURE = Expression(r"\w{1,25} (?:to |(?:in|on) [^.;:,]{3,40} )?(?=\w)")
_PERSONS = frozenset("he she they".split())


class PrintedClaims(ClauseReader):
    """Finds these claims in one report."""

    def all(self) -> Iterator[Claim]:
        """Every claim, rule by rule; some may lie inside others."""
        yield from self._walk(
            (
                (_MESSAGES, self._after_colon),
                (_MESSAGES | {"video", "article"}, self._before_caption),
                (frozenset({"which", "where"}), self._in_which),
                (_STAGED, self._staged),
                (frozenset({"claim", "rumour", "rumor", "myth", "false"}), self._line),
                (frozenset({"that"}), self._listed),
                (forms_of("order", "instruct", "summon", "command"), self._ordered),
                (frozenset({"look", "appear", "seem", "sound"}), self._as_though),
                (
                    frozenset("said read claimed claims says alleged insisted went explained declared".split()),
                    self._inside,
                ),
            )
        )

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

    def _ordered(self, at: int, end: int) -> Iterator[Claim]:
        """ "the letters ordered men between 18 and 45 to report"."""
        _, limit = self._reading.sentence(at)
        to_do = _TO_DO.match(self._text, end, limit)
        subject = self._operating.subject(at)
        if to_do is None or subject.side is not Side.OPERATION or not self._operating.told(at):
            return
        stop = self._claim(at, to_do.end(), limit).end
        if stop - to_do.end() > SHORTEST:
            yield Claim(at, stop, at, None)

    def _as_though(self, at: int, end: int) -> Iterator[Claim]:
        """ "made it look as though N were paid"."""
        _, limit = self._reading.sentence(at)
        though = _AS_THOUGH.match(self._text, end, limit)
        if (
            though
            and re.search(r"\bma(?:de|kes?|king) it $", self._text[max(0, at - 12) : at])
            and self._operating.told(at)
        ):
            yield from self._clauses(at, though.end())

    def _inside(self, at: int, end: int) -> Iterator[Claim]:
        """ "Patriots, its caption said, had stormed a hotel": the sentence around who says it."""
        first, limit = self._reading.sentence(at)
        source = _SOURCE.search(self._text, max(first, at - 60), at)
        if source is None or not self._text.startswith(", ", end) or not self._operating.told(at):
            return
        start = first + len(self._text[first:at]) - len(self._text[first:at].lstrip())
        rest = self._claim(at, end + 2, limit).end
        if rest - start > SHORTEST and "," not in self._text[start : source.start()]:
            yield Claim(start, rest, at, phrase_at(self._text, start, limit))

    def _listed(self, at: int, end: int) -> Iterator[Claim]:
        """ "three sentences, again and again: that N was paid, that …"."""
        first, _ = self._reading.sentence(at)
        if self._text[at - 2 : at] != ": " or not self._operating.told(at):
            return
        before = {token.lower for token in tokens(self._text, max(first, at - 200), at)}
        if before & _LISTED and not before & _REPORTING:
            yield from self._clauses(at, end + 1)

    def _quotation(self, start: int) -> tuple[int, int] | None:
        """The range inside the marks of a quotation that opens at `start`."""
        mark = self._text[start : start + 1]
        if mark not in _CLOSE or not mark:
            return None
        for at in range(start + 1, min(len(self._text), start + _LONGEST_QUOTE)):
            if self._text[at] in _CLOSE[mark]:
                return (start + 1, at) if at - start > SHORTEST else None
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
                yield self._claim(at, begin, stop)
            start = stop + 1

    def _before_caption(self, at: int, end: int) -> Iterator[Claim]:
        _, limit = self._reading.sentence(at)
        said = _CAPTIONED.search(self._text, max(0, at - 60), at)
        if said is None or (
            not said["read"]
            and " read " not in said.group()
            and " ran " not in said.group()
            and not re.match(
                r"[^.;]{0,60}\b(?:read|said|ran|declared|asked|claimed|went|of|by)\b", self._text[end:limit]
            )
        ):
            return
        close = self._text[said.start() + (self._text[said.start()] in ",.!?")]
        opening = {"”": "“", "»": "«", "’": "‘"}.get(close, close)
        start = self._text.rfind(opening, max(0, said.start() - _LONGEST_QUOTE), said.start())
        if start >= 0 and said.start() - start > SHORTEST and self._operating.told(at):
            yield Claim(start + 1, said.start(), at, None)

    def _in_which(self, at: int, end: int) -> Iterator[Claim]:
        """ "a forged video in which she confesses to theft"."""
        first, limit = self._reading.sentence(at)
        opening = _IN_WHICH.search(self._text, max(first, at - 14), end + 1)
        medium = self._medium_before(first, opening.start()) if opening else None
        if medium is None or not self._is_fake(at, medium):
            return
        whom = phrase_at(self._text, end, limit)
        if whom is not None and (whom.name or whom.head in _PERSONS | WORDS["institution"] | TITLES):
            start = self._text.index(self._text[whom.start : whom.end], end)
            stop = clause_end(
                self._text, whom.end + 1 if self._text[whom.end : whom.end + 1] == "," else whom.end, limit
            )
            if stop - whom.end > SHORTEST:
                yield Claim(start, stop, at, whom)

    def _medium_before(self, first: int, end: int) -> NounPhrase | None:
        """The medium that ends there, or that a participle hangs on: "a video generated with AI in which"."""
        nearest = phrase_before(self._text, first, end)
        if nearest is not None and nearest.head.rpartition("-")[2] in WORDS["media"]:
            return nearest
        near = tokens(self._text, max(first, end - 120), end)
        words = [
            token for token, behind in pairwise(near) if token.lower in WORDS["media"] and behind.kind in ("E", "I")
        ]
        return phrase_before(self._text, first, words[-1].end) if words else None

    def _is_fake(self, at: int, medium: NounPhrase) -> bool:
        return self._operating.fake(at) or (self._operating.told(at) and self._operating.side(medium) is Side.OPERATION)

    def _staged(self, at: int, end: int) -> Iterator[Claim]:
        """ "N appears to shrug", "N is seen handing over an envelope", where a medium is fake."""
        first, limit = self._reading.sentence(at)
        passive = self._text[at:end] in _SEEN
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
        if phrase.head in ("he", "she", "who") or phrase.head in TITLES:
            return True
        name = phrase.name
        return name is not None and not phrase.inner and is_person(self._text[slice(*name)])

    def _medium_near(self, first: int, limit: int, at: int) -> bool:
        """Whether this sentence or the one before speaks of a recording that is fake, or of the operation's."""
        start = first if first == 0 else self._reading.sentence(first - 1)[0]
        near = tokens(self._text, max(start, at - 400), min(limit, at + 200))
        media = any(token.lower in WORDS["media"] for token in near)
        return media and (self._operating.fake(at) or self._operating.told(at))

    def _line(self, at: int, end: int) -> Iterator[Claim]:
        """ "CLAIM: The broadcaster reported that …" in a fact check."""
        line = _CLAIM_LINE.match(self._text, at)
        if line is None or (at and self._text[at - 1] not in "\n. "):
            return
        _, limit = self._reading.sentence(line.end())
        label = _LABEL.search(self._text, line.end(), limit)
        limit = label.start() if label else limit
        said = _REPORTED_THAT.match(self._text, line.end(), limit)
        start = said.end() if said else line.end()
        stop = start + len(self._text[start:limit].rstrip(" .\n"))
        if stop - start > SHORTEST:
            yield Claim(start, stop, at, phrase_at(self._text, start, limit))


_REPORTING = forms_of(
    "find/found/found", "conclude", "assess", "note", "explain", "know/knew/known", "warn"
) | frozenset("lesson reason question problem answer result finding findings conclusion risk fact".split())
