"""What a MISP event names beside its codes, found again in its texts or written down in a composed report."""

import re
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from typing import Any

from counterfoil.exchange.composed import Composition
from counterfoil.exchange.misp_parts import ABOUT, AGAIN, ATTRIBUTION, CITATION, FACT, NARRATIVE, OBSERVABLE_OF, REPORT
from counterfoil.exchange.safe_json import plain
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Actor, Alias, Attribution, Extraction, Narrative, Observable, Target
from counterfoil.model.parcel import Problem
from counterfoil.model.report import Report

PLACES = 50  #: of one value in one text that are looked for
MOST_PLACES = 5000  #: of one value that a comment tells
_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")
_ALIAS = re.compile(r"(.+?)(?: \(used by (.+)\))?")
_OF_TYPE = {
    "threat-actor": ("actor", "actor"),
    "campaign-name": ("actor", "network"),
    "target-user": ("target", "person"),
    "target-org": ("target", "institution"),
    "target-location": ("target", "state"),
    "target-external": ("target", "institution"),
}
_PASSED = ("text", "comment", "link", "other", "datetime", "attachment")  #: said in full in the composed report


@dataclass(slots=True)
class Found:
    """Collects actors, targets, observables, narratives and attributions by the report whose text has them.

    What stands in no text gets a line of the composed report `beside`.
    """

    texts: list[Report]
    beside: Composition
    where: str
    problems: list[Problem] = field(default_factory=list)
    _items: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    _waiting: list[tuple[str, Any, tuple[int, int]]] = field(default_factory=list)

    @classmethod
    def of(cls, texts: list[Report], beside: Composition, where: str) -> "Found":
        """Nothing found yet."""
        return cls(texts, beside, where, _items={report.id: {} for report in texts})

    def attribute(self, kind: str, value: str, comment: str) -> None:
        """An attribute of the event: an item of ours where its type or our comment says so, else words."""
        if comment == "reference" or comment in _OWN:
            return
        for part in comment.split(AGAIN):
            self._attribute(kind, value, part)

    def _attribute(self, kind: str, value: str, comment: str) -> None:
        facts = _facts(comment)
        what, of = next(iter(facts.items()), ("", ""))
        if what not in ("actor", "target", "observable"):
            what, of = _OF_TYPE.get(kind, ("observable", OBSERVABLE_OF.get(kind, "")))
        if what == "observable" and kind in ("ip-dst", "ip-src") and not of:
            of = _version(value)
        if what == "actor":
            self._actor(value, of, facts, comment)
        elif what == "target":
            more = {name: facts.get(name, "") for name in ("role", "by", "country", "when")}
            self._place("targets", Target(value, spans=(), kind=of, **more), value, comment)
        elif of:
            self._place("observables", Observable(of, value, (), facts.get("platform", "")), value, comment)
        else:
            if kind not in _PASSED:
                self.problems.append(
                    Problem(f"{self.where}, {kind} {plain(value, 60)!r}", "kept as words: no type of ours fits it")
                )
            self.beside.add(": ".join(filter(None, (kind, value, comment))))

    def thing(self, name: str, values: dict[str, list[str]], comment: str) -> None:
        """An object: narratives and attributions are items, our own reports are known, others are words."""
        one = {key: found[0] for key, found in values.items() if found}
        if name in (CITATION.name, ABOUT.name) or (name == REPORT.name and self._is_own(one.get("case-number", ""))):
            return
        if name == NARRATIVE.name and one.get("narrative-summary"):
            told = one["narrative-summary"]
            self._place("narratives", Narrative(told, (), _facts(comment).get("by", "")), told, comment)
        elif name == ATTRIBUTION.name and one.get("actor") and one.get("sponsor"):
            said = {key: one.get(key, "") for key in ("by", "confidence")}
            strength = one.get("strength", "alleged")
            claim = Attribution(one["actor"], one["sponsor"], strength=strength, spans=(), **said)
            at = " ".join((one.get("report", ""), *values.get("place", ())))
            self._place("attributions", claim, one.get("quote", ""), f"{claim.actor} – {claim.to}; at: {at}")
        else:
            words = "; ".join(f"{key}: {value}" for key, found in values.items() for value in found if value)
            self.beside.add(f"{name}: {words}" if words else "")

    def extractions(self) -> tuple[dict[str, Extraction], Report | None]:
        """What each report has, by its id, and the composed report if anything needed one."""
        composed = self.beside.report()
        if composed.text:
            for kind, item, place in self._waiting:
                self._add(composed.id, kind, replace(item, spans=(composed.span(*place),)))
        made = {
            report: Extraction(**{kind: tuple(items) for kind, items in kinds.items()}, coder="import misp")
            for report, kinds in self._items.items()
        }
        if composed.text:
            made.setdefault(composed.id, Extraction(coder="import misp"))
        return made, composed if composed.text else None

    def _actor(self, name: str, kind: str, facts: dict[str, str], comment: str) -> None:
        matches = (_ALIAS.fullmatch(words) for words in _all_facts(comment, "alias"))
        aliases = tuple(Alias(match[1], match[2] or "") for match in matches if match)
        actor = Actor(name, (), aliases, kind, facts.get("state", ""), "named in a MISP event")
        self._place("actors", actor, name, comment)

    def _place(self, kind: str, item: Any, words: str, comment: str) -> None:
        """Give an item its places: those that are told, else in every text that has its words, else on a line of
        its own."""
        if told := self._told(_facts(comment).get("at", "")):
            self._add(told[0], kind, replace(item, spans=told[1]))
            return
        aliases = [alias.name for alias in getattr(item, "aliases", ())]
        found = False
        for report in self.texts:
            spans = _places(report, [words, *aliases])
            if spans:
                found = True
                self._add(report.id, kind, replace(item, spans=spans))
        if not found:
            line = self.beside.add(": ".join(filter(None, (kind[:-1], words or comment, comment if words else ""))))
            self._waiting.append((kind, item, line))

    def _told(self, at: str) -> tuple[str, tuple[Span, ...]] | None:
        """The report and places that a comment of ours names, if they are places of that report's text."""
        report_id, *places = at.split()[: 1 + MOST_PLACES] or [""]
        report = next((one for one in self.texts if one.id == report_id), None)
        ranges = [(int(match[1]), int(match[2])) for place in places if (match := _PLACE.fullmatch(place))]
        inside = [(start, end) for start, end in ranges if report and start < end <= len(report.text)]
        return (report.id, tuple(report.span(*place) for place in inside)) if report and inside else None

    def _add(self, report: str, kind: str, item: Any) -> None:
        self._items.setdefault(report, {}).setdefault(kind, []).append(item)

    def _is_own(self, report: str) -> bool:
        return any(one.id == report for one in self.texts)


