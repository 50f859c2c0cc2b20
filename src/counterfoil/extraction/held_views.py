"""What somebody holds without a verb of speech: "is convinced that", "takes the view that", "Meta's finding that"."""

from typing import NamedTuple

from counterfoil.extraction.english_words import forms_of
from counterfoil.extraction.said import Said
from counterfoil.extraction.shared_subjects import is_somebody, main_subject
from counterfoil.extraction.speaker_heads import Speaker
from counterfoil.extraction.speaker_phrases import after, before
from counterfoil.extraction.speech_clauses import is_sure_clause
from counterfoil.extraction.speech_grammar import Grammar
from counterfoil.extraction.speech_tokens import Token

_BE = frozenset("is are was were remain remains remained been".split())
_HAVE = frozenset("has have had leave leaves left".split())
_TAKE = forms_of("take/took/taken", "hold/held/held", "share", "defend", "adopt", "express", "voice", "repeat", "stick")
_REACH = forms_of("reach", "draw/drew/drawn", "come/came/come", "arrive", "make/made/made", "raise", "press", "offer")
_MAKE = forms_of("make/made/made", "give/gave/given")
#: What stands between a light verb and its word: "are in no", "takes the", "has made it very".
_BETWEEN = frozenset(
    "in of the a an no any its their his her to at it under little clear firm strong own quite very so serious "
    "absolutely long-held".split()
)
_NEGATES = frozenset("not never n't hardly scarcely neither".split())
_AUXILIARIES = frozenset("has have had been is are was were".split())
#: A word of conviction and the verbs that go with it.
_WITH: dict[str, frozenset[str]] = {
    **dict.fromkeys("sure certain confident convinced adamant positive persuaded insistent satisfied".split(), _BE),
    **dict.fromkeys("hopeful afraid fearful emphatic".split(), _BE),
    "doubt": _BE | _HAVE,
    **dict.fromkeys("view opinion position line stance belief".split(), _BE | _TAKE),
    "impression": _BE | _HAVE,
    **dict.fromkeys("conclusion point objection argument claim case allegation charge".split(), _REACH | _TAKE),
    **dict.fromkeys("clear plain".split(), _MAKE),
    **dict.fromkeys("suspicion suspicions fear fears concern concerns confidence hope doubts".split(), _TAKE | _HAVE),
    **dict.fromkeys("assurance assurances evidence".split(), forms_of("give/gave/given", "offer")),
}
#: Nouns for what somebody has said, behind whose it is.
_SAYINGS = frozenset(
    "claim claims conclusion assessment view contention argument belief suspicion statement answer reply response "
    "explanation verdict finding judgement judgment warning assertion allegation allegations accusation accusations "
    "charge admission theory suggestion insistence announcement promise denial remark estimate prediction impression "
    "objection complaint comment point message position hunch guess advice defence defense".split()
)
_WHOSE = {"his": "he", "her": "she", "its": "it", "their": "they"}
TRIGGERS = frozenset(_WITH) | _SAYINGS
_FURTHEST = 6  #: words between a light verb and its word


class View(NamedTuple):
    """Who holds something, the index at which the words about the holder begin, and that of what is held."""

    who: Speaker
    begins: int
    content: int


def held(words: list[Token], at: int, grammar: Grammar) -> View | None:
    """The view that the word at an index tells of, if one is held there by somebody who is named."""
    return _convinced(words, at, grammar) or _somebodys(words, at, grammar)


def _convinced(words: list[Token], at: int, grammar: Grammar) -> View | None:
    """ "Officials are confident the network …", "has made it clear that"."""
    goes_with = _WITH.get(words[at].low)
    content = _content(words, at + 1, bare=goes_with is _BE)
    if goes_with is None or content is None:
        return None
    verb = at - 1
    while verb > 0 and at - verb <= _FURTHEST and words[verb].low not in goes_with:
        if words[verb].low not in _BETWEEN and not words[verb].low.endswith("ly"):
            return None
        verb -= 1
    if words[verb].low not in goes_with or any(word.low in _NEGATES for word in words[max(0, verb - 1) : at]):
        return None
    while verb and words[verb - 1].low in _AUXILIARIES:
        verb -= 1
    found = before(words[: verb + 1], verb, grammar, whole=True) or main_subject(words, verb, grammar)
    return View(found.who, found.begins, content) if found and is_somebody(found.who) else None


def _content(words: list[Token], at: int, bare: bool) -> int | None:
    if at + 2 >= len(words):
        return None
    if words[at].low == "that" and words[at + 1].is_word:
        return at + 1
    return at if bare and is_sure_clause(words, at) else None


def _somebodys(words: list[Token], at: int, grammar: Grammar) -> View | None:
    """ "Mandiant's conclusion that", "her answer was that"."""
    if words[at].low not in _SAYINGS or at == 0:
        return None
    that = at + 1
    if that < len(words) and words[that].low in ("is", "was", "remains", "has", "had"):
        that += 2 if words[that + 1 : that + 2] and words[that + 1].low in ("been", "simply", "only", "always") else 1
    if that + 2 >= len(words) or words[that].low != "that" or not words[that + 1].is_word:
        return None
    owner = at - 1
    while owner > 0 and at - owner < 4 and words[owner].text.islower() and not _is_owner(words[owner]):
        owner -= 1
    who = _owner(words, owner, grammar)
    return View(who, next(k for k, word in enumerate(words) if word.start >= who.start), that + 1) if who else None


def _is_owner(word: Token) -> bool:
    return word.low in _WHOSE or word.low.endswith(("'s", "s'"))


def _owner(words: list[Token], owner: int, grammar: Grammar) -> Speaker | None:
    """Who the word at an index names as the owner of what follows."""
    word = words[owner]
    if word.low in _WHOSE:
        return Speaker(word.start, word.text, "pronoun", _WHOSE[word.low])
    return whose(words, owner, grammar)


def whose(words: list[Token], owner: int, grammar: Grammar) -> Speaker | None:
    """Who owns something: the phrase that ends with the possessive at an index."""
    word = words[owner]
    if not word.low.endswith(("'s", "s'")):
        return None
    bare = word.text[: -2 if word.low.endswith("'s") else -1]
    plain = Token(word.start, word.start + len(bare), bare, bare.lower())
    begin = owner
    while begin and owner - begin < 6 and _belongs(words[begin - 1], grammar):
        begin -= 1
        if words[begin].low in grammar.articles:
            break
    found = after([*words[begin:owner], plain], 0, grammar)
    return found.who if found and found.ends == owner - begin + 1 and found.who.kind != "pronoun" else None


def _belongs(word: Token, grammar: Grammar) -> bool:
    return word.is_word and (word.is_capital or word.low in grammar.heads | grammar.name_words | grammar.articles)


def as_said(words: list[Token], view: View, end: int) -> Said:
    """The view as what is told of in a sentence that ends at an offset."""
    return Said(words[view.content].start, end, view.who, "", "reported", view.who.start)
