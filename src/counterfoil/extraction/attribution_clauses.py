"""The clause around a verb: its auxiliaries and hedges, its subject, what an apposition or a relative clause is of.

Not a parser: from the verb it walks left over what may stand between a subject and its verb (auxiliaries, adverbs,
brackets, appositions, relative clauses), and takes the mention that it meets.
"""

import re
from typing import NamedTuple

from counterfoil.extraction.attribution_parties import Parties
from counterfoil.extraction.attribution_words import (
    ADVERBS,
    AUXILIARIES,
    FINITE,
    HEDGES,
    OPERATION_NOUN,
    TURN,
    takes_back,
)
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.noun_phrases import phrase_before
from counterfoil.extraction.placed import Mention
from counterfoil.extraction.sponsor_words import HEADS, NOT_SURNAME

_REACH = 320
_TOKEN_BACK = Expression(r"\S{1,30}")
_BY_BEFORE = Expression(r"\b(?P<hedge>\w{4,12}) by (?P<by>(?:the )?[\w’'\-.]{2,24}(?: [\w’'\-.&]{1,24}){0,6}?) $")
_ASSESSED_BY = Expression(
    r"(?:which|that|whom),? (?P<by>(?:the )?[\w’'\-.]{2,24}(?: [\w’'\-.&]{1,24}){0,5}?) (?:has |have )?"
    r"(?:assess(?:es|ed)?|believes?|believed|judges?|judged|suspects?|suspected|considers?|considered|thinks?|"
    r"estimates?) $"
)
_SAID_BY = Expression(
    r"(?:which|that|whom|who),? (?P<by>(?:the )?[\w’'\-.]{2,24}(?: [\w’'\-.&]{1,24}){0,5}?) (?:has |have |had )?"
    r"(?:says?|said|found|finds?|concludes?|concluded|alleges?|alleged|claims?|claimed|reported|reports|established|"
    r"maintains|argues?|argued|insists?|held|holds) $"
)
_CLOSED_BRACKET = Expression(r" ?\([^()\n]{1,200}\)$")
_CLOSED_DASH = Expression(r" [–—-] [^–—\n.;]{2,150} [–—-]$")
_CLOSED_COMMA = Expression(
    r",[”\"]? (?P<inside>(?:which|who|whom|whose|that|an?|the|its|also|formerly|known|first|one|active|based|like|in|"
    r"on|at|for|as|according|previously|long|together|along|including|although|though|now|then|she|he|a\.k\.a|aka|"
    r"dubbed|tracked|called|named|by|since|whose|of|or|she said|said|however|meanwhile|therefore|too|if|tracked|"
    r"itself|headquartered|registered|founded|described|identified|reported|uncovered|exposed|discovered)\b"
    r"[^,;\n]{0,120}|[^,;\n]{1,40}(?: said| says))$"
)
_RELATIVE = Expression(r",? (?:which|that|who)$")
_RELATIVE_BEFORE = Expression(r" (?:which|that|who) ?$")
_AUX_INSERTED = Expression(
    r"\b(?:is|was|are|were|has been|have been|had been|to be|appears to be|"
    r"seems to be)(?P<inside>),? [^,;:.\n]{3,90}, "
    r"(?:in fact |also )?$"
)
_PASSIVE_BY = Expression(
    r"[”\"]?(?:,[^,;\n]{3,90},)?(?: (?:is|was|are|were|has been|have been|had been|to be|been)(?: \w+ly)?)? \w{3,16}"
    r"(?: \w+)?(?: (?:by|to|for|from|with|in) )"
)
_AND_VERB = Expression(r"(?:,? and|,? but|,? or|,)$")
#: In front of a mention: it is not what the clause is about.
_OBLIQUE = Expression(
    r"\b(?:about|on|against|from|with|like|unlike|in|to|targeting|targeted|via|at|than|between|criticised|exposed|"
    r"including|into|over|mocking|named after|called|as|within|for) (?:the |an? |its |their )?[“\"«]?$"
)
_NAMED_SO = Expression(
    r"\b(?:known|dubbed|called|named|tracked|referred to|labell?ed|codenamed)(?: by [^,;]{2,30})?(?: as)? (?:the "
    r")?[“\"«]?$"
)
_OF = Expression(r"\b(?P<head>[a-z]+) (?:of|behind) (?:the |an? |its )?[“\"«]?$")
_OWN_PARTS = frozenset(
    "operators administrators managers authors accounts pages websites sites part parts members creators people those "
    "infrastructure persons individuals actors team activity activities work servers funding operator some most all "
    "many majority rest remainder force mastermind masterminds organisation organization".split()
)
_CLAUSE_START = Expression(
    r"(?:^|[;:\n]|[“\"«(]| that |, (?:and|but|while|whereas|although|because|so) | (?:because|while|whereas|"
    r"although) |"
    r"(?:said|says|found|believes?|concluded|added|say) )$"
)
_OPENING = Expression(
    r"[\s\-–—•*“\"]{0,4}(?:(?:In|On|At|By|Since|During|After|Before|From|Between|As|According|Until|Last|This|"
    r"Earlier|"
    r"For|Over|Throughout|Although|While|When|Like|Today|Yesterday|Separately|Instead|However|Meanwhile|Finally|"
    r"Notably|But|And|Yet|Also|With|Despite|Given|Following)\b[^,;\n]{0,90}, ?|(?:But|And|Yet|So|Then|Later|Still|"
    r"Now) )?"
    r"(?:[Tt]he |[Aa]n? )?(?:[a-z][\w\-]{2,20} |[A-Z][\w\-]{2,20}-[a-z]{3,12} |[A-Z][a-z]{3,12}(?:ian|ese|ish|an) "
    r"){0,5}?"
    r"[“\"«]?$"
)
_CONTINUES = Expression(r"(?:[,;)”\"–—]| and| but| or| also) ?$")
_OPEN_APPOSITION = Expression(r", (?:an?|the|its|one of the) [^,;\n]{3,110}$")
_SPEAKS_NEXT = Expression(
    r"(?: \([^()\n]{1,30}\))? (?:has |have |had |also |later |publicly ){0,4}(?:says?|said|found|finds?|concluded|"
    r"concludes|alleges?|"
    r"alleged|claims?|claimed|reported|reports|believes?|believed|assess\w*|judge[sd]?|thinks?|thought|wrote|"
    r"told|noted|"
    r"estimates?|stated|confirmed|announced|revealed|established|suspects?|suspected)\b"
)
_PHRASE = Expression(
    rf"(?P<det>\b(?:[Tt]he|[Tt]his|[Tt]hat|[Aa]n?|[Oo]ne of(?: the)?|[Ii]ts) |(?<=, )|(?<=as )|^)"
    rf"(?P<words>(?:(?!is |was |are |were )[\w’'\-]{{2,24}},? ){{0,7}}?)(?P<head>{OPERATION_NOUN}|effort|"
    rf"programme|program|website|sites|"
    r"websites|accounts|pages|outlets|portals|personas|company|firm|agency|media outlet|site|outlet|front|"
    r"organization|organisation|consultancy|institute|media company|channel)s?"
    r"(?: of (?:[\w\-]{2,20} ){0,4}?(?:accounts|sites|websites|pages|personas|outlets|channels|bots|trolls|fakes|"
    r"portals|profiles))?$"
)
_IS = Expression(r"[”\"»]?(?: \([^()\n]{1,160}\))?(?:,| is| was| remains| –| —|, itself| as| is itself) $")


