"""Where a text says that an operation acts against somebody: by verbs, nouns, fakes and claims."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter

from counterfoil.extraction.clauses import Claim
from counterfoil.extraction.english_tokens import Token, begins_sentence, tokens
from counterfoil.extraction.english_words import forms_of, verbs
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.named_people import named_people
from counterfoil.extraction.noun_phrases import NounPhrase, listed_at, listed_before, phrase_before, phrases_in
from counterfoil.extraction.operating import WORDS, Operating, Side
from counterfoil.extraction.phrases import spellings, vocabulary, word_starts
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.target_kinds import is_one_vote

_ATTACKING, _BLAMING = forms_of(*WORDS["attacking"]), forms_of(*WORDS["blaming"])
_POSING = forms_of(*WORDS["posing"])
#: Verb forms that are nouns as well; behind a determiner, an adjective or "of" they are taken for one.
_NOUNS = frozenset(
    "target targets attack attacks troll trolls smear smears clone clones spoof spoofs mock parody label labels "
    "brand brands "
    "cast call calls question questions blame slam insult insults threat present presents disrupt swat stalk".split()
)
_WITHOUT_OF = forms_of("accuse", "blame", "suspect")
_BE = frozenset("is are was were be been being got get gets".split())
_AGAINST = Expression(
    r"\b(?:campaigns?|operations?|attacks?|assaults?|smears?|disinformation|propaganda|offensives?|harassment|"
    r"threats?|hate|"
    r"abuse|activit(?:y|ies)|accusations?|allegations?|slanders?|insults?|narratives?|efforts?|messaging|content|"
    r"posts|ads?|adverts?|advertis\w+|memes?|stor(?:y|ies)|rumou?rs?|comments|hashtags?|bots|trolls|libel|smear\w*|"
    r"anger|resentment|lawsuits?|petitions?|protests?|invective|venom|fabrications?|deepfakes?|hoax(?:es)?|"
    r"directed|aimed|waged|lodged|levelled|leveled|incite[ds]?|inciting|hostility|agitat\w+|hatred|violence|"
    r"falsehoods|"
    r"lies|claims|turn\w*|interference|mobili[sz]\w+|articles?|videos?|forgeries|actions?)\b[^.;:,]{0,90}$"
)
_AIMED = Expression(
    r"\b(?:aimed|aiming|aims?|directed|directing|geared|levelled|leveled|targeted|take aim|takes aim|took aim|"
    r"taking aim|"
    r"taken aim|(?:lash|hit|lashed|hitting|lashing)\w* out|(?:take|took|taking) shots|poke\w* fun|poking fun)"
    r"(?: (?:primarily|mainly|mostly|also|chiefly|largely|squarely|specifically|in particular|especially))? at $"
)
_SET_ON = Expression(
    r"(?i)\b(?:(?:victimology|targeting|victims)(?: \w+){0,4} (?:to|on)|sights? (?:firmly |squarely )?on|homed in "
    r"on|zeroed in on|zeroing in on|homing in on|went after|going after|"
    r"goes after|spear-?phish\w* (?:e?mails? |messages? )?to|phishing (?:e-?mails?|mails?|messages?|lures?) to) ?$"
)
_FAKES_OF = Expression(
    r" ?(?:of|from|by|showing|featuring|depicting|that (?:showed|shows|depicted|depicts|featured|features)|in which|"
    r"purporting to (?:be|show|come|originate|be from|depict|feature)(?: from)?|purportedly (?:from|by|of|showing)|"
    r"supposedly (?:from|by|of|showing)|allegedly (?:from|by|of|showing)|in the name of|under the name of|"
    r"bearing the logos? of|attributed to|imitating|of what appeared to be) "
)
_IN_NAME = Expression(
    r"\b(?:in the names? of|bearing the logos? of|purporting to (?:be|come|originate|represent|speak for|be from)"
    r"(?: from)?|(?:designed|made) to (?:look like|resemble|mimic|imitate)|lookalikes? of|look-alikes? of) $"
)
_ENDS_NAME = frozenset("of be from for like resemble mimic".split())
_ENDS_SET_ON = frozenset(("to", "on", "after"))
_INCLUDED = Expression(
    r"(?: of (?:the |this |its )?[^.,;:]{1,60})?(?:,? (?:which|who))?(?: also| reportedly| have)?"
    r" (?:includ(?:ed|es?|ing)|were|was|are|is|ranged from|such as|like)(?: also| mainly| primarily| chiefly| "
    r"above all)?:? |: "
)
_TARGET_OF = Expression(
    r"\b(?:has |have |had )?(?:was|were|is|are|became|becomes|become|been|being|made|remains?|remained)"
    r"(?: (?:herself|himself|itself|themselves|also|among|one of|frequently|often|again|once|repeatedly))*"
    r"(?: (?:a|an|the|its|their|main|another|prime|primary|frequent|first|favourite|favorite|key|top|common|"
    r"repeated|preferred|"
    r"principal|chief|biggest|next|regular|direct|intended|most))* $"
)
_REPEATED = 4
_start_of = attrgetter("start")
_ITSELF = frozenset("also too himself herself itself themselves likewise".split())
_PERHAPS = frozenset("may might could would".split())
_CRIME = Expression(
    r"[^.;,]{0,20}\b(?:breach|hack|robbery|burglary|scam|shooting|fraud|stabbing|cyber-?attack|bombing)\b"
)
_AMONG = Expression(
    r",? (?:among them|amongst them|including|such as|notably|chiefly|especially|in particular|particularly|above "
    r"all|first of "
    r"all|most prominently|foremost)(?: |: )"
)
_OF_WHOM = Expression(r" (?:for|in|of|to|with|towards?|between) ")
_WHOM = Expression(r",? (?:whom|which|who) (?:it|they|its \w+|the \w+) (?:also |has |have |had |\w+ly )*$")


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that the text says is acted against, and where it says so.

    `firm` hits also count for groups and events; `faked` ones are impersonated, which platforms may be too;
    `claimed` ones are only what a claim is about; `direct` ones are called targets in so many words.
    """

    phrase: NounPhrase
    at: int
    firm: bool = True
    faked: bool = False
    claimed: bool = False
    direct: bool = False


