"""Observables: each with type, normalised value and platform; and what looks like one and is none."""

import pytest

from counterfoil.extraction.observables import find
from counterfoil.extraction.reading import Reading
from counterfoil.model.extraction import Extraction, Observable
from counterfoil.model.report import Report

BITCOIN = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
SEGWIT = "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"
TAPROOT = "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"
SCRIPT = "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"
ETHER = "0x8f3Cf7ad23Cd3CaDbD9735AFf958023239c6A063"
TRON = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"
MONERO = "888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H"


def observables(text: str) -> list[Observable]:
    return list(find(Reading.of(Report(text=text, source="-")), Extraction()))


def rows(text: str) -> list[tuple[str, ...]]:
    """Type and value, and the platform where there is one."""
    return [(item.type, item.value, *filter(None, [item.platform])) for item in observables(text)]


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        (BITCOIN, "Bitcoin"),
        (SEGWIT, "Bitcoin"),
        (TAPROOT, "Bitcoin"),
        (SCRIPT, "Bitcoin"),
        (ETHER, "Ethereum"),
        (TRON, "TRON"),
        (MONERO, "Monero"),
    ],
)
def test_wallets_are_known_by_their_checksum(text: str, currency: str) -> None:
    assert rows(f"It was sent to {text}, we found.") == [("wallet-address", text, currency)]


def test_a_wrong_checksum_is_a_wallet_only_where_the_text_says_so() -> None:
    wrong = BITCOIN[:-1] + "b"
    assert rows(f"The key {wrong} opened it.") == []
    assert rows(f"The Bitcoin wallet was {wrong}.") == [("wallet-address", wrong, "Bitcoin")]
    assert rows(f"Its code {SEGWIT[:-1]}p is odd.") == []
    assert rows("The wallet held TheCommitteeOfElectoralObservers and more.") == []
    assert rows("0x0000000000000000000000000000000000000000") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("+371 20 555 018 (given as a contact)", "+37120555018"),
        ("call us at +44 (0)20 7946 0958 today", "+442079460958"),
        ("The bot wrote from +7 (916) 555-01-23.", "+79165550123"),
        ("WhatsApp: +234-803-555-0199", "+2348035550199"),
        ("tel. 0049 30 23125 012", "+493023125012"),
        ("media may call 343-555-0142.", "3435550142"),
        ("press@treasury.gov, (202) 555-0163.", "2025550163"),
        ("Contact presse : 01 99 00 41 87", "0199004187"),
        ("Телефон: 8 (495) 555-01-23", "84955550123"),
        ("Telefon: 030 / 23125 012", "03023125012"),
    ],
)
def test_phone_numbers(text: str, value: str) -> None:
    assert ("phone-number", value) in rows(text)


@pytest.mark.parametrize(
    "text",
    [
        "The page grew by +12 345 678 followers.",
        "from 2023-2024 and 2019 2020 2021, see pp. 123-456-789",
        "They called 2 300 000 people and the number 12.05.2024 is a date.",
        "ISBN 978-3-16-148410-0 and doi 10.5555/123-456-7890",
        "An increase of +100000000% on Monday.",
        "case 2021-01882, grant 2021-01883, at UTC+3",
        "Call it 1 200 000 views.",
    ],
)
def test_numbers_that_are_no_phone_numbers(text: str) -> None:
    assert "phone-number" not in {item.type for item in observables(text)}


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("the same Google Analytics ID, UA-48213377-2, on both", ("analytics-id", "UA-48213377-2", "Google")),
        ("tag G-1A2BC3D4EF was reused", ("analytics-id", "G-1A2BC3D4EF", "Google")),
        ("container GTM-K7XQ2M", ("analytics-id", "GTM-K7XQ2M", "Google")),
        ("Yandex.Metrica counter 48213377", ("analytics-id", "48213377", "Yandex")),
        ("Metrika ID 48213377", ("analytics-id", "48213377", "Yandex")),
        ("счётчик Яндекс.Метрики № 48213377", ("analytics-id", "48213377", "Yandex")),
        ("the Meta Pixel ID 381276450912345 on each", ("analytics-id", "381276450912345", "Meta")),
        ("AdSense id ca-pub-8841027735519024", ("advertising-id", "pub-8841027735519024", "Google")),
        ("pub-8841027735519024 relie les pages", ("advertising-id", "pub-8841027735519024", "Google")),
        ("Google Ads AW-123456789", ("advertising-id", "AW-123456789", "Google")),
    ],
)
def test_ids_that_tie_websites_together(text: str, row: tuple[str, ...]) -> None:
    assert rows(text) == [row]


