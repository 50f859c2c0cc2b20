"""What the words right before and behind a name say of an organisation that bears it."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.given_names import is_given
from counterfoil.extraction.reading import HOLE
from counterfoil.extraction.states import gazetteer
from counterfoil.extraction.word_lists import word_classes

_BACK = 90  #: letters before a name that are looked at
_WORD = Expression(r"[^\s“”\"«»„(]{1,40}|[(]")
_CALLED = frozenset("called named titled dubbed known as nommée nommé appelée appelé namens llamada llamado".split())
_ARTICLES = frozenset("the a an its their his her our le la les l' der die das den dem el los las une un".split())
_GO_BETWEEN = 3  #: words that may describe the name behind "researchers at the"
#: "company X hired", "the page X runs": the name is not the page.
_DOER = Expression(
    r" (?:(?:has|had|have|once|also|later|then|now) ){0,2}(?:founded|co-founded|runs?|ran|owns|owned|leads|led|heads|"
    r"headed|uses?|hired|bought|acquired|sold|controls|controlled|set up|built|registered|created|worked|works|paid|"
    r"manages|managed|edits|edited|removed|took|tracks|calls|named|identified|says? (?:it|he|she))\b(?! by)"
)
_THING = Expression(
    r" (?:accounts?|pages?|profiles?|posts?|groups?|users?|videos?|ads?|messages?|executives?|employees?|channels?|"
    r"voters?|residents?|part(?:y|ies)|polic(?:y|ies)|phones?|department|office|server)\b"
)
_APPOSED = Expression(
    r"[”\"»]?(?: \([^()\n]{1,60}\))?(?:,| –| —|,? (?:is|was|est|ist|es)) "
    r"(?:an?|one of(?: the| its)?|another|its|their|the|une?|la|le|el|una|eine?r?|die|der|das) "
    r"(?P<phrase>(?:(?:[\w\-’&/]|\.(?=\w)){1,30},? ){0,7}?)(?P<head>[\w\-]{2,30})(?![\w\-])(?P<next>[^\n]{0,24})"
)
_BARE = Expression(
    r"[”\"»]? ?(?:,|\(|–|—) ?(?P<phrase>(?:[\w\-’]{1,24} ){0,3})(?P<head>[\w\-]{3,30})(?P<next> [^\n]{0,24}|\))"
)
_OWNS = Expression(r"['’]s? (?P<words>(?:[\w\-]{2,24} ){0,3}?)(?P<noun>[\w\-]{3,24})(?![\w\-])")
_SITS = Expression(
    r"[”\"»]?(?:,? (?:which|that|is|was|has been|and)){0,3},? (?P<words>(?:based|headquartered|registered|"
    r"incorporated|domiciled) (?:in|at|under)|whose (?:editors?|newsroom|owner|director|website|staff|reporters|logo|"
    r"customers|clients|employees|headquarters|offices?|parent)|did not (?:respond|reply|answer)|declined to comment|"
    r"could not be reached|which (?:has |had )?(?:seen|obtained|published|reviewed|broke|first reported)|employs "
    r"\d|specialises in|specializes in|n’a pas (?:répondu|donné suite)|"
    r"n'a pas (?:répondu|donné suite)|no respondió)\b"
)
_DID = Expression(r"(?:,| \([A-Z]{2,8}\))?(?: (?:has|have|had|also|first|later|since)){0,4} (?P<words>[a-z]{4,14})\b")
_MADE_OF = Expression(r" of (?:[\w\-]{2,20} ){0,2}?(?:volunteers|researchers|journalists|analysts|scholars|activists|"
                      r"lawyers|students|reporters|academics|citizens|veterans|elves)\b")  # fmt: skip


class Use(NamedTuple):
    """What kind of organisation the words show, and whether they leave no doubt about a single word either."""

    kind: str
    words: str
    sure: bool


def use_before(text: str, start: int, end: int) -> Use | None:
    """ "the daily X", "a spokesman for X", "published by X"."""
    floor = max(text.rfind("\n", max(0, start - _BACK), start) + 1, start - _BACK, 0)
    gap = text[floor:start].rstrip("“\"«„‘' ")
    before = [match.group() for match in _WORD.finditer(gap)]
    if not before or gap.endswith((".", ";", "!", "?")):
        return None
    comma = before[-1].endswith((",", ":", "–", "—"))
    before = [bare for word in before[-9:] if (bare := word.rstrip(",:–—"))]
    while before and before[-1] in _CALLED:
        before.pop()
    noun = before[-1] if before else ""
    kind = _kind(before)
    if kind and not _is_anothers(text, end) and not (comma and not (_lists(before) and _ENDS_ITEM.match(text, end))):
        return Use(kind, noun, True)
    if comma:
        return _introduced(before) if _CLOSED.match(text, end) else None
    if noun in _TELLS:
        return Use("outlet", noun, False) if _TOLD.match(text, end) else None
    return _in_role(before)


_TELLS = frozenset("told tells telling informed".split())
_TOLD = Expression(
    r"[”\"»]?(?: (?:that|in|on|this|last|by|it|he|she|they|the|his|her|its|their|earlier|after|at)\b|[,.:]|$)"
)
_ENDS_ITEM = Expression(r"[”\"»]?(?:[,.:;)]| and | or | \(| –| —|$)")
_CLOSED = Expression(r"[”\"»]?(?:[,.:;)]| \(| –| —|$)")
_BETWEEN = 6  #: words of "a company in Isfahan," behind the article


def _introduced(before: list[str]) -> Use | None:
    """ "a local business daily, X,", "another company in Isfahan, X,"."""
    for back in range(1, min(len(before), _BETWEEN) + 1):
        word = before[-back]
        if word.lower() in ("a", "an", "another", "its", "own", "his", "their") or (
            word.lower() == "the" and back == 2
        ):
            described = before[len(before) - back + 1 :]
            place = next(
                (at for at, one in enumerate(described) if one in ("in", "based", "from", "at")), len(described)
            )
            kind = _kind(described[:place])
            return Use(kind, described[place - 1], True) if kind and place else None
    return None


def _in_role(before: list[str]) -> Use | None:
    """ "researchers at the Finnish non-profit X", "hired by X", "an interview with X", "told X"."""
    words = before[:]
    while words and (words[-1].lower() in _ARTICLES or words[-1] in gazetteer().adjectives):
        words.pop()
    if len(words) < 2:
        return None
    classes = word_classes("organisation_words.txt")
    link, said = words[-1].lower(), words[-2].lower()
    title = words[-2][0].isupper() and len(words) > 2 and words[-3][-1] != "."  # "Director of National X"
    if title and link == "of":
        return None
    if link in classes["at"] and (said in classes["people"] or words[-2] in classes["people"]):
        owned = link in ("by", "with") or (link == "of" and said in ("head", "chief", "president", "chair", "team"))
        return Use("agency", f"{words[-2]} {link}", not owned)
    if link == "at" and is_given(words[-2]):
        return Use("agency", f"{words[-2]} at", False)
    if link in ("for", "at") and said in classes["working"]:
        return Use("company", f"{said} {link}", True)
    if link in ("by", "in", "from", "with", "to", "on"):
        if said in classes["participles"] and link == "by":
            return Use("company" if said not in _SEEN else "outlet", f"{said} by", False)
        if (
            said in classes["participles"]
            and said in ("published", "reported", "aired", "broadcast")
            and link != "from"
        ):
            return Use("outlet", f"{said} {link}", said == "published" and link == "in")
        if said in classes["reports"]:
            return Use("outlet", f"{said} {link}", False)
        if said in classes["contracts"] and link in ("with", "to", "from"):
            return Use("company", f"{said} {link}", False)
    if link == "of" and said in classes["contracts"]:
        return Use("company", f"{said} of", False)
    return None


_SEEN = frozenset("published reported quoted cited seen obtained debunked broadcast aired interviewed examined".split())


def _kind(before: list[str]) -> str:
    """What the words before a name call it; a word that is used for other things too needs its trade before it."""
    if not before:
        return ""
    noun, own = before[-1], before[-2] if len(before) > 1 else ""
    classes = word_classes("organisation_words.txt")
    kind = next((kind for kind in ("outlet", "company", "agency") if noun in classes[kind]), "")
    if noun in ("agency", "agencies") and own == "news":
        return "outlet"
    if (
        kind
        and noun in classes["general"]
        and noun not in _NAMED_SO
        and not (own in classes["trade"] or _presents(own))
    ):
        return ""
    return "agency" if noun == "tank" and own != "think" else kind


#: Nouns that stand before hardly anything but such a name.
_NAMED_SO = frozenset(
    "site sites website websites page pages channel channels portal portals brand brands page".split()
)


def _presents(own: str) -> bool:
    """Whether the word before a general noun makes it a description of the name: "the page X", "a Lagos-based "
    "agency"."""
    return own.lower() in ("the", "a", "an", "called") or own in gazetteer().adjectives or own.endswith("-based")


def _lists(before: list[str]) -> bool:
    """Whether a comma behind the noun begins a list of names: "two news brands, X and Y"."""
    return before[-1].endswith("s") and any(word.lower() in _COUNTS for word in before[-5:-1])


_COUNTS = frozenset("two three four five six seven the its their these several both other".split())


def _is_anothers(text: str, end: int) -> bool:
    return _DOER.match(text, end, end + 40) is not None or _THING.match(text, end, end + 24) is not None


def use_after(text: str, end: int, is_code: bool) -> Use | None:
    """ "X, a studio in Riga", "X's newsroom", "X, which is registered in", "XY removed" if that is no usual word."""
    first = text[end : end + 1]
    if text.startswith(f" ({HOLE}", end):
        return Use("outlet", "its address behind it", False)
    if first in "’'":
        return _owns(text, end)
    apposed = _apposed(text, end)
    if apposed:
        return apposed
    sits = _SITS.match(text, end, end + 60)
    if sits:
        sure = not sits["words"].startswith(("did", "declined", "could", "n", "no"))
        return Use("company", sits["words"], sure)
    did = _DID.match(text, end, end + 40) if is_code else None
    return Use("agency", did["words"], False) if did and did["words"] in _DEEDS else None


_DEEDS = frozenset().union(
    *(word_classes("organisation_words.txt")[name] for name in ("did", "does", "participles"))
) | ({"designated", "designates", "says", "said", "assesses", "assessed", "warned", "warns", "describes", "described"})


def _owns(text: str, end: int) -> Use | None:
    match = _OWNS.match(text, end, end + 80)
    classes = word_classes("organisation_words.txt")
    while match and match["noun"] not in classes["people"]:
        again = re.compile(r" (?P<noun>[\w\-]{3,24})(?![\w\-])").match(text, match.end("noun"))
        if again is None or match.end("noun") - end > 50:
            return None
        match = again
    if match is None:
        return None
    return Use("agency", match["noun"], match["noun"] in _OF_BODIES)


#: What no single person has.
_OF_BODIES = frozenset(
    "newsroom researchers analysts volunteers fact-checkers reporters journalists investigators editors engineers "
    "headquarters founder founders co-founder CEO shareholders servers director spokesman spokeswoman spokesperson "
    "correspondent correspondents newsletter editor-in-chief employees staffers homepage".split()
)


def _apposed(text: str, end: int) -> Use | None:
    match = _APPOSED.match(text, end, end + 170)
    if match is None:
        return None
    classes = word_classes("organisation_words.txt")
    head, words = match["head"], match["phrase"].split()
    at = match.end("head")
    for _ in range(7):  # the first word that is such a noun and is not followed by another one
        kind = next((kind for kind in ("outlet", "company", "agency") if head in classes[kind]), "")
        further = re.compile(r"(?:,? | ?/ ?)(?P<word>[\w\-]{2,30})(?![\w\-])").match(text, at, at + 40)
        if kind and not (further and _goes_on(further["word"], classes)):
            break
        if further is None or "," in further.group():
            return None
        words, head, at = [*words, head], further["word"], further.end()
    else:
        return None
    if head == "of" or (head in ("group", "groups", "network") and not words and not _MADE_OF.match(text, at)):
        return None
    if not kind:
        return None
    article = text[end : match.start("phrase")].strip(' ,–—”"»')
    if article == "the" and not words:
        return None  # "..., the company said"
    if re.match(r" (?:[A-Z“\"«]|called|named|said|says|added)", text[at : at + 8]):
        return None
    if head in classes["general"] and not (
        any(word in classes["trade"] or word in gazetteer().adjectives or "-" in word for word in words)
        or re.match(
            r" (?:based|in|of|run|that|which|registered|from|with|owned|founded|administered|à|de|en|mit)\b",
            text[at : at + 14],
        )
    ):
        return None
    return Use(kind, head, True)


def _goes_on(word: str, classes: Mapping[str, frozenset[str]]) -> bool:
    """Whether a noun is part of a longer name of a thing: "a company spokesman", "a news site"."""
    return any(word in classes[kind] for kind in ("outlet", "company", "agency")) or word in classes["people"]
