"""Speech without quotation marks: "Meta said it removed the pages", "the money came from Riga, officials said"."""

from collections.abc import Iterator

from counterfoil.extraction import held_views, judgements
from counterfoil.extraction.english_words import forms_of, verbs
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.phrases import word_starts
from counterfoil.extraction.quoted_ranges import Ranges
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.said import Said
from counterfoil.extraction.shared_subjects import absolute, cleft, is_somebody, main_subject
from counterfoil.extraction.speaker_heads import Speaker
from counterfoil.extraction.speaker_phrases import Found, after, before
from counterfoil.extraction.speech_clauses import content_start, ends_there
from counterfoil.extraction.speech_grammar import Grammar
from counterfoil.extraction.speech_through import in_front, through
from counterfoil.extraction.speech_tokens import Token, Words

_MOST_VERBS = 10  #: of one sentence that are looked at
_LONGEST = 1600  #: letters of a sentence that are looked at
_BACK = 70  #: words before a verb that are looked at
_GOES_ON = frozenset(
    "saying adding arguing noting insisting stressing explaining warning writing stating maintaining".split()
)
_TURNS = frozenset("and but while whereas".split())
_FINITE = Expression(
    r"(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|do|does|did)(?:n't)?|\w{1,20}(?:ed|'s)"
)
#: Verbs behind which a colon begins what is said.
_BEFORE_COLON = forms_of(
    *"answer reply respond explain warn add clarify confirm conclude state insist argue object protest retort maintain "
    "agree disagree summarise summarize demur caution put/put/put say/said/said write/wrote/written".split()
)
_OTHER_WORDS = held_views.TRIGGERS | judgements.TRIGGERS
_COLON_FAR = 16  #: words between a verb and the colon behind which it goes on
_OPENING = frozenset("“«„\"‘'")
_RELATIVE = frozenset("which that who whom que qui quien".split())
#: A fact-check's line that tells what is claimed.
_CLAIM_CHECKED = Expression(r"\W{0,4}(?:The )?(?:Claims?|CLAIMS?|Rumou?r|RUMOU?R|What was claimed)\s?:")
_WHEN = frozenset("when after once while although though as".split())


def reported(reading: Reading, words: Words, quoted: Ranges, grammar: Grammar) -> Iterator[Said]:
    """Everything told in reported speech, outside quotations, in text order."""
    text = reading.text
    done = -1
    for at in _triggers(text, grammar):
        start, end = reading.sentence(at)
        if start <= done or quoted.around(at) or _CLAIM_CHECKED.match(text, text.rfind("\n", 0, at) + 1):
            continue
        end = quoted.end_around(end)
        done = start
        yield from _in_sentence(words.between(start, min(end, start + _LONGEST)), quoted, grammar)


def _triggers(text: str, grammar: Grammar) -> list[int]:
    starts = word_starts(text)
    forms = grammar.verbs | grammar.tells | _GOES_ON
    if grammar.is_english:
        forms |= _OTHER_WORDS
    if grammar.null_subject:
        forms |= {word.capitalize() for word in grammar.verbs}
    found = [at for word in starts.keys() & forms for at in starts[word]]
    return sorted(found)


def _in_sentence(words: list[Token], quoted: Ranges, grammar: Grammar) -> Iterator[Said]:
    heard: list[Said] = []
    verbs = [at for at, word in enumerate(words) if _may_speak(word, grammar) and not quoted.around(word.start)]
    for at in verbs[:_MOST_VERBS]:
        said = _spoken(words, at, grammar)
        if said is None:
            continue
        told, begins = said
        if heard:
            cut = _turn(words, begins)
            if cut is None:
                continue  # told of inside another's words
            heard[-1] = heard[-1]._replace(end=min(cut, heard[-1].end))
        if told:
            heard.append(told)
    yield from (said for said in heard if said.end - said.start > 2)


def _may_speak(word: Token, grammar: Grammar) -> bool:
    if grammar.is_english and word.low in _OTHER_WORDS:
        return True
    return (
        (word.text[0].islower() or grammar.null_subject)
        and (word.low not in grammar.quotes_only or word.low in ("puts", "put"))
        and (word.low in grammar.verbs or word.low in grammar.tells or word.low in _GOES_ON)
    )


def _turn(words: list[Token], begins: int) -> int | None:
    """Where another speaker's clause begins: ", while", ", and", ";"."""
    if begins >= 2 and words[begins - 1].low in _TURNS and words[begins - 2].text in ",;":
        return words[begins - 2].start
    return words[begins - 1].start if begins >= 1 and words[begins - 1].text == ";" else None


