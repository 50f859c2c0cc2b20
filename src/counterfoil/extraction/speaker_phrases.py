"""The noun phrase that speaks: the subject before a verb of speech, or the one behind it."""

from typing import NamedTuple

from counterfoil.extraction.english_words import classes, verbs
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.speaker_heads import Speaker, speaker
from counterfoil.extraction.speakers import is_opener
from counterfoil.extraction.speech_grammar import Grammar
from counterfoil.extraction.speech_tokens import Token

_LONGEST = 16  #: words of a noun phrase without what is inserted
_LONGEST_INSERTED = 45
_ADVERB = Expression(r"(?!(?:re|assemb|fami|anoma|sup|al|ral|bul)p?ly$)\w{3,20}ly")
_PARTICIPLE = Expression(r"\w{2,20}(?:ed|ing)")
_DATES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december yesterday today last earlier late this".split()
)
_ASKED = frozenset(
    "asked contacted questioned pressed reached interrogé interrogée interrogés interrogées contacté contactée "
    "contactés contactées joint jointe joints jointes sollicité sollicitée sollicités sollicitées questionné "
    "questionnée consultado consultada consultados consultadas preguntado preguntada preguntados contactado "
    "contactada contactados befragt gefragt angefragt".split()
)
_QUOTES = frozenset('“”„«»"‘’')
_AND = frozenset({"and", "et", "und", "y", "e", "и", "й", "та", "і"})
_OTHERS = frozenset({"our", "us", "my", "i", "you"})  #: own words that a phrase about others may hold


class Found(NamedTuple):
    """A speaker, the token index at which the phrase ends, and that at which it begins."""

    who: Speaker
    begins: int
    ends: int


def before(words: list[Token], verb: int, grammar: Grammar, whole: bool, anybody: bool = False) -> Found | None:
    """The subject of the verb at an index. `whole` says that the first token begins a sentence.

    With `anybody`, a noun that is not known as one for people or bodies will do.
    """
    end = verb
    while end and _is_adverb(words[end - 1], grammar):
        end -= 1
    only = verb + 1 < len(words) and words[verb + 1].low == "only"
    if end > 1 and words[end - 1].low == "would" and (only or words[verb - 1].low == "only"):
        end -= 1  # "Officials would say only that"
    if (
        not end
        or words[end - 1].low in grammar.unsaid
        or any(w.low in grammar.unsaid - _AUXILIARY for w in words[end:verb])
    ):
        return None
    for begin in _clause_starts(words, end, grammar, whole):
        ends = _reaches(words, begin, end, grammar)
        if ends is None:
            continue
        core, inserted = words[begin:ends], words[ends:end]
        who = speaker(core, inserted, grammar)
        if who and (anybody or "unknown" not in who.roles):
            return None if who.kind == "content" or "unowned" in who.roles else Found(who, begin, verb)
    if whole and end > 1 and words[0].low in grammar.impersonal:
        who = speaker(words[1:end], [], grammar) if _reaches(words, 1, end, grammar) == end else None
        return Found(who, 1, verb) if who and who.kind != "content" else None
    return None


def after(words: list[Token], begin: int, grammar: Grammar, anybody: bool = False) -> Found | None:
    """The noun phrase that begins at an index ("said the minister, Ann Lee, on Monday")."""
    ends = _core_end(words, begin, len(words), grammar, stops=True)
    if ends == begin:
        return None
    inserted = _apposition(words, ends)
    who = speaker(words[begin:ends], inserted, grammar)
    if who is None or who.kind == "content" or ("unknown" in who.roles and not anybody):
        return None
    return Found(who, begin, ends)


_AUXILIARY = frozenset("has have had did is was are were".split())


def _is_adverb(word: Token, grammar: Grammar) -> bool:
    return word.low in grammar.adverbs or (word.text.islower() and _ADVERB.fullmatch(word.low) is not None)


