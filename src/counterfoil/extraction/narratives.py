"""Narratives: what the operation says, where the text puts it as a clause."""

import re
from collections.abc import Iterator

from counterfoil.extraction.reading import Reading
from counterfoil.model.extraction import Extraction, Narrative

_NOUN = (
    r"(?:narratives?|(?:false |baseless |unfounded |fabricated |misleading |debunked )?(?:claims?|"
    r"rumou?rs?|allegations|"
    r"stories|accusations)|conspiracy theor(?:y|ies)|disinformation|falsehoods?|hoax(?:es)?|message|"
    r"messages|messaging)"
)
_VERB = (
    r"(?:(?:falsely|baselessly|wrongly|misleadingly|untruthfully) (?:claim|alleg|assert|suggest|stat|"
    r"report|accus)\w{0,3}|"
    r"(?:claiming|alleging|asserting|insinuating|suggesting falsely))"
)
_THAT = re.compile(r" that ")
_BEFORE_THAT = re.compile(rf"\b(?:{_NOUN}|{_VERB})$")
_CLAUSE = re.compile(r"(?P<first>[\w’'\-]{1,30})[^.;\n]{8,260}")
_ACCUSING = re.compile(
    r"\b(?P<clause>(?:accus(?:ing|ed)|blam(?:ing|ed)) [^.;\n]{3,80}? (?:of|for) [^.;,\n]{3,120}?)"
    r"(?= and \w{2,15}ing\b| while\b|[.;,\n]|$)"
)
#: A relative clause ("narratives that resonate") says nothing of what is told.
_STARTS = frozenset(
    "the a an it he she they we this these those there his her their its our all no many most some every "
    "each both "
    "any such only even voting vaccines western foreign millions thousands".split()
)
_END = re.compile(
    r", (?:and|but|while|according|which|as well|said|the report|they|officials|on|in|via|through|across)\b|: "
)


def find(reading: Reading, _found: Extraction) -> tuple[Narrative, ...]:
    """The narratives of the text, in text order."""
    items = [
        Narrative(reading.span(start, end).quote, (reading.span(start, end),))
        for start, end in sorted({*_that(reading.text), *_accusing(reading.text)})
    ]
    return tuple(items)


def _that(text: str) -> Iterator[tuple[int, int]]:
    done = 0
    for that in _THAT.finditer(text):
        said = that.start() >= done and _BEFORE_THAT.search(text, max(0, that.start() - 48), that.start())
        match = _CLAUSE.match(text, that.end()) if said else None
        if match is None:
            continue
        done = match.end()  # a clause inside the clause is a part of it
        first = match["first"]
        if not (first.lower() in _STARTS or first[0].isupper() or first[0].isdigit()):
            continue
        clause = match.group()
        cut = _END.search(clause)
        clause = clause[: cut.start()] if cut else clause
        if "“" not in clause:  # the clause stands inside a quotation that ends here
            clause = clause.partition("”")[0]
        clause = clause.partition('"')[0].rstrip(" ,)’")
        if len(clause) > 8:
            yield match.start(), match.start() + len(clause)


def _accusing(text: str) -> Iterator[tuple[int, int]]:
    for match in _ACCUSING.finditer(text):
        yield match.start("clause"), match.start("clause") + len(match["clause"].rstrip())
