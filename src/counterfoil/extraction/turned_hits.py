"""Whom the turns of phrase hit (`target_turns`), whom contents show, and who suffers a verb without an agent."""

from collections.abc import Iterator

from counterfoil.extraction.english_tokens import tokens
from counterfoil.extraction.english_words import forms_of, verbs
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.noun_phrases import NounPhrase, listed_at
from counterfoil.extraction.operating import WORDS, Operating, Side
from counterfoil.extraction.phrases import spellings, vocabulary, word_starts
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.target_places import Hit, subjects_before
from counterfoil.extraction.target_turn import Turn
from counterfoil.extraction.target_turns import by_word

_JUDGING = forms_of(
    *"accuse call label brand describe portray depict paint present characterise characterize cast frame blame "
    "denounce condemn criticise criticize attack insult threaten decry berate pillory suspect dub quote mention".split()
)
_TELLING = forms_of(
    *"tell/told/told inform instruct urge send/sent/sent email text phone promise invite warn ask advise bombard flood "
    "message address approach contact single".split()
)
_PASSIVE = frozenset(form for form in _JUDGING | _TELLING if verbs().get(form, "past") in ("past", "participle"))
_BE = frozenset("is are was were be been being get got gets".split())
_BY = Expression(r"[^.;]{0,70}?\b(?:by|from) ")
_LEGAL = Expression(
    r"(?i)\b(?:court|prosecutors?|indict\w{0,25}|convict\w{0,25}|trial|tribunal|jury|charged|sanction\w{0,25}|"
    r"pleaded|sentenced|"
    r"lawsuit|sued|arrested|Treasury|police)\b"
)
_OF_OPERATING = Expression(
    r"(?i)[^.;]{0,90}\b(?:operations?|network|campaign|sanctions?|trolls?|disinformation|influence|on behalf|"
    r"contractor)\b"
)
_ABOUT = Expression(
    r"(?i)\b(?:(?P<verb>posted|posting|published|publishing|commented|commenting|tweeted|wrote|written|write|writes)|"
    r"(?P<noun>posts?|articles?|videos?|clips?|memes?|cartoons?|publications?|comments?|content|stor(?:y|ies)|tweets|"
    r"rumou?rs?|claims?|falsehoods?|lies|allegations?|narratives?|jokes?|songs?|images?|messages?|theories|"
    r"material|fakes?|"
    r"forgeries|deepfakes?|insinuations?|gossip|smears?|hoax(?:es)?|letters?))\b[^.;:]{0,200} $"
)
_SHOWN = Expression(
    r"(?:in which|where|showing|depicting|featuring|mocking|ridiculing|portraying|lampooning|of|that (?:shows?|"
    r"showed|"
    r"depict(?:s|ed)|mock(?:s|ed)|ridicul(?:es|ed)|featur(?:es|ed)|portray(?:s|ed)|purport(?:s|ed) to show)|accusing|"
    r"attacking|insulting|smearing|claiming (?:that )?|alleging (?:that )?|suggesting (?:that )?|about) "
)
_HOSTILE_MEDIA = frozenset(
    "cartoon cartoons meme memes caricature caricatures deepfake deepfakes forgery forgeries parody parodies montage "
    "montages collage collages".split()
)
_SENT = Expression(
    r"\b(?:sent|sends?|sending|mailed|emailed|e-mailed|texted|delivered|forwarded|addressed)\b[^.;:]{0,70} $"
)
_TRYING = Expression(
    r"\b(?:tr(?:y|ies|ied|ying)|s(?:eek|eeks|ought|eeking)|attempt(?:s|ed|ing)?|aim(?:s|ed|ing)?|in order|designed|"
    r"(?:is|was|were|are|be)|intended|meant|hop(?:es|ed|ing)|want(?:s|ed|ing)?|efforts?|attempts?|bid|"
    r"effort)[^.;:]{0,30} to (?:\w{1,25}ly )?$"
)
_REACHING = forms_of(
    *"reach influence sway bring/brought/brought persuade convince mislead/misled/misled deceive frighten scare "
    "dissuade deter discourage manipulate confuse demoralise demoralize divide polarise polarize woo court lure "
    "provoke mobilise mobilize "
    "radicalise radicalize push encourage turn set alienate shape alter affect depress skew rig distort tilt "
    "suppress derail swing/swung/swung hijack stir".split()
)
_SHUNNING = forms_of("boycott", "abstain", "shun", "skip") | frozenset({"away", "home", "participate", "vote"})
_SHUN = Expression(
    r"(?i)(?:boycott\w{0,3}|shun\w{0,4}|skip\w{0,4}|abstain\w{0,3} from|away from|home (?:on|for|during)|"
    r"participate in|"
    r"vote in) "
)
#: "the by-election, held on 9 and 16 March,"
_HELD = Expression(r",? (?:held|scheduled|due|planned|set) (?:on|for|in) [^.;:]{1,60}?,?$")
_TURNOUT = Expression(
    r" (?:the )?(?:\w{1,25} )?(?:turnout|result|results|outcome|participation|integrity)(?: \w{1,25})? (?:in|of|"
    r"at|for) "
)


