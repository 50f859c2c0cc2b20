"""Whose turn it is in a transcript: "Dr Roe: We attribute it to Y" is said by Dr Roe, not by the committee."""

import re
from bisect import bisect_right
from collections import Counter
from functools import lru_cache

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.given_names import is_person

_LABEL = Expression(
    r"^(?:Q\d{1,4}[.:]?[ \t]+)?(?P<title>(?:Dr|Mr|Mrs|Ms|Miss|Prof|Professor|Senator|Sir|Dame|Lord|Lady|"
    r"Baroness|Hon)\.?[ \t]+)?"
    r"(?P<name>[A-ZÀ-ÞА-ЯЄІЇҐ][\w.’'\-]{1,30}(?:[ \t][A-ZÀ-ÞА-ЯЄІЇҐ][\w.’'\-]{0,30}){0,3})"
    r"(?:[ \t]\([^()\n]{1,60}\))?:[ \t]+(?=\S)",
    re.MULTILINE,
)
_FEWEST = 4  #: turns of a transcript
_PRESIDES = frozenset("chair chairman chairwoman moderator host interviewer presenter reporter question answer".split())


@lru_cache(maxsize=1)
def _turns(text: str) -> tuple[tuple[int, str], ...]:
    """Where each turn begins, and its speaker; nothing where no two speakers take turns."""
    found = [(match.start(), match["name"]) for match in _LABEL.finditer(text) if _is_somebody(match)]
    spoken = Counter(name for _, name in found)
    take_turns = len(found) >= _FEWEST and len(spoken) > 1 and max(spoken.values()) > 1
    return tuple(found) if take_turns else ()


def _is_somebody(match: re.Match[str]) -> bool:
    name = match["name"]
    return bool(match["title"]) or name.lower() in _PRESIDES or is_person(name) or (name.isupper() and len(name) > 3)


def whose_turn(text: str, at: int) -> str:
    """Who speaks at an offset of a transcript; empty if it is none, or for whoever presides."""
    turns = _turns(text)
    index = bisect_right(turns, (at, "￿"))
    name = turns[index - 1][1] if index else ""
    if name.lower() in _PRESIDES:
        return ""
    return name.title() if name.isupper() else name
