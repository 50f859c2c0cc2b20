"""Incidents as a STIX 2.1 bundle with deterministic ids.

What becomes what:

- the incident -> `incident`; each report -> `report`, which refers to everything found in it;
- an accepted technique -> `attack-pattern` with its DISARM id and kill chain phase, and a `uses`
  relationship from the incident (and from the actor, where the text names one); the quote, offsets,
  report hash, modality, voice, score and decision are in the relationship's extension, and the quote in
  its description too, for consumers that pass over extensions;
- an accepted technique that the text says did *not* happen -> a `note`, never a `uses`;
- influence actors and networks -> `intrusion-set`; other actors -> `identity`; states -> `location`;
- domains, URLs, e-mail and IP addresses, file hashes -> cyber-observables; handles and hashtags have no
  object of their own in STIX and are listed in the report's extension.

Attack-pattern ids are those that OpenCTI's own client makes (UUID 5 of the lower-case external id), so
that an import meets the techniques that are there already. Specification: OASIS STIX 2.1 (2021).
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, TextIO
from uuid import UUID, uuid5

from counterfoil.exchange.exporter import Exporter
from counterfoil.exchange.stix_observables import as_uri, observable_object
from counterfoil.model.coding import Citation, Modality
from counterfoil.model.extraction import Actor
from counterfoil.model.framework import Framework
from counterfoil.model.ids import uuid_for
from counterfoil.model.incident import CodedIncident
from counterfoil.model.plain import decision_to_plain, spans_to_plain
from counterfoil.model.report import Report

Object = dict[str, Any]

OPENCTI = UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")  #: the namespace of OpenCTI's client
FOUNDED = "2024-01-01T00:00:00.000Z"  #: of objects that are no incident's: the same in every export


def stix_id(kind: str, *parts: str) -> str:
    """The STIX id of an object of that type, from the parts that make it what it is."""
    return f"{kind}--{uuid_for(kind, *parts)}"


PRODUCER = stix_id("identity", "Counterfoil")
EXTENSION = stix_id("extension-definition", "evidence", "1")


def write(incidents: Iterable[CodedIncident], framework: Framework, out: TextIO) -> None:
    """Write one bundle; each object once, in a fixed order per incident."""
    coded = list(incidents)
    actors = _merged(coded)
    bundle = stix_id("bundle", *(item.incident.id for item in coded))
    out.write(f'{{\n"type": "bundle",\n"id": "{bundle}",\n"objects": [')
    written: set[str] = set()
    for item in coded:
        for thing in objects(item, framework, actors):
            if thing["id"] not in written:
                out.write(",\n" if written else "\n")
                out.write(json.dumps(thing, ensure_ascii=False, sort_keys=True))
                written.add(thing["id"])
    out.write("\n]\n}\n")


def objects(coded: CodedIncident, framework: Framework, actors: Mapping[str, Object]) -> Iterator[Object]:
    """The STIX objects of one incident; some, such as techniques, recur in others.

    Args:
        actors: the objects of all actors of the export, by id.
    """
    yield from _frame()
    incident = stix_id("incident", coded.incident.id)
    details = coded.incident.details
    references: list[Object] = []
    if details.external_id:
        facts = ", ".join(filter(None, (details.year, *details.attributed_to, *details.found_in)))
        known: Object = {"source_name": coded.incident.origin, "external_id": details.external_id}
        references.append(known | ({"description": facts} if facts else {}))
    references += [{"source_name": "source", **address} for url in details.references if (address := _url(url))]
    quoted = "\n\n".join(
        f"{c.suggestion.code.id} ({c.suggestion.modality.value}): {c.suggestion.spans[0].quote}"
        for c in coded.citations
    )
    summary = details.summary or " ".join(statement.text for statement in coded.case.summary)
    yield _common("incident", incident, _time(coded.incident.created), _latest(coded)) | {
        "name": coded.incident.name,
        "description": "\n\n".join(filter(None, (summary, quoted))) or "No technique has been accepted yet.",
        **({"external_references": references} if references else {}),
    }
    for report in coded.reports:
        found: list[Object] = list(_report_content(coded, report, incident, framework))
        found += [actors[actor_id(actor)] for actor in coded.extractions[report.id].actors]
        yield from found
        yield _report(coded, report, [incident, *dict.fromkeys(thing["id"] for thing in found)])


def _latest(coded: CodedIncident) -> str:
    """When the incident last changed: consumers load a known object again only if this is newer."""
    return max([_time(coded.incident.created), *(_time(c.decision.at) for c in coded.citations)])


def _merged(incidents: Iterable[CodedIncident]) -> dict[str, Object]:
    """Every actor once, with the aliases of all reports, changed when the latest of its incidents was."""
    actors: dict[str, Object] = {}
    for coded in incidents:
        for actor in (actor for extraction in coded.extractions.values() for actor in extraction.actors):
            made = _actor(actor, _latest(coded))
            known = actors.setdefault(made["id"], made)
            known["modified"] = max(known["modified"], made["modified"])
            aliases = sorted({*known.get("aliases", ()), *made.get("aliases", ())})
            if aliases:
                known["aliases"] = aliases
    return actors


def _report_content(coded: CodedIncident, report: Report, incident: str, framework: Framework) -> Iterator[Object]:
    extraction = coded.extractions[report.id]
    actors = {alias.name: actor_id(actor) for actor in extraction.actors for alias in actor.aliases}
    actors |= {actor.name: actor_id(actor) for actor in extraction.actors}
    for citation in coded.citations:
        if citation.suggestion.report == report.id:
            yield from _citation(citation, report, incident, actors, framework)
    for observable in extraction.observables:
        made = observable_object(observable)
        if made:
            yield made


def _citation(
    citation: Citation, report: Report, incident: str, actors: dict[str, str], framework: Framework
) -> Iterator[Object]:
    suggestion = citation.suggestion
    pattern = _attack_pattern(citation, framework)
    yield pattern
    at = _time(citation.decision.at)
    evidence = {EXTENSION: _evidence(citation, report)}
    quotes = "\n\n".join(f"“{span.quote}”" for span in suggestion.spans)
    if suggestion.modality is Modality.NEGATED:
        yield _common("note", stix_id("note", citation.id, incident), at) | {
            "abstract": f"Said not to have happened: {suggestion.code.id} {pattern['name']}",
            "content": quotes,
            "object_refs": [incident, pattern["id"]],
            "extensions": evidence,
        }
        return
    sources = [incident] + ([actors[suggestion.actor]] if suggestion.actor in actors else [])
    for source in sources:
        yield _common("relationship", stix_id("relationship", citation.id, source), at) | {
            "relationship_type": "uses",
            "source_ref": source,
            "target_ref": pattern["id"],
            "description": f"({suggestion.modality.value}) {quotes}",
            "extensions": evidence,
        }


def _evidence(citation: Citation, report: Report) -> Object:
    suggestion = citation.suggestion
    return {
        "extension_type": "property-extension",
        "report": report.id,
        "report_text_sha256": report.sha256,
        "spans": spans_to_plain(suggestion.spans),
        "modality": suggestion.modality.value,
        "actor": suggestion.actor,
        "voice": suggestion.voice,
        "coder": suggestion.coder,
        "score": suggestion.score,
        "reasons": [reason.text for reason in suggestion.reasons],
        "decision": decision_to_plain(citation.decision),
    }


def _attack_pattern(citation: Citation, framework: Framework) -> Object:
    code = citation.suggestion.code
    technique = framework.named(code)
    pattern: Object = {
        **_common("attack-pattern", attack_pattern_id(code.id), FOUNDED),
        "name": technique.name if technique else f"{code.framework} {code.id}",
        "external_references": [{"source_name": code.framework, "external_id": code.id}],
    }
    if technique and technique.tactic:
        phase = framework.tactic(technique.tactic).name.lower().replace(" ", "-")
        pattern["kill_chain_phases"] = [{"kill_chain_name": "disarm", "phase_name": phase}]
    return pattern


def attack_pattern_id(technique_id: str) -> str:
    """The id that OpenCTI's client gives the attack-pattern with this external id."""
    canonical = json.dumps({"x_mitre_id": technique_id.lower()}, separators=(",", ":"))
    return f"attack-pattern--{uuid5(OPENCTI, canonical)}"


