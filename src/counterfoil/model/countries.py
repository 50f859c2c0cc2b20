"""Countries of ISO 3166-1 by code and English name (countries.tsv: alpha-2, alpha-3, name and variants).

Kosovo stands under XK, the code in common use for it; ISO 3166 leaves it to the user.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def countries() -> Mapping[str, tuple[str, ...]]:
    """Alpha-2 code -> alpha-3 code, usual name, variants."""
    lines = (files(__package__) / "countries.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    return {alpha2: (alpha3, *names.split("|")) for alpha2, alpha3, names in rows}


@cache
def _codes() -> Mapping[str, str]:
    """name, variant or code in small letters -> alpha-2."""
    return {name.casefold(): alpha2 for alpha2, names in countries().items() for name in (alpha2, *names)}


def country_code(text: str) -> str:
    """The alpha-2 code of a country's name, variant or code; "" if it is none. Case, quotes and blanks are even."""
    return _codes().get(" ".join(text.replace("’", "'").split()).casefold(), "")


def country_name(code: str) -> str:
    """The usual English name of the country with that alpha-2 code; the code itself if there is none."""
    known = countries().get(code.upper())
    return known[1] if known else code
