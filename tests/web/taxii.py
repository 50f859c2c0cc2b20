"""A workbench that serves TAXII: incidents of several markings, and tokens for them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from counterfoil.config import Config
from counterfoil.kb.coding import add_run, decide
from counterfoil.kb.incidents import store_incident
from counterfoil.kb.reports import add_report
from counterfoil.kb.workspace import Workspace
from counterfoil.model.coding import Signature, Verdict
from counterfoil.model.extraction import Actor, Extraction, Observable
from counterfoil.model.incident import Details, Incident
from counterfoil.model.marking import Tlp
from counterfoil.model.report import Original
from counterfoil.web.app import create_app
from counterfoil.web.settings import Settings
from counterfoil.workflow.feed_tokens import new_token
from tests.web.conftest import make_report, suggest

AT = "2031-05-02T10:00:00.000Z"
MEDIA_TYPE = "application/taxii+json;version=2.1"
IN = "created 40 fake accounts"


def add_case(workspace: Workspace, name: str, label: Tlp | None, actor: str = "Amber Tide") -> str:
    """An incident of one report with one citation and a shared actor; returns its id."""
    report = make_report(f"{name}\n\n{actor} {IN} that posed as nurses, says {name}.", name)
    start = report.text.index(actor)
    found = suggest(report, "T0146", f"{actor} {IN} that posed as nurses", 0.9)
    extraction = Extraction(
        actors=(Actor(actor, (report.span(start, start + len(actor)),), (), "network", "SE"),),
        observables=(Observable("domain", f"{name.lower()}.example", (report.span(0, len(name)),)),),
        coder="test 1",
    )
    with workspace.writing() as connection:
        add_report(connection, report, Original(report.text.encode(), "text/plain"), AT)
        add_run(connection, report.id, (found,), extraction, AT)
        decide(connection, found.id, Verdict.ACCEPTED, Signature("ada", AT))
        opened = Incident.opened(name, (report.id,), AT)
        marked = replace(opened, details=Details(tlp=label.value if label else ""))
        return store_incident(connection, marked).id


@dataclass(frozen=True)
class Server:
    """A running server, with a token for each level, by its label ("clear", "amber", ...)."""

    settings: Settings
    tokens: dict[str, str]
    incidents: dict[str, str]  #: name -> id

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}/taxii2/"

    def client(self, label: str = "clear") -> httpx.Client:
        headers = {"Authorization": f"Bearer {self.tokens[label]}", "Accept": MEDIA_TYPE}
        return httpx.Client(base_url=self.url, headers=headers, timeout=30)

    def objects(self, label: str, collection: str = "", root: str = "counterfoil") -> dict[str, dict[str, object]]:
        """All objects of a collection, by id."""
        with self.client(label) as client:
            answer = client.get(f"{root}/collections/{(collection or label).replace('+', '-')}/objects/")
            assert answer.status_code == 200, answer.text
            return {one["id"]: one for one in answer.json().get("objects", ())}

    def opened(self) -> Workspace:
        return Workspace.open(self.settings.config.workspace)


@pytest.fixture
def server(tmp_path: Path, serve: Callable[..., int]) -> Server:
    config = Config(workspace=tmp_path / "casework", analyst="ada", offline=True, cache=tmp_path / "cache")
    workspace = Workspace.open(config.workspace, create=True)
    labels = {"Saltmere": None, "Greenwich": Tlp.GREEN, "Ambleside": Tlp.AMBER, "Redcar": Tlp.RED}
    incidents = {name: add_case(workspace, name, label) for name, label in labels.items()}
    levels = ("clear", "green", "amber", "amber+strict")
    tokens = {label: new_token(workspace, f"partner-{label.replace('+', '-')}", Tlp(label), AT) for label in levels}
    workspace.close()
    made: list[Settings] = []

    def make(port: int) -> object:
        made.append(Settings(config, port, form_bytes=200_000))
        return create_app(made[0])

    serve(make)
    return Server(made[0], tokens, incidents)
