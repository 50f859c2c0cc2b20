"""Matrix, techniques and incidents as pages and by the API: numbers, files, edits with their history, no script run."""

import csv
import io
import json
import re
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest

from counterfoil.exchange import EXPORTERS
from counterfoil.kb.coding import add_run, decide
from counterfoil.kb.incidents import store_incident
from counterfoil.kb.reports import add_report
from counterfoil.model.coding import Modality, Reason, Signature, Suggestion, Verdict
from counterfoil.model.extraction import Actor, Alias, Attribution, DateMention, Extraction, Narrative, Target
from counterfoil.model.framework import Code
from counterfoil.model.incident import Details, Incident
from counterfoil.model.report import Block, BlockKind, Original, Report
from tests.web.conftest import Bench, make_report
from tests.web.test_hostile import EVIL

AT = "2031-05-03T10:00:00.000Z"
TOLD = (
    *("the harbour is poisoned", "nurses were bribed", "the vote will be cancelled"),
    *("a dam has burst", "bread costs twice as much", "the mayor has fled abroad"),
)


@pytest.fixture
def incident(bench: Bench, visitor: httpx.Client) -> str:
    """An incident on the bench's report with three citations, one of them negated."""
    chosen = [one.id for one in bench.suggestions if one.code.id in ("T0146", "T0143.002", "T0146.007")]
    visitor.post("/api/decisions", json={"suggestions": chosen, "verdict": "accepted"}).raise_for_status()
    answer = visitor.post("/incidents", data={"name": "Tea over Saltmere", "report": [bench.report.id]})
    return answer.url.path.removeprefix("/incidents/")


def numbers(page: str) -> dict[str, str]:
    """What the matrix prints beside each technique."""
    boxes = re.findall(r'href="/techniques/(T[\d.]+)[^"]*">.*?</a>(.*?)</span>\n?', page, re.DOTALL)
    return {one: " ".join(re.findall(r">(\d+)<", rest)) for one, rest in boxes}


def test_the_matrix_prints_each_number_and_links_to_the_technique(visitor: httpx.Client, incident: str) -> None:
    page = visitor.get("/matrix").text
    shown = numbers(page)
    assert (shown["T0146"], shown["T0143"], shown["T0143.002"], shown["T0002"]) == ("1", "1", "1", "0")
    assert "1 incident, 1 of them coded, 1 report" in page
    assert len(shown) == 391
    assert numbers(visitor.get("/matrix?modality=negated").text)["T0146.007"] == "1"
    few = numbers(visitor.get("/matrix?cited=1").text)
    assert set(few) == {"T0146", "T0143", "T0143.002"}
    assert numbers(visitor.get("/matrix?actor=nobody&cited=1").text) == {}


def test_two_selections_stand_side_by_side(bench: Bench, visitor: httpx.Client, incident: str) -> None:
    page = visitor.get("/matrix?actor=Amber+Tide&b_actor=Somebody").text
    assert re.search(r"<dt>A</dt><dd><b>Amber Tide</b>.*?1 incident,", page)
    assert re.search(r"<dt>B</dt><dd><b>Somebody</b>.*?0 incidents,", page)
    assert "only A" in page
    pair = re.search(r'href="/techniques/T0146".*?A: </span>(\d+)</b>.*?B: </span>(\d+)</b>', page, re.DOTALL)
    assert pair
    assert pair.groups() == ("1", "0")
    data = visitor.get("/api/matrix?actor=Amber+Tide&b_actor=Somebody").json()
    assert [heat["counts"].get("T0146", {}).get("incidents", 0) for heat in data] == [1, 0]


def test_what_is_seen_is_what_is_saved(visitor: httpx.Client, incident: str) -> None:
    answer = visitor.get("/matrix/disarm?actor=Amber+Tide")
    assert "attachment" in answer.headers["content-disposition"]
    layer = answer.json()
    assert {one["techniqueID"]: one["score"] for one in layer["techniques"]} == {"T0146": 1, "T0143.002": 1}
    assert "created 40 fake accounts" in json.dumps(layer, ensure_ascii=False)
    assert visitor.get("/matrix/attack").json()["versions"]["layer"] == "4.5"
    rows = csv.DictReader(io.StringIO(visitor.get("/matrix/csv").text, newline=""))
    assert {row["technique"] for row in rows if row["incidents: all incidents"] == "1"} == {"T0146", "T0143.002"}
    drawing = visitor.get("/matrix/svg")
    assert drawing.headers["content-type"] == "image/svg+xml"
    assert ElementTree.fromstring(drawing.text).tag.endswith("svg")
    assert visitor.get("/matrix/word").status_code == 400


