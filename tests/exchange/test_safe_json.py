"""JSON from strangers: what Python's own reader would take or break on is refused or mended, and said."""

import json
from typing import Any

import pytest

from counterfoil.errors import InputError
from counterfoil.exchange import safe_json
from counterfoil.exchange.safe_json import plain, prose, read, read_listed


def told(data: bytes) -> list[str]:
    return [problem.what for problem in read(data, "x")[1]]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"[" * 100_000, "levels deep"),
        (b'{"a":' * 51 + b"1" + b"}" * 51, "levels deep"),
        (b'{"a": NaN}', "NaN is no number"),
        (b'{"a": -Infinity}', "no number"),
        (b'{"a": "\xff"}', "not UTF-8"),
        (b'"' + b'\\"' * 500_000, "no JSON"),
        (b"", "no JSON"),
        (("[" * 60 + '"\u2200' + "[" * 60).encode("utf-16"), "levels deep"),
    ],
)
def test_what_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read(data, "x")


def test_brackets_in_texts_are_no_depth() -> None:
    assert read(json.dumps({"a": '"[[[' * 100}).encode(), "x") == ({"a": '"[[[' * 100}, [])


def test_what_is_mended_is_said() -> None:
    value, problems = read(b'{"a": 1, "a": 2, "b": ' + b"9" * 5000 + b', "c": 1e999, "d": "\\ud800x"}', "x")
    assert (value["a"], value["b"], value["c"], value["d"]) == (2, "9" * 5000, "1e999", "\ufffdx")
    assert len(problems) == 4
    assert told(b'{"a": 12345678901234567, "b": "\\ud83e\\uded6"}') == []


def test_many_of_a_kind_are_counted() -> None:
    assert told(b"[" + b",".join([b'{"a":1,"a":2}'] * 50) + b"]")[-1].startswith("30 more of these")


def test_other_encodings() -> None:
    assert read('{"a": "ж"}'.encode("utf-16"), "x")[0] == {"a": "ж"}
    assert told(("[" + "9" * 5000 + "]").encode("utf-16"))
    assert read(b"\xef\xbb\xbf[1]", "x")[0] == [1]


def test_line_by_line_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_json, "SMALL", 0)
    things: list[Any] = [{"a": "},\n{", "n": number} for number in range(3)]
    lines = ",\n".join(json.dumps(thing) for thing in things)
    whole = f'{{\n"type": "bundle",\n"objects": [\n{lines}\n],\n"id": "x"\n}}\n'.encode()
    assert read_listed(whole, "x") == read(whole, "x")
    pretty = json.dumps({"objects": things}, indent=2).encode()
    assert read_listed(pretty, "x")[0] == {"objects": things}
    with pytest.raises(InputError):
        read_listed(whole.replace(b'"n": 1', b'"n": '), "x")


def test_a_stranger_s_words() -> None:
    assert plain("  a\x00\u202e b\n\nc ") == "a b c"
    assert plain(["a"]) == ""
    assert plain("x" * 400).endswith("…")
    assert prose("a\r\nb\x07") == "a\nb"