def _clause_starts(words: list[Token], end: int, grammar: Grammar, whole: bool) -> list[int]:
    """Where a subject may begin, first the earliest: the whole of "A, the head of B, said" before "B"."""
    starts = [0] if whole else []
    if whole and end > 1 and words[0].low in _FIRST_ADVERBS:
        starts = [1]  # "Later Holm said"
    if whole and end > 2 and _is_number(words[0]):
        starts = [1]  # "2.2 Three persons said"
    if whole and grammar.is_english and words[0].low in _OPENS and (at := _behind_opening(words, end, grammar)):
        starts.append(at)
    for at in range(1, end):
        last = words[at - 1]
        begins = last.text in _CLAUSE_MARKS or last.low in grammar.joins or last.low in grammar.that
        if begins and (last.low not in ("and", "or") or not grammar.is_english or _has_verb(words, at - 1, grammar)):
            starts.append(at)
    return starts[-14:]


_OPENS = frozenset("in on at last this during after before".split())


def _behind_opening(words: list[Token], end: int, grammar: Grammar) -> int:
    """Where a subject begins behind an opening without a comma: "In its quarterly report Meta", "Last week the "
    "army"."""
    for at in range(1, min(end, 9)):
        word, last = words[at], words[at - 1]
        if not word.is_word:
            return 0
        opened = last.low in grammar.documents | grammar.media or last.low in _DATES or last.text.isdigit()
        if opened and at > 1 and ((word.is_capital and word.low not in _DATES) or word.low in grammar.articles):
            return at
    return 0


def _has_verb(words: list[Token], end: int, grammar: Grammar) -> bool:
    """Whether a clause, not a noun, stands before "and"."""
    for word in reversed(words[max(0, end - 14) : end]):
        if word.low in grammar.verbal or word.low in _PRETERITES or verbs().get(word.low) in ("past", "third"):
            return True
        if word.text in ",;:":
            return True
    return False


def _is_number(word: Token) -> bool:
    """Whether a paragraph's number or a list's mark is what the word is."""
    return word.text in "•-–—*" or word.text.replace(".", "").isdigit()


_FIRST_ADVERBS = frozenset("later then now yesterday today earlier also still meanwhile recently".split())
_CLAUSE_MARKS = frozenset([*',;:—–-(…”»"’', "[…]"])
_PRETERITES = frozenset("said says told wrote".split())


def _can_begin(words: list[Token], at: int, grammar: Grammar) -> bool:
    word = words[at]
    follower = words[at + 1] if at + 1 < len(words) else None
    if at and words[at - 1].text == "," and grammar.is_english and word.text.islower() and word.low.endswith("ing"):
        return False  # "the general, holding a newspaper, says"
    if not word.is_word:
        return word.text in '“«„"'
    if word.low in grammar.pronouns or word.low in grammar.articles:
        return True
    if word.low in grammar.no_beginning or word.low in _DATES:
        return False
    if word.low in _ASKED and follower and not follower.is_capital:
        return False  # "Interrogé par l'AFP, le ministre"
    if word.text not in ("The", "A", "An", "Both", "One", "Two") and is_opener(word.text):
        return False
    if follower and word.text.isdigit() and follower.low in grammar.articles:
        return False  # "in 2006 the founder"
    return not (word.text.islower() and (word.low in grammar.verbs or word.low in grammar.unsaid))


def _reaches(words: list[Token], begin: int, end: int, grammar: Grammar) -> int | None:
    """Where the phrase itself ends if, with what is inserted, it reaches to `end`; None if it does not."""
    if not _can_begin(words, begin, grammar):
        return None
    ends = _core_end(words, begin, end, grammar, stops=False)
    if ends == begin:
        return None
    if ends == end:
        return ends
    at = ends
    while at < end and words[at].text in "([":
        closing = next((k for k in range(at + 1, min(end, at + 14)) if words[k].text in ")]"), None)
        if closing is None:
            return None
        at = closing + 1
    if at == end or (at > ends and _core_end(words, at, end, grammar, stops=False) == end):
        return ends
    if end - at == 1 and words[at].text == "," and begin and words[begin - 1].text == ",":
        return ends  # "In a speech the mayor, Lotte Hansen, said"
    if end - at <= _LONGEST_INSERTED and words[at].text in ",—–" and words[end - 1].text in ",—–" and end - 1 > at:
        inserted = words[at:end]
        quotes = any(word.text in _QUOTES for word in inserted)
        return None if any(word.text in ":;" for word in inserted) or (quotes and len(inserted) > 12) else ends
    people = words[at - 1].text.islower() or any(word.low in grammar.heads for word in words[begin:ends])
    return ends if words[at].low == "who" and people else None


