"""Time grows with the length of a text and no faster, on prose as reports write it and on hostile text."""

import time

import pytest

from counterfoil.extraction import KINDS, extract
from counterfoil.model.report import Report

#: What a rule waits for, again and again, and never what would end it: by the kind whose rules it is meant for.
BY_KIND = {
    "any": {
        "brackets": '([{<«“"',
        "round brackets": "(",
        "open and shut": "()[]",
        "quotes": "“",
        "straight quotes": '"',
        "nested quotes": "“a ‘b “",
        "guillemets": "« a „b ",
        "dotted": "U.S. ",
        "digits": "1234567890",
        "directions": "abc\u202eאבג\u202d مرحبا ",
        "embeddings": "\u2067א\u2066a\u2069\u2069",
        "marks": "e\u0301",
        "blanks": " ",
        "line ends": "\n",
        "dashes": "– ",
        "capital": "A",
        "capitals": "Ab Cd ",
        "commas": "Ab, ",
        "and": "Ab and ",
        "lines": "From A at B:\n",
        "emoji": "👩🏽‍💻",
    },
    "observables": {
        "ats": "@",
        "handles": "@a_b, ",
        "handles of a platform": "X: @a_b ",
        "labels": "a.a.",
        "dots": "[.]",
        "defanged": "a[.]",
        "spelled": "a dot com ",
        "schemes": "http://",
        "hashes": "#",
        "closings": "hxxp[:]//a[.]com/)))))))))",
        "closing path": "http://a.com/" + "(" * 900 + ")" * 1000 + " ",
        "paths": "a.com/",
        "channels": "t.me/abcd ",
        "wallets": "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa ",
        "wallet prefixes": "bc1q0x3",
        "ethereum": "0x",
        "telephones": "+1 (0) ",
        "dialled": "call (0)1 ",
        "numbers": "12-",
        "analytics": "UA-1G-GTM-pub-",
        "metrica": "Yandex Metrica ",
        "pixels": "Meta Pixel a ",
        "bars": " | ",
        "tables": "Handle | Type\n",
        "one row": "a | ",
        "addresses": "1.2.3.4/1:2::",
    },
    "figures": {
        "hundreds": "a hundred ",
        "thousands": "two thousand and ",
        "groups of digits": "1,234,",
        "spaced digits": "1 234 ",
        "ranges": "10-20 to ",
        "hedges": "about at least ",
        "money": "$1 million ",
        "modifiers": "12 fake Facebook ",
        "times": "seen 3 times ",
        "elliptic": "5 accounts on X, 6 on ",
    },
    "platforms": {"lists": "Facebook, X, ", "on": "on X on ", "formerly": "X (formerly ", "from": "spread from X to "},
    "dates": {"years": "2024 ", "months": "May 5 to ", "weekdays": "last Monday and ", "intervals": "between 5 and "},
    "places": {"states": "Georgia, Jordan, ", "in": "in Paris in "},
    "actors": {
        "networks": "the Foo network and ",
        "known": "group known as Foo Bar, ",
        "acronyms": "National Sky Council (NSC) ",
        "codes": "APT28 (",
        "firms": "firm Ab ",
        "tracked": "tracked by Ab as ",
    },
    "attributions": {
        "attributes": "Ab attributes the ",
        "behalf": "on behalf of the Ab of ",
        "linked": "linked to Ab, ",
    },
    "targets": {"targeted": "targeted Senator ", "against": "against the Ab of the ", "officials": "Minister Ab Cd, "},
    "people": {"spokespeople": "A spokesperson for ", "titles": "Dr. Prof. Ab ", "roles": "Ab Cd, editor of "},
    "voices": {
        "said": "Ab said ",
        "quotations": "“Ab,” said ",
        "accordingly": "according to ",
        "sources": "[Source] Ab: ",
        "reported": "said that he said that ",
    },
    "references": {"cited": "see https://a.com/b, [1] ", "notes": "[1] Ab, “Cd”, "},
    "narratives": {"that": "claims that it ", "accused": "accused Ab of ", "claiming": "claiming, "},
}
ADVERSARIAL = {f"{kind}: {name}": unit for kind, units in BY_KIND.items() for name, unit in units.items()}
#: Sentences as reports write them, and the same without a stop, so that the whole text is one sentence.
REALISTIC = {
    "titles": "The posts smeared Senator Marco Rubio and accused President Joe Biden. Senator Rubio was hit. ",
    "titles in one sentence": "Senator Rubio was attacked and ",
    "actors and titles in one sentence": "Storm-1852 personas mocked Senator Ana Ruiz and ",
    "said": "Meta said it removed 187 accounts. A spokesperson for Lodestar denied any involvement, and Lund said no. ",
    "quotes": "“That meeting never took place,” Ingrid Aas said in an interview. “We knew nothing,” said Ann Lee. ",
    "attributions": "Graphika attributes the network, which it tracks as Paper Mirror, to the PR firm Harrow Lane. ",
    "attributions in one sentence": "Storm-1852 is run by the GRU and linked to the PR company Harrow Lane and ",
    "dates": "On Tuesday, 3 March 2024, and again last week, between March and May 2023 and two days ago, it posted. ",
    "dates in one sentence": "on 4 March and on May 5, 2023, and ",
    "aliases": "Taizi Flood (a.k.a. “Spamouflage” and DRAGONBRIDGE), which Google tracks as Ferry, is a network. ",
    "outlets": "From Lea Marsh at Reuters:\nThe report said that it was over, according to the Cyber Agency.\n",
}


