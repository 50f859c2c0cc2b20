"""Extracted items in words."""

import pytest

from counterfoil.model.extraction import Figure
from counterfoil.model.item_words import title


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (Figure("187", "accounts", ()), "187 accounts"),
        (Figure("1300000", "views", (), qualifier="about"), "about 1,300,000 views"),
        (Figure("1200", "pages", (), most="1400"), "1,200–1,400 pages"),
        (Figure("2500.75", "USD", ()), "2,500.75 USD"),
    ],
)
def test_a_figure_is_written_as_people_write_it(figure: Figure, words: str) -> None:
    assert title("figures", figure) == words
