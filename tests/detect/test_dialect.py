"""SQL and regular expressions in Spark's words. Whether they mean the same there, test_spark.py tells."""

import re

import pytest

from counterfoil.detect.dialect import java_pattern, java_replacement, to_spark
from counterfoil.errors import UsageError


@pytest.mark.parametrize(
    ("ours", "java"),
    [
        (r"^rt @[^\s:]+:?", r"^rt @[^\t\n\f\r :]+:?"),
        (r"a\sb\S", r"a[\t\n\f\r ]b[^\t\n\f\r ]"),
        (r"x.y$", r"x[^\n]y\z"),
        (r"[.$[&]\$\.", r"[.$\[\&]\$\."),
        (r"[]a]", r"[\]a]"),
        (r"[^]a]", r"[^\]a]"),
        (r"(?i:ab)(?:c)", r"(?iu:ab)(?:c)"),
        (r"(?P<word>a)", r"(?<word>a)"),
        (r"\p{Lu}[^\pL]", r"\p{Lu}[^\pL]"),
    ],
)
def test_a_pattern_for_java(ours: str, java: str) -> None:
    assert java_pattern(ours) == java


@pytest.mark.parametrize("pattern", ["(?s)a.b", "(?m)^a$", "[[:alpha:]]", r"[\S]", r"\Qa.b\E", "(?U:a)", "(?=a)"])
def test_what_cannot_be_said_alike_is_refused(pattern: str) -> None:
    with pytest.raises(UsageError, match="not translated"):
        java_pattern(pattern)


@pytest.mark.parametrize(
    ("ours", "shift", "java"),
    [
        ("", 0, ""),
        (r"\1", 0, "$1"),
        (r"\1\2", 2, "$3$4"),
        (r"\0", 2, "$2"),
        (r"$5 \\", 0, r"\$5 \\"),
        (r"\10", 0, r"$1\0"),
    ],
)
def test_a_replacement_for_java(ours: str, shift: int, java: str) -> None:
    assert java_replacement(ours, shift) == java


def test_only_the_first_match_is_replaced_unless_all_are_asked_for() -> None:
    pytest.importorskip("sqlglot", reason="the extra spark is not installed")
    first, every = (to_spark(f"SELECT regexp_replace(a, 'x', 'y'{more})").sql for more in ("", ", 'g'"))
    assert re.search(r"'\\\\A\(\[\\\\s\\\\S\]\*\?\)\(x\)', '\$1y'", first), first
    assert "'x', 'y'" in every


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("CAST(hash(a) >> 1 AS BIGINT)", "SHIFTRIGHTUNSIGNED(XXHASH64(a), 1)"),
        ("a // 60", "a DIV 60"),
        ("CAST(sum(a) / 2 AS BIGINT)", "CAST(RINT(SUM(a) / 2) AS BIGINT)"),
        ("lag(a) OVER (ORDER BY b)", "LAG(a) OVER (ORDER BY b NULLS LAST)"),
        ("unnest(a)", "EXPLODE(a)"),
        (
            "regexp_replace(lower(regexp_replace(a, 'b', '\\0c', 'g')), '(d)$', '\\1', 'g')",
            "REGEXP_REPLACE(LOWER(TRANSLATE(REGEXP_REPLACE(a, 'b', '$0c'), 'Σİ', 'σi')), '(d)\\\\z', '$1')",
        ),
        ("array_length(a)", "SIZE(a)"),
        ("regexp_extract(a, '(b)', 1)", "REGEXP_EXTRACT(a, '(b)', 1)"),
    ],
)
def test_an_expression_for_spark(ours: str, theirs: str) -> None:
    pytest.importorskip("sqlglot", reason="the extra spark is not installed")
    assert to_spark(f"SELECT {ours} FROM t").sql == f"SELECT {theirs} FROM t"


def test_a_query_tells_which_tables_it_reads_and_how_often() -> None:
    pytest.importorskip("sqlglot", reason="the extra spark is not installed")
    query = to_spark("WITH own AS (SELECT * FROM posts) SELECT a FROM own JOIN posts AS p ON p.b = own.b")
    assert dict(query.tables) == {"posts": 2}
    assert query.columns >= {"a", "b"}
    assert not query.plain
    assert to_spark("SELECT a, b FROM posts").plain
    assert not to_spark("SELECT DISTINCT a FROM posts").plain
    assert not to_spark("SELECT count(*) AS n FROM posts").plain
    assert not to_spark("SELECT a FROM posts WHERE a > 1").plain


@pytest.mark.parametrize(
    "sql", ["SELECT regexp_replace(a, b, 'x')", "SELECT regexp_replace(a, 'b', 'x', 'i')", "SELECT ("]
)
def test_a_query_that_cannot_be_translated_is_refused(sql: str) -> None:  # fmt: skip
    pytest.importorskip("sqlglot", reason="the extra spark is not installed")
    with pytest.raises(UsageError) as refused:
        to_spark(sql)
    assert "docs/detection_spark.md" in refused.value.hint
