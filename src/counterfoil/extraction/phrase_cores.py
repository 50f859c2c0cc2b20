"""The core of a noun phrase: determiners, modifiers, noun and name, without what is attached behind."""

from dataclasses import dataclass

from counterfoil.extraction.english_tokens import Words
from counterfoil.extraction.english_words import classes, verbs
from counterfoil.extraction.given_names import HONORIFICS, is_given
from counterfoil.extraction.proper_names import Range, name_at, organisation_of_people, quoted_at

TITLES = classes()["titles"]
_MODIFIER_ING = frozenset(
    "working ruling leading voting polling marketing hosting remaining existing growing living".split()
)
#: Kinds of words that a phrase can begin with.
_DESCRIBING = frozenset("GMADBEIJ")
_BEGINNING = frozenset("DRGMABEINnVCQ")
_OCCUPATIONS = ("ist", "er", "or", "ian", "man", "woman", "ant", "eer")
#: What a code name may begin with, whose last word may be anything: "Operation Pale Anchor".
_CODE_NAMED = frozenset("operation project campaign storm".split())
_VERB_NOUNS = classes()["nouns"] & verbs().keys()  #: "the group claims", "claims of the group"


@dataclass(slots=True)
class Core:
    """A phrase while it is read: `first` and `after` count tokens, names and roles are ranges of tokens."""

    first: int
    after: int
    head: str = ""
    name: Range | None = None
    role: Range | None = None
    inner: bool = False
    definite: bool = False
    seen: bool = False  #: whether anything but determiners was read
    own: int = 0  #: where it goes on after a possessive

    @property
    def bears_name(self) -> bool:
        return self.name is not None and not self.inner


