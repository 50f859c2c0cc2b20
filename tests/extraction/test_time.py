"""Time grows with the length of a text and no faster, on prose as reports write it and on hostile text."""

import time

import pytest

from counterfoil.extraction import extract
from counterfoil.model.report import Report

ADVERSARIAL = {
    "brackets": '([{<«“"',
    "quotes": "“",
    "dotted": "U.S. ",
    "digits": "1234567890",
    "ats": "@",
    "labels": "a.a.",
    "dots": "[.]",
    "defanged": "a[.]",
    "directions": "abc\u202eאבג\u202d مرحبا ",
    "schemes": "http://",
    "capital": "A",
    "capitals": "Ab Cd ",
    "hashes": "#",
    "years": "2024 ",
    "networks": "the Foo network and ",
    "marks": "e\u0301",
    "known": "group known as Foo Bar, ",
    "months": "May 5 to ",
    "lists": "Facebook, X, ",
    "acronyms": "National Sky Council (NSC) ",
    "lines": "From A at B:\n",
    "blanks": " ",
    "codes": "APT28 (",
    "closings": "hxxp[:]//a[.]com/)))))))))",
    "closing path": "http://a.com/" + "(" * 900 + ")" * 1000 + " ",
    "paths": "a.com/",
    "said": "Ab said ",
    "spokespeople": "A spokesperson for ",
    "firms": "firm Ab ",
    "attributes": "Ab attributes the ",
    "that": "claims that it ",
}
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
    assert large < 4, f"400 kB took {large:.1f} s"
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
    assert len(found.targets) > 8000 - 10
    assert time.process_time() - start < 5


@pytest.mark.slow
def test_a_megabyte_of_mixed_hostility_is_done_in_ten_seconds() -> None:
    text = "".join(unit * (1_000_000 // len(ADVERSARIAL) // len(unit)) for unit in ADVERSARIAL.values())
    start = time.process_time()
    extract(Report(text=text, source="-"))
    assert time.process_time() - start < 10
