"""Where what is said begins behind a verb of speech: "that ...", a bare clause, "having ..."."""

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.speech_adjuncts import ADJUNCT, SUBJECT_PRONOUNS, adjunct, listener
from counterfoil.extraction.speech_grammar import Grammar
from counterfoil.extraction.speech_tokens import Token

_FAR = 30  #: words behind a verb in which "that" is looked for
_STOPS = frozenset('.;:?!“”«»„"')
_NOT_A_CLAUSE = frozenset(
    "nothing no so little much yes goodbye hello more less something anything as sorry farewell what why how who where "
    " when whether if to".split()
)
_FINITE = Expression(
    r"(?:is|are|was|were|has|have|had|would|will|could|can|may|might|must|should|did|does|do|isn't|wasn't|aren't|weren't|"
    r"didn't|doesn't|don't|won't|can't|hasn't|haven't|hadn't|never)"
)


#: Verbs that a clause may follow without "that", where it is plainly one.
_ALSO_BARE = frozenset(
    f"{base}{end}"
    for base in (
        "add warn announc confirm claim not admitt argu explain conclud estimat acknowledg report tweet predict reckon "
        "fear hop alleg insist suspect stat assess maintain complain conced remark recall remember doubt testifi "
        "declar stress boast guarante promis vow disclos reveal determin feel felt guess worri"
    ).split()
    for end in ("ed", "s", "es", "")
) | {
    "wrote",
    "writes",
    "swore",
    "swears",
    "swear",
    "bet",
    "bets",
    "felt",
    "note",
    "notes",
    "argue",
    "argues",
    "hope",
    "told",
    "tells",
    "adding",
    "saying",
    "warning",
    "noting",
}


def content_start(words: list[Token], verb: int, grammar: Grammar) -> int | None:
    """The index at which what is said begins; None if the verb does not tell it."""
    if grammar.is_english:
        return _english(words, verb, grammar)
    return _elsewhere(words, verb, grammar)


def ends_there(words: list[Token], verb: int, grammar: Grammar) -> bool:
    """Whether only a listener, a medium or a time follows the verb up to the sentence's end."""
    at = listener(words, verb + 1, grammar) if words[verb].low in grammar.tells else verb + 1
    while at < len(words) and words[at].text not in ".!?":
        behind = adjunct(words, at, grammar)
        if behind == at:
            return False
        at = behind
    return len(words) - at <= 3


def _english(words: list[Token], verb: int, grammar: Grammar) -> int | None:
    said = words[verb].low
    if said in grammar.quotes_only:
        return None
    if said in grammar.denies:
        at = verb + 1
        while at < len(words) and adjunct(words, at, grammar) > at:
            at = adjunct(words, at, grammar)
        return _denied(words, at - 1)
    at = verb + 1
    if said in _OF and (of := _accused(words, at)) is not None:
        return of
    if said in _MAY_TELL and words[at : at + 1] and words[at].low != "that":
        that = _that_behind_listener(words, at, grammar)
        if that is not None:
            return that
    if said in grammar.tells:
        that = _that_behind_listener(words, at, grammar)
        if that is not None:
            return that
        at = listener(words, at, grammar)
        if at == verb + 1:
            return None
    while at < len(words):
        behind = adjunct(words, at, grammar)
        if behind == at:
            break
        at = behind
    at = _behind_inserted(words, at)
    if at + 2 >= len(words):
        return None
    word = words[at]
    if word.low in ("out", "back", "on") and at + 1 < len(words) and words[at + 1].low == "that":
        at += 1  # "pointed out that", "insisted on that"
        word = words[at]
    if word.low == "that" and words[at + 1].text not in _STOPS - {"“", '"', "«"}:
        return at + 1 if words[at + 1].text != "," or words[at + 2].low not in grammar.joins else None
    if words[verb - 1].low != "as" and said not in grammar.plain:
        return at if said in _ALSO_BARE and is_sure_clause(words, at) else None
    return at if _may_be_clause(words, at, grammar) else None


#: Verbs that go with a listener or without one: "warned lawmakers that", "warned that".
_MAY_TELL = frozenset(
    f"{base}{end}"
    for base in "warn caution promis assur remind advis show taught signal persuad".split()
    for end in ("ed", "s", "es")
)
_OF = frozenset("accused accuses accuse accusing suspects suspected".split())


def _accused(words: list[Token], at: int) -> int | None:
    """Behind the "of" of "accused the government of having staged it"."""
    for k in range(at + 1, min(len(words) - 2, at + 10)):
        if words[k].low == "of" and words[k + 1].low.endswith("ing") and len(words[k + 1].low) > 4:
            return k + 1
        if not words[k].is_word:
            return None
    return None


def _behind_inserted(words: list[Token], at: int) -> int:
    """The "that" behind ", most recently on 3 May,"; the same index if nothing is inserted."""
    if at < len(words) and words[at].text in _CLOSED_BY:
        mark = _CLOSED_BY[words[at].text]
        closing = next((k for k in range(at + 2, min(len(words), at + 16)) if words[k].text == mark), None)
        if closing is not None and closing + 1 < len(words) and words[closing + 1].low == "that":
            return closing + 1
    return at


