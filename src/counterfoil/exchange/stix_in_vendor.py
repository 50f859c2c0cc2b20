"""A sheet of a stranger's objects as a composed report: each object a paragraph, each `uses` a code on one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from counterfoil.exchange.composed import Composition, span_in
from counterfoil.exchange.safe_json import plain, prose
from counterfoil.exchange.stix_in_objects import Object, Objects, texts
from counterfoil.exchange.stix_in_sheets import REPORTS, Sheet
from counterfoil.model.coding import Modality, Reason, Suggestion
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import (
    Actor,
    Alias,
    Attribution,
    Extraction,
    Narrative,
    Observable,
    Place,
    Target,
)
from counterfoil.model.framework import Code, Framework
from counterfoil.model.parcel import ArrivedCode, ArrivedReport
from counterfoil.model.report import BlockKind, Report

PLACE = tuple[int, int]

_TECHNIQUE = re.compile(r"T\d{4}(?:\.\d{3})?")
_FOREIGN_NAME = re.compile(r"(\S.*?) (\d[\w.]*) (T\d{4}(?:\.\d{3})?)")  # as our exporter names another version's
_MODALITY = re.compile(r"\((observed|assessed|warned|negated)\) ")
_COUNTRY = re.compile(r"[A-Z]{2}")
_OBSERVABLES = {"domain-name", "url", "email-addr", "ipv4-addr", "ipv6-addr"}
_OPENCTI_OBSERVABLES = {"phone-number": "phone-number", "cryptocurrency-wallet": "wallet-address"}
_SAID = ("note", "opinion", "sighting")
#: Types that become something of ours; all others are kept as they came.
TAKEN = frozenset(
    "incident campaign intrusion-set threat-actor report grouping attack-pattern identity location relationship "
    "narrative domain-name url email-addr ipv4-addr ipv6-addr user-account file phone-number "
    "cryptocurrency-wallet".split()
)


@dataclass(slots=True)
class SheetReader:
    """Writes the paragraphs down, then points into them."""

    objects: Objects
    framework: Framework
    coder: str
    used: frozenset[str]  #: ids of attack-patterns that a relationship of the bundle says are used
    spoken: frozenset[str]  #: ids of identities that only sign objects
    meant: dict[str, tuple[Code, str]] = field(default_factory=dict)  #: by attack-pattern
    places: list[tuple[Object, PLACE, PLACE]] = field(default_factory=list)  #: object, paragraph, what it says itself

    def read(self, sheet: Sheet, sender: str) -> ArrivedReport | None:
        """The report; None if there is nothing to say."""
        about = sheet.about or {}
        title = plain(about.get("name")) or sender or "STIX bundle"
        facts: dict[str, Any] = {"title": title, "publisher": sender, "language": _language(about.get("lang"))}
        facts["published"] = plain(about.get("published"))[:10]
        facts["url"] = next((url for _, url in _links(about) if url), "")
        composition = Composition(f"STIX {sheet.key or 'bundle'}", facts)
        composition.add(title, BlockKind.HEADING)
        self._paragraph(composition, about, "", about.get("description"))
        for thing in sheet.things:
            self._thing(composition, thing)
        report = composition.report()
        if not report.text:
            return None
        return ArrivedReport(report, self._extraction(report), tuple(self._codes(report)), plain(about.get("created")))

    def _thing(self, composition: Composition, thing: Object) -> None:
        kind, name = thing["type"], self.objects.name(thing["id"])
        if kind == "relationship":
            ends = [self.objects.name(thing.get(end)) or "something unnamed" for end in ("source_ref", "target_ref")]
            verb = plain(thing.get("relationship_type"), 60).replace("-", " ")
            self._paragraph(composition, thing, f"{ends[0]} {verb} {ends[1]}", thing.get("description"))
        elif kind == "attack-pattern":
            if thing["id"] not in self.used:
                code, called = technique_of(thing, self.framework)
                self._paragraph(composition, thing, " ".join(filter(None, (code.id, called))), None)
        elif kind in _SAID:
            said = [plain(thing.get("abstract")), prose(thing.get("content")), prose(thing.get("explanation"))]
            words = " ".join(filter(None, [*said, prose(thing.get("description"))]))
            if words:
                self._paragraph(composition, thing, kind.capitalize(), words)
        elif kind in TAKEN and kind not in REPORTS and not (kind == "identity" and thing["id"] in self.spoken):
            for value in _values(thing) or [name]:
                also = ", ".join(texts(thing.get("aliases")))
                told = f"{value} (also called {also})" if also else value
                self._paragraph(composition, thing, told, thing.get("description"))

    def _paragraph(self, composition: Composition, thing: Object, name: str, words: object) -> None:
        said = prose(words)
        told = ": ".join(filter(None, (name, said)))
        start, end = composition.add(told)
        if end > start:
            own = (end - len(said), end) if said else (start, end)
            self.places.append((thing, (start, end), own))

    def _extraction(self, report: Report) -> Extraction:
        found: dict[str, dict[Any, Any]] = {
            kind: {} for kind in ("actors", "attributions", "targets", "places", "observables", "narratives")
        }
        for thing, place, _ in self.places:
            span = span_in(report, place)
            if thing["type"] == "relationship":
                self._link(found, thing, span)
            else:
                _item(found, thing, span)
        return Extraction(**{kind: tuple(items.values()) for kind, items in found.items()}, coder=self.coder)

    def _link(self, found: dict[str, dict[Any, Any]], thing: Object, span: Span) -> None:
        source, target = (self.objects.name(thing.get(end)) for end in ("source_ref", "target_ref"))
        kind, to = thing.get("relationship_type"), str(thing.get("target_ref")).partition("--")[0]
        if not source or not target:
            return
        if kind == "attributed-to" and str(thing.get("source_ref")).partition("--")[0] != "incident":
            found["attributions"].setdefault((source, target), Attribution(source, target, "", "asserted", (span,)))
        elif kind == "targets":
            by = source if self._acts(thing.get("source_ref")) else ""
            what = self.objects.by_id[str(thing.get("target_ref"))]
            target_kind = "state" if to == "location" else _TARGET.get(str(what.get("identity_class")), "institution")
            country = plain(what.get("country")).upper() if to == "location" else ""
            country = country if _COUNTRY.fullmatch(country) else ""
            found["targets"].setdefault((target, target_kind), Target(target, "", (span,), by, target_kind, country))

    def _codes(self, report: Report) -> list[ArrivedCode]:
        made = []
        for thing, place, own in self.places:
            if thing["type"] == "attack-pattern":
                made.append(self._code(report, thing, thing, place))
            elif thing["type"] == "relationship" and thing.get("relationship_type") == "uses":
                pattern = self.objects.by_id.get(str(thing.get("target_ref")))
                if pattern and pattern["type"] == "attack-pattern":
                    made.append(self._code(report, thing, pattern, own))
        return made

    def _code(self, report: Report, thing: Object, pattern: Object, place: PLACE) -> ArrivedCode:
        if pattern["id"] not in self.meant:
            self.meant[pattern["id"]] = technique_of(pattern, self.framework)
        code, name = self.meant[pattern["id"]]
        put = _MODALITY.match(report.text[slice(*place)])
        sure = thing.get("confidence")
        known = isinstance(sure, int) and not isinstance(sure, bool) and 0 <= sure <= 100
        return ArrivedCode(
            Suggestion(
                report=report.id,
                code=code,
                spans=(span_in(report, place),),
                coder=self.coder,
                score=(sure or 0) / 100 if known and isinstance(sure, int) else 0.5,
                reasons=(Reason(f"the sender says so in {thing['id']}"),),
                modality=Modality(put[1]) if put else Modality.OBSERVED,
                actor=self.objects.name(thing.get("source_ref")) if self._acts(thing.get("source_ref")) else "",
            ),
            name=name,
        )

    def _acts(self, identifier: object) -> bool:
        return str(identifier).partition("--")[0] in ("intrusion-set", "threat-actor")


_TARGET = {"individual": "person", "class": "community", "group": "community"}
_ACTORS = {"intrusion-set": "actor", "threat-actor": "actor", "campaign": "actor"}
_IDENTITIES = {"individual": "person", "group": "network"}


def _item(found: dict[str, dict[Any, Any]], thing: Object, span: Span) -> None:
    """What an object is among our items."""
    kind, name = thing["type"], plain(thing.get("name"))
    if kind in _ACTORS and name:
        aliases = tuple(Alias(one) for one in dict.fromkeys(texts(thing.get("aliases"))) if one != name)
        found["actors"].setdefault(name, Actor(name, (span,), aliases, _ACTORS[kind]))
    elif kind == "identity" and name:
        found["actors"].setdefault(
            name, Actor(name, (span,), (), _IDENTITIES.get(str(thing.get("identity_class")), "company"))
        )
    elif kind == "location":
        country = plain(thing.get("country")).upper()
        called = name or country or plain(thing.get("region"))
        if called:
            code = country if _COUNTRY.fullmatch(country) else ""
            found["places"].setdefault((called, code), Place(called, code, (span,)))
    elif kind == "narrative" and name:
        found["narratives"].setdefault(name, Narrative(name, (span,)))
    else:
        for made in _observables(thing, span):
            found["observables"].setdefault((made.type, made.value), made)


def _observables(thing: Object, span: Span) -> list[Observable]:
    kind, spans = thing["type"], (span,)
    values = _values(thing)
    if kind in _OBSERVABLES:
        return [Observable(kind, value, spans) for value in values]
    if kind in _OPENCTI_OBSERVABLES:
        return [Observable(_OPENCTI_OBSERVABLES[kind], value, spans) for value in values]
    if kind == "file":
        return [Observable("file-hash", value.lower(), spans) for value in values]
    if kind == "user-account":
        platform = plain(thing.get("account_type"), 60)
        return [Observable("handle", f"@{value.removeprefix('@')}", spans, platform) for value in values]
    return []


def _values(thing: Object) -> list[str]:
    """What a cyber-observable is known by."""
    kind = thing["type"]
    if kind == "file":
        hashes = thing.get("hashes")
        return [plain(one, 200) for one in hashes.values() if plain(one)] if isinstance(hashes, dict) else []
    keys = ("account_login", "display_name", "user_id") if kind == "user-account" else ("value",)
    found = next((plain(thing.get(key), 2000) for key in keys if plain(thing.get(key))), "")
    return [found] if found else []


def technique_of(pattern: Object, framework: Framework) -> tuple[Code, str]:
    """The technique that an attack-pattern stands for, without a version, and what it is called."""
    name = plain(pattern.get("name"))
    listed = [one for one in _list(pattern.get("external_references")) if isinstance(one, dict)]
    ids = [(plain(one.get("external_id"), 40), one) for one in listed]
    ids += [(plain(pattern.get("x_mitre_id"), 40), {})]
    for identifier, reference in ids:
        if _TECHNIQUE.fullmatch(identifier):
            foreign = _FOREIGN_NAME.fullmatch(name)
            if foreign and foreign[3] == identifier:
                return Code(foreign[1], foreign[2], identifier), ""
            return Code(_framework(pattern, reference, framework), "", identifier), name
    return Code(_framework(pattern, {}, framework), "", ""), name


def _framework(pattern: Object, reference: Mapping[str, Any], framework: Framework) -> str:
    """Whose technique it is: DISARM's bundles have MITRE's source name, so that more than that is asked."""
    source, url = plain(reference.get("source_name")), plain(reference.get("url"), 500)
    chains = [
        plain(one.get("kill_chain_name")) for one in _list(pattern.get("kill_chain_phases")) if isinstance(one, dict)
    ]
    if "attack.mitre.org" in url:
        return "ATT&CK"
    if source.casefold() not in ("", "mitre-attack") and not source.casefold().startswith("disarm"):
        return framework.name if source.casefold() == framework.name.casefold() else source
    told = {technique.name.casefold() for technique in framework.techniques.values()}
    ours = source.casefold().startswith("disarm") or "disarm" in chains or "disarm" in url.casefold()
    if ours or not source or plain(pattern.get("name")).casefold() in told:
        return framework.name
    return "ATT&CK"


def _links(thing: Object) -> list[tuple[str, str]]:
    return [
        (plain(one.get("source_name")), plain(one.get("url"), 2000))
        for one in _list(thing.get("external_references"))
        if isinstance(one, dict)
    ]


def web_links(thing: Object) -> list[str]:
    """The addresses that an object refers to."""
    return list(dict.fromkeys(url for _, url in _links(thing) if url.startswith(("http://", "https://"))))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _language(value: object) -> str:
    code = plain(value, 20).lower()[:2]
    return code if re.fullmatch(r"[a-z]{2}", code) else "und"
