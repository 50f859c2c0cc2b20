"""A framework put in use, or a codebook edited, while the workbench runs."""

import httpx
import pytest

from counterfoil.kb.frameworks import add_framework, use_framework
from counterfoil.model.catalogue import Catalogue
from counterfoil.model.framework import Framework, Phase, Tactic, Technique
from counterfoil.model.loaded import Loaded, LoadReport
from tests.web.conftest import Bench

OWN = """
tactic: TA15
techniques:
  - id: T0146
    definition: Somebody opens a kettle of accounts, which is our own wording.
    cues:
      strong: [kettle of accounts]
"""


def _other() -> Loaded:
    framework = Framework(
        "TEAPOTS",
        "2.0",
        phases=(Phase("P01", "Brew", 1),),
        tactics=(Tactic("TA01", "Brew", "P01", 1),),
        techniques={"T9001": Technique("T9001", "Warm the Pot", "TA01", summary="Warm it before.")},
    )
    return Loaded(framework, Catalogue(), LoadReport("test"))


def test_another_framework_is_seen_with_the_next_request(bench: Bench, visitor: httpx.Client) -> None:
    assert "T9001" not in visitor.get("/techniques").text
    workspace = bench.opened()
    with workspace.writing() as connection:
        add_framework(connection, _other(), "test", "2031-05-03T10:00:00.000Z")
        use_framework(connection, "TEAPOTS", "2.0")
    workspace.close()
    page = visitor.get("/techniques").text
    assert "T9001" in page
    assert "T0146" not in page
    assert [one["id"] for one in visitor.get("/api/techniques").json()] == ["T9001"]
    assert 'href="/techniques/T9001' in visitor.get("/matrix").text
    assert visitor.get("/techniques/T0146").status_code == 404


def test_an_edited_codebook_is_seen_and_a_broken_one_keeps_the_last(
    bench: Bench, visitor: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    own = bench.settings.config.workspace / "codebook"
    own.mkdir()
    (own / "own.yaml").write_text(OWN, encoding="utf-8")
    assert "kettle of accounts" in visitor.get("/api/techniques/T0146").json()["definition"]
    assert [hit["technique"] for hit in visitor.get("/api/cues?q=kettle").json()] == ["T0146"]
    (own / "own.yaml").write_text("techniques: [", encoding="utf-8")
    assert "kettle of accounts" in visitor.get("/api/techniques/T0146").json()["definition"]
    assert "goes on with the one before" in caplog.text
    assert visitor.get(bench.review).status_code == 200
    told = caplog.text.count("goes on with the one before")
    visitor.get(bench.review)
    assert caplog.text.count("goes on with the one before") == told  # once for each edit
    (own / "own.yaml").unlink()
    assert "kettle" not in visitor.get("/api/techniques/T0146").json()["definition"]


def test_cues_are_searched_by_their_words(visitor: httpx.Client) -> None:
    def hits(words: str) -> dict[str, str]:
        return {hit["technique"]: hit["cue"] for hit in visitor.get("/api/cues", params={"q": words}).json()}

    assert "sockpuppet" in hits("sockpuppets")["T0143.002"]  # the cue has a stem
    assert "T0143.002" in hits("SOCKPUPPET")
    assert hits("no such words at all") == {}
    assert hits("") == {}
    both = hits("sockpuppet account")
    assert set(both) <= set(hits("sockpuppet")) & set(hits("account"))