def test_a_technique_page_says_what_it_means_and_where_it_was_cited(
    bench: Bench, visitor: httpx.Client, incident: str
) -> None:
    page = visitor.get("/techniques/T0143.002").text
    assert "Use it when:" in page
    assert f'href="/incidents/{incident}"' in page
    link = re.search(rf'href="(/reports/{bench.report.id}/review\?focus=S-[^"]+)">posed as nurses', page)
    assert link
    assert "posed as nurses" in visitor.get(link[1].replace("&amp;", "&")).text
    assert "In no incident of this selection." in visitor.get("/techniques/T0143.002?actor=nobody").text
    assert f'href="/incidents/{incident}"' in visitor.get("/techniques/T0143").text
    assert visitor.get("/techniques/T9999").status_code == 404


def test_techniques_are_searched(visitor: httpx.Client) -> None:
    assert visitor.get("/techniques?q=t0097.110").url.path == "/techniques/T0097.110"
    found = set(re.findall(r'href="/techniques/(T[\d.]+)"', visitor.get("/techniques?q=romantic+suitor").text))
    assert "T0097.109" in found
    assert len(found) < 10
    assert "No technique has these words" in visitor.get("/techniques?q=zzzz").text


def test_incidents_are_listed_and_filtered(bench: Bench, visitor: httpx.Client, incident: str) -> None:
    workspace = bench.opened()
    with workspace.writing() as connection:
        for number in range(60):
            details = Details(f"I{number:05}", year="2016", attributed_to=("Russia",))
            store_incident(connection, Incident(f"I-{number:02}", f"Old {number}", (), "2020", "DISARM 1.6", details))
    workspace.close()
    first, second = (visitor.get(f"/incidents?page={number}").text for number in (1, 2))
    assert "61 incidents" in first
    assert [text.count('class="report-title"') for text in (first, second)] == [50, 11]
    assert "Tea over Saltmere" in first
    assert "2 techniques" in first  # what is said not to have happened does not count
    assert "60 incidents" in visitor.get("/incidents?actor=Russia").text
    assert visitor.get("/incidents?technique=T0146").text.count('class="report-title"') == 1
    assert visitor.get("/api/found-incidents?q=old+47").json()["total"] == 1
    assert visitor.get("/incidents?page=0").status_code == 422


def test_an_incident_shows_everything_with_its_place(bench: Bench, visitor: httpx.Client, incident: str) -> None:
    page = visitor.get(f"/incidents/{incident}").text
    assert "Tea over Saltmere" in page
    assert "Amber Tide" in page
    assert "also Bernstein" in page
    assert "negated" in page
    links = set(re.findall(rf'href="(/reports/{bench.report.id}/review\?[^"]+)"', page))
    assert any("focus=S-" in link for link in links)
    places = [link for link in links if "tab=found" in link]
    assert places
    review = visitor.get(f"/reports/{bench.report.id}/review?tab=found").text
    for link in places:
        anchor = re.search(r"#(p\d+):~:text=", link)
        assert anchor
        assert f'id="{anchor[1]}"' in review


def test_an_incident_is_opened_with_the_name_that_its_reports_propose(bench: Bench, visitor: httpx.Client) -> None:
    form = visitor.get(f"/incidents/new?report={bench.report.id}&report=R-none").text
    assert 'value="Amber Tide"' in form
    assert f'value="{bench.report.id}" checked' in form
    page = visitor.post("/incidents", data={"report": [bench.report.id]})
    assert "<h1>Amber Tide</h1>" in page.text
    assert visitor.post("/incidents", data={"name": "x", "report": ["R-none"]}).status_code == 404
    assert visitor.post("/incidents", data={"name": " "}).status_code == 400


def test_an_incident_is_edited_in_place_and_back(bench: Bench, visitor: httpx.Client, incident: str) -> None:
    other = make_report("Another report on teapots.", "Other teapots")
    workspace = bench.opened()
    with workspace.writing() as connection:
        add_report(connection, other, Original(b"other", "text/plain"), AT)
    workspace.close()
    path = f"/incidents/{incident}"
    assert "<h1>Teapots</h1>" in visitor.post(path, data={"name": "Teapots", "summary": "In\n\nshort."}).text
    assert "Other teapots" in visitor.get(f"{path}?q=other").text
    assert "2 reports" in visitor.post(path, data={"add": [other.id]}).text
    taken = visitor.post(path, data={"remove": [bench.report.id]}).text
    assert "Put it back" in taken
    assert "created 40 fake accounts" not in taken
    assert "created 40 fake accounts" in visitor.post(path, data={"add": [bench.report.id]}).text
    history = visitor.get(f"/api{path}/history").json()
    assert [one["field"] for one in history] == ["report added", "report removed", "report added", "summary", "name"]
    assert {one["analyst"] for one in history} == {"ada"}
    assert "<h1>Tea over Saltmere</h1>" in visitor.post(path, data={"name": history[-1]["before"]}).text
    assert visitor.post(path, data={"name": " "}).status_code == 400