class Hits:
    """Finds the hits of one report."""

    def __init__(self, reading: Reading, operating: Operating) -> None:
        self._reading, self._text, self._operating = reading, reading.text, operating

    def all(self) -> Iterator[Hit]:
        """Every hit, kind by kind, and who is named as one of those hit: "politicians, among them N"."""
        for hit in self._plain():
            yield hit
            among = _AMONG.match(self._text, hit.phrase.end) if hit.firm else None
            if among:
                _, limit = self._reading.sentence(hit.at)
                for phrase in listed_at(self._text, among.end(), limit):
                    yield replace(hit, phrase=phrase)

    def _plain(self) -> Iterator[Hit]:
        starts = word_starts(self._text)
        for words, read in (
            (_ATTACKING, self._attacked),
            (_BLAMING, self._blamed),
            (_POSING, self._posed),
            (frozenset({"target", "targets"}), self._called_target),
            (frozenset({"against"}), self._against),
            (
                frozenset({"at", "on", "after", "to", "of", "like", "resemble", "from", "mimic", "be", "for"}),
                self._aimed,
            ),
            (WORDS["media"], self._faked),
            (
                frozenset({"interfere", "interfering", "interfered", "meddle", "meddling", "meddled", "interference"}),
                self._interfered,
            ),
        ):
            for word in sorted(spellings(words) & vocabulary(self._text)):
                for at in starts[word]:
                    if self._operating.sentence(at) is None:
                        continue
                    yield from read(at, at + len(word))

    def of_claim(self, claim: Claim) -> Iterator[Hit]:
        """Whom a claim is about: the subject of its clause."""
        about = claim.of
        if about is not None and about.head in ("he", "she", "him", "her"):
            first, _ = self._reading.sentence(claim.verb)
            before = [
                phrase for phrase in phrases_in(self._text, max(first, claim.verb - 200), claim.verb) if phrase.name
            ]
            about = before[-1] if before and not before[-1].inner else about
        if about is not None:
            group = about.head in WORDS["community"] and about.name is None  # "Ukrainian supporters"
            yield Hit(
                about, claim.verb, firm=claim.judged or group, claimed=not claim.judged, direct=claim.judged and group
            )
        people = named_people(self._reading)
        first, last = (bisect_left(people, offset, key=_start_of) for offset in (claim.start, claim.end))
        for phrase in people[first:last]:
            yield Hit(phrase, claim.verb, firm=False, claimed=True)
        for phrase in phrases_in(self._text, claim.start, claim.end):
            if phrase.head in WORDS["election"] and is_one_vote(self._text[phrase.start : phrase.end]):
                yield Hit(phrase, claim.verb)

    def _attacked(self, at: int, end: int) -> Iterator[Hit]:
        yield from self._by_verb(at, end, strong=True)

    def _blamed(self, at: int, end: int) -> Iterator[Hit]:
        yield from self._by_verb(at, end, strong=False)

    def _by_verb(self, at: int, end: int, strong: bool) -> Iterator[Hit]:
        word = self._text[at:end].lower()
        first, limit = self._reading.sentence(at)
        before = tokens(self._text, max(first, at - 160), at)
        after = tokens(self._text, end, min(limit, end + 90))
        capital = self._text[at].isupper() and (self._text[at - 2 : at] == ": " or not begins_sentence(self._text, at))
        if capital or _is_noun(word, before, after):
            return
        tense = verbs().get(word, "past" if word.endswith("ed") else "")
        if tense in ("past", "participle") and _is_passive(before, after):
            uncertain = any(token.lower in _PERHAPS for token in before[-4:]) or _CRIME.match(self._text, end)
            if not uncertain and (strong or self._agent(end, limit) is Side.OPERATION):
                yield from self._suffering(at, end)
            return
        relative = _WHOM.search(self._text, max(first, at - 60), at)
        side = self._operating.subject(at).side
        if side is Side.OTHER or (side is Side.UNKNOWN and not strong) or _negated(before):
            return
        objects = listed_at(self._text, end, limit, attach=word not in _WITHOUT_OF)
        if relative:  # "whom they called a puppet"
            objects = listed_before(self._text, first, relative.start())
        for phrase in self._owners(objects, limit):
            yield Hit(
                phrase,
                at,
                firm=strong or side is Side.OPERATION,
                direct=word.startswith("target"),
                faked=word.startswith(("imperson", "spoof", "clon", "mimic", "imitat", "typo")),
            )

    def _owners(self, phrases: list[NounPhrase], limit: int) -> Iterator[NounPhrase]:
        """The phrases, with whom a quality is for or in: "support for Ukraine", "trust in NATO"."""
        for phrase in phrases:
            link = _OF_WHOM.match(self._text, phrase.end, limit) if phrase.head in WORDS["qualities"] else None
            body = phrase.head in WORDS["institution"]  # "the tax authority in Ljubljana", but "trust in the army"
            if body or phrase.name or link is None:
                yield phrase
            if link and not phrase.name:
                yield from listed_at(self._text, link.end(), limit)

    def _suffering(self, at: int, end: int) -> Iterator[Hit]:
        """The subject of a passive verb, or the noun before a participle with "by"."""
        first, limit = self._reading.sentence(at)
        if self._agent(end, limit) is Side.OTHER:
            return
        before = tokens(self._text, max(first, at - 200), at)
        stop = len(before)
        while stop and (before[stop - 1].kind in ("B", "X") or before[stop - 1].lower in _ITSELF):
            stop -= 1
        if _negated(before[stop:]) or not stop:
            return
        direct = self._text[at : at + 6].lower() == "target"
        for phrase in subjects_before(self._text, first, before[stop - 1].end):
            yield Hit(phrase, at, direct=direct)

    def _agent(self, end: int, limit: int) -> Side:
        """On whose side stands whoever is named with "by" behind a participle."""
        by = re.compile(r"[^.;,]{0,60}?\bby ").match(self._text, end, limit)
        listed = listed_at(self._text, by.end(), limit) if by else []
        return self._operating.side(listed[0]) if listed else Side.UNKNOWN

    def _posed(self, at: int, end: int) -> Iterator[Hit]:
        _, limit = self._reading.sentence(at)
        posing = re.compile(r"(?:ed|es?|ing|s)? (?:as|to be) (?:from )?").match(self._text, end, limit)
        if posing and self._operating.subject(at).side is not Side.OTHER:
            for phrase in listed_at(self._text, posing.end(), limit):
                if phrase.name:
                    yield Hit(phrase, at, firm=False, faked=True)

    def _called_target(self, at: int, end: int) -> Iterator[Hit]:
        """ "its targets included N", "N was a target", "among the targets were N"."""
        first, limit = self._reading.sentence(at)
        before = self._text[max(first, at - 90) : at]
        if re.search(r"\b(?:not|never|no|nor|hardly)\b[^.;,]{0,25}$", before):
            return
        if _TARGET_OF.search(before):
            verb = _TARGET_OF.search(self._text, max(first, at - 90), at)
            assert verb is not None
            for phrase in subjects_before(self._text, first, verb.start()):
                yield Hit(phrase, at, direct=True)
            return
        including = _INCLUDED.match(self._text, end, limit)
        determined = re.search(
            r"\b(?:the|its|their|his|main|other|among|primary|known|of|key|intended|and)\b[^.;,]{0,30}$", before, re.I
        )
        if (
            including
            and determined
            and not re.match(r"(?:not|never|no) ", self._text[including.end() : including.end() + 6])
        ):
            for phrase in listed_at(self._text, including.end(), limit):
                yield Hit(phrase, at, direct=True)

    def _against(self, at: int, end: int) -> Iterator[Hit]:
        first, limit = self._reading.sentence(at)
        if _AGAINST.search(self._text, max(first, at - 90), at):
            yield from self._directed(at, end, limit, firm=True)

    def _aimed(self, at: int, end: int) -> Iterator[Hit]:
        """ "aimed at N", "attacks on N", "in the name of N"."""
        first, limit = self._reading.sentence(at)
        start = max(first, at - 60)
        word = self._text[at:end].lower()
        if word in _ENDS_NAME and _IN_NAME.search(self._text, start, end + 1):
            for phrase in listed_at(self._text, end, limit):
                yield Hit(phrase, at, firm=False, faked=True)
        elif (word == "at" and _AIMED.search(self._text, start, end + 1)) or (
            word in _ENDS_SET_ON and _SET_ON.search(self._text, start, end + 1)
        ):
            yield from self._directed(at, end, limit, firm=True)
        elif self._text[at:end] == "on" and re.search(
            r"\b(?:[Aa]ttacks?|[Aa]ssaults?)(?: by [^.,;]{1,40})? $", self._text[start:at]
        ):
            for hit in self._directed(at, end, limit, firm=False):
                if not re.search(
                    r"(?:cyber-?|military|missile|terror(?:ist)?|drone|air|arson|knife) ?attacks? $",
                    self._text[start:at],
                ):
                    yield hit

    def _directed(self, at: int, end: int, limit: int, firm: bool) -> Iterator[Hit]:
        if self._operating.subject(at).side is Side.OTHER and not firm:
            return
        for phrase in self._repeated(self._text[at:end], end, limit):
            yield Hit(phrase, at, firm=firm, faked=not firm, direct=firm)

    def _repeated(self, word: str, end: int, limit: int) -> Iterator[NounPhrase]:
        """The phrases behind a preposition and behind its repetitions: "to staff of A, and to B"."""
        for _ in range(_REPEATED):
            listed = listed_at(self._text, end, limit)
            yield from self._owners(listed, limit)
            again = _again(word).match(self._text, listed[-1].end, limit) if listed else None
            if again is None:
                return
            end = again.end()

    def _interfered(self, at: int, end: int) -> Iterator[Hit]:
        """ "interfere in the 2024 election": events only, a state is not interfered in by name."""
        _, limit = self._reading.sentence(at)
        if self._text.startswith((" in ", " with "), end):
            for phrase in listed_at(self._text, self._text.index(" ", end + 1), limit):
                if phrase.head in WORDS["election"] and self._operating.subject(at).side is not Side.OTHER:
                    yield Hit(phrase, at)

    def _faked(self, at: int, end: int) -> Iterator[Hit]:
        """ "a doctored video of N", "a forged letter from N", "a fake website in the name of N"."""
        first, limit = self._reading.sentence(at)
        before = [token.lower for token in tokens(self._text, max(first, at - 50), at)][-4:]
        if not (set(before) & WORDS["fake media"] or self._text.startswith("eepfake", at + 1)):
            return
        whole = phrase_before(self._text, max(first, at - 90), end)
        if whole is not None and whole.inner and whole.name is not None and whole.head == self._text[at:end].lower():
            told = self._text[whole.start : whole.name[0]].lower().split()
            if set(told) & WORDS["fake media"]:  # "a forged CIA release"
                yield Hit(NounPhrase(*whole.name, "", whole.name), at, firm=False)
        said = _FAKES_OF.match(self._text, end, limit)
        if said is None:
            return
        for phrase in self._repeated(said.group().split()[0], said.end(), limit):
            yield Hit(phrase, at, firm=phrase.head in WORDS["community"], faked=True)


