"""Which year, week or day a date means: from the day of writing, from the story, or not at all."""

import pytest

from counterfoil.extraction import dates, places
from counterfoil.extraction.reading import Reading
from counterfoil.model.extraction import DateMention, Extraction
from counterfoil.model.report import Report


def _found(text: str, published: str = "") -> list[DateMention]:
    return list(dates.find(Reading.of(Report(text=text, source="-", published=published)), Extraction()))


@pytest.mark.parametrize(
    ("text", "published", "values"),
    [
        # The last such day before publication, or the next one where the text looks ahead.
        ("Meta removed it on 3 December.", "2025-01-10", ["2024-12-03"]),
        ("The vote is due on 3 February.", "2024-12-10", ["2025-02-03"]),
        # The campaign's year goes on, as far as its days are near.
        (
            "It began on 4 March 2021. It peaked on 9 May and ended in June.",
            "2024-02-01",
            ["2021-03-04", "2021-05-09", "2021-06"],
        ),
        ("It began on 4 March 2021. It ended in January.", "2024-02-10", ["2021-03-04", "2024-01"]),
        # A background ("since ...") is no day of the story.
        (
            "It posted again on 12 August, as the war has raged since April 2022.",
            "2024-08-22",
            ["2024-08-12", "2022-04"],
        ),
        # Nobody says which year.
        ("It began on 4 March.", "", ["--03-04"]),
        ("It began on 4 March. In 2020 and 2021 it slept.", "", ["--03-04", "2020", "2021"]),
        # Both ends of a pair, over the turn of the year.
        ("It slept between November and February 2024.", "", ["2023-11/2024-02"]),
        ("It slept from 5 to 9 May 2023.", "", ["2023-05-05/2023-05-09"]),
        ("It posted on 5 and 9 May 2023.", "", ["2023-05-05", "2023-05-09"]),
    ],
)
def test_years(text: str, published: str, values: list[str]) -> None:
    assert [item.value for item in _found(text, published)] == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It said so on Monday.", "2024-05-13"),
        ("It said so on Thursday.", "2024-05-16"),  # the day of publication
        ("It will vote on Sunday.", "2024-05-19"),
        ("It said last Thursday that nobody knew.", "2024-05-09"),
        ("Elle a publié une note lundi.", "2024-05-13"),
        ("Sie teilte am Montag mit, man prüfe.", "2024-05-13"),
        ("Lo negó el pasado lunes.", "2024-05-13"),
        ("Посольство заявило в понедельник.", "2024-05-13"),
        ("У п'ятницю Мін'юст повідомив про це.", "2024-05-10"),
        ("W poniedziałek ministerstwo podało.", "2024-05-13"),
        ("قال المتحدث يوم الاثنين إنه لا يعلم.", "2024-05-13"),
        ("上周三发布。", "2024-05-08"),
    ],
)
def test_weekdays(text: str, value: str) -> None:
    (found,) = _found(text, "2024-05-16")
    assert (found.value, found.precision) == (value if "上" not in text else "2024-05-15", "weekday")


@pytest.mark.parametrize(
    "text", ["Every Friday it met.", "The Sunday Times wrote.", "Black Friday was dull.", "Sundays are long."]
)
def test_days_that_are_no_dates(text: str) -> None:
    assert _found(text, "2024-05-16") == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The network has been active since May 2021.", "began"),
        ("Posts continued until May 2021.", "ended"),
        ("Activity reached its height in May 2021.", "peaked"),
        ("The company suspended the accounts in May 2021.", "removed"),
        ("The report was published in May 2021.", "published"),
        ("The referendum of May 2021 was its subject.", "event"),
        ("Somebody bought bread in May 2021.", ""),
        ("They wrote an election report in a hurry in May 2021.", ""),
        ("Le réseau est actif depuis mai 2021.", "began"),
        ("Das Netzwerk wurde im Mai 2021 gesperrt.", "removed"),
        ("Сеть появилась в мае 2021 года.", "began"),
    ],
)
def test_roles(text: str, role: str) -> None:
    (found,) = _found(text)
    assert found.role == role


def test_the_head_of_a_text_says_when_it_was_written() -> None:
    text = "A network exposed\n\nBy Ann Lee\n3 May 2022\n\nOn Monday the lab said so. It began in April."
    assert [(item.value, item.role) for item in _found(text)] == [
        ("2022-05-03", "published"),
        ("2022-05-02", ""),
        ("2022-04", "began"),
    ]


def test_a_german_ordinal_does_not_end_the_sentence() -> None:
    text = "Am 27. Februar 2024 verschwanden die Konten."
    reading = Reading.of(Report(text=text, source="-"))
    assert reading.sentence(5) == (0, len(text))
    assert dates.find(reading, Extraction())[0].role == "ended"


def test_dates_do_not_take_the_places_away() -> None:
    reading = Reading.of(Report(text="Nairobi, 3 May 2022. It began.", source="-"))
    assert [(item.name, item.code) for item in places.find(reading, Extraction())] == [("Nairobi", "KE")]
