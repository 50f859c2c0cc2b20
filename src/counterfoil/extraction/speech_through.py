"""Through whom or what somebody spoke: "told Reuters", "in an interview with the Daily Nation", "on Telegram"."""

from counterfoil.extraction.calendar_words import MONTHS, WEEKDAYS
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.organisations import known
from counterfoil.extraction.platforms import platform_names
from counterfoil.extraction.speech_grammar import Grammar
from counterfoil.extraction.speech_tokens import Token

_DATES = frozenset({*MONTHS, *(day.lower() for day in WEEKDAYS)})
_FAR = 26  #: words behind a verb in which it is looked for
_KINDS_OF_MEDIA = frozenset("blog video press news written joint court".split())
_STOPS = frozenset('.;:?!“«„"')
_OUTLET = Expression(
    r"(?:[A-Z]\w{0,20}\s)?(?:Times|Post|News|Radio|TV|Journal|Guardian|Tribune|Herald|Press|Observer|Gazette|Media|"
    r"Daily|Telegraph|Mail|Mirror|Nation|Review|Magazine|Today|Independent|Chronicle|Ledger|Star|Standard|Reuters|BBC|"
    r"Bloomberg|AP|AFP|dpa|EFE|CNN|NPR|Wire|Politico|Zeitung|Spiegel|Rundfunk|Télévision|Diario|Canal|Television|"
    r"Broadcasting|Dispatch|Examiner|Sun|Globe|Monitor|Correctiv|Echo|Courier|Voice|Wired|Verge|Insider|Record)"
)
_BODY = Expression(
    r"Council|Committee|Parliament|Congress|Court|Senate|Assembly|Commission|Ministry|Police|House|Department|Agency|"
    r"Bundestag|Duma|Rada|Cabinet|Government|Security|Board"
)
_LISTENERS = frozenset("to with on for by in à au dans auprès sur a en al bei gegenüber der dem в на".split())


def through(words: list[Token], verb: int, grammar: Grammar, tells: bool) -> str:
    """The outlet, platform or medium named behind a verb of speech; empty if none is."""
    medium = ""
    last = min(len(words), verb + _FAR)
    for at in range(verb + 1, last):
        word, before = words[at], words[at - 1]
        if word.text in _STOPS and not (word.text in '«„“"' and before.low in grammar.outlets):
            break
        if word.low in grammar.that and word.text.islower():
            break
        of = before if before.low not in grammar.articles else words[at - 2]
        if word.low in grammar.media and not medium and of.low not in ("to", "of"):
            medium = _medium(words, at)
        name = _name_at(words, at, last, grammar)
        if not name or name.split()[0].lower() in _DATES:
            continue
        listens = (tells and before is words[verb]) or before.low in _LISTENERS | grammar.outlets
        if before.low in grammar.articles and at >= 2:
            listens = listens or (tells and at - 2 == verb) or words[at - 2].low in _LISTENERS
        if listens and _is_outlet(name, before, grammar, tells and at - verb <= 2):
            return name
        if before.low in ("on", "sur", "en", "auf", "bei", "в", "у", "на") and name in platform_names():
            return name
        if words[at - 1].low in ("de", "von") and name in platform_names():
            return name
    return medium


def in_front(words: list[Token], begins: int, grammar: Grammar) -> str:
    """The medium named before the subject: "In its statement, Google said"; empty if none is."""
    if begins < 3 or words[begins - 1].text != "," or words[0].low not in ("in", "dans", "en", "в", "у"):
        return ""
    return next((_medium(words, at) for at in range(1, begins) if words[at].low in grammar.media), "")


def _medium(words: list[Token], at: int) -> str:
    """ "email" of "in an email", "fourth report" of "in its fourth report"."""
    if at + 1 < len(words) and words[at].low in ("blog", "video") and words[at + 1].low in ("post", "message"):
        at += 1
    two = words[at - 1].low in _KINDS_OF_MEDIA and words[at - 1].text.islower()
    return f"{words[at - 1].text} {words[at].text}" if two else words[at].text


def _name_at(words: list[Token], at: int, last: int, grammar: Grammar) -> str:
    """The capitalised words, or those in quotation marks behind a word for an outlet, that begin at an index."""
    if words[at].text in '«„“"' and words[at - 1].low in grammar.outlets:
        end = next((k for k in range(at + 1, min(last, at + 8)) if words[k].text in '»“”"'), at)
        return " ".join(word.text for word in words[at + 1 : end])
    if not words[at].is_capital and words[at].text not in ("dpa", "taz"):
        return ""
    if words[at - 1].is_capital and words[at - 1].is_word:
        return ""
    end = at + 1
    while end < last and (
        words[end].is_capital or (words[end].low in grammar.name_words | {"/"} and _capital(words, end + 1, last))
    ):
        end += 1
    if end - at > 1 and words[at].low in grammar.outlets and grammar.capital_nouns:
        at += 1  # "der Zeitung Elbblick"
    return " ".join(word.text for word in words[at:end]).replace(" / ", "/")


def _capital(words: list[Token], at: int, last: int) -> bool:
    return at < last and words[at].is_capital


def _is_outlet(name: str, before: Token, grammar: Grammar, listener: bool) -> bool:
    bare = name.removeprefix("The ")
    if known().get(name) == "outlet" or known().get(bare) == "outlet" or before.low in grammar.outlets:
        return True
    if _OUTLET.search(name):
        return True
    return listener and not _BODY.search(name)