@lru_cache(maxsize=64)
def _again(preposition: str) -> Expression:
    """A preposition once more: "and at B", "and, to a lesser degree, at B"."""
    less = r"(?:also |\w{3,12}ly |to an? (?:\w{3,12} )?(?:degree|extent),? ){0,2}"
    return Expression(rf",? (?:and,? |or |but )?{less}{re.escape(preposition)} ")


def _is_noun(word: str, before: tuple[Token, ...], after: tuple[Token, ...]) -> bool:
    """Whether a verb form stands for a noun: "a smear campaign", "the target of", "targeted ads"."""
    last = before[-1] if before else None
    if last is not None and last.lower in ("-", "/"):
        return True
    follows = after[0] if after else None
    if (
        word in _NOUNS
        and last is not None
        and last.lower not in ("that", "to")
        and last.kind in ("D", "A", "S", "O", "P", "G", "N", "n", "I")
    ):
        objects = follows is not None and follows.kind in ("D", "C", "G")
        return not (objects and last.kind in ("N", "n")) or last.kind in ("D", "A", "S", "O")
    # "targeted ads", "a cloned website"
    adjective = last is not None and last.kind in ("D", "A", "S", "P", "O") and last.lower != "that"
    return adjective and follows is not None and follows.kind in ("N", "n") and word.endswith(("ed", "d"))


