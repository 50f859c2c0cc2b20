"""Incidents as MISP events.

What becomes what:

- the incident -> an event: its name, the day it was opened, its TLP tag, and a tag for each technique that was
  accepted and happened, in the form that MISP resolves in its galaxy of DISARM;
- an accepted technique -> an object `counterfoil-citation` with the exact quote, its place, modality, voice and
  decision; the quote bears the galaxy tag, unless the text says that it did not happen;
- a report -> an event report with its text, an object `report` and one `counterfoil-report` with what identifies it;
- a narrative -> an object `narrative`; an attribution -> an object `counterfoil-attribution`;
- actors, targets and observables -> attributes, with what else is known of them in the comment.

One incident gives {"Event": ...}, several {"response": [...]}, as MISP itself exports them. Nothing is published
and nothing is meant for detection (`to_ids`): the analyst decides so in MISP. Format: misp-standard.org, MISP core.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import BinaryIO

from counterfoil.exchange.exporter import Exporter, as_text
from counterfoil.exchange.misp_parts import (
    ABOUT,
    AGAIN,
    ATTRIBUTION,
    CITATION,
    FACT,
    NARRATIVE,
    REPORT,
    Maker,
    Object,
    framework_tag,
    observable_type,
    seconds,
    technique_tag,
    tlp_tag,
)
from counterfoil.model.coding import Citation, Modality
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Actor, Attribution, Extraction, Narrative, Target
from counterfoil.model.framework import Framework
from counterfoil.model.ids import uuid_for
from counterfoil.model.incident import CodedIncident
from counterfoil.model.report import Report

#: What an event does not carry, and why.
LOSSES = {
    "report.blocks": "MISP's event reports are plain text; paragraphs are found again on import",
    "report.pages": "as blocks",
    "report.notes": "they say what our reader left out of a file that MISP does not get",
    "extraction.voices": "no place in MISP; the voice of each citation is kept",
    "extraction.people": "no place in MISP for who is merely mentioned",
    "extraction.dates": "MISP dates attributes, not what a text says of them",
    "extraction.places": "as people",
    "extraction.platforms": "as people",
    "extraction.figures": "as people",
    "extraction.references": "as people",
    "reasons' cues": "the reasons' words are kept, not the places of their cues",
}
Key = tuple[str, str, str]  #: of an attribute: type, value, category

DISTRIBUTION = "0"  #: your organisation only; whoever pushes the event widens it
UNDEFINED, COMPLETED = "4", "2"


def write(incidents: Iterable[CodedIncident], framework: Framework, out: BinaryIO) -> None:
    """Write the incidents as events, one at a time."""
    cases = iter(incidents)
    first = list(islice(cases, 2))
    with as_text(out) as text:
        if len(first) == 1:
            text.write(json.dumps({"Event": event(first[0], framework)}, ensure_ascii=False, indent=1) + "\n")
            return
        text.write('{"response": [')
        for number, coded in enumerate(chain(first, cases)):
            text.write(",\n" if number else "\n")
            text.write(json.dumps({"Event": event(coded, framework)}, ensure_ascii=False))
        text.write("\n]}\n")


def event_uuid(incident_id: str) -> str:
    """The id of an incident's event: the same on every machine."""
    return str(uuid_for("misp event", incident_id))


def event(coded: CodedIncident, framework: Framework) -> Object:
    """The event of one incident."""
    incident = coded.incident
    changed = max([incident.created, *(citation.decision.at for citation in coded.citations)])
    maker = Maker(event_uuid(incident.id), seconds(changed))
    happened = [one for one in coded.citations if one.suggestion.modality is not Modality.NEGATED]
    names = dict.fromkeys(_name(citation, framework) for citation in happened)
    tags = [tlp_tag(incident.tlp), {"name": framework_tag(framework)}]
    tags += [{"name": technique_tag(name)} for name in names if name]
    return {
        "uuid": maker.event,
        "info": incident.name,
        "date": incident.created[:10],
        "timestamp": maker.at,
        "published": False,
        "analysis": COMPLETED,
        "threat_level_id": UNDEFINED,
        "distribution": DISTRIBUTION,
        "Tag": tags,
        "Attribute": list(_attributes(coded, maker)),
        "Object": list(_objects(coded, framework, maker)),
        "EventReport": list(_event_reports(coded, framework, maker)),
    }


