"""A script in every field of a report, a suggestion and a decision is shown as text."""

import re
from html.parser import HTMLParser

import httpx

from counterfoil.kb.coding import add_run, decide
from counterfoil.kb.reports import add_report
from counterfoil.model.coding import Modality, Reason, Signature, Suggestion, Verdict
from counterfoil.model.extraction import Actor, Alias, Attribution, Extraction, Figure, Narrative, Observable, Voice
from counterfoil.model.framework import Code
from counterfoil.model.report import Block, BlockKind, Original, Report
from tests.web.conftest import Bench

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}</textarea></title>"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def _hostile(bench: Bench) -> tuple[Report, Suggestion]:
    text = f"{EVIL} acted.\r{EVIL}"
    report = Report(
        text=text,
        source=EVIL,
        title=EVIL,
        author=EVIL,
        publisher=EVIL,
        published="2031",
        url='https://a.example/"><script>',
        language='en"><script>',
        blocks=(Block(BlockKind.HEADING, 0, 10, 1), Block(BlockKind.PARAGRAPH, 10, len(text))),
        notes=(EVIL,),
    )
    span = report.span(0, len(EVIL))
    suggestion = Suggestion(
        report.id, Code("DISARM", "1.6", EVIL), (span,), EVIL, 0.9, (Reason(EVIL, span),), Modality.OBSERVED, EVIL, EVIL
    )
    extraction = Extraction(
        actors=(Actor(EVIL, (span,), (Alias(EVIL, EVIL),), EVIL, EVIL),),
        attributions=(Attribution(EVIL, EVIL, EVIL, EVIL, (span,), EVIL),),
        voices=(Voice(EVIL, EVIL, (span,), EVIL),),
        observables=(Observable(EVIL, EVIL, (span,), EVIL),),
        narratives=(Narrative(EVIL, (span,), EVIL),),
        figures=(Figure(EVIL, EVIL, (span,), EVIL, EVIL, EVIL),),
    )
    workspace = bench.opened()
    with workspace.writing() as connection:
        add_report(connection, report, Original(b"evil", "text/plain"), "2031-05-03T10:00:00.000Z")
        add_run(connection, report.id, (suggestion,), extraction, "2031-05-03T10:00:00.000Z")
        decide(connection, suggestion.id, Verdict.ACCEPTED, Signature(EVIL, EVIL, EVIL))
    workspace.close()
    return report, suggestion


def test_no_field_becomes_markup(bench: Bench, visitor: httpx.Client) -> None:
    report, suggestion = _hostile(bench)
    review = f"/reports/{report.id}/review"
    pages = [
        visitor.get("/"),
        visitor.get("/reports"),
        visitor.get(review),
        visitor.get(f"{review}?tab=found"),
        visitor.get(f"{review}?focus={suggestion.id}"),
        visitor.get(review, params={"q": EVIL, "voice": EVIL, "order": EVIL, "focus": EVIL, "tab": EVIL}),
        visitor.get(f"/suggestions/{suggestion.id}/detail"),
        visitor.get(f"/suggestions/{suggestion.id}/card"),
        visitor.get(f"/reports/{EVIL}/review"),
        visitor.post(f"/reports/{report.id}/codes", data={"technique": EVIL, "quote": EVIL}),
        visitor.post(f"/reports/{report.id}/accept", data={"back": EVIL}),
        visitor.post("/intake", data={"urls": EVIL}),
    ]
    for answer in pages:
        assert answer.status_code < 500, answer.url
        tags = _Tags()
        tags.feed(answer.text)
        for tag, attributes in tags.seen:
            assert not any(name.startswith("on") for name in attributes), answer.url
            if tag == "script":
                assert (attributes["src"] or "").startswith("/static/"), answer.url
            assert tag != "img", answer.url
        assert "49" not in re.findall(r"onerror=alert\(2\)(?:>|&gt;)(\d+)", answer.text)


def test_a_lone_return_survives_the_way_into_the_page(bench: Bench, visitor: httpx.Client) -> None:
    report, _ = _hostile(bench)
    assert "acted.&#13;" in visitor.get(f"/reports/{report.id}/review").text


def test_an_address_that_is_no_web_address_is_no_link(bench: Bench, visitor: httpx.Client) -> None:
    report = Report(text="Nothing of note.", source="x", url="javascript:alert(1)")
    workspace = bench.opened()
    with workspace.writing() as connection:
        add_report(connection, report, Original(b"x", "text/plain"), "2031-05-03T10:00:00.000Z")
    workspace.close()
    page = visitor.get(f"/reports/{report.id}/review").text
    assert 'href="javascript' not in page
