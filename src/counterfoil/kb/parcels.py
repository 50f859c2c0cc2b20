"""Parcels in quarantine, and what came with incidents that has no field of ours."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert

from counterfoil.errors import UnknownIdError, UsageError
from counterfoil.kb.reports import LAST
from counterfoil.kb.slices import slices
from counterfoil.kb.tables import kept, originals, parcels
from counterfoil.model.coding import Signature
from counterfoil.model.kept import Kept

WAITING, APPLIED, DROPPED = "waiting", "applied", "dropped"


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """A parcel in quarantine. `state` is "waiting", "applied" or "dropped"; `analyst` and `at` (ISO 8601 in UTC) say
    who did that and when, and are empty while it waits."""

    id: str
    format: str
    source: str
    sha256: str
    received: str
    state: str = WAITING
    analyst: str = ""
    at: str = ""


def add_parcel(connection: Connection, row: ParcelRow) -> ParcelRow:
    """Put a parcel into quarantine. The same file in the same format is the parcel that is there already; one that
    was applied or dropped waits again."""
    waiting = {"state": WAITING, "analyst": "", "at": ""}
    statement = insert(parcels).values(**asdict(row))
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=waiting))
    return get_parcel(connection, row.id)


def get_parcel(connection: Connection, wanted: str) -> ParcelRow:
    """The parcel of that id, or of the only id that begins so.

    Raises:
        UnknownIdError: no such parcel.
        UsageError: more than one begins so.
    """
    matches = (parcels.c.id >= wanted) & (parcels.c.id < wanted + LAST)
    rows = [ParcelRow(**row._asdict()) for row in connection.execute(select(parcels).where(matches).limit(3))]
    if not rows or not wanted:
        raise UnknownIdError(f"There is no parcel {wanted!r} in quarantine.", "See: counterfoil quarantine list.")
    exact = [row for row in rows if row.id == wanted]
    if len(rows) > 1 and not exact:
        raise UsageError(f"{wanted!r} begins more than one parcel id.", "Type more of it.")
    return (exact or rows)[0]


def list_parcels(connection: Connection, state: str = "") -> list[ParcelRow]:
    """The parcels, newest first; of one state only, if it is given."""
    query = select(parcels).order_by(parcels.c.received.desc(), parcels.c.id)
    if state:
        query = query.where(parcels.c.state == state)
    return [ParcelRow(**row._asdict()) for row in connection.execute(query)]


def close_parcel(connection: Connection, parcel_id: str, state: str, signature: Signature) -> ParcelRow:
    """Say that a parcel was applied or dropped.

    Raises:
        UsageError: no analyst.
    """
    if not signature.analyst.strip():
        raise UsageError("An import needs an analyst's name.", "Set --analyst or COUNTERFOIL_ANALYST.")
    values = {"state": state, "analyst": signature.analyst.strip(), "at": signature.at}
    connection.execute(update(parcels).where(parcels.c.id == parcel_id).values(**values))
    return get_parcel(connection, parcel_id)


def only_user(connection: Connection, row: ParcelRow) -> bool:
    """Whether nothing else needs a parcel's file: no report was read from it, and no other parcel has it."""
    read = select(originals.c.sha256).where(originals.c.sha256 == row.sha256)
    others = select(parcels.c.id).where(
        parcels.c.sha256 == row.sha256, parcels.c.id != row.id, parcels.c.state != DROPPED
    )
    return connection.execute(read.union_all(others)).first() is None


def keep(connection: Connection, things: Iterable[Kept]) -> None:
    """Keep what has no field of ours; a newer content of the same key takes the place of the older."""
    rows = [asdict(thing) for thing in things]
    if rows:
        statement = insert(kept)
        newer = {"content": statement.excluded.content}
        connection.execute(
            statement.on_conflict_do_update(index_elements=["incident", "format", "key"], set_=newer), rows
        )


def kept_with(connection: Connection, incident_id: str) -> tuple[Kept, ...]:
    """What leaves with an incident (full id), by format and key."""
    query = select(kept).where(kept.c.incident == incident_id).order_by(kept.c.format, kept.c.key)
    return tuple(Kept(**row._asdict()) for row in connection.execute(query))


def kept_contents(connection: Connection, incident_ids: Sequence[str]) -> dict[tuple[str, str, str], str]:
    """The same of many incidents: (incident, format, key) -> content."""
    return {
        (row.incident, row.format, row.key): row.content
        for some in slices(incident_ids)
        for row in connection.execute(select(kept).where(kept.c.incident.in_(some)))
    }