def _is_passive(before: tuple[Token, ...], after: tuple[Token, ...]) -> bool:
    """Whether a participle is passive: behind "was", or with "by" and no object."""
    at = len(before) - 1
    while at >= 0 and before[at].kind in ("B", "D") and before[at].lower not in ("the", "a", "an"):
        at -= 1
    if at >= 0 and before[at].lower in _BE:
        return True
    by = [token.lower for token in after[:4]]
    objects = after and after[0].kind in ("D", "C", "G", "A", "R", "Q", "N", "n")
    return bool(after) and not objects and ("by" in by or by[:1] in (["in"], ["with"], ["during"], ["for"]))


def _negated(before: tuple[Token, ...]) -> bool:
    return any(token.lower in ("not", "never", "n't", "didn't", "doesn't", "hasn't", "nor") for token in before[-4:])


_INSERTED = Expression(
    r", (?=(?:who|whose|whom|which|a|an|the|then|now|along|together|like|including|already|also|one) )"
)


def subjects_before(text: str, first: int, end: int) -> list[NounPhrase]:
    """The phrases before a verb, words between commas left out: "N, who had spoken up for us, was targeted"."""
    listed = listed_before(text, first, end)
    if text[end - 1 : end] != ",":
        return listed
    opened = [match.start() for match in _INSERTED.finditer(text, first, end - 1)]
    if opened and (not listed or listed[0].start > opened[-1]):
        return listed_before(text, first, opened[-1])
    return listed
