"""Who speaks for which body, and whom bodies are said to act for: what denials are read by.

"Its founder, Ann Lee", "Ann Lee, the director of Y", «его директора Вадима Хромова».

Those whom a report accuses answer by their founders, directors and lawyers, often paragraphs later by a surname only.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from counterfoil.extraction.attribution_parties import Parties
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.phrases import matches_at
from counterfoil.model.extraction import Attribution

_CAP = r"[A-ZÀ-ÞА-ЯЄІЇҐ][\w’'\-]{1,24}"
_NAME = rf"(?:(?:Mr|Ms|Mrs|Dr)\.? )?(?P<who>{_CAP}(?: (?:{_CAP}|de|del|da|van|von|al)){{0,2}} {_CAP})"
_ROLE = (
    r"(?:co-?founder|founder|director|owner|head|chief executive(?: officer)?|chief|boss|CEO|managing director|"
    r"manager|president|"
    r"chair(?:man|woman)?|partner|spokes(?:person|man|woman)|lawyer|fondateur|fondatrice|directeur|directrice|"
    r"patron|gérante?|"
    r"président|présidente|porte-parole|avocat|fundador|fundadora|director|directora|gerente|dueño|propietario|"
    r"portavoz|vocera|"
    r"vocero|abogado|Gründer|Gründerin|Geschäftsführer|Geschäftsführerin|Chef|Chefin|Leiter|Inhaber|Sprecher|"
    r"Sprecherin|Anwalt|"
    r"основател\w{1,2}|директор\w{0,2}|владел\w{2,4}|глав\w|руководител\w{1,2}|засновник\w{0,2}|власник\w{0,2}|"
    r"керівник\w{0,2}|"
    r"очільни\w{2,4})"
)
#: "its founder, Ann Lee", "whose director is Ann Lee", «его директора Вадима Хромова»
_ITS = Expression(
    r"\b(?:[Ii]ts|[Tt]heir|[Ww]hose|[Ss]on|[Ss]a|[Ss]u|[Ii]hr|[Ii]hre|[Dd]essen|[Dd]eren|dont le|dont la|"
    r"cuy[oa]|[Ее]го|[Её]ё|[Йй]ого|"
    rf"[Її]ї) (?:[\w\-]{{3,14}} ){{0,2}}?{_ROLE}(?: is| was|,)? {_NAME}"
)
_ITS_WORDS = frozenset(
    "Its its Their their Whose whose Son son Sa sa Su su Ihr ihr Ihre ihre Dessen dessen Deren deren dont cuyo cuya "
    "Его его Её её Його його Її її".split()
)
#: "Ann Lee, the director of Y", "Ann Lee, who runs Y", "Lucía F., vocera del Y"
_OF = Expression(
    rf"{_NAME},? (?:\(\d\d\), |\d\d, )?(?:the |its |an? |le |la |el |der |"
    rf"die )?(?:[\w\-]{{3,14}} ){{0,2}}?(?:{_ROLE}|who (?:runs|heads|owns|"
    r"founded|leads|speaks for)|who speaks for)(?: (?:of|at|for|de|del|du|der|des|von|de la))? (?:the |"
    r"l['’])?[«“\"]?(?=(?P<body>\w))"
)
#: "Y's founder, Ann Lee", "Y director Ann Lee", "Y (whose founder)"
_OWN = Expression(rf"[»”\"]?(?:['’]s?)? (?:[a-z\-]{{3,14}} ){{0,2}}?{_ROLE},? {_NAME}")


class Spokespeople:
    """Person, in full or by the surname -> the organisation that they speak for."""

    def __init__(self, parties: Parties) -> None:
        self._body_of: dict[str, str] = {}
        text = parties.text
        for match in matches_at(text, _ITS, _ITS_WORDS):
            near = [
                mention
                for mention in parties.organisations_before(match.start())[:4]
                if mention[0] > match.start() - 420
            ]
            own = [mention for mention in near if not parties.is_onlooker(mention[2])]
            if own:
                self._add(match["who"], own[0][2])
        for match in _OF.finditer(text):
            body = parties.organisation_at(match.start("body")) or parties.organisation_at(match.start("body") - 1)
            if body:
                self._add(match["who"], body[2])
        for _, end, name in parties.organisations.mentions:
            own_match = _OWN.match(text, end, end + 110)
            if own_match:
                self._add(own_match["who"], name)
        self._names = re.compile(
            r"(?<![\w\-])(?:" + "|".join(map(re.escape, sorted(self._body_of, key=len, reverse=True))) + r")(?!\w)"
        )

    def last(self, text: str, start: int, end: int) -> tuple[str, str, int]:
        """The last of them named in a range, the body they speak for and where the name stands; empty if none is."""
        found = list(self._names.finditer(text, start, end)) if self._body_of else []
        return (found[-1].group(), self._body_of[found[-1].group()], found[-1].start()) if found else ("", "", start)

    def _add(self, who: str, body: str) -> None:
        self._body_of.setdefault(who, body)
        surname = who.split(" ")[-1]
        self._body_of.setdefault(surname, body)
        if not surname.isascii() and len(surname) > _INFLECTED:
            self._body_of.setdefault(surname[:-1], body)  # "Вадима Хромова", later "Хромов"


class Serving:
    """Whom organisations are said to act for, and where."""

    def __init__(self, parties: Parties, claims: Sequence[Attribution]) -> None:
        self._sentence = parties.reading.sentence
        self._said: dict[str, list[tuple[int, str]]] = {}
        organisations = {name for _, _, name in parties.organisations.mentions}
        for claim in claims:
            for name, to in ((claim.actor, claim.to), (claim.to, "")):
                if name in organisations:
                    self._said.setdefault(name, []).extend((span.end, to) for span in claim.spans)
        for places in self._said.values():
            places.sort()

    def last_of(self, body: str, at: int) -> str:
        """For whom a body acts by the last claim close before an offset; empty if that told something else of it."""
        places = self._said.get(body, [])
        index = bisect_left(places, (at, ""))
        last = places[index - 1][0] if index else -_SHORTLY
        if at - last >= _SHORTLY:
            return ""
        first, _ = self._sentence(max(0, last - 1))
        near = [to for end, to in places[max(0, index - 4) : index] if end > first]
        return near[-1] if near and all(near) else ""


_SHORTLY = 240
_INFLECTED = 5