def test_the_api_edits_all_or_nothing(bench: Bench, visitor: httpx.Client, incident: str) -> None:
    path = f"/api/incidents/{incident}"
    assert visitor.patch(path, json={"name": "New", "add": ["R-none"]}).status_code == 404
    assert visitor.get(path).json()["incident"]["name"] == "Tea over Saltmere"
    changed = visitor.patch(path, json={"name": "New", "summary": "Short."}).json()
    assert (changed["name"], changed["details"]["summary"]) == ("New", "Short.")
    assert visitor.patch(path, json={"names": "x"}).status_code == 422
    assert visitor.patch("/api/incidents/I-none", json={"name": "x"}).status_code == 404


def test_another_site_cannot_edit(visitor: httpx.Client, incident: str) -> None:
    strange = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert visitor.post(f"/incidents/{incident}", data={"name": "x"}, headers=strange).status_code == 403
    assert "<h1>Tea over Saltmere</h1>" in visitor.get(f"/incidents/{incident}").text


@pytest.mark.parametrize("kind", EXPORTERS.names())
def test_an_incident_leaves_in_every_format(visitor: httpx.Client, incident: str, kind: str) -> None:
    answer = visitor.get(f"/incidents/{incident}/export/{kind}")
    assert answer.status_code == 200
    disposition = answer.headers["content-disposition"]
    assert f"Tea over Saltmere {incident}" in disposition
    assert f'{kind}{EXPORTERS.load(kind).suffix}"' in disposition or f'{incident}.{kind}"' in disposition
    assert EXPORTERS.load(kind).binary or "fake accounts" in answer.text
    assert answer.headers["content-type"].partition(";")[0] == EXPORTERS.load(kind).media_type.partition(";")[0]
    assert answer.content == visitor.get(f"/api/incidents/{incident}/export/{kind}").content
    assert f'href="/incidents/{incident}/export/{kind}"' in visitor.get(f"/incidents/{incident}").text


def test_the_menu_says_who_may_see_it_and_keeps_the_label(visitor: httpx.Client, incident: str) -> None:
    page = visitor.get(f"/incidents/{incident}").text
    assert "Marked <b>TLP:CLEAR</b>" in page
    assert f'href="/incidents/{incident}/export/stix?profile=opencti"' in page
    visitor.post(f"/incidents/{incident}", data={"tlp": "amber+strict"})
    page = visitor.get(f"/incidents/{incident}").text
    assert "Marked <b>TLP:AMBER+STRICT</b>" in page
    assert f'href="/incidents/{incident}/export/stix?profile=opencti&amp;tlp=amber%2Bstrict"' in page
    assert visitor.get(f"/incidents/{incident}/export/pdf").status_code == 400
    path = f"/incidents/{incident}/export/pdf?tlp=amber%2Bstrict"
    assert path in visitor.get(f"/incidents/{incident}/briefing").text
    assert visitor.get(path).content.startswith(b"%PDF")
    table = visitor.get(f"/incidents/{incident}/export/csv?profile=observables&tlp=amber%2Bstrict")
    assert "#teapot" in table.text


def test_a_briefing_says_what_it_leaves_out(bench: Bench, visitor: httpx.Client) -> None:
    text = " ".join(f"A fair was held in {year}." for year in range(2020, 2028))
    report = make_report(text, "Eight fairs")
    spans = [report.span(at := text.index(str(year)), at + 4) for year in range(2020, 2028)]
    found = Extraction(
        dates=tuple(DateMention(span.quote, span.quote, "year", (span,), "event") for span in spans),
        narratives=tuple(Narrative(told, (span,)) for told, span in zip(TOLD, spans, strict=False)),
    )
    workspace = bench.opened()
    with workspace.writing() as connection:
        add_report(connection, report, Original(b"fairs", "text/plain"), AT)
        add_run(connection, report.id, (), found, AT)
    workspace.close()
    made = visitor.post("/incidents", data={"name": "Fairs", "report": [report.id]}).url.path
    page = visitor.get(f"{made}/briefing").text
    assert [page.count(f"and {number} more</p>") for number in (4, 2)] == [1, 1]  # dates, narratives


