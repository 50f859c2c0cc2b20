"""An arrived report made sound: once, in its own words, with items and codes that stand in its text."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from counterfoil.model.coding import Signature
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Extraction
from counterfoil.model.judging import IDENTITY
from counterfoil.model.parcel import ArrivedCode, ArrivedReport, Judged, Parcel, State
from counterfoil.model.report import Report
from counterfoil.workflow.arrival_orders import IMPORTER, Plan
from counterfoil.workflow.arriving_codes import Meanings, with_code

OWN = "analyst "  #: how the coder of a person's own suggestion begins: it is never shown undecided


def each_once(arrived: Iterable[ArrivedReport], made: Plan) -> list[ArrivedReport]:
    """A report that comes twice (as part of two incidents) is one, with the codes of both."""
    found: dict[str, ArrivedReport] = {}
    for one in arrived:
        before = found.get(one.report.id)
        if before is None:
            found[one.report.id] = one
            continue
        if before.report.text != one.report.text:
            made.problem(one.report.id, "two texts of the parcel have this id; the second is left out")
            continue
        first = before.extraction if before.extraction != Extraction() else one.extraction
        if one.extraction not in (first, Extraction()):
            made.problem(one.report.id, "the report comes twice, with other extracted items; the first ones count")
        found[one.report.id] = replace(before, codes=(*before.codes, *one.codes), extraction=first)
    return list(found.values())


def sound(one: ArrivedReport, parcel: Parcel, at: str, made: Plan) -> ArrivedReport | None:
    """The report with only such metadata as can be stored and exported, and only items that stand in its text.

    None if it has no text.
    """
    from counterfoil.readers.about import checked

    if not one.report.text.strip():
        made.problem(one.report.title or one.report.id, "the report has no text; left out")
        return None
    report = checked(one.report)
    for note in report.notes[len(one.report.notes) :]:
        made.problem(report.id, note)
    report = replace(report, notes=report.notes[: len(one.report.notes)])
    added = one.added if is_time(one.added) else ""
    if one.added and not added:
        made.problem(report.id, f"“{one.added[:40]}” is no time; it counts as added when it was received")
    if report.published and is_far(_whole_date(report.published), at):
        made.problem(report.id, f"it says that it was published on {report.published}, which has not come yet")
    return replace(one, report=report, added=added, extraction=_standing_items(report, one.extraction, parcel, made))


def _standing_items(report: Report, extraction: Extraction, parcel: Parcel, made: Plan) -> Extraction:
    fields = {}
    for kind in IDENTITY:
        items = getattr(extraction, kind)
        standing = tuple(item for item in items if item.spans and _stands(report, item.spans))
        if len(standing) < len(items):
            missing = len(items) - len(standing)
            made.problem(report.id, f"{missing} of its {kind} rest on words that are not in its text; left out")
            fields[kind] = standing
    coder = extraction.coder or f"{IMPORTER}{parcel.format}: {parcel.sender or 'unknown'}"
    return replace(extraction, **fields, coder=coder)


def codes(one: ArrivedReport, meanings: Meanings, at: str, made: Plan) -> dict[str, ArrivedCode]:
    """The report's codes as they are called here, each once, by the id of the suggestion."""
    found: dict[str, ArrivedCode] = {}
    for arrived in one.codes:
        suggestion = arrived.suggestion
        called = suggestion.code.id or arrived.name
        where = f"{one.report.id}, {called}"
        if not suggestion.spans or suggestion.report != one.report.id or not _stands(one.report, suggestion.spans):
            made.problem(where, "the code rests on no words of its report; left out")
            continue
        meant = meanings.meant(arrived)
        if meant.why:
            made.problem(where, meant.why if meant.codes else f"{meant.why}; left out")
        if not meant.codes:
            made.line(State.UNKNOWN, "suggestion", (suggestion.id, called), meant.why)
            continue
        judged = _judged(arrived.judged, at, where, made)
        reasons = tuple(
            reason for reason in suggestion.reasons if not reason.span or _stands(one.report, (reason.span,))
        )
        coder = suggestion.coder.strip() or IMPORTER.strip()
        if judged is None and coder.startswith(OWN):
            coder = f"{IMPORTER}of {coder}"
        score = suggestion.score if 0 <= suggestion.score <= 1 else 0.5
        if (reasons, coder, score) != (suggestion.reasons, suggestion.coder, suggestion.score):
            suggestion = replace(suggestion, reasons=reasons, coder=coder, score=score)
        for code in meant.codes:
            here = with_code(ArrivedCode(suggestion, judged, arrived.name), code)
            number = here.suggestion.id
            found[number] = _one_of(found[number], here, where, made) if number in found else here
    return found


def _one_of(first: ArrivedCode, second: ArrivedCode, where: str, made: Plan) -> ArrivedCode:
    """Of the same code on the same words the one that was judged; of two judged the later."""
    if first.judged and second.judged:
        if first.judged.verdict is not second.judged.verdict:
            made.problem(where, "the sender has two verdicts on it; the later one counts")
        return max(first, second, key=lambda one: one.judged.signature.at if one.judged else "")
    return second if second.judged else first


def _judged(judged: Judged | None, at: str, where: str, made: Plan) -> Judged | None:
    """A sender's decision with a name and a time that can be; None if it has no name."""
    if judged is None:
        return None
    analyst = " ".join(judged.signature.analyst.split())
    if not analyst:
        made.problem(where, "the sender's decision has no name; it arrives undecided")
        return None
    when = judged.signature.at
    if not is_time(when):
        made.problem(where, f"“{when[:40]}” is no time; the decision counts from when it was received")
        when = at
    elif is_far(when, at):
        made.problem(where, f"{analyst} decided on {when[:10]}, which has not come yet; kept as it says")
    return Judged(judged.verdict, Signature(analyst, when, judged.signature.comment))


def is_time(written: str) -> bool:
    """Whether it is a date or time as ISO 8601 writes it."""
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return False
    return written[:4].isdecimal()


def is_far(written: str, at: str) -> bool:
    """Whether a time lies more than a day after another: no clock is that wrong."""
    try:
        first, second = (datetime.fromisoformat(one).replace(tzinfo=None) for one in (written, at))
        return first > second + timedelta(days=1)
    except (ValueError, OverflowError):
        return True


def _whole_date(written: str) -> str:
    """A date of any precision from the year on, as the first day that it can mean."""
    return written + "0000-01-01"[len(written) :]


def _stands(report: Report, spans: tuple[Span, ...]) -> bool:
    return all(report.text[span.start : span.end] == span.quote for span in spans)