def _attributes(coded: CodedIncident, maker: Maker) -> Iterator[Object]:
    details = coded.incident.details
    yield maker.attribute("text", coded.incident.id, "Internal reference", "Counterfoil's incident")
    facts = {
        "external id": details.external_id,
        "origin": coded.incident.origin,
        "opened": coded.incident.created,
        "year": details.year,
        "summary": details.summary,
    }
    lists = {"attributed to": details.attributed_to, "found in": details.found_in}
    for name, value in [*facts.items(), *((name, one) for name, values in lists.items() for one in values)]:
        if value:
            yield maker.attribute("text", value, "Internal reference", name)
    for url in details.references:
        yield maker.attribute("link", url, "External analysis", "reference")
    said: dict[Key, dict[str, None]] = {}
    for report_id, extraction in coded.extractions.items():
        for key, comment, spans in _found(extraction):
            said.setdefault(key, {})[FACT.join((comment, _at(report_id, spans)))] = None
    # MISP takes a value of a type and category once: what several items or reports say of it stands together.
    for key, comments in said.items():
        yield maker.attribute(*key, AGAIN.join(comments))


def _found(extraction: Extraction) -> Iterator[tuple[Key, str, tuple[Span, ...]]]:
    """Type, value and category of each item that becomes an attribute, what else is known of it, and its places."""
    for actor in extraction.actors:
        kind = "threat-actor" if actor.is_operation else "text"
        yield (kind, actor.name, "Attribution"), _actor(actor), actor.spans
    for target in extraction.targets:
        places = {"person": "target-user", "state": "target-location", "electorate": "target-location"}
        yield (places.get(target.kind, "target-org"), target.name, "Targeting data"), _target(target), target.spans
    for one in extraction.observables:
        kind, category = observable_type(one)
        yield (kind, one.value, category), _facts(("observable", one.type), ("platform", one.platform)), one.spans


def _actor(actor: Actor) -> str:
    aliases = (("alias", alias.name + (f" (used by {alias.by})" if alias.by else "")) for alias in actor.aliases)
    return _facts(("actor", actor.kind), ("state", actor.state), *aliases)


def _target(target: Target) -> str:
    more = ((name, getattr(target, name)) for name in ("role", "by", "country", "when"))
    return _facts(("target", target.kind), *more)


def _facts(*facts: tuple[str, str]) -> str:
    """A comment: "actor: network; state: RU". What would end a fact (a semicolon, two bars) is written otherwise."""
    said = (f"{name}: {value}".replace(";", ",").replace("||", "|") for name, value in facts if value)
    return FACT.join(said)


def _at(report_id: str, spans: tuple[Span, ...]) -> str:
    return f"at: {report_id} " + " ".join(f"{span.start}-{span.end}" for span in spans)


def _objects(coded: CodedIncident, framework: Framework, maker: Maker) -> Iterator[Object]:
    for report in coded.reports:
        yield from _report(report, coded.added[report.id], maker)
    for citation in coded.citations:
        yield _citation(citation, framework, maker)
    for report_id, extraction in coded.extractions.items():
        yield from (_attribution(claim, report_id, maker) for claim in extraction.attributions)
        yield from (_narrative(told, report_id, maker) for told in extraction.narratives)


