"""Domains that may be taken for a roster's."""

import pytest

from counterfoil.detect.impersonation_roster import Known
from counterfoil.detect.lookalike_domains import find_lookalikes, read_domain

ROSTER = [
    Known("Harbour Gazette", domains=("https://www.harbourgazette.com",)),
    Known("Bureau", domains=("bureau.gov.uk",)),
]


@pytest.mark.parametrize(
    ("domain", "kind"),
    [
        ("h\u0430rbourgazette.com", "look-alike letters"),
        ("xn--hrbourgazette-41k.com", "look-alike letters"),
        ("harb0urgazette.com", "look-alike letters"),
        ("hxxps://harbour-gazette[.]com/news", "hyphens"),
        ("harbourgazete.com", "mistyped"),
        ("harbourgazette.co", "other ending"),
        ("harbourgazette-news.org", "added words"),
        ("login-harbourgazette.com", "added words"),
        ("harbourgazettecom.info", "ending in the name"),
        ("harbourgazette.com.example-host.net", "original below"),
        ("bureau.gov.co", "other ending"),
    ],
)
def test_each_way_of_looking_alike(domain: str, kind: str) -> None:
    if domain.startswith("xn--"):
        domain = "xn--" + "h\u0430rbourgazette".encode("punycode").decode() + ".com"
    (found,) = find_lookalikes(ROSTER, [domain])
    assert found.likenesses[0].kind == kind
    assert found.techniques == ("T0149.003",)


@pytest.mark.parametrize(
    "domain",
    ["harbourgazette.com", "shop.harbourgazette.com", "harbourgarden.com", "gazette.com", "", "10.0.0.1", "com"],
)
def test_its_own_and_others_are_no_suspects(domain: str) -> None:
    assert find_lookalikes(ROSTER, [domain]) == []


def test_the_parts_of_a_domain() -> None:
    domain = read_domain("https://user@news.example.co.uk:80/path")
    assert domain is not None
    assert (domain.below, domain.name, domain.suffix) == ("news", "example", "co.uk")
