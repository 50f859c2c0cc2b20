"""The changes report names every page that differs, and why."""

import pytest

from counterfoil.site.changes import differences, report
from counterfoil.site.pages import Pages, Settings, generate
from tests.site.small import master


def test_each_difference_has_its_reason_and_cell() -> None:
    found = differences(generate(master(), Settings(exact=True)), generate(master()))
    told = {(each.page.rpartition("/")[2], each.what): (each.why, each.cell) for each in found}
    why, cell = told["I00001.md", "link to T0002"]
    assert "not trimmed" in why
    assert cell == "incidenttechniques, row 2, technique_ids"
    assert "run together" in told["C00002.md", "link to T0002"][0]
    assert "never shows" in told["C00002.md", "link to TA02"][0]
    assert "whole number" in told["I00001.md", "year"][0]
    assert "never made" in told["F00001.md", "new page"][0]
    assert "urls sheet" in told["I00001.md", "reference"][0]


@pytest.mark.shared
def test_every_page_that_differs_is_explained(exact: Pages, complete: Pages) -> None:
    differing = {path for path in {*exact.texts, *complete.texts} if exact.texts.get(path) != complete.texts.get(path)}
    found = differences(exact, complete)
    assert {each.page for each in found} == differing
    links = [each for each in found if each.what.startswith("link to ") and not each.what.endswith("type")]
    assert len(links) > 700
    assert [each for each in links if not each.cell] == []
    text = report(found, complete.findings)
    assert all(f"| {page} |" in text for page in differing)


def test_nothing_differs_from_itself() -> None:
    pages = generate(master())
    assert differences(pages, pages) == ()
