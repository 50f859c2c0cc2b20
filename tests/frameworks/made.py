"""A small framework in DISARM's sheets and in STIX, all of it invented for the tests."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.frameworks.xlsx import write_xlsx

Sheets = dict[str, list[list[str]]]


def sheets(**changed: list[list[str]] | None) -> Sheets:
    """A complete FRAMEWORKS workbook; a keyword replaces a sheet, None takes it out."""
    responses = ["disarm_id", "name", "metatechnique", "summary", "actortypes", "resources_needed", "how_found"]
    responses += ["references", "incident_ids", "tactic", "responsetype", "tags", "techniques"]
    detections = [("incidents" if column == "incident_ids" else column) for column in responses if column != "tags"]
    made: Sheets = {
        "phases": [["disarm_id", "name", "rank", "summary"], ["P01", "Dream", "1", "Before."], ["P02", "Do", "2", ""]],
        "tactics": [
            ["disarm_id", "name", "phase_id", "rank", "summary"],
            ["TA02", "Spread Tales", "P02", "2", "Telling."],
            ["TA01", "Invent Tales", "P01", "1", "Thinking."],
        ],
        "techniques": [
            ["disarm_id", "name", "tactic_id", "summary", "name_DE"],
            ["T0001", "Invent a Herring", "TA01", "A fish<br>that is none.", "Hering erfinden"],
            ["\u00a0T0001.001", "Red Herring", "TA01", "A red one.", ""],
            ["T0002", "Tell the Gulls", "TA02", "Gulls pass it on.", ""],
        ],
        "frameworks": [["disarm_id", "name", "summary"], ["FW01", "Red", "r"], ["FW02", "Blue", "b"]],
        "tasks": [
            ["disarm_id", "name", "tactic_id", "summary", "framework_id"],
            ["TK0001", "Fish", "TA01", "", "FW01"],
        ],
        "detections": [
            detections,
            ["F00001", "Count gulls", "", "", "A001 - birdwatcher", "", "workshop", "", "", "ALL", "D01", "All"],
        ],
        "countermeasures": [
            responses,
            [
                "C00001",
                "Feed the gulls",
                "M001 - Calm, M002 - Bread",
                "They listen no more.",
                "A001 - birdwatcher,A002 baker,",
                "R001 - bread",
                "2019-11-workshop 2019-11-search",
                "Tern19, p3 of Skua18",
                "I00001,I00009",
                "TA02 Spreading",
                "D02",
                "food",
                "TA01 - Invent Tales T0001 - Invent a Herring T0002 - Gulls of old T0099 - Long gone",
            ],
        ],
        "playbooks": [["disarm_id", "object_id", "name", "summary"], ["PB00001", "C00001", "Buy bread", ""]],
        "responsetypes": [["disarm_id", "name", "summary"], ["D01", "See", "s"], ["D02", "Feed", "f"]],
        "metatechniques": [["disarm_id", "name", "summary"], ["M001", "Calm", "c"], ["M002", "Bread", "b"]],
        "actortypes": [
            ["disarm_id", "name", "summary", "sector_ids", "framework_ids"],
            ["A001", "birdwatcher", "", "S001, S002", "FW01 FW02"],
            ["A002", "baker", "", "S002", "FW02"],
        ],
        "resources": [["disarm_id", "name", "summary", "resource_type"], ["R001", "bread", "", "food"]],
        "sectors": [["disarm_id", "name", "summary", "note"], ["S001", "Sea", "", ""], ["S002", "Shore", "", ""]],
        "MOE": [
            ["disarm_id", "name", "summary", "phase", "tactic", "counter"],
            ["ME00001", "", "", "TA01 - Invent Tales", "T0002 - Tell the Gulls", "feed the  gulls"],
        ],
        "MOP": [["disarm_id", "name", "summary"], ["MP00001", "Cries", ""]],
    }
    for name, rows in changed.items():
        if rows is None:
            del made[name]
        else:
            made[name] = rows
    return made


def data_sheets() -> Sheets:
    """A DATA workbook that goes with it."""
    return {
        "examples": [["disarm_id", "object_id", "name", "summary"], ["E000001", "T0002", "At the pier", ""]],
        "urls": [
            ["url_id", "pub_date", "authors", "org", "archive_link"],
            ["https://example.org/pier", "2031/04/01", "A. Tern", "Pier Post", "https://archive.example/pier"],
        ],
        "incidents": [
            "disarm_id|name|objecttype|summary|year_started|attributions_seen|found_in_country|urls|notes|when_added"
            "|found_via|longname".split("|"),
            "I00001|Pier|incident|<i>“Gulls.”</i>|2031|Norway,Sweden|Iceland, Norway|https://example.org/pier "
            "https:/example.org/two|loud|2031-05-01|ferry|I00001 - Pier".split("|"),
            ["", "", "", "", "", "", "", "", "", "", "", " - "],
        ],
        "incidenttechniques": [
            ["disarm_id", "name", "incident_id", "technique_ids", "summary"],
            ["IT00000001", "<i>“Gulls cried.”</i><br>Here (T0002: Tell the Gulls).", "I00001", "T0002, T0001.001", ""],
        ],
        "associatedtechniques": [
            ["disarm_id", "description", "technique_id", "associated_technique_id"],
            ["AT00000001", "Herrings are told.", "T0001", "T0002"],
        ],
        "narratives": [
            ["disarm_id", "name", "summary", "main topic", "subtopic"],
            ["N00001", "The sea is soup", "", "sea", "soup"],
        ],
        "externalgroups": [
            ["disarm_id", "name", "summary", "url", "sector", "region", "country", "volunteers"],
            ["G000001", "Gull Watch", "", "https://gulls.example", "Sea", "North", "Norway", "Y"],
        ],
        "externalgroupcounters": [
            ["disarm_id", "externalgroup_id", "activity_id", "summary"],
            ["GC000001", "G000001", "C00001", ""],
        ],
        "tools": [
            ["disarm_id", "name", "summary", "url", "category", "externalgroup"],
            ["TL00001", "Gullometer", "", "https://meter.example", "counting", "Gull watch"],
            ["TL00002", "Ternometer", "", "https://tern.example", "counting", "Nobody"],
        ],
        "forums": [["name", "note"], ["On the quay", "noisy"]],
    }


def workbook(folder: Path, made: Mapping[str, Sequence[Sequence[str]]], name: str = "FRAMEWORKS_v1.6.xlsx") -> Path:
    """The sheets as a file; its name tells the version."""
    return write_xlsx(folder / name, made)


def bundle() -> dict[str, Any]:
    """A bundle in ATT&CK's form: a collection, two matrices' worth of tactics, a technique with two tactics."""

    def common(kind: str, number: int) -> dict[str, Any]:
        times = {"created": "2031-01-01T00:00:00.000Z", "modified": "2031-01-01T00:00:00.000Z"}
        return {"type": kind, "spec_version": "2.1", "id": f"{kind}--00000000-0000-4000-8000-{number:012d}", **times}

    def named(kind: str, number: int, identity: str, name: str, **more: Any) -> dict[str, Any]:
        references = [
            {"source_name": "capec", "external_id": "CAPEC-1"},
            {"source_name": "mitre-attack", "external_id": identity},
        ]
        return {**common(kind, number), "name": name, "external_references": references, **more}

    def chain(*phases: str) -> list[dict[str, str]]:
        return [{"kill_chain_name": "mitre-attack", "phase_name": phase} for phase in phases]

    tactics = [
        named("x-mitre-tactic", 1, "TA0901", "Row Out", x_mitre_shortname="row-out", description="Leaving."),
        named("x-mitre-tactic", 2, "TA0902", "Sink", x_mitre_shortname="sink"),
    ]
    patterns = [
        named("attack-pattern", 3, "T9001", "Drill", kill_chain_phases=chain("sink", "row-out"), description="Holes."),
        named("attack-pattern", 4, "T9001.001", "Big Drill", kill_chain_phases=chain("sink")),
        named("attack-pattern", 5, "T9002", "Old Way", kill_chain_phases=chain("sink"), revoked=True),
    ]
    patterns[1]["x_mitre_is_subtechnique"] = True
    links = [
        {
            **common("relationship", 6),
            "relationship_type": "subtechnique-of",
            "source_ref": patterns[1]["id"],
            "target_ref": patterns[0]["id"],
        },
        {
            **common("relationship", 7),
            "relationship_type": "revoked-by",
            "source_ref": patterns[2]["id"],
            "target_ref": patterns[0]["id"],
        },
    ]
    matrix = named("x-mitre-matrix", 8, "boat", "Boats", tactic_refs=[tactics[1]["id"], tactics[0]["id"]])
    collection = {**common("x-mitre-collection", 9), "name": "Boat ATT&CK", "x_mitre_version": "3.1"}
    malware = {**common("malware", 10), "name": "Woodworm", "is_family": False}
    return {
        "type": "bundle",
        "id": "bundle--00000000-0000-4000-8000-000000000000",
        "objects": [*tactics, *patterns, *links, matrix, collection, malware],
    }