def _seconds(unit: str, size: int) -> float:
    text = (unit * (size // len(unit) + 1))[:size]
    start = time.process_time()
    extract(Report(text=text, source="-", published="2024-10-24"))
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize("unit", [pytest.param(unit, id=name) for name, unit in (ADVERSARIAL | REALISTIC).items()])
def test_time_is_linear(unit: str) -> None:
    extract(Report(text="warm up http://example.com", source="-"))
    small, large = _seconds(unit, 100_000), _seconds(unit, 400_000)
    # A megabyte may take ten seconds, also on a busy machine: anything quadratic would need minutes.
    assert large < 10, f"400 kB took {large:.1f} s"
    assert large < 8 * small + 0.5, f"four times the text took {large / small:.1f} times as long"


@pytest.mark.slow
def test_many_persons_of_one_surname_are_no_burden() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = [f"{a.upper()}{b}{c}" for a in letters for b in letters for c in letters][:8000]
    # Mayors first, and then senators whose surname fits none of them until their full name follows.
    text = "".join(f"They mocked Mayor {name} Lee. " for name in names[:4000])
    text += "".join(f"They mocked Senator Lee and mocked Senator {name} Lee. " for name in names[4000:])
    start = time.process_time()
    found = extract(Report(text=text, source="-"))
    assert len(found.targets) > 8000 - 40  # "His" and "And" are no names
    assert time.process_time() - start < 10


def _many_names(count: int) -> str:
    """Claims and voices about as many actors as there are sentences, whose names all begin alike."""
    told = "Storm-{} is run by the GRU. “We do not know them and never met,” said Ada Berg. "
    return "".join(told.format(number) for number in range(1000, 1000 + count))


@pytest.mark.slow
def test_time_is_linear_in_the_number_of_names() -> None:
    extract(Report(text="warm up http://example.com", source="-"))
    few, many = _many_names(1000), _many_names(4000)
    small, large = _seconds(few, len(few)), _seconds(many, len(many))
    assert large < 8 * small + 0.5, f"four times the names took {large / small:.1f} times as long"


def test_every_kind_has_texts_made_for_it() -> None:
    assert set(BY_KIND) - {"any"} == set(KINDS)


#: What the issue names, as a whole megabyte each.
NAMED = ["brackets", "round brackets", "quotes", "straight quotes", "nested quotes", "dotted", "digits", "directions"]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMED)
def test_a_megabyte_is_done_in_ten_seconds(name: str) -> None:
    assert _seconds(BY_KIND["any"][name], 1_000_000) < 10


@pytest.mark.slow
@pytest.mark.parametrize("kind", BY_KIND)
def test_a_megabyte_against_one_kind_is_done_in_ten_seconds(kind: str) -> None:
    units = BY_KIND[kind].values()
    text = "".join(unit * (1_000_000 // len(units) // len(unit)) for unit in units)
    assert _seconds(text, 1_000_000) < 10


@pytest.mark.slow
def test_a_megabyte_of_mixed_hostility_is_done_in_ten_seconds() -> None:
    text = "".join(unit * (1_000_000 // len(ADVERSARIAL) // len(unit)) for unit in ADVERSARIAL.values())
    start = time.process_time()
    extract(Report(text=text, source="-"))
    assert time.process_time() - start < 10
