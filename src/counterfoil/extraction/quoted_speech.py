"""Who says what stands between quotation marks."""

import re
from collections.abc import Iterator

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.quotations import Quotation
from counterfoil.extraction.quoted_beside import (
    answered_by,
    behind_place,
    going_on_with,
    introducing,
    signed_by,
    tempered,
)
from counterfoil.extraction.quoted_ranges import Ranges
from counterfoil.extraction.quoted_titles import is_title
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.said import Said, in_text_order
from counterfoil.extraction.shared_subjects import main_subject
from counterfoil.extraction.speaker_heads import Speaker
from counterfoil.extraction.speaker_phrases import after, before
from counterfoil.extraction.speech_clauses import ends_there
from counterfoil.extraction.speech_grammar import Grammar
from counterfoil.extraction.speech_through import through
from counterfoil.extraction.speech_tokens import Token, Words, tokens

_BEHIND = 360  #: letters behind a quotation in which its speaker is looked for
_BEFORE = 320
_PARAGRAPH = 1500  #: letters before a quotation in which its paragraph's speaker is looked for
_DEPTHS = 5
_SHORTEST = 3  #: letters between the marks
_OPENING = frozenset("“«„\"‘'»‚")
_BEGINS = Expression(r"[ \u00a0,.–—-]{0,4}\w")
_CLITIC = Expression(r"(?:\w{1,14}-)?(?:t-)?(?:il|elle|ils|elles|on)")
_AUXILIARIES = frozenset("a ont avait avaient ha han había habían hat haben hatte hatten".split())
_LISTENERS = frozenset("nos me le les nous lui нам мне".split())
_ANY_VERB = Expression(r"[a-z]{3,15}(?:ed|s)|said|laughed")
_SPEAKS_OF = frozenset(
    "spoke speaks speak talk talks talked write writes wrote warn warned warns told tell tells".split()
)
_SIGNS = Expression(r"[”»“\"’']{1,2}\s{0,3}[—–―-]")
_OF_WHAT = 7  #: words
_USED = frozenset("like likes liked love loves loved used tends tended prefers preferred had has wont".split())
_WANTS = ("wanted", "wants")