@pytest.mark.parametrize(
    "text",
    ["a G-7 summit", "the G-20 states", "UA-born, in a pub-12 mood", "G-SHOCK watches", "DC-10 and AW-139", "GT-R"],
)
def test_words_that_look_like_ids(text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("see t[.]me/free_amber_lt for more", ("telegram-channel", "t.me/free_amber_lt", "Telegram")),
        ("hxxps://t[.]me/s/nistru_aproape", ("telegram-channel", "t.me/nistru_aproape", "Telegram")),
        ("https://telegram.me/joinchat/AAAAAE8qwerty", ("telegram-channel", "t.me/joinchat/AAAAAE8qwerty", "Telegram")),
        ("https://t.me/some_channel/1234 is a post", ("url", "https://t.me/some_channel/1234")),
        ("the Telegram channel @stepnoy_veter wrote", ("telegram-channel", "@stepnoy_veter", "Telegram")),
        ("в телеграм-канале Телеграм @stepnoy_veter", ("telegram-channel", "@stepnoy_veter", "Telegram")),
        ("@clopotul_md (TikTok)", ("handle", "@clopotul_md", "TikTok")),
        ("@FreeAmberLT on X", ("handle", "@FreeAmberLT", "X")),
        ("the X account @KamauTruth254 and others", ("handle", "@KamauTruth254", "X")),
        ("a user of Twitter, @ana_ruiz", ("handle", "@ana_ruiz", "X")),
        ("Instagram: @sunny.side", ("handle", "@sunny.side", "Instagram")),
        ("das Konto @wache_zwickau auf Facebook", ("handle", "@wache_zwickau", "Facebook")),
        ("the Telegram bot @feed_me_bot answered", ("handle", "@feed_me_bot", "Telegram")),
        ("u/quiet_otter_22 posted", ("handle", "u/quiet_otter_22", "Reddit")),
        ("we wrote to @ana_ruiz. TikTok was silent", ("handle", "@ana_ruiz")),
    ],
)
def test_where_an_account_lives(text: str, row: tuple[str, ...]) -> None:
    assert rows(text) == [row]


def test_a_list_names_the_platform_once() -> None:
    assert rows("@one_a, @two_b and @three_c on TikTok") == [
        ("handle", "@one_a", "TikTok"), ("handle", "@two_b", "TikTok"), ("handle", "@three_c", "TikTok"),
    ]  # fmt: skip
    assert {row[2:] for row in rows("The X accounts @one_a, @two_b and @three_c were new.")} == {("X",)}


def test_a_channel_is_one_item_however_it_is_written() -> None:
    (item,) = observables("On Telegram, @Salt_Road grew. See https://t.me/salt_road; @salt_road is gone.")
    assert (item.type, item.value, len(item.spans)) == ("telegram-channel", "t.me/salt_road", 3)


@pytest.mark.parametrize(
    "written",
    [
        "night-ferry[.]com", "night-ferry(.)com", "night-ferry{.}com", "night-ferry<.>com", "night-ferry[dot]com",
        "night-ferry (dot) com", "night-ferry[.com", "night-ferry.]com", "night-ferry\\.com", "night-ferry[,]com",
        "night-ferry[punkt]com", "night-ferry [point] com", "night-ferry dot com", "night-ferry․com",
    ],
)  # fmt: skip
def test_defanged_domains(written: str) -> None:
    (item,) = observables(f"It was at {written} until May.")
    assert (item.type, item.value, item.spans[0].quote) == ("domain-name", "night-ferry.com", written)


