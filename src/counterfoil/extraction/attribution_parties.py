"""The parties of attributions in one text: who acts, for whom, and who says so."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cached_property, lru_cache

from counterfoil.extraction.attribution_words import BELONGINGS, OPERATION_NOUN
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.naming import INFLUENCE, ORGANISATIONS, by_name
from counterfoil.extraction.organisations import known
from counterfoil.extraction.phrases import PhraseIndex, word_starts, words_of
from counterfoil.extraction.placed import Mention, Placed
from counterfoil.extraction.platforms import platform_names
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.speakers import Speakers
from counterfoil.extraction.states import gazetteer, is_homonym
from counterfoil.model.extraction import Extraction

_AHEAD = 400  #: how far ahead an operation may be named that is meant
_BACK = 1500  #: how far back "the network" may refer
_STANDS_FOR = Expression(
    r"(?<![\w\-])(?:(?:[Tt]he|[Tt]his|[Tt]hat|[Tt]hese|[Tt]hose|[Tt]he same|[Tt]he entire) "
    rf"(?:(?!who|that|which|the )[\w\-]{{2,20}} ){{0,3}}?(?:{OPERATION_NOUN}s?|accounts|pages|sites|websites|"
    rf"personas|fakes|"
    r"posts|videos|outlets|assets|channels|domains|operators|administrators|authors|work|content|clips?|"
    r"forger(?:y|ies)|"
    r"material|information manipulation set|IMS|articles|perpetrators|servers|infrastructure)"
    r"|(?:[Tt]he|[Tt]his|[Tt]hat) (?:company|firm|consultancy|contractor|foundation|bureau|agency|studio|outlet)"
    r"|[Ii]t|[Tt]hey|[Bb]oth"
    r"|[Ii]ts (?:operators|administrators|authors|creators|websites|accounts|pages|infrastructure|funding|servers|"
    r"domains|work|activities|activity|campaigns|operations|managers|staff|posts|content|hosting|bills|costs)"
    r"|(?:[Tt]he |[Tt]hose )?(?:[Pp]eople |[Oo]perators |[Ii]ndividuals |[Aa]ctors |[Tt]eam |[Aa]dministrators |"
    r"[Pp]ersons "
    r"|[Oo]nes |[Tt]hose )(?:behind (?:it|them|the \w+|this \w+)|(?:who|that) (?:ran|run|operated?|controlled?) "
    r"(?:it|them|the \w+|this \w+))"
    r"|[Kk]ampani[aęi]ą?|[Ss]ie[ćc]i?ą?|[Oo]peracj[aęi]ą?|[Оо]пераці[яїюєю]{1,2}|[Кк]ампані[яїюєю]{1,2}"
    r"|(?:[LlCc]e|[Cc]ette|[Cc]et|[Ll]a|[Dd]u|[Ll]['’])\s?(?:réseau|opération|campagne|mode opératoire|dispositif)|"
    r"[Ll]es (?:comptes|sites|pages|faux comptes)|"
    r"[EeÉé]lle"
    r"|(?:[Dd]as|[Dd]ie|[Dd]ieses?|[Dd]em|[Dd]er|[Dd]es) (?:Netzwerk|Netzwerks|Netz|Kampagne|Operation|Gruppe)"
    r"|(?:[Ll]a|[Ee]sta|[Ee]l) (?:red|operación|campaña|grupo)"
    r"|(?:[Сс]еть|[Сс]ети|[Сс]етью|[Кк]ампани[яиюей]{1,2}|[Оо]пераци[яиюей]{1,2}|[Аа]ккаунт(?:ы|ами|ов)|[Мм]ережа|"
    r"[Мм]ережею|[Мм]ережу)"
    r")(?![\w\-])"
)
_UNNAMED = Expression(
    r"\b(?:[Tt]he|[Tt]his|[Tt]hese|[Tt]hose|[Ii]ts|[Aa]n?) (?:[\w\-]{2,20} ){0,2}?(?P<what>network|operation|"
    r"accounts|[Pp]ages|"
    r"websites|sites|channels|videos|clips|cluster|personas|(?:influence|disinformation|propaganda|bot|smear|troll) "
    r"(?:campaign|operation|network))\b"
)
#: A text without a named operation is about one if it has such words.
_FIELD = Expression(
    r"(?i)\b(?:coordinated inauthentic|inauthentic behaviou?r|disinformation|influence (?:operation|campaign)|"
    r"troll (?:farm|factory)|"
    r"foreign interference|information manipulation|fake accounts|covert (?:network|operation|campaign)|"
    r"sock ?puppet|propaganda "
    r"(?:network|operation|campaign)|influence actors?)"
)
_LINKS = frozenset("of for at by from and the in to with a an on von de du des".split())
#: "the company acts for Y": an organisation of that sort, not an operation
_FIRM = Expression(
    r"(?:[Tt]he|[Tt]his|[Tt]hat) (?P<noun>company|firm|consultancy|contractor|agency|foundation|bureau|studio|"
    r"outlet|institute|broadcaster)"
)
_PUBLISHED_BY = Expression(
    r"(?:[Pp]ublished by|[Rr]eport (?:by|of)|[Ss]tatement (?:by|of|from)(?: the)? (?:Government of )?|[Ii]ssued by|"
    r"[Rr]apport de|"
    r"publié par|[Rr]echerche von|[Ii]nforme de|[Rr]aport|[Рр]асследование)(?: the| l['’]| la| le|"
    r" \w{5,12})* ?[«“\"„]?"
)
_HEADING = Expression(r"\n(?:\d[\d.]*\)? )?[A-ZÀ-Þ][^\n.!?:;]{2,70}\n")
_HEAD = 420  #: letters at a text's beginning in which a publisher is named
_SORTS = {
    **dict.fromkeys("company firm consultancy contractor broadcaster outlet studio".split(), ("company", "outlet")),
    **dict.fromkeys("agency service institute bureau directorate regulator watchdog".split(), ("agency", "company")),
}
#: Outlets of states, for which operations may act.
_MOUTHPIECES = frozenset(
    "CGTN/IRNA/RT/Sputnik/TASS/Xinhua/Izvestia/Tasnim/Huawei/Yandex/China Daily/Global Times/Mehr News/People's Daily/"
    "Press TV/PressTV/RIA Novosti/Rossiya Segodnya/Russia Today".split("/")
)
_OWNER_OF = Expression(rf"(?:['’]s?)? (?:\w+ )?{BELONGINGS}(?![\w\-])")


@lru_cache(maxsize=1)
def _state_names() -> tuple[tuple[str, str, str], ...]:
    """First word, name and code of the states' names that nobody and nothing else bears."""
    data = gazetteer()
    return tuple(
        (words_of(name)[0], name, code)
        for name, (code, kind) in data.names.items()
        if kind != "region" and not is_homonym(name) and code in data.main_names and words_of(name)
    )


