"""Where sentences end: rules for prose of any script, careful with the abbreviations of news English.

Own rules, because on news prose they are as good as the segmenters at hand and many times faster, never
move an offset, and take time proportional to the text.
"""

import re
from collections.abc import Iterator

from counterfoil.readers.abbreviations import NEVER_LAST, ORDINAL_LANGUAGES, SOMETIMES_LAST, STARTERS

_CLOSERS = r"[)\]\"'”’»›）」』】》〉]"
_STOPS = r"[.!?…؟۔।॥։።؛‼⁇⁈⁉]"
_OPENERS = "([\"'“‘«‹„‚¿¡*_"
#: A stop, what closes with it, and footnote marks that hang on it; or the end of a line; or stops that end
#: nothing, which are taken whole, because to try again from each of them is quadratic.
_CANDIDATE = re.compile(
    rf"\n|(?P<wide>[。！？｡]++{_CLOSERS}*+)"
    rf"|(?P<stop>{_STOPS}++)"
    rf"(?P<after>(?:[ \u00a0\u202f]»)?{_CLOSERS}*+(?:\[\d{{1,3}}\])*+(?P<note>\d{{1,3}})?)(?=\s|$)"
    rf"|{_STOPS}++"
)
_NEXT_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_LAST_WORD = re.compile(r"[^\s(\[\"“‘«„]+$")
_SPEECH = re.compile(
    r"(?:[A-Z][\w.'’-]* ){1,3}(?:said|says|asked|asks|wrote|writes|told|added|adds|replied|tweeted|posted)\b"
)
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_OMISSION = re.compile(r"^[\[(](?:…|\.{3})[\])]\s*")
_QUOTE_PARTICLES = "とってのはがをも，、,"
_DASHES = "—– "
_GOING_ON = ",;:.?!…)%"
_MAX_PARENTHESIS = 300


def sentence_ranges(text: str, start: int, end: int, language: str = "und") -> Iterator[tuple[int, int]]:
    """Ranges (start, end) of the sentences in `text[start:end]`, trimmed, in order, together all non-blanks.

    `language` is an ISO 639-1 code; it only decides whether "3." may be an ordinal number.
    """
    rules = _Rules(text, start, end, language)
    begin = start
    for match in _CANDIDATE.finditer(text, start, end):
        if rules.ends_sentence(match, begin):
            yield from _trimmed(text, begin, match.end())
            begin = match.end()
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        start += len(piece) - len(piece.lstrip())
        yield start, start + len(stripped)


class _Rules:
    def __init__(self, text: str, start: int, end: int, language: str) -> None:
        self._text = text
        self._end = end
        self._ordinals = language in ORDINAL_LANGUAGES
        # Posts in lower case throughout: there a small letter after a stop says nothing.
        self._small = text[start:end].islower()

    def ends_sentence(self, match: re.Match[str], begin: int) -> bool:
        """Whether the sentence that began at `begin` ends with `match`."""
        if match.group() == "\n":
            return True
        if match.group("wide") is None and match.group("stop") is None:
            return False
        following = self._following(match.end())
        if not following:
            return True
        if match.group("wide"):
            return self._after_wide(match, following)
        if self._in_parenthesis(begin, match):
            return False
        after = _OMISSION.sub("", following).lstrip(_OPENERS + _DASHES)[:1]
        if (after.islower() and not self._small) or (after and after in _GOING_ON):
            return False
        stop = match.group("stop")
        if stop == "…" or (stop[0] in "…." and len(stop) > 1):
            return self._after_ellipsis(match, following)
        if stop == ".":
            return self._after_full_stop(match, begin, following)
        quoted = any(sign in "\"'”’»" for sign in match.group("after"))
        return not (quoted and _SPEECH.match(following))

    def _following(self, position: int) -> str:
        return self._text[position : min(self._end, position + 80)].lstrip()

    def _after_wide(self, match: re.Match[str], following: str) -> bool:
        """A closing quotation mark may be followed by what is said of the quotation."""
        return match.group()[-1] in "。！？｡" or following[0] not in _QUOTE_PARTICLES

    def _in_parenthesis(self, begin: int, match: re.Match[str]) -> bool:
        if match.end() - begin >= _MAX_PARENTHESIS:
            return False
        sentence = self._text[begin : match.end()]
        for opening, closing in ("()", "[]", "（）"):
            if sentence.count(opening) > sentence.count(closing):
                ahead = self._text[match.end() : min(self._end, begin + _MAX_PARENTHESIS)]
                if closing in ahead:
                    return True
        return False

    def _after_ellipsis(self, match: re.Match[str], following: str) -> bool:
        """ "[…] Then" goes on in what follows; "and so on … Then" and "wait... What" do not."""
        return self._text[match.start() - 1 : match.start()] not in ("[", "(") and not following[:1].isdigit()

    def _after_full_stop(self, match: re.Match[str], begin: int, following: str) -> bool:
        found = _LAST_WORD.search(self._text, max(begin, match.start() - 40), match.start())
        word = found.group() if found else ""
        note = match.group("note")
        if note:  # "ended.12 The": a note's number; "3.5" and "v2.1" are no ends
            return word[-1:].isalpha() and following[:1].isupper() and len(word) > 2
        if match.group("after"):
            return not (_SPEECH.match(following) and match.group("after")[0] in "\"'”’»")
        folded = word.casefold()
        if word.isdigit():
            return self._after_number(word, begin, found, following)
        next_word = _NEXT_WORD.match(following.lstrip(_OPENERS))
        starts = next_word is not None and next_word.group().casefold() in STARTERS
        if folded in SOMETIMES_LAST or _ACRONYM.fullmatch(word):
            return starts and folded not in NEVER_LAST
        if folded in NEVER_LAST:
            return folded == "no" and not following[:1].isdigit()
        if len(word) == 1 and word.isalpha() and word.isupper():
            return starts and len(next_word.group()) > 1 if next_word else False
        return True

    def _after_number(self, word: str, begin: int, found: re.Match[str] | None, following: str) -> bool:
        at_start = (
            found is not None and found.start() - begin < 5 and not self._text[begin : found.start()].strip(" \n(")
        )
        if at_start and len(word) <= 3:  # "1. First point": the number of a list item
            return False
        return not (self._ordinals and len(word) <= 2 and not following[:1].isdigit())
