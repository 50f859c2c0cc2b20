"""A shallow reading of one sentence: kinds of words, verbs with their subjects, by word lists alone.

No word's kind depends on more than its neighbours, and every search runs one way: linear in the words.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from counterfoil.coding import parties_words as w
from counterfoil.coding.parties_words import Party

_TOKEN = re.compile(r"['’]s?\b(?<=['’]s)|(?:n['’]t\b|[^\W_]|(?<=\w)[-.](?=\w)|(?<=\d),(?=\d))+|[^\w\s]|_")
_NAMED = {party: re.compile(rf"\b(?:{names})\b") for party, names in w.NAMES.items()}


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place and kind.

    Kinds: v finite or base verb, e past or participle, g -ing, x be, h have or do, m modal, t to,
    d determiner, p preposition, n noun, j participle as adjective, a adverb, q pronoun, r relative,
    s subordinator, c coordinator, o 's, "," break, '"' quotation mark.
    """

    text: str
    start: int
    end: int
    kind: str
    lemma: str = ""
    name: Party | None = None

    @property
    def low(self) -> str:
        return self.text.lower()

    @property
    def is_verb(self) -> bool:
        return self.kind in "veg"


@cache
def _forms() -> dict[str, tuple[str, str]]:
    """Every form of every known verb: what it is (v base, 3 -s, e past, g -ing) and its lemma."""
    forms: dict[str, tuple[str, str]] = {}
    for lemma in sorted({*w.VERBS, *w.SEES, *w.ENDS, *w.WARDS, *w.SPEAKS, *w.SETS_ON, *w.HARMLESS}):
        stem = lemma + lemma[-1] if lemma in w.DOUBLED else lemma
        ending_y = lemma[-1] == "y" and lemma[-2] not in "aeou"
        short = lemma[:-1] if ending_y else stem
        third = lemma + "es" if lemma.endswith(("s", "x", "ch", "sh", "z", "go", "do")) else lemma + "s"
        forms.setdefault(lemma, ("v", lemma))
        forms.setdefault(lemma[:-1] + "ies" if ending_y else third, ("3", lemma))
        forms[(lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else stem) + "ing"] = ("g", lemma)
        past = w.IRREGULAR.get(lemma, lemma + "d" if lemma.endswith("e") else short + ("ied" if ending_y else "ed"))
        for form in past.split():
            forms[form] = ("e", lemma)
    return forms


def read(passage: str) -> list[Word]:
    """The words of a passage, each with its kind."""
    names = {
        position: party
        for party, pattern in _NAMED.items()
        for match in pattern.finditer(passage)
        for position in range(match.start(), match.end())
    }
    raw = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(passage)]
    words: list[Word] = []
    for number, (text, start, end) in enumerate(raw):
        after = raw[number + 1][0].lower() if number + 1 < len(raw) else ""
        kind, lemma = _kind(text, words, after, start in names)
        words.append(Word(text, start, end, kind, lemma, names.get(start)))
    return words


def _kind(text: str, before: list[Word], after: str, named: bool) -> tuple[str, str]:
    low = text.lower()
    if named:
        return "n", ""
    if not text[0].isalnum():
        return {"'s": "o", "’s": "o", "'": "o", "’": "o"}.get(low, '"' if text in '"“”«»‘' else ","), ""
    closed = _closed(low, before, after)
    if closed:
        return closed, ""
    if low in _forms():
        return _verb_kind(text, before, after)
    if low.endswith("ly") and len(low) > 4 and low not in ("family", "reply", "italy", "assembly", "weekly", "daily"):
        return "a", ""
    if low.endswith("ed") and len(low) > 4 and text.islower():
        return _ed(before, after), low
    return "n", ""


def _closed(low: str, before: list[Word], after: str) -> str:
    """The kind of a word of grammar; empty for others."""
    previous = before[-1] if before else None
    low = low.replace("’", "'").removesuffix("n't") or low
    if low == "to":
        return (
            "t"
            if _forms().get(after, ("",))[0] == "v" or after in ("be", "have", "do") or after.endswith("ly")
            else "p"
        )
    if low == "that":
        return _that(previous, after)
    if low in ("who", "which", "whom"):
        return "r"
    for words, kind in (
        (w.BE, "x"), (w.HAVE, "h"), (w.MODALS, "m"), (w.SUBORDINATORS, "s"), (w.PRONOUNS, "q"), (w.DETERMINERS, "d"),
    ):  # fmt: skip
        if low in words and not (low == "may" and previous and previous.kind == "p"):
            return "r" if low == "whose" else kind
    if low in ("and", "or", "but", "nor"):
        return "c"
    if low in w.PREPOSITIONS:
        return "p"
    return "a" if low in w.ADVERBS else ""


def _that(previous: Word | None, after: str) -> str:
    """A relative behind a noun with a verb after it, else what is said; or a determiner."""
    if previous is None or (previous.kind in "ptv" and after in _forms() and _forms()[after][0] != "v"):
        return "d"
    is_verb = after in w.BE or after in w.HAVE or after in w.MODALS or after in _forms() or after.endswith("ly")
    return "r" if previous.kind in "nj" and is_verb else "s"


