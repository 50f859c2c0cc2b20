"""What may stand between a verb of speech and what is said: a listener, a time, a place, a medium."""

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.speech_grammar import Grammar
from counterfoil.extraction.speech_tokens import Token

_DATES = Expression(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|"
    r"november|december|yesterday|today|week|month|year|night|morning|\d{1,4}(?:st|nd|rd|th)?|jan|feb|mar|apr|jun|jul|"
    r"aug|sept?|oct|nov|dec"
)
_ABROAD = Expression(
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier|soir|matin|midi|montag|dienstag|mittwoch|donnerstag|"
    r"freitag|samstag|sonntag|gestern|abend|lunes|martes|miércoles|jueves|viernes|sábado|domingo|ayer|вчера|сегодня|"
    r"вчора|сьогодні"
)
ADJUNCT = frozenset("on in at during by via from through after before for under over".split())
SUBJECT_PRONOUNS = frozenset("he she it they we i you there this that these those nobody nothing none some".split())
_PEOPLE = frozenset(
    "reporters journalists lawmakers parliament us me him her them you readers viewers followers investigators police "
    "staff parents voters colleagues subscribers everyone users members legislators deputies mps senators delegates "
    "ministers listeners prosecutors officials".split()
)


def listener(words: list[Token], at: int, grammar: Grammar) -> int:
    """Behind whom it was told: "Reuters", "reporters in Nairobi", "the Daily Nation", "a hearing"."""
    if at >= len(words):
        return at
    word = words[at]
    if word.low in _PEOPLE:
        at += 1
    elif word.low in grammar.articles or word.low in ("its", "his", "their", "our", "her"):
        at += 1
        while at < len(words) and words[at].is_capital:
            at += 1
        if not words[at - 1].is_capital:
            at = min(len(words), at + 1)
            while (
                at < len(words)
                and words[at].is_word
                and words[at].low not in {"that", *ADJUNCT}
                and at - 5 < len(words)
                and words[at].low not in SUBJECT_PRONOUNS
                and words[at].low not in grammar.articles
                and words[at].text.islower()
                and words[at].low in grammar.outlets | _PEOPLE
            ):
                at += 1
    elif word.is_capital:
        while at < len(words) and (
            words[at].is_capital
            or words[at].text == "/"
            or (words[at].low in grammar.name_words and at + 1 < len(words) and words[at + 1].is_capital)
        ):
            at += 1
    if at < len(words) and words[at].text == "(":
        at = next((k + 1 for k in range(at, min(len(words), at + 8)) if words[k].text == ")"), at)
    return at


def adjunct(words: list[Token], at: int, grammar: Grammar) -> int:
    """Behind a phrase that says when, where or in what medium it was said; the same index if there is none."""
    word = words[at]
    if word.low in (
        "however",
        "though",
        "too",
        "also",
        "again",
        "yesterday",
        "today",
        "recently",
        "publicly",
        "earlier",
        "late",
    ):
        return at + 1
    if word.low in ("last", "this", "earlier", "late") and at + 1 < len(words) and _DATES.fullmatch(words[at + 1].low):
        return at + 2
    if _DATES.fullmatch(word.low) and word.is_capital:
        return at + 1
    if (
        (word.low.endswith("ly") or word.low == "only")
        and at + 1 < len(words)
        and (words[at + 1].low in ADJUNCT or words[at + 1].low == "that")
    ):
        return at + 1
    if _ABROAD.fullmatch(word.low) and not grammar.is_english:
        return at + 1
    if word.text == "," and at + 1 < len(words) and _DATES.fullmatch(words[at + 1].low):
        return at + 1
    if word.low == "with" and any(w.low in ("confidence", "certainty", "probability") for w in words[at : at + 6]):
        return _phrase_end(words, at, grammar)
    if word.low == "to" and at + 1 < len(words) and words[at + 1].low in _PEOPLE:
        return at + 2
    if word.low not in ADJUNCT:
        return at
    return _phrase_end(words, at, grammar)


def _phrase_end(words: list[Token], at: int, grammar: Grammar) -> int:
    """The end of a prepositional phrase that can be told from the clause behind it."""
    end = at + 1
    while end < len(words) and (
        words[end].low in grammar.articles or words[end].low in ("its", "his", "her", "their", "early", "late")
    ):
        end += 1
    if end >= len(words):
        return at
    begun = end
    while end < len(words) and end - begun < 7:
        word = words[end]
        if _DATES.fullmatch(word.low) or word.low in grammar.media or word.low in _NOUNS:
            end += 1
            while end < len(words) and (
                words[end].low in grammar.media
                or _DATES.fullmatch(words[end].low)
                or (words[end].is_capital and words[end - 1].is_capital)
            ):
                end += 1
            return end
        if word.is_capital:
            end += 1
            if end >= len(words) or not words[end].is_capital:
                return end
            continue
        if not word.is_word or word.low in grammar.verbal or word.low in grammar.that or word.low in SUBJECT_PRONOUNS:
            break
        end += 1
    follows_that = next((k for k in range(end, min(len(words), at + 12)) if words[k].low == "that"), None)
    stopped = next(
        (k for k in range(at, min(len(words), at + 12)) if not words[k].is_word or words[k].low in grammar.verbal), None
    )
    if follows_that is not None and (stopped is None or follows_that < stopped):
        return follows_that
    return at


_NOUNS = frozenset(
    "conference hearing parliament court meeting telephone phone rally ceremony event press summit question questions "
    "condition anonymity time day weekend interviews remarks reporters comments television tv writing effect part "
    "confidence detail public private turn response reply x".split()
)
