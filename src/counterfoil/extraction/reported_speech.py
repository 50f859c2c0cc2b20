"""Speech without quotation marks: "Meta said it removed the pages", "a spokesperson for X denied it"."""

import re
from collections.abc import Iterator

from counterfoil.extraction.reading import Reading
from counterfoil.extraction.speakers import is_opener

#: Verbs of speech, less the forms that are nouns too ("claims that"). Most are other verbs too ("added a
#: button", "denied access") and need what they say behind them.
_SPEAKS = (
    r"(?P<verb>said|says|told [^.;:,“”\"\n]{2,60}? that|"
    r"(?:confirmed|confirms|announced|announces|stated|warned|warns|noted|added|adds|argued|argues|acknowledged|"
    r"acknowledges|explained|explains|claimed|alleged|alleges|insisted|insists|concluded|concludes|revealed|reveals|"
    r"disclosed|discloses|admitted|admits|wrote|writes|asserted|asserts|maintained|maintains|reported|estimated|"
    r"believes?)(?: (?:in|on) [^.;:,“”\"\n]{2,40}?)? that|"
    r"(?:denied|denies|rejected|rejects|disputed|disputes)(?= (?:any|all|that|it|they|having|being|doing|"
    r"involvement|wrongdoing|responsibility|knowledge|(?:the|these|those|such|its|his|her|their) "
    r"(?:[a-z]{3,14} )?(?:claims?|allegations?|accusations?|charges?|findings|involvement|role|links?|reports?|"
    r"attribution|conclusions?))\b))\b(?! to\b)"
)
_SPEECH = re.compile(rf"\b{_SPEAKS}")
_SAID = re.compile(r"\b(?:said|says|told|denie[sd]|claim(?:s|ed)|which|that|who|whom|when|while|because|if)\b")
_CAP = r"[A-ZÀ-ÞА-Я][\w’'&\-]{0,30}"
_NAME = (
    rf"(?:(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col)\. )?{_CAP}"
    rf"(?: (?:of|the|for|and|de|von|van|der|al|&|[A-Z]\.|{_CAP})){{0,7}}"
)
_HEAD = (
    r"(?:spokes(?:person|man|woman|people|persons|men|women)|officials?|representatives?|researchers?|analysts?|"
    r"investigators?|prosecutors?|police|ministry|ministers?|embassy|company|firm|consultancy|agency|government|"
    r"observatory|institute|committee|commission|court|think tank|nonprofit|newspaper|outlet|study|statement|report|"
    r"mayor|president|senator|authors?|experts?|executives?|authorities|lawyers?|head|director|founder|chief|party|"
    r"regulator|watchdog|union|bureau|council|office|service)"
)
_ROLE = (
    rf"(?:(?:[Aa]n?|[Tt]he|[Oo]ne|[Tt]wo|[Ss]everal|[Ss]ome|[Ss]enior) (?:[\w’'\-]{{1,24}} ){{0,4}}?|"
    rf"(?=[A-Z])(?:[A-Za-z][\w’'\-]{{1,24}} ){{0,2}}?)(?i:{_HEAD})"
    r"(?: (?:for|of|at|from|with|in) [\w’'&\- ]{2,60}?)?"
)
_APPOSED = r"(?: \([^()\n]{1,40}\))?(?:, [^,;:“”\"\n]{3,80},)?"
_AUX = r"(?: (?:has|have|had|also|later|then|since|previously|again|repeatedly|publicly|earlier|now|reportedly)){0,3}"
_ADVERBIAL = (
    r"(?:(?:In|On|At|Last|Earlier|After|Following|Since|Yesterday|Later|Meanwhile|However|Also|Separately|Asked|"
    r"Responding|By|During|But|And|Still)\b[^,;:“”\"\n]{0,60}, |"
    r"(?:But|And|Yet|Later|Yesterday|Today|Then|Now|Earlier|Still) )?"
)
_BEFORE_VERB = re.compile(rf"[\s\-–—*•>]{{0,4}}{_ADVERBIAL}(?:(?P<role>{_ROLE})|(?P<name>{_NAME})){_APPOSED}{_AUX} ")
#: "The pages were bought, Meta said in its report."
_AT_THE_END = re.compile(rf", (?:(?P<role>{_ROLE})|(?P<name>{_NAME})){_AUX} $")
_CLOSES = re.compile(r"(?: (?:in|on|at|last|this|earlier)\b[^,;:“”\"\n]{1,60})?[.!?]?\s*$")
#: Words for people who are not told.
_NOBODY = frozenset(
    "Others Some Many Most Few Several One Another All Each Everybody Someone Somebody Anyone None Nothing Something "
    "Much".split()
)
#: Whose people they are, the sentence before tells.
_WHOSE = frozenset("Its Their His Her Our My Your".split())
#: What an operation makes: its words are no source's.
_CONTENT = frozenset(
    "Accounts Posts Videos Articles Captions Messages Comments Memes Images Websites Sites Pages Channels Personas "
    "Bots Trolls Tweets Hashtags Headlines Banners Leaflets Ads Advertisements Stories Narratives Rumours Rumors "
    "Clips Texts Letters Flyers Users Profiles".split()
)
_LONGEST = 240  #: letters before the verb in which the speaker is looked for


def reported_speech(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Start and end of each sentence that tells what somebody said, and who did, as written.

    One speaker a sentence: who is told of inside another's words is not heard.
    """
    done = -1
    for verb in _SPEECH.finditer(reading.text):
        start, end = reading.sentence(verb.start())
        if start <= done:
            continue
        who = _speaker(reading.text, verb, start, end)
        if who:
            done = start
            sentence = reading.text[start:end]
            start += len(sentence) - len(sentence.lstrip())
            yield start, end - (len(sentence) - len(sentence.rstrip())), who


def _speaker(text: str, verb: re.Match[str], start: int, end: int) -> str:
    first = max(start, verb.start() - _LONGEST)
    before = text[first : verb.start()]
    match = _BEFORE_VERB.fullmatch(before) if first == start else None
    if match is None and verb["verb"] in ("said", "says") and end - verb.end() < 90:
        match = _AT_THE_END.search(before) if _CLOSES.fullmatch(text, verb.end(), end) else None
    who = (match["role"] or match["name"]).strip() if match else ""
    first_word = who.split(" ")[0]
    named = match is not None and match["role"] is None
    opener = is_opener(first_word) and not (first_word == "The" and " " in who)
    nobody = named and (opener or first_word in _NOBODY or who in _CONTENT)
    return "" if nobody or first_word in _WHOSE or _SAID.search(who) else who
