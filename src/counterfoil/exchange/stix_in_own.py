"""Counterfoil's own extensions read back: reports with their texts, what was found and decided, incidents.

Nothing in them is trusted because it says that it is ours: every span is checked against the text, every type too.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

from counterfoil.errors import EvidenceError
from counterfoil.exchange.safe_json import has_controls, plain
from counterfoil.exchange.stix_ids import INCIDENT, REPORT
from counterfoil.exchange.stix_in_objects import Object, Objects, extension
from counterfoil.model.coding import Modality, Reason, Signature, Suggestion, Verdict
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Alias, Extraction
from counterfoil.model.framework import Code
from counterfoil.model.incident import Details, Incident
from counterfoil.model.judging import NameDecision
from counterfoil.model.parcel import ArrivedCode, ArrivedReport, Judged
from counterfoil.model.plain import KINDS
from counterfoil.model.report import Block, BlockKind, Page, Report

_OWN_ID = re.compile(r"I-[0-9a-f]{12}")
_SAID = {"joined": Verdict.ACCEPTED, "apart": Verdict.REJECTED, "open": None}


class _WrongError(Exception):
    """A value that is not of the type that it should be."""


@dataclass(frozen=True, slots=True)
class OwnReader:
    """Reads our extensions of a bundle's objects; `default` is the coder of what names none."""

    objects: Objects
    default: str

    def report(self, thing: Object) -> ArrivedReport | None:
        """The report that an object carries whole; None if it carries none of ours."""
        held = extension(thing, REPORT)
        text = held.get("text")
        if not isinstance(text, str) or not text.strip():
            return None
        where = thing["id"]
        if has_controls(text):
            self.objects.problem(
                where, "its text has control characters or changes of direction; they stay as they came"
            )
        report = Report(
            text=text,
            **{name: _text(held, name) for name in ("source", "title", "author", "publisher", "url")},
            published=_text(held, "published_as_written"),
            language=_text(held, "language") or "und",
            blocks=tuple(self._each(held, "blocks", where, lambda row: _block(row, len(text)))),
            pages=tuple(self._each(held, "pages", where, lambda row: _page(row, len(text)))),
            notes=tuple(one for one in _list(held, "notes") if isinstance(one, str)),
        )
        if _text(held, "sha256") not in ("", report.sha256):
            self.objects.problem(where, "its text is not the one that its hash is of: somebody changed it on the way")
        codes = self._each(held, "suggestions", where, lambda row: self._code(row, report))
        return ArrivedReport(report, self._extraction(held, report, where), tuple(codes), _text(held, "added"))

    def incident(self, thing: Object, known: Mapping[str, Report]) -> tuple[Incident, list[NameDecision]] | None:
        """The incident that an object carries; None if it carries none of ours, or not all of its reports came."""
        reports = [one for one in _list(extension(thing, INCIDENT), "reports") if isinstance(one, str)]
        return self.incident_on(thing, reports) if set(reports) <= known.keys() else None

    def incident_on(self, thing: Object, reports: Iterable[str]) -> tuple[Incident, list[NameDecision]] | None:
        """The incident that an object carries, resting on these reports; None if it carries none of ours."""
        held = extension(thing, INCIDENT)
        if not _OWN_ID.fullmatch(_text(held, "id")):
            return None
        try:
            details = Details(
                external_id=_text(held, "external_id"),
                summary=_text(held, "summary"),
                year=_text(held, "year"),
                attributed_to=_strings(held, "attributed_to"),
                found_in=_strings(held, "found_in"),
                references=_strings(held, "references"),
                tlp=_text(held, "tlp"),
            )
        except _WrongError as error:
            self.objects.problem(thing["id"], f"its {error} is not what it should be; the incident is left out")
            return None
        made = Incident(
            held["id"],
            plain(held.get("name")) or plain(thing.get("name")),
            tuple(sorted(set(reports))),
            _text(held, "created"),
            _text(held, "origin"),
            details,
        )
        return made, self._each(held, "names", thing["id"], _name)

    def _extraction(self, held: Object, report: Report, where: str) -> Extraction:
        rows = held.get("extraction")
        found: dict[str, Any] = {}
        source = rows if isinstance(rows, dict) else {}
        for kind in KINDS:
            found[kind] = tuple(self._each(source, kind, where, partial(_item, kind, text=report.text)))
        return Extraction(**found, coder=_text(held, "extraction_coder") or self.default)

    def _code(self, row: Object, report: Report) -> ArrivedCode:
        technique, decision = row.get("technique"), row.get("decision")
        if not isinstance(technique, dict):
            raise _WrongError("technique")
        code = Code(*(_needed(technique, name) for name in ("framework", "version", "id")))
        spans = _spans(row, report.text)
        if not spans:
            raise _WrongError("spans")
        score = row.get("score", 0.0)
        if isinstance(score, bool) or not isinstance(score, int | float):
            raise _WrongError("score")
        suggestion = Suggestion(
            report=report.id,
            code=code,
            spans=spans,
            coder=_text(row, "coder") or self.default,
            score=float(score),
            reasons=tuple(_reason(one, report.text) for one in _list(row, "reasons")),
            modality=Modality(_text(row, "modality") or Modality.OBSERVED.value),
            actor=_text(row, "actor"),
            voice=_text(row, "voice"),
            replaces=_text(row, "replaces"),
        )
        if not isinstance(decision, dict) or not decision:
            return ArrivedCode(suggestion)
        signature = Signature(*(_text(decision, name) for name in ("analyst", "at", "comment")))
        return ArrivedCode(suggestion, Judged(Verdict(_text(decision, "verdict")), signature))

    def _each(self, held: Object, key: str, where: str, make: Callable[[Object], Any]) -> list[Any]:
        """What a list of ours holds; an entry that is not as it should be is left out, and said."""
        made, wrong = [], []
        for place, row in enumerate(_list(held, key)):
            try:
                made.append(make(row if isinstance(row, dict) else _fail("entry")))
            except (_WrongError, ValueError, EvidenceError) as error:
                wrong.append(f"{place} ({plain(str(error), 80)})")
        if wrong:
            more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
            self.objects.problem(
                where, f"of its {key}, these are not what they should be: {', '.join(wrong[:3])}{more}"
            )
        return made