class CoreReader:
    """Reads cores off a list of tokens."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def core(self, at: int) -> Core | None:
        kind = self.words.kind(at)
        if kind not in _BEGINNING:
            return None
        core = Core(at, at)
        if kind == "D":
            at = self._determiners(core)
        if kind == "R":
            core.head, core.after = self.words.lower(at), at + 1
            return core
        while True:
            bare = not core.bears_name and not core.head
            if self.words.kind(at) == "S" and core.seen:
                at = self._possessive(core, at)
                continue
            after = (self._modifier(core, at) if bare else 0) or self._noun_or_name(core, at)
            if not after:
                break
            core.seen = core.seen or self.words.kind(at) not in ("D", "B")
            at = core.after = after
        if core.after == core.first or (not core.head and core.name is None and self._ends_bare(core)):
            return None
        return core

    def _ends_bare(self, core: Core) -> bool:
        """Whether there are adjectives only, which are no phrase."""
        return self.words.kind(core.after - 1) in ("E", "I", "A", "G", "B")

    def _modifier(self, core: Core, at: int) -> int:
        """The token behind a word that describes the noun to come; 0 if there is none."""
        kind = self.words.kind(at)
        if kind not in _DESCRIBING:
            return 0
        follows = self.words.kind(at + 1)
        if kind == "G" and (named := organisation_of_people(self.words, at)):
            core.name, core.inner = named, False
            return named[1]
        if kind == "M" and not core.seen and (core.first == at or follows in ("N", "n", "A")):
            while self.words.kind(at + 1) in ("D", "M"):
                at += 1
            return at + 1
        describes = (
            kind in ("A", "G")
            or (kind == "D" and self.words.lower(at) != "that")
            or (kind == "B" and follows in ("A", "E", "G") and not (follows == "E" and self.words.kind(at + 2) == "C"))
            or (kind in ("E", "I") and self._modifies(core, at))
            # "Tamil and Eritrean communities"
            or (kind == "J" and core.seen and follows in ("A", "G") and self.words.kind(at + 2) in ("N", "n"))
        )
        return at + 1 if describes else 0

    def _noun_or_name(self, core: Core, at: int) -> int:
        """The token behind a noun or name; 0 if there is none."""
        kind = self.words.kind(at)
        if kind == "A" and core.name and not core.head and self.words.kind(at + 1) == "N":
            return at + 1  # "Hong Kong pro-democracy activists"
        if kind in ("N", "n", "V") and self._is_noun(core, at):
            core.head = self.words.lower(at)
            core.inner = core.name is not None
            return at + 1
        if kind in ("C", "Q") and not core.bears_name and self._may_name(core, at):
            named = name_at(self.words, at) if kind == "C" else quoted_at(self.words, at)
            return self._take_name(core, at, named) if named else 0
        return 0

    def _possessive(self, core: Core, at: int) -> int:
        """Begin anew behind "Moldova's"; returns the token there."""
        core.inner, core.head, core.role, core.definite = core.name is not None, "", None, True
        core.seen = False
        core.own = core.after = at + 1
        while self.words.kind(core.after) == "D":
            core.after += 1
        return core.after

    def _determiners(self, core: Core) -> int:
        at = core.first
        while self.words.kind(at) == "D":
            if self.words.lower(at) == "that" and self.words.kind(at + 1) not in "AENnI":
                break
            core.definite = core.definite or self.words.lower(at) not in ("some", "many", "more", "most")
            at += 1
        core.after = at
        return at

    def _modifies(self, core: Core, at: int) -> bool:
        """Whether a participle stands before its noun: "the leaked mails", but "accounts posing as"."""
        follows = self.words.kind(at + 1)
        if self.words.kind(at - 1) == "M":
            return False  # "on Monday sanctioned"
        if follows == "N" or (follows in ("n", "A", "G", "E") and core.after > core.first):
            return self.words.kind(at) == "E" or core.after > core.first or self.words.lower(at) in _MODIFIER_ING
        return core.after > core.first and follows in ("C", "Q") and self.words.kind(at) == "E"

    def _is_noun(self, core: Core, at: int) -> bool:
        kind, lower = self.words.tokens[at].kind, self.words.lower(at)
        follows = self.words.kind(at + 1)
        begun = core.head or core.name
        verbal = kind == "V" or (kind == "N" and lower in _VERB_NOUNS)
        if verbal and begun and (follows in ("D", "R", "G", "X") or self.words.lower(at + 1) in ("that", "it", "as")):
            return False
        if core.bears_name and core.head in TITLES:
            return False  # "Minister Luca Ferrante confesses"
        if kind == "V":
            return core.definite and not begun and follows not in ("D", "R")
        if core.name and not core.inner and not core.head:
            return kind == "N" or (kind == "n" and "-" in lower)
        return True

    def _may_name(self, core: Core, at: int) -> bool:
        """Whether a name that follows a noun is that noun's name: "the firm Harrow Lane", not "posts Meta removed"."""
        if not core.head:
            return True
        singular = core.head.removesuffix("s")
        if singular.endswith(_OCCUPATIONS) and self.words.kind(at + 1) == "C":
            return True  # "the cartoonist Badi Tan"
        return bool({core.head, singular} & (TITLES | classes()["naming"]))

    def _take_name(self, core: Core, at: int, named: Range) -> int:
        """Put the name in the core, its titles in the role; returns the token behind it."""
        first, after = named
        core.inner = False
        start = self.without_determiners(core)
        if self.words.kind(first) == "Q":
            core.name = (first + 1, after - 1 - (self.words.kind(after - 2) in (",", ".")))
            core.role = (start, at) if core.head else None
            return after
        names = classes()
        title = -1
        for index in range(first, after):
            word = self.words.lower(index)
            if word in names["titles"] or word.rstrip(".") in names["titles"]:
                if index == after - 1 and index > first and is_given(self.words.word(index - 1)):
                    break  # "Mayor Denise Cardinal"
                title = index
        after_title = range(max(first, title), after)
        organisation = any(self.words.word(index) in names["organisations"] for index in after_title)
        organisation = organisation or (
            self.words.word(first) in names["organisations"] and self.words.kind(first + 1) in "OP"
        )
        if title < 0 or organisation:
            while first < after - 1 and self.words.word(first) in HONORIFICS:
                first += 1
            core.name = (first, after)
            core.role = (start, at) if at > start else None
            return after
        if title == after - 1 and self.words.lower(first) not in _CODE_NAMED:
            core.head, core.name, core.role = self.words.lower(title).rstrip("."), None, None
            return after
        if title == after - 1:  # a code name
            core.name = (first, after)
            return after
        core.head, core.name, core.role = self.words.lower(title).rstrip("."), (title + 1, after), (start, title + 1)
        return after

    def without_determiners(self, core: Core) -> int:
        start = max(core.first, core.own)
        while self.words.kind(start) == "D" and self.words.lower(start) not in ("first", "second"):
            start += 1
        return start
