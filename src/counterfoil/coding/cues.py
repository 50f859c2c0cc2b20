"""The cue language: phrases that an analyst can write, matched word by word.

A cue is one line of plain words. Case and punctuation do not matter; words match whole words.

    posing as                     these words, one after the other
    impersonat*                   any word that begins so
    (fake|made up|bogus) account* one of several
    fake? account                 the word before ? may be missing; so may a group: (fake|false)?
    <fake> account*               a named list of words, from lists.yaml or the file's own `lists`
    stole ... photo*              up to six words in between
    photo* + stolen               both in the same passage, in any order (with blanks around +)
    re:\\bT\\.?V\\b                 a Python regular expression, where nothing else will do

`follow-train` also finds "follow train" and "followtrain". Letters that writers take for one another are
one (`fold`), Arabic words are also found behind the particles that are written onto them, a Chinese
character is a word of its own. Gaps are bounded and nothing nests, so that
matching is linear in the text. A cue also tells which words it cannot do without (`Part.needs`), by
which a coder finds the few cues that are worth trying on a passage.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from counterfoil.coding.letters import UNSPACED, WORD, bare, fold
from counterfoil.errors import CodebookError

REACH = 6  #: words that ... may pass over
UNSPACED_REACH = 12  #: and characters, in a cue of a script without spaces
SHORTEST_STEM = 2

#: signs that mean something elsewhere in a cue, and so are no part of a word here
_FOREIGN = re.compile(r"[?|()<>{}\[\]\\^]|\.\.\.|(?<!\w)\*|\*(?=[^\s-])")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_PLACE = re.compile(r"\([^()]*\)\??|<[\w-]+>\??|[^\s()<>]+")
_TOKEN = re.compile(rf"\s+\.\.\.\s+|\s+|{_PLACE.pattern}")


@dataclass(frozen=True, slots=True)
class Words:
    """A passage cut into words, and where each word, or beginning of one ("beg*"), stands.

    `bare` has, for a word with particles written onto it, what it is without them.
    """

    text: str
    words: tuple[str, ...]
    bare: Mapping[int, tuple[str, ...]]
    ranges: tuple[tuple[int, int], ...]
    places: Mapping[str, Sequence[int]]
    keys: frozenset[str]  #: of `places`: what a cue's needs are compared with

    @classmethod
    def of(cls, text: str) -> "Words":
        matches = list(WORD.finditer(text))
        words = tuple(fold(match.group()) for match in matches)
        without = (
            {} if text.isascii() else {number: forms for number, word in enumerate(words) if (forms := bare(word))}
        )
        places: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(words):
            for form in (word, *without.get(number, ())):
                places[form].append(number)
                for length in range(SHORTEST_STEM, len(form) + 1):
                    places[form[:length] + "*"].append(number)
        return cls(text, words, without, tuple(match.span() for match in matches), places, frozenset(places))

    def has(self, number: int, wanted: str) -> bool:
        """Whether that word is the wanted one, or begins as a wanted stem does."""
        return _is(self.words[number], wanted) or any(_is(form, wanted) for form in self.bare.get(number, ()))


@dataclass(frozen=True, slots=True)
class Choice:
    """One place in a phrase: the words (or stems, "beg*") that may stand there, and how far from the last."""

    single: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    optional: bool
    reach: int

    def find(self, passage: Words) -> Iterator[tuple[int, int]]:
        """Where it stands in the passage: first word, and the word after the last."""
        for key in self.single & passage.keys:
            for start in passage.places[key]:
                yield start, start + 1
        for phrase in self.phrases:
            if phrase[0] in passage.keys:
                for start in passage.places[phrase[0]]:
                    end = start + len(phrase)
                    if end <= len(passage.words) and all(map(passage.has, range(start, end), phrase)):
                        yield start, end


def _is(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


@dataclass(frozen=True, slots=True)
class Part:
    """One side of a `+`: places to match one after the other, or a regular expression.

    `needs` is a conjunction of alternatives: a passage whose `Words.keys` miss all of one alternative
    set cannot match.
    """

    choices: tuple[Choice, ...]
    needs: tuple[frozenset[str], ...]
    regex: re.Pattern[str] | None = None

    def find(self, passage: Words) -> tuple[int, int] | None:
        """The characters of the first match."""
        if self.regex is not None:
            match = self.regex.search(passage.text)
            return match.span() if match and match.end() > match.start() else None
        reached: dict[int, int] = {}  # where a match of the choices so far ends -> where it began
        anywhere = True  # whether all choices so far were optional
        for choice in self.choices:
            on: dict[int, int] = dict(reached) if choice.optional else {}
            for start, end in choice.find(passage):
                begun = [reached[at] for at in range(start - choice.reach, start + 1) if at in reached]
                first = min(begun, default=start if anywhere else -1)
                if first >= 0:
                    on[end] = min(first, on.get(end, first))
            anywhere = anywhere and choice.optional
            reached = on
            if not reached and not anywhere:
                return None
        first, end = min((first, end) for end, first in reached.items())
        return passage.ranges[first][0], passage.ranges[end - 1][1]


@dataclass(frozen=True, slots=True)
class Cue:
    """A compiled cue: it fires in a passage in which every part matches."""

    source: str
    parts: tuple[Part, ...]

    def find(self, passage: Words) -> list[tuple[int, int]]:
        """The characters at which each part matched first; empty if any did not match."""
        ranges = []
        for part in self.parts:
            found = part.find(passage)
            if found is None:
                return []
            ranges.append(found)
        return ranges


Lists = Mapping[str, Sequence[str]]


def compile_cue(source: str, lists: Lists) -> Cue:
    """Compile one cue.

    Args:
        source: the cue as written.
        lists: named word lists that `<name>` may refer to.

    Raises:
        CodebookError: the cue breaks the language.
    """
    if source.startswith("re:"):
        return Cue(source, (_regular_expression(source),))
    return Cue(source, tuple(_phrase(part.strip(), source, lists) for part in source.split(" + ")))


def required(source: str, lists: Lists) -> list[Sequence[str]]:
    """What a cue cannot do without, one list of alternatives a place: fast, and without checking the cue."""
    if source.startswith("re:"):
        return []
    return [
        _alternatives(token, source, lists) if token[0] in "(<" else (token,)
        for token in _PLACE.findall(source)
        if token[-1] != "?" and token not in ("...", "+")
    ]


def keys(alternatives: Sequence[str], source: str) -> frozenset[str]:
    """The words or stems, of `Words.keys`, one of which a passage has if one of the alternatives stands there."""
    forms = [form for words in alternatives for form in _sequence(words, source)]
    return frozenset([form[0] if len(form) == 1 else max(form, key=len) for form in forms])


def _regular_expression(source: str) -> Part:
    pattern = source[3:]
    if re.search(r"\)(?:[*+]|\{\d*,\})", pattern):
        raise CodebookError(
            f"The cue {source!r} repeats a group without bound, which can take forever.", "Bound it: (...){0,5}."
        )
    try:
        return Part((), (), re.compile(pattern, re.IGNORECASE))
    except re.error as error:
        raise CodebookError(f"The cue {source!r} is not a regular expression: {error}.") from error


def _phrase(phrase: str, source: str, lists: Lists) -> Part:
    places: list[Choice] = []
    needs: list[frozenset[str]] = []
    furthest = UNSPACED_REACH if UNSPACED.search(source) else REACH
    position, reach, apart = 0, 0, True
    while position < len(phrase):
        token = _TOKEN.match(phrase, position)
        if token is None:
            raise CodebookError(f"The cue {source!r} cannot be read from {phrase[position:]!r} on.")
        position = token.end()
        text = token.group()
        if not text.strip() or text.strip() == "...":
            reach, apart = (furthest if text.strip() else 0), True
            continue
        if not apart:
            raise CodebookError(f"The cue {source!r} needs a blank before {text!r}.")
        sequences = [_sequence(word, source) for word in _alternatives(text.removesuffix("?"), source, lists)]
        forms = [form for sequence in sequences for form in sequence]
        choice = _choice(forms, optional=text.endswith("?"), reach=reach)
        places.append(choice)
        if not choice.optional:
            needs.append(frozenset(max(form, key=len) for form in forms))
        reach, apart = 0, False
    if not needs:
        raise CodebookError(f"The cue {source!r} has no word that must be there.")
    return Part(tuple(places), tuple(needs))


def _choice(forms: Sequence[tuple[str, ...]], optional: bool, reach: int) -> Choice:
    return Choice(
        single=frozenset(form[0] for form in forms if len(form) == 1),
        phrases=tuple(form for form in forms if len(form) > 1),
        optional=optional,
        reach=reach,
    )


def _alternatives(text: str, source: str, lists: Lists) -> Sequence[str]:
    if text.startswith("<"):
        name = text[1:-1]
        if name not in lists:
            raise CodebookError(
                f"The cue {source!r} names the list <{name}>, which is not there.",
                f"Known lists: {', '.join(sorted(lists))}.",
            )
        return lists[name]
    if text.startswith("("):
        words: list[str] = []
        for option in text[1:-1].split("|"):
            words += _alternatives(option, source, lists) if option.startswith("<") else [option.strip()]
        if not all(words):
            raise CodebookError(f"The cue {source!r} has an empty alternative.", "Write (a|b)? instead.")
        return words
    return [text]


def _sequence(words: str, source: str) -> tuple[tuple[str, ...], ...]:
    forms = _forms(words)
    if not forms:
        raise CodebookError(
            f"The cue {source!r} has {words!r}, which is no word of the cue language.",
            "Use letters and digits, * at the end of a word, (a|b), <list>, ? and ...; or write re:",
        )
    return forms


@cache  # a codebook has few words and uses them often
def _forms(words: str) -> tuple[tuple[str, ...], ...]:
    """The sequences of words that an alternative stands for; none if it breaks the language."""
    if _is_plain(words):
        return ((words.lower(),),)
    pieces = words.split()
    if pieces and all(map(_is_plain, pieces)):
        return (tuple(map(str.lower, pieces)),)
    if _FOREIGN.search(words):
        return ()
    apart = tuple(_marked(piece) for word in words.split() for piece in _HYPHEN.split(word))
    spread = tuple(piece for pieces in apart for piece in pieces)
    if not spread or any(piece.endswith("*") and len(piece) <= SHORTEST_STEM for piece in spread):
        return ()
    joined = tuple(piece for word in words.split() for piece in _marked(word.replace("-", "")))
    return (spread,) if joined == spread else (spread, joined)


def _is_plain(word: str) -> bool:
    """Whether it is one word or stem of plain letters and digits, as most are: they need no closer look."""
    stem = word[:-1] if word[-1:] == "*" and len(word) > SHORTEST_STEM else word
    return stem.isascii() and stem.isalnum()


def _marked(word: str) -> tuple[str, ...]:
    """The words in a piece of a cue; the asterisk stays with the last."""
    found = [folded for piece in WORD.findall(word) if (folded := fold(piece))]
    return (*found[:-1], found[-1] + "*") if found and word.endswith("*") else tuple(found)
