"""The text as read, and the way back to the frozen letters."""

from counterfoil.extraction.reading import HOLE, Mapped, Reading
from counterfoil.model.report import Block, BlockKind, Report


def _read(text: str, *blocks: Block) -> Reading:
    return Reading.of(Report(text=text, source="-", blocks=blocks))


def test_invisible_characters_are_not_read_but_quoted() -> None:
    text = "a Face\u00adbo\u200bok page"
    reading = _read(text)
    start = reading.text.index("Facebook")
    assert reading.span(start, start + 8).quote == "Face\u00adbo\u200bok"


def test_letters_with_combining_marks_are_composed() -> None:
    reading = _read("le 3 aou\u0302t 2024")
    start = reading.text.index("août")
    assert reading.span(start, start + 4).quote == "aou\u0302t"


def test_wrapped_lines_of_a_block_are_joined_and_of_a_table_are_not() -> None:
    text = "Storm\nover\nit"
    paragraph = _read(text, Block(BlockKind.PARAGRAPH, 0, 10))
    assert paragraph.text == "Storm over\nit"
    assert _read(text, Block(BlockKind.TABLE, 0, 10)).text == text


def test_edits_compose() -> None:
    once = Mapped("one[.]two[.]three").edited([(3, 6, "."), (9, 12, ".")])
    assert once.text == "one.two.three"
    twice = once.edited([(0, 3, "eins")])
    start = twice.text.index("two")
    assert twice.range(start, start + 3) == (6, 9)
    assert twice.range(0, 4) == (0, 3)
    assert twice.range(4, 5) == (3, 6)


def test_sentences_do_not_end_at_abbreviations() -> None:
    reading = _read("The U.S. said no. Mr. J. Doe of Sept. Ltd. agreed! 好。Fine")
    ends = [reading.text[:end].split()[-1] for end in reading.breaks]
    assert ends == ["no.", "agreed!", "好。"]


def test_holes_keep_offsets() -> None:
    reading = _read("so\u00adft http://example.org/x end")
    start = reading.text.index("http")
    span = reading.span(start, start + 20)
    holed = reading.without([span])
    assert holed.text == "soft " + HOLE * 20 + " end"
    assert holed.span(holed.text.index("end"), len(holed.text)).quote == "end"
