"""Loaded frameworks in the knowledge base, and which one is in use."""

import json
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from counterfoil.errors import UsageError
from counterfoil.kb.tables import frameworks, settings
from counterfoil.model.catalogue import Catalogue
from counterfoil.model.loaded import Loaded, loaded_from_plain, loaded_to_plain

IN_USE = "framework"  #: the setting that names the framework in use, as JSON [name, version]


@dataclass(frozen=True, slots=True)
class FrameworkRow:
    """What a list of frameworks shows of one."""

    name: str
    version: str
    source: str
    added: str


def add_framework(connection: Connection, loaded: Loaded, source: str, added: str, replace: bool = False) -> bool:
    """Store a framework under its name and version; False if exactly this was there already.

    Args:
        source: where it was loaded from.
        added: ISO 8601 time in UTC.
        replace: take the place of another content of the same name and version.

    Raises:
        UsageError: another content is there, and `replace` is not set.
    """
    framework = loaded.framework
    content = json.dumps(loaded_to_plain(loaded), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    digest = sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
    here = (frameworks.c.name == framework.name) & (frameworks.c.version == framework.version)
    stored = connection.execute(select(frameworks.c.sha256).where(here)).scalar()
    if stored == digest:
        return False
    if stored:
        _refuse_loss(get_framework(connection, framework.name, framework.version), loaded, replace)
    row = {"name": framework.name, "version": framework.version, "source": source, "sha256": digest}
    values = {**row, "content": content, "added": added}
    connection.execute(
        insert(frameworks).values(**values).on_conflict_do_update(index_elements=["name", "version"], set_=values)
    )
    return True


def _refuse_loss(old: Loaded | None, new: Loaded, replace: bool) -> None:
    """Nothing is replaced unasked, and a catalogue never by a source that has none."""
    name = f"{new.framework.name} {new.framework.version}"
    if old and old.catalogue != Catalogue() and new.catalogue == Catalogue():
        raise UsageError(
            f"{name} is there already with a catalogue (counters, incidents, ...), which this source does not have.",
            "Give this one another --version.",
        )
    if not replace:
        raise UsageError(
            f"{name} is there already, with another content.", "Use --replace, or give this one another --version."
        )


def get_framework(connection: Connection, name: str, version: str) -> Loaded | None:
    """The framework of that name and version as it was loaded; None if it was not."""
    query = select(frameworks.c.content).where((frameworks.c.name == name) & (frameworks.c.version == version))
    content = connection.execute(query).scalar()
    return loaded_from_plain(json.loads(content)) if content else None


def list_frameworks(connection: Connection) -> list[FrameworkRow]:
    """The loaded frameworks by name and version."""
    columns = (frameworks.c.name, frameworks.c.version, frameworks.c.source, frameworks.c.added)
    rows = connection.execute(select(*columns).order_by(frameworks.c.name, frameworks.c.version))
    return [FrameworkRow(**row._asdict()) for row in rows]


def use_framework(connection: Connection, name: str, version: str) -> None:
    """Make it the framework by which techniques are named."""
    values = {"name": IN_USE, "value": json.dumps([name, version])}
    connection.execute(insert(settings).values(**values).on_conflict_do_update(index_elements=["name"], set_=values))


def framework_in_use(connection: Connection) -> tuple[str, str] | None:
    """Name and version of the framework in use, if one was chosen."""
    value = connection.execute(select(settings.c.value).where(settings.c.name == IN_USE)).scalar()
    if value is None:
        return None
    name, version = json.loads(value)
    return name, version


def in_use_mark(connection: Connection) -> tuple[str, str]:
    """What changes when another framework is put in use, or the one in use is replaced: its setting and its hash."""
    value = connection.execute(select(settings.c.value).where(settings.c.name == IN_USE)).scalar()
    if value is None:
        return "", ""
    name, version = json.loads(value)
    query = select(frameworks.c.sha256).where((frameworks.c.name == name) & (frameworks.c.version == version))
    return value, connection.execute(query).scalar() or ""
