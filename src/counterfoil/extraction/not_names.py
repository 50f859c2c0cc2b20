"""What looks like an actor's name and is not: states, companies, people, titles, days."""

import re
from functools import lru_cache

from counterfoil.extraction.calendar_words import ENGLISH, MONTHS, WEEKDAYS
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.organisations import known
from counterfoil.extraction.platforms import platform_names
from counterfoil.extraction.states import gazetteer

_WORDS = frozenset(
    "the a an this that these those it its in on at of for from by as and or but if when while after "
    "since before "
    "president senator representative congressman congresswoman governor minister secretary general "
    "director mr mrs "
    "ms dr prof professor chancellor ambassador prime vice former king queen pope sir lord judge justice "
    "election elections congress parliament house senate government party republicans republican "
    "democrats democrat "
    "democratic media press internet web online social english europe european africa african asia asian "
    "america "
    "latin western eastern middle east west north south union nato un eu united nations pdf source link "
    "video image "
    "figure table annex page report reports section chapter part note here there they we he she you who "
    "what which "
    "ttp ttps ioc iocs covid covid-19 ai artificial intelligence facebook's network campaign operation "
    "group actor "
    "one two three several many some most all no not new".split()
)
_TITLE_BEFORE = Expression(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sir|President|Senator|Sen|Representative|Rep|Congress(?:wo)?man|Governor|Gov|"
    r"Minister|"
    r"Secretary|General|Gen|Director|Chancellor|businessm[ae]n|oligarch|journalist|blogger|activist|"
    r"analyst|candidate|"
    r"politician|lawmaker|spokes\w{3,7}|researcher|influencer|propagandist|professor|author|named after|"
    r"led by|run by|"
    r"founder|owner|leader|head|chief)\.? $"
)
#: "Kremlin-backed", "Chinese-language": adjectives, not names.
_COMPOUND = Expression(
    r"-(?:linked|backed|based|aligned|sponsored|affiliated|nexus|run|funded|directed|controlled|"
    r"associated|connected|"
    r"owned|style|led|wide|era|language|speaking|related|origin|made|driven|powered|generated)$"
)
_PERSON_AFTER = Expression(
    r",? (?:said|told|wrote|tweeted|was born|who|aged)\b|, \d{2},|['’]s (?:wife|husband|son|daughter|"
    r"supporters|speech)\b"
)


@lru_cache(maxsize=1)
def _taken() -> frozenset[str]:
    data = gazetteer()
    organisations = {name for name, kind in known().items() if kind != "actor"}
    words = {*data.names, *data.adjectives, *organisations, *platform_names(), *WEEKDAYS}
    words |= {f"{word}s" for word in data.adjectives}
    return frozenset({word.casefold() for word in words} | set(ENGLISH) | _WORDS)


@lru_cache(maxsize=1)
def _never_last() -> frozenset[str]:
    return _taken() - _WORDS


@lru_cache(maxsize=4096)
def is_name(name: str) -> bool:
    """Whether these letters can be the name of an influence actor."""
    if len(name) < 3 or not any(map(str.isalpha, name)):
        return False
    words = name.split()
    if _COMPOUND.search(name) or words[0].casefold() in MONTHS:
        return False
    if len(words) > 5 or name.casefold() in _taken():
        return False
    first = re.sub(r"['’]s?$", "", words[0]).casefold()
    if first in _taken() and (len(words) == 1 or first in _WORDS or words[0].endswith(("’s", "'s"))):
        return False
    if len(words) > 1 and words[-1].casefold() in _never_last():
        return False
    capital = any(word[0].isupper() or word[0].isdigit() for word in words)
    # An acronym of two to four letters is more often an institution than an actor; "Subsequently" is no name.
    short = len(name) < 5 and name.isalpha() and sum(map(str.isupper, name)) > 1
    return capital and not short and not re.fullmatch(r"[A-Z][a-z]{3,15}ly", name)


def is_person_here(text: str, start: int, name: str) -> bool:
    """Whether the words around this mention treat the name as a person's."""
    end = start + len(name)
    return bool(_TITLE_BEFORE.search(text, max(0, start - 24), start) or _PERSON_AFTER.match(text, end, end + 24))
