"""DISARM's coded paragraphs: the source's words and the analyst's apart."""

import re
from html import unescape
from pathlib import Path

import pytest

from counterfoil.frameworks.disarm_incidents import coded_paragraph, disarm_incidents, orphans, plain_text
from counterfoil.frameworks.load import load
from counterfoil.model.catalogue import CodedParagraph, ImportedCitation, IncidentTechniques, Quoted
from counterfoil.model.framework import Framework, Tactic, Technique
from tests.frameworks.made import data_sheets, sheets, workbook

FRAMEWORK = Framework(
    "DISARM",
    "1.6",
    (),
    (Tactic("TA01", "Invent", ""),),
    {
        identity: Technique(identity, name, "TA01")
        for identity, name in [
            ("T0001", "Invent a Herring"),
            ("T0001.001", "Red Herring (Smoked)"),
            ("T0002", "Tell the Gulls"),
            ("T0003", "Sing"),
        ]
    },
)


def read(cell: str, *techniques: str) -> CodedParagraph:
    return coded_paragraph(IncidentTechniques("IT1", cell, incident="I1", techniques=techniques), FRAMEWORK)


@pytest.mark.parametrize(
    "cell",
    [
        "<i>“Gulls cried. [...] Then &amp; there.<br><br> “They told.”</i><br><br> Here (T0002: Tell the Gulls).",
        "<I>Gulls cried. [...] Then &amp; there.<br /> <br />They told.</i><br>Here (T0002: Tell the Gulls).",
        '_"Gulls cried. [...] Then & there._<br /> <br />_"They told."_ <br /> <br />Here (T0002: Tell the Gulls).',
        '_”Gulls cried. [...] Then & there.<br>They told."_ Here (T0002: Tell the Gulls).',
        "<i>“Gulls cried. [...] Then & there.</i><br><i>They told.”</i> Here (T0002: Tell the Gulls).",
        "<i>Gulls\u00a0cried. [...] <b>Then</b> &amp; there.<br>They told.</i>Here (T0002: Tell the Gulls).",
    ],
)
def test_the_forms_of_a_quote(cell: str) -> None:
    found = read(cell, "T0002")
    assert found.quotes == (Quoted("Gulls cried. [...] Then & there.\n\nThey told.", "Here (T0002: Tell the Gulls)."),)
    assert found.lead == ""
    assert found.citations == (ImportedCitation("T0002", True, True, "Tell the Gulls", (0,)),)


def test_a_quote_that_is_never_closed_is_a_quote_to_the_end() -> None:
    assert read("<i>“Gulls cried.”").quotes == (Quoted("Gulls cried."),)


def test_direct_speech_keeps_its_marks() -> None:
    first = read("<i>“We cry,” said a gull.<br>It flew.<br>The sea was calm.</i>").quotes[0]
    assert first.quote == "“We cry,” said a gull.\n\nIt flew.\n\nThe sea was calm."
    second = read("<i>“A gull spoke.<br>““We cry,” it said.”</i>").quotes[0]
    assert second.quote == "A gull spoke.\n\n“We cry,” it said."


def test_several_quotes_each_with_its_own_codes() -> None:
    cell = (
        "This (T0003: Sing) first.<br><i>One.</i><br>So (T0001: Invent a Herring, T0002: Tell the Gulls)."
        "<br><i>Two.</i><br>And (T0002: Tell the Gulls)."
    )
    found = read(cell, "T0001", "T0001.001")
    assert found.lead == "This (T0003: Sing) first."
    assert [quoted.quote for quoted in found.quotes] == ["One.", "Two."]
    assert found.citations == (
        ImportedCitation("T0003", True, False, "Sing"),
        ImportedCitation("T0001", True, True, "Invent a Herring", (0,)),
        ImportedCitation("T0002", True, False, "Tell the Gulls", (0, 1)),
        ImportedCitation("T0001.001", False, True),
    )


def test_the_analysts_words_inside_a_quote_are_taken_out() -> None:
    cell = "<i>“Gulls cried (T0002: Tell the Gulls, T0003: Sing) at dawn.<br>“They told.”</i> So it was."
    (quoted,) = read(cell).quotes
    assert quoted.quote == "Gulls cried at dawn.\n\nThey told."
    assert quoted.gloss == "(T0002: Tell the Gulls, T0003: Sing)\n\nSo it was."
    assert quoted.mended == "codes in brackets"
    cell = "<i>Gulls cried.<br>A flock (T0003: Sing) was seen by us.<br>They told.</i>"
    (quoted,) = read(cell).quotes
    assert (quoted.quote, quoted.gloss) == ("Gulls cried.\n\nThey told.", "A flock (T0003: Sing) was seen by us.")
    cell = "<i>This report looks at gulls:<br>Gulls cried.</i>"
    found = read(cell)
    assert (found.lead, found.quotes[0].quote) == ("This report looks at gulls:", "Gulls cried.")


