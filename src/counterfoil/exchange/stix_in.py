"""STIX 2.1 as a parcel: Counterfoil's own bundles as they were, anybody else's as composed reports and suggestions.

What an object of ours carries in our extensions is read from there. Of all other bundles incidents, reports, actors,
places, observables, narratives, techniques and what links them become ours; every other object, and every property
that STIX does not define, is kept as it came and leaves again with its incident. docs/stix.md lists what becomes what.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from counterfoil.errors import UsageError
from counterfoil.exchange.importer import Importer
from counterfoil.exchange.safe_json import plain, prose, read_listed
from counterfoil.exchange.stix_frame import any_label_of
from counterfoil.exchange.stix_ids import EVIDENCE, INCIDENT, OPENCTI_EXTENSION, PRODUCER, REPORT, stix_id
from counterfoil.exchange.stix_in_kept import Keeper, is_whole
from counterfoil.exchange.stix_in_objects import Object, Objects, extension, objects_of, refs
from counterfoil.exchange.stix_in_own import OwnReader
from counterfoil.exchange.stix_in_sheets import Sheet, made_of, sort
from counterfoil.exchange.stix_in_vendor import SheetReader, web_links
from counterfoil.exchange.stix_observables import observable_object
from counterfoil.model.framework import Framework
from counterfoil.model.ids import short_id
from counterfoil.model.incident import Details, Incident
from counterfoil.model.judging import NameDecision
from counterfoil.model.kept import Kept
from counterfoil.model.marking import tlp
from counterfoil.model.parcel import ArrivedReport, Parcel

#: What a round trip loses, by profile of the exporter; docs/stix.md has the same list.
LOSSES: Mapping[str, str] = {
    "opencti, disinfox": "reports' texts, spans, decisions, suggestions that are no citation, items without an object: "
    "where the incident's reports are here, it adds nothing but new techniques; elsewhere its words are read "
    "as a stranger's, under the incident's own id",
    "counterfoil": "nothing of an incident; a decision that was superseded or taken back stays in its workspace",
}
_HEAD = re.compile(rb'"type"\s*:\s*"bundle"|"spec_version"\s*:\s*"2\.[01]"|"id"\s*:\s*"bundle--')


def recognises(_name: str, head: bytes) -> bool:
    """Whether a file's beginning is that of a bundle or of a TAXII envelope."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") and _HEAD.search(head) is not None


def read(data: bytes, framework: Framework) -> Parcel:
    """The parcel of a bundle.

    Raises:
        InputError: it is no JSON, holds no list of objects, or is too large or deep.
    """
    document, mended = read_listed(data, "the STIX file")
    del data  # as large as all that was made of it
    objects = objects_of(document)
    sender = _sender(objects)
    reading = _Reading(objects, framework, sender, f"import stix: {sender or 'unknown'}")
    reading.own()
    reading.others()
    return Parcel(
        "stix",
        sender,
        tuple(reading.reports),
        tuple(reading.incidents),
        tuple(reading.names),
        tuple(reading.keeper.kept),
        (*mended, *objects.problems),
    )


def _sender(objects: Objects) -> str:
    """Who signs most of the objects."""
    signers = (thing.get("created_by_ref") for thing in objects.by_id.values())
    signed = Counter(one for one in signers if isinstance(one, str) and one in objects.by_id)
    return objects.name(signed.most_common(1)[0][0]) if signed else ""


