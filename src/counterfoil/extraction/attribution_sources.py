"""Who makes a claim: the subject of "says that", "according to", or the report's own voice."""

import re
from typing import NamedTuple

from counterfoil.extraction import attribution_words as words
from counterfoil.extraction.attribution_parties import Parties
from counterfoil.extraction.reading import Reading

_CAP = r"[A-ZÀ-ÞА-Я][\w’'\-]{1,30}"
#: The subject that ends where a verb begins: "Researchers at the Tidewater Observatory have", "The agency (AGX)".
_SUBJECT = re.compile(
    rf"(?:^|[\s“\"(])(?P<by>[Tt]he (?:[\w\-]{{2,20}} ){{0,2}}[a-z]{{3,20}}|"
    rf"(?:[Tt]he )?(?:(?:[Rr]esearchers|[Aa]nalysts|[Oo]fficials|[Ii]nvestigators|[Ee]xperts) (?:at|of|from|"
    rf"with) (?:the )?)?"
    rf"{_CAP}(?:(?: (?:at|of|from|for|and|de|des))?(?: the)? {_CAP}){{0,6}}|[Ww]e|[Nn]ous)"
    r"(?: \([A-Z]{2,10}\))?(?:,[^,\n]{2,60},)?"
    r"(?: (?:has|have|had|a|ont|also|publicly|formally|officially|previously|later|since|now|then|first|jointly|"
    r"directly|and|gone further|further|l['’]))*[ ]?$"
)
_PRONOUNS = frozenset("It They He She This That These Those Who Which Some Many Others One Two We'll".split())
_NOBODY = frozenset("Nobody None Neither No Nothing Never Few If Should Once When Unless Had Whoever Whether".split())
_WHO_BEHIND = re.compile(
    r"(?:(?:[\w\-]{2,20} ){0,4}?)?(?P<who>" + _CAP + r"(?:(?: of| for| the| and)*? " + _CAP + r"){0,5})"
)
_OPENERS = re.compile(r"^(?:In|On|By|At|After|Since|While|When|As|But|And|Although|Though|For|During) ")


class Claim(NamedTuple):
    """Who makes the claim (empty: nobody in particular), with what verb, and where its words begin."""

    by: str
    said: str
    start: int


class Sources:
    """Who says what stands in a range of the text."""

    def __init__(self, reading: Reading, parties: Parties) -> None:
        self._reading = reading
        self._parties = parties

    def claim(self, start: int, end: int) -> Claim:
        """Who makes the claim of a range: named in its sentence, else the publisher."""
        text = self._reading.text
        first, last = self._reading.sentence(start)
        first = max(first, start - 220)
        said_before = list(words.SAYS_THAT.finditer(text, first, start))
        says = said_before[-1] if said_before else None
        if says and not words.NOT_CLAIMED.search(text, first, says.start()):
            by = self.subject_of(says.start())
            if by:
                said = says["said"] or says["abroad"] or ""
                return Claim(by, said + (says["sure"] or ""), says.start())
        according = words.ACCORDING.search(text, first, start) or words.ACCORDING.search(text, end, min(last, end + 60))
        if according:
            who = _WHO_BEHIND.match(text, according.end(), according.end() + 110)
            if who:
                return Claim(self._parties.speaker(who["who"]), "", start)
        behind = words.SAID_BEHIND.match(text, end, min(last, end + 80))
        if behind:
            return Claim(self._parties.speaker(behind["who"]), "", start)
        return Claim(self._parties.publisher, "", start)

    def subject_of(self, verb: int) -> str:
        """Who does what a verb at that offset says; empty where nobody is named."""
        text = self._reading.text
        first = max(self._reading.sentence(verb)[0], verb - 150)
        before = text[first:verb]
        match = _SUBJECT.search(before)
        if match is None:
            return ""
        who = _OPENERS.sub("", match["by"]).strip()
        head = who.split()[0] if who else ""
        if not who or head in _PRONOUNS or head in _NOBODY:
            return ""
        return self._parties.speaker(who.removeprefix("the "))
