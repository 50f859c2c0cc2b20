"""A Navigator's layer becomes an incident whose codes wait for review."""

import json
from typing import Any

import pytest

from counterfoil.errors import InputError
from counterfoil.exchange.navigator_in import IMPORTER, read
from tests.exchange.importable import written
from tests.exchange.rich import disarm


def layer(*techniques: Any, **more: Any) -> bytes:
    made = {"name": "A <b>layer</b>", "versions": {"layer": "4.5"}, "domain": "DISARM", "techniques": list(techniques)}
    return json.dumps(made | more).encode()


def test_each_marked_technique_is_a_suggestion_on_its_line() -> None:
    marked = {
        "techniqueID": "T0097",
        "score": 3,
        "comment": "Posed as a doctor 🫖.",
        "links": [{"label": "x", "url": "https://x.example"}],
    }
    parcel = read(layer(marked, {"techniqueID": "T0049"}, {"techniqueID": "T0002", "color": "#ff0000"}), disarm())
    (report,) = parcel.reports
    assert [code.suggestion.code.id for code in report.codes] == ["T0097", "T0002"]
    assert all(code.judged is None and code.suggestion.coder == "import navigator: Navigator" for code in report.codes)
    quote = report.codes[0].suggestion.spans[0].quote
    assert quote.startswith("T0097 ")
    assert "score 3: Posed as a doctor 🫖. (x https://x.example)" in quote
    assert parcel.incidents[0].reports == (report.report.id,)


def test_what_is_no_technique_is_said() -> None:
    parcel = read(
        layer(7, {"techniqueID": ["T0097"]}, {"techniqueID": "T0097", "score": True}, gradient={"a": 1}), disarm()
    )
    assert parcel.reports[0].codes == ()
    assert [problem.what for problem in parcel.problems][:3] == [
        "how it is drawn is not taken over: gradient",
        "it is no technique id; left out",
        "it is no technique id; left out",
    ]


def test_whose_technique_it_is() -> None:
    (report,) = read(layer({"techniqueID": "T1566", "score": 1}, domain="enterprise-attack"), disarm()).reports
    assert (report.codes[0].suggestion.code.framework, report.codes[0].suggestion.code.version) == ("ATT&CK", "")
    (report,) = read(written("navigator"), disarm()).reports
    assert {code.suggestion.code.version for code in report.codes} == {disarm().version}


def test_what_is_no_layer() -> None:
    assert IMPORTER.recognises("x.json", layer())
    assert not IMPORTER.recognises("x.json", b'{"type": "bundle", "objects": []}')
    with pytest.raises(InputError):
        read(b'{"techniques": {}}', disarm())
