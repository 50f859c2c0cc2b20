"""Whether the words around a date look back or ahead, in the languages that reports are written in."""

from functools import lru_cache

from counterfoil.extraction.expressions import Expression

_AHEAD = Expression(
    r"\b(?:[Ww]ill|shall|going to|set (?:to|for)|due (?:to|in|on)|plans? (?:to|for)|planned|scheduled|slated|"
    r"upcoming|forthcoming|"
    r"is to|are to|ahead of|in the run-up to|expected (?:to|in|on)|could|might|may|[Aa]head|by next|"
    r"aur(?:a|ont)|ser(?:a|ont)|pourra(?:it|ient)?|doit|doivent|devra(?:it|ient)?|prévue?s?|prochaine?s?|en vue d|"
    r"wird|werden|soll(?:en)?|könnten?|geplant|bevorstehend\w{1,2}|kommend\w{1,2}|berät|stattfinden|"
    r"serán?|habrá|tendrá\w?|podrían?|celebrará\w?|próxim[oa]s?|prevista?s?|"
    r"будет|будут|пройд[её]т|пройдут|состоится|состоятся|предстоящ\w{2,3}|планиру\w{2,4}|назначен\w{0,2}|"
    r"буде|будуть|відбудеться|відбудуться|пройдуть|заплановано|майбутні\w{0,2}|"
    r"będzie|będą|odbędzie|odbędą|zaplanowan\w{1,3}|nadchodząc\w{1,3}|"
    r"سوف|ستجري|المقبل|المقبلة|المقرر)(?!\w)"
    r"|将|將|\b(?:in der|im) kommenden\b"
)
_BACK = Expression(
    r"\b(?:[a-z]{2,14}ed|said|told|wrote|was|were|had|came|took|met|held|began|went|made|gave|saw|found|put|"
    r"brought|sent|spoke|set|cut|ran|left|won|lost|shut|sought|hit|fell|rose|broke|spread|grew|drew|flew)\b"
)
_FOREIGN = Expression(r"[^\W\d_]{1,20}")
_ENGLISH_WORDS = frozenset("the of and to in that was were is with on by for from as has have had it its which".split())
_REPORTED = Expression(
    r"\b(?:said|told|announced|reported|published|released|confirmed|denied|warned|wrote|added|stated|unveiled|"
    r"removed|"
    r"sanctioned|accused|exposed|arrested|charged|charges|summoned|claimed|posted|appeared|disclosed|attributed|"
    r"rejected|dismissed|called|declared|briefed)\b"
)
_CLAUSE = Expression(r"[;:.!?]\s|\n| (?:that|which|who|while|but|because|after|before|when) |, (?:and|but|which|who) ")
_COMMA = Expression(", ")
_NEAR = 70  #: letters before and behind the date that are looked at


def looks_ahead(text: str, start: int, end: int) -> bool:
    """Whether the clause around `text[start:end]` speaks of what is to come."""
    first, last = clause(text, start, end)
    return _is_ahead(text[first:last])


def tells_of_the_past(text: str, start: int, end: int) -> bool:
    """Whether the clause tells what happened: it reports a statement, or has a past verb and nothing to come."""
    first, last = clause(text, start, end)
    if _REPORTED.search(text, max(first, start - 32), min(last, end + 24)):
        return True
    if _is_ahead(text[first:last]):
        return False
    return _BACK.search(text, max(0, first - _NEAR), last + _NEAR) is not None or not _is_english(text, start)


@lru_cache(maxsize=4096)  # in tables and lists the same words stand beside every date
def _is_ahead(words: str) -> bool:
    return _AHEAD.search(words) is not None


def clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The range of the clause around `text[start:end]`, at most `_NEAR` letters on either side."""
    before, after = _reach(text[max(0, start - _NEAR) : start], text[end : end + _NEAR])
    return start - before, end + after


@lru_cache(maxsize=4096)
def _reach(before: str, after: str) -> tuple[int, int]:
    """How many letters of the words before and behind belong to the same clause."""
    first = 0
    for stop in _CLAUSE.finditer(before):
        first = stop.end()
    stopped = _CLAUSE.search(after) or _COMMA.search(after, 1)
    return len(before) - first, stopped.start() if stopped else len(after)


def _is_english(text: str, at: int) -> bool:
    """Whether the words around are English, where past verbs are told by their form."""
    words = _FOREIGN.findall(text[max(0, at - 200) : at + 200].lower())
    return sum(word in _ENGLISH_WORDS for word in words) * 8 >= len(words)
