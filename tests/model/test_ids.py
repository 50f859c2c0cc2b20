"""The quick ways to ids give what the standard library gives."""

import json
from uuid import uuid5

from hypothesis import given
from hypothesis import strategies as st

from counterfoil.model.ids import NAMESPACE, uuid_for, uuid_text, uuid_text_for

WORDS = st.text(st.characters(codec="utf-8"))


@given(WORDS)
def test_a_uuid_as_text_is_that_of_the_library(name: str) -> None:
    assert uuid_text(NAMESPACE, name) == str(uuid5(NAMESPACE, name))


@given(st.lists(WORDS | st.integers() | st.none()))
def test_parts_are_joined_as_canonical_json(parts: list[str | int | None]) -> None:
    canonical = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    assert uuid_for(*parts) == uuid5(NAMESPACE, canonical)
    assert uuid_text_for(*parts) == str(uuid_for(*parts))
