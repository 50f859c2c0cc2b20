"""Where noun phrases begin and end, whose name is in them and what says who that is."""

import pytest

from counterfoil.extraction.given_names import is_person
from counterfoil.extraction.noun_phrases import NounPhrase, listed_at, listed_before, phrase_at, phrase_before


def _shown(text: str, phrase: NounPhrase | None) -> tuple[str, str, str, str] | None:
    """Words, head, name and role."""
    if phrase is None:
        return None
    name = text[slice(*phrase.name)] if phrase.name else ""
    role = text[slice(*phrase.role)] if phrase.role else ""
    return text[phrase.start : phrase.end], phrase.head, name, role


# The phrase is what stands before the bar.
AT = [
    ("Republican Senator Marco Rubio| of corruption", "senator", "Marco Rubio", "Republican Senator"),
    ("Ms. Aas| said", "", "Aas", ""),
    ("the mayor of Varholm, Ingrid Aas|, said", "mayor", "Ingrid Aas", "mayor of Varholm"),
    ("Ingrid Aas, the mayor of Varholm|, said", "", "Ingrid Aas", "mayor of Varholm"),
    ("Yusuf Adan, the member for Scarborough North|, had paid", "", "Yusuf Adan", "member for Scarborough North"),
    (
        "the Minister of Immigration, Carole Lavigne-Tran|, was",
        "minister",
        "Carole Lavigne-Tran",
        "Minister of Immigration",
    ),
    ("its chairperson, Abena Osei-Mensah|, of meeting", "chairperson", "Abena Osei-Mensah", "chairperson"),
    ("Savannah's chief executive, Grace Wanjala|, was", "executive", "Grace Wanjala", "chief executive"),
    (
        "Interior Cabinet Secretary Daniel Kiprono| told",
        "secretary",
        "Daniel Kiprono",
        "Interior Cabinet Secretary",
    ),
    (
        "President of the European Commission Ursula von der Leyen| came",
        "president",
        "Ursula von der Leyen",
        "President of the European Commission",
    ),
    ("Meta spokesperson Ann Lee| said", "spokesperson", "Ann Lee", "Meta spokesperson"),
    ("far-right AfD politician Björn Höcke| as", "politician", "Björn Höcke", "far-right AfD politician"),
    ("the PR firm Harrow Lane| in Dubai", "firm", "Harrow Lane", "PR firm"),
    ("Harrow Lane, a PR firm in Dubai|, built", "", "Harrow Lane", "PR firm in Dubai"),
    ("Mohammed bin Salman| attacked", "", "Mohammed bin Salman", ""),
    ("Yasir al-Tom|, denied", "", "Yasir al-Tom", ""),
    ("U.S. Senator Bob Casey (D-Pa.)| was", "senator", "Bob Casey", "U.S. Senator"),
    (
        "Moldova's Security and Intelligence Service (SIS)| said",
        "",
        "Security and Intelligence Service",
        "",
    ),
    ("the Democratic Progressive Party (DPP)| had", "", "Democratic Progressive Party", ""),
    ("Storm-1852 personas| masquerade", "personas", "Storm-1852", ""),
    ("judges of the Constitutional Court of Kosovo| fled", "judges", "Constitutional Court of Kosovo", ""),
    ("the investigative newsroom Prizma Lab| as a nest", "newsroom", "Prizma Lab", "investigative newsroom"),
    ("SANDGLASS| targeted", "", "SANDGLASS", ""),
    ("“Spamouflage”| posed", "", "Spamouflage", ""),
    ("the posts| Meta removed", "posts", "", ""),
    ("accounts| posing as pensioners", "accounts", "", ""),
    ("Doctored photographs of Mr. Adan| were", "photographs", "Adan", ""),
    ("the harbour workers' union| of smuggling", "union", "", ""),
    ("Tamil and Eritrean communities| were", "communities", "", ""),
    ("voters in Saxony and Thuringia| with", "voters", "Saxony", ""),
    ("she| said", "she", "", ""),
]


@pytest.mark.parametrize(("marked", "head", "name", "role"), AT)
def test_a_phrase_ends_where_it_should(marked: str, head: str, name: str, role: str) -> None:
    words, _, rest = marked.partition("|")
    text = words + rest
    assert _shown(text, phrase_at(text, 0, len(text))) == (words, head, name, role)


@pytest.mark.parametrize("text", ["of the council", "and Rubio", "has been", "posted on", ", then", ""])
def test_no_phrase_begins_with_a_word_that_none_begins_with(text: str) -> None:
    assert phrase_at(text, 0, len(text)) is None


def test_the_limit_holds() -> None:
    text = "Senator Marco Rubio"
    assert _shown(text, phrase_at(text, 0, 13)) == ("Senator Marco", "senator", "Marco", "Senator")


def test_what_is_of_it_can_be_left_out() -> None:
    text = "the army of theft"
    assert _shown(text, phrase_at(text, 0, len(text), attach=False)) == ("the army", "army", "", "")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "the European Union, NATO and the analyst Jovana Pavlović.",
            ["the European Union", "NATO", "the analyst Jovana Pavlović"],
        ),
        ("Gov. Gavin Newsom as well as Elon Musk in", ["Gov. Gavin Newsom", "Elon Musk"]),
        ("Rubio, and accused Moore", ["Rubio"]),
        ("Rubio and the network posted it", ["Rubio"]),
        ("Rubio, the council said", ["Rubio"]),
        (
            "judges of the Court of Kosovo and the mayor of Tetovo, Besnik Dervishi, on",
            ["judges of the Court of Kosovo", "the mayor of Tetovo, Besnik Dervishi"],
        ),
    ],
)
def test_lists(text: str, wanted: list[str]) -> None:
    assert [text[phrase.start : phrase.end] for phrase in listed_at(text, 0, len(text))] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("In March, Ingrid Aas, the mayor of Varholm, ", ["Ingrid Aas, the mayor of Varholm"]),
        ("On Tuesday, Meta ", ["Meta"]),
        ("The report says that Meta and Graphika ", ["Meta", "Graphika"]),
        ("“No,” a spokesperson for the Russian embassy in Oslo ", ["a spokesperson for the Russian embassy in Oslo"]),
        ("He said that it was over, but ", []),
    ],
)
def test_what_ends_before_a_verb(text: str, wanted: list[str]) -> None:
    assert [text[phrase.start : phrase.end] for phrase in listed_before(text, 0, len(text))] == wanted
    nearest = phrase_before(text, 0, len(text))
    assert (text[nearest.start : nearest.end] if nearest else "") == (wanted[-1] if wanted else "")


@pytest.mark.parametrize(
    "name",
    [
        "Ingrid Aas",
        "Chiu Shih-han",
        "Mohammed bin Salman",
        "J. D. Vance",
        "Ольга Лис",
        "Jean-Luc Martin",
        "Abena Osei-Mensah",
        "Ms. Aas",
        "Marija Petrović",
        "Nguyen Van Duc",
        "Thandiwe Mokoena",
        "Aigul Bekova",
    ],
)
def test_persons(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "name",
    ["Harrow Lane", "Storm-1852", "Paper Mirror", "Rubio", "Graphika", "Ann Arbor University", "Taizi Flood", "GRU"],
)
def test_no_persons(name: str) -> None:
    assert not is_person(name)