def test_derived_views_are_shown_closed(visitor: httpx.Client, incident: str) -> None:
    page = visitor.get(f"/incidents/{incident}").text
    assert len(re.findall(r'<details class="view"><summary>', page)) == 2
    assert "Kill Chain" in page
    assert "Behaviour" in page


def test_an_unknown_format_or_incident_is_said(visitor: httpx.Client, incident: str) -> None:
    assert visitor.get(f"/incidents/{incident}/export/word").status_code == 400
    assert visitor.get("/incidents/I-none").status_code == 404
    assert visitor.get("/incidents/I-none/briefing").status_code == 404


def test_a_script_in_every_field_is_shown_as_text(bench: Bench, visitor: httpx.Client) -> None:
    incident = _hostile_incident(bench)
    posted = {"name": EVIL, "summary": EVIL}
    visitor.post(f"/incidents/{incident}", data=posted).raise_for_status()
    visitor.post(f"/incidents/{incident}", data={"name": f"{EVIL}2"}).raise_for_status()
    query = "&".join(f"{p}{name}={_quoted(EVIL)}" for p in ("", "b_") for name in ("actor", "q", "target", "country"))
    for path in (
        f"/incidents/{incident}?q={_quoted(EVIL)}",
        f"/incidents/{incident}/briefing",
        f"/incidents?q={_quoted('<script>')}",
        f"/incidents?{query}",
        f"/incidents/new?name={_quoted(EVIL)}&q={_quoted(EVIL)}",
        f"/matrix?{query}",
        "/techniques/T0146",
        f"/techniques/T0146?{query}",
        f"/techniques?q={_quoted(EVIL)}",
        "/matrix",
    ):
        answer = visitor.get(path)
        assert answer.status_code == 200, path
        scripts = re.findall(r"<script[^>]*>", answer.text)
        assert all(' src="/static/' in one for one in scripts), path
        assert "<img" not in answer.text, path
        assert not re.findall(r'href="javascript:', answer.text), path
        assert "49" not in re.findall(r"\{\{7\*7\}\}|>49<", answer.text), path
    for kind in ("disarm", "attack", "csv", "svg"):
        answer = visitor.get(f"/matrix/{kind}?{query}")
        assert answer.status_code == 200
        assert "\n" not in answer.headers["content-disposition"]
    assert "<script" not in visitor.get(f"/matrix/svg?{query}").text


def _quoted(text: str) -> str:
    return str(httpx.QueryParams({"x": text})).removeprefix("x=")


def _hostile_incident(bench: Bench) -> str:
    text = f"{EVIL} acted. More."
    report = Report(
        text=text,
        source=EVIL,
        title=EVIL,
        publisher=EVIL,
        url='javascript:alert("x")',
        blocks=(Block(BlockKind.PARAGRAPH, 0, len(text)),),
    )
    span = report.span(0, len(EVIL))
    found: dict[str, Any] = {
        "actors": (Actor(EVIL, (span,), (Alias(EVIL, EVIL),), "network", EVIL),),
        "attributions": (Attribution(EVIL, EVIL, EVIL, "linked", (span,), EVIL),),
        "targets": (Target(EVIL, EVIL, (span,), EVIL, EVIL, EVIL, EVIL),),
        "dates": (DateMention(EVIL, EVIL, EVIL, (span,), "began"),),
        "narratives": (Narrative(EVIL, (span,), EVIL),),
    }
    cited = Suggestion(
        report.id, Code("DISARM", "1.6", "T0146"), (span,), EVIL, 0.9, (Reason(EVIL),), Modality.OBSERVED, EVIL, EVIL
    )
    details = Details(EVIL, EVIL, EVIL, (EVIL,), (EVIL,), ("javascript:alert(1)", 'https://a.example/"><script>'))
    workspace = bench.opened()
    with workspace.writing() as connection:
        add_report(connection, report, Original(b"evil", "text/plain"), AT)
        add_run(connection, report.id, (cited,), Extraction(**found), AT)
        decide(connection, cited.id, Verdict.ACCEPTED, Signature(EVIL, EVIL, EVIL))
        store_incident(connection, Incident("I-evil", EVIL, (report.id,), EVIL, EVIL, details))
    workspace.close()
    return "I-evil"
