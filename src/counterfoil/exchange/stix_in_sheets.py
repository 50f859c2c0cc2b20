"""Which report each object of a stranger's bundle belongs to, and which incident each report.

A sheet becomes one composed report: of a STIX report with what it lists, or of a case (an incident or campaign) with
what hangs on it and is listed in no report.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from counterfoil.exchange.stix_ids import INCIDENT, REPORT, Ids
from counterfoil.exchange.stix_in_objects import Object, Objects, extension, refs

CASES = ("incident", "campaign")
REPORTS = ("report", "grouping")
ACTING = ("intrusion-set", "threat-actor")
_US = {Ids(client).producer for client in (False, True)}
_OWN = re.compile(r"[IR]-[0-9a-f]{12}")


@dataclass(slots=True)
class Sheet:
    """`about` is the report or case that it is of (None: the whole bundle), `things` what belongs to it."""

    about: Object | None
    things: list[Object] = field(default_factory=list)

    @property
    def key(self) -> str:
        return str(self.about["id"]) if self.about else ""


@dataclass(frozen=True, slots=True)
class Sorted:
    """The sheets with something on them, and the cases with the keys of the sheets that they rest on."""

    sheets: tuple[Sheet, ...]
    cases: tuple[tuple[Object | None, tuple[str, ...]], ...]


def sort(objects: Objects, own: frozenset[str]) -> Sorted:
    """Sort everything but our own objects."""
    reports = [thing for thing in objects.of(*REPORTS) if thing["id"] not in own]
    cases = _cases(objects, own)
    home: dict[str, str] = {}
    for report in reports:
        home[report["id"]] = report["id"]
        for one in refs(report):
            home.setdefault(one, report["id"])
    for case in cases:
        home.setdefault(case["id"], case["id"])
    _spread(objects, home, {case["id"] for case in cases})
    rest = cases[0]["id"] if cases else reports[0]["id"] if reports else ""
    sheets = {thing["id"]: Sheet(thing) for thing in (*reports, *cases)}
    for thing in objects.by_id.values():
        if thing["id"] in own or thing["type"] in REPORTS:
            continue
        place = home.get(home.get(thing["id"], rest), home.get(thing["id"], rest))
        sheets.setdefault(place, Sheet(objects.by_id.get(place))).things.append(thing)
    listing: dict[str, list[str]] = {case["id"]: [] for case in cases}
    for report in reports:
        for one in dict.fromkeys(refs(report)):
            if one in listing:
                listing[one].append(report["id"])
    rests = [(case, _sheets_of(case["id"], listing[case["id"]], sheets, home)) for case in cases]
    used = {key for _, keys in rests for key in keys}
    kept = tuple(sheet for sheet in sheets.values() if sheet.things or sheet.key in used or sheet.key in home)
    kept = tuple(sheet for sheet in kept if not _empty(sheet, home))
    if not cases and not reports and kept:
        return Sorted(kept, ((None, tuple(sheet.key for sheet in kept)),))
    if not cases:
        return Sorted(kept, tuple((report, (report["id"],)) for report in reports))
    left = [report["id"] for report in reports if report["id"] not in used]
    loose = list(dict.fromkeys([*left, *(sheet.key for sheet in kept if sheet.key not in used)]))
    if loose:  # what belongs to no case goes with the first: nothing floats
        rests[0] = (rests[0][0], tuple(dict.fromkeys((*rests[0][1], *loose))))
    here = {sheet.key for sheet in kept}
    return Sorted(kept, tuple((case, tuple(key for key in keys if key in here)) for case, keys in rests))


def made_of(sheet: Sheet) -> str:
    """The id of the report or incident of ours that a sheet of our own objects was made of; empty if it is another's,
    or others have added to it."""
    about = sheet.about or {}
    identifier = extension(about, REPORT).get("id") or extension(about, INCIDENT).get("id")
    ours = all(
        "created" not in one or one["type"] == "marking-definition" or {one["id"], one.get("created_by_ref")} & _US
        for one in (about, *sheet.things)
    )
    return identifier if ours and isinstance(identifier, str) and _OWN.fullmatch(identifier) else ""


def _cases(objects: Objects, own: frozenset[str]) -> list[Object]:
    """What our exporter marks as an incident, whatever its type; else incidents, else campaigns, else (where there
    is no report) whoever is said to use techniques."""
    marked = [one for one in objects.by_id.values() if extension(one, INCIDENT) and one["id"] not in own]
    if marked:
        return marked
    for kind in CASES:
        found = [thing for thing in objects.of(kind) if thing["id"] not in own]
        if found:
            return found
    if any(thing["id"] not in own for thing in objects.of(*REPORTS)):
        return []
    users = {
        one.get("source_ref")
        for one in objects.of("relationship")
        if one.get("relationship_type") == "uses" and str(one.get("target_ref")).startswith("attack-pattern--")
    }
    return [thing for thing in objects.of(*ACTING) if thing["id"] in users and thing["id"] not in own]


def _spread(objects: Objects, home: dict[str, str], cases: set[str]) -> None:
    """Relationships go where they are said or where their source is; what they lead to goes with them."""
    links = objects.of("relationship")
    for link in links:
        ends = [link.get("source_ref"), link.get("target_ref")]
        place = next((one for one in ends if one in cases), None) or next(
            (home[one] for one in ends if one in home), ""
        )
        if place:
            home.setdefault(link["id"], place)
    for link in links:
        if link["id"] in home:
            for one in (link.get("source_ref"), link.get("target_ref")):
                if isinstance(one, str):
                    home.setdefault(one, home[link["id"]])
    for thing in objects.by_id.values():
        listed = refs(thing) if thing["type"] not in REPORTS else []
        place = next((home[one] for one in listed if one in home), "") if thing["id"] not in home else home[thing["id"]]
        if place:
            home.setdefault(thing["id"], place)
            for one in listed:
                home.setdefault(one, place)


def _sheets_of(case: str, listing: Sequence[str], sheets: dict[str, Sheet], home: dict[str, str]) -> tuple[str, ...]:
    own = [case] if home.get(case) == case or sheets[case].things else []
    return tuple(dict.fromkeys((*own, *listing)))


def _empty(sheet: Sheet, home: dict[str, str]) -> bool:
    """Whether it would say nothing: a case that stands in a report, and has nothing besides."""
    return not sheet.things and sheet.about is not None and home.get(sheet.key, sheet.key) != sheet.key