#: Comments of attributes that an incident's details are read from.
_OWN = frozenset(
    ("Counterfoil's incident", "external id", "origin", "opened", "year", "summary", "attributed to", "found in")
)


def _places(report: Report, words: list[str]) -> tuple[Span, ...]:
    """Where any of the words stand in a report's text as words of their own, without overlaps."""
    wanted = sorted({one for one in words if one.strip()}, key=len, reverse=True)
    if not wanted:
        return ()
    pattern = "|".join(re.escape(one) for one in wanted)
    found: list[Span] = []
    for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", report.text):
        found.append(report.span(match.start(), match.end()))
        if len(found) == PLACES:
            break
    return tuple(found)


def _facts(comment: str) -> dict[str, str]:
    """The facts of a comment that we wrote: "actor: network; state: RU"."""
    pairs = (part.split(": ", 1) for part in comment.split(FACT) if ": " in part)
    return {name.strip(): value.strip() for name, value in pairs}


def _all_facts(comment: str, name: str) -> list[str]:
    start = f"{name}: "
    return [part.strip().removeprefix(start) for part in comment.split(FACT) if part.strip().startswith(start)]


def _version(value: str) -> str:
    try:
        return f"ipv{ip_address(value.strip()).version}-addr"
    except ValueError:
        return ""