_CLOSED_BY = {",": ",", "(": ")", "—": "—", "–": "–"}


def _that_behind_listener(words: list[Token], at: int, grammar: Grammar) -> int | None:
    """Behind the "that" of "told a news briefing in Beijing that"."""
    for k in range(at + 1, min(len(words) - 2, at + 12)):
        if words[k].low == "that":
            return k + 1
        dated = words[k].text == "," and (words[k + 1].low == "that" or words[k + 1].text.isdigit())
        if dated:
            continue
        if not words[k].is_word or words[k].low in grammar.verbal | grammar.joins:
            return None
    return None


def _denied(words: list[Token], verb: int) -> int | None:
    if verb + 3 >= len(words):
        return None
    follower = words[verb + 1]
    if follower.low == "that":
        return verb + 2
    if (
        follower.low in ("claims", "reports", "allegations", "accusations", "suggestions")
        and words[verb + 2].low == "that"
    ):
        return verb + 3
    if follower.low in ("having", "being", "ever") or (
        follower.text.islower() and follower.low.endswith("ing") and len(follower.low) > 5
    ):
        return verb + 1
    return verb + 1 if follower.low in SUBJECT_PRONOUNS and _FINITE.fullmatch(words[verb + 2].low) else None


def is_sure_clause(words: list[Token], at: int) -> bool:
    """A clause without "that" after a verb that seldom has one: "added he was", "warned the group would"."""
    if (
        not words[at].is_word
        or words[at].low in _NOT_A_CLAUSE
        or words[at].low in ADJUNCT | {"against", "with", "only"}
    ):
        return False
    if words[at].low in SUBJECT_PRONOUNS and words[at].low not in ("this", "that", "these", "those"):
        return (
            at + 1 < len(words)
            and words[at + 1].text.islower()
            and words[at + 1].low not in ("and", "or", "to", "in", "on")
        )
    for k in range(at + 1, min(len(words), at + 9)):
        if not words[k].is_word or words[k].low in (
            "to",
            "which",
            "who",
            "whom",
            "whose",
            "that",
            "and",
            "of",
            "for",
            "by",
            "with",
            "from",
        ):
            return False
        if _FINITE.fullmatch(words[k].low):
            return True
    return False


def _may_be_clause(words: list[Token], at: int, grammar: Grammar) -> bool:
    word = words[at]
    if word.text in '“"‘«':
        return False
    if word.low in ("with", "to", "of", "about", "against", "for"):
        return False
    if (
        not word.is_word
        or word.low in _NOT_A_CLAUSE
        or word.low in grammar.joins
        or word.low in grammar.verbal - {"there"}
    ):
        return False
    left = next((k for k in range(at, min(len(words), at + 40)) if words[k].text in ".;?!"), min(len(words), at + 40))
    return left - at >= 3


def _is_near(words: list[Token], verb: int, at: int, grammar: Grammar) -> bool:
    """Whether only a listener, a time or a place stands between the verb and its "que": no noun that it belongs to."""
    between = words[verb + 1 : at]
    if not between or between[-1].text == "," or between[0].text == ",":
        return True
    first = between[0].low
    return (
        first in grammar.prepositions
        or first in grammar.outlets
        or first in grammar.adverbs
        or between[0].is_capital
        or first in _DAYS
    )


_DAYS = frozenset(
    "lundi mardi mercredi jeudi vendredi samedi dimanche hier ayer hoy lunes martes miércoles jueves viernes sábado "
    "el ce вчера сегодня вчора сьогодні".split()
)


_HAVING = frozenset("avoir être haber estar".split())
_DENIES = frozenset("nie nient niait niaient niega niegan negó negaron negaba dément démentent démentait".split())
_NOT = frozenset(("ne", "n'", "no"))


def _elsewhere(words: list[Token], verb: int, grammar: Grammar) -> int | None:
    """Languages that need their "that", or a comma at least."""
    having = words[verb + 1 : verb + (4 if verb + 1 < len(words) and words[verb + 1].low in _NOT else 2)]
    if words[verb].low not in _DENIES and any(word.low in _HAVING for word in having) and verb + 3 < len(words):
        return verb + 1  # "Meta indique avoir supprimé", "dice no haber recibido"
    for at in range(verb + 1, min(len(words), verb + _FAR)):
        word = words[at]
        if word.text in _STOPS and not (word.text in "«»„“" and at + 1 < len(words)):
            return None
        if word.low in grammar.that:
            if not grammar.capital_nouns and not _is_near(words, verb, at, grammar):
                return None
            return at + 1 if at + 2 < len(words) else None
        if word.low in grammar.verbs and word.text.islower():
            return None
        if word.text == "," and grammar.capital_nouns and at + 3 < len(words):
            follower = words[at + 1]
            if follower.low in grammar.that:
                return at + 2
            return at + 1 if follower.low not in grammar.joins and follower.low not in grammar.prepositions else None
    return None
