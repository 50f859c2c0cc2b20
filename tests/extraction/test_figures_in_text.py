"""Figures: value, unit, hedge, range and what is counted, in six languages; and numbers that are none."""

from decimal import Decimal

import pytest

from counterfoil.extraction import extract
from counterfoil.extraction.figures import find
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.written_numbers import numbers
from counterfoil.model.extraction import Extraction, Figure
from counterfoil.model.report import Report


def figures(text: str) -> list[Figure]:
    return list(find(Reading.of(Report(text=text, source="-")), Extraction()))


def shown(text: str) -> list[str]:
    """Hedge, value, upper end, unit."""
    return [
        " ".join(filter(None, [one.qualifier, one.value + (f"-{one.most}" if one.most else ""), one.unit]))
        for one in figures(text)
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,300", "1300"),
        ("1 300 000", "1300000"),
        ("1.300", "1300"),
        ("1’300", "1300"),
        ("1.3 million", "1300000"),
        ("1,3 млн", "1300000"),
        ("1.250 million", "1250000"),
        ("12.5", "12.5"),
        ("0.004", "0.004"),
        ("120K", "120000"),
        ("3bn", "3000000000"),
        ("two dozen", "24"),
        ("a hundred", "100"),
        ("two hundred and fifty thousand", "250000"),
        ("twenty-five", "25"),
        ("half a million", "500000"),
        ("one and a half million", "1500000"),
        ("tens of thousands", "10000"),
        ("une quinzaine", "15"),
        ("п'ятнадцять", "15"),
        ("двенадцать", "12"),
    ],
)
def test_numbers(text: str, value: str) -> None:
    (number,) = numbers(f"{text} ")
    assert number.value == Decimal(value)
    assert (number.start, number.end) == (0, len(text))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "We removed 412 accounts on Facebook, 37 Pages, 9 Groups and 63 accounts on Instagram.",
            ["412 accounts", "37 pages", "9 groups", "63 accounts"],
        ),
        (
            "About 118,000 accounts followed one or more of these Pages, and around $26,400 was spent on ads.",
            ["about 118000 followers", "about 26400 USD"],
        ),
        ("around 2,600 accounts joined one or more of these Groups", ["about 2600 members"]),
        (
            "It had at least 1.2 million followers and up to 300 posts a day.",
            ["at least 1200000 followers", "at most 300 posts"],
        ),
        ("a cluster of 200-300 fake Facebook accounts", ["200-300 accounts"]),
        ("between two and three million views", ["2000000-3000000 views"]),
        ("The clip was viewed more than 4.5m times before it was removed.", ["at least 4500000 views"]),
        (
            "It was shared 9,000 times within 48 hours and the platform took 36 hours to respond.",
            ["9000 shares", "36 hours"],
        ),
        ("Meta removed the page within 48 hours of our report.", ["48 hours"]),
        ("The video stayed online for 11 days.", ["11 days"]),
        ("They registered fifty-eight domains and 4 websites.", ["58 domains", "4 websites"]),
        ("The firm employs some 40 people, with a budget of US$3.2 million.", ["about 40 people", "3200000 USD"]),
        ("Hundreds of accounts and dozens of Telegram channels", ["at least 100 accounts", "at least 12 channels"]),
        ("a network of over 700 inauthentic X and TikTok accounts", ["at least 700 accounts"]),
        (
            "3,100 of the accounts were gone; 120K followers lost; 300+ articles",
            ["3100 accounts", "120000 followers", "at least 300 articles"],
        ),
        ("1 Page and 1 Group", ["1 pages", "1 groups"]),
        (
            "Le réseau comptait 86 pages Facebook, une quinzaine de chaînes et près de 4 200 publications.",
            ["86 pages", "15 channels", "about 4200 posts"],
        ),
        ("elles étaient suivies par 310 000 comptes ; 2,3 millions de vues", ["310000 followers", "2300000 views"]),
        ("la vidéo a été vue 1,5 million de fois et a coûté plus de 400 euros", ["1500000 views", "at least 400 EUR"]),
        ("Meta habe 188 Konten entfernt; der Beitrag wurde 9.000 Mal geteilt", ["188 accounts", "9000 shares"]),
        (
            "rund 1,2 Millionen Follower und mindestens 30 Domains für 5.000 Euro",
            ["about 1200000 followers", "at least 30 domains", "5000 EUR"],
        ),
        (
            "usó 740 cuentas de Facebook, 55 de Instagram y una decena de canales",
            ["740 accounts", "55 accounts", "10 channels"],
        ),
        ("más de 3 millones de visualizaciones y 12 páginas de Facebook", ["at least 3000000 views", "12 pages"]),
        (
            "Мы изучили 1340 аккаунтов, около 2,5 млн просмотров и более 300 тыс. подписчиков.",
            ["1340 accounts", "about 2500000 views", "at least 300000 followers"],
        ),
        (
            "Google заблокувала 14 каналів, понад 1,2 млн переглядів, двадцять акаунтів",
            ["14 channels", "at least 1200000 views", "20 accounts"],
        ),
    ],
)
def test_figures(text: str, wanted: list[str]) -> None:
    assert shown(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "a five-page document of 412 pages, and the report has 41 pages",
        "On 14 February 2025 its accounts began to post.",
        "Between June and September 2023 the accounts accused her.",
        "two networks, three regions, section 230 of the Act, 71 % of accounts, 60 per cent fewer posts",
        "one of the accounts was his; three former employees spoke to us",
        "He waited for five hours. It happened two days after the vote.",
        "Groups came in 2004, pages in 2007.",
        "He posted two photographs and read three stories.",
        "Kanal 5, Storm-1852, APT28, UNC4871 and 8kun users; COVID-19 posts",
    ],
)
def test_no_figures(text: str) -> None:
    assert shown(text) == []


def test_what_is_counted_and_where_it_stands() -> None:
    text = "In May, Meta removed about 412 accounts from Facebook and 12 more."
    (figure,) = figures(text)
    assert (figure.counts, [span.quote for span in figure.spans]) == ("from Facebook", ["about 412 accounts"])
    (figure,) = figures("The network operated 31 websites.")
    assert figure.counts == "operated"


def test_a_day_is_no_number_of_accounts() -> None:
    found = extract(Report(text="Since 14 January users could not see 20 accounts.", source="-"))
    assert [(one.value, one.unit) for one in found.figures] == [("20", "accounts")]