def _core_end(words: list[Token], begin: int, end: int, grammar: Grammar, stops: bool) -> int:
    """Where a noun phrase ends that begins at an index. With `stops`, at adjuncts too ("on Monday")."""
    at, quoted = begin, False
    last = min(end, begin + _LONGEST)
    while at < last:
        word = words[at]
        if not word.is_word:
            # A name in quotation marks belongs to the phrase.
            if word.text in _QUOTES and (
                quoted or any(words[k].text in _QUOTES for k in range(at + 1, min(last, at + 6)))
            ):
                quoted = not quoted
                at += 1
                continue
            if word.text == "," and _is_listed(words, at, last, grammar):
                at += 1
                continue
            if word.text == "." and at > begin and len(words[at - 1].text) <= 3 and words[at - 1].is_capital:
                at += 1
                continue
            break
        if quoted:
            at += 1
            continue
        if at > begin and (word.low in grammar.pronouns or (word.low in grammar.own and word.low not in _OTHERS)):
            break
        if word.low in grammar.verbal and not word.text[0].isupper():
            break
        if word.low in grammar.joins and word.low not in _AND:
            break
        if word.low in grammar.that and word.text.islower():
            break
        if at > begin and word.text.islower() and _is_verb_here(words, at, begin, grammar):
            break
        if at > begin and (stops or grammar.is_english) and _is_behind_name(words, at, begin, grammar):
            break
        if stops and at > begin and _is_adjunct(words, at, begin, grammar):
            break
        if word.low in _AND and not _joins_nouns(words, at, last, grammar):
            break
        at += 1
        if at == begin + 1 and word.low in grammar.pronouns and word.low != "her":
            break
    while at > begin and (
        words[at - 1].low in grammar.prepositions or words[at - 1].low in _AND or words[at - 1].text in ",."
    ):
        at -= 1
    return at


def _is_verb_here(words: list[Token], at: int, begin: int, grammar: Grammar) -> bool:
    """Whether a lower-case word is a verb of speech rather than a noun ("the report", "a claim")."""
    word, last = words[at], words[at - 1]
    if last.low.endswith("'s") or (
        word.low == "think" and at + 1 < len(words) and words[at + 1].low.startswith("tank")
    ):
        return False
    if word.low not in grammar.verbs and word.low not in grammar.judges and word.low not in grammar.tells:
        return False
    if word.low in grammar.nouns:
        # A noun too: behind an article or an adjective it is one.
        return last.is_capital and not last.low.endswith("'s") and last.low not in grammar.articles and at > begin + 1
    if (
        word.low.endswith("ed")
        and word.low not in ("insisted", "commented", "remarked")
        and at + 1 < len(words)
        and words[at + 1].low in ("by", "on", "for", "in", "with")
    ):
        return last.low not in grammar.heads and last.low not in grammar.documents
    return True


def _is_behind_name(words: list[Token], at: int, begin: int, grammar: Grammar) -> bool:
    """Whether a word in small letters behind a name cannot belong to it: "Helmwart steckt", "Лунин газете"."""
    word, last = words[at], words[at - 1]
    if word.is_capital or word.low in grammar.behind_name or word.low in _AND:
        return False
    if grammar.is_english:
        tense = verbs().get(word.low, "")
        if tense not in ("past", "third") or last.low in grammar.articles or last.low in _MODIFIERS:
            return False
        follower = words[at + 1].low if at + 1 < len(words) else ""
        participle = tense == "past" and follower in _BEHIND_PARTICIPLES
        noun = word.low in grammar.content or word.low in classes()["nouns"]
        return not noun and not (participle and not last.is_capital)
    if not last.is_capital or last.low in grammar.articles or (at == begin + 1 and last.low in grammar.heads):
        return False
    return not (grammar.capital_nouns and last.low in grammar.heads) or word.low not in grammar.articles


