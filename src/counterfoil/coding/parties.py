"""Whose act a passage tells of: the operation's, or a platform's, a researcher's, the police's, a victim's.

The right words about the wrong party are a coder's commonest error: "the researchers created test
accounts". This finds the verb that the fired words belong to, its subject, and what kind of party the
subject is. Another party than the operation is named only where the grammar says so; the operation's
acts in other people's sentences ("Meta removed accounts that posed as nurses") stay the operation's.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from counterfoil.coding import parties_words as w
from counterfoil.coding.parties_clauses import Sentence
from counterfoil.coding.parties_phrases import ACT_OF, NOBODY, Range, Role, heads
from counterfoil.coding.parties_subjects import Subjects
from counterfoil.coding.parties_words import Party

__all__ = ["Party", "Role", "party"]

_DECEPTIVE = re.compile(rf"\b(?:{w.DECEPTIVE})", re.IGNORECASE)
_UNDERCOVER = re.compile(rf"\b(?:{w.UNDERCOVER})", re.IGNORECASE)
_PRESS_WORK = re.compile(r"\b(?:correction|article|interview|story|documentary)\b")
_DENIAL = re.compile(w.DENIAL, re.IGNORECASE)
_EXPERIMENT = re.compile(
    r"\b(?:test|dummy|research|decoy|honeypot)\W+(?:\w+\W+)?(?:accounts?|profiles?|pages?)\b", re.IGNORECASE
)


def party(passage: str, start: int, end: int, *, before: str = "", actors: Iterable[tuple[int, int]] = ()) -> Role:
    """Who does the act that the words from `start` to `end` of a passage speak of.

    Args:
        passage: one sentence.
        start: first character of the fired words.
        end: the character after the last.
        before: the sentence before, for pronouns.
        actors: ranges of the passage that name operations, whatever their words look like.
    """
    return _Search(Sentence.of(passage), tuple(actors), before, (start, end)).role()


@dataclass(frozen=True, slots=True)
class _Search(Subjects):
    """Where the fired words stand in their sentence, and whether the act is the subject's own."""

    fired: Range

    def role(self) -> Role:
        inside = [
            number
            for number, word in enumerate(self.sentence.words)
            if word.start < self.fired[1] and word.end > self.fired[0]
        ]
        if not inside:
            return NOBODY
        if self._is_name_of_platform(inside):
            return NOBODY  # a platform is named: its being named is the evidence
        verb = self._own_verb(inside)
        if verb is not None and self._ends_assets(verb, inside):
            return self._governed(verb, inside[-1])
        if verb is not None:
            return self._judged(self.subject(verb), verb, own=True)
        at = inside[0]
        bridging = [number for number in inside if self.word(number).is_verb]
        governing = bridging[-1] if bridging else self._governing(at)
        if governing is None:
            return self._as_subject(at, inside[-1])
        return self._governed(governing, at if not bridging else inside[-1])

    def _own_verb(self, inside: list[int]) -> int | None:
        """The verb among the fired words, if they begin or end with one; one in between only bridges cues."""
        first = inside[0]
        while first < inside[-1] and self.word(first).kind in "xhmat":
            first += 1
        for at in (first, inside[-1]):
            if self.word(at).is_verb:
                return at
        return None

    def _ends_assets(self, verb: int, inside: list[int]) -> bool:
        """ "Removed 87 accounts" as a whole tells of the accounts, not of the removal."""
        assets = any(heads().get(self.word(at).low) is Party.OPERATION for at in inside if at > verb)
        return self.word(verb).lemma in (w.ENDS | w.SEES) - {"report"} and assets

    def _is_name_of_platform(self, inside: list[int]) -> bool:
        names = [word for word in map(self.word, inside) if word.kind not in "pdc"]
        return all(word.name is Party.PLATFORM and word.text not in w.MODEL_MAKERS for word in names)

    def _governing(self, at: int) -> int | None:
        """The verb whose object, or other complement, the fired noun phrase is; None for a subject."""
        sentence = self.sentence
        _, high = sentence.phrase_after(at)
        has_own_verb = sentence.kind(high) in "vexhm"
        first_verb = next((n for n, word in enumerate(sentence.words) if word.is_verb), at)
        place = at - 1
        while sentence.kind(place) in 'ndjpoact"' or (
            sentence.kind(place) == "," and not has_own_verb and first_verb < place  # a list: "domains, servers and"
        ):
            place -= 1
        return place if place >= 0 and self.word(place).is_verb else None

    def _as_subject(self, at: int, last: int) -> Role:
        sentence = self.sentence
        low, _ = sentence.phrase_before(at)
        _, high = sentence.phrase_after(last)
        verb = next((n for n in range(high, min(high + 6, len(sentence.words))) if self.word(n).is_verb), None)
        if self.word(low).kind == "p" and sentence.kind(high) == ",":  # "On X, the police posted": the verb comes yet
            verb = next((n for n in range(high, len(sentence.words)) if self.word(n).is_verb), None)
            return self._governed(verb, at) if verb is not None else NOBODY
        if sentence.kind(low) == "p":
            return NOBODY
        if verb is not None and (sentence.is_passive(verb) or self.word(verb).kind == "e"):
            agent = sentence.agent(verb)
            if agent is not None:
                by = self.classify(*agent)
                return by if self.is_doing(verb) else NOBODY
            if sentence.is_passive(verb):
                return NOBODY
        found = self.classify(low, high)
        if verb is None or not found.is_other:
            return found if found.party is Party.OPERATION else NOBODY
        return self._judged(found, verb, own=False, whole=True)

    def _governed(self, verb: int, at: int) -> Role:
        """The fired words are the object of a verb, or hang on it."""
        lemma = self.word(verb).lemma
        between = [word.low for word in self.sentence.words[verb + 1 : at]]
        if any(word in w.TEXTS for word in between) and any(word in w.PREPOSITIONS for word in between):
            return NOBODY  # "published an article about the fake accounts"
        agent = self.sentence.agent(verb)
        if agent is not None and agent[0] <= at:
            return NOBODY
        found = self.subject(verb)
        if found.words is not None and found.words[0] < self.fired[1] and found.words[1] > self.fired[0]:
            return NOBODY  # they are part of who acts
        if _EXPERIMENT.search(self._fired_phrase(at)) and not found.is_other:
            return Role(Party.RESEARCHER, self.fired, "test accounts are researchers' own")
        habit = not self.is_doing(verb) and self.is_habit(verb, found.party)
        if lemma in w.MAKES | w.WARDS or habit:
            return self._judged(found, verb, own=False)
        return found if not found.is_other else NOBODY

    def _fired_phrase(self, at: int) -> str:
        low, _ = self.sentence.phrase_before(at)
        return self.sentence.text[self.word(low).start : self.fired[1]]

    def _judged(self, role: Role, verb: int, *, own: bool, whole: bool = False) -> Role:
        """The subject's role, or nobody's where such a party may well serve the operation."""
        text, lemma = self.sentence.text, self.word(verb).lemma
        if not role.is_other:
            return role if role.words is None or not own else self._as_victim_speaking(role, verb)
        subject = text[role.words[0] : role.words[1]] if role.words else ""
        act = text[self.word(verb).start :]
        if lemma in w.UNDERGOES:
            return NOBODY
        content = re.search(r"\b(?:content|our|its|platform)\b", subject, re.IGNORECASE) or any(
            x.name for x in self.between(role)
        )
        if _last(subject) in ("moderator", "moderators") and not content and lemma not in w.ENDS | w.WARDS:
            return NOBODY  # groups have moderators of their own
        soft = role.party is Party.PRESS and _last(subject).rstrip("s") in w.SOFT_PRESS
        if soft and lemma not in w.PRESS_AT_WORK and not _PRESS_WORK.search(act):
            return NOBODY
        if role.party is Party.PLATFORM and subject.lower().endswith("platform") and _DECEPTIVE.search(self._act(verb)):
            return NOBODY
        if role.party is Party.PLATFORM and whole and not w.MODEL_MAKERS & set(subject.split()):
            names_only = all(word.name for word in self.between(role) if word.kind == "n")
            if names_only and re.search(r"\b(?:removed|suspended|banned|took down|disabled|closed)\b", act):
                return NOBODY  # the platform is named because the operation was there
        if role.party in (Party.PRESS, Party.GOVERNMENT, Party.BYSTANDER) and _DECEPTIVE.search(self._act(verb)):
            bystanding = role.party is Party.BYSTANDER and lemma in w.HARMLESS | w.SPEAKS
            chasing = (
                role.party is Party.PRESS
                and lemma in ("pose", "publish", "obtain", "debunk")
                and not _false_object(act)
            )
            if not (bystanding or chasing or (role.party is Party.GOVERNMENT and _UNDERCOVER.search(text))):
                return NOBODY
        return role

    def _act(self, verb: int) -> str:
        """The fired words and what stands between them and the verb."""
        start = min(self.fired[0], self.word(verb).start)
        return self.sentence.text[start : max(self.fired[1], self.word(verb).end)]

    def _as_victim_speaking(self, role: Role, verb: int) -> Role:
        """ "The senator posted that she had been impersonated"; "some users reported the clip"."""
        subject = self.between(role)
        head = next((word.low for word in reversed(subject) if word.kind == "n"), "")
        rest = self.sentence.text[self.word(verb).end :]
        lemma = self.word(verb).lemma
        if role.words is None or self.sentence.kind(self.sentence.group(verb) - 1) != "n":
            return role
        pretended = any(word.low in w.PRETENDED for word in subject)
        if head in w.PERSONS_IN_PUBLIC and lemma in w.SPEAKS and _DENIAL.search(rest) and not pretended:
            made = Role(Party.VICTIM, role.words)
        elif (
            head in w.OFTEN_DOERS
            and head.endswith("s")
            and lemma in w.HARMLESS
            and not pretended
            and not _DECEPTIVE.search(rest)
        ):
            made = Role(Party.BYSTANDER, role.words)
        else:
            return role
        quote = self.sentence.text[role.words[0] : role.words[1]]
        return Role(made.party, made.words, f"the act of {ACT_OF[made.party]}: “{quote}”")


def _last(words: str) -> str:
    return words.lower().split()[-1] if words else ""


def _false_object(act: str) -> bool:
    return re.search(r"\b(?:fabricated|false|forged|fake)\b", act) is not None