class Group(NamedTuple):
    """The auxiliaries and hedges in front of a verb: where they begin, their words, whether one is finite."""

    start: int
    said: str
    finite: bool
    by: str  #: "thought by analysts to be"


class Clauses:
    """Reads clauses of one text."""

    def __init__(self, parties: Parties) -> None:
        self._parties = parties
        self._text = parties.text

    def first(self, at: int) -> int:
        """Where the sentence around an offset begins, in reach."""
        return max(self._parties.reading.sentence(at)[0], at - _REACH)

    def last(self, at: int) -> int:
        """Where the sentence around an offset ends, in reach."""
        return min(self._parties.reading.sentence(at)[1], at + _REACH)

    def is_claimed(self, start: int, at: int) -> bool:
        """Whether nothing from the sentence's last turn to an offset takes back what is said behind."""
        first = self.first(start)
        turns = list(TURN.finditer(self._text, first, start))
        first = turns[-1].end() if turns else first
        return not takes_back(self._text, first, at)

    def group(self, at: int) -> Group:
        """The verb group that ends where a verb begins."""
        first = self.first(at)
        inserted = _AUX_INSERTED.search(self._text, max(first, at - 120), at)
        if inserted:  # "is, Z concluded, run by Y"
            inner = self.group(inserted.start("inside"))
            start = min(inner.start, inserted.start())
            return Group(start, self._text[start:at], True, inner.by)
        start, finite, by = at, False, ""
        window = max(first, at - 140)
        tokens = list(_TOKEN_BACK.finditer(self._text, window, at))
        while tokens:
            token = tokens.pop()
            word = token.group().lower().strip('“"')
            if word in ("to", "by") and not tokens:
                break
            if not word:
                continue
            if word == "of" and tokens and tokens[-1].group().lower() in ("suspected", "accused"):
                continue
            known = word in AUXILIARIES or word in ADVERBS or word in HEDGES or word == "to" or _is_adverb(word)
            if not known:
                asked = _BY_BEFORE.search(self._text, window, start)
                if asked and asked["hedge"] in HEDGES and start < at:
                    by = asked["by"]
                    start = asked.start("hedge")
                    tokens = [token for token in tokens if token.end() <= start]
                    continue
                break
            if word in HEDGES and start == at and word in ("said", "known", "found", "reported", "claimed"):
                break
            finite = finite or word in FINITE
            start = token.start()
        assessed = _ASSESSED_BY.search(self._text, max(first, start - 110), start)
        says = assessed or (_SAID_BY.search(self._text, max(first, start - 110), start) if finite else None)
        if assessed and self._text.startswith("to ", start):
            # "that Z assesses to be run by"
            by, start, finite = assessed["by"], assessed.start("by"), True
        elif says and finite:
            # "which Z says is run by"
            by, start = says["by"], says.start("by")
        said = self._text[start:at]
        return Group(start, said, finite and start < at, by)

    def subject(self, end: int, oblique: bool = False) -> Mention | None:
        """The mention that is the subject of a verb group that begins at an offset.

        With `oblique`, a mention behind a preposition will do, as the noun that a participle describes.
        """
        first = self.first(end)
        at = end
        for _ in range(6):
            at = first + len(self._text[first:at].rstrip(" \n"))
            mention = self.ending(first, at)
            if mention:
                return mention if oblique or self._stands_first(first, mention) else None
            before = self._text[first:at]
            relative = _RELATIVE.search(before, max(0, len(before) - 8))
            if relative:
                return self._antecedent(first, first + relative.start())
            shorter = self._without_insertion(first, at)
            if shorter is not None:
                at = shorter
                continue
            and_verb = _AND_VERB.search(before, max(0, len(before) - 6))
            if and_verb:
                shared = self.opening(first, first + and_verb.start()) or self._shared(first, first + and_verb.start())
                return shared or (self._before_comma(first, at) if before.endswith(",") else None)
            return None
        return None

    def _before_comma(self, first: int, at: int) -> Mention | None:
        """The mention before an insertion of any kind that ends at an offset: "X, in the court's opinion, is"."""
        for mention in reversed(self._parties.subjects_in(max(first, at - 200), at)[-4:]):
            end = self._parties.with_belongings(mention)
            if (
                self._text.startswith((",", " ,", "”,", '",'), end)
                and end < at - 1
                and self._stands_first(first, mention)
            ):
                return mention
        return None

    def _shared(self, first: int, at: int) -> Mention | None:
        """The subject of a passive before: "X was paid for by Y and [run by Z]"."""
        for mention in reversed(self._parties.subjects_in(max(first, at - 240), at)[-4:]):
            end = self._parties.with_belongings(mention)
            if _PASSIVE_BY.match(self._text, end, at) and self._stands_first(first, mention):
                return mention
        return None

    def trimmed(self, at: int) -> int:
        """An offset before the insertions and the relative pronoun that end at an offset."""
        first = self.first(at)
        for _ in range(4):
            at = first + len(self._text[first:at].rstrip(" \n"))
            relative = _RELATIVE.search(self._text, max(first, at - 8), at)
            shorter = relative.start() if relative else self._without_insertion(first, at)
            if shorter is None:
                break
            at = shorter
        return at

    def _without_insertion(self, first: int, at: int) -> int | None:
        """The offset before a bracket, a dash's or commas' insertion that ends at an offset."""
        begin = max(first, at - 220)
        for pattern in (_CLOSED_BRACKET, _CLOSED_DASH):
            match = pattern.search(self._text, begin, at)
            if match:
                return match.start()
        if self._text[at - 1 : at] != ",":
            return None
        # The nearest comma that opens an insertion; a list of names inside it has commas of its own.
        comma = at - 1
        for _ in range(4):
            comma = self._text.rfind(",", begin, comma)
            if comma < 0:
                return None
            if _CLOSED_COMMA.match(self._text, comma, at - 1):
                return comma
        return None

    def ending(self, first: int, at: int) -> Mention | None:
        """The mention that ends at an offset, with what belongs to it and a closing quotation mark."""
        while at > first and self._text[at - 1] in "”\"»“’'":
            at -= 1
        near = self._parties.subjects_in(max(first, at - 110), at)
        for mention in reversed(near[-3:]):
            if mention[1] == at or self._parties.with_belongings(mention) == at:
                return mention
            tail = self._text[mention[1] : at]
            if mention[2] and re.fullmatch(r"['’]s? (?:[a-z][\w\-]{2,20} ){0,2}(?:accounts|activity|websites)", tail):
                return mention
        return None

    def _stands_first(self, first: int, mention: Mention) -> bool:
        before = self._text[max(first, mention[0] - 60) : mention[0]]
        of = _OF.search(before)
        if of:
            return of["head"] in _OWN_PARTS
        if _NAMED_SO.search(before):
            return True
        # "in the network's report": a thing the clause is not about
        if _OBLIQUE.search(before):
            return _OPENING.fullmatch(before) is not None and mention[0] - first < 60 and before.strip() in ("", "For")
        return True

    def _antecedent(self, first: int, at: int) -> Mention | None:
        """What a relative clause is of: the mention before it, or the one that the noun before it describes."""
        at = first + len(self._text[first:at].rstrip(" ,"))
        mention = self.ending(first, at)
        if mention is None:
            apposed = _OPEN_APPOSITION.search(self._text, max(first, at - 130), at)
            mention = self.ending(first, apposed.start()) if apposed else None
        if mention is None:
            shorter = self._without_insertion(first, at)
            closed = _CLOSED_BRACKET.search(self._text, max(first, at - 220), at)
            at = closed.start() if closed else shorter if shorter is not None else at
            mention = self.ending(first, at)
        return self.described(at) or mention

    def described(self, at: int) -> Mention | None:
        """Whom a noun phrase that ends at an offset describes: "X, a propaganda network", "the network"."""
        first = self.first(at)
        phrase = _PHRASE.search(self._text, max(first, at - 130), at)
        if phrase is None:
            return None
        begin = phrase.start()
        near = self._parties.subjects_in(max(first, begin - 90), begin)
        for mention in reversed(near[-2:]):
            if mention[2] and _IS.fullmatch(self._text, mention[1], begin):
                return mention
        determiner = phrase["det"].strip().lower()
        if determiner in ("the", "this", "that") and re.match(OPERATION_NOUN, phrase["head"]):
            who = self._parties.meant_at(begin, at)
            return (begin, at, who) if who else None
        return None

    def topic(self, at: int) -> Mention | None:
        """What the sentence is about up to a verb whose subject is not clear: its one operation, or what stands for it.

        None where several are named, or where an organisation is: it may be the subject.
        """
        first = self.first(at)
        if _RELATIVE_BEFORE.search(self._text, max(first, at - 8), at):
            return None  # "an exchange that": of what stands right before
        if _CONTINUES.search(self._text, max(first, at - 8), at) is None:
            return None  # "the protests were funded by": another subject
        near = [mention for mention in self._parties.subjects_in(first, at) if self._stands_first(first, mention)]
        near = [mention for mention in near if not _SPEAKS_NEXT.match(self._text, mention[1], mention[1] + 40)]
        named = {mention[2] for mention in near if mention[2]}
        if len(named) == 1:
            return next(mention for mention in reversed(near) if mention[2])
        return near[-1] if near and not named else None

    def body(self, end: int) -> Mention | None:
        """An organisation that no rule for actors knows, as a verb's subject: "the Foundation for X took"."""
        first = self.first(end)
        phrase = phrase_before(self._text, max(first, end - 120), end)
        if phrase is None or phrase.name is None or phrase.inner or phrase.end < end - 2:
            return None
        name = self._text[slice(*phrase.name)].strip('“”"«» ')
        words = name.split(" ")
        told = len(words) > 1 and (words[0].lower() in HEADS or words[-1].lower() in HEADS or words[-1] in NOT_SURNAME)
        known = self._parties.kind_of.get(name) or self._parties.state_named(name)
        return (phrase.name[0], phrase.name[1], name) if told and not known else None

    def opening(self, first: int, at: int) -> Mention | None:
        """The mention with which the clause begins that a further verb belongs to: "X posts videos and is run by"."""
        for mention in self._parties.subjects_in(first, at):
            before = self._text[first : mention[0]]
            if _SPEAKS_NEXT.match(self._text, mention[1], mention[1] + 40):
                continue  # "Z said X takes its orders from Y": who speaks does not act
            if _OPENING.fullmatch(before) or _CLAUSE_START.search(before[-24:]):
                return mention
            if mention[0] - first > 140:
                break
        return None


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and len(word) > 4 and word not in ("family", "only", "italy", "supply", "reply")
