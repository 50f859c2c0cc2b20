"""Names of people and bodies in French, German, Spanish, Russian and Ukrainian text, with who they are said to be."""

import re

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.given_names import PARTICLES, is_given, is_person

Found = tuple[int, int, str]  #: start, end and role

CAP = r"[A-ZÀ-ÞА-ЯЄІЇҐ][\w’'\-]{1,25}"
_PERSON = Expression(rf"{CAP}(?: (?:{'|'.join(sorted(PARTICLES))}|{CAP})){{0,6}} {CAP}")
_ROLE_WORDS = Expression(r"(?:[a-zà-þа-яєіїґ][\w’'\-]{1,30} |(?:l|d)['’]|" + CAP + " ){1,7}$")


def named(text: str, start: int, end: int) -> Found | None:
    """The person named in a range, with the words before the name that say who it is."""
    for match in _PERSON.finditer(text, start, end):
        at = _name_start(match.group()) + match.start()
        name = text[at : match.end()]
        if " " in name and is_person(name):
            role = _ROLE_WORDS.search(text, max(start, at - 80), at)
            return at, match.end(), _ARTICLE.sub("", role.group().strip()) if role else ""
    return None


def _name_start(words: str) -> int:
    """Where the name begins in a run of capitals: behind "Auch der Oberbürgermeister", "Mme"."""
    for match in re.finditer(r"\S+", words):
        rest = words[match.end() :].strip()
        if rest and is_given(match.group()) and match.group() not in _FIRST_WORDS:
            return match.start()
    return next((m.start() for m in re.finditer(r"\S+", words) if m.group() not in _FIRST_WORDS), len(words))


#: Capitals that are no names: first words of sentences, forms of address.
_FIRST_WORDS = frozenset(
    "Auch Der Die Das Den Dem Zwischen Seit Nach Im Am Mai Selon Mme Madame Monsieur Le La Les Une Un En Dans Pour "
    "Frau Herr "
    "El Los Las Una También Señor Señora Según Don Doña В На По Его Её Пани Пан Пані За У".split()
)
_DATED = Expression(r"\.? [A-Za-zäûé]{3,12}(?: \d{4})?")
_ARTICLE = Expression(
    r"^(?:(?:la|le|les|el|los|las|die|der|das|den|dem|aussi|auch|al?|también|также|також) |l['’])+", re.IGNORECASE
)


def plain(text: str, start: int, end: int) -> Found | None:
    """The words of a range as a body's or group's name, without an article."""
    words = text[start:end].strip(" ,")
    bare = _ARTICLE.sub("", words)
    start = text.index(bare, start) if bare else start
    dated = _DATED.match(text, start + len(bare)) if bare[-1:].isdigit() else None
    bare = text[start : dated.end()] if dated else bare
    if bare.lower().startswith(("par ", "durch ", "por ", "mit ", "à ", "von ")):
        return None
    return (start, start + len(bare), "") if 3 < len(bare) < 70 and len(bare.split()) < 9 else None


def named_or_plain(text: str, start: int, end: int) -> Found | None:
    """The person named in a range, else its words, if a capital among them shows that they are a name."""
    person = named(text, start, end)
    if person:
        return person
    found = plain(text, start, end)
    return found if found and any(letter.isupper() for letter in text[found[0] : found[1]]) else None