_Told = tuple[Said | None, int]  #: what is told, if it is, and the word at which the speaker begins


def _spoken(words: list[Token], verb: int, grammar: Grammar) -> _Told | None:
    """What is said with one word, and the word at which its speaker begins; None if nobody speaks."""
    told = _reported_with(words, verb, grammar) if _is_verb(words[verb], grammar) else None
    if not grammar.is_english or (told and told[0]):
        return told
    if words[verb].low in held_views.TRIGGERS:
        view = held_views.held(words, verb, grammar)
        if view:
            return held_views.as_said(words, view, _content_end(words)), view.begins
    if words[verb].low in judgements.TRIGGERS:
        return judgements.judged(words, verb, grammar) or told
    return told


def _is_verb(word: Token, grammar: Grammar) -> bool:
    return word.low in grammar.verbs or word.low in grammar.tells or word.low in _GOES_ON


def _reported_with(words: list[Token], verb: int, grammar: Grammar) -> _Told | None:
    """What is said with one verb of speech."""
    if words[verb].low in _GOES_ON and not (words[verb].low == "saying" and verb and words[verb - 1].low == "as"):
        return _going_on(words, verb, grammar)
    low = max(0, verb - _BACK)
    found = before(words[low : verb + 1], verb - low, grammar, whole=low == 0)
    begins_at = content_start(words, verb, grammar)
    if grammar.is_english and found is None and begins_at is not None:
        found = cleft(words, verb, grammar) or main_subject(words, verb, grammar)
        if found:
            return _from(words, found, begins_at, through(words, verb, grammar, words[verb].low in grammar.tells))
    relative = found is not None and low + found.begins > 0 and words[low + found.begins - 1].low in _RELATIVE
    if relative and begins_at is None and verb + 1 < len(words) and words[verb + 1].low in grammar.verbal:
        begins_at = verb + 1  # "which experts believe was made"
    if found and (_is_noun(words, verb, grammar) or _is_shown(words, low + found.begins, grammar)):
        return None
    tells = words[verb].low in grammar.tells
    if found and begins_at is not None:
        via = found.who.via or through(words, verb, grammar, tells) or in_front(words, low + found.begins, grammar)
        end = _content_end(words)
        if relative or (low + found.begins == 1 and words[0].low in _WHEN):
            end = _relative_end(words, begins_at)
        if end - words[begins_at].start < 4:
            return None
        return _said(words[begins_at].start, end, found.who, via), low + found.begins
    if found and grammar.is_english and is_somebody(found.who):
        behind = _behind_colon(words, verb)
        if behind is not None:
            return _from(words, found._replace(begins=low + found.begins), behind, found.who.via)
    if found and low + found.begins and words[low + found.begins - 1].low in ("as", "wie", "comme", "como"):
        return _as_said(words, verb, found.who, grammar), low + found.begins
    if found:
        return _at_the_end(words, verb, low + found.begins, found.who, grammar)
    if begins_at is not None and words[verb].low == "saying":
        return _quoted_as(words, verb, begins_at, grammar)
    if begins_at is not None and grammar.null_subject and (verb == 0 or words[verb - 1].low in ("y", ";")):
        return Said(words[begins_at].start, _content_end(words), None, "", "reported", words[verb].start), verb
    return _reported_by(words, verb, grammar) or _told_by(words, verb, grammar) or _inverted(words, verb, grammar)


def _behind_colon(words: list[Token], verb: int) -> int | None:
    """ "The ministry answered after publication: no such order existed.": where what is said begins."""
    if words[verb].low not in _BEFORE_COLON or not (words[verb + 1 : verb + 2] and _is_aside(words[verb + 1])):
        return None
    colon = next((k for k in range(verb + 1, min(len(words), verb + _COLON_FAR)) if words[k].text == ":"), None)
    if colon is None or colon + 4 > len(words) or words[colon + 1].text in _OPENING:
        return None
    if any(word.text in "”»;" for word in words[verb:colon]) or not words[colon + 1].is_word:
        return None
    return colon + 1 if _is_clause(words[colon + 1 :]) else None


def _is_aside(word: Token) -> bool:
    """Whether a word begins no object: "answered after publication:", "put it more cautiously:", "agreed:"."""
    return word.text == ":" or word.low in _ASIDE or word.low.endswith("ly")