def _verb_kind(text: str, before: list[Word], after: str) -> tuple[str, str]:
    low = text.lower()
    form, lemma = _forms()[low]
    if form == "e":
        return _ed(before, after), lemma
    previous = next((word for word in reversed(before) if word.kind != "a"), None)
    if form == "g":
        is_noun = previous is not None and (
            previous.kind in "doj" or (previous.kind == "n" and previous.low in _ADJECTIVES)
        )
        return ("n" if is_noun else "g"), lemma
    if previous is not None and previous.low == "whose":
        return "n", lemma
    if previous is None or previous.kind in '",':
        followed = after in w.DETERMINERS or after in w.PRONOUNS
        return ("v" if form == "v" and (lemma not in w.NOUNS_TOO or followed) else "n"), lemma
    if form == "v":
        return ("v" if _takes_base(previous, lemma, after) else "n"), lemma
    if previous.kind in "dpjotxhm":
        return "n", lemma
    if lemma in w.NOUNS_TOO and previous.kind not in "qr":
        if previous.name is not None and lemma in w.ENDS | w.WARDS:
            return "v", lemma
        telling = after in w.DETERMINERS or after in ("that", "how", "why", "off", "out")
        return ("v" if telling and not _is_plural(previous) else "n"), lemma
    return "v", lemma


#: Adjectives behind which a word in -ing is a noun.
_ADJECTIVES = frozenset("automated mass political paid micro covert online digital targeted identical".split())


def _takes_base(previous: Word, lemma: str, after: str) -> bool:
    """Whether a base form behind this word is a verb."""
    if previous.kind in "tmhr" or previous.kind == "q":
        return True
    if previous.kind in "dpjoxs":
        return previous.kind == "s" and lemma not in w.NOUNS_TOO
    if previous.kind == "n":
        blocked = after in w.BE or after in w.HAVE or (_forms().get(after, ("",))[0] == "e" and lemma in w.NOUNS_TOO)
        return (_is_plural(previous) or lemma not in w.NOUNS_TOO) and not blocked
    return (previous.kind == "c" and lemma not in w.NOUNS_TOO) or (previous.kind == "c" and after in w.DETERMINERS)


def _is_plural(word: Word) -> bool:
    low = word.low
    return low in ("police", "people", "men", "women", "staff", "media") or (
        low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 3
    )


def _ed(before: list[Word], after: str) -> str:
    """Verb, or adjective: "the removed tweets", "forbid paid comments"."""
    previous = next((word for word in reversed(before) if word.kind != "a"), None)
    if previous is None:
        return "e"
    closed = (
        after in w.DETERMINERS or after in w.PREPOSITIONS or after in w.PRONOUNS or after in ("to", "that", "and", "")
    )
    if previous.kind in "djo" or (previous.kind in "pveg" and not closed and after[:1].isalnum()):
        return "j"
    return "e"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A passage read, with the searches that the party grammar makes in it."""

    text: str
    words: list[Word]

    @staticmethod
    @lru_cache(maxsize=32)  # a passage's clues are judged one after the other
    def of(passage: str) -> "Sentence":
        return Sentence(passage, read(passage))

    def kind(self, at: int) -> str:
        return self.words[at].kind if 0 <= at < len(self.words) else "|"

    def group(self, verb: int) -> int:
        """The first word of the verb group that ends in this verb: "had never been" + impersonated."""
        at = verb
        while self.kind(at - 1) in "xhma":
            at -= 1
        return at

    def is_passive(self, verb: int) -> bool:
        if self.kind(verb) != "e":
            return False
        nearest = next((at for at in range(verb - 1, self.group(verb) - 1, -1) if self.kind(at) != "a"), None)
        return nearest is not None and self.kind(nearest) == "x"

    def verb_before(self, at: int) -> int | None:
        """The nearest verb to the left."""
        return next((number for number in range(at - 1, -1, -1) if self.words[number].is_verb), None)

    def phrase_before(self, at: int) -> tuple[int, int]:
        """The noun phrase, with what hangs on it, that ends right before a word: first and past-last word."""
        low = at
        cut = None
        while self.kind(low - 1) in 'ndjpoac"':
            low -= 1
            if self.kind(low) == "d" and self.kind(low - 1) == "n":
                break  # "in February the accountant": another phrase ends there
            if self.kind(low) == "c":
                cut = low if cut is None else cut
        if cut is not None and self.kind(low - 1) in "vegxhmt":
            low = cut + 1  # two clauses are joined, not two nouns
        return low, at

    def phrase_after(self, at: int) -> tuple[int, int]:
        """The noun phrase that begins at a word, up to the next verb or break."""
        high = at
        while self.kind(high) in 'ndjoa"' or (self.kind(high) == "p" and high > at):
            high += 1
        return at, high

    def agent(self, verb: int) -> tuple[int, int] | None:
        """The by-phrase of a passive verb."""
        reach = 14 if self.is_passive(verb) else 3  # "asked for gifts by PayPal" names no doer
        for at in range(verb + 1, min(verb + reach, len(self.words))):
            word = self.words[at]
            if word.low == "by" and self.kind(at + 1) != "g":
                return self.phrase_after(at + 1)
            if word.is_verb or word.kind in ",crsqt":
                return None
        return None
