"""A Navigator's layer as a coding: each technique with a score, colour or comment is a suggestion on its own line.

Layers of the DISARM Navigator (format 4.4) and of ATT&CK Navigator (4.5, and later ones that are alike). A layer is
a drawing and has no report: what it says of each technique is written down as a line of a composed one. Colours,
links and metadata become words of that line; filters, gradient, legend and layout are not taken over, and said so.
"""

import re
from collections.abc import Mapping
from typing import Any

from counterfoil.errors import InputError
from counterfoil.exchange.composed import Composition, span_in
from counterfoil.exchange.importer import MOST, Importer
from counterfoil.exchange.safe_json import plain, prose
from counterfoil.exchange.safe_json import read as read_json
from counterfoil.model.coding import Reason, Suggestion
from counterfoil.model.framework import Code, Framework
from counterfoil.model.ids import short_id
from counterfoil.model.incident import Details, Incident
from counterfoil.model.parcel import ArrivedCode, ArrivedReport, Parcel, Problem
from counterfoil.model.report import BlockKind

#: What a round trip loses; docs/navigator.md has the same list.
LOSSES: Mapping[str, str] = {
    "texts": "a layer has techniques only: no reports, spans, actors, observables or dates",
    "citations": "which incident cites a technique, decisions and modalities are words of a comment",
    "drawing": "filters, gradient, legend, layout and colours",
}
_HEAD = re.compile(rb'"techniques"\s*:\s*\[|"domain"\s*:|"navigator"\s*:')
_TECHNIQUE = re.compile(r"T\d{4}(?:\.\d{3})?")
_DOMAINS = {
    "enterprise-attack": "ATT&CK",
    "mobile-attack": "ATT&CK",
    "ics-attack": "ATT&CK",
    "mitre-enterprise": "ATT&CK",
}
_DRAWN = ("filters", "gradient", "legendItems", "layout", "tacticRowBackground", "hideDisabled")


def recognises(_name: str, head: bytes) -> bool:
    """Whether a file's beginning is that of a layer."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" and len(set(_HEAD.findall(head))) > 1


def read(data: bytes, framework: Framework) -> Parcel:
    """The parcel of a layer.

    Raises:
        InputError: it is no JSON, holds no list of techniques, or is too large or deep.
    """
    layer, mended = read_json(data, "the layer")
    listed = layer.get("techniques") if isinstance(layer, dict) else None
    if not isinstance(listed, list):
        raise InputError("The layer holds no list of techniques.", "Save it in the Navigator as JSON.")
    if len(listed) > MOST:
        raise InputError(f"The layer has {len(listed)} techniques; {MOST} are read at most.")
    problems = [*mended, *_passed_over(layer)]
    name = plain(layer.get("name")) or "Navigator layer"
    domain = plain(layer.get("domain"), 60)
    meant = _DOMAINS.get(domain.casefold(), framework.name if domain.casefold() in ("", "disarm") else domain)
    composition = Composition(f"Navigator layer {name}", {"title": name})
    composition.add(name, BlockKind.HEADING)
    composition.add(prose(layer.get("description")))
    lines = []
    for place, row in enumerate(listed):
        identifier = plain(row.get("techniqueID"), 40) if isinstance(row, dict) else ""
        if not _TECHNIQUE.fullmatch(identifier):
            problems.append(Problem(f"technique {place}", f"{identifier or 'it'} is no technique id; left out"))
        elif _marked(row):
            technique = framework.techniques.get(identifier) if meant == framework.name else None
            line = _line(row, identifier, technique.name if technique else "")
            lines.append((identifier, composition.add(line), row))
    report = composition.report()
    sender = plain(_metadata(layer).get("author")) or "Navigator"
    codes = tuple(
        ArrivedCode(
            Suggestion(
                report=report.id,
                code=Code(meant, _version(layer, framework) if meant == framework.name else "", identifier),
                spans=(span_in(report, where),),
                coder=f"import navigator: {sender}",
                score=0.5,
                reasons=(Reason(f"marked in the layer {name}{_scored(row)}"),),
            )
        )
        for identifier, where, row in lines
    )
    if not codes:
        problems.append(Problem(name, "no technique of the layer has a score, colour or comment"))
    incident = Incident(
        short_id("I", "navigator", report.sha256), name, (report.id,), "", f"Navigator, {sender}", Details(tlp="")
    )
    return Parcel("navigator", sender, (ArrivedReport(report, codes=codes),), (incident,), problems=tuple(problems))


def _marked(row: dict[str, Any]) -> bool:
    """Whether somebody has said something of the technique: the Navigator lists others too."""
    if row.get("enabled") is False:
        return False
    score = row.get("score")
    scored = isinstance(score, int | float) and not isinstance(score, bool) and score > 0
    return scored or bool(plain(row.get("comment"))) or bool(plain(row.get("color")))


def _line(row: dict[str, Any], identifier: str, name: str) -> str:
    """Everything that the layer says of a technique, as one paragraph."""
    said = " ".join(prose(row.get("comment")).split())
    more = [f"{label}: {value}" for label, value in _metadata(row).items()]
    links = row.get("links") if isinstance(row.get("links"), list) else []
    more += [
        " ".join(filter(None, (plain(one.get("label")), plain(one.get("url"), 2000))))
        for one in links or []
        if isinstance(one, dict) and (plain(one.get("label")) or plain(one.get("url")))
    ]
    told = f"{identifier} {name}".strip() + _scored(row)
    return " ".join(filter(None, (f"{told}: {said}" if said else f"{told}.", f"({'; '.join(more)})" if more else "")))


def _scored(row: dict[str, Any]) -> str:
    score = row.get("score")
    known = isinstance(score, int | float) and not isinstance(score, bool)
    return f", score {score:g}" if known and isinstance(score, int | float) else ""


def _metadata(holder: dict[str, Any]) -> dict[str, str]:
    """Name -> value; the Navigator also writes dividers, which say nothing."""
    rows = holder.get("metadata")
    found = (
        {plain(one.get("name")): plain(one.get("value")) for one in rows if isinstance(one, dict)}
        if isinstance(rows, list)
        else {}
    )
    return {name: value for name, value in found.items() if name and value}


def _version(layer: dict[str, Any], framework: Framework) -> str:
    """The framework's version, where the layer's description gives it as our exporter does; else empty.

    The layer's own field says "1" whatever DISARM's version is.
    """
    told = re.search(rf"coded in {re.escape(framework.name)} (\d+(?:\.\d+)+)", prose(layer.get("description")))
    return told[1] if told else ""


def _passed_over(layer: dict[str, Any]) -> list[Problem]:
    drawn = [name for name in _DRAWN if layer.get(name)]
    return [Problem("the layer", f"how it is drawn is not taken over: {', '.join(drawn)}")] if drawn else []


IMPORTER = Importer(label="Navigator layer", recognises=recognises, read=read)
