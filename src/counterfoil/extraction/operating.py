"""Whether the subject of a clause is the operation a report is about, or somebody who reports, suffers or denies."""

import re
from dataclasses import dataclass
from enum import Enum

from counterfoil.extraction.english_tokens import Token, tokens
from counterfoil.extraction.given_names import is_person
from counterfoil.extraction.invented_speakers import is_invented
from counterfoil.extraction.naming import INFLUENCE, by_name
from counterfoil.extraction.noun_phrases import NounPhrase, listed_before, phrase_before, phrases_in
from counterfoil.extraction.phrase_cores import TITLES
from counterfoil.extraction.phrases import word_starts
from counterfoil.extraction.placed import Placed
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.states import gazetteer
from counterfoil.extraction.subject_links import AIM, LINK
from counterfoil.extraction.word_lists import word_classes
from counterfoil.model.extraction import Actor, Extraction

WORDS = word_classes("operation_words.txt")
_WINDOW = 300
_NEAR = 600  #: letters between an operation's name and what it does
_DEEPEST = 5  #: pronouns that are followed from one to the next
_LONGEST_SENTENCE = 2500
_ADJACENT = 3
_REPORT = 3  #: words for contents of a report on them
_INSERTION = 16  #: words between commas
_FAKE_NEAR = 90  #: letters between a medium and the word that says it is fake
_TOLD_BACK = 6  #: sentences that tell what a paragraph is about, headings and numbers of paragraphs among them
_BACK = 3  #: sentences that a pronoun is followed back over
_RELATIVE = frozenset("which that who whom".split())
_INSERTED = _RELATIVE | frozenset("most some many all none half whose one two three several".split())
_REFERRING = frozenset("it they them these this those both each ones others another".split())
_POSSESSIVE = frozenset("its their".split())
_SOME = frozenset("some others many several most one another these those both".split())


class Side(Enum):
    """On whose side somebody acts."""

    OPERATION = "operation"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Subject:
    """Who does what a verb says, as far as it can be told, and on which side."""

    side: Side
    phrase: NounPhrase | None = None


