"""References: framework ids (DISARM, ATT&CK), incidents, literature and sources that a report names."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.reading import Reading
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Extraction, Reference
from counterfoil.model.report import BlockKind, Report

LONGEST_NAME = 300  #: letters of an incident's title

Hit = tuple[str, str, str, int, int]  #: kind, id, name; start and end in the text read

_ID = Expression(
    r"(?<![\w./\-])(?P<id>(?P<technique>T0[01]\d\d(?:\.\d{3})?)|(?P<tactic>TA\d\d)|(?P<incident>I00\d{3})|"
    r"(?P<counter>C00\d{3})|(?P<attack>T[12]\d{3}(?:\.\d{3})?))(?![\w\-]|\.\d)"
)
_LINKING = "of|by|via|and|the|for|to|with|in|on|or|as|from|a"  #: small words inside a name
_NAME = Expression(
    r" ?: (?P<name>(?:[A-Z0-9‘'“\"(][\w’'\-/&.()‘“”\"]{0,40})"
    rf"(?: (?:[A-Z0-9(][\w’'\-/&.()]{{0,40}}|{_LINKING})){{0,14}})"
)
_CITED = Expression(r"\((?P<all>(?:see |cf\. |e\.g\.,? )?[A-ZÀ-Þ][^()\n]{2,160}?,? (?:19|20)\d\d[a-z]?)\)")
_WORK = Expression(
    r"^(?P<who>[A-ZÀ-Þ][\w’'\-]{1,30}(?:,? (?:and|&|et al\.?|[A-ZÀ-Þ]\.|[A-ZÀ-Þ][\w’'\-]{1,30},?)){0,6}),? "
    r"(?P<year>(?:19|20)\d\d[a-z]?)$"
)
_NO_AUTHOR = Expression(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|"
    r"Jul|Aug|Sept?|Oct|Nov|Dec|Spring|Summer|Autumn|Fall|Winter|Early|Late|Mid|Since|In|From|Until|Between|By|"
    r"Before|After|Q[1-4]|H[12]|About|Circa)\b"
)
_LEADS = Expression(r"^(?:see |cf\. |e\.g\.,? )")
_NOTE = Expression(r"^\s{0,4}(?:\[\d{1,3}\]|\d{1,3}[.)])\s")
_SOURCES = Expression(
    r"^\W{0,4}(?:\d{1,2}\.? )?(?:references?|sources?|bibliography|works cited|further reading|endnotes|footnotes|"
    r"notes|références|sources et références|quellen|literatur|referencias|fuentes|источники|джерела)\W{0,4}$",
    re.IGNORECASE,
)


def find(reading: Reading, found: Extraction) -> tuple[Reference, ...]:
    """What the text refers to, in text order; one item per kind and id (or work) with all its places."""
    items: dict[tuple[str, str], tuple[str, list[Span]]] = {}
    for kind, identity, name, start, end in sorted((*_ids(reading), *_works(reading.text)), key=lambda hit: hit[3]):
        key = (kind, identity or name)
        named, spans = items.setdefault(key, (name, []))
        items[key] = (named or name, spans)
        spans.append(reading.span(start, end))
    for address, span in _sources(reading.report, found):
        items.setdefault(("source", address), ("", []))[1].append(span)
    made = [
        Reference(kind, "" if kind == "citation" else identity, name, tuple(spans))
        for (kind, identity), (name, spans) in items.items()
    ]
    return tuple(sorted(made, key=lambda reference: reference.spans[0]))


def _ids(reading: Reading) -> Iterator[Hit]:
    text = reading.text
    for match in _ID.finditer(text):
        kind = next(name for name in ("technique", "tactic", "incident", "counter", "attack") if match[name])
        end = match.end()
        if kind == "incident":
            line_end = text.find("\n", end)
            title = text[end : line_end if line_end >= 0 else len(text)][:LONGEST_NAME]
            name = title.partition("|")[0].strip(" :–—-|")
        else:
            named = _NAME.match(text, end)
            name = _closed(named["name"]) if named else ""
        yield ("attack-technique" if kind == "attack" else kind), match["id"], name, match.start(), end


def _closed(name: str) -> str:
    """A name without the next id, a bracket that it does not open, its sentence's stop and a dangling link word."""
    another = _ID.search(name)
    name = name[: another.start()].rstrip() if another else name
    if name.count(")") > name.count("("):
        name = name[: name.rindex(")")]
    return re.sub(rf"(?: (?:{_LINKING}))+$", "", name.rstrip(" .,;:"))


def _works(text: str) -> Iterator[Hit]:
    """ "(Author, 2018; Other et al., 2019)"."""
    for match in _CITED.finditer(text):
        at = match.start("all")
        for part in match["all"].split(";"):
            lead = len(part) - len(part.lstrip())
            plain = _LEADS.sub("", part.strip())
            start = at + lead + (len(part.strip()) - len(plain))
            if _WORK.match(plain) and not _NO_AUTHOR.match(plain):
                yield "citation", "", plain, start, start + len(plain)
            at += len(part) + 1


def _sources(report: Report, found: Extraction) -> Iterator[tuple[str, Span]]:
    """Addresses in footnotes, numbered notes and lists of references: where the report has it from."""
    ranges = list(_source_ranges(report))
    starts = [start for start, _ in ranges]
    for observable in found.observables:
        if observable.type == "url":
            for span in observable.spans:
                at = bisect_left(starts, span.start + 1) - 1
                if at >= 0 and span.end <= ranges[at][1] and "[" not in span.quote:  # what is defanged is evidence
                    yield observable.value, span


def _source_ranges(report: Report) -> Iterator[tuple[int, int]]:
    listing = False
    for block in report.blocks:
        text = report.text[block.start : block.end]
        if block.kind is BlockKind.HEADING or _SOURCES.match(text):
            listing = bool(_SOURCES.match(text))
        elif listing or block.kind is BlockKind.FOOTNOTE or _NOTE.match(text):
            yield block.start, block.end
