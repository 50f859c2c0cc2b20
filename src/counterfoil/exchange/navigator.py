"""Layers for the DISARM Navigator, and for MITRE's ATT&CK Navigator with DISARM's matrix.

A layer is a drawing on the matrix: a score, colour and comment for each technique. Two profiles:

- `disarm`: layer format 4.4 in the domain "DISARM", as the DISARM Navigator (a fork of version 4.8.2) writes it.
- `attack`: layer format 4.5; ATT&CK Navigator 4.9 and later draws DISARM's matrix from the STIX bundle that
  DISARM publishes (`customDataURL`).

Format: github.com/mitre-attack/attack-navigator, layers/LAYERFORMATv4_5.md.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, BinaryIO, TextIO

from counterfoil.errors import UsageError
from counterfoil.exchange.exporter import Exporter, as_text
from counterfoil.model.coding import Citation, Modality
from counterfoil.model.framework import Framework
from counterfoil.model.incident import CodedIncident

PROFILES: Mapping[str, Mapping[str, str]] = {
    "disarm": {"attack": "1", "navigator": "4.8.2", "layer": "4.4"},
    "attack": {"attack": "1", "navigator": "4.9.0", "layer": "4.5"},
}
LIGHTEST, DARKEST = "#d9ece9", "#135a60"
QUOTES = 3  #: of a technique in a comment
LONGEST = 280  #: letters of a quote in a comment
_BUNDLE = (
    "https://raw.githubusercontent.com/DISARMFoundation/DISARMframeworks/main/generated_files/DISARM_STIX/DISARM.json"
)
_PAGES = "https://github.com/DISARMFoundation/DISARMframeworks/blob/main/generated_pages/techniques"

Object = dict[str, Any]
Link = tuple[str, str]  #: label and address


@dataclass(frozen=True, slots=True)
class Mark:
    """What a layer says of one technique. `colour` is "#rrggbb"; empty leaves it to the score."""

    technique: str
    score: int
    comment: str = ""
    colour: str = ""
    links: Sequence[Link] = ()
    metadata: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer: `legend` explains colours as (label, "#rrggbb"), `metadata` says what was counted."""

    name: str
    description: str
    marks: Sequence[Mark]
    legend: Sequence[tuple[str, str]] = ()
    metadata: Sequence[tuple[str, str]] = field(default=())


def write(incidents: Iterable[CodedIncident], framework: Framework, out: BinaryIO, profile: str = "disarm") -> None:
    """Write one layer of all the incidents: a technique's score is how many of them cite it.

    What is said not to have happened has no score.
    """
    named: list[tuple[str, str]] = []
    cited: dict[str, _Cited] = {}
    for coded in incidents:
        named.append((coded.incident.id, coded.incident.name))
        for citation in coded.citations:
            suggestion = citation.suggestion
            if framework.named(suggestion.code) and suggestion.modality is not Modality.NEGATED:
                cited.setdefault(suggestion.code.id, _Cited()).add(coded, citation)
    marks = [_mark(technique, cited[technique]) for technique in framework.techniques if technique in cited]
    names = [name for _, name in named]
    layer = Layer(
        name=names[0] if len(names) == 1 else f"{len(names)} incidents",
        description=f"Incidents by technique, coded in {framework.name} {framework.version}: {'; '.join(names)}",
        marks=marks,
        metadata=named,
    )
    with as_text(out) as text:
        write_layer(layer, framework, text, profile)


def write_layer(layer: Layer, framework: Framework, out: TextIO, profile: str = "disarm") -> None:
    """Write a layer, one technique a line.

    Raises:
        UsageError: there is no such profile.
    """
    if profile not in PROFILES:
        raise UsageError(f"There is no profile {profile!r}.", f"Choose one of: {', '.join(PROFILES)}.")
    frame = _frame(layer, framework, profile)
    lines = [json.dumps(_technique(mark, framework), ensure_ascii=False) for mark in layer.marks]
    head = json.dumps(frame, ensure_ascii=False, indent=1).removesuffix("\n}")
    body = ",\n".join(lines)
    out.write(f'{head},\n "techniques": [\n{body}\n ]\n}}\n' if lines else f'{head},\n "techniques": []\n}}\n')