class Operating:
    """Knows the operations of one report, who runs them, and everybody else."""

    def __init__(self, reading: Reading, found: Extraction) -> None:
        self._reading, self.text = reading, reading.text
        influence = by_name(found.actors, INFLUENCE)
        self.names = Placed(self.text, {name: actor.name for name, actor in influence.items()})
        self._influence = influence.keys()
        sponsors = {claim.to for claim in found.attributions if claim.strength != "denied"}
        sponsors |= {claim.actor for claim in found.attributions if claim.strength != "denied"}
        self._runners = {
            name
            for actor in found.actors
            if sponsors & _names(actor)
            for name in _names(actor)
            if actor.kind != "outlet"
        }
        platforms = {item.name for item in found.platforms}
        self._others = (
            platforms | {name for actor in found.actors for name in _names(actor)} - self._influence - self._runners
        )
        self.states = {actor.state for actor in found.actors if sponsors & _names(actor)}
        self.states |= {actor.state for actor in influence.values()} - {""}
        self._firsts: dict[int, Side] = {}
        self._meant: dict[int, Side] = {}
        self._depth = 0
        self._subjects: dict[int, Subject] = {}
        self._told: dict[int, bool] = {}
        starts = word_starts(self.text)
        said = sum(len(starts[word]) for word in _CONTENTS & starts.keys())
        #: Whether the whole text is about an operation.
        self._is_report = bool(self.names.mentions) or said >= _REPORT

    def sentence(self, offset: int) -> tuple[int, int] | None:
        """The range of the sentence around an offset; None if it is so long that it is no prose."""
        start, end = self._reading.sentence(offset)
        return (start, end) if end - start < _LONGEST_SENTENCE else None

    def is_operation(self, name: str) -> bool:
        """Whether a name is an operation's."""
        return name in self._influence

    def is_runner(self, name: str) -> bool:
        """Whether somebody of that name runs or pays an operation, as the report says."""
        return name in self._runners

    def by(self, start: int, end: int) -> str:
        """Whose doing it is: the operation named in a sentence before `end`, else the last one named before."""
        last = self.names.last(start, end) or self.names.last(max(0, start - _NEAR), start)
        if last is None:
            return self.names.only(0, len(self.text)) or (self.names.first(start, start + _NEAR) or (0, 0, ""))[2]
        return last[2]

    def subject(self, verb: int) -> Subject:
        """Who does what the verb at an offset says."""
        if verb not in self._subjects:
            self._subjects[verb] = self._find_subject(verb)
        return self._subjects[verb]

    def told(self, offset: int) -> bool:
        """Whether the sentence around an offset, or one close before it, speaks of an operation or what is its."""
        if self._is_report:
            return True
        start, end = self._reading.sentence(offset)
        for _ in range(_TOLD_BACK):
            if self._speaks_of(start, min(end, start + _LONGEST_SENTENCE)):
                return True
            if start == 0:
                return False
            start, end = self._reading.sentence(start - 1)
        return False

    def acts_near(self, offset: int) -> bool:
        """Whether an operation, or what is its, is the subject of the sentence around or before an offset."""
        start, end = self._reading.sentence(offset)
        if self._first_side(start, end) is Side.OPERATION:
            return True
        return start > 0 and self._first_side(*self._reading.sentence(start - 1)) is Side.OPERATION

    def _speaks_of(self, start: int, end: int) -> bool:
        if start not in self._told:
            self._told[start] = self.names.first(start, end) is not None or any(
                token.lower in _NETWORKS or token.lower in _CONTENTS for token in tokens(self.text, start, end)
            )
        return self._told[start]

    def fake(self, offset: int) -> bool:
        """Whether the sentence around an offset, up to there or close behind, says that a medium is fake."""
        start, end = self._reading.sentence(offset)
        start, end = max(start, offset - _FAKE_NEAR), min(end, offset + _FAKE_NEAR)
        return any(
            token.lower in WORDS["fake media"] or token.lower.startswith("deepfake")
            for token in tokens(self.text, start, end)
        )

    def content_side(self, start: int, end: int) -> Side:
        """On whose side the medium stands that the words up to `end` name ("one of its clips", "Reuters footage")."""
        phrase = phrase_before(self.text, start, end)
        return self.side(phrase) if phrase else Side.UNKNOWN

    def _find_subject(self, verb: int) -> Subject:
        floor, _ = self._reading.sentence(verb)
        floor = max(floor, verb - _WINDOW)
        before = tokens(self.text, floor, verb)
        if AIM.search(self.text, max(floor, verb - 110), verb):
            return Subject(Side.OPERATION)
        end = _subject_end(before)
        phrase = self.carrier(floor, before[end - 1].end) if end else None
        if end < len(before) and before[end].kind in ("R", "J", "D", ",") and phrase is not None:
            nearest = phrase_before(
                self.text, floor, before[end - 1].end
            )  # "traced it to X, an operation that smeared"
            phrase = nearest if nearest and self.side(nearest) is Side.OPERATION else phrase
        if not end and before and before[-1].kind == ",":
            named = phrase_before(self.text, floor, verb)
            phrase = (
                named if named and "," in self.text[named.start : named.end] else None
            )  # the comma closes an apposition
            phrase = phrase or self._before_insertion(floor, before)
        if phrase is not None:
            side = self.side(phrase)
            if side is not Side.UNKNOWN:
                return Subject(side, phrase)
            if phrase.name is None and before[end - 1].lower in WORDS["operating"]:
                return Subject(Side.OPERATION, phrase)
        return Subject(self._clause_subject(floor, verb), phrase)

    def _before_insertion(self, floor: int, before: tuple[Token, ...]) -> NounPhrase | None:
        """The subject before words between commas: "a calm voice, in English, reports"."""
        for at in range(len(before) - 2, max(0, len(before) - _INSERTION), -1):
            if before[at].kind == ",":
                inserted = before[at + 1].kind in ("P", "E", "I", "B", "A") or before[at + 1].lower in _INSERTED
                return self.carrier(floor, before[at - 1].end) if inserted else None
        return None

    def carrier(self, floor: int, end: int) -> NounPhrase | None:
        """The phrase that ends there, or the one it hangs on: "a network of accounts linked to Russia"."""
        for _ in range(_BACK):
            phrases = listed_before(self.text, floor, end)
            if not phrases:
                return None
            others = self.text[phrases[-1].start : phrases[-1].end].lower() == "others"
            phrase = phrases[0] if others else phrases[-1]
            link = LINK.search(self.text, max(floor, phrase.start - 40), phrase.start)
            earlier = phrase_before(self.text, floor, link.start()) if link else None
            if link is None or earlier is None or earlier.start >= phrase.start:
                return phrase
            end = link.start()
        return phrase

    def side(self, phrase: NounPhrase) -> Side:
        """On whose side a phrase stands."""
        first = self.text[phrase.start : phrase.end].split(" ", 1)[0].lower()
        if (
            phrase.head in _REFERRING
            or first in _POSSESSIVE
            or (not phrase.head and first in _SOME and not phrase.name)
        ):
            side = self._headed(phrase) if first in _POSSESSIVE else Side.UNKNOWN
            return side if side is not Side.UNKNOWN else self._referred(phrase.start)
        behind = self.text.startswith(" behind ", phrase.end) or "same people" in self.text[phrase.start : phrase.end]
        if behind and phrase.name is None:
            return Side.OPERATION
        if phrase.inner and (phrase.head in WORDS["reporting"] or phrase.head in TITLES):
            return Side.OTHER  # "a spokesman for N"
        if phrase.name is None and _FAKED & set(self.text[phrase.start : phrase.end].lower().split()):
            return Side.OPERATION
        if phrase.name is not None:
            name = self.text[slice(*phrase.name)]
            if name.lower() in _NETWORKS | _CONTENTS:  # a platform's "Pages"
                return Side.OPERATION
            if name in self._influence or name in self._runners:
                return Side.OPERATION
            if not phrase.inner:
                return self._named_side(name, phrase)
            if phrase.head in WORDS["reporting"] or is_person(name):
                return Side.OTHER
        return self._headed(phrase)

    def _headed(self, phrase: NounPhrase) -> Side:
        if phrase.head in WORDS["operating"]:
            return Side.OPERATION
        if phrase.head in WORDS["parts"]:  # "one sequence of memes", "a tenth claimed"
            made = set(self.text[phrase.start : phrase.end].lower().split()) & WORDS["operating"]
            return Side.OPERATION if made else self._referred(phrase.start)
        if phrase.head in WORDS["invented speakers"] and self._is_invented(phrase):
            return Side.OPERATION
        other = phrase.head in WORDS["reporting"] or phrase.head in WORDS["institution"] or _is_persons(phrase.head)
        return Side.OTHER if other else Side.UNKNOWN

    def _is_invented(self, phrase: NounPhrase) -> bool:
        start, _ = self._reading.sentence(phrase.start)
        return self.told(phrase.start) and is_invented(self.text, phrase, max(0, start - _WINDOW))

    def _named_side(self, name: str, phrase: NounPhrase) -> Side:
        state = gazetteer().names.get(name)
        if state is not None:
            return Side.OPERATION if state[0] in self.states else Side.OTHER
        if name in self._others:
            return Side.OTHER
        if phrase.head in WORDS["operating"]:  # "the page Salam Minbar"
            return Side.OPERATION
        if is_person(name):
            return Side.OTHER
        return Side.OTHER if phrase.head in WORDS["reporting"] or phrase.head in TITLES else Side.UNKNOWN

    def _clause_subject(self, floor: int, verb: int) -> Side:
        """The nearest subject of a clause before, else the first phrase that hangs on no preposition."""
        phrases = [phrase for phrase in phrases_in(self.text, floor, verb) if not self._hangs(phrase, floor)]
        subjects = [phrase for phrase in reversed(phrases) if self._has_verb(phrase.end, verb)]
        for phrase in (*subjects, *phrases[:1]):
            side = self.side(phrase)
            if side is not Side.UNKNOWN:
                return side
        return Side.UNKNOWN

    def _hangs(self, phrase: NounPhrase, floor: int) -> bool:
        before = self.text[max(floor, phrase.start - 12) : phrase.start].split()[-1:]
        return bool(before) and (before[0].lower() in _HANGING or before[0].lower() in ("which", "whom"))

    def _has_verb(self, end: int, verb: int) -> bool:
        """Whether a verb follows a phrase, right behind it or behind "which"."""
        found = [token for token in tokens(self.text, end, min(verb, end + 60)) if token.kind != "B"]
        relative = 1 if found[:1] and found[0].lower in _RELATIVE else 0
        if len(found) > 1 and found[0].kind == "," and found[1].lower in _RELATIVE:
            relative = 2
        if not found:
            return verb - end < _ADJACENT
        return len(found) > relative and (relative > 0 or found[0].kind in ("X", "V", "E"))

    def _referred(self, offset: int) -> Side:
        """Whom "it" or "they" at an offset mean: the subject of the clause or sentence before."""
        if offset not in self._meant:
            self._meant[offset] = Side.UNKNOWN  # a chain of pronouns that comes back here tells nothing
            self._depth += 1
            self._meant[offset] = self._look_back(offset) if self._depth < _DEEPEST else Side.UNKNOWN
            self._depth -= 1
        return self._meant[offset]

    def _look_back(self, offset: int) -> Side:
        start, end = self._reading.sentence(offset)
        same = re.compile(r"(?i)\b(?:it|they)\b").search(self.text, start, offset)
        if same and same.group().lower() == self.text[offset : same.end() - same.start() + offset].lower():
            offset = same.start()
        if tokens(self.text, offset, min(end, offset + 12))[0].lower in _SOME and offset > start + 1:
            side = self._first_side(start, offset)  # "pages claimed that N had lied, while others …"
            if side is Side.OPERATION:
                return side
        if offset > start + 1:
            side = self._clause_subject(max(start, offset - _WINDOW), offset)
            if side is not Side.UNKNOWN:
                return side
        for _ in range(_BACK):
            if start == 0:
                break
            start, end = self._reading.sentence(start - 1)
            side = self._first_side(start, end)
            if side is not Side.UNKNOWN:
                return side
        return Side.UNKNOWN

    def _first_side(self, start: int, end: int) -> Side:
        """The side of a sentence's subject, else of whatever operation it names."""
        if start in self._firsts:
            return self._firsts[start]
        self._firsts[start] = Side.UNKNOWN  # a pronoun there is followed back no further
        phrases = phrases_in(self.text, start, min(end, start + _WINDOW))
        free = [phrase for phrase in phrases if not self._hangs(phrase, start)]
        subject = next((phrase for phrase in free if self._goes_on(phrase.end, end)), free[0] if free else None)
        side = self.side(subject) if subject else Side.UNKNOWN
        if side is not Side.OPERATION and any(self._is_network(phrase) for phrase in phrases):
            side = Side.OPERATION if subject is None or not _is_persons(subject.head) else side
        self._firsts[start] = side
        return side

    def _goes_on(self, end: int, limit: int) -> bool:
        """Whether a verb or a participle follows: "a forged letter bearing the logo of N"."""
        behind = tokens(self.text, end, min(limit, end + 20))[:1]
        return self._has_verb(end, limit) or (behind != () and behind[0].kind == "I")

    def _is_network(self, phrase: NounPhrase) -> bool:
        name = self.text[slice(*phrase.name)] if phrase.name else ""
        return name in self._influence or (phrase.head in _NETWORKS and not phrase.inner)