_ASIDE = frozenset("it in on at after before with to from more this thus so likewise when by through via".split())


def _from(words: list[Token], found: Found, begins: int, via: str) -> _Told:
    return _said(words[begins].start, _content_end(words), found.who, via), found.begins


def _told_by(words: list[Token], verb: int, grammar: Grammar) -> _Told | None:
    """ "Residents were told by the police that …", "The firm is believed by investigators to have been paid."."""
    if verb < 2 or verb + 3 >= len(words) or words[verb + 1].low not in grammar.passive:
        return None
    if words[verb - 1].low not in grammar.verbal | grammar.adverbs or words[verb].low in grammar.judges:
        return None
    found = after(words, verb + 2, grammar)
    if found and words[0].low == "that" and verb > 4:  # "That the tape was authentic was confirmed by two laboratories"
        return _said(words[1].start, words[verb - 2].end, found.who, ""), found.begins
    if found is None or found.ends + 3 >= len(words):
        return None
    if words[found.ends].low in grammar.that:
        return _said(words[found.ends + 1].start, _content_end(words), found.who, ""), found.begins
    if words[found.ends].low == "to" and words[found.ends + 1].low in ("be", "have"):
        return _said(words[found.ends].start, _content_end(words), found.who, ""), found.begins
    return None


def _reported_by(words: list[Token], verb: int, grammar: Grammar) -> _Told | None:
    """ "As first reported by CyberScoop, the domains expired."."""
    by = verb + 1
    if words[0].low != "as" or verb > 2 or by >= len(words):
        return None
    found = after(words, by + 1, grammar) if words[by].low in grammar.passive | {"in"} else None
    if found and words[by].low == "in" and "document" not in found.who.roles:
        return None  # "As reported in Riga"
    said = _as_said(words, verb, found.who, grammar) if found else None
    return (said._replace(via=""), 0) if said else None


def _as_said(words: list[Token], verb: int, who: Speaker, grammar: Grammar) -> Said | None:
    """ "As MTAC observed during the last cycle, adversaries will amplify …"."""
    if words[0].low not in ("as", "wie", "comme", "como"):
        return None
    comma = next((at for at in range(verb + 1, min(len(words), verb + 16)) if words[at].text == ","), None)
    if (
        comma is not None
        and comma + 2 < len(words)
        and words[comma + 1].low == "however"
        and words[comma + 2].text == ","
    ):
        comma += 2
    if comma is None or comma + 3 >= len(words) or words[comma + 1].text in _OPENING:
        return None
    via = who.via or through(words, verb, grammar, words[verb].low in grammar.tells)
    return _said(words[comma + 1].start, _content_end(words), who, via)


def _relative_end(words: list[Token], begins: int) -> int:
    """ "..., which experts believe was made with AI, ..." """
    comma = next((at for at in range(begins, len(words)) if words[at].text == ","), None)
    return words[comma - 1].end if comma else _content_end(words)


def _quoted_as(words: list[Token], verb: int, begins: int, grammar: Grammar) -> _Told | None:
    """ "Bloomberg quoted the chairman as saying that", "the chairman was quoted by Bloomberg as saying"."""
    if words[verb - 1].low != "as":
        return None
    quoted = next((at for at in range(verb - 2, max(0, verb - 30), -1) if words[at].low in ("quoted", "cited")), None)
    if not quoted:
        return None
    content = words[begins].start, _content_end(words)
    if words[quoted - 1].low in ("was", "were", "been", "is"):
        at = quoted - 1
        while at and words[at - 1].low in grammar.verbal | grammar.adverbs:
            at -= 1
        found = before(words[: at + 1], at, grammar, whole=True)
        outlet = after(words, quoted + 2, grammar) if words[quoted + 1].low == "by" else None
        via = outlet.who.name if outlet else ""
        return (_said(*content, found.who, via), found.begins) if found else None
    said = after(words, quoted + 1, grammar)
    outlet = before(words[: quoted + 1], quoted, grammar, whole=True)
    return (_said(*content, said.who, outlet.who.name if outlet else ""), quoted) if said else None


