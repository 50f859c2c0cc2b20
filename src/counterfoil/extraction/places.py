"""Places: states, territories and US states by their names, with ISO 3166 codes."""

import re

from counterfoil.extraction.reading import Reading
from counterfoil.extraction.states import mentions
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Extraction, Place

_TOO_SHORT = re.compile(r"[A-Z]{1,2}")  #: "US", "UK": two letters are never read as a place


def find(reading: Reading, _found: Extraction) -> tuple[Place, ...]:
    """The places that the text names; one item per code, named as first written."""
    names: dict[str, str] = {}
    spans: dict[str, list[Span]] = {}
    for mention in mentions(reading.text):
        if mention.kind == "metonym" or _TOO_SHORT.fullmatch(mention.name):
            continue
        names.setdefault(mention.code, mention.name)
        spans.setdefault(mention.code, []).append(reading.span(mention.start, mention.end))
    return tuple(Place(names[code], code, tuple(places)) for code, places in spans.items())
