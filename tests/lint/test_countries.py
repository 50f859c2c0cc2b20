"""The list of countries is whole, and its names do not clash."""

import re
from importlib.resources import files

import pytest

from counterfoil.lint.countries import group_of_states, nearest_country
from counterfoil.model.countries import country_code

LINES = [line.split("\t") for line in (files("counterfoil.model") / "countries.tsv").read_text("utf-8").splitlines()]


def test_the_list_has_every_code_once() -> None:
    assert len(LINES) == 249 + 1  # ISO 3166-1 and Kosovo
    for column, pattern in ((0, "[A-Z]{2}"), (1, "[A-Z]{3}")):
        codes = [line[column] for line in LINES]
        assert len(set(codes)) == len(codes)
        assert all(re.fullmatch(pattern, code) for code in codes)


def test_no_name_stands_for_two_countries() -> None:
    owners: dict[str, str] = {}
    for alpha2, alpha3, names in LINES:
        for name in (alpha2, alpha3, *names.split("|")):
            assert owners.setdefault(name.casefold(), alpha2) == alpha2, name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("USA", "US"),
        ("uk", "GB"),
        ("deu", "DE"),
        ("Macedonia", "MK"),
        ("DRC", "CD"),
        ("Türkiye", "TR"),
        ("Côte d’Ivoire", "CI"),
        ("  South   Korea ", "KR"),
        ("Kosovo", "XK"),
        ("Atlantis", ""),
        ("World", ""),
        ("", ""),
    ],
)
def test_code(text: str, code: str) -> None:
    assert country_code(text) == code


def test_groups_and_slips() -> None:
    assert group_of_states("EU")
    assert group_of_states("north  Africa")
    assert not group_of_states("France")
    assert nearest_country("Armena") == "Armenia"
    assert nearest_country("SaudiArabia") == "Saudi Arabia"
    assert nearest_country("Disinformation") == ""