def actor_id(actor: Actor) -> str:
    """The STIX id of an actor: of its name, so that two reports on it meet."""
    return stix_id(_actor_type(actor), actor.name)


def _actor_type(actor: Actor) -> str:
    if actor.kind == "state" and actor.state:
        return "location"
    return "intrusion-set" if actor.is_operation else "identity"


def _actor(actor: Actor, modified: str) -> Object:
    kind = _actor_type(actor)
    made: Object = {**_common(kind, actor_id(actor), FOUNDED, modified), "name": actor.name}
    if kind == "location":
        made["country"] = actor.state
    elif kind == "identity":
        made["identity_class"] = "individual" if actor.kind == "person" else "organization"
    elif actor.aliases:
        made["aliases"] = [alias.name for alias in actor.aliases]
    return made


def _report(coded: CodedIncident, report: Report, refs: list[str]) -> Object:
    others = [
        {"type": o.type, "value": o.value, "spans": spans_to_plain(o.spans)}
        for o in coded.extractions[report.id].observables
        if observable_object(o) is None
    ]
    reference = {
        "source_name": report.publisher or "source",
        "description": report.title or report.source,
        **_url(report.url),
    }
    made = _common(
        "report", stix_id("report", coded.incident.id, report.id), _time(coded.incident.created), _latest(coded)
    ) | {
        "name": report.title or report.source or report.id,
        "report_types": ["campaign"],
        "published": _time(report.published or coded.added[report.id]),
        "object_refs": refs,
        "external_references": [reference],
        "extensions": {
            EXTENSION: {
                "extension_type": "property-extension",
                "report": report.id,
                "report_text_sha256": report.sha256,
                "published_as_written": report.published,
                **({"other_observables": others} if others else {}),  # STIX has no empty lists
            }
        },
    }
    if report.language != "und":
        made["lang"] = report.language
    return made


