"""One incident as STIX objects; what it shares with others goes to `Gathered`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from counterfoil.exchange.stix_content import citation_evidence, found_content, incident_content, report_content
from counterfoil.exchange.stix_found import Found, unplaced
from counterfoil.exchange.stix_gathered import Stamp
from counterfoil.exchange.stix_ids import (
    FOUNDED,
    INCIDENT,
    REPORT,
    Object,
    attack_pattern_id,
    canonical_time,
    client_id,
    without_empty,
)
from counterfoil.exchange.stix_making import Maker, Setting, address, quoted, shortened
from counterfoil.exchange.stix_parties import Parties, attribution_type, parties
from counterfoil.model.catalogue import Counter
from counterfoil.model.coding import Citation, Modality, Reviewed, Verdict
from counterfoil.model.countries import country_code
from counterfoil.model.framework import Code
from counterfoil.model.incident import CodedIncident
from counterfoil.model.report import Report


def case_objects(coded: CodedIncident, setting: Setting) -> Iterator[Object]:
    """The objects of one incident; some, such as techniques, recur in others."""
    case = _case(coded, setting)
    yield case.incident()
    for report in coded.reports:
        yield from case.report(report)
    for counter in coded.counters:
        yield from case.counter(counter)
    case.said_as_a_whole()
    yield from case.maker.links()


def latest(coded: CodedIncident) -> str:
    """When the incident last changed: consumers load a known object again only if this is newer."""
    judged = [one.decision.at for one in coded.uncited if one.decision]
    times = {coded.incident.created, *judged, *(citation.decision.at for citation in coded.citations)}
    return max(map(canonical_time, times))


def _case(coded: CodedIncident, setting: Setting) -> "_Case":
    incident, kind = coded.incident, setting.profile.case
    created = canonical_time(incident.created)

    def identifier(name: str) -> str:
        if kind == "intrusion-set":
            return setting.ids.named(kind, name)
        return setting.ids.of(kind, {"name": name.lower().strip(), "created": created}, (incident.id,))

    name = _free(setting, incident.name, incident.id, identifier)
    stamp = Stamp(incident.id, latest(coded), incident.tlp)
    return _Case(coded, setting, Maker(setting, stamp, identifier(name), created), name)


def _free(setting: Setting, name: str, whose: str, identifier: Callable[[str], str]) -> str:
    """The name, with its owner's id if another goes by the same: else one of the two would be lost."""
    if setting.taken.setdefault(identifier(name), whose) == whose:
        return name
    longer = f"{name} ({whose})"
    setting.taken[identifier(longer)] = whose
    return longer


def _published(report: Report, added: str) -> str:
    """When it was published as a STIX time; when it was added, if it does not say so in a date."""
    try:
        return canonical_time(report.published or added)
    except ValueError:
        return canonical_time(added)


def _happened(citation: Citation) -> bool:
    return citation.suggestion.modality is not Modality.NEGATED


