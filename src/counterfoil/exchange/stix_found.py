"""What extraction found in a report, as STIX objects: parties and what is said of them, narratives, traces."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass

from counterfoil.exchange.stix_content import item_evidence
from counterfoil.exchange.stix_ids import FOUNDED, OPENCTI_EXTENSION, Object
from counterfoil.exchange.stix_making import Maker, quoted
from counterfoil.exchange.stix_observables import observable_object
from counterfoil.exchange.stix_parties import Parties, attribution_type
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Attribution, Extraction
from counterfoil.model.report import Report


@dataclass(frozen=True, slots=True)
class Found:
    """A report's extraction, on its way out."""

    maker: Maker
    parties: Parties
    report: Report
    extraction: Extraction

    def objects(self, published: str) -> Iterator[Object]:
        """The objects; what stands for several incidents is only collected. `published` is a STIX time."""
        for actor in self.extraction.actors:
            self.parties.mentioned(actor)
        for claim in self.extraction.attributions:
            yield from self._attribution(claim)
        self._targets()
        yield from self._narratives()
        observed = yield from self._observables(published)
        self._sightings(observed)

    def refs(self) -> Iterator[str]:
        """The ids of what the report names besides."""
        yield from (self.parties.mentioned(actor) for actor in self.extraction.actors)
        yield from (self.parties.target(target) for target in self.extraction.targets)

    def _evidence(self, spans: tuple[Span, ...], **said: str) -> Object:
        return item_evidence(self.report.id, self.report.sha256, spans, said)

    def _attribution(self, claim: Attribution) -> Iterator[Object]:
        maker = self.maker
        source, target = self.parties.named(claim.actor), self.parties.named(claim.to)
        evidence = self._evidence(
            claim.spans,
            actor=claim.actor,
            to=claim.to,
            by=claim.by,
            strength=claim.strength,
            confidence=claim.confidence,
        )
        by = f" by {claim.by}" if claim.by else ""
        sure = f" ({claim.confidence} confidence)" if claim.confidence else ""
        if claim.strength == "denied":
            abstract = f"Denied{by}: that {claim.actor} acts for, or is linked to, {claim.to}{sure}"
            about = list(dict.fromkeys((maker.id, source, target)))
            yield maker.note(maker.created, abstract, quoted(claim.spans) or abstract, about, [evidence])
            return
        if source == target:
            return
        gathered = maker.setting.gathered
        link = gathered.link(attribution_type(source, target), source, target, maker.stamp)
        gathered.says(link, f"{claim.strength}{by}{sure}: {quoted(claim.spans)}")
        link.evidence.append(evidence)

    def _targets(self) -> None:
        gathered = self.maker.setting.gathered
        for target in self.extraction.targets:
            made = self.parties.target(target)
            words = ", ".join(filter(None, (target.name, target.role, target.when)))
            line = f"{words}: {quoted(target.spans)}"
            evidence = self._evidence(target.spans, target=target.name, role=target.role, by=target.by)
            self.maker.collect("targets", made, line, evidence)
            if target.by and (source := self.parties.named(target.by)) != made:
                gathered.says(gathered.link("targets", source, made, self.maker.stamp), line)

    def _narratives(self) -> Iterator[Object]:
        maker = self.maker
        gathered = maker.setting.gathered
        # OpenCTI lets in what "uses" a narrative from some types of object only, and "related-to" from all.
        kind = "related-to" if maker.setting.ids.client else "uses"
        for narrative in self.extraction.narratives:
            made = {
                **maker.own("narrative", maker.setting.ids.named("narrative", narrative.text), FOUNDED),
                "name": narrative.text,
                **maker.marked(),
                "extensions": {OPENCTI_EXTENSION: {"extension_type": "new-sdo"}},
            }
            yield made
            line, evidence = quoted(narrative.spans), self._evidence(narrative.spans, by=narrative.by)
            maker.collect(kind, made["id"], line, evidence)
            if narrative.by:
                link = gathered.link(kind, self.parties.named(narrative.by), made["id"], maker.stamp)
                gathered.says(link, line)

    def _observables(self, published: str) -> Generator[Object, None, str]:
        """Yields them, and returns the id of their observed-data; "" if there are none."""
        maker = self.maker
        opencti = maker.setting.ids.client
        seen = [made for one in self.extraction.observables if (made := observable_object(one, opencti))]
        yield from (made | maker.marked() for made in seen)
        if not seen:
            return ""
        refs = sorted({made["id"] for made in seen})
        identifier = maker.setting.ids.of("observed-data", {"objects": refs}, (self.report.id,))
        yield {
            **maker.own("observed-data", identifier, published),
            "first_observed": published,
            "last_observed": published,
            "number_observed": 1,
            "object_refs": refs,
            **maker.marked(),
        }
        return identifier

    def _sightings(self, observed: str) -> None:
        """Who published the report has seen the operations that it names."""
        operations = [actor for actor in self.extraction.actors if actor.is_operation]
        if not operations or not self.report.publisher:
            return
        where = self.parties.identity(self.report.publisher, "organization")
        only = observed if len(operations) == 1 else ""
        for actor in operations:
            self.maker.setting.gathered.sight(self.parties.acting(actor), where, self.report.id, only, self.maker.stamp)


def unplaced(extraction: Extraction, opencti: bool) -> str:
    """The observables that STIX has no object for, in words."""
    others = [one for one in extraction.observables if observable_object(one, opencti) is None]
    return "; ".join(f"{one.type} {one.value}" for one in others)
