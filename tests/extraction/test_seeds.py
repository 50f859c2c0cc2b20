"""The real article and the real framework pages: what an analyst must find in the draft."""

from pathlib import Path

import pytest

from counterfoil.extraction import extract
from counterfoil.model.extraction import Extraction
from counterfoil.readers import read_file

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def article(shared: Path) -> Extraction:
    return extract(read_file(next((shared / "seeds").glob("001_*.txt"))).report)


def test_both_actors_with_aliases_sponsor_and_source(article: Extraction) -> None:
    actors = {actor.name: actor for actor in article.actors if actor.is_operation}
    assert set(actors) == {"Taizi Flood", "Storm-1852"}
    assert {(alias.name, alias.by) for alias in actors["Taizi Flood"].aliases} == {("Spamouflage", "Microsoft")}
    assert {alias.name for alias in actors["Storm-1852"].aliases} == {"Storm1852"}
    assert actors["Taizi Flood"].state == "CN"
    claims = {(c.actor, c.to, c.by, c.strength) for c in article.attributions if c.strength != "denied"}
    assert ("Taizi Flood", "Ministry of Public Security", "Microsoft", "linked") in claims
    assert any((actor, to) == ("Storm-1852", "China") and by.startswith("Microsoft") for actor, to, by, _ in claims)
    assert {to for _, to, _, _ in claims} <= {"Ministry of Public Security", "China"}
    assert all(by.startswith("Microsoft") for _, _, by, _ in claims)  # nobody else says so, and no claim is invented


def test_a_denial_is_a_claim_too(article: Extraction) -> None:
    denials = [claim for claim in article.attributions if claim.strength == "denied"]
    assert [(claim.to, claim.by) for claim in denials] == [("China", "Chinese embassy")]


def test_targets_have_their_role_and_the_merely_mentioned_are_none(article: Extraction) -> None:
    persons = {target.name: target for target in article.targets if target.kind == "person"}
    assert set(persons) == {"Barry Moore", "Marco Rubio"}
    assert (persons["Barry Moore"].role, persons["Marco Rubio"].role) == ("Representative", "Senator")
    assert {target.by for target in persons.values()} == {"Taizi Flood"}
    mentioned = {person.name for person in article.people}
    assert {"Jonathan Landay", "Patricia Zengerle"} <= mentioned
    assert not mentioned & set(persons)


def test_nine_dates_with_their_precision(article: Extraction) -> None:
    assert {(date.text, date.value, date.precision) for date in article.dates} == {
        ("Wednesday", "", "weekday"),
        ("July 2024", "2024-07", "month"),
        ("September 2024", "2024-09", "month"),
        ("this November", "2024-11", "relative"),
        ("2022", "2022", "year"),
        ("2020", "2020", "year"),
        ("Tuesday", "", "weekday"),
        ("September 17", "2024-09-17", "day"),
        ("2024", "2024", "year"),
    }


def test_nested_voices(article: Extraction) -> None:
    heard = [(voice.speaker, voice.via, voice.spans[0].quote) for voice in article.voices]
    reports = {via for speaker, via, _ in heard if speaker == "Microsoft Threat Analysis Center"}
    assert len(reports) == 2
    through_reuters = [(speaker, quote) for speaker, via, quote in heard if via == "Reuters"]
    for words, first in {
        "Office of the Director of National Intelligence": "Foreign actors",
        "National Intelligence Council": "foreign operatives",
        "Chinese embassy": "China has no intention",
    }.items():
        assert any(words in speaker and quote.startswith(first) for speaker, quote in through_reuters), words


def test_no_platform_and_no_observable_is_invented(article: Extraction) -> None:
    assert article.platforms == ()
    assert article.observables == ()


@pytest.mark.parametrize(
    ("page", "actors", "countries"),
    [
        ("000", {"Ghostwriter", "Spamouflage"}, {"PL", "RU", "IR", "TW"}),
        ("002", {"Spamouflage"}, {"TW"}),
        ("003", set(), {"TR", "CA", "US", "MX"}),
    ],
)
def test_framework_pages_give_actors_and_countries(
    shared: Path, page: str, actors: set[str], countries: set[str]
) -> None:
    found = extract(read_file(next((shared / "seeds").glob(f"{page}_*.txt"))).report)
    named = {actor.name for actor in found.actors if actor.is_operation}
    assert named == actors
    known = {place.code[:2] for place in found.places} | {actor.state for actor in found.actors}
    assert countries <= known
