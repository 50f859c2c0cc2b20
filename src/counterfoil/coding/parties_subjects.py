"""Who is the subject of a verb: through passives, relative clauses, participles, infinitives and pronouns."""

import re
from dataclasses import dataclass, field, replace

from counterfoil.coding import parties_words as w
from counterfoil.coding.parties_clauses import Sentence, Word
from counterfoil.coding.parties_phrases import NOBODY, Phrases, Role, heads
from counterfoil.coding.parties_words import Party

STEPS = 8  #: clauses that are climbed in search of a subject
_IN_GENERAL = re.compile(w.IN_GENERAL, re.IGNORECASE)
_IN_PARTICULAR = re.compile(w.IN_PARTICULAR, re.IGNORECASE)
#: Verbs by which "we", outside quotation marks, is the author of a study or a platform.
_AUTHORS_DO = frozenset(
    "build analyse analyze collect scrape study create set sign register follow examine measure train develop "
    "introduce prohibit ban remove publish release interview contact drop exclude".split()
)
_TO_LEARN = re.compile(
    r"\bto (?:see (?:whether|how|what)|study|measure|test|find out|learn)\b|\bfor the (?:purpose|experiment|study)\b"
)
_SUFFERED = re.compile(
    r"\b(?:impersonated|hacked|abused|cloned|the (?:target|victim|subject)|targeted|stolen|copied|misused)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Subjects(Phrases):
    """The verbs of a sentence and who does what they say. `before` is the sentence before, for pronouns."""

    before: str
    asked: frozenset[int] = field(default=frozenset(), kw_only=True)  #: pronouns whose owner is being looked for

    def is_doing(self, verb: int) -> bool:
        return self.word(verb).lemma not in w.SEES and self.word(verb).lemma not in w.ENDS

    def is_habit(self, verb: int, by: Party = Party.PLATFORM) -> bool:
        """Seeing or ending that goes on always: "block millions of fake accounts a month"."""
        text = self.sentence.text
        if _IN_PARTICULAR.search(text[self.word(verb).end :]):
            return False
        if _IN_GENERAL.search(text):
            return True
        group = self.sentence.group(verb)
        if self.sentence.kind(group - 1) == "t":
            return True  # "trained staff to recognise": nothing was seen yet
        kinds = [self.sentence.kind(at) for at in range(group, verb)]
        lemma = self.word(verb).lemma
        always = lemma in w.ENDS or (by is Party.PLATFORM and lemma in w.CATCHES)
        return always and self.word(verb).kind == "v" and "h" not in kinds

    def subject(self, verb: int, steps: int = STEPS) -> Role:
        """The party that does what a verb says."""
        sentence = self.sentence
        if steps == 0:
            return NOBODY
        agent = sentence.agent(verb) if self.word(verb).kind == "e" else None
        if agent is not None:
            return self.classify(*agent)
        if sentence.is_passive(verb):
            return NOBODY
        first = sentence.group(verb)
        left = first - 1
        while sentence.kind(left) == '"':
            left -= 1
        kind = sentence.kind(left)
        if kind == "t":
            return self._of_infinitive(left, steps)
        if kind == "r":
            return self._of_relative(left, steps)
        if kind == "q":
            return self._of_pronoun(left)
        if kind == "c":
            previous = sentence.verb_before(left)
            return self.subject(previous, steps - 1) if previous is not None else NOBODY
        if self.word(verb).kind == "g" and verb == first:
            return self._of_participle(verb, left, steps)
        if kind == ",":
            return self._before_insertion(left, steps)
        if kind in "veg":
            return self._behind_verb(left, verb, steps)
        if kind == "|" or kind == "s":
            return NOBODY
        bare = first == verb and self.word(verb).kind == "e" and sentence.kind(verb + 1) == "p"
        if bare and self.word(verb).lemma in w.DONE_TO:
            return NOBODY
        low, high = sentence.phrase_before(first)
        return self._of_phrase(low, high, verb, steps)

    def _of_phrase(self, low: int, high: int, verb: int, steps: int) -> Role:
        """The noun phrase before a verb, unless it is the end of a relative clause or of a participle."""
        sentence = self.sentence
        earlier = low - 1
        if sentence.kind(earlier) in "veg" and self.word(verb).kind != "g" and self.word(earlier).lemma not in w.SPEAKS:
            relative = sentence.group(earlier) - 1
            if sentence.kind(relative) == "r":
                return self._of_relative(relative, steps)
            if self.word(earlier).kind in "eg" and sentence.kind(relative) in "nj" and not self._finite(earlier):
                return self.classify(*sentence.phrase_before(relative + 1))
        if high - low > 0 and sentence.kind(low) == "p" and self.word(verb).kind != "g":
            found = self.classify(low, high, last=True)
            named = any(word.name for word in self.between(found))
            return NOBODY if named else found  # "on Instagram": a place, not who acts
        return self.classify(low, high)

    def _finite(self, verb: int) -> bool:
        return self.sentence.kind(verb - 1) in "xhmaq" or self.sentence.kind(verb + 1) in "dn"

    def _of_infinitive(self, to: int, steps: int) -> Role:
        sentence = self.sentence
        if sentence.kind(to - 1) == "n" and self.word(to - 1).low.rstrip("s") in (
            "attempt",
            "plot",
            "scheme",
            "campaign",
        ):
            return NOBODY
        nearest = to - 1
        while sentence.kind(nearest) in "ad":
            nearest -= 1
        if sentence.kind(nearest) in "xh":  # "were each to write"
            return self.classify(*sentence.phrase_before(nearest))
        matrix = sentence.verb_before(to)
        if matrix is not None and any(sentence.kind(at) in "sr" for at in range(matrix, to - 1)):
            return NOBODY
        if matrix is None:
            comma = self._first_clause_after(to)
            return self.subject(comma, steps - 1) if comma is not None and comma > to + 1 else NOBODY
        if sentence.is_passive(matrix) or (self.word(matrix).kind == "e" and sentence.agent(matrix) is not None):
            return NOBODY
        lemma = self.word(matrix).lemma
        has_object = to - matrix > 1 and sentence.kind(to - 1) in "nj"
        if has_object and lemma in w.SEES | w.ENDS and lemma not in w.SETS_ON:
            return NOBODY
        return self.subject(matrix, steps - 1)

    def _first_clause_after(self, at: int) -> int | None:
        """The main verb behind a fronted phrase: "To measure it, the scientists showed"."""
        words = self.sentence.words
        comma = next((n for n in range(at, len(words)) if words[n].kind == ","), None)
        if comma is None:
            return None
        return next((n for n in range(comma, len(words)) if words[n].is_verb), None)

    def _of_relative(self, relative: int, steps: int) -> Role:
        """Whom a who, which or that stands for: the head of what is before, or for who the nearest person."""
        low, high = self.sentence.phrase_before(relative)
        if self.sentence.kind(relative - 1) == ",":
            low, high = self.sentence.phrase_before(relative - 1)
        if low == high:
            return NOBODY
        whole = self.classify(low, high)
        if self.word(relative).low != "who" or whole.party is Party.OPERATION:
            return whole
        if any(word.name for word in self.between(whole)):
            return self.classify(low, high, last=True)  # "on Twitter by volunteers who"
        return self.classify(low, high, last=True) if not whole.is_other else whole

    def _of_participle(self, verb: int, left: int, steps: int) -> Role:
        sentence = self.sentence
        kind = sentence.kind(left)
        if kind == "p":
            if self.word(left).low not in ("by", "while", "after", "before", "without", "through", "in"):
                return NOBODY
            matrix = sentence.verb_before(left)
            if matrix is None:
                main = self._first_clause_after(verb)
                return self.subject(main, steps - 1) if main is not None else NOBODY
            return self.subject(matrix, steps - 1)
        if kind in 'nj"':
            low, high = sentence.phrase_before(left + 1)
            return self.classify(low, high)
        if kind in ",s":
            matrix = sentence.verb_before(left)
            if matrix is not None and self.word(matrix).lemma in w.SEES | w.ENDS:
                return NOBODY  # "removed the accounts, posing as"
            matrix = matrix if matrix is not None else self._first_clause_after(verb)
            if kind == "," and sentence.kind(left - 1) == "n" and self._first_clause_after(verb) is not None:
                return self.classify(*sentence.phrase_before(left))
            return self.subject(matrix, steps - 1) if matrix is not None else NOBODY
        if kind in "veg" and (
            self.word(left).lemma not in w.SEES | w.ENDS or (self.word(left).kind == "v" and self.is_habit(left))
        ):
            return self.subject(left, steps - 1)
        return NOBODY

    def _before_insertion(self, comma: int, steps: int) -> Role:
        """The subject in front of what stands between commas: "Telegram, which has many users, launched"."""
        sentence = self.sentence
        opening = next((n for n in range(comma - 1, -1, -1) if sentence.kind(n) == ","), None)
        if opening is None:
            return NOBODY
        low, high = sentence.phrase_before(opening)
        if low == high:
            return NOBODY
        found = self.classify(low, high)
        inserted = sentence.text[self.word(opening).end : self.word(comma).start]
        if re.match(r"\s*(?:whose|who)\b", inserted) and _SUFFERED.search(inserted):
            return self.other(Party.VICTIM, low, high)
        return found

    def _behind_verb(self, left: int, verb: int, steps: int) -> Role:
        """Two verbs in a row: a relative clause has just ended ("the man whom she knew posted")."""
        sentence = self.sentence
        relative = next((n for n in range(left - 1, max(-1, left - 12), -1) if sentence.kind(n) == "r"), None)
        if relative is None:
            return self.subject(left, steps - 1) if self.word(verb).kind == "g" else NOBODY
        low, high = sentence.phrase_before(relative)
        if low == high:
            return NOBODY
        inside = sentence.text[self.word(relative).start : self.word(left).end]
        if _SUFFERED.search(inside):
            return self.other(Party.VICTIM, low, high)
        return self.classify(low, high)

    def _of_pronoun(self, at: int) -> Role:
        pronoun = self.word(at).low
        text = self.sentence.text
        if pronoun == "we":
            following = next((x for x in self.sentence.words[at + 1 : at + 6] if x.is_verb), None)
            quoted = re.search(r"[\"“«]", text[: self.word(at).start]) is not None
            if following is None or quoted:
                return NOBODY
            studying = following.lemma in w.MAKES and _TO_LEARN.search(text)
            if following.lemma not in _AUTHORS_DO and not studying:
                return NOBODY
            made = Party.PLATFORM if following.lemma in ("prohibit", "ban", "remove", "introduce") else Party.RESEARCHER
            return self.other(made, at, at + 1)
        if pronoun not in ("it", "they", "he", "she"):
            return NOBODY
        speaking = self.sentence.verb_before(at)
        if speaking is not None and self.word(speaking).lemma in w.SPEAKS:
            told = self.subject(speaking, 2)
            return told if told.is_other and self._agrees(pronoun, told) else NOBODY
        if speaking is not None or not self.before:
            return NOBODY
        return self._from_before(pronoun)

    def owner(self, pronoun: Word) -> Role:
        """Whose "its" is, from who speaks in this sentence or acts in the one before."""
        at = self.sentence.words.index(pronoun)
        if at in self.asked:
            return NOBODY  # whoever speaks is "its" own, in turn
        speaking = self.sentence.verb_before(at)
        like = "it" if pronoun.low == "its" else "they"
        if speaking is None:
            return self._from_before(like) if self.before else NOBODY
        if self.word(speaking).lemma not in w.SPEAKS:
            return NOBODY
        told = replace(self, asked=self.asked | {at}).subject(speaking, 2)
        return told if told.is_other and self._agrees(like, told) else NOBODY

    def _agrees(self, pronoun: str, role: Role) -> bool:
        if role.words is None:
            return False
        words = [word for word in self.sentence.words if role.words[0] <= word.start < role.words[1]]
        return _number_fits(pronoun, words)

    def _from_before(self, pronoun: str) -> Role:
        """A pronoun at the beginning stands for the subject before, if nothing of an operation's is there."""
        earlier = Subjects(Sentence.of(self.before), (), "")
        verb = next((n for n, word in enumerate(earlier.sentence.words) if word.is_verb), None)
        if verb is None or any(heads().get(word.low) is Party.OPERATION for word in earlier.sentence.words):
            return NOBODY
        told = earlier.subject(verb)
        if not told.is_other or not earlier._agrees(pronoun, told):
            return NOBODY
        return Role(told.party, None, told.note + " (the sentence before)")


def _number_fits(pronoun: str, words: list[Word]) -> bool:
    head = next((word for word in reversed(words) if word.kind == "n"), None)
    if head is None:
        return False
    many = (head.low.endswith("s") and head.name is None) or head.low in ("police", "people", "staff")
    if pronoun == "they":
        return many
    return not many and (pronoun == "it") == (head.name is not None or head.low not in w.PERSONS_IN_PUBLIC)
