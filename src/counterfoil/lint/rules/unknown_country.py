"""A country that is not one of ISO 3166.

Why it matters: maps and counts by country, and STIX locations, need the code; what has none is left out of them.

Example: "Armena", "SaudiArabia" run together, "World", "EU", a word that belongs in another column.

How to fix: write the country's English name or its two- or three-letter code. "USA", "UK" and other common names are
known. For the world or a group of states, list the countries that the source names. "Unknown" is accepted as an
attribution. `--fix` corrects a name only where blanks are missing ("SaudiArabia").
"""

import re
from collections.abc import Iterator

from counterfoil.lint.countries import group_of_states, nearest_country
from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Fault, Severity
from counterfoil.lint.ids import trimmed
from counterfoil.lint.rule import WORKBOOK, rule
from counterfoil.lint.schema import COUNTRIES
from counterfoil.model.countries import country_code

_SEPARATORS = re.compile(r"[,;/|\n]|\band\b(?! (?:Herzegovina|Barbuda|Tobago|Nevis|Principe|Príncipe|the Grenadines))")
_UNKNOWN = {"unknown", "n/a", "none"}


@rule("DL018", "unknown-country", Severity.INFO, WORKBOOK)
def check(dataset: Dataset) -> Iterator[Fault]:
    for sheet, column in COUNTRIES:
        for cell in dataset.cells(sheet, column):
            if country_code(cell.text):
                continue
            for part in filter(None, map(trimmed, _SEPARATORS.split(cell.text))):
                if country_code(part) or (column == "attributions_seen" and part.casefold() in _UNKNOWN):
                    continue
                if group_of_states(part):
                    message = f"{part!r} is no country, but a group of states or the world."
                    yield Fault(cell, message, "List the countries that the source names.", part)
                    continue
                near = nearest_country(part)
                joined = near.replace(" ", "") == part
                suggestion = f"{near} is probably meant." if near else "Write its English name or ISO 3166 code."
                new = cell.text.replace(part, near) if joined else None
                yield Fault(cell, f"{part!r} is no country of ISO 3166.", suggestion, part, new)
