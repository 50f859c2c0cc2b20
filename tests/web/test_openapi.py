"""schemathesis sends what the OpenAPI document allows, and much that it does not: nothing breaks the server."""

import pytest

from tests.web.conftest import Bench


@pytest.mark.slow
def test_no_call_breaks_the_server(bench: Bench) -> None:
    schemathesis = pytest.importorskip("schemathesis")
    from hypothesis import HealthCheck, Phase, given, settings

    headers = {"Authorization": f"Bearer {bench.settings.token}"}
    schema = schemathesis.openapi.from_url(f"{bench.url}/api/openapi.json", headers=headers)
    tried = 0
    for result in schema.get_all_operations():
        operation = result.ok()

        @given(case=operation.as_strategy())
        @settings(
            max_examples=25,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def calls(case: object) -> None:
            answer = case.call(headers=headers, timeout=20)  # type: ignore[attr-defined]
            assert answer.status_code < 500, f"{answer.request.method} {answer.request.url}: {answer.text}"

        calls()
        tried += 1
    assert tried >= 15