@pytest.mark.parametrize(
    "written",
    [
        "hxxp://night-ferry[.]com/a", "hXXp[:]//night-ferry.com/a", "h**p://night-ferry[.]com/a", "http[://]night-ferry[.]com/a",
        "hxxp:\\\\night-ferry[.]com/a", "htxp://night-ferry[.]com/a", "meow://night-ferry[.]com/a", "hxxp://night-ferry[.]com[/]a",
    ],
)  # fmt: skip
def test_defanged_urls(written: str) -> None:
    assert rows(f"Seen: {written} once") == [("url", "http://night-ferry.com/a")]


@pytest.mark.parametrize(
    "written", ["ann[at]night-ferry[.]com", "ann (arroba) night-ferry (punto) com", "ann[@]night-ferry.com"]
)
def test_defanged_mail(written: str) -> None:
    assert rows(f"Mail {written} bounced") == [("email-addr", "ann@night-ferry.com")]


def test_an_idn_and_its_punycode_are_one() -> None:
    (item,) = observables("пример[.]рф is xn--e1afmkfd[.]xn--p1ai")
    assert (item.value, len(item.spans)) == ("пример.рф", 2)


TABLE = """Type | Indicator | Platform
Domain | vesti-pro[.]md |
Telegram channel | free_amber | Telegram
Handle | john.news | X
Phone | 20 555 018 | WhatsApp
Analytics ID | 48213377 | Yandex
Wallet | abcdefghij1234567890abcdefgh |
Name | Ann Lee | X

A closing sentence."""


def test_a_row_says_what_its_value_is() -> None:
    assert rows(TABLE) == [
        ("domain-name", "vesti-pro.md"),
        ("telegram-channel", "@free_amber", "Telegram"),
        ("handle", "@john.news", "X"),
        ("phone-number", "20555018"),
        ("analytics-id", "48213377", "Yandex"),
        ("wallet-address", "abcdefghij1234567890abcdefgh"),
    ]


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        (
            "X handle | Followers\nquiet_otter | 1200\nsalt.road | 30",
            [("handle", "@quiet_otter", "X"), ("handle", "@salt.road", "X")],
        ),
        ("Kanal | Abonnenten\n\nsalt_road | 1200", [("telegram-channel", "@salt_road", "Telegram")]),
        ("Site | Registrar\nnews.md | Foo\nold.zip | Bar", [("domain-name", "news.md"), ("domain-name", "old.zip")]),
        ("Hashtag | Posts\nSaveOurPort | 12", [("hashtag", "#SaveOurPort")]),
        ("Username | Display name\nann_lee, bo_x | Ann Lee", [("handle", "@ann_lee"), ("handle", "@bo_x")]),
        ("Compte | Pays\nAnn Lee | NO", []),
        ("Policy Brief 14 | November 2024\n\nThe text.", []),
        ("Name | Role\nann_lee | editor", []),
    ],
)
def test_the_head_of_a_column_says_what_its_cells_are(table: str, wanted: list[tuple[str, ...]]) -> None:
    assert rows(table) == wanted


@pytest.mark.parametrize(
    ("text", "value"),
    [("10.20.0.0/16", "10.20.0.0/16"), ("203[.]0[.]113[.]9", "203.0.113.9"), ("2001:db8::/32", "2001:db8::/32")],
)
def test_networks(text: str, value: str) -> None:
    (item,) = observables(f"They used {text} then.")
    assert item.value == value


def test_files_and_versions_are_none() -> None:
    text = (
        "It drops setup.sh, main.py, archive.zip, invoice_0225.docx and C:\\ProgramData\\cache.dat, "
        "needs version 4.8.1.0, follows section 3.2.1.4, TA0043 and CVE-2024-1234. See e.g. U.S. law, vol.2 no.3."
    )
    assert rows(text) == []
