"""Turns of a transcript: "Q12 Jane Roe: …", "Dr Roe: …", "SENATOR ROE: …", each with who speaks."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.given_names import is_person
from counterfoil.extraction.said import Said
from counterfoil.extraction.speaker_heads import Speaker
from counterfoil.extraction.speech_grammar import Grammar

_TITLE = r"(?:Dr|Mr|Mrs|Ms|Mx|Miss|Prof|Professor|Sen|Senator|Rep|Representative|Sir|Dame|Lord|Lady|Baroness|Judge|Hon)"
_LABEL = Expression(
    r"^(?:Q\d{1,4}[.:]?[ \t]+)?"
    rf"(?P<title>(?i:The )?(?i:{_TITLE})\.?[ \t]+)?"
    r"(?P<name>[A-ZÀ-ÞА-Я][\w.’'\-]{0,30}(?:[ \t][A-ZÀ-ÞА-Я][\w.’'\-]{0,30}){0,3})"
    r"(?:[ \t]\([^()\n]{1,60}\))?:[ \t]+(?=\S)",
    re.MULTILINE,
)
#: What stands before a colon in a transcript and is no name.
_PARTS = frozenset(
    "chair chairman chairwoman chairperson moderator host interviewer presenter speaker reporter journalist question "
    "answer president witness".split()
)
_FEWEST = 4  #: turns of a transcript
_TOLD = frozenset(".?!…”\"'’»)")


def turns(text: str, grammar: Grammar) -> Iterator[Said]:
    """What each speaker of a transcript says, in text order; nothing where no two speakers take turns."""
    labels = [match for match in _LABEL.finditer(text) if _speaks(match, grammar)]
    spoken = Counter(match["name"] for match in labels)
    labels = [match for match in labels if spoken[match["name"]] > 1 or match["title"] or is_person(match["name"])]
    if len(labels) < _FEWEST or len(spoken) < 2 or max(spoken.values()) < 2:
        return
    ends = [*(match.start() for match in labels), len(text)]
    for match, (_, follows) in zip(labels, pairwise(ends), strict=True):
        name = _plain(match["name"])
        kind, name = ("name", name) if name.lower() not in _PARTS else _presiding(text, name)
        who = Speaker(match.start("name"), name, kind, "" if kind == "name" else name.lower())
        yield Said(match.end(), _end(text, match.end(), follows), who, "", "quotation", match.start("name"))


def _speaks(match: re.Match[str], grammar: Grammar) -> bool:
    """Whether a label may name somebody: a title, a person's name, a part, a surname in capitals."""
    name = match["name"]
    if match["title"] or name.lower() in _PARTS or is_person(name):
        return True
    return name.isupper() and len(name) > 3 and name.lower() not in grammar.documents


def _plain(name: str) -> str:
    return name.title() if name.isupper() else name


def _presiding(text: str, part: str) -> tuple[str, str]:
    """The kind and name of who has a part: "Members present: Jane Roe (Chair)"."""
    who = re.search(rf"([A-ZÀ-Þ][\w’'\-]{{1,30}}(?: [A-ZÀ-Þ][\w’'\-]{{1,30}}){{1,2}})(?: \(|, ){part}\b", text)
    return ("name", who[1]) if who else ("role", part)


def _end(text: str, start: int, follows: int) -> int:
    """Where a turn ends: before the next one, or the first of its paragraphs that is a heading."""
    end = text.find("\n", start, follows)
    end = follows if end < 0 else end
    while end < follows:
        begin = end
        while begin < follows and text[begin].isspace():
            begin += 1
        stop = text.find("\n", begin, follows)
        stop = follows if stop < 0 else stop
        if begin >= follows or text[begin:stop].rstrip()[-1:] not in _TOLD or follows == len(text):
            break
        end = stop
    return start + len(text[start:end].rstrip())
