"""MISP events as a parcel: Counterfoil's own with their evidence, others' with what they say.

An event of ours brings its reports' texts and an object for each citation, which is checked against the text letter
by letter. Of another's event the event reports are the reports; what it says beside them (its name, attributes and
tags) becomes a composed report, so that every code and name has a place to point to.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from counterfoil.errors import EvidenceError, InputError
from counterfoil.exchange.composed import Composition
from counterfoil.exchange.importer import MOST, Importer
from counterfoil.exchange.misp import coding_uuid, event_uuid
from counterfoil.exchange.misp_codes import Names, named_in, version_in
from counterfoil.exchange.misp_found import Found
from counterfoil.exchange.misp_parts import ABOUT, CITATION
from counterfoil.exchange.safe_json import plain, prose
from counterfoil.exchange.safe_json import read as read_json
from counterfoil.model.coding import Modality, Reason, Signature, Suggestion, Verdict
from counterfoil.model.evidence import Span
from counterfoil.model.framework import Code, Framework
from counterfoil.model.ids import short_id
from counterfoil.model.incident import Details, Incident
from counterfoil.model.parcel import ArrivedCode, ArrivedReport, Judged, Parcel, Problem
from counterfoil.model.report import Block, BlockKind, Report

Object = Mapping[str, Any]

_OWN_ID = re.compile(r"I-[0-9a-f]{12}")
_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")
_PARAGRAPH = re.compile(r"\S(?:.*?\S)??(?=\n[ \t]*\n|\s*\Z)", re.DOTALL)
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def recognises(name: str, head: bytes) -> bool:
    """Whether a file's beginning is that of an event, of several, or of a list of them."""
    return name.lower().endswith(".json") and bool(
        re.match(rb'(?:\xef\xbb\xbf)?\s*[\[{]\s*(?:\{\s*)?"(?:Event|response)"\s*:', head)
    )


def read(data: bytes, framework: Framework) -> Parcel:
    """The parcel of a file of events.

    Raises:
        InputError: it is no JSON, or holds no event.
    """
    document, problems = read_json(data, "the MISP file")
    names = Names.of(framework)
    reports: list[ArrivedReport] = []
    incidents: list[Incident] = []
    senders: dict[str, None] = {}
    for number, event in enumerate(_events(document), start=1):
        reader = _Event(event, names, f"event {number}")
        made = reader.reports()
        incidents.append(reader.incident(tuple(one.report.id for one in made)))
        reports += made
        senders[reader.sender] = None
        problems += reader.problems
    if not incidents:
        raise InputError("The MISP file holds no event.", "Export it from MISP as “MISP JSON”.")
    return Parcel(
        "misp", ", ".join(filter(None, senders)), _each_once(reports), tuple(incidents), problems=tuple(problems)
    )


def _events(document: Any) -> Iterator[Object]:
    rows = document if isinstance(document, list) else [document]
    for row in rows:
        inner = row.get("response") if isinstance(row, dict) and "response" in row else row
        for one in inner if isinstance(inner, list) else [inner]:
            event = one.get("Event") if isinstance(one, dict) else None
            if isinstance(event, dict):
                yield event


def _each_once(reports: list[ArrivedReport]) -> tuple[ArrivedReport, ...]:
    """Reports that several events rest on come with all their codes."""
    merged: dict[str, ArrivedReport] = {}
    for one in reports:
        known = merged.get(one.report.id)
        if known is None:
            merged[one.report.id] = one
            continue
        codes = {code.suggestion.id: code for code in (*one.codes, *known.codes)}
        merged[one.report.id] = ArrivedReport(known.report, known.extraction, tuple(codes.values()), known.added)
    return tuple(merged.values())


