"""Techniques' evidence across incidents: quotes as examples, and all of one technique."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Join, Select, func, select

from counterfoil.kb.selecting import Ids, accepted, coded_in, in_incidents
from counterfoil.kb.tables import incident_reports, incidents, reports, suggestions
from counterfoil.model.framework import Framework
from counterfoil.model.selection import Quoted, Selection


def examples(
    connection: Connection, framework: Framework, selection: Selection, chosen: Ids, each: int = 3
) -> list[Quoted]:
    """Up to `each` quotes of every technique in the incidents of a query of `matching`, likeliest first.

    Each report speaks for one of its incidents.
    """
    one = (
        select(incident_reports.c.report, func.min(incident_reports.c.incident).label("incident"))
        .where(incident_reports.c.incident.in_(chosen))
        .group_by(incident_reports.c.report)
        .subquery("one")
    )
    order = (suggestions.c.score.desc(), suggestions.c.id)
    place = func.row_number().over(partition_by=suggestions.c.technique, order_by=order)
    ranked = (
        select(suggestions.c.id, one.c.incident, place.label("place"))
        .select_from(suggestions.join(one, one.c.report == suggestions.c.report))
        .where(_counted(framework, selection))
        .subquery("ranked")
    )
    joined = suggestions.join(ranked, ranked.c.id == suggestions.c.id).join(
        incidents, incidents.c.id == ranked.c.incident
    )
    query = _columns(joined).where(ranked.c.place <= each).order_by(suggestions.c.technique, ranked.c.place)
    return list(_quoted(connection, query))


def quotes_in(
    connection: Connection, framework: Framework, selection: Selection, incident_ids: Sequence[str]
) -> list[Quoted]:
    """The evidence of the selection's technique (and its sub-techniques) in these incidents, likeliest first."""
    subs = (one.id for one in framework.techniques.values() if one.parent == selection.technique)
    query = (
        _columns(in_incidents().join(incidents, incidents.c.id == incident_reports.c.incident))
        .where(_counted(framework, selection))
        .where(suggestions.c.technique.in_([selection.technique, *subs]))
        .where(incidents.c.id.in_(incident_ids))
        .order_by(suggestions.c.score.desc(), suggestions.c.id)
    )
    return list(_quoted(connection, query))


def _counted(framework: Framework, selection: Selection) -> ColumnElement[bool]:
    return (
        coded_in(framework)
        & accepted()
        & suggestions.c.modality.in_([modality.value for modality in selection.modalities])
    )


def _columns(joined: Join) -> "Select[Any]":
    named = [suggestions.c[name] for name in ("technique", "modality", "report", "spans")]
    about = [reports.c.title, reports.c.source, reports.c.url, suggestions.c.id.label("suggestion")]
    case = [incidents.c.id.label("incident"), incidents.c.name.label("incident_name")]
    return select(*named, *about, *case).select_from(joined.join(reports, reports.c.id == suggestions.c.report))


def _quoted(connection: Connection, query: "Select[Any]") -> Iterator[Quoted]:
    for row in connection.execute(query):
        plain = row._asdict()
        spans: list[dict[str, Any]] = json.loads(plain.pop("spans"))
        title, source = plain.pop("title"), plain.pop("source")
        first: dict[str, Any] = spans[0] if spans else {"quote": "", "start": 0}
        yield Quoted(
            **plain,
            report_title=title or source,
            quote=first["quote"],
            start=first["start"],
            more=max(0, len(spans) - 1),
        )
