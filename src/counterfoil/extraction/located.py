"""A mention of a place in the text read, before it becomes an item with evidence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Located:
    """`text[start:end]` names the place `key`, with that ISO 3166 code; `city`: it lies in the country of that code."""

    start: int
    end: int
    key: str
    code: str
    city: bool = False
