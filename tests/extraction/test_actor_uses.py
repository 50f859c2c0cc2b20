"""Organisations by how a text uses their name, short names, mastheads, persons that act, operations that are named."""

import pytest

from counterfoil.extraction import extract
from counterfoil.model.extraction import Actor
from counterfoil.model.report import Report


def actors(text: str, language: str = "en") -> dict[str, Actor]:
    found = extract(Report(text=text, source="-", language=language)).actors
    return {name: actor for actor in found for name in (actor.name, *(alias.name for alias in actor.aliases))}


USED = {
    "Researchers at Lindqvist Watchers saw it first.": "Lindqvist Watchers",
    "Two engineers of Palmgrid left in May.": "Palmgrid",
    "A spokeswoman for Telovia said the lines were cut.": "Telovia",
    "Kestrelware’s newsroom was empty.": "Kestrelware",
    "It ran on the Telegram channel Morning Salt and nowhere else.": "Morning Salt",
    "They sold ads to a local daily, Nevsky Kuryer: it printed them.": "Nevsky Kuryer",
    "They kept two news brands, Nistru Aproape and Clopotul, for years.": "Clopotul",
    "Sahel Matin, a website registered in Lomé, printed it.": "Sahel Matin",
    "Kora Digital, which is based in Dakar, sent the invoices.": "Kora Digital",
    "The clip was published by Ukwuli Daybreak in June.": "Ukwuli Daybreak",
    "Orlan Media Service had a contract with Vox Baltia for the posts.": "Vox Baltia",
    "The head told Radio Kahawa that nothing was bought.": "Radio Kahawa",
    "Thanks to Ana at Wahrheit.org for the catch.": "Wahrheit.org",
    "Horizon Sud, une agence installée à Lomé, a payé les pages.": "Horizon Sud",
    "Albor Estrategia, una consultora con sede en Madrid, lo negó.": "Albor Estrategia",
}


@pytest.mark.parametrize(("text", "name"), USED.items())
def test_finds_an_organisation_by_its_use(text: str, name: str) -> None:
    assert actors(text)[name].kind in ("company", "agency", "outlet")


@pytest.mark.parametrize(
    "text",
    [
        "Researchers at Lagos saw it first.",
        "The page Meta removed had 40 followers.",
        "A spokeswoman for Ana Ruiz said no.",
        "The channel was seen in Mayfair, an empty site with a view.",
        "Scholars of Korean affairs were contacted in March.",
        "The report was published on Monday in Tallinn.",
        "A daily, Senator Ada Berg said, would not print it.",
    ],
)
def test_a_person_place_or_day_is_no_organisation(text: str) -> None:
    assert not [actor.name for actor in actors(text).values() if actor.name != "Meta"]


def test_a_short_form_is_the_same_organisation() -> None:
    found = actors("Researchers at Horizon Sud Communication wrote. The director of Horizon Sud denied it.")
    assert found["Horizon Sud"] is found["Horizon Sud Communication"]


def test_a_masthead_names_the_publisher() -> None:
    found = actors("BALTIC INFORMATION UNIT\n\nDaily brief no. 141\n\nNothing was seen, and nothing was said.")
    assert found["BALTIC INFORMATION UNIT"].kind == "agency"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The site was run by Mikhail Drozdov from a flat in Perm.", "Mikhail Drozdov"),
        ("OFAC designated Dmitri Yelagin and his firm for running the network.", "Dmitri Yelagin"),
        ("A grand jury has charged two managers, Vadim Sorokin, 44, and Alla Reut, 37, with fraud.", "Alla Reut"),
    ],
)
def test_persons_that_act_are_actors(text: str, name: str) -> None:
    assert actors(text)[name].kind == "person"


def test_who_only_speaks_is_no_actor() -> None:
    text = "OFAC designated the firm. The sanctions are overdue, said Attorney Keisha Lindgren. Ana Ruiz said so too."
    assert not {"Keisha Lindgren", "Ana Ruiz"} & actors(text).keys()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The firm went public on Thursday with an operation it calls Tallow Street.", "Tallow Street"),
        ("The network is old. I call it Orchard Row, after the street.", "Orchard Row"),
        ("The campaign was seen in May. Dubbed “Lagune grise” by the service, it paid for ads.", "Lagune grise"),
        ("Harbour Lanterns, as the researchers dubbed the campaign, paid in coins.", "Harbour Lanterns"),
        ("Remember Brick Lane Bots, the network from the 2019 campaign?", "Brick Lane Bots"),
    ],
)
def test_operations_that_a_sentence_names(text: str, name: str) -> None:
    assert actors(text)[name].is_operation


@pytest.mark.parametrize(
    "text",
    [
        "The Cyprus Police sent two officers.",
        "The firm sits in Sharjah, United Arab Emirates, and has no sign.",
        "He rented servers to a customer from Madagascar.",
        "The team of Chequea Bolivia saw it.",
    ],
)
def test_a_state_in_another_name_or_as_a_place_does_not_act(text: str) -> None:
    assert not [actor for actor in actors(text).values() if actor.kind == "state"]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("It ran until July 2023, mostly from Azerbaijan, and reached many.", "AZ"),
        ("They wrote of accounts aligned with China.", "CN"),
        ("La France a accusé jeudi l’Azerbaïdjan d’être derrière les comptes.", "AZ"),
    ],
)
def test_a_state_that_is_held_responsible_acts(text: str, state: str) -> None:
    assert state in {actor.state for actor in actors(text, "fr" if "accusé" in text else "en").values()}