def test_a_row_without_a_quote_is_gloss_only() -> None:
    found = read("Gulls were told (T0002: Tell the Gulls).", "T0002")
    assert (found.quotes, found.lead) == ((), "Gulls were told (T0002: Tell the Gulls).")
    assert found.citations == (ImportedCitation("T0002", True, True, "Tell the Gulls"),)


def test_inline_codes_as_they_are_written() -> None:
    found = read(
        "<i>One.</i> This matches T0003: Sing because it did (T0001.001: Red Herring (Smoked),T0099: Gone, "
        "T0002:001 Not That, T0001: Invent a Herring)."
    )
    assert {c.technique: c.name for c in found.citations} == {
        "T0003": "",
        "T0001.001": "Red Herring (Smoked)",
        "T0001": "Invent a Herring",
    }
    assert found.unlinked == ("T0099", "T0002:001")
    mended = read("<i>One.</i> So (T0001:001 Red Herring (Smoked)).")
    assert [c.technique for c in mended.citations] == ["T0001.001"]


def test_incidents_with_references(tmp_path: Path) -> None:
    workbook(tmp_path, sheets())
    made = data_sheets()
    made["incidenttechniques"].append(["IT00000002", "Nowhere.", "I00099", "T0002", ""])
    workbook(tmp_path, made, "DATA.xlsx")
    loaded = load(tmp_path, version="1.6")
    (known,) = disarm_incidents(loaded)
    assert (known.incident.id, known.text) == ("I00001", "“Gulls.”")
    assert [(r.id, r.publisher) for r in known.references] == [
        ("https://example.org/pier", "Pier Post"),
        ("https://example.org/two", ""),
    ]
    (paragraph,) = known.paragraphs
    assert paragraph.quotes[0].quote == "Gulls cried."
    assert [(c.technique, c.inline, c.in_row) for c in paragraph.citations] == [
        ("T0002", True, True),
        ("T0001.001", False, True),
    ]
    assert [paragraph.id for paragraph in orphans(loaded)] == ["IT00000002"]


def test_plain_text() -> None:
    assert plain_text("a < b &lt;c&gt;<br/> <p>d&nbsp;e</p>\nf") == "a < b <c>\n\nd e\n\nf"


@pytest.mark.shared
def test_all_of_disarms_rows(shared: Path) -> None:
    loaded = load(shared / "disarm/DISARM_MASTER_DATA")
    known = disarm_incidents(loaded)
    assert len(known) == 104
    rows = {row.id: row for row in loaded.catalogue.incidenttechniques}
    paragraphs = {paragraph.id: paragraph for incident in known for paragraph in incident.paragraphs}
    assert paragraphs.keys() == rows.keys()
    for identity, paragraph in paragraphs.items():
        _check(rows[identity], paragraph)
    citations = [citation for paragraph in paragraphs.values() for citation in paragraph.citations]
    assert (len(paragraphs), len(citations)) == (55, 241)
    assert sum(len(paragraph.quotes) for paragraph in paragraphs.values()) == 60
    assert [p.unlinked for p in paragraphs.values() if p.unlinked] == [("T0143.208",)]
    # Every code that a row lists stands in its text, too; not the reverse.
    assert sum(citation.in_row for citation in citations) == 194
    assert all(citation.inline for citation in citations)


def _check(row: IncidentTechniques, paragraph: CodedParagraph) -> None:
    """No word of the cell is lost, none is invented, and no quote holds a code or mark-up."""
    said = " ".join([paragraph.lead, *(f"{q.quote} {q.gloss}" for q in paragraph.quotes)])
    written = unescape(re.sub(r"<[^<>]+>", " ", row.name))
    # Order apart, as what the analyst put into a quote comes behind it; marks apart, as the outer ones go.
    letters = [sorted(re.sub(r"[\W_]", "", text)) for text in (said, written)]
    assert letters[0] == letters[1], row.id
    cited = {citation.technique for citation in paragraph.citations} | set(paragraph.unlinked)
    assert {code.replace(":", ".") for code in re.findall(r"\bT\d{4}(?:[.:]\d{3})?", written)} <= cited
    assert set(row.techniques) <= cited
    for quoted in paragraph.quotes:
        assert not re.search(r"T\d{4}|<|&\w+;", quoted.quote), row.id
        for part in quoted.quote.split("\n\n"):
            flat = " ".join(unescape(re.sub(r"<(?!br)[^<>]+>", "", row.name)).split())
            assert part in flat or quoted.mended, row.id