@dataclass(slots=True)
class _Event:
    """One event: what it brings, and the problems met on the way."""

    event: Object
    names: Names
    where: str
    problems: list[Problem] = field(default_factory=list)

    @property
    def uuid(self) -> str:
        written = plain(self.event.get("uuid"))
        return written.lower() if _UUID.fullmatch(written) else ""

    @property
    def sender(self) -> str:
        for key in ("Orgc", "Org"):
            who = self.event.get(key)
            if isinstance(who, dict) and plain(who.get("name")):
                return plain(who["name"])
        return ""

    def incident(self, reports: tuple[str, ...]) -> Incident:
        """The incident: its own id if it is ours, else one of the event's id."""
        internal = self._internal()
        own = internal.get("Counterfoil's incident", [""])[0]
        ours = bool(_OWN_ID.fullmatch(own)) and event_uuid(own) == self.uuid
        name = plain(self.event.get("info"), 500) or f"MISP event {self.uuid or self.where}"
        details = Details(
            external_id=internal.get("external id", [""])[0] if ours else self.uuid,
            summary=internal.get("summary", [""])[0],
            year=internal.get("year", [""])[0],
            attributed_to=tuple(internal.get("attributed to", ())),
            found_in=tuple(internal.get("found in", ())),
            references=tuple(value for _, value, note in self._attributes() if note == "reference"),
            tlp=self._tlp(),
        )
        opened = internal.get("opened", [""])[0]
        made = opened if ours and _is_time(opened) else self._day()
        origin = internal.get("origin", [""])[0] if ours else f"MISP {self.sender}".strip()
        identity = own if ours else short_id("I", "misp", self.uuid or name, made)
        return Incident(identity, name, tuple(sorted(reports)), made, origin, details)

    def reports(self) -> list[ArrivedReport]:
        """The reports, each with its codes and with what the event names in it."""
        texts = {report.id: (report, added) for report, added in self._texts()}
        codes: dict[str, list[ArrivedCode]] = {report_id: [] for report_id in texts}
        known: set[str] = set()
        for one in self._things(CITATION.name):
            arrived = self._citation(one, {key: report for key, (report, _) in texts.items()})
            if arrived:
                codes[arrived.suggestion.report].append(arrived)
                known.add(arrived.suggestion.code.id)
        beside = Composition(f"misp:{self.uuid or self.where}", {"title": plain(self.event.get("info"), 500)})
        loose = self._loose_codes(beside, known)
        found = Found.of([report for report, _ in texts.values()], beside, self.where)
        for kind, value, comment in self._attributes():
            found.attribute(kind, value, comment)
        for thing in self._all_things():
            found.thing(plain(thing.get("name")), self._values(thing), plain(thing.get("comment"), 60_000))
        extractions, composed = found.extractions()
        self.problems += found.problems
        made = [
            ArrivedReport(report, extractions[report_id], tuple(codes[report_id]), added)
            for report_id, (report, added) in texts.items()
        ]
        if composed:
            asked = tuple(ArrivedCode(self._suggestion(composed, place, code)) for code, place in loose)
            made.append(ArrivedReport(composed, extractions[composed.id], asked))
        return made

    def _texts(self) -> Iterator[tuple[Report, str]]:
        """Each event report as a report, with when it was added where we wrote it."""
        about = {values["event-report"][0]: values for values in self._described() if values.get("event-report")}
        derived = coding_uuid(self.uuid)
        for number, one in enumerate(_list(self.event, "EventReport"), start=1):
            uuid, content = plain(one.get("uuid")), one.get("content")
            if uuid == derived or one.get("deleted") in (True, "1", 1):
                continue
            if not isinstance(content, str) or not content.strip():
                self._note(f"event report {number}", "it has no text")
                continue
            known = {key: value[0] for key, value in about.get(uuid, {}).items()}
            text = content if known else prose(content, 5_000_000)
            report = _report(text, known, plain(one.get("name"), 500), self.uuid or self.where)
            if known.get("text-sha256", report.sha256) != report.sha256:
                self._note(f"event report {number}", "its text is not the one that its citations were made on")
            yield report, known.get("added", "") if _is_time(known.get("added", "")) else ""

    def _described(self) -> Iterator[dict[str, list[str]]]:
        return (self._values(thing) for thing in self._things(ABOUT.name))

    def _citation(self, thing: Object, texts: Mapping[str, Report]) -> ArrivedCode | None:
        """A citation of ours with its evidence; None (and a problem) where it does not hold."""
        values = self._values(thing)
        one = {name: found[0] for name, found in values.items()}
        where = f"citation of {one.get('technique', 'no technique')}"
        report = texts.get(one.get("report", ""))
        if report is None:
            self._note(where, f"the report {plain(one.get('report'), 40)!r} that it rests on is not in the event")
            return None
        try:
            spans = tuple(_spans(report, values.get("place", []), values.get("quote", [])))
            suggestion = Suggestion(
                report=report.id,
                code=Code(one["framework"], one["version"], one["technique"]),
                spans=spans,
                coder=one.get("coder", "import misp"),
                score=min(1.0, max(0.0, float(one.get("score", "1")))),
                reasons=tuple(Reason(text) for text in values.get("reason", [])),
                modality=Modality(one.get("modality", Modality.OBSERVED)),
                actor=one.get("actor", ""),
                voice=one.get("voice", ""),
            )
            verdict = Verdict(one["verdict"]) if one.get("verdict") else None
        except (KeyError, ValueError, EvidenceError) as error:
            self._note(where, f"it cannot be read: {plain(str(error))}")
            return None
        if verdict is None or not (one.get("analyst") and _is_time(one.get("decided", ""))):
            return ArrivedCode(suggestion)
        signature = Signature(one["analyst"], one["decided"], one.get("comment", ""))
        return ArrivedCode(suggestion, Judged(verdict, signature))

    def _loose_codes(self, beside: Composition, known: set[str]) -> list[tuple[Code, tuple[int, int]]]:
        """Codes that tags give, other than those of our citations, each with its line of the composed report."""
        version = version_in(self._tags(self.event))
        tags = [(tag, "", "") for tag in self._tags(self.event)]
        tags += [(tag, value, comment) for value, comment, found in self._tagged() for tag in found]
        made: dict[tuple[Code, str], tuple[int, int]] = {}
        for tag, value, comment in tags:
            name = named_in(tag)
            if not name:
                continue
            code = self.names.code(name, version, self._external_ids().get(name, ""))
            if code is None:
                self._note(f"tag {plain(tag, 120)}", "no technique of that name is known")
            elif code.id not in known or value:
                line = ": ".join(filter(None, (name, value, comment)))
                if (code, line) not in made:
                    made[code, line] = beside.add(line)
        return [(code, place) for (code, _), place in made.items()]

    def _suggestion(self, report: Report, place: tuple[int, int], code: Code) -> Suggestion:
        reason = Reason(f"tagged so in the MISP event {self.uuid}")
        coder = f"import misp: {self.sender}".removesuffix(": ")
        return Suggestion(report.id, code, (report.span(*place),), coder, 1.0, (reason,))

    def _tagged(self) -> Iterator[tuple[str, str, list[str]]]:
        """Values with their comments and tags: of attributes, and of objects that are not our citations."""
        others = (thing for thing in self._all_things() if plain(thing.get("name")) != CITATION.name)
        for holder in (self.event, *others):
            for raw in _list(holder, "Attribute"):
                yield _value(raw), _comment(raw), self._tags(raw)

    def _attributes(self) -> Iterator[tuple[str, str, str]]:
        """Type, value and comment of the event's own attributes that are not deleted."""
        for number, raw in enumerate(_list(self.event, "Attribute"), start=1):
            if number > MOST:
                break
            if raw.get("deleted") in (True, "1", 1):
                continue
            kind, value = plain(raw.get("type"), 60), _value(raw)
            if kind and value:
                yield kind, value, _comment(raw)
            else:
                self._note(f"attribute {number}", "it has no type or no value")

    def _internal(self) -> dict[str, list[str]]:
        rows: dict[str, list[str]] = {}
        for raw in _list(self.event, "Attribute"):
            if raw.get("category") == "Internal reference" and raw.get("type") == "text":
                rows.setdefault(_comment(raw), []).append(_value(raw))
        return rows

    def _things(self, name: str) -> Iterator[Object]:
        return (thing for thing in self._all_things() if plain(thing.get("name")) == name)

    def _all_things(self) -> list[Object]:
        return [thing for thing in _list(self.event, "Object") if thing.get("deleted") not in (True, "1", 1)]

    def _values(self, thing: Object) -> dict[str, list[str]]:
        ours = plain(thing.get("name")).startswith("counterfoil-")  # quotes are letter by letter
        values: dict[str, list[str]] = {}
        for raw in _list(thing, "Attribute"):
            said = raw.get("value") if ours and isinstance(raw.get("value"), str) else _value(raw)
            values.setdefault(plain(raw.get("object_relation")), []).append(str(said))
        return values

    def _tags(self, holder: Object) -> list[str]:
        return [plain(tag.get("name"), 500) for tag in _list(holder, "Tag")]

    def _external_ids(self) -> dict[str, str]:
        """Name -> external id, where MISP resolved the tags before it exported the event."""
        clusters = (cluster for galaxy in _list(self.event, "Galaxy") for cluster in _list(galaxy, "GalaxyCluster"))
        found: dict[str, str] = {}
        for cluster in clusters:
            meta = cluster.get("meta")
            ids = meta.get("external_id") if isinstance(meta, dict) else None
            first = ids[0] if isinstance(ids, list) and ids else ids
            if plain(first):
                found[plain(cluster.get("value"), 500)] = plain(first)
        return found

    def _tlp(self) -> str:
        """The narrowest TLP label among the tags, the old WHITE as CLEAR."""
        order = ("red", "amber+strict", "amber", "green", "clear", "white")
        said = {tag.lower().removeprefix("tlp:") for tag in self._tags(self.event) if tag.lower().startswith("tlp:")}
        for tag in sorted(said - set(order)):
            self._note(f"tag tlp:{tag}", "there is no such TLP label; treated as red")
        if said - set(order):
            return "red"
        found = next((label for label in order if label in said), "")
        return "clear" if found == "white" else found

    def _day(self) -> str:
        written = plain(self.event.get("date"))
        if re.fullmatch(r"\d{4}-\d\d-\d\d", written) and _is_time(f"{written}T00:00:00.000Z"):
            return f"{written}T00:00:00.000Z"
        self._note("date", f"{written!r} is no day; the event's own time stands for it")
        stamp = plain(str(self.event.get("timestamp", "")))
        moment = datetime.fromtimestamp(int(stamp) if re.fullmatch(r"\d{1,10}", stamp) else 0, UTC)
        return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")

    def _note(self, where: str, what: str) -> None:
        problem = Problem(f"{self.where}, {where}", what)
        if problem not in self.problems:
            self.problems.append(problem)


