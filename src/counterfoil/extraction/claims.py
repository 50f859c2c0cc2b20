"""What an operation says, as clauses of the text: "claimed that …", "accused N of …", "false claims that …"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from counterfoil.extraction.clause_reader import SAYERS, ClauseReader
from counterfoil.extraction.clauses import LONGEST, Claim, clause_end
from counterfoil.extraction.english_tokens import Token, begins_sentence, tokens
from counterfoil.extraction.english_words import forms_of
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.noun_phrases import phrase_at, phrase_before
from counterfoil.extraction.operating import WORDS, Operating, Side
from counterfoil.extraction.phrase_cores import TITLES
from counterfoil.extraction.phrases import spellings, vocabulary, word_starts
from counterfoil.extraction.printed_claims import PrintedClaims
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.told_claims import ToldClaims
from counterfoil.model.extraction import Actor, Attribution, Extraction, PlatformMention

_CLAIMING = forms_of(*WORDS["claiming"], *"reveal assure inform remind alert notify complain boast lament add".split())
_SPREADING = forms_of(*WORDS["spreading"])
_CLAIMS, _FALSE, _FAKE = WORDS["claims"], WORDS["false"], WORDS["fake media"]
#: Verbs that take somebody and what is said of them, and the word between the two.
_OF = dict.fromkeys(forms_of("accuse", "suspect"), "of")
_OF |= dict.fromkeys(
    forms_of(
        *"blame denounce condemn mock criticise criticize ridicule attack slam lambast deride berate castigate".split()
    ),
    "for",
)
_OF |= {**dict.fromkeys(forms_of("charge"), "with"), **dict.fromkeys(forms_of("implicate"), "in")}
_OF |= dict.fromkeys(forms_of("liken", "compare", "equate", "link", "tie"), "to")
_AS = forms_of(*"portray depict paint present characterise characterize describe cast frame brand label smear".split())
_AS |= forms_of("denounce", "deride", "ridicule", "mock", "vilify", "caricature", "represent", "dismiss", "style")
_CALLING = forms_of("call", "label", "brand", "dub", "term", "nickname")
_JUDGING = frozenset(_OF) | _AS | _CALLING
#: What is told with these may stand without "that"; reporters seldom use them of their own sources.
_BOLD = forms_of("claim", "allege", "assert", "insinuate", "suggest", "imply", "insist")
#: "the report claims", "it found": what trackers write stands in these, however they put it.
_FALSELY = frozenset(
    "falsely wrongly baselessly misleadingly untruthfully erroneously spuriously fraudulently supposedly "
    "allegedly".split()
)
_UNTRUE = Expression(
    r" (?:is|are|was|were|has been|have been|proved) (?:all |both |also )?(?:false|untrue|baseless|fabricated|"
    r"debunked)\b"
)
_WHOM = Expression(r",? (?P<who>whom|which|who) (?:it|they|its \w+|the \w+) (?:also |has |have |had |\w+ly )*$")
_CONTENT = frozenset("posts videos memes tweets accounts operation network campaign clips personas".split())
_BARE_SUBJECT = frozenset("CGDR")  #: what a clause without "that" begins with


@dataclass(frozen=True, slots=True)
class _Job:
    """A report to be examined; the reading is not compared, as its text tells which it is."""

    text: str
    found: tuple[tuple[Actor, ...], tuple[Attribution, ...], tuple[PlatformMention, ...]]
    reading: Reading = field(compare=False)
    extraction: Extraction = field(compare=False)


def examined(reading: Reading, found: Extraction) -> "tuple[Operating, list[Claim]]":
    """Who operates in a report, and what the operation claims; narratives and targets ask for the same."""
    return _examined(_Job(reading.text, (found.actors, found.attributions, found.platforms), reading, found))


@lru_cache(maxsize=1)
def _examined(job: _Job) -> "tuple[Operating, list[Claim]]":
    operating = Operating(job.reading, job.extraction)
    return operating, Claims(job.reading, operating).all()


class Claims(ClauseReader):
    """Finds the claims of one report."""

    def all(self) -> list[Claim]:
        """Every claim in text order, none that begins inside another."""
        others = (reader(self._reading, self._operating) for reader in (ToldClaims, PrintedClaims))
        found = [*self._found(), *(claim for reader in others for claim in reader.all())]
        found.sort(key=lambda claim: (claim.start, -claim.end))
        kept: list[Claim] = []
        for claim in found:
            if not kept or claim.start >= kept[-1].end:
                kept.append(claim)
        return kept

    def _found(self) -> Iterator[Claim]:
        starts = word_starts(self._text)
        for words, read in (
            (_CLAIMING, self._claimed),
            (_CLAIMS | {"saying"}, self._noun),
            (_JUDGING, self._judged),
            (frozenset("appear appears appeared showing shows showed show had has have".split()), self._staged),
            (frozenset({"according"}), self._according),
        ):
            for word in sorted(spellings(words) & vocabulary(self._text)):
                for at in starts[word]:
                    prose = self._operating.sentence(at) is not None
                    if prose and (word[0].islower() or begins_sentence(self._text, at)):
                        yield from read(at, at + len(word))

    def _claimed(self, at: int, end: int) -> Iterator[Claim]:
        """ "claimed that the vote was rigged", "alleging the minister owns a lab"."""
        _, limit = self._reading.sentence(at)
        following = tokens(self._text, end, min(limit, end + 120))
        clause = _clause_start(following, self._text[at:end].lower())
        if clause is None:
            return
        falsely = bool(_last_word(self._text, at) & _FALSELY)
        subject = self._operating.subject(at - (len("falsely ") if falsely else 0))
        word = self._text[at:end].lower()
        if subject.side is Side.OTHER or (subject.side is Side.UNKNOWN and not falsely):
            return
        phrase = subject.phrase
        printed = phrase is not None and phrase.head in SAYERS
        if word not in _BOLD and not (
            self._text.startswith("that ", clause - 5)
            and (phrase is not None or self._operating.acts_near(at))
            and (printed or not self._text.startswith(("it ", "its "), clause))  # whoever says so speaks of itself
        ):
            return
        yield from self._clauses(at, clause)

    def _noun(self, at: int, end: int) -> Iterator[Claim]:
        """ "false claims that …", "spread rumours that …", "two claims: that …, that …"."""
        first, limit = self._reading.sentence(at)
        that = _NOUN_THAT.match(self._text, end, limit)
        if that is None:
            return
        before = tokens(self._text, max(first, at - 160), at)
        false = any(token.lower in _FALSE or token.lower in _FALSELY for token in before[-4:])
        spread = [token for token in before if token.lower in _SPREADING]
        denied = any(token.lower in _DENYING for token in before[-7:])
        true = _PROVED.search(self._text, that.end(), min(limit, that.end() + LONGEST))
        if self._text[at:end].lower() in _INVENTED and self._operating.told(at) and not true:
            false, denied = True, False
        if spread and not false and not denied:
            sure = spread[-1].lower in _PEDDLING and not any(token.lower in _NOT for token in before[-7:])
            false = sure or self._operating.subject(spread[-1].start).side is not Side.OTHER
        untrue = _UNTRUE.search(self._text, that.end(), min(limit, that.end() + LONGEST))
        if untrue and not denied:
            yield Claim(that.end(), untrue.start(), at, phrase_at(self._text, that.end(), limit))
        elif false and not denied:
            yield from self._clauses(at, that.end())

    def _judged(self, at: int, end: int) -> Iterator[Claim]:
        """ "accused N of theft", "portrayed N as a puppet"."""
        word = self._text[at:end].lower()
        first, limit = self._reading.sentence(at)
        subject = self._operating.subject(at)
        if subject.side is not Side.OPERATION or (
            subject.phrase and subject.phrase.head in ("nothing", "none", "neither")
        ):
            return
        whom = phrase_at(self._text, end, limit, attach=word not in _OF)
        named = word in _CALLING and self._text[end : end + 2].strip() in ("“", '"', "«")  # "an account called …"
        if named or (whom is not None and whom.head in ("themselves", "itself", "himself", "herself")):
            return
        relative = _WHOM.search(self._text, max(first, at - 60), at)
        if relative:
            if re.match(r" (?:of|for|as|an?|the) ", self._text[end : end + 5]):
                before = phrase_before(self._text, first, relative.start())
                yield Claim(relative.start("who"), self._claim(at, end, limit).end, at, before, judged=True)
            return
        if whom is None:
            return
        rest = self._text[whom.end : min(limit, whom.end + 90)]
        link = re.compile(rf"[^.;:]{{0,80}}?\b{_OF[word]} ").match(rest) if word in _OF else None
        link = link or (re.compile(r"[^.;:]{0,40}?\bas ").match(rest) if word in _AS else None)
        if link is None and word in _CALLING:
            link = re.match(r",? (?:(?:an?|the)\b|[“\"'‘])", rest)
        if link is not None:
            stop = self._claim(at, whom.end + link.end(), limit).end
            yield Claim(at, stop, at, whom, judged=True)

    def _staged(self, at: int, end: int) -> Iterator[Claim]:
        """ "in a forged letter, N appears to resign", "a doctored video showing N taking cash"."""
        first, limit = self._reading.sentence(at)
        before = tokens(self._text, max(first, at - 160), at)
        fake = any(token.lower in _FAKE for token in before) or self._text.startswith(("had", "has", "have"), at)
        if self._text.startswith("appear", at) and fake:
            subject = self._operating.subject(at).phrase
            if subject is not None and re.match(r" to \w", self._text[end : end + 5]):
                yield Claim(subject.start, clause_end(self._text, end, limit), at, subject)
            return
        shown = any(token.lower in WORDS["media"] for token in before)
        pronoun = _HIM_DOING.match(self._text, end, limit)
        if pronoun and shown:
            yield Claim(end + 1, clause_end(self._text, pronoun.end(), limit), at, None)
            return
        if not fake or not _SOMEBODY_DOING.match(self._text, end, min(limit, end + 120)):
            return
        whom = phrase_at(self._text, end, limit, attach=False)
        if whom is None or not re.match(r" \w{2,20}ing\b", self._text[whom.end : whom.end + 24]):
            return
        has = self._text.startswith("ha", at) and self._operating.subject(at).side is Side.OPERATION
        if (shown or has) and (whom.name or whom.head in TITLES):
            yield Claim(whom.start, clause_end(self._text, whom.end, limit), at, whom)

    def _according(self, at: int, end: int) -> Iterator[Claim]:
        """ "According to its articles, sanctions hurt only Europe"."""
        _, limit = self._reading.sentence(at)
        if not self._text.startswith(" to ", end):
            return
        source = phrase_at(self._text, end + 4, limit)
        if source is None or not self._text.startswith(", ", source.end) or source.name is not None:
            return
        own = self._text[source.start : source.end].split(" ", 1)[0].lower() in ("its", "their", "these", "those")
        fake = any(word in WORDS["fake media"] for word in self._text[source.start : source.end].lower().split())
        ordinal = _ORDINAL.fullmatch(self._text, source.start, source.end) and self._operating.told(at)
        content = source.head in WORDS["operating"] | WORDS["media"] and (own or fake or source.head in _CONTENT)
        if ordinal or content:
            yield self._claim(at, source.end + 2, limit)


#: Nouns for what is untrue whoever speaks of it.
_INVENTED = frozenset(
    "rumour rumours rumor rumors hoax hoaxes falsehood falsehoods lie lies myth canard smear fabrication fiction "
    "slander libel untruth".split()
)
#: What nobody does with a story that is true.
_PEDDLING = forms_of(
    *"spread/spread/spread push peddle plant seed amplify circulate disseminate propagate fabricate concoct "
    "invent float launder boost".split()
)
_ORDINAL = Expression(r"(?:the|a|an|yet) (?:first|second|third|fourth|fifth|last|other|another|latter|next)(?: one)?")
_HIM_DOING = Expression(r" (?:him|her|them) \w{2,20}ing\b")
_SOMEBODY_DOING = Expression(r"[^.;:]{2,90}? \w{2,20}ing\b")
#: "claims that", "claims about the ministry, including that"
_NOUN_THAT = Expression(
    r"(?: (?:about|against|concerning|on|regarding) [^,.;:]{2,60}?)?(?:,|:)?(?: (?:including|namely|notably|among "
    r"them|such "
    r"as|chiefly|like))? that (?!(?:are|is|were|was|have|has|had)\b)"
)
_PROVED = Expression(r" (?:turned out|proved) (?:to be )?(?:a joke|true|right|correct|accurate)")
_BETWEEN = 9  #: words between a verb and "that"
_LISTENERS = frozenset("us me reporters journalists investigators lawmakers prosecutors parliament police".split())
_NOT = frozenset("not never no nobody".split())
_DENYING = forms_of(
    "deny", "reject", "dismiss", "debunk", "refute", "dispute", "rebut", "investigate", "examine", "confirm"
)


def _last_word(text: str, at: int) -> frozenset[str]:
    return frozenset(text[max(0, at - 20) : at].lower().split()[-1:])


def _clause_start(following: tuple[Token, ...], verb: str) -> int | None:
    """Where the clause behind a verb of claiming begins, if there is one."""
    if not following:
        return None
    at = 0
    if verb in _TELLING:  # "told readers that"
        if following[0].lower in _LISTENERS:
            return None
        while at < min(9, len(following)) and following[at].lower != "that":
            at += 1
        return following[at + 1].start if at + 1 < len(following) and following[at].lower == "that" else None
    while at < len(following) - 1 and following[at].kind in ("B", ",", "Q"):
        at += 1
    if following[at].lower == "that" and at + 1 < len(following):
        return following[at + 1].start
    for further in range(
        at, min(at + _BETWEEN, len(following) - 1)
    ):  # "announced there that", "claimed in a video that"
        if following[further].kind in "XVE.J;:" or (
            further == at and following[at].kind not in "PBIn" and following[at].lower not in ("there", "here", "then")
        ):
            break
        if following[further].lower == "that" and following[further - 1].kind not in ("P", "O"):
            return following[further + 1].start
    if following[at].kind not in _BARE_SUBJECT:
        return None
    verbal = next((token for token in following[at + 1 : at + 9] if token.kind in "XV,.OP"), None)
    return following[at].start if verbal and verbal.kind in ("X", "V") else None


_TELLING = forms_of(*"tell/told/told warn inform remind assure alert notify advise persuade convince".split())
