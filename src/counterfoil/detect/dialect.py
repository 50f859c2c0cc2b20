"""The SQL of detection for another engine: written once for DuckDB, put into Spark's words here.

sqlglot (pinned, since its rules change) does what every such translation needs: names of functions, explode for
unnest, where NULLs stand in an order. What it leaves to chance is put right here, because pairs of accounts must not
hang on the engine: hash functions, the two kinds of regular expressions (RE2, Java), replacing once or everywhere,
lower case, white space to trim, and rounding.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from counterfoil.errors import UsageError

if TYPE_CHECKING:
    from sqlglot import Expr

_WHITE = "\\t\\n\\f\\r "  #: what RE2 takes for white space; Java adds the vertical tab
_WORD = "[0-9A-Za-z_]"
_EDGE = f"(?:(?<={_WORD})(?!{_WORD})|(?<!{_WORD})(?={_WORD}))"
#: that DuckDB trims (Unicode's space separators); Spark trims the first only
SPACES = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
#: capitals whose small letter DuckDB takes letter by letter, and Java by their neighbours or as two letters
CAPITALS, SMALL = "\u03a3\u0130", "\u03c3i"


@dataclass(frozen=True, slots=True)
class Query:
    """A query in an engine's own words.

    Args:
        tables: how often it names each table (not counting those that it defines itself).
        columns: all names of columns in it.
        plain: whether it only picks columns of one table, which costs nothing to do again.
    """

    sql: str
    tables: Counter[str]
    columns: frozenset[str]
    plain: bool


@cache
def to_spark(sql: str) -> Query:
    """A query of DuckDB's for Spark.

    Raises:
        UsageError: it uses what cannot be said alike in Spark, or sqlglot is not installed.
    """
    try:
        from sqlglot import exp, parse_one
        from sqlglot.errors import SqlglotError
    except ImportError as error:
        raise UsageError("The engine Spark needs sqlglot.", "Run: pip install 'counterfoil[spark]'") from error
    try:
        tree = parse_one(sql, read="duckdb")
        own = {one.alias_or_name for one in tree.find_all(exp.CTE)}
        tables = Counter(one.name for one in tree.find_all(exp.Table) if one.name not in own)
        columns = frozenset(one.name for one in tree.find_all(exp.Column))
        picking = (exp.Select, exp.From, exp.Table, exp.Column, exp.Identifier)
        plain = all(isinstance(one, picking) for one in tree.walk())
        for node in reversed(list(tree.walk())):  # what is within goes first
            rule = _rules().get(type(node))
            if rule:
                node.replace(rule(node))
        told = tree.sql(dialect="spark")
    except SqlglotError as error:
        raise UsageError(f"A query cannot be put into Spark's words: {error}.", _PLAIN) from error
    return Query(told, tables, columns, plain)


_PLAIN = "Keep to plain SQL: docs/detection_spark.md."


@cache
def _rules() -> "dict[type[Expr], Callable[[Expr], Expr]]":
    from sqlglot import exp

    return {
        exp.RegexpReplace: _replaced,
        exp.RegexpLike: _searched,
        exp.RegexpExtract: _searched,
        exp.Lower: _lowered,
        exp.Trim: _trimmed,
        exp.Cast: _cast,
        exp.Anonymous: _anonymous,
    }


def _replaced(node: "Expr") -> "Expr":
    from sqlglot import exp

    pattern, rest = _literal(node.expression), _literal(node.args.get("replacement"))
    modifiers = _literal(node.args["modifiers"]) if node.args.get("modifiers") else ""
    if modifiers not in ("", "g"):
        raise UsageError(f"regexp_replace with {modifiers!r} has no like in Spark.", _PLAIN)
    everywhere = modifiers == "g" or pattern.startswith("^")
    ours, put = java_pattern(pattern), java_replacement(rest)
    if not everywhere:  # Spark replaces all: the text before the first match is matched as well, and put back
        ours, put = f"\\A([\\s\\S]*?)({ours})", "$1" + java_replacement(rest, shift=2)
    return exp.func("regexp_replace", node.this, exp.Literal.string(ours), exp.Literal.string(put), dialect="spark")


def _searched(node: "Expr") -> "Expr":
    from sqlglot import exp

    node.set("expression", exp.Literal.string(java_pattern(_literal(node.expression))))
    if isinstance(node, exp.RegexpExtract):
        group = node.args.get("group") or exp.Literal.number(0)
        return exp.Anonymous(this="regexp_extract", expressions=[node.this, node.expression, group])
    return node


def _lowered(node: "Expr") -> "Expr":
    from sqlglot import exp

    special = exp.Anonymous(
        this="translate", expressions=[node.this, exp.Literal.string(CAPITALS), exp.Literal.string(SMALL)]
    )
    return exp.Anonymous(this="lower", expressions=[special])


def _trimmed(node: "Expr") -> "Expr":
    from sqlglot import exp

    if node.args.get("expression") is None:
        node.set("expression", exp.Literal.string(SPACES))
    return node


def _cast(node: "Expr") -> "Expr":
    """Ids of texts; and fractions to whole numbers, which DuckDB rounds and Spark cuts off."""
    from sqlglot import exp

    inner = node.this
    if isinstance(inner, exp.BitwiseRightShift) and inner.this.name == "xxhash64":
        hashed = exp.Anonymous(this="xxhash64", expressions=inner.this.expressions)
        return exp.Anonymous(this="shiftrightunsigned", expressions=[hashed, inner.expression])
    if isinstance(inner, exp.Div) and node.args["to"].this in exp.DataType.INTEGER_TYPES:
        node.set("this", exp.Anonymous(this="rint", expressions=[inner]))
    return node


def _anonymous(node: "Expr") -> "Expr":
    from sqlglot import exp

    if node.name.lower() == "hash":
        return exp.Anonymous(this="xxhash64", expressions=node.expressions)
    return node


def _literal(node: "Expr | None") -> str:
    from sqlglot import exp

    if not isinstance(node, exp.Literal) or not node.is_string:
        raise UsageError("A regular expression has to stand in the query as it is.", _PLAIN)
    return str(node.this)


def java_replacement(written: str, shift: int = 0) -> str:
    r"""RE2's replacement (`\1`) as Java's (`$1`).

    Args:
        shift: groups that stand before those of the pattern: the last of them holds the whole match.
    """
    made, place = "", 0
    while place < len(written):
        letter = written[place]
        following = written[place + 1 : place + 2]
        if letter == "\\" and following.isdigit():
            made += f"${int(following) + shift}"
            place += 2
            if written[place : place + 1].isdigit():
                made += "\\"  # else Java would read on
            continue
        if letter == "\\" and following == "\\":
            place += 1
        made += f"\\{letter}" if letter in "\\$" else letter
        place += 1
    return made


def java_pattern(pattern: str) -> str:
    """A regular expression of RE2 as Java's that matches the same.

    Raises:
        UsageError: it has flags or classes that are not translated.
    """
    made, place, within = "", 0, False
    while place < len(pattern):
        letter = pattern[place]
        step = 1
        if letter == "\\":
            step = 2
            made += _escape(pattern[place : place + 2], within)
        elif within:
            if pattern.startswith("[:", place):
                raise UsageError(f"{pattern!r} has a class by name, which is not translated.", _PLAIN)
            made += f"\\{letter}" if letter in "[&" else letter
            within = letter != "]"
        elif letter == "[":
            within = True
            start = pattern[place : place + 2] if pattern.startswith("[^", place) else "["
            step = len(start)
            made += start
            if pattern.startswith("]", place + step):  # the first is a letter like others
                made, step = made + "\\]", step + 1
        elif pattern.startswith("(?", place):
            made, step = made + _group(pattern, place), _group_length(pattern, place)
        else:
            made += {"$": "\\z", ".": "[^\\n]"}.get(letter, letter)
        place += step
    return made


def _escape(escaped: str, within: bool) -> str:
    if escaped == "\\s":
        return _WHITE if within else f"[{_WHITE}]"
    if escaped == "\\S" and not within:
        return f"[^{_WHITE}]"
    if escaped == "\\b" and not within:
        return _EDGE
    if escaped in ("\\S", "\\B", "\\C", "\\Q"):
        raise UsageError(f"{escaped} in a regular expression is not translated.", _PLAIN)
    return escaped


def _group_length(pattern: str, place: int) -> int:
    """Of what opens a group: its flags, with their colon or bracket."""
    if pattern.startswith("(?P<", place):
        return 4
    end = place + 2
    while pattern[end : end + 1].isalpha() or pattern[end : end + 1] == "-":
        end += 1
    return end + 1 - place


def _group(pattern: str, place: int) -> str:
    opened = pattern[place : place + _group_length(pattern, place)]
    if opened == "(?P<":
        return "(?<"
    flags = opened[2:-1]
    if set(flags) - {"i"} or opened[-1] not in ":)":
        raise UsageError(f"{opened!r} in a regular expression is not translated.", _PLAIN)
    return opened.replace("i", "iu")  # RE2 takes all letters for large or small, not only A to Z
