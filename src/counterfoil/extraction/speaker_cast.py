"""Who is meant: a pronoun, an office or a short name, by those who were named before."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.given_names import is_person
from counterfoil.extraction.naming import by_name
from counterfoil.extraction.phrases import matches_at, vocabulary
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.said import Said
from counterfoil.extraction.speaker_heads import PERSON_HEAD, Speaker
from counterfoil.extraction.speaker_phrases import after
from counterfoil.extraction.speakers import Speakers, person_mentions
from counterfoil.extraction.speech_grammar import Grammar
from counterfoil.extraction.speech_tokens import tokens
from counterfoil.model.extraction import Extraction

_RECENT = 60  #: of those who spoke, in which a short form is looked for
_PARAGRAPH = 3000  #: letters of a paragraph that are looked at
_NEAR = 900  #: letters before a pronoun in which the person is looked for
_MALE = frozenset("he er il él он він".split())
_FEMALE = frozenset("she sie elle ella она вона".split())
_MAN = Expression(
    r"\b(?:Mr\.?|Sir|Lord|M\.|Herr|(?:[Ss]pokes|[Cc]hair|[Bb]usiness)man),? "
    r"(?:\w{1,20} )?(?P<surname>[^\W\d_][\w\-’']{1,30})"
)
_TITLED = frozenset(
    "Mr Sir Lord M Herr Mrs Ms Lady Dame Mme Frau Spokesman spokesman Chairman chairman Businessman businessman "
    "Spokeswoman spokeswoman Chairwoman chairwoman Businesswoman businesswoman".split()
)
_WOMAN = Expression(
    r"\b(?:Mrs\.?|Ms\.?|Lady|Dame|Mme|Frau|(?:[Ss]pokes|[Cc]hair|[Bb]usiness)woman),? "
    r"(?:\w{1,20} )?(?P<surname>[^\W\d_][\w\-’']{1,30})"
)
_INTRODUCED = Expression(r"[A-Z][\w’'\-]{1,20}(?: [A-Z][\w’'\-.]{0,20}){1,3}, (?P<what>(?:[\w’'\-]{1,20} ?){1,7})")
#: What a newsroom says of itself: "The Strait Observer could not establish who".
_CANNOT_TELL = Expression(
    r"(?:The )?(?P<name>[A-Z][\w’'\-]{1,20}(?: [A-Z][\w’'\-]{1,20}){0,3}) (?:could not|was unable to|was not able to|"
    r"has not been able to) (?:independently )?(?:establish|verify|confirm|reach|determine)\b"
)
_TELLING = ("establish", "verify", "confirm", "reach", "determine")
_NAME = r"[A-Z][\w’'\-]{1,20}(?: (?:(?:of|for) (?:the )?)?[A-Z][\w’'\-]{1,20}){0,5}"
_PUBLISHED = Expression(
    rf"(?P<who>{_NAME})(?: \([A-Z]{{2,8}}\))?,? (?:has )?(?:published|released|issued|put out|presented) "
    rf"(?:its|their|an?) (?:[\w\-]{{2,20}} ){{0,4}}?(?P<doc>report|study|statement|paper|analysis|brief|memo|"
    r"memorandum|bulletin|advisory)\b"
)
_PLURAL_HEADS = frozenset("people staff police men women personnel media".split())
_FIRMS = frozenset(
    "company firm giant consultancy startup vendor platform entreprise société unternehmen firma empresa".split()
)
_BODIES = frozenset(
    "agency observatory institute centre center lab laboratory ministry embassy bureau council office service "
    "commission committee regulator watchdog group team mission foundation university newspaper outlet "
    "broadcaster court party hub government police union ngo nonprofit think-tank unit organisation organization "
    "network association institution charity coalition alliance consortium federation authority army military "
    "navy platform bank presidency cabinet delegation consulate parliament board publisher newsroom station "
    "startup ministère ambassade agence botschaft ministerium behörde embajada ministerio laboratorio "
    "laboratoire arm branch chamber church college department departments desk directorate division gallery "
    "headquarters hospital league museum opposition prosecution registry school secretariat society squad task-force "
    "taskforce insurer insurers manufacturer retailer".split()
)


class Cast:
    """Asked in text order: it remembers who spoke."""

    def __init__(self, reading: Reading, found: Extraction, grammar: Grammar) -> None:
        self._text = reading.text
        self._reading = reading
        self._speakers = Speakers(reading, found)
        self._grammar = grammar
        self._persons = person_mentions(reading.text, frozenset(by_name(found.actors, _NO_PERSONS)))
        self._starts = [start for start, _ in self._persons]
        self._spoken: list[tuple[int, str, str]] = []  #: offset, kind ("person", "body", "many") and name
        self._offices: dict[str, list[tuple[int, str]]] = {}
        self._documents: dict[str, str] = {}  #: "report" -> whose it is
        self._document_of_it = ""  #: the document that the last "it" stood for
        self._men = _surnames(_MAN, reading.text)
        self._women = _surnames(_WOMAN, reading.text)
        self._published = [(m.start(), m["doc"].lower(), m["who"]) for m in _PUBLISHED.finditer(reading.text)]
        self._own = frozenset(match["name"] for match in _cannot_tell(reading.text))
        self._sex: dict[str, bool] = {}  #: name -> whether "she" stood for it
        self._organisations = by_name(found.actors, ("company", "agency", "outlet"))

    def name(self, said: Said) -> tuple[str, str]:
        """The name of who says something, and in which document if "the report" says it.

        The name is empty if nobody that can be named, or an operation, is meant.
        """
        name = self._name(said)
        if self._document_of_it:
            document, self._document_of_it = self._document_of_it, ""
            return name, document
        document = said.who.head if name and said.who and "document" in said.who.roles else ""
        return name, document if document and name == self._documents.get(document) else ""

    def _name(self, said: Said) -> str:
        who = said.who
        if who is None:
            paragraph = self._paragraph(said.at)
            spoken = [one for one in self._spoken[-_RECENT:] if paragraph <= one[0] < said.at]
            return spoken[-1][2] if spoken else self._person_before(Speaker(said.at, "", "pronoun"))
        name = self._named(who)
        if name in self._own and who.kind == "name" and who.via:
            return ""
        document = said.via.rpartition(" ")[2].lower()
        if document in self._grammar.documents:
            self._documents[document] = name
        if not name or self._speakers.is_operation(name) or self._speakers.is_operation(who.name):
            return ""
        self._remember(who, name)
        return name

    def _named(self, who: Speaker) -> str:
        if who.kind == "pronoun":
            return self._pronoun(who)
        if who.kind == "some":
            many = self._last("many", who.start, self._paragraph(who.start))
            return many or ("" if self._things_before(who.start) else who.name)
        if who.kind == "role":
            return self._office(who)
        return self._speakers.fullest(who.name)

    def _remember(self, who: Speaker, name: str) -> None:
        kind = "body"
        if (who.kind == "pronoun" and who.head in self._grammar.singular) or self._is_person(name, who):
            kind = "person"
        elif (
            "document" not in who.roles
            and who.kind in ("role", "some")
            and (who.head.endswith("s") or who.head in _PLURAL_HEADS)
        ):
            kind = "many"
        if not self._spoken or self._spoken[-1][0] <= who.start:
            self._spoken.append((who.start, kind, name))
        if kind == "person":
            for word in who.roles:
                self._offices.setdefault(word, []).append((who.start, name))

    def _is_person(self, name: str, who: Speaker) -> bool:
        words = name.split()
        if is_person(name) or (not name.isascii() and name[:1] > "Ѐ" and 2 <= len(words) <= 3 and name.istitle()):
            return True
        if who.kind == "name" and 2 <= len(words) <= 4 and name not in self._organisations:
            # "Jen Easterly, the agency's director"
            return any(role in self._grammar.heads and role not in _BODIES | _FIRMS for role in who.roles)
        if who.head in _PLURAL_HEADS:
            return False
        return who.kind == "role" and (
            who.head in self._grammar.heads and not who.head.endswith("s") and who.head not in _BODIES | _FIRMS
        )

    def _pronoun(self, who: Speaker) -> str:
        grammar = self._grammar
        if who.head in grammar.singular:
            return self._person_before(who)
        paragraph = self._paragraph(who.start)
        if who.head in grammar.thing:
            subject = self._subject_before(who.start)
            if subject:
                return subject
            last = [spoken for spoken in self._spoken[-_RECENT:] if paragraph <= spoken[0] < who.start]
            return last[-1][2] if last and last[-1][1] == "body" and self._speaks_before(last[-1][0], who.start) else ""
        last = [spoken for spoken in self._spoken[-_RECENT:] if paragraph <= spoken[0] < who.start]
        return last[-1][2] if last and last[-1][1] == "many" and self._speaks_before(last[-1][0], who.start) else ""

    def _subject_before(self, at: int) -> str:
        """Whose document the sentence before is about: "The council's letter is blunt. It reads"."""
        start = self._reading.sentence(max(0, self._reading.sentence(at)[0] - 2))[0]
        if start < self._paragraph(at):
            return ""
        found = after(tokens(self._text, start, min(at, start + 200)), 0, self._grammar)
        if found is None or (self._grammar.is_english and found.ends < 1):
            return ""
        if not found.who.via:
            return self._body(found.who)
        document = found.who.via.rpartition(" ")[2].lower()
        self._documents[document] = self._speakers.fullest(found.who.name)
        self._document_of_it = document
        return self._documents[document]

    def _body(self, who: Speaker) -> str:
        """The name of a body that a sentence is about, for the "it" of the next one; empty for anything else."""
        if not self._grammar.is_english or "document" in who.roles:
            return ""
        if who.kind == "role":
            return self._office(who) if who.head in _BODIES | _FIRMS else ""
        name = self._speakers.fullest(who.name)
        known = name in self._organisations or bool(who.roles & (_BODIES | _FIRMS))
        return name if known and not self._speakers.is_operation(name) else ""

    def _things_before(self, at: int) -> bool:
        """Whether the sentence before is about an operation's content: "Similar clips …. One of them claimed"."""
        start = self._reading.sentence(max(0, self._reading.sentence(at)[0] - 2))[0]
        words = tokens(self._text, start, min(at, start + 200))
        stops = self._grammar.verbal | self._grammar.prepositions
        ends = next((k for k, word in enumerate(words) if k and word.low in stops), len(words))
        nouns = {word.low for word in words[:ends]}
        return bool(nouns & self._grammar.content) and not nouns & self._grammar.heads

    def _speaks_before(self, offset: int, at: int) -> bool:
        """Whether an offset is in the sentence of another one or in that before it."""
        start = self._reading.sentence(at)[0]
        return offset >= self._reading.sentence(max(0, start - 2))[0]

    def _person_before(self, who: Speaker) -> str:
        """The last person who spoke or began a sentence, of the pronoun's sex as far as the text tells."""
        start = who.start
        floor = max(0, start - _NEAR, self._paragraph(max(0, self._paragraph(start) - 2)) - 1)
        paragraph = self._paragraph(start)
        spoken = [(at, name) for at, kind, name in self._spoken[-6:] if kind == "person" and floor <= at < start]
        first, last = bisect_left(self._starts, floor), bisect_left(self._starts, start)
        full = [(at, self._speakers.fullest(name)) for at, name in self._persons[first:last]]
        spoke = {name for _, kind, name in self._spoken[-_RECENT:] if kind == "person"}
        subjects = [
            (at, name)
            for at, name in full
            if (self._begins_clause(at) and (is_person(name) or name in spoke or self._is_introduced(at)))
            or (is_person(name) and self._is_introduced(at))
        ]
        candidates = sorted([*spoken, *subjects])
        inside = [one for one in candidates if one[0] >= paragraph]
        described = "" if inside else self._person_described(start, paragraph)
        if described:
            return described
        for _, name in reversed(inside or candidates):
            if not self._other_sex(name, who.head):
                if inside:
                    self._sex.setdefault(name, who.head in _FEMALE)
                return name
        mentioned = {name for at, name in full if at >= paragraph and is_person(name)}
        return mentioned.pop() if len(mentioned) == 1 else ""

    def _person_described(self, at: int, paragraph: int) -> str:
        """ "A lawyer for the men insisted …. “…,” she said": the subject of the last sentence but one's own."""
        if not self._grammar.is_english:
            return ""
        start = self._reading.sentence(at)[0]
        for _ in range(2):
            start = self._reading.sentence(max(0, start - 2))[0]
            if start < paragraph:
                return ""
            found = after(tokens(self._text, start, min(at, start + 200)), 0, self._grammar)
            if found and found.who.kind == "role" and self._is_person(found.who.name, found.who):
                return self._office(found.who)
        return ""

    def _is_introduced(self, at: int) -> bool:
        """Whether a full name stands beside what its bearer is: "Jens Overby, a doctor", "its editor, Ann Lee,"."""
        match = _INTRODUCED.match(self._text, at)
        if match is None:
            return False
        before = self._text[max(0, at - 60) : at].rpartition(".")[2].split()
        words = [*match["what"].lower().split(), *(word.lower() for word in before)]
        people = self._grammar.heads - _BODIES - _FIRMS
        return any(word.strip(",.") in people or PERSON_HEAD.fullmatch(word.strip(",.")) for word in words)

    def _begins_clause(self, at: int) -> bool:
        """Whether a name is the first one of its sentence, with nothing but its titles and an opening before it."""
        start = self._reading.sentence(at)[0]
        before = self._text[start:at].strip(' “"«‘')
        return len(before) < 60 and not re.search(r"[;:”»]", before) and before.count(" ") < 8

    def _other_sex(self, name: str, pronoun: str) -> bool:
        surname = name.rpartition(" ")[2]
        if name in self._sex and pronoun in _MALE | _FEMALE:
            return self._sex[name] != (pronoun in _FEMALE)
        wrong = self._women if pronoun in _MALE else self._men if pronoun in _FEMALE else frozenset()
        return surname in wrong

    def _office(self, who: Speaker) -> str:
        """ "The minister", "the embassy", "a spokesman for X"."""
        short = len(tokens(who.name, 0, len(who.name))) <= 2
        if "-old" in who.name or who.head in ("man", "woman"):
            return self._person_before(who) or who.name
        definite = who.name.split(" ")[0].lower() in ("the", "le", "la", "der", "die", "das", "el", "l'")
        bare = re.sub(r"^(?:[Tt]he|[Ll]e|[Ll]a|[Dd]er|[Dd]ie|[Dd]as|[Ee]l) |^[Ll]['’]", "", who.name)
        if not definite or not short:
            return who.name
        if who.head in _FIRMS:
            named = [
                name
                for at, kind, name in self._spoken[-_RECENT:]
                if kind == "body" and at < who.start and name in self._organisations
            ]
            return named[-1] if named else self._speakers.fullest(who.name)
        if "document" in who.roles:
            return self._documents.get(who.head) or self._publisher(who) or who.name
        if who.head in _BODIES:
            full = self._speakers.fullest(who.name)
            return full if full != who.name else self._spoken_like(bare, who.start) or who.name
        for at, name in reversed(self._offices.get(who.head, [])[-_RECENT:]):
            if at < who.start:
                return name
        return self._titled_before(who) or who.name

    def _publisher(self, who: Speaker) -> str:
        """ "Corvid published its second report. The report says": Corvid."""
        owners = [
            owner for start, document, owner in self._published[:_RECENT] if start < who.start and document == who.head
        ]
        if not owners:
            return ""
        self._documents[who.head] = self._speakers.fullest(owners[-1])
        return self._documents[who.head]

    def _titled_before(self, who: Speaker) -> str:
        """ "Interior Minister Jonas Brandt met …. The minister said": the last person with that title."""
        title = who.head
        last = bisect_left(self._starts, who.start)
        for at, name in reversed(self._persons[max(0, last - 12) : last]):
            around = (
                self._text[max(0, at - 40) : at].lower()
                + self._text[at + len(name) : at + len(name) + 50].lower().split(".")[0]
            )
            if re.search(rf"\b{re.escape(title)}\b", around):
                return self._speakers.fullest(name)
        return ""

    def _spoken_like(self, word: str, at: int) -> str:
        """The last body that spoke whose name has the word."""
        for start, kind, name in reversed(self._spoken[-_RECENT:]):
            if kind == "body" and start < at and word.lower() in name.lower().split() and name.lower() != word.lower():
                return name
        return ""

    def _last(self, kind: str, before: int, floor: int) -> str:
        return next(
            (name for at, one, name in reversed(self._spoken[-_RECENT:]) if one == kind and floor <= at < before), ""
        )

    def _paragraph(self, at: int) -> int:
        floor = max(0, at - _PARAGRAPH)
        return self._text.rfind("\n", floor, at) + 1 or floor


def _cannot_tell(text: str) -> Iterator[re.Match[str]]:
    known = vocabulary(text)
    told = not known.isdisjoint(_TELLING) and not known.isdisjoint(("could", "unable", "able"))
    return _CANNOT_TELL.finditer(text) if told else iter(())


def _surnames(pattern: Expression, text: str) -> frozenset[str]:
    """The surnames that the text gives a man's or a woman's title."""
    return frozenset(match["surname"] for match in matches_at(text, pattern, _TITLED))


_NO_PERSONS = ("actor", "network", "agency", "company", "outlet", "state")