def _is_noun(words: list[Token], verb: int, grammar: Grammar) -> bool:
    """Whether a base form is no verb here: "the neighbouring state", "the note that"; its subject would be plural."""
    if not grammar.is_english or verbs().get(words[verb].low) != "base":
        return False
    at = verb - 1
    while at and words[at].low in grammar.adverbs:
        at -= 1
    last = words[at]
    if last.is_capital and words[verb].low in grammar.documents | grammar.content | {"state"}:
        return at > 0 and words[at - 1].low in grammar.articles and not last.low.endswith("s")  # "the French state"
    return last.text.islower() and not last.low.endswith("s") and last.low not in _PLURALS


_PLURALS = frozenset("they we i you people police staff media women men others".split())


def _is_shown(words: list[Token], begins: int, grammar: Grammar) -> bool:
    """ "A message in which a woman says": what is shown is the message's."""
    if begins < 4 or words[begins - 1].low != "which" or words[begins - 2].low not in ("in", "on"):
        return False
    return any(word.low in grammar.content for word in words[max(0, begins - 6) : begins - 2])


def _said(start: int, end: int, who: Speaker, via: str) -> Said:
    return Said(start, end, who, via, "reported", who.start)


def _at_the_end(words: list[Token], verb: int, begins: int, who: Speaker, grammar: Grammar) -> _Told | None:
    """ "The pages were bought, Meta said in its report." and "The pages, Meta said, were bought."."""
    if begins < 3 or words[begins - 1].text != "," or words[begins - 2].text in '”"»’“':
        return None, begins
    via = who.via or through(words, verb, grammar, words[verb].low in grammar.tells)
    if verb + 2 < len(words) and words[verb + 1].text == "," and words[verb + 2].text in _OPENING:
        return None, begins
    if verb + 1 < len(words) and words[verb + 1].text == ",":
        return _said(words[0].start, _content_end(words), who, via), begins
    if not ends_there(words, verb, grammar) or (grammar.is_english and not _is_clause(words[: begins - 1])):
        return None, begins
    return _said(words[0].start, words[begins - 2].end, who, via), begins


def _is_clause(words: list[Token]) -> bool:
    """Whether a verb can be among the words ("The fourth of the managers" holds none)."""
    return any(_FINITE.fullmatch(word.low) or verbs().get(word.low) in ("past", "third", "base") for word in words)


def _inverted(words: list[Token], verb: int, grammar: Grammar) -> _Told | None:
    """ "The server was switched off, said Ilze Kalns, the deputy head."."""
    if words[verb].low in grammar.tells and grammar.is_english:
        return None
    begin = verb - (words[verb - 1].low in _AUXILIARIES and not grammar.is_english)
    if begin < 3 or words[begin - 1].text != "," or words[begin - 2].text in '”"»’“' or verb + 1 >= len(words):
        return None
    found = after(words, verb + 1, grammar)
    if found is None or [word.text in _OPENING or word.text == "," for word in words[found.ends : found.ends + 2]] == [
        True,
        True,
    ]:
        return None  # "There is, says X, “no sign …”" is quoted
    via = found.who.via or through(words, verb, grammar, tells=False)
    follows = words[found.ends : found.ends + 2]
    if grammar.is_english and len(follows) == 2 and follows[0].text == "," and follows[1].low in grammar.verbal:
        return _said(words[0].start, _content_end(words), found.who, via), verb  # "A good day, says X, was …"
    return _said(words[0].start, words[begin - 2].end, found.who, via), begin


_AUXILIARIES = frozenset("a ont avait avaient ha han había habían".split())


def _going_on(words: list[Token], verb: int, grammar: Grammar) -> _Told | None:
    """ "The embassy rejected the report, saying it rested on guesses."."""
    if verb < 3:
        return None
    found = absolute(words, verb, grammar) if grammar.is_english else None
    if words[verb - 1].text == "," and found is None:
        found = main_subject(words, verb, grammar) if grammar.is_english else _reacting(words, verb, grammar)
    begins = content_start(words, verb, grammar) if found else None
    if found is None or begins is None:
        return None
    return _said(words[begins].start, _content_end(words), found.who, ""), verb


def _reacting(words: list[Token], verb: int, grammar: Grammar) -> Found | None:
    """The subject of a sentence that begins with one who says or judges something."""
    found = after(words, 0, grammar)
    if found is None or found.ends >= len(words):
        return None
    at = found.ends
    while at < verb and words[at].low in grammar.adverbs:
        at += 1
    return found if words[at].low in grammar.verbs | grammar.judges else None


def _content_end(words: list[Token]) -> int:
    last = len(words) - 1
    while last > 0 and words[last].text in ".!?…;:,)":
        last -= 1
    return words[last].end
