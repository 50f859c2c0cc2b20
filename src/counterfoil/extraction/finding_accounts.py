"""What a finding's report holds besides techniques: its accounts, when they acted, and the addresses in its posts.

Nobody is named as an actor and nothing is attributed: that accounts act together does not say whose they are. Who is
mentioned in a post is no account of the finding.
"""

import re
from collections.abc import Iterator

from counterfoil.model.extraction import DateMention, Extraction, Observable
from counterfoil.model.finding import Finding, Member
from counterfoil.model.report import Block, BlockKind, Report

CODER = "finding accounts 1"
_DAY = re.compile(r"[12]\d{3}-\d\d-\d\dT")
_SHARED = frozenset({"url", "domain-name", "telegram-channel"})


def extract_finding(report: Report, finding: Finding) -> Extraction:
    """Accounts and addresses as observables, and when it began and ended, each where the finding's report says so."""
    from counterfoil.extraction.observables import find
    from counterfoil.extraction.reading import Reading

    accounts = list(_accounts(report, finding))
    posts = list(_posts(report))
    shared = []
    for one in find(Reading.of(report), Extraction()):
        spans = tuple(span for span in one.spans if any(start <= span.start < end for start, end in posts))
        if one.type in _SHARED and spans:
            shared.append(Observable(one.type, one.value, spans, one.platform))
    every = sorted([*accounts, *shared], key=lambda one: (one.spans[0].start, one.type, one.value))
    return Extraction(observables=tuple(every), dates=tuple(_dates(report, finding)), coder=CODER)


def _dates(report: Report, finding: Finding) -> Iterator[DateMention]:
    """When the data first and last shows it."""
    for written, role in ((finding.first, "began"), (finding.last, "ended")):
        at = report.text.find(written) if _DAY.match(written) else -1
        if at >= 0:
            yield DateMention(written, written[:10], "day", (report.span(at, at + len(written)),), role)


def _accounts(report: Report, finding: Finding) -> Iterator[Observable]:
    """Of each member that the text names: its handle, or its id where it has none."""
    seen = set()
    for member, block in zip(finding.members, _account_blocks(report), strict=False):
        kind, written = _known_by(member)
        at = report.text.find(written, block.start, block.end)
        value = f"@{written.removeprefix('@')}" if kind == "handle" else written
        if written and at >= 0 and (kind, value, member.platform) not in seen:
            seen.add((kind, value, member.platform))
            yield Observable(kind, value, (report.span(at, at + len(written)),), member.platform)


def _known_by(member: Member) -> tuple[str, str]:
    if member.handle:
        return "handle", member.handle
    return ("account-id" if member.key.isdecimal() else "handle"), member.key


def _account_blocks(report: Report) -> Iterator[Block]:
    inside = False
    for block in report.blocks:
        if block.kind is BlockKind.HEADING:
            inside = report.text[block.start : block.end] == "Accounts"
        elif inside and block.kind is BlockKind.LIST_ITEM:
            yield block


def _posts(report: Report) -> Iterator[tuple[int, int]]:
    """The ranges of the quoted posts, each with the paragraph that introduces it."""
    before = None
    for block in report.blocks:
        if block.kind is BlockKind.QUOTE and before is not None:
            yield before.start, block.end
        before = block
