"""The seed pages of November 2024 and February 2025 come out again from what they say."""

import re
from pathlib import Path

import pytest

from counterfoil.site.pages import Settings, generate
from tests.site.small import TABLES, Table, master

HEAD = re.compile(r"# Technique (\S+): (.*)")
ROW = re.compile(r"\| \[(\S+) (.*?)\]\(\.\./\.\./generated_pages/(\w+)/\S+\) \| (.*) \|$")


def tables_of(page: str) -> tuple[str, dict[str, Table]]:
    """The technique's id, and sheets that contain what its page says."""
    title = HEAD.match(page)
    assert title
    summary = re.search(r"\*\*Summary\*\*: (.*)", page)
    tactic = re.search(
        r"\*\*(?:Tactic|Belongs to tactic stage)\*\*: (TA\d+) ?(.*?) ?(?:<br><br>)?(?:\*\*Parent|$)", page, re.M
    )
    parent = re.search(r"\*\*Parent Technique:\*\* (\S+) (.*)", page)
    assert summary
    assert tactic
    rows = [row.groups() for line in page.split("\n") if (row := ROW.match(line))]
    assert rows
    techniques = [{"disarm_id": title[1], "name": title[2], "summary": summary[1], "tactic_id": tactic[1]}]
    if parent:
        techniques.append({"disarm_id": parent[1], "name": parent[2], "summary": "", "tactic_id": tactic[1]})
    return title[1], {
        "tactics": [{"disarm_id": tactic[1], "name": tactic[2], "summary": "", "phase_id": "P01"}],
        "techniques": techniques,
        "tasks": [],
        "countermeasures": [],
        "detections": [],
        "playbooks": [],
        "associatedtechniques": [],
        "incidents": [{"disarm_id": row[0], "name": row[1]} for row in rows if row[2] == "incidents"],
        "incidenttechniques": [
            {"incident_id": row[0], "technique_ids": title[1], "name": row[3]} for row in rows if row[2] == "incidents"
        ],
    }


@pytest.mark.shared
@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize(("seed", "template"), [("000", "2024-11"), ("002", "one-line"), ("003", "current")])
def test_a_seed_page_comes_out_again(shared: Path, seed: str, template: str, exact: bool) -> None:
    (path,) = (shared / "seeds").glob(f"{seed}_*.txt")
    page = path.read_bytes().decode()
    identity, tables = tables_of(page)
    made = generate(master(**{**TABLES, **tables}), Settings(exact, template)).texts
    assert made[f"generated_pages/techniques/{identity}.md"] == page
