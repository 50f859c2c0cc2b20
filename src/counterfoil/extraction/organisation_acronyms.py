"""Bodies by their full names and their acronyms, where one text has both without saying that they are one.

Also an acronym or a short name in apposition: "Belarus's State Security Committee, the KGB,".
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.naming import ORGANISATIONS, Named
from counterfoil.extraction.phrases import PhraseIndex
from counterfoil.extraction.states import gazetteer
from counterfoil.model.extraction import Alias

_APPOSED = Expression(
    r",? (?:or |or the |the |known as the |known as )(?P<short>[A-ZА-ЯЄІЇҐ]{2,6})(?=[,.;:)\n]|$| [–—])"
)


@lru_cache(maxsize=1)
def _full_names() -> dict[str, str]:
    """Full name -> acronym."""
    lines = (files("counterfoil.extraction") / "data" / "organisation_acronyms.txt").read_text(encoding="utf-8")
    rows = (line.partition(" = ") for line in lines.splitlines() if " = " in line)
    return {name.strip(): short for short, _, names in rows for name in names.split("|")}


@lru_cache(maxsize=1)
def _index() -> PhraseIndex:
    return PhraseIndex((*_full_names(), *_full_names().values()))


def known_acronyms(text: str) -> Iterator[Named]:
    """A naming of each body that the text calls by its full name and by its acronym."""
    first: dict[str, int] = {}
    for start, _, phrase in _index().find(text):
        first.setdefault(phrase, start)
    for phrase, start in first.items():
        short = _full_names().get(phrase, "")
        if short in first:
            yield Named(start, phrase, "agency", "", "a full name and its acronym", (Alias(short),))


def apposed_acronyms(text: str, named: Sequence[Named]) -> Iterator[Named]:
    """ "the State Security Committee, the KGB," """
    for naming in tuple(named):
        if naming.kind not in ORGANISATIONS or " " not in naming.name:
            continue
        match = _APPOSED.match(text, naming.start + len(naming.name))
        initials = {word[0] for word in re.findall(r"\w+", naming.name)}
        if match and match["short"] not in gazetteer().names and match["short"][0] in initials | set("KGSФКС"):
            yield Named(naming.start, naming.name, naming.kind, naming.state, naming.reason, (Alias(match["short"]),))
