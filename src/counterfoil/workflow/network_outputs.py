"""What a search leaves on disk of its groups: findings, the posts behind each edge, networks, pictures, a report."""

import json
from pathlib import Path
from typing import Any

from counterfoil.detect.clusters import nodes_query, read_shared
from counterfoil.detect.evidence import posts_query
from counterfoil.detect.gathering import copy
from counterfoil.detect.network import read_network
from counterfoil.detect.network_files import write_gexf, write_graphml
from counterfoil.detect.network_pictures import all_groups
from counterfoil.detect.troubles import plainly
from counterfoil.model.finding import findings_record
from counterfoil.workflow.detecting import Run
from counterfoil.workflow.findings import Detected, findings, groups_of
from counterfoil.workflow.network_report import Told, report_page

SHEET = 1_000_000  #: more rows than a spreadsheet takes are written as Parquet


def write_networks(run: Run, folder: Path, groups: Detected) -> list[str]:
    """Write all that tells of groups into a folder; returns the files' names.

    Raises:
        InputError: the disk is full, or a file of the data is no longer there.
    """
    if not groups.whole:
        groups = groups_of(run)
    ties = "ties.parquet" if groups.behind.rows > SHEET else "ties.csv"
    with plainly(str(folder)):
        copy(run.engine, posts_query(plain=ties.endswith(".parquet")), str(folder / ties))
        copy(run.engine, nodes_query(), str(folder / "nodes.csv"))
    found = findings(run, groups)
    with plainly("The network"):
        network = read_network(run.engine, groups.clusters)
    ids = {cluster.number: one.id for cluster, one in zip(groups.clusters, found, strict=True)}
    with (folder / "network.gexf").open("w", encoding="utf-8", newline="\n") as out:
        write_gexf(network, ids, out)
    with (folder / "network.graphml").open("w", encoding="utf-8", newline="\n") as out:
        write_graphml(network, ids, out)
    with plainly("The report"):
        shared = read_shared(run.engine, len(groups.clusters))
        page = report_page(Told(run, groups, network, found, shared, ties.removeprefix("ties")))
    texts = {
        "findings.json": _json(findings_record(found)),
        "network.svg": all_groups(network, alone=True),
        "report.html": page,
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return [ties, "nodes.csv", "network.gexf", "network.graphml", *texts]


def _json(record: dict[str, Any]) -> str:
    """One finding a line: indented, it takes five times as long."""
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in record["findings"])
    return f'{{"format": {json.dumps(record["format"])}, "findings": [\n{lines}\n]}}\n'