def _fail(what: str) -> Any:
    raise _WrongError(what)


def _text(held: Object, key: str) -> str:
    value = held.get(key, "")
    return value if isinstance(value, str) else ""


def _needed(held: Object, key: str) -> str:
    value = held.get(key)
    return value if isinstance(value, str) else _fail(key)


def _list(held: Object, key: str) -> list[Any]:
    value = held.get(key, [])
    return value if isinstance(value, list) else []


def _strings(held: Object, key: str) -> tuple[str, ...]:
    value = held.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _WrongError(key)
    return tuple(value)


def _number(row: Object, key: str, default: int | None = None) -> int:
    value = row.get(key, default)
    return value if isinstance(value, int) and not isinstance(value, bool) else _fail(key)


def _range(row: Object, length: int) -> tuple[int, int]:
    start, end = row.get("start"), row.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start <= end <= length:
        raise _WrongError("range")
    return start, end


def _block(row: Object, length: int) -> Block:
    return Block(BlockKind(_needed(row, "kind")), *_range(row, length), _number(row, "level", 0))


def _page(row: Object, length: int) -> Page:
    return Page(_number(row, "number"), *_range(row, length))


def _span(row: Any, text: str) -> Span:
    if not isinstance(row, dict):
        raise _WrongError("span")
    return Span.check(text, *_range(row, len(text)), _needed(row, "quote"))


def _spans(row: Object, text: str) -> tuple[Span, ...]:
    return tuple(_span(one, text) for one in _list(row, "spans"))


def _reason(row: Any, text: str) -> Reason:
    if not isinstance(row, dict):
        raise _WrongError("reason")
    return Reason(_needed(row, "text"), _span(row["span"], text) if row.get("span") else None)


def _item(kind: str, row: Object, text: str) -> Any:
    found: dict[str, Any] = {}
    for name in _FIELDS[kind]:
        if name == "spans":
            found[name] = _spans(row, text) or _fail("spans")
        elif name == "aliases":
            found[name] = tuple(_alias(one) for one in _list(row, name))
        elif name in row:
            found[name] = _needed(row, name)
        elif name not in _DEFAULTED[kind]:
            found[name] = ""  # left out because it is empty
    return KINDS[kind](**found)


_FIELDS = {kind: tuple(one.name for one in fields(made)) for kind, made in KINDS.items()}
#: Fields with a default that is not empty: left out they have it.
_DEFAULTED = {
    kind: {one.name for one in fields(made) if isinstance(one.default, str) and one.default}
    for kind, made in KINDS.items()
}


def _alias(row: Any) -> Alias:
    return Alias(_needed(row, "name"), _text(row, "by")) if isinstance(row, dict) else _fail("alias")


def _name(row: Object) -> NameDecision:
    said = _needed(row, "said")
    if said not in _SAID:
        raise _WrongError("said")
    words = {key: _text(row, key) for key in ("analyst", "at", "comment")}
    return NameDecision(0, _needed(row, "name"), _needed(row, "alias"), _SAID[said], **words)
