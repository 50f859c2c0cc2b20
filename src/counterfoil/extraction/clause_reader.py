"""What the rules for claims share: one walk over trigger words, the clauses behind a word, who acts in a passive."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator

from counterfoil.extraction.clauses import LONGEST, Claim, clause_end
from counterfoil.extraction.english_tokens import tokens
from counterfoil.extraction.english_words import forms_of, verbs
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.noun_phrases import listed_at, phrase_at
from counterfoil.extraction.operating import WORDS, Operating, Side
from counterfoil.extraction.phrases import spellings, word_starts
from counterfoil.extraction.reading import Reading

SHORTEST = 8  #: letters of a claim
SAYERS = frozenset(
    "posts post videos video clip clips captions caption message messages articles article headline headlines "
    "letter letters voice voice-over narrator soundtrack recording leaflet leaflets comments tweets memes site sites "
    "channels pages emails mails texts sms notices notice accounts document documents quote quotes".split()
)
_BE = frozenset("is are was were be been being".split())
_UNSURE = frozenset("not never may might could".split())
_BY = Expression(r"[^.;]{0,110}?\bby ")
_NEXT = Expression(r"(?:,? and|,|,? or|;)(?: also| even| the claim)? that ")
_MORE = 6  #: further clauses that begin with "that" in one sentence
#: What an operation does next: "accused her of theft and published her address".
_NEXT_DEED = Expression(r",? (?:and|or) (?:also |then |\w{2,12}ly )?(\w{3,15})\b")
_DEEDS = forms_of(
    *WORDS["claiming"], *WORDS["attacking"], *WORDS["blaming"], *WORDS["spreading"], "call", "urge", "reveal", "praise"
) - frozenset("show shows showed shown attack attacks threaten threatens".split())

Rule = Callable[[int, int], Iterator[Claim]]


class ClauseReader:
    """Reads clauses off one report; what finds claims in it builds on this."""

    def __init__(self, reading: Reading, operating: Operating) -> None:
        self._reading, self._text, self._operating = reading, reading.text, operating

    def _walk(self, rules: Iterable[tuple[Collection[str], Rule]]) -> Iterator[Claim]:
        """What each rule reads at its words, where the text is prose."""
        starts = word_starts(self._text)
        for words, read in rules:
            for word in sorted(spellings(words) & starts.keys()):
                for at in starts[word]:
                    if self._operating.sentence(at) is not None:
                        yield from read(at, at + len(word))

    def _claim(self, verb: int, start: int, limit: int) -> Claim:
        end = clause_end(self._text, start, limit)
        tense = verbs().get(self._word(verb), "")
        if tense:
            for deed in _NEXT_DEED.finditer(self._text, start, end):
                if deed[1] in _DEEDS and verbs().get(deed[1]) == tense:
                    end = deed.start()
                    break
        return Claim(start, end, verb, phrase_at(self._text, start, limit))

    def _clauses(self, verb: int, start: int) -> Iterator[Claim]:
        """The clause that begins at `start`, and those that are joined to it by a further "that"."""
        _, limit = self._reading.sentence(start)
        for _ in range(_MORE):
            further = _NEXT.search(self._text, start, min(limit, start + LONGEST))
            claim = self._claim(verb, start, further.start() if further else limit)
            if claim.end - claim.start > SHORTEST:
                yield claim
            if further is None:
                return
            start = further.end()

    def _word(self, at: int) -> str:
        """The word that begins at an offset, in small letters."""
        word = re.compile(r"[\w-]{1,30}").match(self._text, at)
        return word.group().lower() if word else ""

    def _passive(self, at: int, first: int) -> bool:
        """Whether "was" or the like, and nothing uncertain or negative, stands before a participle."""
        words = [token.lower for token in tokens(self._text, max(first, at - 40), at)][-4:]
        return bool(_BE & set(words[-3:])) and not _UNSURE & set(words)

    def _agent(self, end: int, limit: int) -> Side:
        """On whose side whoever is named with "by" behind a participle stands."""
        by = _BY.match(self._text, end, limit)
        listed = listed_at(self._text, by.end(), limit) if by else []
        return self._operating.side(listed[0]) if listed else Side.UNKNOWN

    def _before_verb(self, first: int, at: int) -> int:
        """Where the words before a verb end, auxiliaries and adverbs left out."""
        before = tokens(self._text, max(first, at - 80), at)
        stop = len(before)
        while stop and before[stop - 1].kind in ("B", "X"):
            stop -= 1
        return before[stop - 1].end if stop else first
