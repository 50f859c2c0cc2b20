"""A coded incident with everything that exporters must carry."""

import pytest

from counterfoil.model.coding import Citation, Decision, Modality, Reason, Suggestion, Verdict
from counterfoil.model.extraction import Actor, Alias, Attribution, Extraction, Narrative, Observable, Target
from counterfoil.model.framework import Code, Framework
from counterfoil.model.incident import CodedIncident, Incident
from counterfoil.model.report import Report
from counterfoil.workflow import with_case

AT = "2031-05-01T09:00:00.000Z"


def _citation(report: Report, quote: str, technique: str, number: int, **more: object) -> Citation:
    start = report.text.index(quote)
    span = report.span(start, start + len(quote))
    code = Code("TEST", "1.0", technique)
    suggestion = Suggestion(report.id, code, (span,), "codebook 1", 0.8, (Reason("because | so", span),), **more)  # type: ignore[arg-type]
    return Citation(suggestion, Decision(number, suggestion.id, Verdict.ACCEPTED, "Ada <b>", AT, "clear | enough"))


@pytest.fixture
def coded(report: Report, framework: Framework) -> CodedIncident:
    heron = report.text.index("Grey Heron")
    actor = Actor("Grey Heron", (report.span(heron, heron + 10),), (Alias("GH-7", "the ministry"),), "actor", "ZZ")
    ministry = Actor("harbour ministry", (report.span(14, 30),), (), "agency")
    state = Actor("Norway", (report.span(0, 6),), (), "state", "NO")
    kinds = {
        "domain-name": "пример.рф",
        "url": "https://example.org/a|b",
        "email-addr": "a@example.org",
        "ipv4-addr": "192.0.2.1",
        "ipv6-addr": "2001:db8::1",
        "file-hash": "d41d8cd98f00b204e9800998ecf8427e",
        "handle": "@grey_heron",
        "hashtag": "#tea",
    }
    observables = tuple(Observable(kind, value, (report.span(0, 6),)) for kind, value in kinds.items())
    claim = Attribution("Grey Heron", "Norway", "harbour | ministry", "denied", (report.span(heron, heron + 10),))
    target = Target("Docker*", "union", (report.span(0, 6),), "Grey Heron", "community", "NO")
    told = Narrative("tea → coffee", (report.span(heron, heron + 4),), "Grey Heron")
    extraction = Extraction((actor, ministry, state), (claim,), (target,), observables=observables, narratives=(told,))
    bare = CodedIncident(
        incident=Incident.opened("Herons | in the *harbour* 🫖", (report.id,), AT),
        reports=(report,),
        citations=(
            _citation(report, "Grey Heron created fake accounts", "T0001.001", 1, actor="Grey Heron"),
            _citation(report, "reposted each other's “tea → coffee” meme 🫖", "T0001", 2, modality=Modality.ASSESSED),
            _citation(report, "no evidence that Grey Heron paid anyone", "T0002", 3, modality=Modality.NEGATED),
        ),
        extractions={report.id: extraction},
        added={report.id: AT},
    )
    return with_case(bare, framework)