def comment_on(quotes: Iterable[tuple[str, str]], total: int) -> str:
    """A comment of quotes, each with what it is from, and how many more there are."""
    shown = [f"“{_short(quote)}” ({said})" if quote else f"({said})" for quote, said in quotes][:QUOTES]
    rest = [f"and {total - len(shown)} more"] if total > len(shown) else []
    return "\n\n".join([*shown, *rest])


def web_links(addresses: Iterable[Link]) -> list[Link]:
    """The links that a Navigator may open, each once: web addresses only."""
    kept = {address: label for label, address in addresses if address.startswith(("http://", "https://"))}
    return [(label or address, address) for address, label in kept.items()]


@dataclass(slots=True)
class _Cited:
    """What incidents say of one technique: no more of them is held, however many pass."""

    incidents: dict[str, None] = field(default_factory=dict)
    quotes: list[tuple[str, str]] = field(default_factory=list)
    links: dict[Link, None] = field(default_factory=dict)
    total: int = 0

    def add(self, coded: CodedIncident, citation: Citation) -> None:
        report = next(one for one in coded.reports if one.id == citation.suggestion.report)
        spans = citation.suggestion.spans
        self.total += 1
        self.incidents[coded.incident.id] = None
        self.links[report.title or report.source, report.url] = None
        if len(self.quotes) < QUOTES:
            said = f"{coded.incident.name}, {citation.suggestion.modality.value}"
            self.quotes.append((spans[0].quote if spans else "", said))


def _mark(technique: str, cited: _Cited) -> Mark:
    return Mark(
        technique=technique,
        score=len(cited.incidents),
        comment=comment_on(cited.quotes, cited.total),
        links=web_links(cited.links),
        metadata=[("incidents", ", ".join(cited.incidents))],
    )


def _frame(layer: Layer, framework: Framework, profile: str) -> Object:
    """Everything but the techniques."""
    domain = framework.name
    most = max((mark.score for mark in layer.marks), default=1)
    layout: Object = {
        "layout": "side",
        "aggregateFunction": "sum",
        "showID": True,
        "showName": True,
        "showAggregateScores": False,
        "countUnscored": False,
    }
    attack = profile == "attack"
    return {
        "name": layer.name,
        "versions": dict(PROFILES[profile]),
        "domain": domain,
        "description": layer.description,
        **({"customDataURL": _BUNDLE} if attack and domain == "DISARM" else {}),
        # DISARM's bundle gives every technique these three; without them the Navigator hides all.
        "filters": {"platforms": ["Windows", "Linux", "Mac"]},
        "sorting": 0,
        "layout": layout | ({"expandedSubtechniques": "annotated"} if attack else {}),
        "hideDisabled": False,
        "gradient": {"colors": [LIGHTEST, DARKEST], "minValue": 0, "maxValue": max(most, 1)},
        "legendItems": [{"label": label, "color": colour} for label, colour in layer.legend],
        "metadata": [{"name": name, "value": value} for name, value in layer.metadata],
        "links": [],
        "showTacticRowBackground": False,
        "tacticRowBackground": "#dddddd",
        "selectTechniquesAcrossTactics": True,
        "selectSubtechniquesWithParent": False,
        **({"selectVisibleTechniques": False} if attack else {}),
    }


def _technique(mark: Mark, framework: Framework) -> Object:
    technique = framework.technique(mark.technique)
    own = [("DISARM's page", f"{_PAGES}/{technique.id}.md")] if framework.name == "DISARM" else []
    made: Object = {"techniqueID": technique.id}
    if technique.tactic:
        made["tactic"] = framework.tactic(technique.tactic).name.lower().replace(" ", "-")
    return made | {
        "score": mark.score,
        "color": mark.colour,
        "comment": mark.comment,
        "enabled": True,
        "metadata": [{"name": name, "value": value} for name, value in mark.metadata],
        "links": [{"label": label, "url": address} for label, address in [*own, *mark.links]],
        "showSubtechniques": any(one.parent == technique.id for one in framework.techniques.values()),
    }


def _short(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"


EXPORTER = Exporter(
    label="Navigator layer",
    suffix=".json",
    media_type="application/json",
    write=write,
    profiles={profile: partial(write, profile=profile) for profile in PROFILES},
)
