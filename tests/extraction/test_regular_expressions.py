"""No regular expression of extraction backtracks without bound.

Exponential and cubic ones are found by a linter (regexploit). Quadratic ones show when they are timed on texts made
for them: what an expression likes, up to a repeat, and then much of what may be repeated.
"""

import importlib
import pkgutil
import re
import time
import warnings
from collections.abc import Iterator
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import counterfoil.extraction
from counterfoil.extraction.expressions import Expression

#: What many rules wait for, repeated until something gives up.
SEEDS = [
    "a",
    "A",
    " ",
    "Ab ",
    "ab ",
    "1",
    "1,",
    "a.",
    "a-",
    "“",
    "(",
    "\n",
    ", ",
    "Ab, ",
    "the ",
    "и ",
    "А",
    "а ",
    "@a",
    "/a",
    "| ",
]


def _modules() -> Iterator[Any]:
    for module in pkgutil.walk_packages(counterfoil.extraction.__path__, "counterfoil.extraction."):
        yield importlib.import_module(module.name)


def _patterns() -> list[Any]:
    found: dict[re.Pattern[str], str] = {}
    for module in _modules():
        for name, value in vars(module).items():
            listed = (
                value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else [value]
            )
            for place, pattern in enumerate(listed):
                if isinstance(pattern, Expression):
                    where = f"{module.__name__.removeprefix('counterfoil.extraction.')}.{name}"
                    found.setdefault(pattern.compiled, f"{where}[{place}]" if listed != [value] else where)
    return [pytest.param(pattern, id=name) for pattern, name in found.items()]


LETTERS = 2_000
QUICK = 0.1  #: seconds in which a time need not be looked into
LONG = 20  #: repeats that are worth trying out
REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
CATEGORIES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}
PATTERNS = _patterns()


def test_there_are_patterns_to_look_at() -> None:
    assert len(PATTERNS) > 200


@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_exponential_backtracking(pattern: re.Pattern[str]) -> None:
    assert _exponential(pattern) == []


@pytest.mark.slow
@pytest.mark.parametrize("pattern", PATTERNS)
def test_time_is_linear(pattern: re.Pattern[str]) -> None:
    for attack in _attacks(pattern):
        short = _seconds(pattern, _hostile(attack, LETTERS))
        if short < QUICK / 16:
            continue  # if its time were quadratic, four times the text would still be quick
        long = _seconds(pattern, _hostile(attack, 4 * LETTERS))
        if long > QUICK and long / short >= 9:  # or something else kept the processor: once more
            assert _ratio(pattern, attack) < 9, f"{attack} takes more than linear time"


@pytest.mark.parametrize("bad", [r"(a+)+$", r"(?:\w+ ?)+$", r"a*a*a*b"])
def test_the_linter_sees_what_it_should(bad: str) -> None:
    assert _exponential(re.compile(bad))


@pytest.mark.parametrize("bad", [r"\w+x", r"(?:Ab )*Ac", r"“[^”]*”", r"\bthe (?:\w+ )*end"])
def test_the_clock_sees_what_it_should(bad: str) -> None:
    pattern = re.compile(bad)
    assert max(_ratio(pattern, attack) for attack in _attacks(pattern)) > 9


def _exponential(pattern: re.Pattern[str]) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it imports a part of re that is to move
        from regexploit.ast.sre import SreOpParser
        from regexploit.redos import find

    return [str(redos) for redos in find(SreOpParser().parse_sre(pattern.pattern, pattern.flags))]


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    start = time.process_time()
    sum(1 for _ in pattern.finditer(text))
    return time.process_time() - start


def _ratio(pattern: re.Pattern[str], attack: tuple[str, str]) -> float:
    """How many times as long four times the text takes: about 4 if the time is linear, 16 if it is quadratic."""
    return _seconds(pattern, _hostile(attack, 4 * LETTERS)) / max(_seconds(pattern, _hostile(attack, LETTERS)), 1e-4)


def _hostile(attack: tuple[str, str], letters: int) -> str:
    before, repeated = attack
    return before + repeated * (letters // max(len(repeated), 1))


def _attacks(pattern: re.Pattern[str]) -> set[tuple[str, str]]:
    """Texts that the expression likes: what comes before a repeat, and what may be repeated there."""
    parsed = _parser.parse(pattern.pattern, pattern.flags)
    attacks = {("", seed) for seed in SEEDS} | {("", _example(parsed))}
    for before, repeated in _repeats(parsed, ""):
        attacks |= {(before, repeated), ("", before + repeated), ("", repeated), (before, repeated + " ")}
    return {attack for attack in attacks if attack[1]}


def _repeats(parsed: Any, before: str) -> Iterator[tuple[str, str]]:
    """Every long repeat of an expression, with an example of what leads up to it and of what it repeats."""
    for operation, argument in parsed:
        if operation in REPEATS:
            if argument[1] is _constants.MAXREPEAT or argument[1] >= LONG:
                yield before, _example(argument[2])
            yield from _repeats(argument[2], before)
        elif operation is _constants.SUBPATTERN:
            yield from _repeats(argument[3], before)
        elif operation is _constants.BRANCH:
            for branch in argument[1]:
                yield from _repeats(branch, before)
        elif operation in (_constants.ASSERT, _constants.ASSERT_NOT):
            yield from _repeats(argument[1], before)
        before += _example([(operation, argument)])


def _example(parsed: Any) -> str:
    """A text that the expression, or a part of it, matches (but for what it only looks at)."""
    text = ""
    for operation, argument in parsed:
        if operation is _constants.LITERAL:
            text += chr(argument)
        elif operation in (_constants.ANY, _constants.NOT_LITERAL):
            text += "b"
        elif operation is _constants.IN:
            text += _member(argument)
        elif operation in REPEATS:
            text += _example(argument[2]) * max(argument[0], 1)
        elif operation is _constants.SUBPATTERN:
            text += _example(argument[3])
        elif operation is _constants.BRANCH:
            text += _example(argument[1][0])
    return text


def _member(members: Any) -> str:
    """A sign of a set."""
    refused = members[0][0] is _constants.NEGATE
    single = re.compile(f"[{''.join(map(_set_text, members))}]")
    return next((sign for sign in "aA 1.,-“(а" if single.match(sign)), "é" if refused else " ")


def _set_text(member: Any) -> str:
    operation, argument = member
    if operation is _constants.NEGATE:
        return "^"
    if operation is _constants.RANGE:
        return f"{re.escape(chr(argument[0]))}-{re.escape(chr(argument[1]))}"
    if operation is _constants.CATEGORY:
        return CATEGORIES[str(argument)]
    return re.escape(chr(argument))
