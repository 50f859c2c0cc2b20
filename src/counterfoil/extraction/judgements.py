"""Judgements without quotation marks: "dismissed the report as a fantasy", "calling it a forgery"."""

from counterfoil.extraction.english_words import forms_of, verbs
from counterfoil.extraction.said import Said
from counterfoil.extraction.shared_subjects import absolute, is_somebody, main_subject
from counterfoil.extraction.speaker_phrases import after, before
from counterfoil.extraction.speech_grammar import Grammar
from counterfoil.extraction.speech_tokens import Token

_WITH_AS = forms_of(
    "describe",
    "dismiss",
    "condemn",
    "reject",
    "characterise",
    "characterize",
    "denounce",
    "decry",
    "deride",
    "ridicule",
    "label",
    "brand",
    "criticise",
    "criticize",
    "praise",
)
_WITHOUT = forms_of("call", "brand", "label", "term")
_BE = frozenset("is are was were been being".split())
_AUXILIARIES = frozenset("has have had been is are was were be".split())
TRIGGERS = _WITH_AS | _WITHOUT
_OBJECT = 14  #: words of what is judged
_JUDGEMENT = 3  #: letters


def judged(words: list[Token], at: int, grammar: Grammar) -> tuple[Said, int] | None:
    """What the verb at an index takes something for, and the word at which who judges begins; no quotations."""
    verb = words[at]
    if verb.low.endswith("ing"):
        found = absolute(words, at, grammar) or main_subject(words, at, grammar)
    elif at and words[at - 1].low in _BE and verbs().get(verb.low) in ("past", "participle"):
        return _passive(words, at, grammar)
    else:
        first = at
        while first and (words[first - 1].low in _AUXILIARIES or words[first - 1].low.endswith("ly")):
            first -= 1
        found = before(words[: first + 1], first, grammar, whole=True) or main_subject(words, at, grammar)
    if found is None or not is_somebody(found.who):
        return None
    judgement = _judgement(words, at)
    if judgement is None:
        return None
    end = _end(words, judgement)
    return Said(words[at + 1].start, end, found.who, found.who.via, "reported", found.who.start), found.begins


def _judgement(words: list[Token], at: int) -> int | None:
    """The index at which the judgement begins behind what is judged."""
    if at + 2 >= len(words) or not (words[at + 1].is_capital or words[at + 1].low in _BEGINS_NOUN):
        return None
    for k in range(at + 2, min(len(words), at + 2 + _OBJECT)):
        word = words[k]
        if not word.is_word:
            return None
        if word.low == "as" and words[at].low in _WITH_AS:
            return k + 1 if _is_plain(words, k + 1) and words[k + 1].low not in ("it", "they", "he", "she") else None
        if words[at].low in _WITHOUT and word.low in ("a", "an") and words[k - 1].low not in _BEFORE_NOUN:
            return k if _is_plain(words, k + 1) else None
    return None


#: With what the thing judged begins; who speaks of "itself" introduces itself.
_BEGINS_NOUN = frozenset(
    "the a an this that these those it him her them his its their all any such reports claims".split()
)
_BEFORE_NOUN = frozenset("of in on at to for with by from about as and or against into such what than".split())


def _is_plain(words: list[Token], at: int) -> bool:
    """Whether no name and no quotation begins there."""
    return at < len(words) and words[at].is_word and words[at].text.islower()


def _passive(words: list[Token], at: int, grammar: Grammar) -> tuple[Said, int] | None:
    """ "The report was rejected by the embassy as baseless."."""
    if at + 1 >= len(words) or words[at + 1].low not in grammar.passive or words[at].low not in _WITH_AS:
        return None
    found = after(words, at + 2, grammar)
    if found is None or found.ends + 1 >= len(words) or words[found.ends].low != "as":
        return None
    if not _is_plain(words, found.ends + 1):
        return None
    start = words[found.ends + 1].start
    end = _end(words, found.ends + 1)
    return Said(start, end, found.who, "", "reported", found.who.start), found.begins


def _end(words: list[Token], start: int) -> int:
    """Where the clause ends that the judgement closes."""
    end = start
    while end + 1 < len(words) and words[end + 1].text not in ",.;:!?—–()" and words[end + 1].low not in _GOES_ON:
        end += 1
    return words[end].end


_GOES_ON = frozenset("but while which who whose".split())