_BEHIND_PARTICIPLES = frozenset("by on for in with to at from as after before during under".split())
_MODIFIERS = frozenset("newly recently former then also three two four several of".split())


def _is_adjunct(words: list[Token], at: int, begin: int, grammar: Grammar) -> bool:
    """Whether a new phrase begins that says when or where it was said."""
    word, last = words[at], words[at - 1]
    if word.low in _DATES and (
        word.is_capital or word.low in ("yesterday", "today", "last", "earlier", "late", "this")
    ):
        return True
    if word.text.islower() and (_ADVERB.fullmatch(word.low) or word.low in grammar.adverbs - {"of"}):
        return not last.low.endswith("'s")  # "the embassy's only reply"
    if word.text.islower() and _PARTICIPLE.fullmatch(word.low) and word.low.endswith("ing"):
        return True
    if word.low not in grammar.prepositions or word.is_capital:
        # A pronoun or article behind a finished name: the listener ("sagte Hartung der Nachrichtenagentur").
        return (
            word.low in grammar.articles
            and last.is_capital
            and last.low not in grammar.prepositions
            and last.low not in grammar.heads
        )
    follower = words[at + 1] if at + 1 < len(words) else None
    if (
        follower is None
        or word.low in _ATTACHES
        or (_is_document(words, at - 1, grammar) and word.low in ("by", "par", "por"))
    ):
        return False
    if word.low in ("in", "à", "en", "в", "у", "at", "from", "bei", "aus"):
        person = last.is_capital and at - begin >= 2 and words[begin].low not in grammar.articles
        return not follower.is_capital or follower.low in _DATES or (person and word.low == "in")
    return not (word.low == "to" and last.low in _SENT)  # "the mission to the United Nations"


def _is_document(words: list[Token], at: int, grammar: Grammar) -> bool:
    """ "report", "report published"."""
    return any(word.low in grammar.documents for word in words[max(0, at - 1) : at + 1])


_SENT = frozenset(
    "mission ambassador envoy adviser advisor advisers advisors delegation delegate representative representatives "
    "aide aides counsel candidate consul heir secretary deputy".split()
)
_ATTACHES = frozenset("of for at from with behind de du des del von der für vom des".split())


def _joins_nouns(words: list[Token], at: int, last: int, grammar: Grammar) -> bool:
    """Whether "and" stands between two nouns of one phrase, not between two clauses."""
    if at + 1 >= last:
        return False
    follower = words[at + 1]
    if follower.low in grammar.clausal:
        return False
    return (
        follower.is_capital
        or follower.low in grammar.articles
        or follower.low in grammar.heads
        or follower.text.islower()
    )


def _is_listed(words: list[Token], at: int, last: int, grammar: Grammar) -> bool:
    """Whether a comma stands in a list of names that "and" ends."""
    if not (words[at - 1].is_capital and at + 1 < last and words[at + 1].is_capital):
        return False
    for word in words[at + 1 : min(last, at + 10)]:
        if word.low in _AND:
            return True
        if not (word.is_capital or word.text == "," or word.low in grammar.name_words):
            return False
    return False


def _apposition(words: list[Token], at: int) -> list[Token]:
    """What stands between commas behind a noun phrase, or up to the sentence's end."""
    while at < len(words) and words[at].text == "(":
        at = next((k + 1 for k in range(at, min(len(words), at + 12)) if words[k].text == ")"), len(words))
    if at >= len(words) or words[at].text != ",":
        return []
    end = at + 1
    while end < len(words) and end - at < 14 and (words[end].is_word or words[end].text in "'’"):
        end += 1
    return words[at:end]
