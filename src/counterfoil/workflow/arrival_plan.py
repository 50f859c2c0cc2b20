"""A parcel compared with the knowledge base: what applying it would do, before anything is stored.

A person's word here is never overwritten: what a parcel says otherwise is listed as conflicting, and stays as it is
here. What is stored already is the same, so that applying a parcel twice changes nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from counterfoil.errors import UsageError
from counterfoil.model.coding import Suggestion
from counterfoil.model.extraction import Extraction
from counterfoil.model.incident import Details, Incident
from counterfoil.model.judging import IDENTITY, NameDecision, kept_apart, name_key, standing
from counterfoil.model.marking import tlp
from counterfoil.model.parcel import ArrivedCode, ArrivedReport, Kept, Parcel, State
from counterfoil.workflow.arrival_checks import codes, each_once, is_far, is_time, sound
from counterfoil.workflow.arrival_orders import IMPORTER, Plan
from counterfoil.workflow.arriving_codes import Meanings

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from counterfoil.kb.arrivals import Standing

_SHOWN = 60  #: letters of a name in a line


def plan(connection: "Connection", parcel: Parcel, meanings: Meanings, at: str) -> Plan:
    """Compare a parcel with what is here.

    Args:
        at: when it was received (ISO 8601 in UTC): the time of what says none of its own.
    """
    made = Plan(problems=list(parcel.problems))
    arrived = [whole for one in each_once(parcel.reports, made) if (whole := sound(one, parcel, at, made))]
    arrived, stood_for = _stood_for(connection, arrived, parcel, meanings, made)
    known = _plan_reports(connection, arrived, meanings, made, at)
    _plan_names(connection, parcel.names, made)
    coming = [_resting_on(incident, stood_for) for incident in parcel.incidents]
    incidents = _plan_incidents(connection, coming, known, made, at)
    _plan_kept(connection, [*parcel.kept, *(one for report in arrived for one in report.kept)], incidents, made)
    return made


def _stood_for(
    connection: "Connection", arrived: Sequence[ArrivedReport], parcel: Parcel, meanings: Meanings, made: Plan
) -> tuple[list[ArrivedReport], dict[str, str]]:
    """The reports without those composed of what is here, and what each of these is made of: its id -> that one's.

    A composed text with a technique that was never suggested for its incident's reports here is not left out.
    """
    from counterfoil.kb.arrivals import techniques_of

    origins = {one.report.id: one.stands_for for one in arrived if one.stands_for}
    here = techniques_of(connection, sorted({*origins.values()}))
    suggested: dict[str, set[str]] = {}  # a technique that several reports have stands on one sheet only
    for incident in parcel.incidents:
        pooled = {code for report in incident.reports for code in here.get(origins.get(report, ""), ())}
        for report in incident.reports:
            suggested.setdefault(report, set()).update(pooled)
    left, found = [], {}
    for one in arrived:
        known = suggested.get(one.report.id, set())
        if one.stands_for in here and all(
            known & {code.suggestion.code.id, *(meant.id for meant in meanings.meant(code).codes)} for code in one.codes
        ):
            found[one.report.id] = one.stands_for
            said = ", ".join(filter(None, (_counted(len(one.codes), "codes"), *_counts(one))))
            why = f"made of {one.stands_for}, which is here" + (f"; the parcel has {said}" if said else "")
            made.line(State.SAME, "report", _named(one), why)
        else:
            left.append(one)
    return left, found


def _resting_on(incident: Incident, stood_for: Mapping[str, str]) -> Incident:
    """The incident on the reports themselves, in place of texts that were composed of them."""
    reports = {stood_for.get(report, report) for report in incident.reports} - {incident.id}
    return replace(incident, reports=tuple(sorted(reports)))


def _plan_reports(
    connection: "Connection", arrived: Sequence[ArrivedReport], meanings: Meanings, made: Plan, at: str
) -> set[str]:
    """Returns the ids of the reports that there will be."""
    from counterfoil.kb.arrivals import extracted, hashes, standings

    ids = [one.report.id for one in arrived]
    here = hashes(connection, ids)
    with_items = extracted(connection, list(here))
    wanted: dict[str, dict[str, ArrivedCode]] = {}
    for one in arrived:
        if here.get(one.report.id, one.report.sha256) != one.report.sha256:
            made.problem(one.report.id, "another text here has this id; the report is left out")
            continue
        made.line(State.SAME if one.report.id in here else State.NEW, "report", _named(one))
        if one.report.id not in here:
            made.orders.texts.append((one.report, one.added or at))
        _plan_extraction(one, one.report.id in with_items, made)
        wanted[one.report.id] = codes(one, meanings, at, made)
    known = standings(connection, [suggestion for found in wanted.values() for suggestion in found])
    for report, found in wanted.items():
        judged = _judged_in(connection, report) if report in here and found else []
        for number, code in found.items():
            _plan_code(number, code, known.get(number), judged, made)
    return {*wanted}


def _named(one: ArrivedReport) -> tuple[str, str]:
    return one.report.id, one.report.title or one.report.source


def _plan_extraction(one: ArrivedReport, here: bool, made: Plan) -> None:
    told = ", ".join(_counts(one))
    if told and here:
        made.line(State.SAME, "extraction", _named(one), f"what was extracted here stays; the parcel has {told}")
    elif told:
        made.line(State.NEW, "extraction", _named(one), told)
        made.orders.extractions[one.report.id] = one.extraction
    elif not here:
        made.orders.extractions[one.report.id] = Extraction(coder=one.extraction.coder)


def _counts(one: ArrivedReport) -> list[str]:
    """What was extracted from a report, as counts: "1 actor", "2 places"."""
    counts = ((kind, len(getattr(one.extraction, kind))) for kind in IDENTITY)
    return [_counted(count, kind) for kind, count in counts if count]


def _counted(count: int, plural: str) -> str:
    one = "person" if plural == "people" else plural.removesuffix("s")
    return f"{count} {one if count == 1 else plural}" if count else ""


def _judged_in(connection: "Connection", report: str) -> list[Suggestion]:
    from counterfoil.kb.coding import reviewed

    return [one.suggestion for one in reviewed(connection, report) if one.decision]


def _plan_code(
    number: str, arrived: ArrivedCode, known: "Standing | None", judged: Sequence[Suggestion], made: Plan
) -> None:
    from counterfoil.kb.coding import is_judged

    suggestion = arrived.suggestion
    name = (number, f"{suggestion.code.id}: {suggestion.spans[0].quote[:_SHOWN]}")
    if known is None:
        if arrived.judged is None and is_judged(suggestion, judged):
            made.line(State.SAME, "suggestion", name, "these words were judged for this technique here")
            return
        made.line(State.NEW, "suggestion", name, "" if arrived.judged else "waits for review")
        made.orders.coded.setdefault(suggestion.report, []).append(suggestion)
    elif arrived.judged is None:
        made.line(State.SAME, "suggestion", name)
    if arrived.judged is None:
        return
    verdict, signed = arrived.judged.verdict, arrived.judged.signature
    said = f"{verdict.value} by {signed.analyst}"
    if known is not None and known.verdict is verdict:
        made.line(State.SAME, "decision", name, f"{known.verdict.value} by {known.analyst} here")
    elif known is not None and known.judged:
        here = f"{known.verdict.value} by {known.analyst}" if known.verdict else "judged and taken back"
        made.line(State.CONFLICTING, "decision", name, f"{here} here, which stays; {said} in the parcel")
    else:
        made.line(State.NEW if known is None else State.CHANGED, "decision", name, said)
        made.orders.decisions.append((number, verdict, signed))


def _plan_names(connection: "Connection", words: Sequence[NameDecision], made: Plan) -> None:
    from counterfoil.kb.names import LONGEST, decided_names

    decided = decided_names(connection)
    said = {one.pair: one for one in decided}
    for word in standing(words):
        name = (" = ".join(word.pair), f"{word.name} / {word.alias}")
        before = said.get(word.pair)
        if before is not None:
            same = before.verdict is word.verdict
            why = f"{before.analyst} said so here" if same else f"{before.analyst} said otherwise here, which stays"
            made.line(State.SAME if same else State.CONFLICTING, "name", name, why)
            continue
        sides = (name_key(word.name), name_key(word.alias))
        if not all(sides) or sides[0] == sides[1] or max(map(len, sides)) > LONGEST or not word.analyst.strip():
            made.problem(name[0][:_SHOWN], "this is no word of anybody's on two names; left out")
            continue
        number = len(decided) + 1 + max((one.id for one in decided), default=0)
        after = [*decided, replace(word, id=number)]
        apart = kept_apart(after)
        if apart and not kept_apart(decided):
            why = f"{apart.analyst} said that {apart.alias} is not {apart.name}, which stays"
            made.line(State.CONFLICTING, "name", name, why)
            continue
        decided = after
        made.line(State.NEW, "name", name, f"said by {word.analyst}")
        made.orders.names.append(word)


def _plan_incidents(
    connection: "Connection", coming: Sequence[Incident], known: set[str], made: Plan, at: str
) -> set[str]:
    """Returns the ids of the incidents that there will be."""
    from counterfoil.kb.arrivals import hashes
    from counterfoil.kb.incidents import stored_incidents

    others = {report for incident in coming for report in incident.reports} - known
    known = known | hashes(connection, sorted(others)).keys()
    here = stored_incidents(connection, [incident.id for incident in coming])
    found: set[str] = set()
    for arrived in coming:
        if arrived.id in found:
            made.problem(arrived.id, "the parcel has this incident twice; the first one counts")
            continue
        incident = _sound_incident(arrived, known, made, at)
        found.add(incident.id)
        before = here.get(incident.id)
        if before is None:
            made.line(State.NEW, "incident", (incident.id, incident.name), incident.origin)
            made.orders.incidents.append(incident)
        else:
            _plan_known_incident(connection, before, incident, made)
    return found


def _sound_incident(incident: Incident, known: set[str], made: Plan, at: str) -> Incident:
    """With a name, a time, a label that there is, and reports that there are."""
    missing = [report for report in incident.reports if report not in known]
    if missing:
        made.problem(incident.id, f"its reports {', '.join(missing[:5])} did not come with it and are not here")
    created = incident.created if is_time(incident.created) else at
    if created != incident.created and incident.created:
        made.problem(incident.id, f"“{incident.created[:40]}” is no time; it counts from when it was received")
    elif is_far(created, at):
        made.problem(incident.id, f"it says that it was opened on {created[:10]}, which has not come yet")
    details = incident.details
    try:
        tlp(details.tlp)
    except UsageError:
        made.problem(incident.id, f"“{details.tlp[:40]}” is no TLP label; it is marked red until somebody looks")
        details = replace(details, tlp="red")
    reports = tuple(report for report in incident.reports if report in known)
    return replace(
        incident, name=incident.name.strip() or incident.id, created=created, reports=reports, details=details
    )


def _plan_known_incident(connection: "Connection", here: Incident, arrived: Incident, made: Plan) -> None:
    """What its source says anew is followed, unless the incident is an analyst's own or somebody changed that here."""
    from counterfoil.kb.arrivals import removed_reports, touched_fields

    name = (here.id, here.name)
    before, after = _fields(here), _fields(arrived)
    changed = {field: (before[field], after[field]) for field in after if before[field] != after[field]}
    touched = touched_fields(connection, here.id, IMPORTER) if changed else set()
    stays = {field for field in changed if field in touched or not here.origin or here.origin != arrived.origin}
    taken = removed_reports(connection, here.id)
    fresh = [report for report in arrived.reports if report not in here.reports]
    added = [report for report in fresh if report not in taken]
    for field in sorted(stays):
        why = f"its {field} stays as it is here; the parcel says “{changed[field][1][:_SHOWN]}”"
        made.line(State.CONFLICTING, "incident", name, why)
    for report in sorted({*fresh} & taken):
        made.line(State.CONFLICTING, "incident", name, f"{report} was taken from it here, and stays away")
    follows = {field: values for field, values in changed.items() if field not in stays}
    if follows:
        made.line(State.CHANGED, "incident", name, "follows its source: " + ", ".join(sorted(follows)))
        made.orders.followed.append((_followed(here, arrived, follows.keys()), follows))
    if added:
        made.line(State.CHANGED, "incident", name, f"rests on {len(added)} more: {', '.join(added[:5])}")
        made.orders.incidents.append(replace(here, reports=tuple(added)))
    if not (follows or added or stays):
        made.line(State.SAME, "incident", name)


