"""Time grows with the number of incidents, not faster."""

import time

import pytest

from counterfoil.model.sheet import Master
from counterfoil.site.pages import generate
from tests.site.small import master


def many(incidents: int) -> Master:
    """That many incidents with ten citations each, over five hundred techniques."""
    techniques = [
        {"disarm_id": f"T{number:04}", "name": f"Way {number}", "summary": "x", "tactic_id": "TA01"}
        for number in range(500)
    ]
    cited = [
        {
            "incident_id": f"I{number:05}",
            "technique_ids": ",".join(f"T{(number * 7 + step * 13) % 500:04}" for step in range(10)),
            "name": f"What was seen in case {number}. " * 5,
        }
        for number in range(incidents)
    ]
    named = [{"disarm_id": f"I{number:05}", "name": f"Case {number}", "summary": "x"} for number in range(incidents)]
    return master(techniques=techniques, incidents=named, incidenttechniques=cited, associatedtechniques=[])


@pytest.mark.slow
def test_ten_times_the_incidents_take_about_ten_times_as_long() -> None:
    spent = []
    for size in (400, 4000):
        data = many(size)
        start = time.process_time()
        pages = generate(data)
        spent.append(time.process_time() - start)
        assert (
            sum(text.count("/techniques/T") for path, text in pages.texts.items() if "/incidents/" in path) == size * 10
        )
    assert spent[1] < 30 * max(spent[0], 0.05)
