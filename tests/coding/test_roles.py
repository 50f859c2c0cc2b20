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
    ("Contrary to earlier reports, no [deepfake videos] were shared.", "negated"),
    ("There were no known [fake accounts] in the network.", "negated"),
    ("No fewer than ten [fake accounts] posted.", "observed"),
    ("They failed to open [fake accounts].", "negated"),
    ("They did it without paying for [fake accounts].", "negated"),
    ("The firm, without naming its client, ran [fake accounts].", "observed"),
    ("It is unclear whether the network ran [fake accounts].", "assessed"),
    ("It is not clear whether they ran [fake accounts].", "assessed"),
    ("Analysts fear that [fake accounts] will follow.", "warned"),
    ("If the operators open [fake accounts], report them.", "warned"),
    ("In the campaign [fake accounts] may be used.", "warned"),
    ("They threatened to kill her from [fake accounts].", "observed"),
    ("There was a rumour that they ran [fake accounts].", "assessed"),
    ("The group denied nothing; it ran [fake accounts].", "observed"),
]


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_modality(sentence: str, expected: str) -> None:
    start, end = sentence.index("["), sentence.index("]") - 1
    plain = sentence.replace("[", "").replace("]", "")
    assert modality(plain, start, end) is Modality(expected)
