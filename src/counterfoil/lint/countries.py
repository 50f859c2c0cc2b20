"""Countries of ISO 3166-1 by code, English name and common variant (countries.tsv).

Kosovo stands under XK, the code in common use for it; ISO 3166 leaves it to the user.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_GROUPS = frozenset(
    "world|worldwide|global|international|multiple|several|various|eu|european union|europe|eastern europe|"
    "western europe|balkans|western balkans|baltics|baltic states|africa|north africa|west africa|east africa|"
    "sub-saharan africa|asia|central asia|south asia|southeast asia|asia pacific|apac|middle east|mena|americas|"
    "north america|south america|central america|latin america|latam|caribbean|oceania|nato|g7|g20|un|the west|"
    "former soviet union|cis|ussr|soviet union".split("|")
)


@cache
def _countries() -> Mapping[str, str]:
    """name, variant or code in small letters -> alpha-2."""
    found: dict[str, str] = {}
    for line in (files(__package__) / "countries.tsv").read_text(encoding="utf-8").splitlines():
        alpha2, alpha3, names = line.split("\t")
        for name in (alpha2, alpha3, *names.split("|")):
            found[name.casefold()] = alpha2
    return found


@cache
def _names() -> tuple[str, ...]:
    lines = (files(__package__) / "countries.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(line.split("\t")[2].split("|")[0] for line in lines)


def country_code(text: str) -> str:
    """The alpha-2 code of a country's name, variant or code; "" if it is none. Case, quotes and blanks are even."""
    return _countries().get(" ".join(text.replace("’", "'").split()).casefold(), "")


def group_of_states(text: str) -> bool:
    """Whether it names a continent, an alliance or the world."""
    return " ".join(text.split()).casefold() in _GROUPS


def nearest_country(text: str) -> str:
    """The country's name that the text is a slip of; "" if none is near."""
    from difflib import get_close_matches

    near = get_close_matches(text.title() if text.islower() else text, _names(), n=1, cutoff=0.84)
    return near[0] if near else ""
