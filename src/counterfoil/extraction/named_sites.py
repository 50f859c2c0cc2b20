"""Organisations that go by their domain: "researchers at Debunk.org", "Texty.org.ua found"."""

from functools import lru_cache

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.naming import key
from counterfoil.extraction.platforms import platform_names
from counterfoil.model.extraction import Observable

_AS_NAME = Expression(r"[A-Z][\w\-]{1,40}(?:\.[A-Za-z]{2,10}){1,2}")


def is_written_as_name(item: Observable) -> bool:
    """Whether a domain is always written as a name is, with a capital and no defanging, and is no platform's."""
    if item.type != "domain-name" or not all(_AS_NAME.fullmatch(span.quote) for span in item.spans):
        return False
    return key(item.value.partition(".")[0]) not in _platforms()


@lru_cache(maxsize=1)
def _platforms() -> frozenset[str]:
    return frozenset(key(name) for name in platform_names())