class QuotedSpeech:
    """The quotations of one text and their speakers."""

    def __init__(self, reading: Reading, words: Words, quoted: list[Quotation], grammar: Grammar) -> None:
        self._reading = reading
        self._text = reading.text
        self._quoted = quoted
        self._ranges = Ranges(quoted)
        self._grammar = grammar
        self._words = words
        self._ends_inverted = "," if grammar.is_english else (",", ":")

    def all(self, reported: list[Said]) -> Iterator[Said]:
        """Each quotation that somebody says, in order; `reported` is what is told around them."""
        latest: list[tuple[Quotation, Said | None] | None] = [None] * _DEPTHS  # by depth
        told = sorted(reported, key=in_text_order)
        place = 0
        for item in self._quoted:
            if item.end - item.start < _SHORTEST:
                continue
            while place < len(told) and told[place].end <= item.start:
                place += 1
            around = [said for said in told[place : place + 3] if said.start <= item.start and item.end <= said.end + 2]
            last = latest[item.depth]
            said = self._continued(item, last)
            said = said or self._by_words_beside(item) or self._in_reported(item, around) or self._judged(item)
            said = said or self._without_verb(item)
            said = said or (None if item.depth else self._going_on(item, last, told, place))
            if said:
                yield said
                yield from () if around else self._with_its_sentence(item, said)
            latest[item.depth :] = [(item, said), *[None] * (_DEPTHS - 1 - item.depth)]

    def _by_words_beside(self, item: Quotation) -> Said | None:
        return self._behind(item) or self._in_front(item)

    def _said(self, item: Quotation, who: Speaker | None, via: str, at: int) -> Said:
        return Said(item.start, item.end, who, via, "quotation", at, item.depth)

    def _with_its_sentence(self, item: Quotation, said: Said) -> Iterator[Said]:
        """ "China hopes that whoever wins “will be committed …,” a spokesperson said": all of it is told."""
        if item.depth or said.at < item.end or not self._text[item.start].islower():
            return
        start = self._reading.sentence(item.start - 1)[0]
        words = self._text[max(start, item.start - _BEHIND) : item.start - 1]
        start += len(words) - len(words.lstrip())
        told = 12 <= len(words) < _BEHIND - 1 and not words.rstrip().endswith((":", "”"))
        if told and not self._ranges.inside(start, item.start - 1):
            yield Said(start, item.end, said.who, said.via, "reported", said.at)

    def _continued(self, item: Quotation, last: tuple[Quotation, Said | None] | None) -> Said | None:
        """The next part of a split quotation, or the next paragraph of a long one."""
        before, said = last or (item, None)
        if said is None:
            return None
        if before.open_ended:
            return self._said(item, said.who, said.via, said.at)
        between = self._text[before.end + 1 : item.start - 1]
        words_between = between.strip()
        if said.at < before.end or said.at >= item.start or len(words_between) > _BEHIND or "\n" in between:
            return None
        # "…," she said, "…"
        inner = words_between.rstrip(",:;—– ")
        if words_between.endswith((",", ":", ";", "—", "–")) and not re.search(r"[.!?]\s", inner):
            return self._said(item, said.who, said.via, said.at)
        return None

    def _behind(self, item: Quotation) -> Said | None:
        """“…,” said X — “…,” X said — “…”, a déclaré X."""
        text, start = self._text, item.end + 1
        while start < len(text) and text[start] in "”»“\"’'":
            start += 1
        if not _BEGINS.match(text, start):
            return None
        stop = text.find("\n", start, start + _BEHIND)
        stop = min(len(text), start + _BEHIND) if stop < 0 else stop
        limit = self._limit(item, start, stop)
        closed = text[item.end - 1]
        gap = text[start : start + 4]
        comma = closed in "," or gap.lstrip()[:1] in (",", "—", "–", "-")
        if closed == "." and not comma:
            return None
        if not comma and not gap.startswith(" ") and closed not in "!?…":
            return None
        words = self._words.between(start, limit)
        first = next((k for k, word in enumerate(words) if word.is_word), None)
        if first is None or first > 3 or any(word.text in ".;:(" for word in words[:first]):
            return None
        found = self._attribution(words, first, comma, closed in "!?…")
        return found and self._said(item, *found)

    def _limit(self, item: Quotation, start: int, stop: int) -> int:
        """Where the sentence behind a quotation ends: names in quotation marks are part of it."""
        end = self._reading.sentence(start)[1]
        if end <= start + 1:
            end = self._reading.sentence(start + 1)[1]
        return min(stop, max(end, start))

    def _attribution(
        self, words: list[Token], first: int, comma: bool, asks: bool
    ) -> tuple[Speaker | None, str, int] | None:
        grammar = self._grammar
        verb = first
        if words[verb].low in _AUXILIARIES and verb + 1 < len(words) and words[verb + 1].low in grammar.verbs:
            verb += 1
        if words[verb].low == "ist" and verb + 2 < len(words) and words[verb + 1].low == "sich":
            found = after(words, verb + 2, grammar)  # "ist sich die Forscherin sicher"
            return found and (found.who, "", found.who.start)
        if words[verb].low in grammar.joins - {"as"}:
            return None
        if words[verb].low in _LISTENERS and verb + 1 < len(words) and self._speaks(words[verb + 1].low):
            verb += 1  # "«…», nos dijo"
        if words[verb].low == "as" and verb + 1 < len(words):
            return self._subject_first(words, verb + 1, comma, asks)
        while (
            verb + 1 < len(words)
            and words[verb].low in grammar.adverbs
            and (words[verb + 1].low in grammar.verbs or _CLITIC.fullmatch(words[verb + 1].low))
        ):
            verb += 1
        if words[verb].text.islower() and _CLITIC.fullmatch(words[verb].low) and "-" in words[verb].text:
            found = after(words, verb, grammar)
            return found and (found.who, through(words, verb, grammar, True), words[verb].start)
        answered = answered_by(words, verb, grammar) if grammar.is_english else None
        if answered:
            return answered, "", answered.start
        low = words[verb].low
        speaks = low in grammar.verbs or low in grammar.tells
        speaks = speaks or (comma and (low in grammar.judges or low in grammar.inverted))
        if comma and verb + 1 < len(words) and words[verb + 1].is_capital and _ANY_VERB.fullmatch(low):
            speaks = True  # "…," shrugged Ivan Kolev
        if speaks and words[verb].text.islower():
            subject = self._skip_listener(words, verb + 1)
            found = after(words, subject, grammar, anybody=True) if subject < len(words) else None
            if found is None:
                via = through(words, verb, grammar, tells=True)
                return (None, via, words[verb].start) if grammar.null_subject else None
            if found.ends < len(words) and words[found.ends].low in ("to", "about", "not", "if", "whether"):
                return None  # "…", asked the council to repair "…"
            return (
                found.who,
                found.who.via
                or through(words, max(verb, found.ends - 1) if subject == verb + 1 else verb, grammar, True),
                found.who.start,
            )
        return self._subject_first(words, first, comma, asks)

    def _subject_first(
        self, words: list[Token], first: int, comma: bool, asks: bool
    ) -> tuple[Speaker | None, str, int] | None:
        """“…,” X told Y — “…,” X, the head of Y, said."""
        grammar = self._grammar
        found = after(words, first, grammar, anybody=True)
        if found is None:
            return None
        at = behind_place(words, found.ends)
        if at < len(words) and words[at].text in ",(":
            closing = "," if words[at].text == "," else ")"
            at = next((k + 1 for k in range(at + 1, min(len(words), at + 32)) if words[k].text == closing), len(words))
        while at < len(words) and words[at].text.islower() and words[at].low in grammar.adverbs:
            at += 1
        if at >= len(words):
            return None
        low = words[at].low
        speaks = low in grammar.verbs or low in grammar.tells
        sure = comma and found.who.kind in ("pronoun", "name") and _ANY_VERB.fullmatch(low) is not None
        if not speaks and not sure and low not in _WANTS:
            return None
        if low in _WANTS and "know" not in [word.low for word in words[at : at + 4]]:
            return None
        if (
            not comma
            and asks
            and low not in _WANTS
            and not ends_there(words, at, grammar)
            and not _opens_next(words, at)
        ):
            return None
        if not comma and not asks and not ends_there(words, at, grammar):
            return None
        return found.who, found.who.via or through(words, at, grammar, tells=True), found.who.start

    def _skip_listener(self, words: list[Token], at: int) -> int:
        """Who is told comes before who tells in Slavic languages: "сказала агентству Reuters представитель"."""
        grammar = self._grammar
        if at >= len(words) or words[at].low not in grammar.outlets:
            return at
        end = at + 1
        if end < len(words) and words[end].text in "«„“":
            close = next((k for k in range(end + 1, min(len(words), end + 8)) if words[k].text in "»“”"), end)
            return close + 1
        while end < len(words) and words[end].is_capital:
            end += 1
        return end

    def _in_front(self, item: Quotation) -> Said | None:
        """X said: “…” — As X put it, “…” — X said “…”."""
        text, opening = self._text, item.start - 1
        while opening > 0 and text[opening] not in _OPENING:
            opening -= 1
        start = self._front(opening, item)
        head = text[start:opening].rstrip(" \u00a0")
        introduces = head.endswith((":", ",", "—", "–"))
        if not head or (head.endswith(tuple(".!?")) and not introduces):
            return None
        words = self._words.between(start, start + len(head))
        while words and words[-1].text in ",:—–":
            words = words[:-1]
        verbs = [at for at, word in enumerate(words) if word.text[0].islower() and self._speaks(word.low)]
        for at in reversed(verbs[-3:]):
            behind = [word.low for word in words[at + 1 :]]
            if words[at - 1].text == "," and behind and head.endswith(self._ends_inverted):
                found = after(words, at + 1, self._grammar)  # "There is, says X, “…”", "…, warns X, a lawyer: “…”"
                if found and (found.ends == len(words) or (head[-1] == ":" and words[found.ends].text == ",")):
                    return self._said(item, found.who, found.who.via, found.who.start)
            if words[at].low in _SPEAKS_OF and behind[:1] == ["of"] and len(behind) < _OF_WHAT:
                found = before(words, at, self._grammar, whole=True) or main_subject(words, at, self._grammar)
                return found and self._said(item, found.who, found.who.via, found.who.start)
            if at > 1 and words[at - 1].low == "to" and words[at - 2].low in _USED:
                words, at = [*words[: at - 2], *words[at:]], at - 2  # "as Thorne likes to put it"
                behind = [word.low for word in words[at + 1 :]]
            if behind and not (introduces or behind == ["it"] or ends_there(words, at, self._grammar)):
                return None
            if any(word in self._grammar.verbal | self._grammar.naming for word in behind) and behind != ["it"]:
                return None
            found = before(words[max(0, at - 60) : at + 1], min(at, 60), self._grammar, whole=at <= 60, anybody=True)
            if found:
                via = found.who.via or through(words, at, self._grammar, words[at].low in self._grammar.tells)
                return self._said(item, found.who, via, found.who.start)
        return None

    def _speaks(self, low: str) -> bool:
        grammar = self._grammar
        return low in grammar.verbs or low in grammar.tells or (grammar.is_english and low in _SPEAKS_OF)

    def _without_verb(self, item: Quotation) -> Said | None:
        """What a colon introduces, what a name behind a dash signs, or words that go on with a subject's sentence."""
        if item.depth or not self._grammar.is_english:
            return None
        signed = self._signed(item)
        if signed:
            return self._said(item, signed, "", signed.start)
        start = self._front(item.start - 1, item)
        head = self._text[start : item.start - 1].rstrip()
        words = self._words.between(start, start + len(head))
        inner = self._words.between(item.start, item.end)
        if not words or not inner or is_title(item, self._words, self._grammar):
            return None
        ended = self._text[item.end - 1] in ".!?…" or self._text[item.end + 1 : item.end + 2] in (".", "!", "?")
        if head.endswith(":") and ended and self._text[item.start].isupper():
            who = introducing(words[:-1], self._grammar)
        else:
            who = going_on_with(words, inner, self._grammar)
        return who and self._said(item, who, who.via, who.start)

    def _signed(self, item: Quotation) -> Speaker | None:
        """Whose name stands behind a dash: "“…” — Salome Wanjiru, investigator"."""
        dash = _SIGNS.match(self._text, item.end)
        if dash is None or self._text[item.end - 1] not in ".!?…":
            return None
        stop = self._text.find("\n", dash.end(), dash.end() + _BEHIND)
        stop = min(len(self._text), dash.end() + _BEHIND) if stop < 0 else stop
        return signed_by(tokens(self._text, dash.end() - 1, stop), self._grammar)

    def _front(self, opening: int, item: Quotation) -> int:
        """Where the words before a quotation begin: its sentence, the one that a colon ends, or another's end."""
        text = self._text
        start = self._reading.sentence(max(0, opening - 1))[0]
        if not text[start:opening].strip():
            line = text.rfind("\n", max(0, opening - _BEFORE), opening)
            above = text[max(0, line - _BEFORE) : line + 1].rstrip() if line >= 0 else ""
            if above.endswith(":"):
                end = max(0, line - _BEFORE) + len(above)
                start = self._reading.sentence(end - 1)[0]
                return max(start, end - _BEFORE)
        start = max(start, opening - _BEFORE)
        if item.depth:
            outer = self._ranges.around(item.start)
            return max(start, outer.start) if outer else start
        return max(start, self._ranges.last_end(start, opening))

    def _in_reported(self, item: Quotation, around: list[Said]) -> Said | None:
        """A fragment of somebody's words inside a clause that reports them."""
        if not around or item.depth or is_title(item, self._words, self._grammar):
            return None
        said = around[-1]
        return self._said(item, said.who, said.via, said.at)

    def _judged(self, item: Quotation) -> Said | None:
        """X called the report “…” — was described by X as “…”."""
        grammar = self._grammar
        if item.depth:
            return None
        words = self._words.between(self._front(item.start - 1, item), item.start - 1)
        verbs = [at for at, word in enumerate(words) if word.low in grammar.judges]
        if not verbs or is_title(item, self._words, grammar, judged=True):
            return None
        for at in reversed(verbs[-2:]):
            if any(word.text in ".;:" for word in words[at:]) or len(words) - at > 22:
                return None
            by = next((k for k in range(at + 1, min(len(words), at + 4)) if words[k].low in grammar.passive), None)
            if (
                at
                and words[at - 1].low in grammar.verbal | {"also"}
                and words[at - 1].low not in ("has", "have", "had", "a", "ont", "ha", "han", "hat")
            ):
                if by is None:
                    return None
                found = after(words, by + 1, grammar)
                return found and self._said(item, found.who, "", found.who.start)
            found = before(words[: at + 1], at, grammar, whole=True)
            if found:
                return self._said(item, found.who, found.who.via, found.who.start)
        return None

    def _going_on(
        self, item: Quotation, last: tuple[Quotation, Said | None] | None, told: list[Said], place: int
    ) -> Said | None:
        """A quotation that is a sentence of its own, right behind one in which somebody speaks."""
        text = self._text
        opening = item.start - 1
        said = text[item.start : item.end].rstrip("”’\"'»")
        if not text[item.start].isupper() or not (said[-1:] in ".!?…" or text[item.end + 1 : item.end + 2] == "."):
            return None
        line = text.rfind("\n", max(0, opening - _PARAGRAPH), opening) + 1 or max(0, opening - _PARAGRAPH)
        before = text[line:opening].rstrip(' «“„"‘')
        if not before or before[-1] not in '.!?”"»’':
            return None
        previous = self._reading.sentence(line + len(before) - 2)[0]
        voices = [said for said in told[max(0, place - 3) : place] if said.end > previous and said.start >= line]
        quoted = (
            last[1] if last and last[1] and last[0].end >= line and max(last[0].end, last[1].at) >= previous else None
        )
        if quoted and (not voices or quoted.start > voices[-1].start):
            return self._said(item, quoted.who, quoted.via, quoted.at)
        if voices:
            return self._said(item, voices[-1].who, voices[-1].via, voices[-1].at)
        end = line + len(before)
        who = tempered(self._words.between(previous, end), self._grammar) if self._grammar.is_english else None
        return who and self._said(item, who, who.via, who.start)


def _opens_next(words: list[Token], at: int) -> bool:
    return at + 1 >= len(words) or words[at + 1].text in ".,"