def _report(report: Report, added: str, maker: Maker) -> Iterator[Object]:
    link = report.url if report.url.startswith(("http://", "https://")) else ""
    yield maker.thing(
        REPORT, report.id, [("title", report.title or report.source), ("link", link), ("case-number", report.id)]
    )
    values = [(name, getattr(report, name)) for name in "title source author publisher published language url".split()]
    known = [("report", report.id), ("text-sha256", report.sha256), *values, ("added", added)]
    yield maker.thing(ABOUT, report.id, [*known, ("event-report", _report_uuid(report.id, maker))])


def _citation(citation: Citation, framework: Framework, maker: Maker) -> Object:
    suggestion, decision = citation.suggestion, citation.decision
    name = _name(citation, framework)
    values = [
        ("technique", suggestion.code.id),
        ("framework", suggestion.code.framework),
        ("version", suggestion.code.version),
        ("name", name),
        *_evidence(suggestion.spans, suggestion.report),
        *((field, getattr(suggestion, field)) for field in ("modality", "actor", "voice", "coder")),
        ("score", repr(suggestion.score)),
        *(("reason", reason.text) for reason in suggestion.reasons),
        ("verdict", decision.verdict.value),
        ("analyst", decision.analyst),
        ("decided", decision.at),
        ("comment", decision.comment),
    ]
    tagged = bool(name) and suggestion.modality is not Modality.NEGATED
    return maker.thing(CITATION, citation.id, values, [technique_tag(name)] if tagged else ())


def _attribution(claim: Attribution, report_id: str, maker: Maker) -> Object:
    said = [("actor", claim.actor), ("sponsor", claim.to), ("by", claim.by)]
    said += [("strength", claim.strength), ("confidence", claim.confidence)]
    key = "|".join((report_id, *(value for _, value in said), str(claim.spans[0].start) if claim.spans else ""))
    return maker.thing(ATTRIBUTION, key, [*said, *_evidence(claim.spans, report_id)])


def _narrative(told: Narrative, report_id: str, maker: Maker) -> Object:
    made = maker.thing(NARRATIVE, f"{report_id}|{told.text}", [("narrative-summary", told.text)])
    return made | {"comment": FACT.join(filter(None, (_facts(("by", told.by)), _at(report_id, told.spans))))}


def _evidence(spans: tuple[Span, ...], report_id: str) -> list[tuple[str, str]]:
    """The quotes, and where each stands: code points of the report's text, end exclusive."""
    pairs = [(("quote", span.quote), ("place", f"{span.start}-{span.end}")) for span in spans]
    return [("report", report_id), *chain.from_iterable(pairs)]


def _event_reports(coded: CodedIncident, framework: Framework, maker: Maker) -> Iterator[Object]:
    for report in coded.reports:
        yield _written(_report_uuid(report.id, maker), report.title or report.source, report.text, maker)
    lines = [statement.text for statement in coded.case.summary]
    lines += [
        f"**{c.suggestion.code.id} {_name(c, framework)}** ({c.suggestion.modality.value}): "
        + " […] ".join(f"“{' '.join(span.quote.split())}”" for span in c.suggestion.spans)
        for c in coded.citations
    ]
    if lines:
        yield _written(coding_uuid(maker.event), f"Coding: {coded.incident.name}", "\n\n".join(lines), maker)


def coding_uuid(event_id: str) -> str:
    """The id of the event report that sums up the coding; it follows from the rest and is not read again."""
    return str(uuid_for("misp", event_id, "coding"))


def _report_uuid(report_id: str, maker: Maker) -> str:
    return maker.uuid("event report", report_id)


def _written(uuid: str, name: str, content: str, maker: Maker) -> Object:
    frame = {"uuid": uuid, "name": name, "content": content}
    return {**frame, "timestamp": maker.at, "distribution": "5", "deleted": False}


def _name(citation: Citation, framework: Framework) -> str:
    technique = framework.named(citation.suggestion.code)
    return technique.name if technique else ""


EXPORTER = Exporter(label="MISP event", suffix=".json", media_type="application/json", write=write)
