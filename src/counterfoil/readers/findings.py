"""Findings of detection: each becomes a report, whose text we write and whose posts are quoted.

The text follows from the finding alone. Coders of prose are not let loose on it (`model.finding.REPORT_NOTE` marks it):
what it suggests follows from the finding, too (`coding/coordination.py`), which counts on this order of blocks:

- the n-th list item tells of the n-th signal;
- the n-th block quote is the n-th sample post, with a paragraph before it that says whose it is and when.
"""

import json
import re
from collections.abc import Iterator

from counterfoil.errors import InputError, ReadError
from counterfoil.model.finding import (
    MEDIA_TYPE,
    REPORT_NOTE,
    Finding,
    Member,
    Sample,
    Support,
    findings_of,
    findings_record,
)
from counterfoil.model.report import BlockKind, Report
from counterfoil.readers.draft import Draft, check_text_size, clean, one_line
from counterfoil.readers.reader import Reader, Source

_OURS = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"format"\s*:\s*"counterfoil-findings\b')
_MOST_MEMBERS = 500  #: named in the text; the finding itself keeps all
_LEAD = 0.6  #: share of its meetings in which an account was the earlier, from which it is worth a word
_Block = tuple[BlockKind, str, int]


def read(source: Source) -> Report:
    """The report of one finding.

    Raises:
        ReadError: it is no such file, or holds none or several findings (`parts` takes it apart).
    """
    found = _findings(source)
    if len(found) > 1:
        raise ReadError(
            f"{source.name} holds {len(found)} findings, each of which is a report of its own.",
            "See: counterfoil findings --help.",
        )
    return report_of(found[0], source)


def parts(source: Source) -> tuple[bytes, ...]:
    """The file as files of one finding each.

    Raises:
        ReadError: it is no such file, or holds no finding.
    """
    return tuple(file_of(one) for one in _findings(source))


def file_of(finding: Finding) -> bytes:
    """The file of one finding: always the same letters, so that its hash is its own."""
    return json.dumps(findings_record((finding,)), indent=1).encode("ascii")


def report_of(finding: Finding, source: Source) -> Report:
    """The report of a finding."""
    draft = Draft()
    draft.extend(_blocks(finding))
    draft.note(REPORT_NOTE)
    report = draft.report(source, title=finding.title)
    # Ours is English, whatever the posts are in: nobody is to be told to read it in their language.
    return Report(
        text=report.text,
        source=report.source,
        title=report.title,
        language="en",
        blocks=report.blocks,
        notes=report.notes,
    )


def _findings(source: Source) -> tuple[Finding, ...]:
    check_text_size(source, len(source.data))
    try:
        found = findings_of(json.loads(source.data.decode("utf-8-sig")))
    except (ValueError, RecursionError) as error:
        why = "it is too deep" if isinstance(error, RecursionError) else str(error)
        raise ReadError(
            f"The findings in {source.name} cannot be read: {why}.", "Make the file with counterfoil detect -o FOLDER."
        ) from error
    except InputError as error:
        raise ReadError(f"{source.name}: {error.message}", error.hint) from error
    if not found:
        raise ReadError(f"{source.name} holds no finding.", "Nothing in that data was more than chance.")
    return found


def _blocks(finding: Finding) -> Iterator[_Block]:
    heading, plain, item = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
    yield heading, one_line(finding.title), 1
    yield plain, _summary(finding), 0
    yield plain, "Whether it is inauthentic, and whose doing it is, the data does not say: an analyst has to.", 0
    yield heading, "What ties them", 2
    for support in finding.supports:
        yield item, _support(support), 0
        if support.caution:
            yield plain, one_line(f"What else explains it: {support.caution}"), 0
    if finding.null:
        null = one_line(finding.null).rstrip(".")
        yield plain, f"{null}. Accepted rate of false discoveries: {finding.rate:g}.", 0
    for title, lines in (
        ("Innocent explanations to check", finding.explanations),
        ("To keep in mind", finding.cautions),
    ):
        if any(one_line(line) for line in lines):
            yield heading, title, 2
            yield from ((item, one_line(line), 0) for line in lines)
    yield heading, "Accounts", 2
    yield from ((item, _member(one), 0) for one in finding.members[:_MOST_MEMBERS])
    if len(finding.members) > _MOST_MEMBERS:
        yield plain, f"And {len(finding.members) - _MOST_MEMBERS:,} more, which the file of the finding names.", 0
    if finding.samples:
        yield heading, "Posts that show it", 2
    labels = {support.signal: support.label for support in finding.supports}
    called = {one.key: one.called for one in finding.members}
    for sample in finding.samples:
        yield plain, _caption(sample, called.get(sample.account, ""), labels), 0
        yield BlockKind.QUOTE, _quoted(sample), 1
    yield heading, "Data", 2
    yield plain, f"Finding {finding.id} in {', '.join(map(one_line, finding.data)) or 'data without a name'}.", 0
    yield plain, f"SHA-256 of the data: {one_line(finding.data_sha256)}", 0


def _summary(finding: Finding) -> str:
    does = "; ".join(f"they {one_line(one.label)} {one.within}".rstrip() for one in finding.supports)
    when = f"Between {finding.first} and {finding.last}, " if finding.first else ""
    count = f"{len(finding.members):,} account{'s' * (len(finding.members) != 1)}"
    act = "act" if len(finding.members) != 1 else "acts"
    return one_line(f"{when}{count} {act} together: {does}.")


def _support(support: Support) -> str:
    within = f" {support.within}" if support.within else ""
    return one_line(f"They {support.label}{within}: {support.figures}.")


def _member(member: Member) -> str:
    words = member.called
    if member.name and member.name != member.called:
        words += f" ({member.name})"
    if member.platform:
        words += f" on {member.platform}"
    if member.key != member.called:
        words += f", account {member.key}"
    words += f": {member.posts:,} posts, {member.acts:,} of which show it; acts together with {member.ties:,} others"
    if member.lead > _LEAD:
        words += f", the earlier in {100 * member.lead:.0f} % of their meetings"
    return one_line(words)


def _caption(sample: Sample, called: str, labels: dict[str, str]) -> str:
    who = called or sample.account
    account = f"{who} (account {sample.account})" if who != sample.account else who
    where = f" on {sample.platform}" if sample.platform else ""
    what = labels.get(sample.signal, sample.signal)
    # What is shared is often the text itself, or the link in it: to be read right below.
    said = one_line(sample.text).casefold()
    shared = f", shared: {sample.shared}" if one_line(sample.shared).casefold() not in said else ""
    return one_line(f"{account}{where}, {_moment(sample.moment)}, post {sample.key} ({what}{shared})")


def _moment(written: str) -> str:
    """A time without parts of a second, where it has none."""
    return re.sub(r"\.0+(?=Z|[+-]|$)", "", written)


def _quoted(sample: Sample) -> str:
    """The post's text; a post without one is known by what it shared, so that every sample has a block quote."""
    if sample.speaks:
        return clean(sample.text).strip()
    return f"[a post without text: {one_line(sample.shared) or one_line(sample.key)}]"


READER = Reader(
    read=read,
    suffixes=(),  # by its content alone: of other JSON files nothing is known
    media_types=(MEDIA_TYPE,),
    sniff=lambda data: bool(_OURS.match(data[:200])),
    contained=False,  # JSON of a bounded size, read by the standard library
    parts=parts,
)
