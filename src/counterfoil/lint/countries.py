"""What is written where a country should stand."""

from functools import cache

from counterfoil.model.countries import countries

_GROUPS = frozenset(
    "world|worldwide|global|international|multiple|several|various|eu|european union|europe|eastern europe|"
    "western europe|balkans|western balkans|baltics|baltic states|africa|north africa|west africa|east africa|"
    "sub-saharan africa|asia|central asia|south asia|southeast asia|asia pacific|apac|middle east|mena|americas|"
    "north america|south america|central america|latin america|latam|caribbean|oceania|nato|g7|g20|un|the west|"
    "former soviet union|cis|ussr|soviet union".split("|")
)


@cache
def _names() -> tuple[str, ...]:
    return tuple(names[1] for names in countries().values())


def group_of_states(text: str) -> bool:
    """Whether it names a continent, an alliance or the world."""
    return " ".join(text.split()).casefold() in _GROUPS


def nearest_country(text: str) -> str:
    """The country's name that the text is a slip of; "" if none is near."""
    from difflib import get_close_matches

    near = get_close_matches(text.title() if text.islower() else text, _names(), n=1, cutoff=0.84)
    return near[0] if near else ""
