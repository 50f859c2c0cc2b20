"""Case files: what one or more coded reports say of an incident, each line tied to its evidence.

A case file is computed from reports, extractions and suggestions or citations, and never stored: change
what it rests on, and it is made anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from counterfoil.model.coding import Suggestion
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Extraction
from counterfoil.model.report import Report

SECTIONS = ("techniques", "actors", "attributions", "targets", "dates", "assets", "narratives")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A range of one report of the case."""

    report: str
    span: Span


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the summary, and what it rests on (nothing: the report's metadata)."""

    text: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a section: a name, what is said of it ("role": ("Senator",)), and where."""

    name: str
    facts: Mapping[str, tuple[str, ...]]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, order=True)
class AliasProposal:
    """Two names that may be one actor's: why, and who uses the second one (empty: unknown)."""

    name: str
    alias: str
    reason: str
    used_by: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A part of a view; `note` says why it is empty, or what belongs there and cannot be derived."""

    name: str
    entries: tuple[Entry, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """The case arranged by another scheme. Derived from codes and items, never coded on its own.

    `source` is who described the scheme; `key` what templates and JSON call it ("abcde", "kill_chain").
    """

    key: str
    name: str
    source: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A draft incident: a proposed name, a summary in neutral sentences, sections of entries, and views of them.

    `aliases` are proposals: nothing is merged by them.
    """

    name: str = ""
    summary: tuple[Statement, ...] = ()
    sections: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    aliases: tuple[AliasProposal, ...] = ()
    views: tuple[View, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A report with what was found in it, and the suggestions (or citations' suggestions) that count."""

    report: Report
    extraction: Extraction
    coded: tuple[Suggestion, ...] = ()
