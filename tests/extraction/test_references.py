"""References: ids of frameworks, incidents, literature and sources."""

from pathlib import Path

import pytest

from counterfoil.extraction.observables import find as find_observables
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.references import find
from counterfoil.model.extraction import Extraction, Reference
from counterfoil.readers import READERS, Source, read_file


def _references(text: str, reader: str = "text") -> list[Reference]:
    report = READERS.load(reader).read(Source(text.encode(), "a.txt"))
    reading = Reading.of(report)
    found = find(reading, Extraction(observables=find_observables(reading, Extraction())))
    for reference in found:
        assert all(report.text[span.start : span.end] == span.quote for span in reference.spans)
    return list(found)


def _shown(text: str, reader: str = "text") -> list[tuple[str, str, str]]:
    return [(reference.kind, reference.id, reference.name) for reference in _references(text, reader)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("They ran puppets (T0143.002: Fabricated Persona).", [("technique", "T0143.002", "Fabricated Persona")]),
        (
            "Copied (T0145.001: Copy Account Imagery, T0146) faces.",
            [("technique", "T0145.001", "Copy Account Imagery"), ("technique", "T0146", "")],
        ),
        (
            "Neither T0143.001: Authentic Persona or T0143.002: Fabricated Persona fits.",
            [("technique", "T0143.001", "Authentic Persona"), ("technique", "T0143.002", "Fabricated Persona")],
        ),
        ("Seen before in I00099: A Quiet Flood of Posts", [("incident", "I00099", "A Quiet Flood of Posts")]),
        ("Part of TA16 and met by C00012.", [("tactic", "TA16", ""), ("counter", "C00012", "")]),
        ("Phishing (T1566.002) came first.", [("attack-technique", "T1566.002", "")]),
        (
            "Bots were many (Marsh, 2019; see Holt et al., 2021a).",
            [("citation", "", "Marsh, 2019"), ("citation", "", "Holt et al., 2021a")],
        ),
        ("The model T0097X and the road T01234, in a row (May 2019).", []),
        ("Order no. 4-T0097.1 was lost.", []),
    ],
)
def test_what_is_referred_to(text: str, wanted: list[tuple[str, str, str]]) -> None:
    assert _shown(text) == wanted


def test_the_same_id_is_one_reference_with_all_its_places() -> None:
    (one,) = _references("First T0146, then again (T0146: Account Asset).")
    assert (one.name, len(one.spans)) == ("Account Asset", 2)


def test_live_addresses_in_a_list_of_sources_are_references_and_defanged_ones_are_not() -> None:
    text = (
        "The site https://harbour.example/news copied us.\n\nReferences\n\n"
        "[1] https://kelp.example/report\n\n[2] hxxps://bad[.]example/x\n"
    )
    assert _shown(text, "markdown") == [("source", "https://kelp.example/report", "")]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "incidents"),
    [
        ("000_ec57bd8549999aa6.txt", {"I00065", "I00075", "I00076", "I00096"}),
        ("002_4bdfdb777b0a364a.txt", {"I00068", "I00096", "I00103"}),
        ("003_2ef471f963487365.txt", {"I00080", "I00088"}),
    ],
)
def test_disarms_pages_give_their_incidents(shared: Path, name: str, incidents: set[str]) -> None:
    report = read_file(shared / "seeds" / name).report
    found = find(Reading.of(report), Extraction())
    named = {reference.id: reference.name for reference in found if reference.kind == "incident"}
    assert set(named) == incidents
    assert all(named.values())