_SPEAKERS = frozenset("i we he she you him her us me".split())
_NETWORKS = frozenset("network operation campaign cluster accounts networks campaigns operations personas".split())
#: Contents of an operation, in a report on one.
_CONTENTS = frozenset(
    "posts post videos video clip clips accounts account channel channels pages bots trolls memes deepfake "
    "deepfakes comments doctored fabricated "
    "content messages articles disinformation propaganda smear falsehoods forgery forged fake cartoons hashtags "
    "misinformation forgeries fakes hoax hoaxes rumour rumor rumours rumors lies smears narrative narratives "
    "impersonated "
    "impersonating pdf deepfaked ai-generated troll sockpuppets doxxed".split()
)
_FAKED = WORDS["fake media"]
_HANGING = frozenset(
    "in on at by for with from of to into about against between among during under since until after before as via "
    "through across near over without including like than per despite".split()
)


def _names(actor: Actor) -> set[str]:
    return {actor.name, *(alias.name for alias in actor.aliases)}


def _is_persons(head: str) -> bool:
    return (
        head in _SPEAKERS
        or head.removesuffix("s") in TITLES
        or head.endswith(("ist", "ists", "ator", "ators", "woman"))
    )


def _subject_end(before: tuple[Token, ...]) -> int:
    """How many tokens there are up to the subject's end: auxiliaries, adverbs and a relative pronoun left out.

    0 if what stands before the verb is no subject: "…, claiming that", "began in May and smeared".
    """
    end = len(before)
    while end and (before[end - 1].kind in ("B", "X") or before[end - 1].lower in ("also", "then", "again")):
        end -= 1
        if end > 1 and before[end - 1].lower == "to" and before[end - 2].kind in ("V", "E", "I"):
            end -= 2  # "sought to"
    while end > 1 and before[end - 1].lower == "to" and before[end - 2].kind in ("V", "E", "I", "n", "N", "X"):
        end -= 2  # "sought to discredit"
        while end and before[end - 1].kind in ("B", "X"):
            end -= 1
    if end and before[end - 1].lower in _RELATIVE:
        end -= 1
        if end > 1 and before[end - 1].kind == "O":  # "most of which"
            end -= 2
        while end and before[end - 1].kind == ",":
            end -= 1
        return end
    return 0 if end and before[end - 1].kind in (",", "J", "P") else end