class Turned:
    """Finds these hits in one report."""

    def __init__(self, reading: Reading, operating: Operating) -> None:
        self._reading, self._text, self._operating = reading, reading.text, operating

    def all(self) -> Iterator[Hit]:
        """Every hit, rule by rule."""
        starts = word_starts(self._text)
        for words, read in (
            (frozenset(by_word()), self._turned),
            (_PASSIVE, self._suffered),
            (frozenset({"about", "concerning", "regarding", "mentioning"}), self._about),
            (WORDS["media"] | _HOSTILE_MEDIA | {"minutes", "memes"}, self._shown),
            (frozenset({"to"}), self._sent),
            (_REACHING, self._reached),
            (_SHUNNING, self._shunned),
        ):
            for word in sorted(spellings(words) & vocabulary(self._text)):
                for at in starts[word]:
                    if self._operating.sentence(at) is not None:
                        yield from read(at, at + len(word))

    def _turned(self, at: int, end: int) -> Iterator[Hit]:
        first, limit = self._reading.sentence(at)
        word = self._text[at:end]
        for turn in by_word().get(word) or by_word().get(word.lower(), ()):
            match = turn.pattern.match(self._text, at, min(limit, at + 200))
            if match is None or (turn.before and not turn.before.search(self._text[max(first, at - 120) : at])):
                continue
            if not self._counts(turn, at):
                continue
            phrases = self._before(first, at) if turn.behind else listed_at(self._text, match.end(), limit)
            for phrase in phrases:
                yield Hit(phrase, at, firm=turn.groups, faked=turn.faked, claimed=not turn.faked and not turn.groups)

    def _before(self, first: int, end: int) -> list[NounPhrase]:
        """Whoever stands before a verb, with what hangs on them: "women standing for parliament"."""
        before = tokens(self._text, max(first, end - 200), end)
        stop = len(before)
        while stop and (before[stop - 1].kind in ("B", "X") or before[stop - 1].lower in ("also", "both")):
            stop -= 1
        if not stop:
            return []
        end = before[stop - 1].end
        held = _HELD.search(self._text, max(first, end - 90), end)
        end = held.start() if held else end
        phrases = subjects_before(self._text, first, end)
        carrier = self._operating.carrier(first, end)
        if phrases and carrier and carrier.start < phrases[0].start:
            return [carrier._replace(end=phrases[-1].end)]
        return phrases

    def _counts(self, turn: Turn, at: int) -> bool:
        """Whether the operation is what acts in a turn."""
        if not turn.hostile and self._operating.subject(at).side is Side.OTHER:
            return self._operating.fake(at)
        return self._operating.told(at)

    def _suffered(self, at: int, end: int) -> Iterator[Hit]:
        """ "N was described as a thief": the subject of a passive verb that names no agent, or the operation's."""
        first, limit = self._reading.sentence(at)
        before = tokens(self._text, max(first, at - 200), at)
        stop = len(before)
        while stop and (before[stop - 1].kind in ("B", "X") or before[stop - 1].lower in ("also", "both")):
            stop -= 1
        passive = any(token.lower in _BE for token in before[stop:])
        if not passive or not stop or any(token.lower in ("not", "never") for token in before[stop:]):
            return
        if any(token.kind == "X" and token.lower in _PERHAPS for token in before[stop:]):
            return
        agent = self._agent(end, limit)
        if agent is Side.OTHER or not self._operating.told(at):
            return
        telling = self._text[at:end].lower() in _TELLING and self._text[at : at + 6] != "single"
        sure = agent is Side.OPERATION
        if not sure and (_LEGAL.search(self._text, first, limit) or _OF_OPERATING.match(self._text, end, limit)):
            return
        for phrase in self._before(first, at):
            if telling and phrase.head not in WORDS["community"]:
                continue
            yield Hit(phrase, at, firm=True, claimed=not sure)

    def _agent(self, end: int, limit: int) -> Side:
        by = _BY.match(self._text, end, limit)
        listed = listed_at(self._text, by.end(), limit) if by else []
        return self._operating.side(listed[0]) if listed else Side.UNKNOWN

    def _about(self, at: int, end: int) -> Iterator[Hit]:
        """ "posted about N", "and about M"; those who are named only."""
        first, limit = self._reading.sentence(at)
        said = _ABOUT.search(self._text, max(first, at - 260), at)
        if said is None or not self._operating.told(at):
            return
        if said["verb"]:
            side = self._operating.subject(said.start()).side
        else:
            side = self._operating.content_side(first, said.end("noun"))
        if side is Side.OTHER:
            return
        for phrase in listed_at(self._text, end, limit):
            if phrase.name and not phrase.inner:
                yield Hit(phrase, at, firm=False, claimed=True)

    def _shown(self, at: int, end: int) -> Iterator[Hit]:
        """ "a clip in which N admits to theft", "cartoons of N", where the medium is fake or the operation's."""
        first, limit = self._reading.sentence(at)
        frame = _SHOWN.match(self._text, end + 1 + (self._text[end : end + 1] == ","), limit)
        if frame is None:
            return
        word = self._text[at:end].lower()
        plain = frame.group() in ("of ", "about ")
        fake = self._operating.fake(at) or (word in _HOSTILE_MEDIA and self._operating.told(at))
        if not fake and (plain or self._operating.content_side(first, end) is not Side.OPERATION):
            return
        for phrase in listed_at(self._text, frame.end(), limit):
            if phrase.name and not phrase.inner:
                yield Hit(phrase, at, firm=False, claimed=True)

    def _sent(self, at: int, end: int) -> Iterator[Hit]:
        """ "sent 9,000 text messages to voters in Arizona"."""
        first, limit = self._reading.sentence(at)
        sent = _SENT.search(self._text, max(first, at - 110), at)
        if sent is None or self._operating.subject(sent.start()).side is not Side.OPERATION:
            return
        for phrase in listed_at(self._text, end, limit):
            if phrase.head in WORDS["community"]:
                yield Hit(phrase, at)

    def _shunned(self, at: int, end: int) -> Iterator[Hit]:
        """ "told readers to stay away from the referendum", "urging Poles to boycott the vote"."""
        _, limit = self._reading.sentence(at)
        shunned = _SHUN.match(self._text, at, limit)
        if shunned is None or not self._operating.told(at) or self._operating.subject(at).side is Side.OTHER:
            return
        for phrase in listed_at(self._text, shunned.end(), limit):
            if phrase.head in WORDS["election"] or phrase.head in WORDS["event"]:
                yield Hit(phrase, at)

    def _reached(self, at: int, end: int) -> Iterator[Hit]:
        """ "tried to reach members of both campaigns", "its aim is to bring the voters of Palau to stay at home"."""
        first, limit = self._reading.sentence(at)
        trying = _TRYING.search(self._text, max(first, at - 60), at)
        if trying is None or not self._operating.told(at):
            return
        if self._operating.subject(trying.start()).side is Side.OTHER:
            return
        vote = _TURNOUT.match(self._text, end, limit)
        for phrase in listed_at(self._text, vote.end() if vote else end, limit):
            if phrase.head in WORDS["community"] or phrase.head in WORDS["election"]:
                yield Hit(phrase, at)


_PERHAPS = frozenset("may might could would".split())
