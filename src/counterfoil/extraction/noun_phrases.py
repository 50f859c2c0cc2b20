"""Noun phrases of English text: where one begins and ends, its head, the name in it and what says who that is.

Closed-class words, known verb forms and capital letters decide. A phrase has the attachments that belong to
its head ("the head of the Election Commission", "experts at the University of Nairobi") and an apposition
("Ingrid Aas, the mayor of Varholm", "the mayor of Varholm, Ingrid Aas"), not relative clauses.
"""

from typing import NamedTuple

from counterfoil.extraction.english_tokens import Words
from counterfoil.extraction.english_words import classes
from counterfoil.extraction.given_names import given_at, is_person
from counterfoil.extraction.phrase_cores import TITLES, Core, CoreReader
from counterfoil.extraction.proper_names import Range

_WINDOW = 280
_DEEP = 3  #: attachments in attachments that are read

#: Prepositions that attach to people, elections and missions abroad, besides "of".
_ATTACHING = frozenset("at for from in with to".split())
_ATTACHED_TO = classes()["attached"]
_OCCUPIED = ("ist", "er", "or", "ian", "man", "woman", "ant", "eer", "ect", "ess", "yst", "ient", "ent")
_CLOSING = frozenset(",.;:)—–!?") | {"Q", "-"}


class NounPhrase(NamedTuple):
    """`text[start:end]`; `head` is its head noun in small letters, a pronoun, or empty where a name stands alone.

    `name` is the range of the proper name in it, `role` of the words that say what the name is: a title before
    it, an apposition behind it. `inner` says that the phrase is not what bears the name: "assets of Taizi Flood".
    """

    start: int
    end: int
    head: str
    name: Range | None = None
    role: Range | None = None
    inner: bool = False


def phrase_at(text: str, start: int, limit: int, attach: bool = True) -> NounPhrase | None:
    """The phrase that begins at `start` (blanks before it are passed over); None if none does.

    Without `attach`, "of" and the like are left out but for offices: "accused the army of theft".
    """
    parser = _Parser(Words(text, start, min(limit, start + _WINDOW)))
    found = parser.phrase(0, attach)
    return found[0] if found else None


def phrase_before(text: str, floor: int, end: int) -> NounPhrase | None:
    """The phrase that ends at `end`, blanks and the comma of an apposition aside: a verb's subject."""
    phrases = listed_before(text, floor, end)
    return phrases[-1] if phrases else None


def listed_at(text: str, start: int, limit: int, attach: bool = True) -> list[NounPhrase]:
    """The phrases that begin at `start`, joined by commas, "and", "or", "as well as"."""
    parser = _Parser(Words(text, start, min(limit, start + 2 * _WINDOW)))
    return [phrase for phrase, _ in parser.listed(0, attach)]


def listed_before(text: str, floor: int, end: int) -> list[NounPhrase]:
    """The phrases that end at `end`, joined likewise; the nearest one is the last."""
    start = max(floor, end - 2 * _WINDOW)
    parser = _Parser(Words(text, start, end))
    at, last = 0, len(parser.words.tokens)
    while at < last:
        found = parser.listed(at, True, before_verb=True)
        if not found:
            at += 1
            continue
        after = found[-1][1]
        if after >= last or (after == last - 1 and parser.words.tokens[after].kind in (",", "Q", ")")):
            return [phrase for phrase, _ in found]
        at = after
    return []


def phrases_in(text: str, start: int, end: int) -> list[NounPhrase]:
    """The phrases of a range, one after the other, none inside another."""
    parser = _Parser(Words(text, start, end))
    found: list[NounPhrase] = []
    at = 0
    while at < len(parser.words.tokens):
        item = parser.phrase(at, True)
        if item:
            found.append(item[0])
        at = item[1] if item else at + 1
    return found


