"""Those for whom others act, as a noun phrase names them: "the Moscow-based firm X", "contractors of the GRU".

The phrase ends in, or begins with, a name the text is known to hold: a state, an agency, a company, an outlet,
a person. People of a body stand for it ("employees of X", "X's Balkan desk"), a body of a state for itself
("China's Ministry of State Security"), and "the company" for the last one named. A body without a name of its own
("a public security bureau in Fujian") is named by its words.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from counterfoil.extraction import sponsor_words
from counterfoil.extraction.attribution_parties import Parties
from counterfoil.extraction.code_names import is_coined
from counterfoil.extraction.english_words import verbs
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.foreign_powers import foreign_powers
from counterfoil.extraction.given_names import is_person
from counterfoil.extraction.naming import INFLUENCE
from counterfoil.extraction.noun_phrases import NounPhrase, phrase_at, phrase_before
from counterfoil.extraction.sponsor_phrases import BODY, INTRODUCED, PEOPLE_OF, PERSON, SEVERAL
from counterfoil.extraction.states import gazetteer


class Party(NamedTuple):
    """Who is named, and where the mention begins and ends."""

    name: str
    start: int
    end: int


_FIRM = (
    r"(?:firm|company|consultancy|agency|start-?up|contractor|corporation|broadcaster|newspaper|channel|outlet|"
    r"organi[sz]ation|institute|foundation|think tank|group|ministry|service|services|department|directorate|bureau|"
    r"media|factory|farm|troll farm|unit|centre|center|body|entity|conglomerate|holding|media holding|militia|"
    r"non-?profit|NGO|party|movement|regime|government|state|military|army|authorities|"
    r"société|groupe|agence|entreprise|Agentur|Firma|Unternehmen|empresa|agencia|compañía|компани\w{1,3}|фирм\w{1,3}|"
    r"фірм\w{1,3}|компані\w{1,3}|agencj\w|firm\w|spółk\w)"
)
#: Words that may stand between the article and the name: "the Moscow-based public relations firm X".
_DESCRIBED = Expression(
    rf"(?:[\w’'\-.&]{{1,24}},? ){{0,7}}?(?:{_FIRM}|oligarch|businessm[ae]n|businesswoman|financier|propagandist|"
    r"blogger|strategist|politician|entrepreneur|fugitive|officer|ally|leader|tycoon|magnate)"
    r"(?:,? (?:called|named|known as|under the name))?,? [“\"«„]?(?:the )?"
    r"|(?:(?!and |or |who |that |which |but |by |in |on |at |of |to |from |with |for |\w{1,20}ed |\w{1,20}ing "
    r")[a-zà-ÿ][\w’'\-.&]{1,24} ){0,3}[“\"«„]?"
)
_NO_PHRASE = Expression(r"\b(?:who|that|which|but|says?|said|and its|to|against|about|mocking|targeting)\b")
_CUSTOMER_IN = Expression(
    r"(?:[\w’']{1,24} ){0,8}(?:clients?|customers?|company|companies|firms?|agency|agencies|businessm[ae]n|"
    r"contractors?|"
    r"subcontractors?|freelancers|consultants|editors|journalists) (?:based |located |living )?(?:in|from|at|inside) "
)
_ARTICLE = Expression(
    r"(?:the |an? |its |their |what it calls |(?:[Tt]he )?State of |[Gg]overnment of |l['’]|la |le |el )*"
)
#: "run by a group it designates X"
_CALLED_BY = Expression(
    r"(?:an? |the )?(?:[\w\-]{2,16} )?(?:group|actor|cluster|crew|set|outfit|team|unit|gang) (?:that |which |whom )?"
    r"(?:it|they|we|(?:the )?[A-Z][\w\-]{1,20}(?: [A-Z]\w+){0,2}) (?:calls?|designates?|tracks? as|dubs?|names?|"
    r"labels?|"
    r"refers? to as|knows? as) (?=[“\"A-ZÀ-Þ])"
)
_POWER = (
    r"(?:government|party-state|state (?:body|bodies|organs?|structures|agency|agencies)|state|authorities|"
    r"regime|military|army|armed forces|intelligence(?: services?| agenc(?:y|ies))?|"
    r"(?:military|foreign|domestic) intelligence(?: services?| agenc(?:y|ies))?|security services?|secret services?|"
    r"special services|spies|officials|leadership|presidency|Communist Party|ruling party|propaganda apparatus|"
    r"interests|actors|entities|state actors|operatives|operators|hackers|individuals|nationals|companies|sources|"
    r"law enforcement|police|security forces|spy agenc(?:y|ies)|state customer|state client|client|customer|"
    r"state media|trolls|foreign ministry|defen[cs]e ministry|interior ministry|presidential administration)"
)
_ADJECTIVE = Expression(
    rf"(?P<word>[A-Z][a-z]{{2,20}}(?: (?!Ministry|State|Foreign|Federal|Presidential|General|"
    rf"Military)[A-Z][a-z]{{2,20}})?)"
    rf"(?: (?:[a-z][\w\-]{{2,20}} ){{0,3}}?(?P<power>{_POWER})(?![\w\-])|(?=[,.;:)\n]|$))"
)
#: "service, the GRU", "service (GRU)": the proper name behind the description.
_BETTER = Expression(r"(?:,? (?:known as )?the |,? \(|, |,? )(?=[A-Z“\"«А-ЯЄІЇҐ])")
_CLOSES = Expression(r"[,.;:)”\"\n]|$| (?:and|or|in|on|which|that|as|with|for|since|at|by) | [–—(]")
_OWNED = Expression(r"['’]s? (?:own |now-defunct |former )?(?:[a-z][\w\-]{1,20} ){0,4}")
_END = Expression(
    r"[.;:()\n](?!\w)|, (?:según|selon|laut|nach Angaben|за даними|по данным|who|which|but|while|said|says|according|"
    r"сообщи|заяви|повідом|утвержда|считает|пишет|вважа|стверджу|wie |teilte|berichte|sagte|a indiqué|indique|"
    r"dijo|inform[óa]|"
    r"señal|and (?:it|that|has|was|is|are|were|said|says))"
)
_SAYS_SO = Expression(
    r"(?:según|selon|laut|nach Angaben|according|за даними|по данным|утвержда|сообща|заяв|dijo|"
    r"indic|a dit)"
)
_SPEAKS = Expression(r" (?:said|says|told|wrote|found|reported|assessed|concluded|added)\b")
_AND = Expression(
    r"(?: \([^()\n]{1,40}\))?(?:, and|,| and| as well as| or| und| et| y| и| та) (?:by |to |with |of |"
    r"for )?(?:the |an? |its )?(?:Russian |Chinese |Iranian )?"
)
_ONLY_COMMA = Expression(r"(?: \([^()\n]{1,40}\))?, (?!and |or |as well)")
#: Words behind a name that still belong to its phrase: "Y officers", "Y's government".
_TAIL = Expression(
    r"(?:['’]s?)?(?: (?:officers?|employees|operatives|agents|contractors|staff|officials|hackers|operators|members|"
    r"government|authorities|regime|leadership|intelligence(?: services?)?|military|actors|trolls|executives|"
    r"security services?|secret services?|special services))?"
)
_LONGEST = 170


class Sponsors:
    """Reads phrases that name those who stand behind something, at offsets of one text."""

    def __init__(self, parties: Parties) -> None:
        self._parties = parties
        self._text = parties.text

    def at(self, start: int) -> list[Party]:
        """Who is named right at an offset, and others listed with them."""
        found: list[Party] = []
        closed = True
        start = _skip(SEVERAL, self._text, start, min(len(self._text), start + 90))
        at, joined = start, 1  # how many there are up to the last "and": "by the GRU, X posted" lists nobody
        for _ in range(6):
            party = self._one(at, listed=bool(found))
            if party is None or (found and _SPEAKS.match(self._text, party.end, party.end + 12)):
                break  # "on behalf of Y, the centre said": who speaks
            found.append(party)
            joined = len(found) if closed else joined
            link = _AND.match(self._text, party.end, party.end + 60)
            closed = link is not None and _ONLY_COMMA.match(link.group()) is None
            if link is None or _SAYS_SO.match(self._text, link.end(), link.end() + 24):
                break
            at = link.end()
        return found[:joined]

    def before(self, first: int, end: int) -> list[Party]:
        """Who is named right before an offset, and others listed with them, in text order."""
        found: list[Party] = []
        at = end
        for _ in range(6):
            party = self._ending(first, at)
            if party is None:
                break
            found.insert(0, party)
            link = _LISTED_BEFORE.search(self._text, max(first, party.start - 60), party.start)
            if link is None or (len(found) == 1 and " and" not in link.group()):
                break
            at = link.start()
        return found

    def _one(self, start: int, depth: int = 0, listed: bool = False) -> Party | None:
        text = self._text
        stop = min(len(text), start + _LONGEST)
        ends = _END.search(text, start, stop)
        stop = ends.start() if ends else stop
        people = PEOPLE_OF.match(text, start, stop)
        if people and depth < 2:
            inner = self._one(people.end(), depth + 1)
            if inner and _CUSTOMER_IN.match(people.group()) and inner.name in self._parties.state_name.values():
                return None  # "a client in Beijing" is not China
            if inner:
                return Party(inner.name, start, inner.end)
        at = _skip(_ARTICLE, text, _skip(_CALLED_BY, text, start, stop), stop)
        # "X, a firm in Y": what follows a comma says who X is, and is nobody further.
        unnamed = () if listed else (self._body,)
        for read in (
            self._introduced,
            self._named,
            self._power,
            self._definite,
            self._person,
            *unnamed,
            self._any_phrase,
        ):
            party = read(at, stop)
            if party and not (listed and read == self._any_phrase and party.name[:1].islower()):
                return Party(party.name, start, party.end)
        return None

    def _introduced(self, at: int, stop: int) -> Party | None:
        """A firm that is introduced by what it is: "a Moscow agency called X", "a marketing firm in Minsk, X"."""
        match = INTRODUCED.match(self._text, at, min(len(self._text), stop + 40))
        if match is None:
            return None
        known = self._parties.organisation_at(match.start("name"))
        if known and known[1] >= match.end("name"):
            return Party(known[2], at, known[1])
        name = match["name"].strip('“”"«»')
        first = name.split(" ")[0]
        data = gazetteer()
        if name in data.names or first in data.adjectives or first in sponsor_words.NOT_GIVEN or is_coined(name):
            return None
        return Party(known[2] if known else name, at, max(match.end("name"), known[1] if known else 0))

    def _named(self, at: int, stop: int) -> Party | None:
        """A name the text holds, after a description at most."""
        parties, text = self._parties, self._text
        mention = parties.behind_first(at, stop)
        # "the Moscow-based firm X", "a Kremlin-linked business": the name only describes.
        while mention and text[mention[1] : mention[1] + 1] == "-" and text[mention[1] + 1 : mention[1] + 2].islower():
            mention = parties.behind_first(mention[1], stop)
        if mention is None:
            return None
        said = text[at : mention[0]]
        if said.endswith(", ") and _SPEAKS.match(text, mention[1], mention[1] + 12):
            return None  # "close to the government, Z found"
        if said and (_DESCRIBED.fullmatch(said) is None or _NO_PHRASE.search(said)):
            return None
        end, name = mention[1], mention[2]
        # "China's Ministry of State Security" is the ministry, "RT's Balkan desk" is RT.
        owned = _OWNED.match(text, end, end + 60)
        if owned:
            body = parties.organisation_at(owned.end())
            if body:
                return Party(body[2], at, body[1])
        better = self._better(end, name, stop)
        end = _skip(_TAIL, text, end, stop)
        while text[end : end + 1] in ("”", "»", "“", '"') and text[end : end + 1]:
            end += 1
        return better or Party(name, at, end)

    def _better(self, end: int, name: str, stop: int) -> Party | None:
        """ "Russia's military intelligence service, the GRU": the service by its name."""
        if self._parties.kind_of.get(name, "state") != "state":
            return None
        body = re.compile(rf"(?:['’]s?)? (?:[\w\-]{{2,20}} ){{0,4}}{_FIRM}(?: of staff)?").match(
            self._text, end, min(len(self._text), end + 70)
        )
        return self._apposed(body.end()) if body else None

    def _apposed(self, end: int) -> Party | None:
        link = _BETTER.match(self._text, end, end + 16)
        body = self._parties.organisation_at(link.end()) if link else None
        if body and link and link.group() == ", " and not _CLOSES.match(self._text, body[1], body[1] + 8):
            return None  # "the government, Z found": who says so
        return Party(body[2], end, body[1]) if body else None

    def _power(self, at: int, stop: int) -> Party | None:
        """A state by an adjective: "the Belarusian state", "Russian military intelligence (GRU)"."""
        parties, text = self._parties, self._text
        word = _ADJECTIVE.match(text, at, stop)
        adjectives = gazetteer().adjectives
        code = (adjectives.get(word["word"]) or adjectives.get(word["word"].split(" ")[0])) if word else None
        first = re.compile(r"[A-Z][a-z]{2,20}").match(text, at, stop)
        if first and first.group() in adjectives:
            # "the Russian foreign intelligence service SVR", "the Moscow firm X"
            body = parties.organisation_first(first.end(), min(stop + 1, first.end() + 75))
            said = text[first.end() : body[0]] if body else ""
            if body and re.fullmatch(r",? (?:[\w\-’']{1,24},? ){0,6}(?:\(|[“\"«]|the )?", said) and " and " not in said:
                return Party(body[2], at, body[1])
        if word and code in parties.state_name:
            end = word.end()
            return self._apposed(end) or Party(parties.state_name[code], at, end)
        foreign = next(foreign_powers(text, at, stop), None)
        if foreign and foreign[1] - at < 24 and foreign[0] in parties.state_name:
            return self._apposed(foreign[2]) or Party(parties.state_name[foreign[0]], at, foreign[2])
        return None

    def _definite(self, at: int, stop: int) -> Party | None:
        """ "the ministry", "the company": the last one of that sort."""
        before = self._text[max(0, at - 4) : at].lower()
        match = _DEFINITE.match(self._text, at, stop)
        if match is None or not before.endswith("the "):
            return None
        name = self._parties.last_of_sort(match.group(), at, acts=True)
        return Party(name, at, match.end()) if name else None

    def _person(self, at: int, stop: int) -> Party | None:
        match = PERSON.match(self._text, at, stop)
        if match is None or self._parties.behind_first(match.start("who"), match.end("who")):
            return None
        words = match["who"].split()
        described = match["who"] != match.group()
        if words[0] in sponsor_words.NOT_GIVEN or not (
            is_person(match["who"]) or (described and words[-1] not in sponsor_words.NOT_SURNAME)
        ):
            return None
        return Party(match["who"], at, match.end("who"))

    def _body(self, at: int, stop: int) -> Party | None:
        match = BODY.match(self._text, at, min(len(self._text), stop + 1))
        if match is None or match.end() > stop:
            return None
        name = match["body"]
        return Party(name, at, match.end()) if " " in name else None

    def _any_phrase(self, at: int, stop: int) -> Party | None:
        """Whom any other noun phrase names, if its head or its name is that of a body or a person."""
        stop = min(stop, at + 120)
        if verbs().get(self._text[at : at + 20].partition(" ")[0]) in ("past", "participle", "third"):
            return None  # "and linked to"
        operation = self._parties.operation_in(at, min(len(self._text), stop + 60))
        link = _PREPOSITION.search(self._text, at, operation[0]) if operation else None
        if link:  # "blamed Y for X": the operation is no part of the name
            stop = min(stop, link.start())
        phrase = phrase_at(self._text, at, min(len(self._text), stop + 1), attach=False)
        if phrase is None or phrase.start > at + 1 or phrase.end > stop or phrase.end - at > 110:
            return None
        party = self._told(phrase)
        if party is None:
            return None
        place = _IN_PLACE.match(self._text, party.end, min(len(self._text), stop + 1))
        if place and party.name[:1].islower():
            return Party(party.name + place.group(), at, place.end())
        return Party(party.name, at, party.end)

    def _told(self, phrase: NounPhrase) -> Party | None:
        """Whom a noun phrase names, if that is a body or a person."""
        text = self._text
        name = text[slice(*phrase.name)].strip('“”"«»') if phrase.name else ""
        body = phrase.head in sponsor_words.HEADS or (
            phrase.head.endswith("s") and phrase.head[:-1] in sponsor_words.HEADS
        )
        if name and not phrase.inner and (body or not phrase.head):
            nobody = (
                gazetteer().names.get(name)
                or self._parties.is_platform(name)
                or name.split(" ")[0] in sponsor_words.NOT_GIVEN
            )
            if nobody or is_coined(name):
                return None
            return Party(name, phrase.start, phrase.end) if body or is_person(name) or " " in name else None
        if not body:
            return None
        said = _DETERMINER.sub("", text[phrase.start : phrase.end])
        named = " " in said and len(said) < 80 and _DETERMINER.sub("", said) == said
        return Party(said, phrase.start, phrase.end) if named else None

    def _ending(self, first: int, end: int) -> Party | None:
        """The one whose phrase ends at an offset."""
        text, parties = self._text, self._parties
        begin = max(first, end - 110)
        mention = parties.behind_last(begin, end)
        place = mention and _PLACE_BEFORE.search(text, max(first, mention[0] - 20), mention[0])
        if mention and not place and _ends(text, mention[1], end):
            return Party(mention[2], mention[0], end)
        power = _ADJECTIVE_BEFORE.search(text, begin, end)
        code = gazetteer().adjectives.get(power["word"]) if power else None
        if power and code in parties.state_name:
            return Party(parties.state_name[code], power.start(), end)
        match = _DEFINITE_BEFORE.search(text, begin, end)
        if match:
            name = parties.last_of_sort(match["noun"], match.start(), acts=True)
            return Party(name, match.start(), end) if name else None
        person = _PERSON_BEFORE.search(text, begin, end)
        if person and is_person(person["who"]) and not parties.behind_first(person.start(), person.end()):
            return Party(person["who"], person.start(), end)
        phrase = phrase_before(text, max(first, end - 160), end)
        party = self._told(phrase) if phrase and phrase.end >= end - 1 else None
        inner = self._at_home(phrase) if phrase and party and party.name[:1].islower() else None
        return inner or party

    def _at_home(self, phrase: NounPhrase) -> Party | None:
        """ "two employees of the broadcaster Y": the body whose people they are."""
        people = PEOPLE_OF.match(self._text, phrase.start, phrase.end)
        inner = self._one(people.end()) if people else None
        return Party(inner.name, phrase.start, phrase.end) if inner and inner.end <= phrase.end + 1 else None


_DEFINITE = Expression(
    r"(?:ministry|company|firm|agency|service|consultancy|institute|broadcaster|contractor|party|bureau|directorate)"
    r"(?![\w\-])(?! (?:of|for|that|which|called|named|[A-Z“\"]))"
)
_DEFINITE_BEFORE = Expression(
    r"\b[Tt]he (?P<noun>ministry|company|firm|agency|service|consultancy|institute|broadcaster|contractor|"
    r"bureau|party|"
    r"foundation|directorate)$"
)
_ADJECTIVE_BEFORE = Expression(rf"(?<![\w\-])(?P<word>[A-Z][a-z]{{2,20}}) (?:[a-z][\w\-]{{2,20}} ){{0,2}}?{_POWER}$")
_PERSON_BEFORE = Expression(
    r"(?<![\w\-’'])(?P<who>[A-ZÀ-Þ][a-zà-ÿ’'\-]{1,20}(?: [A-Z]\.)?(?: [A-ZÀ-Þ][a-zà-ÿ’'\-]{1,20}){1,2})$"
)
_LISTED_BEFORE = Expression(r"(?:, and| and|,) (?:the |an? |its )?(?:[A-Z]{2,4} )?$")
_PLACE_BEFORE = Expression(r"\b(?:in|from|near|outside|across) (?:the )?$")
_PREPOSITION = Expression(
    r" (?:for|of|in|with|on|behind|over|about)(?= )(?:(?! (?:for|of|in|with|on|behind|over|about) )[^\n]){0,60} "
    r"[“\"«]?$"
)
_IN_PLACE = Expression(
    r" (?:in|from|based in|close to) (?:the )?[A-ZÀ-Þ][\w’'\-]{2,20}(?: [A-ZÀ-Þ][\w’'\-]{2,20}){0,2}"
)
_DETERMINER = Expression(r"^(?:the|an?|its|their|his|her|some|one|two|several|this|that) ", re.IGNORECASE)


def _skip(pattern: Expression, text: str, at: int, stop: int) -> int:
    match = pattern.match(text, at, stop)
    return match.end() if match else at


def _ends(text: str, mention_end: int, end: int) -> bool:
    """Whether nothing but the tail of its phrase stands between a name and an offset."""
    between = text[mention_end:end].strip(' ”"»“')
    between = re.sub(r"^\([^()\n]{1,60}\)", "", between).strip()
    return not between or _TAIL.fullmatch(f" {between}") is not None or _TAIL.fullmatch(between) is not None


def names(parties: Parties, found: list[Party], runs: bool = True) -> Iterator[Party]:
    """The parties that can stand behind something; another operation only where it runs it."""
    yield from (p for p in found if p.name and (runs or parties.kind_of.get(p.name, "state") not in INFLUENCE))
