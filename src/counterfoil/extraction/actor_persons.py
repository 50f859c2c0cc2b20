"""Persons that act for an operation: who runs a site or network, and whom a sanctions notice or an indictment names.

Everybody else who is named (speakers, authors, officials, victims) is no actor.
"""

import re
from collections.abc import Iterator

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.given_names import is_person
from counterfoil.extraction.naming import Named
from counterfoil.extraction.phrases import matches_with

_CAP = r"(?:(?:al|el|Al|El)-)?[A-ZÀ-Þ][\w’'\-]{1,24}"
_PERSON = rf"(?P<name>{_CAP}(?: (?:{_CAP}|[A-Z]\.|bin|al|de|da|van|von|der|ibn)){{1,4}})"
_ROLE = r"(?:(?:the|a|an|its|their|one) )?(?:[\w\-’']{2,24} ){0,6}?"
#: "run by X", "administered by a former soldier, X"
_RUN_BY = Expression(
    rf"(?<![\w\-])(?:run|operated|managed|administered|masterminded|orchestrated|moderated|overseen|supervised|"
    rf"kept) by "
    rf"(?P<role>{_ROLE}),? ?{_PERSON}"
)
_RUN_WORDS = "run operated managed administered masterminded orchestrated moderated overseen supervised kept".split()
_LEGAL = Expression(
    r"\b(?:OFAC|Office of Foreign Assets Control|Executive Order|E\.O\.|asset freeze|grand jury|indictment|unsealed|"
    r"designat(?:es|ed|ing|ion)|sanctions list|charged with|has charged|money laundering|wire fraud|sanctioned|"
    r"affidavit|Specially Designated)\b"
)
#: "designated X", "has charged two of its managers, X, 44, and Y"
_CHARGED = Expression(
    r"(?<![\w\-])(?:designat(?:es|ed|ing)|sanction(?:s|ed|ing)|indict(?:s|ed|ing)|charg(?:es|ed|ing)|arrest(?:s|ed|ing)|"
    r"detained|extradit(?:es|ed|ing)) (?P<list>[^.;\n]{3,260})"
)
_CHARGED_WORDS = (
    "designates designated designating sanctions sanctioned sanctioning indicts indicted indicting charges charged "
    "charging arrests arrested arresting detained extradited"
).split()
_ENDS = Expression(
    r"\b(?:with|for|in connection|pursuant|on suspicion|after|because|over|following|under|who allegedly)\b"
)
#: "X is the director of", "its owner, X", "X, who has run NMC", "the servers were kept by X"
_DOES = Expression(
    rf"(?<![\w\-’']){_PERSON}(?:, \d{{1,3}},)?(?:, who)? (?:is|was|has been|serves as|served as) (?:the |an? |"
    rf"[\w’'\-]{{2,20}}['’]s )?"
    r"(?:[\w\-]{2,20} ){0,3}?(?:director|owner|manager|founder|head|chief|employee|shareholder|deputy|accountant|"
    r"administrator|leader|member|contractor|developer|producer|editor|recruiter|handler)\b"
    rf"|(?<![\w\-’']){_PERSON.replace('name>', 'name2>')}(?:, \d{{1,3}},)?,? (?:who )?(?:has |had )?(?:run|ran|"
    rf"runs|supervised|managed|"
    r"manages|directed|oversaw|oversees|recruited|coordinated|administered|wrote|paid|laundered|moved|registered|rented|controls|"
    r"controlled|headed|heads|hired)\b"
    rf"|(?:[Ii]ts|[Tt]heir|[Tt]he|whose|(?:company|firm|network|group)['’]s) (?:[\w\-]{{2,20}} ){{0,3}}?(?:owner|"
    rf"director|manager|founder|"
    rf"managers|head|chief executive|administrator|shareholder|accountant|employees?|operators?),? "
    rf"{_PERSON.replace('name>', 'name3>')}"
)
_TITLES = Expression(
    r"\b(?:Attorney|Secretary|Under Secretary|Minister|Director|General|Judge|Justice|Senator|President|Ambassador|"
    r"Prosecutor|Agent|Commissioner|Chairman|Spokes\w+|[Ss]pokes\w+|Mr|Ms|Mrs|Dr)\.? $"
)
_SAYS = Expression(
    r",? (?:said|told|says|wrote in a statement|added|announced|is prosecuting|is representing|declined)\b"
)


def acting_persons(text: str) -> Iterator[Named]:
    """Every naming of such a person."""
    for match in matches_with(text, _RUN_BY, _RUN_WORDS, 0, 160):
        yield from _person(text, match.start("name"), match["name"])
    legal = list(_LEGAL.finditer(text))
    if not legal:
        return
    for match in matches_with(text, _CHARGED, _CHARGED_WORDS, 0, 280):
        end = _ENDS.search(match["list"])
        last = match.start("list") + (end.start() if end else len(match["list"]))
        for one in re.compile(_PERSON).finditer(text, match.start("list"), last):
            yield from _person(text, one.start("name"), one["name"])
    if len(legal) > 1:
        for match in _DOES.finditer(text):
            group = next(group for group in ("name", "name2", "name3") if match[group])
            yield from _person(text, match.start(group), match[group])


def _person(text: str, start: int, name: str) -> Iterator[Named]:
    bare = re.sub(r"['’]s?$", "", name)
    words = bare.split(" ")
    if not is_person(bare) or _TITLES.search(text, max(0, start - 18), start):
        return
    if _TITLES.match(words[0] + " ") or _SAYS.match(text, start + len(bare), start + len(bare) + 28):
        return
    yield Named(start, bare, "person", "", "a person that acts")
