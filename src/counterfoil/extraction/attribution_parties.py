"""The parties of attributions in one text: who acts, for whom, and who says so."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from typing import NamedTuple

from counterfoil.extraction.foreign_powers import foreign_powers
from counterfoil.extraction.naming import INFLUENCE, ORGANISATIONS, by_name
from counterfoil.extraction.placed import Mention, Placed
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.speakers import Speakers
from counterfoil.extraction.states import gazetteer, is_homonym
from counterfoil.model.extraction import Extraction

_BACK = 1500  #: how far back "the network" may refer
_STANDS_FOR = re.compile(
    r"(?<![\w\-])(?:(?:[Tt]he|[Tt]his|[Tt]hat|[Tt]hese|[Tt]hose) (?:\w+ )?(?:network|operation|campaign|group|actor|"
    r"activity|"
    r"cluster|effort|accounts|pages|sites|personas|fakes)|[Ii]t|[Tt]hey|"
    r"[Ii]ts (?:operators|administrators|authors|creators)|"
    r"[Tt]he (?:people|operators|individuals|actors|team|administrators|persons) behind (?:it|the \w+|this \w+)|"
    r"[Kk]ampani[aęi]ą?|[Ss]ie[ćc]i?ą?|[Oo]peracj[aęi]ą?|[Оо]пераці[яїюєю]{1,2}|[Кк]ампані[яїюєю]{1,2}"
    r"|(?:[LlCc]e|[Cc]ette|[Cc]et|[Ll]a|[Dd]u|[Ll]['’])\s?(?:réseau|opération|campagne)|[EeÉé]lle"
    r"|(?:[Dd]as|[Dd]ie|[Dd]ieses?|[Dd]em|[Dd]er|[Dd]es) (?:Netzwerk|Kampagne|Operation|Gruppe)"
    r"|(?:[Ll]a|[Ee]sta|[Ee]l) (?:red|operación|campaña|grupo)"
    r"|(?:[Сс]еть|[Сс]ети|[Сс]етью|[Кк]ампани[яиюей]{1,2}|[Оо]пераци[яиюей]{1,2}|[Аа]ккаунт(?:ы|ами|ов)|[Мм]ережа|"
    r"[Мм]ережею|[Мм]ережу)"
    r")(?![\w\-])"
)
_PUBLISHED_BY = re.compile(
    r"(?:[Pp]ublished by|[Rr]eport (?:by|of)|[Ss]tatement (?:by|of|from)(?: the)? (?:Government of )?|[Ii]ssued by|"
    r"[Rr]apport de|"
    r"publié par|[Rr]echerche von|[Ii]nforme de|[Rr]aport|[Рр]асследование)(?: the| l['’]| la| le| \w{5,12})* ?[«“\"„]?"
)
_HEADING = re.compile(r"\n(?:\d[\d.]*\)? )?[A-ZÀ-Þ][^\n.!?:;]{2,70}\n")
_HEAD = 420  #: letters at a text's beginning in which a publisher is named
_DESCRIBED = re.compile(
    r"(?:(?!and |or |who |that |which |but )[\w’'\-.&]{1,24},? ){0,2}|(?:(?!who |which |but )[\w’'\-.&]{1,24} ){0,7}?"
    r"(?:firm|company|consultancy|agency|start-?up|contractor|business(?:man|woman)?|oligarch|ministry|service|"
    r"employees of|"
    r"société|agence de communication|agence|groupe|Agentur|Firma|empresa|agencia|сотрудники|компани\w{1,3}|agencj\w) "
)
_PEOPLE_OF = re.compile(
    r"(?:(?:a |an |the |some |two |several )?(?:individuals?|people|persons?|actors?|operators?|someone|entities|"
    r"users|hackers|operatives|agents|"
    r"employees|members|officers?|staff|elements|interests|person|client|contractors?) (?:\w+ ){0,3}?(?:in|of|from|"
    r"at|within|"
    r"based in|located in|associated with|linked to|tied to|connected to|working for) )?(?:the )?(?:[Ss]tate of |"
    r"[Gg]overnment of )?(?:the )?"
)
_ADJECTIVE = re.compile(r"(?:[Pp]ro-)?(?P<word>[A-Z][\w\-]{2,20})(?=[ ,.;)])")
_PERSON = re.compile(
    r"(?:(?:the |a |an )?(?:[\w\-]{2,20} ){0,3}?(?:businessm[ae]n|businesswoman|oligarch|entrepreneur|consultant|"
    r"politician|strategist|"
    r"financier|blogger|fugitive|former \w+|magnate|tycoon|mercenary (?:boss|chief|leader)) )?"
    r"(?P<who>[A-ZÀ-Þ][a-zà-ÿ’'\-]{1,20} (?:[A-ZÀ-Þ][a-zà-ÿ’'\-]{1,20}|"
    r"[A-Z]\. [A-ZÀ-Þ][a-zà-ÿ\-]{1,20}))(?=[,.;:)\n]|$| (?:and|who|in|since|from|with|until)\b)"
)
_PHRASE_END = re.compile(r"[.;:()\n]|, (?:who|which|but|and (?:it|that|has|was))")
_SPEAKS = re.compile(r" (?:said|says|told|wrote|found)\b")
_AND = re.compile(r"(?: \([^()\n]{1,40}\))?(?:,| and| as well as| und| et| y| и) (?:by |to |with |the |the Russian )?")


class Party(NamedTuple):
    """Who is named, and where the mention ends."""

    name: str
    end: int


class Parties:
    """Looked up once per text, then asked at many offsets."""

    def __init__(self, reading: Reading, found: Extraction) -> None:
        self.reading = reading
        text = self.text = reading.text
        self.speakers = Speakers(reading, found)
        operations = {name: actor.name for name, actor in by_name(found.actors, INFLUENCE).items()}
        organisations = {name: actor.name for name, actor in by_name(found.actors, ORGANISATIONS).items()}
        states = {name: actor.name for name, actor in by_name(found.actors, ("state",)).items()}
        self.state_of = {actor.name: actor.state for actor in found.actors}
        self.kind_of = {actor.name: actor.kind for actor in found.actors}
        main = {actor.state: actor.name for actor in found.actors if actor.kind == "state"}
        self.state_name = {code: main.get(code, usual) for code, usual in gazetteer().main_names.items()}
        everywhere = {
            name: self.state_name[code]
            for name, (code, kind) in gazetteer().names.items()
            if kind != "region" and not is_homonym(name) and code in self.state_name
        }
        self._operations = Placed(text, operations)
        self.organisations = Placed(text, organisations)
        self._behind = Placed(text, everywhere | states | operations | organisations)
        self._starts = [start for start, _, _ in self._operations.mentions]
        counted = Counter(name for _, _, name in self._operations.mentions).most_common(2)
        self.main = ""  #: the operation the report is about, if it is clear which
        if counted and (len(counted) == 1 or counted[0][1] >= 2 * counted[1][1]):
            self.main = counted[0][0]
        self.publisher = self._publisher()

    def subjects(self) -> list[Mention]:
        """Mentions of operations and of organisations, and words that stand for an operation, in order."""
        mentions = [*self._operations.mentions, *self.organisations.mentions]
        taken = {start for start, _, _ in mentions}
        for match in _STANDS_FOR.finditer(self.text):
            who = self.meant_at(match.start(), match.end()) if match.start() not in taken else ""
            if who:
                mentions.append((match.start(), match.end(), who))
        return sorted(mentions)

    def meant_at(self, start: int, end: int) -> str:
        """Which operation "the network" means there; empty if that is not clear."""
        at = bisect_left(self._starts, start)
        paragraph = self.text.rfind("\n", max(0, start - _BACK), start) + 1
        near = self._names(max(paragraph, start - _BACK), start)
        if not near:
            follows = self._operations.first(end, end + 60)
            # "The network, which we call X": the name is still to come.
            if follows and "." not in self.text[end : follows[0]]:
                return follows[2]
            last = self._starts[at - 1] if at else 0
            if at and _HEADING.search(self.text, max(last, start - _BACK), start):
                # A heading begins another story, which often names its operation a sentence later.
                stop = self.text.find("\n", end)
                ahead = self._operations.first(end, min(end + 300, len(self.text) if stop < 0 else stop))
                return ahead[2] if ahead else ""
            near = self._names(max(0, start - _BACK), start)
        if len(near) == 1:
            return near.pop()
        if len(near) > 1 and at:
            # Several: the one that the sentence before is about, if it names one only.
            before, _ = self.reading.sentence(start)
            previous = self.reading.sentence(max(0, before - 2))[0]
            said = self._names(previous, start)
            return said.pop() if len(said) == 1 else ""
        return self.main if not near and self.main else ""

    def _names(self, start: int, end: int) -> set[str]:
        first, last = bisect_left(self._starts, start), bisect_right(self._starts, end - 1)
        return {name for _, _, name in self._operations.mentions[max(first, last - 40) : last]}

    @property
    def operations(self) -> list[Mention]:
        """Every mention of an operation."""
        return self._operations.mentions

    def all_behind(self) -> list[Mention]:
        """Every mention of one for whom others may act."""
        return self._behind.mentions

    def is_name(self, name: str) -> bool:
        """Whether these letters are an organisation's name, as far as the text shows."""
        return name in self.kind_of

    def last_organisation(self, start: int, end: int) -> Mention | None:
        """The last organisation named wholly inside a range."""
        return self.organisations.last(start, end)

    def first_subject(self, start: int, end: int) -> Mention | None:
        """The first operation or organisation named in a range."""
        found = [self._operations.first(start, end), self.organisations.first(start, end)]
        return min((mention for mention in found if mention), default=None)

    def operation_in(self, start: int, end: int) -> Mention | None:
        """The first operation named in a range."""
        return self._operations.first(start, end)

    def behind_at(self, start: int) -> list[Party]:
        """Who is named right at an offset, after a short description at most, and others listed with them."""
        parties: list[Party] = []
        at = start
        for _ in range(4):
            party = self._one_behind(at)
            if party is None:
                break
            if parties and _SPEAKS.match(self.text, party.end, party.end + 12):
                break  # "on behalf of Y, the centre said": who speaks
            parties.append(party)
            link = _AND.match(self.text, party.end)
            if link is None:
                break
            at = link.end()
        return parties

    def person_at(self, start: int) -> Party | None:
        """A person named right at an offset ("the businessman Ivan Petrov"), who is nothing else to the text."""
        match = _PERSON.match(self.text, start)
        if match is None or self._behind.first(match.start("who"), match.end("who")):
            return None
        return Party(match["who"], match.end("who"))

    def _one_behind(self, start: int) -> Party | None:
        text = self.text
        stop = min(len(text), start + 130)
        ends = _PHRASE_END.search(text, start, stop)
        stop = ends.start() if ends else stop
        people = _PEOPLE_OF.match(text, start, stop)
        at = people.end() if people else start
        mention = self._behind.first(at, stop)
        if mention and self._fits(text[at : mention[0]].rstrip('“"«„ ')):
            # "China's Ministry of State Security" is the ministry.
            owned = self.organisations.first(mention[1] + 2, min(len(text), mention[1] + 70))
            if owned and re.fullmatch(r"['’]s (?:[\w\-]{1,20} ){0,2}", text[mention[1] : owned[0]]):
                return Party(owned[2], owned[1])
            return Party(mention[2], mention[1])
        power = next(foreign_powers(text, at, stop), None)
        if power and self._fits(text[at : power[1]].strip()):
            return Party(self.state_name.get(power[0], ""), power[2])
        word = _ADJECTIVE.match(text, at, stop)
        code = gazetteer().adjectives.get(word["word"]) if word else None
        if word and code and not word.group().lower().startswith("pro-"):
            agency = self.organisations.first(word.end(), min(stop, word.end() + 50))
            if agency and re.fullmatch(r" (?:[\w\-’']{1,24} ){0,4}", text[word.end() : agency[0]].rstrip('“"«„')):
                return Party(agency[2], agency[1])
            inside = re.match(r" [^()\n.;,]{2,40} \(", text[word.end() : word.end() + 50])
            bracketed = self.organisations.first(word.end(), word.end() + 60) if inside else None
            if inside and bracketed and bracketed[0] == word.end() + inside.end():
                return Party(bracketed[2], bracketed[1])
            return Party(self.state_name.get(code, ""), word.end())
        return None

    @staticmethod
    def _fits(words: str) -> bool:
        return not words or _DESCRIBED.fullmatch(f"{words} ") is not None

    def speaker(self, who: str) -> str:
        """The fullest name of who says a claim; the publisher for "we"."""
        if re.fullmatch(r"[Ww]e|[Oo]ur \w+|[Nn]ous|[Ww]ir|[Мм]ы", who):
            return self.publisher or who
        plain = re.sub(r"^[Tt]he ", "", who)
        state = gazetteer().names.get(re.sub(r"^Government of (?:the )?", "", plain), ("", ""))[0]
        if state in self.state_name:
            return self.state_name[state]
        full = self.speakers.fullest(who)
        longer = [name for name in self.kind_of if name.startswith(f"{plain} ")] if full not in self.kind_of else []
        return longer[0] if len(longer) == 1 else full

    def _publisher(self) -> str:
        if self.reading.report.publisher:
            return self.reading.report.publisher
        for match in _PUBLISHED_BY.finditer(self.text, 0, _HEAD):
            mention = self._behind.first(match.end(), match.end() + 60)
            if mention and mention[0] - match.end() < 3:
                return mention[2]
        # A line of its own above the text.
        at = 0
        for line in self.text[:_HEAD].split("\n"):
            mention = self.organisations.first(at, at + len(line))
            if mention and mention[0] == at and mention[1] == at + len(line):
                return mention[2]
            at += len(line) + 1
        return ""