@dataclass(slots=True)
class _Reading:
    """What was read so far; `done` are the ids of objects that have nothing more to say."""

    objects: Objects
    framework: Framework
    sender: str
    coder: str
    reports: list[ArrivedReport] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    names: list[NameDecision] = field(default_factory=list)
    done: set[str] = field(default_factory=set)
    keeper: Keeper = field(default_factory=Keeper)
    links: dict[str, list[Object]] = field(default_factory=dict)  #: relationships by their source

    def own(self) -> None:
        """Read what carries our extensions with everything in them."""
        reader = OwnReader(self.objects, self.coder)
        by_id: dict[str, str] = {}
        for thing in self.objects.of("report"):
            made = reader.report(thing)
            if made:
                self.reports.append(made)
                self.done.add(thing["id"])
                by_id[made.report.id] = thing["id"]
        known = {made.report.id: made.report for made in self.reports}
        whole = bool(by_id)
        for thing in self.objects.of("incident"):
            if not extension(thing, INCIDENT):
                continue
            carried = reader.incident(thing, known)
            if carried is None:
                whole = False
                continue
            incident, names = carried
            self.incidents.append(self._marked(incident, [thing]))
            self.names += [one for one in names if one not in self.names]
            self.done.add(thing["id"])
            for one in (thing["id"], *(by_id[report] for report in incident.reports)):
                self.keeper.homes.setdefault(one, incident.id)
        whole = whole or bool(self.incidents and not by_id)
        if whole:
            self._pass_over()

    def _pass_over(self) -> None:
        """All other objects of ours say again what the extensions say."""
        self.done |= {one["id"] for one in self.objects.by_id.values() if one.get("created_by_ref") == PRODUCER}
        self.done |= {
            one for one in self.objects.by_id if one in (PRODUCER, EVIDENCE, REPORT, INCIDENT, OPENCTI_EXTENSION)
        }
        for made in self.reports:
            for opencti in (False, True):
                seen = (observable_object(one, opencti) for one in made.extraction.observables)
                self.done |= {one["id"] for one in seen if one}
        first = self.incidents[0].id if self.incidents else ""
        for thing in self.objects.by_id.values():
            if thing["id"] in self.done:
                self.keeper.properties(thing, thing["id"], self._home(thing, first))
        self.keeper.same |= self.objects.by_id.keys()  # in a bundle of ours all have the ids with which they leave
        for thing in self.objects.by_id.values():
            if thing["id"] not in self.done and not any_label_of(thing["id"]):
                self.keeper.whole(thing, self._home(thing, first))
                self.done.add(thing["id"])
        self.objects.problems += self.keeper.problems
        self.keeper.problems.clear()

    def _home(self, thing: Object, first: str) -> str:
        """The incident with which an object leaves: one that it refers to, or the first."""
        ends = (thing["id"], thing.get("source_ref"), thing.get("target_ref"), *refs(thing))
        return next(
            (self.keeper.homes[one] for one in ends if isinstance(one, str) and one in self.keeper.homes), first
        )

    def others(self) -> None:
        """Read what others say."""
        left = [thing for thing in self.objects.by_id.values() if thing["id"] not in self.done]
        if not any(not any_label_of(thing["id"]) for thing in left):
            return
        for link in self.objects.of("relationship"):
            self.links.setdefault(str(link.get("source_ref")), []).append(link)
        ordered = sort(self.objects, frozenset(self.done))
        reader = SheetReader(self.objects, self.framework, self.coder, _used(left), _spoken(left))
        made: dict[str, str] = {}
        composed: dict[str, ArrivedReport] = {}
        for sheet in ordered.sheets:
            report = reader.read(sheet, self.sender)
            reader.places.clear()
            if report:
                composed[sheet.key] = replace(report, stands_for=made_of(sheet))
                made[sheet.key] = report.report.id
        sheets = {sheet.key: sheet for sheet in ordered.sheets}
        for case, keys in ordered.cases:
            things = [thing for key in keys for thing in sheets[key].things]
            abouts = [about for key in keys if (about := sheets[key].about)]
            incident = self._incident(case, [made[key] for key in keys if key in made])
            self.incidents.append(self._marked(incident, [*filter(None, [case]), *abouts, *things]))
            for thing in (*filter(None, [case]), *abouts, *things):
                self.keeper.homes.setdefault(thing["id"], incident.id)
            self.keeper.rename(case, stix_id("incident", incident.id))
        for key, report_id in made.items():
            if key and sheets[key].about is not None and key.partition("--")[0] in ("report", "grouping"):
                self.keeper.rename(sheets[key].about, stix_id("report", report_id))
        self._keep(left, reader.spoken)
        self._with_kept(composed, sheets)

    def _with_kept(self, composed: Mapping[str, ArrivedReport], sheets: Mapping[str, Sheet]) -> None:
        """What is on the sheet of something of ours is kept only if that is not here: else it is made anew."""
        homes = {
            identifier: key
            for key, made in composed.items()
            if made.stands_for
            for thing in sheets[key].things
            for identifier in (thing["id"], self.keeper.ours.get(thing["id"], ""))
        }
        along: dict[str, list[Kept]] = {}
        for one in self.keeper.kept:
            along.setdefault(homes.get(one.key, ""), []).append(one)
        self.keeper.kept = along.pop("", [])
        self.reports += [replace(made, kept=tuple(along.get(key, ()))) for key, made in composed.items()]

    def _keep(self, left: Iterable[Object], spoken: frozenset[str]) -> None:
        """Whatever has no place here, and properties that STIX does not know."""
        first = self.incidents[0].id if self.incidents else ""
        whole = [thing for thing in left if is_whole(thing, spoken) and not any_label_of(thing["id"])]
        self.keeper.learn(left, whole, self.framework)
        for thing in whole:
            self.keeper.whole(thing, self._home(thing, first))
        for thing in left:
            if not is_whole(thing, spoken):
                self.keeper.properties(thing, self.keeper.ours.get(thing["id"], ""), self._home(thing, first))
        self.objects.problems += self.keeper.problems

    def _incident(self, case: Object | None, reports: Sequence[str]) -> Incident:
        about = case or {}
        ours = OwnReader(self.objects, self.coder).incident_on(about, reports)
        if ours:
            return ours[0]
        key = about.get("id", "") or "|".join(reports)
        seen = plain(about.get("first_seen")) or plain(about.get("published")) or ""
        links = self.links.get(key, []) if case else []

        def ends(*kinds: str, to: str = "") -> tuple[str, ...]:
            named = (
                self.objects.name(one.get("target_ref"))
                for one in links
                if one.get("relationship_type") in kinds and str(one.get("target_ref")).startswith(to)
            )
            return tuple(dict.fromkeys(filter(None, named)))

        return Incident(
            id=short_id("I", "stix", key),
            name=plain(about.get("name")) or self.sender or "STIX bundle",
            reports=tuple(sorted(set(reports))),
            created=plain(about.get("created")),
            origin=f"STIX, {self.sender}" if self.sender else "STIX",
            details=Details(
                external_id=plain(about.get("id")),
                summary=prose(about.get("description")),
                year=seen[:4],
                attributed_to=ends("attributed-to"),
                found_in=ends("targets", "located-at", "related-to", to="location--"),
                references=tuple(web_links(about)),
            ),
        )

    def _marked(self, incident: Incident, things: Iterable[Object]) -> Incident:
        """With the strictest label of all that it is made of; as it is where that says nothing more."""
        labels = {
            label for thing in things for one in refs(thing, "object_marking_refs") if (label := any_label_of(one))
        }
        strictest = max(labels, key=lambda label: label.rank, default=None)
        try:
            said = tlp(incident.details.tlp)
        except UsageError:
            return incident  # no label that there is: whoever applies it says so, and takes the strictest
        if strictest is None or said.rank >= strictest.rank:
            return incident
        return replace(incident, details=replace(incident.details, tlp=strictest.value))


def _used(things: Iterable[Object]) -> frozenset[str]:
    """The attack-patterns that something is said to use."""
    links = (one for one in things if one["type"] == "relationship" and one.get("relationship_type") == "uses")
    return frozenset(str(one.get("target_ref")) for one in links)


def _spoken(things: list[Object]) -> frozenset[str]:
    """The identities that sign objects, and that nothing else refers to."""
    signers = {str(one.get("created_by_ref")) for one in things}
    meant = {
        str(one.get(end)) for one in things if one["type"] == "relationship" for end in ("source_ref", "target_ref")
    }
    meant |= {ref for one in things for ref in (*refs(one), *refs(one, "where_sighted_refs"))}
    return frozenset(one for one in signers - meant if one.startswith("identity--"))


IMPORTER = Importer(label="STIX 2.1", recognises=recognises, read=read)