@dataclass(frozen=True, slots=True)
class _Case:
    coded: CodedIncident
    setting: Setting
    maker: Maker
    name: str

    def incident(self) -> Object:
        incident = self.coded.incident
        details = incident.details
        references: list[Object] = []
        if details.external_id:
            facts = ", ".join(filter(None, (details.year, *details.attributed_to, *details.found_in)))
            known = {"source_name": incident.origin or "source", "external_id": details.external_id}
            references.append(known | ({"description": facts} if facts else {}))
        references += [{"source_name": "source", **url} for one in details.references if (url := address(one))]
        cited = "\n\n".join(
            f"{c.suggestion.code.id} ({c.suggestion.modality.value}): {shortened(c.suggestion.spans[0].quote)}"
            for c in self.coded.citations
        )
        summary = details.summary or " ".join(statement.text for statement in self.coded.case.summary)
        return {
            **self.maker.own(self.setting.profile.case, self.maker.id, modified=self.maker.stamp.at),
            "name": self.name,
            "description": "\n\n".join(filter(None, (summary, cited))) or "No technique has been accepted yet.",
            **({"external_references": references} if references else {}),
            **self.maker.marked(),
            "extensions": {INCIDENT: incident_content(self.coded, self.setting.profile.whole)},
        }

    def report(self, report: Report) -> Iterator[Object]:
        """What was found in a report; the report itself is written when all incidents have passed."""
        coded, setting, maker = self.coded, self.setting, self.maker
        extraction = coded.extractions[report.id]
        citations = [one for one in coded.citations if one.suggestion.report == report.id]
        uncited = [one for one in coded.uncited if one.suggestion.report == report.id]
        bulk = None
        if setting.profile.whole:
            reviewed = [*(Reviewed(one.suggestion, one.decision) for one in citations), *uncited]
            bulk = found_content(extraction, reviewed, coded.added[report.id])
        made = self._report(report)
        refs = setting.gathered.sheet(made, maker.stamp, bulk)
        refs[maker.id] = None
        named = parties(setting.ids, setting.gathered, maker.stamp, extraction.actors)
        found = Found(maker, named, report, extraction)
        for thing in self._coded(report, citations, named):
            refs[thing["id"]] = None
            yield thing
        if setting.profile.whole:
            yield from self._rejected(uncited)
        for thing in found.objects(made["published"]):
            refs[thing["id"]] = None
            yield thing
        refs.update(dict.fromkeys(found.refs()))

    def counter(self, counter: Counter) -> Iterator[Object]:
        """A countermeasure, and which of the accepted techniques it is for."""
        setting, maker = self.setting, self.maker
        identifier = setting.ids.course_of_action(counter.id)
        yield maker.own("course-of-action", identifier, FOUNDED) | without_empty(
            {
                "name": counter.name or counter.id,
                "description": counter.summary,
                "external_references": [{"source_name": setting.framework.name, "external_id": counter.id}],
                "x_mitre_id": counter.id if setting.profile.client_ids else "",
            }
        )
        for code in dict.fromkeys(one.suggestion.code for one in self.coded.citations if _happened(one)):
            if setting.framework.named(code) and code.id in counter.techniques:
                target = self._pattern_id(code)
                link = setting.ids.relationship("mitigates", identifier, target)
                ends = {"relationship_type": "mitigates", "source_ref": identifier, "target_ref": target}
                yield maker.own("relationship", link, FOUNDED) | ends

    def said_as_a_whole(self) -> None:
        """Whom its source attributes the incident to, and where it was found."""
        details, maker = self.coded.incident.details, self.maker
        actors = tuple(actor for found in self.coded.extractions.values() for actor in found.actors)
        named = parties(self.setting.ids, self.setting.gathered, maker.stamp, actors)
        source = f" by {self.coded.incident.origin}" if self.coded.incident.origin else ""
        for name in details.attributed_to:
            target = named.named(name)
            maker.collect(attribution_type(maker.id, target), target, f"attributed to {name}{source}")
        for name in details.found_in:
            code = country_code(name)
            where = named.country(code, name) if code else named.place(name)
            maker.collect("related-to", where, f"found in {name}{source}")

    def _report(self, report: Report) -> Object:
        added, setting = self.coded.added[report.id], self.setting
        published = _published(report, added)
        title = report.title or report.source or report.id

        def identifier(name: str) -> str:
            return setting.ids.of("report", {"name": name.lower().strip(), "published": published}, (report.id,))

        name = _free(setting, title, report.id, identifier)
        others = unplaced(self.coded.extractions[report.id], setting.ids.client)
        reference = {"source_name": report.publisher or "source", "description": title, **address(report.url)}
        return {
            "type": "report",
            "id": identifier(name),
            "created": canonical_time(added),
            "name": name,
            **({"description": f"Observables that STIX has no object for: {others}"} if others else {}),
            "report_types": ["campaign"],
            "published": published,
            **({"lang": report.language} if report.language not in ("", "und") else {}),
            "external_references": [reference],
            "extensions": {REPORT: report_content(report, setting.profile.whole)},
        }

    def _pattern_id(self, code: Code) -> str:
        if self.setting.framework.named(code):
            return attack_pattern_id(code.id)
        # Another version may mean something else by the same id: it never becomes the technique in use.
        return client_id("attack-pattern", {"name": str(code).lower()})

    def _pattern(self, code: Code) -> Object:
        technique, phases = self.setting.framework.named(code), self.setting.phases
        served = (technique.tactic, *technique.more_tactics) if technique else ()
        chain = [{"kill_chain_name": "disarm", "phase_name": phases[one]} for one in served if one in phases]
        return self.maker.own("attack-pattern", self._pattern_id(code), FOUNDED) | without_empty(
            {
                "name": technique.name if technique else str(code),
                "description": technique.summary if technique else "",
                "kill_chain_phases": chain,
                "external_references": [{"source_name": code.framework, "external_id": code.id}],
                "x_mitre_id": code.id if technique and self.setting.profile.client_ids else "",
            }
        )

    def _coded(self, report: Report, citations: list[Citation], named: Parties) -> Iterator[Object]:
        """Techniques, and notes on those that did not happen; what was used is only collected here."""
        maker, gathered = self.maker, self.setting.gathered
        for citation in citations:
            suggestion = citation.suggestion
            pattern = self._pattern(suggestion.code)
            yield pattern
            at, words = canonical_time(citation.decision.at), quoted(suggestion.spans)
            evidence = citation_evidence(citation, report.sha256)
            if not _happened(citation):
                abstract = f"Said not to have happened: {suggestion.code.id} {pattern['name']}"
                yield maker.note(at, abstract, words or abstract, [maker.id, pattern["id"]], [evidence])
                continue
            line = f"({suggestion.modality.value}) {words}"
            link = maker.collect("uses", pattern["id"], line, evidence, at)
            if suggestion.actor:
                acting = gathered.link("uses", named.named(suggestion.actor), pattern["id"], maker.stamp)
                gathered.says(acting, line)
                acting.citations[evidence["citation"]] = None
            if citation.decision.comment:
                yield self._comment(citation, evidence["citation"], link, pattern["id"])

    def _comment(self, citation: Citation, key: str, link: str, pattern: str) -> Object:
        """OpenCTI knows an opinion by its time and word alone, so that several would become one: notes there."""
        decision, at = citation.decision, canonical_time(citation.decision.at)
        if self.setting.profile.whole:
            return self.maker.opinion(key, at, decision, "strongly-agree", [link])
        abstract = f"{decision.analyst} accepted {citation.suggestion.code.id}"
        return self.maker.note(at, abstract, decision.comment, [self.maker.id, pattern], [])

    def _rejected(self, uncited: list[Reviewed]) -> Iterator[Object]:
        for one in uncited:
            if one.decision and one.decision.verdict is Verdict.REJECTED:
                pattern, decision = self._pattern(one.suggestion.code), one.decision
                yield pattern
                about = [self.maker.id, pattern["id"]]
                at = canonical_time(decision.at)
                yield self.maker.opinion(decision.suggestion, at, decision, "strongly-disagree", about)
