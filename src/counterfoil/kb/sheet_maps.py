"""Which column of a team's spreadsheets is what, as they saved it under a name."""

import json

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from counterfoil.errors import UsageError
from counterfoil.kb.tables import settings

_PREFIX = "sheet map "


def save_map(connection: Connection, name: str, columns: dict[str, str]) -> None:
    """Keep a mapping of roles to headers under a name; one of that name is replaced."""
    row = {"name": _PREFIX + name, "value": json.dumps(columns, ensure_ascii=False, sort_keys=True)}
    connection.execute(insert(settings).values(**row).on_conflict_do_update(index_elements=["name"], set_=row))


def saved_map(connection: Connection, name: str) -> dict[str, str]:
    """The mapping of that name.

    Raises:
        UsageError: there is none.
    """
    known = _known(connection)
    if name not in known:
        raise UsageError(
            f"There is no saved map {name!r}.", f"There are: {', '.join(known)}." if known else "Make one: --save-map."
        )
    return {str(role): str(column) for role, column in json.loads(known[name]).items()}


def map_names(connection: Connection) -> list[str]:
    """The names of the saved mappings."""
    return sorted(_known(connection))


def _known(connection: Connection) -> dict[str, str]:
    rows = connection.execute(select(settings.c.name, settings.c.value).where(settings.c.name.startswith(_PREFIX)))
    return {row.name.removeprefix(_PREFIX): row.value for row in rows}
