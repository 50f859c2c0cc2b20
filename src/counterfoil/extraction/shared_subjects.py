"""Subjects that stand away from their verb: "The embassy denied any role and said", "It was Meta that first said"."""

from counterfoil.extraction.english_words import verbs
from counterfoil.extraction.speaker_heads import Speaker
from counterfoil.extraction.speaker_phrases import Found, after
from counterfoil.extraction.speech_grammar import Grammar
from counterfoil.extraction.speech_tokens import Token

_JOINS = frozenset({",", "and", "but", "then"})
_NOBODY = frozenset(
    "one two three four five six seven eight nine ten all each most many some several both others few half another "
    "his her their its my this that these those people the".split()
)
_FAR = 45  #: words between a subject and its second verb
_MARKS = frozenset(";:")


def is_somebody(who: Speaker) -> bool:
    """Whether a speaker is more than a number or a small word that another noun would have to be told from."""
    return who.kind != "some" and (who.kind == "pronoun" or who.name.lower() not in _NOBODY)


def main_subject(words: list[Token], verb: int, grammar: Grammar) -> Found | None:
    """The subject of a sentence's first verb, for another verb that "and", "but" or a comma joins to it."""
    at = verb
    while at and (words[at - 1].low in grammar.adverbs or words[at - 1].low in ("has", "have", "had")):
        at -= 1
    if at < 2 or words[at - 1].low not in _JOINS or (words[at - 1].text == "," and not _goes_on(words[verb])):
        return None
    if any(word.text in _MARKS for word in words[:verb]):
        return None
    found = after(words, _behind_opening(words, verb, grammar), grammar)
    if found is None or found.ends >= verb or verb - found.ends > _FAR or not is_somebody(found.who):
        return None
    first = _first_verb(words, found.ends, grammar)
    return found if first is not None and first < verb - 1 and not _another(words, first, at, grammar) else None


def _behind_opening(words: list[Token], verb: int, grammar: Grammar) -> int:
    """Behind "In its advisory," or a paragraph's number."""
    if words[0].low in grammar.prepositions:
        return next((k + 1 for k in range(1, min(verb, 16)) if words[k].text == ","), 0)
    return 1 if not words[0].is_word or words[0].text.replace(".", "").isdigit() else 0


def absolute(words: list[Token], verb: int, grammar: Grammar) -> Found | None:
    """ "…, with its ambassador to Chisinau calling it a provocation"."""
    begin = next((k + 1 for k in range(verb - 1, max(0, verb - 14), -1) if words[k].low == "with"), None)
    if begin is None or words[begin - 2].text != ",":
        return None
    found = after(words, begin, grammar)
    return found if found and found.ends == verb and is_somebody(found.who) else None


def _goes_on(word: Token) -> bool:
    return word.low.endswith("ing")


def _first_verb(words: list[Token], at: int, grammar: Grammar) -> int | None:
    """The verb behind a subject and what is inserted behind it (", the head of X,")."""
    if at < len(words) and words[at].text in ",(":
        closing = "," if words[at].text == "," else ")"
        at = next((k + 1 for k in range(at + 1, min(len(words), at + 20)) if words[k].text == closing), len(words))
    while at < len(words) and words[at].low in grammar.adverbs:
        at += 1
    if at >= len(words) or not words[at].text.islower():
        return None
    known = words[at].low in grammar.verbal | grammar.verbs | grammar.judges
    tense = verbs().get(words[at].low)
    return at if known or tense in ("past", "third") or (tense == "base" and words[at - 1].low.endswith("s")) else None


def _another(words: list[Token], first: int, last: int, grammar: Grammar) -> bool:
    """Whether a clause with a subject of its own begins in between, which the later verb may go with."""
    inner = words[first + 1 : last - 1]
    return any(word.low in grammar.that or word.low in grammar.joins - {"and", "or", "as"} for word in inner) or any(
        word.low in grammar.singular | grammar.plural for word in inner
    )


def cleft(words: list[Token], verb: int, grammar: Grammar) -> Found | None:
    """ "It was Meta that first said"."""
    if len(words) < 5 or words[0].low != "it" or words[1].low not in ("was", "is"):
        return None
    that = verb - 1
    while that > 2 and words[that].low in grammar.adverbs | {"had", "has"}:
        that -= 1
    if words[that].low not in ("that", "who", "which"):
        return None
    found = after(words, 2, grammar)
    return found if found and found.ends in (that, that - 1) else None
