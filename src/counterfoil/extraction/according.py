"""Sources: "according to X, ...", "selon X", "nach Angaben von X", "по словам X"."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter

from counterfoil.extraction.held_views import whose
from counterfoil.extraction.phrases import word_starts
from counterfoil.extraction.quoted_ranges import Ranges
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.said import Said
from counterfoil.extraction.speaker_heads import Speaker
from counterfoil.extraction.speaker_phrases import after
from counterfoil.extraction.speech_grammar import Grammar
from counterfoil.extraction.speech_tokens import Token, Words

_LONGEST = 1600
_START = attrgetter("start")
_NOT_A_SOURCE = frozenset("plan schedule law rules rule which whom whether size age".split())


def sourced(reading: Reading, text_words: Words, quoted: Ranges, grammar: Grammar) -> Iterator[Said]:
    """Each statement whose source is named with such words; it is the rest of their sentence."""
    starts = word_starts(reading.text)
    opening = {words[0].rstrip("'") for words in grammar.sources}
    firsts = {*opening, *(word.capitalize() for word in opening), *grammar.after_source}
    if grammar.is_english:
        firsts |= _VIEWS
    sources: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for source in grammar.sources:
        sources[source[0]].append(source)
    done = -1
    for at in sorted(at for word in starts.keys() & firsts for at in starts[word]):
        if at < done or quoted.around(at):
            continue
        words = _sentence(reading, text_words, quoted, at)
        said = words and _sourced(words, grammar, sources, at)
        if said:
            done = at + 1
            yield said


def _sentence(reading: Reading, text_words: Words, quoted: Ranges, at: int) -> list[Token]:
    """The words of the sentence around an offset; none if it begins too far from there."""
    start, end = reading.sentence(at)
    if at - start > _LONGEST:
        return []
    start = _sentence_start(reading, quoted, start)
    return text_words.between(start, min(quoted.end_around(end), start + _LONGEST))


def _sourced(
    words: list[Token], grammar: Grammar, sources: Mapping[str, Iterable[tuple[str, ...]]], at: int
) -> Said | None:
    first = bisect_left(words, at, key=_START)
    if first == len(words) or words[first].start != at:
        return None
    if grammar.is_english and words[first].low in _VIEWS:
        return _in_the_view(words, first, grammar)
    if words[first].low in grammar.after_source:
        return _postposed(words, first, grammar)
    whose = words[first + 1] if first + 2 < len(words) else words[first]
    if whose.low in grammar.possessive_sources and (words[first].low, words[first + 2].low) in grammar.sources:
        he = "он" if whose.low in ("его", "його") else "она" if "она" in grammar.singular else "вона"
        who = Speaker(whose.start, whose.text, "pronoun", "він" if he == "он" and "він" in grammar.singular else he)
        return _rest(words, first, first + 3, who, grammar)
    alike = sources.get(words[first].low, ())
    length = next((len(s) for s in alike if tuple(w.low for w in words[first : first + len(s)]) == s), 0)
    if not length:
        return None
    found = after(words, first + length, grammar, anybody=grammar.is_english)
    if found is None or found.who.kind == "pronoun":
        return None
    if "unknown" in found.who.roles and not any(word.is_capital for word in words[first + length : found.ends]):
        return None
    if words[first].low == "per" and (words[first].text.islower() and words[first - 1].text != ","):
        return None  # "per month"
    if found.who.head in _NOT_A_SOURCE or found.who.head in grammar.content:
        return None
    ends = _behind_apposition(words, found.ends)
    return _rest(words, first, ends, found.who, grammar)


def _in_the_view(words: list[Token], noun: int, grammar: Grammar) -> Said | None:
    """ "In Brandt's view, ...", "by the regulator's own account, ..."."""
    owner = noun - 1
    while owner > 0 and noun - owner < 3 and words[owner].low in _BEFORE_VIEW:
        owner -= 1
    if owner < 1:
        return None
    pronoun = _WHOSE.get(words[owner].low)
    who = (
        Speaker(words[owner].start, words[owner].text, "pronoun", pronoun) if pronoun else whose(words, owner, grammar)
    )
    if who is None:
        return None
    begins = next(k for k, word in enumerate(words) if word.start >= who.start)
    if begins < 1 or words[begins - 1].low not in _IN:
        return None
    closed = noun + 1 < len(words) and words[noun + 1].text == ","
    return _rest(words, begins - 1, noun + 1, who, grammar) if closed or begins == 1 else None


_VIEWS = frozenset(
    "view opinion words account reckoning estimate estimates count telling judgement judgment assessment reading "
    "admission estimation eyes mind analysis phrase phrasing description version".split()
)
_BEFORE_VIEW = frozenset("own considered professional initial latest personal best".split())
_IN = frozenset("in by on to from".split())
_WHOSE = {"his": "he", "her": "she", "its": "it", "their": "they"}


def _sentence_start(reading: Reading, quoted: Ranges, start: int) -> int:
    """The sentence's start, or that of the one in which a quotation begins that the sentence is part of."""
    around = quoted.around(start)
    return reading.sentence(around.start - 1)[0] if around and around.start > 0 else start


def _rest(words: list[Token], first: int, ends: int, who: Speaker, grammar: Grammar) -> Said | None:
    last = len(words) - 1
    while last > 0 and words[last].text in ".!?…;":
        last -= 1
    opens = first == 0 or (first <= 2 and words[first - 1].low in grammar.joins | {",", "-", "–", "•"})
    if opens:
        begin = ends
        if grammar.is_english and words[ends : ends + 1] and words[ends].text != ",":
            begin = next((k for k in range(ends, min(last, ends + 20)) if words[k].text in ',“"'), ends)
        while begin <= last and words[begin].text in ",:—–":
            begin += 1
        if begin <= last:
            return Said(words[begin].start, words[last].end, who, who.via, "reported", who.start)
        return None
    before = first - 1
    while before > 0 and words[before].text in ",(—–":
        before -= 1
    tail = words[last].end if last - ends >= 3 else words[before].end
    return Said(words[0].start, tail, who, who.via, "reported", who.start)


def _behind_apposition(words: list[Token], at: int) -> int:
    """Behind ", a former judge," or "(AGX),"."""
    while at < len(words) and words[at].text == "(":
        at = next((k + 1 for k in range(at, min(len(words), at + 12)) if words[k].text == ")"), len(words))
    if (
        at + 1 < len(words)
        and words[at].text == ","
        and words[at + 1].low in ("a", "an", "the", "who", "which", "un", "une", "der", "die")
    ):
        closing = next((k for k in range(at + 1, min(len(words), at + 12)) if words[k].text == ","), None)
        verb = any(
            word.low in ("was", "were", "is", "are", "had", "has", "have") for word in words[at + 2 : closing or at]
        )
        if closing is not None and not (verb and words[at + 1].low not in ("who", "which")):
            return closing
    return at


def _postposed(words: list[Token], at: int, grammar: Grammar) -> Said | None:
    """ "Brehm zufolge teilten die Konten …": the source comes first."""
    begin = at - 1
    while begin > 0 and (words[begin - 1].is_capital or words[begin - 1].low in grammar.articles):
        begin -= 1
    if begin < 0 or at < 1:
        return None
    found = after(words, begin, grammar)
    return _rest(words, begin, at + 1, found.who, grammar) if found and found.ends == at else None
