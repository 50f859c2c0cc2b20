"""Names of places: their cases, and where they stand for something else."""

import pytest

from counterfoil.extraction import places
from counterfoil.extraction.place_cases import cases
from counterfoil.extraction.place_names import is_english, names_in
from counterfoil.extraction.reading import Reading
from counterfoil.model.extraction import Extraction
from counterfoil.model.report import Report


def _codes(text: str) -> dict[str, str]:
    reading = Reading.of(Report(text=text, source="-"))
    return {item.name: item.code for item in places.find(reading, Extraction())}


@pytest.mark.parametrize(
    ("name", "language", "form"),
    [
        ("Москва", "ru", "Москве"),
        ("Россия", "ru", "Россией"),
        ("Казань", "ru", "Казани"),
        ("Минск", "ru", "Минском"),
        ("Рига", "uk", "Ризі"),
        ("Харків", "uk", "Харкові"),
        ("Запоріжжя", "uk", "Запоріжжі"),
        ("Донецьк", "uk", "Донецьку"),
        ("Нидерланды", "ru", "Нидерландах"),
        ("Warszawa", "pl", "Warszawie"),
        ("Francja", "pl", "Francji"),
        ("Gdynia", "pl", "Gdyni"),
        ("Deutschland", "de", "Deutschlands"),
    ],
)
def test_cases(name: str, language: str, form: str) -> None:
    assert form in set(cases(name, language))


def test_names_in_two_words_and_indeclinable_ones_have_no_cases() -> None:
    assert list(cases("Нижний Новгород", "ru")) == []
    assert list(cases("Тбилиси", "ru")) == []  # the ending is a vowel before a consonant no plural has
    assert list(cases("Oslo", "pl")) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("They met in Paris.", {"Paris": "FR"}),
        ("Paris Hilton said no.", {}),
        ("He worked for the Paris-based firm.", {"Paris": "FR"}),
        ("Moscow denied it.", {}),
        ("The office in Moscow was shut.", {"Moscow": "RU"}),
        ("They took orders from Moscow.", {}),
        ("They flew from Moscow.", {"Moscow": "RU"}),
        ("The posts were seen in the US and in the U.K., he said.", {"US": "US", "U.K.": "GB"}),
        ("The US said no.", {}),
        ("The server stood in Lower Foo, Latvia.", {"Lower Foo": "LV", "Latvia": "LV"}),
        ("Users from Google, Latvia and Estonia agreed.", {"Latvia": "LV", "Estonia": "EE"}),
        ("He lives in Foobar, a small town in northern Kenya.", {"Foobar": "KE", "Kenya": "KE"}),
        ("Long Island is no Iceland.", {"Long Island": "US", "Iceland": "IS"}),
        ("Auf Island gab es das nicht, und in der Schweiz auch nicht.", {"Island": "IS", "Schweiz": "CH"}),
        ("Мэр Полтавы молчал.", {"Полтавы": "UA"}),
        ("Службою безпеки України викрито мережу.", {}),
        ("该公司在北京，北京否认。", {"北京": "CN"}),
    ],
)
def test_what_is_meant(text: str, codes: dict[str, str]) -> None:
    assert _codes(text) == codes


def test_an_item_has_every_name_of_a_place() -> None:
    reading = Reading.of(Report(text="In Kyiv and later in Kiev, near Kyiv.", source="-"))
    (place,) = places.find(reading, Extraction())
    assert [span.quote for span in place.spans] == ["Kyiv", "Kiev", "Kyiv"]


def test_the_gazetteer_has_what_it_says() -> None:
    known = {item.entry.code for item in names_in("Tbilisi, 深圳, بيروت, Łódź, Одеса, Tigray")}
    assert known == {"GE", "CN", "LB", "PL", "UA", "ET-TI"}


def test_english_is_told_by_its_small_words() -> None:
    assert is_english("The posts were on the island, and it was in the news.")
    assert not is_english("Die Beiträge standen auf der Insel in der Zeitung.")
