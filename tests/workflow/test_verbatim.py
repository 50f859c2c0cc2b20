"""Every span that is suggested is verbatim, whatever the text."""

from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterfoil.config import load_config
from counterfoil.model.report import Original, Report
from counterfoil.workflow.intake import Draft, code
from counterfoil.workflow.kit import Kit, load_packaged_kit

_PIECES = st.sampled_from(
    [
        "The network ran fake accounts on Facebook that posed as nurses.",
        "Its Telegram channel linked to a cloned site at a lookalike domain 🫖.",
        "Les faux comptes se faisaient passer pour des journalistes.",
        "假账号在微博上冒充记者。",
        "“They never paid anyone,” said\u00a0the e\u0301diteur\u200b.",
        "\u202eshared the forged letter\u202c",
        "\n\n",
        "\r\n",
    ]
)


@cache
def _kit() -> Kit:
    return load_packaged_kit(load_config({}))


@given(
    st.lists(st.one_of(_PIECES, st.text(max_size=30)), min_size=1, max_size=8).map(" ".join).filter(str.strip),
    st.sampled_from(["en", "fr", "zh", "und"]),
)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_span_is_verbatim(text: str, language: str) -> None:
    draft = code(Draft(Report(text=text, source="x", language=language), Original(b"x", "text/plain")), _kit())
    for suggestion in draft.suggestions:
        assert suggestion.spans
        for span in (*suggestion.spans, *(reason.span for reason in suggestion.reasons if reason.span)):
            assert text[span.start : span.end] == span.quote
        assert 0 <= suggestion.score <= 1


def test_the_pieces_give_suggestions() -> None:
    text = "The network ran fake accounts on Facebook that posed as nurses."
    assert code(Draft(Report(text=text, source="x", language="en"), Original(b"x", "text/plain")), _kit()).suggestions
