"""Quotation marks in every style, and voices in block quotes as a reader finds them."""

import pytest

from counterfoil.extraction import extract
from counterfoil.extraction.quotations import quotations
from counterfoil.readers import read_bytes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“One,” he said. “Two.”", ["One,", "Two."]),
        ("‘It’s old,’ said Ann. The '90s and the accounts' owners weren't.", ["It’s old,"]),
        ("„Wir“, »Nein«, « Oui », «Да» und “No”", ["Wir", "Nein", "Oui", "Да", "No"]),
        ("She said: \"He said 'no' to us.\"", ["He said 'no' to us.", "no"]),
        ("“First.\n\n“Second.”\n\nRest", ["First.", "Second."]),
        ("An “unclosed mark.\nThe next “line” is fine.", ["line"]),
        ('The 6" gun and 5\'10" men', []),
    ],
)
def test_what_stands_between_marks(text: str, expected: list[str]) -> None:
    assert [text[item.start : item.end] for item in quotations(text)] == expected


def test_an_inner_quotation_is_deeper() -> None:
    assert [item.depth for item in quotations("“a ‘b’ c” “d”")] == [0, 1, 0]


def test_block_quotes_of_a_reader_are_whole_voices() -> None:
    page = (
        "The council's letter to the platforms is blunt. It reads:\n\n> Your systems were used to threaten us.\n>\n"
        "> We expect an answer.\n\nNo answer came.\n"
    )
    voices = extract(read_bytes(page.encode(), "letter.md").report).voices
    assert [(voice.speaker, voice.via, voice.kind) for voice in voices] == [("The council", "letter", "quotation")]
    assert voices[0].spans[0].quote.startswith("Your systems")
    assert voices[0].spans[0].quote.endswith("an answer.")


def test_a_source_runs_to_its_link_and_its_speakers_are_heard_through_it() -> None:
    lines = (
        "From Lea Marsh at Reuters:",
        "Officials said it was over.",
        "A lawyer denied that it began. [Source]",
        "End.",
    )
    page = read_bytes("\n\n".join(lines).encode(), "page.txt").report
    found = [(voice.speaker, voice.via, voice.kind) for voice in extract(page).voices]
    assert found == [
        ("Lea Marsh", "Reuters", "source"),
        ("Officials", "Reuters", "reported"),
        ("A lawyer", "Reuters", "reported"),
    ]