def _fields(incident: Incident) -> dict[str, str]:
    """What is said of an incident as a whole, each as a text."""
    details = asdict(incident.details)
    return {"name": incident.name} | {
        field: ", ".join(value) if isinstance(value, tuple | list) else str(value) for field, value in details.items()
    }


def _followed(here: Incident, arrived: Incident, wanted: Collection[str]) -> Incident:
    details = Details(
        **{name: getattr(arrived.details if name in wanted else here.details, name) for name in Details.__slots__}
    )
    return replace(here, name=arrived.name if "name" in wanted else here.name, details=details)


def _plan_kept(connection: "Connection", coming: Sequence[Kept], incidents: set[str], made: Plan) -> None:
    from counterfoil.kb.parcels import kept_contents

    here = kept_contents(connection, sorted({one.incident for one in coming} & incidents))
    for one in coming:
        if one.incident not in incidents:
            made.line(State.UNKNOWN, "kept", (one.key, one.format), "it belongs to no incident; not kept")
            continue
        before = here.get((one.incident, one.format, one.key))
        if before == one.content:
            made.line(State.SAME, "kept", (one.key, one.format), "kept as it came")
        else:
            made.line(State.UNKNOWN, "kept", (one.key, one.format), "no place for it here; kept as it comes")
            made.orders.kept.append(one)
