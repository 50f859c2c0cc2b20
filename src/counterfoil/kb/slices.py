"""Many things, some at a time: what one query asks for, or one statement stores."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

AT_ONCE = 500
_T = TypeVar("_T")


def slices(things: Iterable[_T], at_once: int = AT_ONCE) -> Iterator[list[_T]]:
    """The things in their order, in lists of at most `at_once`; none is empty."""
    source = iter(things)
    while some := list(islice(source, at_once)):
        yield some
