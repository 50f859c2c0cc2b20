"""Files to save: a safe name in the header, and bytes that no browser takes for a page."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from starlette.responses import Response

from counterfoil.exchange import EXPORTERS
from counterfoil.kb.incidents import get_incident
from counterfoil.web.bench import Bench
from counterfoil.workflow import Sharing, share

LONGEST = 120  #: letters of a file's name
NAMED = 60  #: of which are the incident's name
#: What an incident can be saved as, by who wants it.
_MENU: Mapping[str, Mapping[str, str]] = {
    "For people": {
        "pdf": "summary, techniques with quotes, references",
        "docx": "the same, to edit",
        "report": "the same, as text",
        "page": "a page with all evidence",
    },
    "For platforms": {
        "stix": "complete, with evidence and decisions",
        "misp": "an event with galaxy tags and attributes",
        "navigator": "for the DISARM Navigator",
        "json": "everything, with offsets and decisions",
    },
    "Tables": {
        "xlsx": "all tables, a sheet each",
        "csv": "citations with their evidence",
        "jsonl": "the same, an object a line",
        "parquet": "the same, for data tools",
        "disarm": "rows for DISARM’s own workbook",
    },
}
#: Variants that are for other programs, and for which.
_PROFILES: Mapping[str, Mapping[str, str]] = {
    "stix": {"opencti": "for OpenCTI", "disinfox": "for DISINFOX"},
    "navigator": {"attack": "for the ATT&CK Navigator"},
}
_UNSAFE = re.compile(r"[^\w .,()+-]+")


def attachment(content: str | bytes, name: str, media_type: str) -> Response:
    """Text or bytes as a file to save; its name keeps letters of all scripts, but no path, no control characters."""
    stem, dot, suffix = _UNSAFE.sub("-", name).strip(" .-").partition(".")
    whole = f"{stem.strip(' -')[:LONGEST] or 'file'}{dot}{suffix}"
    plain = whole.encode("ascii", "replace").decode().replace("?", "_")
    headers = {"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(whole, safe='')}"}
    body = content.encode("utf-8", "replace") if isinstance(content, str) else content
    return Response(body, media_type=media_type, headers=headers)


@dataclass(frozen=True, slots=True)
class Choice:
    """A format as the menu of downloads shows it; `profiles` are its variants with what each is for, where they are
    for people to choose from."""

    name: str
    label: str
    about: str
    profiles: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Formats for one purpose."""

    name: str
    choices: tuple[Choice, ...]


def menu() -> list[Group]:
    """Every registered format by what it is for; those that we know nothing of come last."""
    groups = [Group(name, tuple(_choice(one, about) for one, about in of.items())) for name, of in _MENU.items()]
    known = {choice.name for group in groups for choice in group.choices}
    others = tuple(_choice(name, "") for name in EXPORTERS.names() if name not in known)
    return [*groups, Group("Others", others)] if others else groups


def tables() -> list[str]:
    """The tables that the formats for tables have, one a file."""
    return list(EXPORTERS.load("csv").profiles)


def _choice(name: str, about: str) -> Choice:
    exporter = EXPORTERS.load(name)
    shown = _PROFILES.get(name, {})
    return Choice(name, exporter.label, about, tuple((one, shown[one]) for one in exporter.profiles if one in shown))


def exported(bench: Bench, incident_id: str, sharing: Sharing) -> Response:
    """An incident as a file in a registered format, named so that whoever gets it knows what it is.

    Raises:
        UsageError: no such incident or format, or the incident is marked for fewer readers.
    """
    exporter = EXPORTERS.load(sharing.format)
    content = io.BytesIO()
    share(bench.workspace, [incident_id], bench.framework, sharing, content)
    with bench.workspace.reading() as connection:
        incident = get_incident(connection, incident_id)
    form = "" if exporter.suffix == f".{sharing.format}" else sharing.format
    named = incident.name[:NAMED].replace(".", " ")
    words = filter(None, (named, incident.id, form, sharing.profile))
    return attachment(content.getvalue(), " ".join(words) + exporter.suffix, exporter.media_type)
