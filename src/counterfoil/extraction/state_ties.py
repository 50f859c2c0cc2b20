"""Which state the words next to a name tie it to: "Chinese influence actor X", "Russia-linked X"."""

import re
from bisect import bisect_left
from functools import lru_cache

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.phrases import PhraseIndex, vocabulary, word_starts, words_of
from counterfoil.extraction.states import gazetteer

_TOKEN = Expression(r"[^\s(),;:“”\"«»]{1,60}")
_AFFINITY = Expression(r"(?:pro|anti|non)-", re.IGNORECASE)
_TIES = frozenset(
    "linked backed based aligned sponsored affiliated origin nexus run state funded directed controlled "
    "associated connected owned supported attributed tied".split()
)
#: Words that may stand between the state and the name without breaking the tie.
_BETWEEN = frozenset(
    "influence information disinformation misinformation propaganda threat cyber cyberespionage hacking "
    "hacker hackers "
    "hacktivist espionage intelligence military state government state-sponsored state-backed "
    "state-linked state-run "
    "state-affiliated state-aligned sponsored backed linked affiliated aligned based covert malign online "
    "actor actors "
    "group groups campaign campaigns operation operations network networks gang crew unit team cluster "
    "outfit collective "
    "farm troll trolls bot botnet spam persistent advanced nation-state foreign ransomware known dubbed "
    "tracked called "
    "named codenamed code-named as that which is tracks calls also by long-running prolific notorious new "
    "previously "
    "so-called inauthentic coordinated security service services effort efforts ecosystem a.k.a. aka of "
    "the we "
    "researchers analysts call have track it agency".split()
)


def adjective_before(text: str, start: int) -> str:
    """The state whose adjective or possessive stands right before a name, else empty."""
    tokens = _TOKEN.findall(text[max(0, start - 40) : start])
    if not tokens or not text[start - 1 : start].isspace():
        return ""
    return _of(tokens[-1], tokens[-2] if len(tokens) > 1 else "")


def tie_before(text: str, start: int) -> str:
    """The state to which the words before a name tie it, else empty."""
    return tying_word(text, start)[0]


def tying_word(text: str, start: int) -> tuple[str, int]:
    """The state to which the words before a name tie it, and where the tying word stands.

    Walks left over words that can stand inside one noun phrase; "pro-Russian" is no tie.
    """
    places = _places_of_states(text)
    if bisect_left(places, start - 120) == bisect_left(places, start):
        return "", start
    # Read backwards, so that only the words that are walked over are looked at: mostly it is one.
    words = _TOKEN.finditer(text[max(0, start - 120) : start][::-1])
    at = 0  #: how far left of the name the walk has come
    token = next(words, None)
    for _ in range(13):
        if token is None or text[start - token.start() : start - at].strip(' “"«(' if at == 0 else ' “"«'):
            break
        word, following = token.group()[::-1], next(words, None)
        if _AFFINITY.match(word):
            break
        code = _of(word, following.group()[::-1] if following else "")
        if code:
            return code, start - token.end()
        ends_sentence = word.endswith((".", "!", "?")) and word.lower() != "a.k.a."
        if ends_sentence or not (word.lower() in _BETWEEN or word[0].isupper()):
            break
        at, token = token.end(), following
    return "", start


@lru_cache(maxsize=1)
def _places_of_states(text: str) -> list[int]:
    """Where a word stands that is a part of a state's name or adjective: without one nothing is tied."""
    starts = word_starts(text)
    return sorted(start for word in _words_of_states() & vocabulary(text) for start in starts[word])


@lru_cache(maxsize=1)
def _words_of_states() -> frozenset[str]:
    data = gazetteer()
    return frozenset(word for name in (*data.adjectives, *data.names) for word in words_of(name))


def tie_within(phrase: str) -> str:
    """The one state that a describing phrase ties its subject to ("a China-linked operation")."""
    tokens = _TOKEN.findall(phrase)
    codes = []
    for index, word in enumerate(tokens):
        if not _AFFINITY.match(word):
            codes.append(_of(word, tokens[index - 1] if index else ""))
    found = {code for code in codes if code}
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=1)
def _state_names() -> PhraseIndex:
    return PhraseIndex(name for name, (_, kind) in gazetteer().names.items() if kind == "name" and len(name) > 3)


def state_within(name: str) -> str:
    """The state whose name or adjective is a part of an organisation's name."""
    for _, _, phrase in _state_names().within(name):
        return gazetteer().names[phrase][0]
    words = name.split()
    return gazetteer().adjectives.get(words[0], "") if words else ""


@lru_cache(maxsize=8192)
def _of(word: str, before: str) -> str:
    """The state that one token names as an adjective, possessive or "-linked" compound."""
    data = gazetteer()
    word = word.rstrip(".") if word.rstrip(".") in data.adjectives else word
    for candidate in (f"{before} {word}", word):
        if candidate in data.adjectives:
            return data.adjectives[candidate]
    base, _, suffix = word.rpartition("-")
    if base and suffix.lower() in _TIES:
        for candidate in (f"{before} {base}", base):
            if candidate in data.adjectives:
                return data.adjectives[candidate]
            if candidate in data.names and data.names[candidate][1] != "region":
                return data.names[candidate][0]
    possessive = re.fullmatch(r"(.{1,40}?)['’]s", word)
    if possessive:
        for candidate in (f"{before} {possessive[1]}", possessive[1]):
            if candidate in data.names and data.names[candidate][1] != "region":
                return data.names[candidate][0]
    return ""