class _Parser:
    """Reads phrases off a list of tokens."""

    def __init__(self, words: Words) -> None:
        self.words, self.cores = words, CoreReader(words)

    def phrase(self, at: int, attach: bool) -> tuple[NounPhrase, int] | None:
        """The phrase at a token and the token behind it."""
        core = self.cores.core(at)
        if core is None:
            return None
        if attach or core.head in TITLES:
            self._attach(core, 0)
        self._bracket(core)
        self._appose(core)
        return self._finished(core), core.after

    def listed(self, at: int, attach: bool, before_verb: bool = False) -> list[tuple[NounPhrase, int]]:
        """The phrases from a token on, each with the token behind it."""
        found: list[tuple[NounPhrase, int]] = []
        joined = 0  #: how many there are up to the last "and"
        while item := self.phrase(at, attach):
            found.append(item)
            at, last = self._joint(item[1])
            if last and not self._is_clause(at):
                nxt = self.phrase(at, attach)
                if nxt and (before_verb or not self._verb_at(nxt[1])):
                    found.append(nxt)
                    joined = len(found)
                    at, last = self._joint(nxt[1])
                    if not last and at == nxt[1]:
                        break
                    continue
                break
            if at == item[1] or last:
                break
        return found[: max(1, joined)] if found else []

    def _joint(self, at: int) -> tuple[int, bool]:
        """The token behind a comma or conjunction, and whether it is the conjunction that ends a list."""
        comma = self.words.kind(at) in (",", ";")
        after = at + comma
        word = self.words.lower(after)
        if word in ("and", "or", "&", "nor"):
            if self.words.kind(after + 1) == ",":  # "and, to a lesser extent, Armenia"
                closing = next((at for at in range(after + 2, after + 8) if self.words.kind(at) == ","), after)
                return closing + 1, True
            return after + 1 + (self.words.lower(after + 1) in ("also", "even", "later", "possibly")), True
        if word == "as" and self.words.lower(after + 1) == "well" and self.words.lower(after + 2) == "as":
            return after + 3, True
        if word == "but" and self.words.lower(after + 1) == "also":
            return after + 2, True
        return (after, False) if comma else (at, False)

    def _is_clause(self, at: int) -> bool:
        return self.words.kind(at) in "RXVEJ" and self.words.lower(at) != "others"

    def _verb_at(self, at: int) -> bool:
        """Whether a finite verb follows, so that the phrase before it begins a clause of its own."""
        if self.words.kind(at) == "X" or self.words.kind(at) == "V":
            return True
        return self.words.kind(at) == "E" and self.words.kind(at + 1) in "DRCGJ"

    def _attach(self, core: Core, depth: int) -> None:
        """Take in what belongs to the head: "of the Seimas", "for Foreign Affairs", "at the lab"."""
        if core.bears_name and core.head in TITLES and self.words.kind(core.after) == "O":
            home = self.cores.core(core.after + 1)
            if home is not None and home.bears_name and not home.head:  # "Imam Yusuf Karimi of Malmö"
                core.after = home.after
            return
        while depth < _DEEP and self._attaches(core):
            inner = self.cores.core(core.after + 1)
            if inner is None:
                return
            self._attach(inner, depth + 1)
            if core.head in TITLES and core.name is None and self._split_person(core, inner):
                return
            if core.name is None and inner.name is not None:
                core.name, core.inner = inner.name, True
            if not core.head and core.name is None:
                core.head = inner.head
            place = self.words.lower(core.after) == "in" and not inner.head
            core.after = inner.after
            if place:
                self._further_place(core)

    def _further_place(self, core: Core) -> None:
        """ "voters in Saxony and Thuringia" """
        more = self.cores.core(core.after + 1) if self.words.lower(core.after) == "and" else None
        if more and more.bears_name and not more.head and not self._verb_at(more.after):
            core.after = more.after

    def _attaches(self, core: Core) -> bool:
        if core.name is not None and not core.inner:
            return False
        if self.words.kind(core.after) == "O":
            return self.words.kind(core.after + 1) not in ("I", "P")
        if self.words.lower(core.after) not in _ATTACHING or self.words.kind(core.after + 1) in ("M", "V", "X"):
            return False
        if self.words.kind(core.after + 1) == "D" and self.words.lower(core.after + 1).isdigit():
            return False
        return core.head in _ATTACHED_TO or (
            core.head in TITLES and self.words.lower(core.after) in ("for", "at", "from", "in")
        )

    def _split_person(self, core: Core, inner: Core) -> bool:
        """ "Mayor of London Sadiq Khan": the place and the person are one run of capitals."""
        if inner.name is None or inner.inner:
            return False
        first, after = inner.name
        words = [self.words.word(at) for at in range(first, after)]
        at = given_at(words)
        if not at:
            return False
        core.role = (self.cores.without_determiners(core), first + at)
        core.name, core.inner, core.after = (first + at, after), False, after
        return True

    def _bracket(self, core: Core) -> None:
        if self.words.kind(core.after) != "(":
            return
        for at in range(core.after + 1, min(core.after + 12, len(self.words.tokens))):
            if self.words.kind(at) == ")":
                core.after = at + 1
                return

    def _appose(self, core: Core) -> None:
        if self.words.kind(core.after) != ",":
            return
        at = core.after + 1
        if self.words.kind(at) == "D" and self.words.lower(at).isdigit() and self.words.kind(at + 1) == ",":  # an age
            at += 2
        at += self.words.lower(at) in ("then", "now", "formerly", "currently", "later")
        other = self.cores.core(at)
        if other is None:
            return
        if core.bears_name and not other.bears_name and other.head and self._describes(core, other):
            self._attach(other, 0)
            self._prepositions(other)
            if (
                self.words.kind(other.after) in _CLOSING
                or self.words.lower(other.after) in ("who", "whose")
                or other.after >= len(self.words.tokens)
            ):
                core.role = core.role or (self.cores.without_determiners(other), other.after)
                core.after = other.after
        elif self._is_named_by(core, other):
            core.role = (self.cores.without_determiners(core), core.after)
            core.name, core.inner, core.after = other.name, False, other.after

    def _is_named_by(self, core: Core, other: Core) -> bool:
        """Whether the second phrase is the name of the office that the first one says."""
        office = core.head in TITLES and not core.bears_name and core.definite
        titled = not other.head or (
            other.head in TITLES and other.role is not None
        )  # "his rival, Councillor Ana Reyes"
        return office and other.bears_name and titled and self._closed(other.after)

    def _closed(self, at: int) -> bool:
        return self.words.kind(at) in _CLOSING or self.words.kind(at) in "XVEJP" or at >= len(self.words.tokens)

    def _describes(self, core: Core, other: Core) -> bool:
        """Whether the second phrase says what the first one's name is."""
        if other.head in TITLES:
            return True
        determiner = self.words.lower(other.first)
        assert core.name is not None
        person = is_person(
            self.words.text[self.words.tokens[core.name[0]].start : self.words.tokens[core.name[1] - 1].end]
        )
        if person:  # "Jens Overby, a phonetician at the University of Copenhagen"
            return determiner in ("a", "an") and other.head.endswith(_OCCUPIED)
        return determiner in ("a", "an", "the", "one", "its", "their")

    def _prepositions(self, core: Core) -> None:
        """Go on over what an apposition says of places and fields: "a firm with offices in Dubai"."""
        for _ in range(_DEEP):
            if self.words.kind(core.after) not in ("P", "E") or self.words.lower(core.after) in (
                "before",
                "after",
                "until",
            ):
                return
            step = 1 + (self.words.kind(core.after + 1) == "P")
            inner = self.cores.core(core.after + step)
            if inner is None:
                return
            self._attach(inner, 1)
            core.after = inner.after
            while (
                self.words.lower(core.after) == "and"
                and (more := self.cores.core(core.after + 1))
                and not self._verb_at(more.after)
            ):
                core.after = more.after

    def _finished(self, core: Core) -> NounPhrase:
        start, end = self._letters((core.first, core.after))
        name = self._letters(core.name) if core.name and core.name[1] > core.name[0] else None
        role = self._letters(core.role) if core.role and core.role[1] > core.role[0] else None
        return NounPhrase(start, end, core.head, name, role, core.inner)

    def _letters(self, run: Range) -> Range:
        return self.words.tokens[run[0]].start, self.words.tokens[run[1] - 1].end
