"""The day a text was written: as its source says, else as its own head says."""

import re

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.written import Written

HEAD = 900  #: letters in which a text says when it was published
_PUBLISHED = Expression(
    r"\b(?:published|updated|posted|released|issued|last (?:modified|updated)|date|dated|publié|mis à jour|"
    r"veröffentlicht|"
    r"stand|aktualisiert|publicado|actualizado|опубликован\w{0,2}|опубліковано|дата|data|opublikowano)"
    r"(?: (?:by|on|le|am|el|par|von|por) [^\n.]{0,40}?| ?: ?| (?:on |le |am |el )?)$",
    re.IGNORECASE,
)
_LONGEST = 90  #: letters of a line that is a head and no sentence
_SENTENCE = Expression(r"[.!?]\s*$")


def is_head(text: str, item: Written) -> bool:
    """Whether a day stands where a text says when it was published: a line of its own, a byline, a dateline."""
    if item.start > HEAD or item.precision not in ("day", "month"):
        return False
    if _PUBLISHED.search(text, max(0, item.start - 70), item.start):
        return True
    if item.precision != "day":
        return False
    first = text.rfind("\n", 0, item.start) + 1
    last = text.find("\n", item.end)
    last = len(text) if last < 0 else last
    before, after = text[first : item.start], text[item.end : min(last, item.end + 200)]
    if _is_dateline(before, after):
        return True
    is_line = last - first <= _LONGEST and "\n" in text and not _SENTENCE.search(text[item.end : last])
    return is_line and not after.strip(" .|·)-–—")


def _is_dateline(before: str, after: str) -> bool:
    """ "NAIROBI, Aug 22 (Reuters) - ", "Berlin, 3. Mai 2024 — "."""
    place = re.fullmatch(r"\s*(?:[A-Z\u0400-\u042f][^\s,.:;]{1,20}[ ,/—–(-]{1,3}){1,4}", before)
    return place is not None and re.match(r"\s*(?:\(|[-–—|.:/]|$)", after) is not None


def day_of_writing(text: str, items: list[Written], published: str) -> str:
    """ISO 8601: `published` if the source says it, else the day in the head of the text; empty if neither says it."""
    if published:
        return published
    for item in items:
        if item.start > HEAD:
            break
        if item.precision == "day" and item.has_year and is_head(text, item):
            return item.value
    return ""