def _url(written: str) -> Object:
    """The source's address, if it is one that STIX can hold."""
    try:
        return {"url": as_uri(written)} if written else {}
    except ValueError:
        return {}


def _frame() -> Iterator[Object]:
    """The producer, and the definition of the extension that carries the evidence."""
    yield {
        "type": "identity",
        "spec_version": "2.1",
        "id": PRODUCER,
        "created": FOUNDED,
        "modified": FOUNDED,
        "name": "Counterfoil",
        "identity_class": "system",
    }
    yield _common("extension-definition", EXTENSION, FOUNDED) | {
        "name": "Counterfoil evidence",
        "description": (
            "What a claim rests on: the report's text hash, quotes with offsets in Unicode code points, how the "
            "text puts the act (modality), who says so (voice), the coder's score and reasons, and the "
            "analyst's decision."
        ),
        "schema": "docs/stix.md in Counterfoil's documentation",
        "version": "1.0.0",
        "extension_types": ["property-extension"],
    }


def _common(kind: str, identifier: str, at: str, modified: str = "") -> Object:
    return {
        "type": kind,
        "spec_version": "2.1",
        "id": identifier,
        "created": at,
        "modified": modified or at,
        "created_by_ref": PRODUCER,
    }


def _time(written: str) -> str:
    """An ISO 8601 date or time, of any precision from the year on, as a STIX timestamp in UTC."""
    padded = written if len(written) >= 10 else written + "0000-01-01"[len(written) :]
    moment = datetime.fromisoformat(padded)
    moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.").zfill(20) + f"{moment.microsecond // 1000:03d}Z"


EXPORTER = Exporter(suffix=".json", media_type="application/stix+json;version=2.1", write=write)