class Parties:
    """Looked up once per text, then asked at many offsets."""

    def __init__(self, reading: Reading, found: Extraction, further: frozenset[str] = frozenset()) -> None:
        self.reading = reading
        text = self.text = reading.text
        self.speakers = Speakers(reading, found)
        operations = {name: actor.name for name, actor in by_name(found.actors, INFLUENCE).items()}
        organisations = {name: actor.name for name, actor in by_name(found.actors, ORGANISATIONS).items()}
        organisations |= {name: name for name in further}
        self._organisation_of = organisations
        self._organisation_names = PhraseIndex(organisations)
        states = {name: actor.name for name, actor in by_name(found.actors, ("state",)).items()}
        self.state_of = {actor.name: actor.state for actor in found.actors}
        self.kind_of = {actor.name: actor.kind for actor in found.actors} | dict.fromkeys(further, "company")
        main = {actor.state: actor.name for actor in found.actors if actor.kind == "state"}
        words, data = word_starts(text), gazetteer().names
        here = [(name, code) for first, name, code in _state_names() if first in words or f"{first}s" in words]
        written = {
            code: name for name, code in reversed(here) if name in text and data[name][1] == "name"
        }  # as the text's language has it
        self.state_name = {
            code: main.get(code) or written.get(code, usual) for code, usual in gazetteer().main_names.items()
        }
        everywhere = {name: self.state_name[code] for name, code in here}
        self._operations = Placed(text, operations)
        self.organisations = Placed(text, organisations)
        self._behind = Placed(text, everywhere | states | operations | organisations)
        self._starts = [start for start, _, _ in self._operations.mentions]
        self._counted = Counter(name for _, _, name in self._operations.mentions)
        counted = self._counted.most_common(2)
        self.main = ""  #: the operation the report is about, if it is clear which
        if counted and (len(counted) == 1 or counted[0][1] >= 2 * counted[1][1]):
            self.main = counted[0][0]
        #: where a well-known operation that is named once is: it is not what a text is about from its beginning
        self._once = self._starts[0] if len(self._starts) == 1 and self.main in known() else 0
        self.publisher = self._publisher()

    @cached_property
    def subjects(self) -> list[Mention]:
        """Mentions of operations and of organisations, and words that may stand for an operation, in order.

        The name is empty for words that stand for something, which `meant` looks up when it is needed.
        """
        mentions = [*self._operations.mentions, *self.organisations.mentions]
        taken = {start for start, _, _ in mentions}
        for match in _STANDS_FOR.finditer(self.text):
            if match.start() not in taken:
                mentions.append((match.start(), match.end(), ""))
        return sorted(mentions)

    @cached_property
    def _subject_starts(self) -> list[int]:
        return [start for start, _, _ in self.subjects]

    def subjects_in(self, start: int, end: int) -> list[Mention]:
        """Those that stand wholly inside a range, at most the last sixty."""
        first, last = bisect_left(self._subject_starts, start), bisect_left(self._subject_starts, end)
        return [mention for mention in self.subjects[max(first, last - 60) : last] if mention[1] <= end]

    def subject_at(self, start: int) -> Mention | None:
        """The one that begins right at an offset, or behind an article or a quotation mark there."""
        first = bisect_left(self._subject_starts, start)
        near = self.subjects[first : first + 2]
        return next((mention for mention in near if mention[0] <= start + 2), None)

    def meant(self, mention: Mention) -> str:
        """Who a mention is of; empty if it stands for an operation that is not clear."""
        return mention[2] or self.meant_at(mention[0], mention[1])

    def with_belongings(self, mention: Mention) -> int:
        """Where a mention ends with what belongs to it: "X's accounts", "the X network"."""
        own = _OWNER_OF.match(self.text, mention[1], mention[1] + 60)
        return own.end() if own else mention[1]

    def meant_at(self, start: int, end: int) -> str:
        """Which operation "the network" means there; empty if that is not clear."""
        firm = _FIRM.match(self.text, start, end)
        if firm:
            apposed = re.compile(r", (?=[A-ZÀ-Þ“\"])").match(self.text, end, end + 3)
            if apposed:  # "the company, Y,"
                named = self.organisation_at(apposed.end())
                return named[2] if named else ""
            return self.last_of_sort(firm["noun"], start, acts=True)
        if not self._starts:
            return self._unnamed(start, end)
        at = bisect_left(self._starts, start)
        paragraph = self.text.rfind("\n", max(0, start - _BACK), start) + 1
        near = self._names(max(paragraph, start - _BACK), start)
        if not near:
            follows = self._operations.first(end, end + 60)
            # "The network, which we call X": the name is still to come.
            if follows and "." not in self.text[end : follows[0]]:
                return follows[2]
            last = self._starts[at - 1] if at else 0
            if at and not self.main and _HEADING.search(self.text, max(last, start - _BACK), start):
                # A heading begins another story, which often names its operation a sentence later.
                stop = self.text.find("\n", end)
                ahead = self._operations.first(end, min(end + 300, len(self.text) if stop < 0 else stop))
                return ahead[2] if ahead else ""
            near = self._names(max(0, start - _BACK), start)
        if len(near) > 1 and self.main in near:
            return self.main
        if len(near) > 1:
            near = self._nearest_paragraph(start) or near
        if len(near) == 1:
            only = near.pop()
            passing = self.main and only != self.main and self._counted[only] == 1 and only in known()
            return self.main if passing else only  # a well-known one is compared with
        if len(near) > 1 and at:
            # Several: the one that the sentence before is about, if it names one only.
            before, _ = self.reading.sentence(start)
            previous = self.reading.sentence(max(0, before - 2))[0]
            said = self._names(previous, start)
            return said.pop() if len(said) == 1 else ""
        return self.main if not near and self.main and self._once <= end + _AHEAD else ""

    def _unnamed(self, start: int, end: int) -> str:
        """An operation that nobody names, by the words for it: "network"; empty for a text about other things."""
        if not self._is_field:
            return ""
        found = _UNNAMED.search(self.text, start, end)
        if found is None:
            before = list(_UNNAMED.finditer(self.text, max(0, start - 400), start))
            found = before[-1] if before else None
        return found["what"].lower() if found else ""

    @cached_property
    def _is_field(self) -> bool:
        return _FIELD.search(self.text) is not None

    def _nearest_paragraph(self, start: int) -> set[str]:
        """The operations of the last paragraph up to an offset that names one."""
        end = start
        for _ in range(5):
            begin = self.text.rfind("\n", max(0, start - _BACK), max(0, end - 1)) + 1
            names = self._names(begin, end)
            if names or begin == 0 or end - begin < 2:
                return names
            end = begin
        return set()

    def _names(self, start: int, end: int) -> set[str]:
        first, last = bisect_left(self._starts, start), bisect_right(self._starts, end - 1)
        return {name for _, _, name in self._operations.mentions[max(first, last - 40) : last]}

    @property
    def operations(self) -> list[Mention]:
        """Every mention of an operation."""
        return self._operations.mentions

    def last_organisation(self, start: int, end: int) -> Mention | None:
        """The last organisation named wholly inside a range."""
        return self.organisations.last(start, end)

    def operation_in(self, start: int, end: int) -> Mention | None:
        """The first operation named in a range."""
        return self._operations.first(start, end)

    def behind_first(self, start: int, end: int) -> Mention | None:
        """The first name of one for whom others may act, in a range."""
        return self._behind.first(start, end)

    def behind_last(self, start: int, end: int) -> Mention | None:
        """The last such name in a range."""
        return self._behind.last(start, end)

    def organisation_first(self, start: int, end: int) -> Mention | None:
        """The first organisation named in a range."""
        return self.organisations.first(start, end)

    def organisations_before(self, at: int) -> list[Mention]:
        """The organisations named before an offset, the last one first, at most thirty."""
        index = bisect_left(self.organisations.starts, at)
        return self.organisations.mentions[max(0, index - 30) : index][::-1]

    def operations_before(self, at: int) -> list[Mention]:
        """The operations named before an offset, the last one first, at most two hundred."""
        index = bisect_left(self._starts, at)
        return self._operations.mentions[max(0, index - 200) : index][::-1]

    def organisation_at(self, start: int) -> Mention | None:
        """The organisation whose name begins right at an offset, or behind a quotation mark there."""
        mention = self.organisations.first(start, start + 90)
        return mention if mention and mention[0] - start < 2 else None

    def last_of_sort(self, noun: str, at: int, acts: bool = False) -> str:
        """Which organisation "the ministry" or "the company" means there; empty if there is none in reach.

        With `acts`, one that may act for another: no platform, tracker or newsroom.
        """
        noun = noun.lower()
        mentions = self.organisations_before(at)
        if acts:
            mentions = [one for one in mentions if not self.is_onlooker(one[2]) and one[2] != self.publisher]
            described = re.compile(rf",? (?:\([^()\n]{{2,20}}\), )?(?:an?|the) (?:[\w\-]{{2,20}} ){{0,4}}?{noun}\b")
            told = next((name for _, end, name in mentions if described.match(self.text, end, end + 90)), "")
            if told:  # "Y, a communications agency in Giza"
                return told
        near = [name for _, _, name in mentions]
        kinds = _SORTS.get(noun, ())
        named = (name for name in near if noun in name.lower())
        return next(named, "") or next((name for name in near if self.kind_of.get(name) in kinds), "")

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

    def named_last(self, who: str) -> str:
        """The organisation with whose name a phrase ends, behind words that say what it is."""
        for start, end, name in self._organisation_names.within(who):
            before = who[:start].rstrip(' “«"').split(" ")
            if end == len(who) and start and before[-1].islower() and before[-1] not in _LINKS:
                return self._organisation_of[name]
        return ""

    def state_named(self, name: str) -> str:
        """The state that bears a name; empty if none does."""
        return self.state_name.get(gazetteer().names.get(name, ("", ""))[0], "")

    def is_onlooker(self, name: str) -> bool:
        """Whether a name is a tracker's, a platform's or a newsroom's, which nobody is behind."""
        return known().get(name) in ("company", "outlet") and name not in _MOUTHPIECES

    def is_platform(self, name: str) -> bool:
        """Whether a name is a platform's."""
        return name in platform_names()

    def may_run(self, name: str) -> bool:
        """Whether somebody may be said to run an operation: no onlooker, no other operation."""
        return bool(name) and not self.is_onlooker(name) and self.kind_of.get(name, "state") not in INFLUENCE

    def state_by_adjective(self, word: str) -> str:
        """The state of "the Dutch government"; empty if no state has that adjective."""
        return self.state_name.get(gazetteer().adjectives.get(word, ""), "")

    def is_passing(self, name: str) -> bool:
        """Whether an operation is named once, in a text that is about another one."""
        return bool(self.main) and name != self.main and self._counted[name] <= 1

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
