"""Places that the text names: states, regions and cities, with ISO 3166 codes."""

from collections.abc import Iterator

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.located import Located
from counterfoil.extraction.place_names import names_in
from counterfoil.extraction.place_signs import is_part_of_body, is_place
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.states import Mention, mentions
from counterfoil.extraction.towns import towns
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Extraction, Place

_TOO_SHORT = Expression(r"[A-Z]{1,2}|[A-Z]\.[A-Z]\.")  #: "US", "U.K.": a place only where something happens
_WHERE = Expression(
    r"\b(?:[Ii]n|[Aa]cross|[Ff]rom|[Tt]hroughout|[Ww]ithin|[Oo]utside|[Ii]nside|[Tt]o|[Vv]isited) the $"
)
_TIED = Expression(r"-(?!based\b|born\b|wide\b|registered\b)\w")
_COMMA = Expression(r", (?:the )?")
_GERMAN = Expression(r"\b(?:der|die|das|und|nicht|von|mit|ist|wurde|auf|im|dem)\b")


def find(reading: Reading, _found: Extraction) -> tuple[Place, ...]:
    """The places that the text names; one item per place, named as first written."""
    names: dict[str, tuple[str, str]] = {}
    spans: dict[str, list[Span]] = {}
    for place in located(reading.text):
        names.setdefault(place.key, (reading.text[place.start : place.end], place.code))
        spans.setdefault(place.key, []).append(reading.span(place.start, place.end))
    return tuple(Place(*names[key], tuple(places)) for key, places in spans.items())


def located(text: str) -> list[Located]:
    """Every mention of a place, in text order, never overlapping: the longest name wins."""
    found = [Located(m.start, m.end, m.code, m.code) for m in mentions(text) if _is_country(text, m)]
    found = _apart([*found, *_listed(text, found)])
    known = {offset for place in found for offset in range(place.start, place.end)}
    return _apart([*found, *towns(text, [place for place in found if not place.city], known)])


def _is_country(text: str, mention: Mention) -> bool:
    if mention.kind == "metonym" or _TIED.match(text, mention.end):
        return False
    if is_part_of_body(text[max(0, mention.start - 60) : mention.start]):
        return False
    if not _TOO_SHORT.fullmatch(mention.name):
        return True
    return _WHERE.search(text, max(0, mention.start - 16), mention.start) is not None


def _listed(text: str, countries: list[Located]) -> Iterator[Located]:
    """Places that the gazetteer lists, where the text means them."""
    country_at = {country.start: country for country in countries}
    capitals = len(_GERMAN.findall(text, 0, 20_000)) * 150 > min(len(text), 20_000)
    cities: set[int] = set()
    for named in names_in(text):
        entry = named.entry
        comma = _COMMA.match(text, named.end)
        town = not entry.state and "-" not in entry.code  # "Sachsen, Österreich" are two of a list
        country = country_at.get(comma.end()) if comma and town else None
        if country is None and not is_place(text, named, capitals, cities):
            continue
        key, code = entry.key, entry.code
        if country and country.code.split("-")[0] != code.split("-")[0]:
            code = country.code.split("-")[0]  # "Paris, Texas"
            key = f"{code} {text[named.start : named.end]}"
        if not entry.state:
            cities.add(named.end)
        yield Located(named.start, named.end, key, code, not entry.state)


def _apart(places: list[Located]) -> list[Located]:
    result: list[Located] = []
    for place in sorted(places, key=lambda item: (item.start, -item.end)):
        if not result or place.start >= result[-1].end:
            result.append(place)
    return result
