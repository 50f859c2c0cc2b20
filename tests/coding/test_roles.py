"""Observed, inferred, forecast and denied acts are told apart."""

import pytest

from counterfoil.coding.roles import modality
from counterfoil.model.coding import Modality

CASES = [
    ("The network created [fake accounts].", "observed"),
    ("In May 2023 the network created [fake accounts].", "observed"),
    ("Not only did they post, they ran [fake accounts].", "observed"),
    ("Nobody was hurt, but the group used [fake accounts].", "observed"),
    ("The officials have not seen [fake accounts].", "negated"),
    ("There is no evidence that the network bought [fake accounts].", "negated"),
    ("The embassy denied using [fake accounts].", "negated"),
    ("[Fake accounts] were not involved.", "negated"),
    ("The group didn’t run [fake accounts].", "negated"),
    ("They may use [fake accounts] before the vote.", "warned"),
    ("The agency warned that foreign actors will open [fake accounts].", "warned"),
    ("Operators almost certainly will open [fake accounts].", "warned"),
    ("They are expected to create [fake accounts].", "warned"),
    ("They may have used [fake accounts].", "assessed"),
    ("The posts likely came from [fake accounts].", "assessed"),
    ("They sought to hide behind [fake accounts].", "assessed"),
    ("Analysts believe that the group ran [fake accounts].", "assessed"),
    ("The group denied nothing; it ran [fake accounts].", "observed"),
]


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_modality(sentence: str, expected: str) -> None:
    start, end = sentence.index("["), sentence.index("]") - 1
    plain = sentence.replace("[", "").replace("]", "")
    assert modality(plain, start, end) is Modality(expected)
