"""What a search leaves on disk: edges, accounts, rejected rows, the columns as used and a summary."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counterfoil.detect.gathering import accounts_query, copy, count_edges, edges_query
from counterfoil.detect.reading_fields import columns_json
from counterfoil.detect.troubles import plainly
from counterfoil.detect.windows import shortest
from counterfoil.workflow.detecting import Run, Signal

if TYPE_CHECKING:
    from counterfoil.workflow.findings import Detected

SHEET = 1_000_000  #: more edges than a spreadsheet takes are written as Parquet


def write_tables(run: Run, folder: Path, groups: "Detected | None" = None) -> list[str]:
    """Write the tables of a search, and of its groups, into a folder; returns the files' names.

    Raises:
        InputError: the disk is full.
    """
    from counterfoil.workflow.findings import groups_of  # not read where nothing is written
    from counterfoil.workflow.network_outputs import write_networks

    groups = groups or groups_of(run)
    engine = run.engine
    edges = "edges.parquet" if count_edges(engine) > SHEET else "edges.csv"
    tables = {edges: edges_query(grouped=True, weighted=bool(run.search.weighting)), "accounts.csv": accounts_query()}
    if run.reading.rejected:
        tables["rejected.csv"] = "SELECT file, line, reason, content FROM rejected ORDER BY ALL"
    with plainly(str(folder)):
        for name, query in tables.items():
            copy(engine, query, str(folder / name))
    (folder / "columns.json").write_text(columns_json(run.reading.columns), encoding="utf-8")
    (folder / "summary.json").write_text(
        json.dumps(summary(run), ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    return [*tables, "columns.json", "summary.json", *write_networks(run, folder, groups)]


def summary(run: Run, groups: "Detected | None" = None) -> dict[str, Any]:
    """A search as plain data: what was read and how, each signal's figures, and the groups, if they are handed over."""
    reading = run.reading
    return {
        "data": {
            "files": list(reading.files),
            "rows": reading.rows,
            "posts": reading.posts,
            "accounts": reading.accounts,
            "joined": reading.joined,
            "first": moment_text(reading.first),
            "last": moment_text(reading.last),
            "preset": reading.columns.preset,
            "columns": {one.field: one.column for one in reading.chosen},
            "notes": list(reading.notes),
            "rejected": dict(reading.rejected),
            "rejected_samples": [
                {"reason": reason, "file": file, "line": line, "content": content}
                for reason, file, line, content in reading.samples
            ],
        },
        "rate_of_false_discoveries": run.search.rate,
        "signals": [_signal(one) for one in run.signals],
        **({} if groups is None else _groups(groups)),
    }


def _groups(groups: "Detected") -> dict[str, Any]:
    from counterfoil.workflow.findings import groups_record

    return groups_record(groups)


def _signal(one: Signal) -> dict[str, Any]:
    definition = {**asdict(one.definition), "count": one.definition.count.value}
    return {
        "signal": one.trace.name,
        "label": one.trace.label,
        "techniques": list(one.trace.techniques),
        "definition": {**definition, "directed": one.definition.directed},
        "events": one.events,
        "pairs": one.cost.pairs,
        "hubs": len(one.cost.hubs),
        "exact": one.cost.exact,
        "cost": one.cost.told(),
        "edges": one.edges,
        "significant": one.significant,
        "tested": one.tested,
        **({"windows": _windows(one)} if one.windows else {}),
        "caution": one.trace.caution,
    }


def _windows(one: Signal) -> dict[str, Any]:
    chosen = shortest(one.windows)
    return {"tried": [asdict(each) for each in one.windows], "suggested": chosen.window if chosen else None}


def moment_text(moment: int) -> str:
    """Microseconds as ISO 8601 in UTC; "" before the year 1 and after 9999."""
    try:
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=moment)).isoformat()
    except OverflowError:
        return ""
