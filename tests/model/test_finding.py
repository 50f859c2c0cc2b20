"""Findings as files: there and back, and what is no finding is refused."""

import copy
from typing import Any

import pytest

from counterfoil.errors import InputError
from counterfoil.model.finding import findings_of, findings_record, length_of_time
from tests.workflow.found import finding


def test_there_and_back() -> None:
    found = (finding(), finding("cd" * 32, 3))
    assert findings_of(findings_record(found)) == found


def test_other_data_is_another_finding_and_other_figures_are_not() -> None:
    assert finding().id == finding().id
    assert finding().id != finding("cd" * 32).id
    assert finding().accounts == finding("cd" * 32).accounts


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("format",), "counterfoil-findings 9"),
        (("findings",), {"a": 1}),
        (("findings", 0), "finding"),
        (("findings", 0, "members"), []),
        (("findings", 0, "supports"), []),
        (("findings", 0, "members", 0, "posts"), "many"),
        (("findings", 0, "members", 0, "posts"), True),
        (("findings", 0, "members", 0, "lead"), float("nan")),
        (("findings", 0, "members", 0, "key"), None),
        (("findings", 0, "supports", 0, "techniques"), "T0049"),
        (("findings", 0, "supports", 0, "q"), -1),
        (("findings", 0, "samples", 0, "text"), ["a"]),
        (("findings", 0, "explanations"), [1]),
        (("findings", 0, "pairs"), [[0, 9, 1]]),
        (("findings", 0, "pairs"), [[0, 0, 1]]),
        (("findings", 0, "pairs"), [[0, 1]]),
        (("findings", 0, "verdict"), "guilty"),
    ],
)
def test_what_is_no_finding_is_refused(where: tuple[str | int, ...], value: Any) -> None:
    record: Any = copy.deepcopy(findings_record((finding(),)))
    inside = record
    for step in where[:-1]:
        inside = inside[step]
    inside[where[-1]] = value
    with pytest.raises(InputError):
        findings_of(record)


@pytest.mark.parametrize(
    ("microseconds", "words"),
    [
        (60_000_000, "1 minute"),
        (90_000_000, "90 seconds"),
        (3_600_000_000, "1 hour"),
        (7 * 86_400_000_000, "7 days"),
        (250_000, "250 milliseconds"),
    ],
)
def test_windows_are_said_as_people_do(microseconds: int, words: str) -> None:
    assert length_of_time(microseconds) == words


def test_a_signal_that_was_not_tested_says_so() -> None:
    link, _, bio = finding().supports
    assert (
        link.figures == "6 pairs of accounts, 2 shared objects, 8 posts; 12 meetings, 1.2 expected by chance, q 1e-09"
    )
    assert "not held against chance" in bio.figures
    assert not bio.within