def _report(text: str, known: Mapping[str, str], name: str, event: str) -> Report:
    fields: dict[str, Any] = {
        key: known.get(key, "") for key in "title author publisher published url language".split()
    }
    if not known:
        fields["title"] = name
    fields["language"] = fields["language"] or "und"
    blocks = tuple(Block(BlockKind.PARAGRAPH, match.start(), match.end()) for match in _PARAGRAPH.finditer(text))
    return Report(text, known.get("source") or f"misp:{event}", blocks=blocks, **fields)


def _spans(report: Report, places: list[str], quotes: list[str]) -> Iterator[Span]:
    if not places or len(places) != len(quotes):
        raise ValueError("it has no place in the text, or not one for each quote")
    for place, quote in zip(places, quotes, strict=True):
        match = _PLACE.fullmatch(place)
        if match is None:
            raise ValueError(f"{place[:40]!r} is no place in a text")
        yield Span.check(report.text, int(match[1]), int(match[2]), quote)


def _list(holder: Object, key: str) -> list[Object]:
    rows = holder.get(key)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _value(raw: Object) -> str:
    return prose(raw.get("value"))


def _comment(raw: Object) -> str:
    return plain(raw.get("comment"), 60_000)


def _is_time(written: str) -> bool:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return False
    return moment.tzinfo is not None


IMPORTER = Importer(label="MISP event", recognises=recognises, read=read)
