"""Check a codebook: every cue compiles, every example behaves, no sentence is written twice."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from counterfoil.coding.cues import Cue, Words, compile_cue
from counterfoil.errors import CodebookError
from counterfoil.model.codebook import Codebook, Entry, LanguageCues, Strength

_WORD = re.compile(r"\w+")
ALIKE = 0.7  #: share of common word pairs above which two sentences count as copies


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend in a codebook: the technique (and language), and what is wrong in one sentence."""

    technique: str
    message: str


def lists_for(codebook: Codebook, entry: Entry | LanguageCues) -> dict[str, tuple[str, ...]]:
    """The named lists an entry's cues may use: the shared ones and its own file's."""
    return {**codebook.lists.get("", {}), **codebook.lists.get(entry.lists, {})}


def compile_all(codebook: Codebook) -> None:
    """Compile every cue, so that a faulty one is said now and not when a text first wakes it.

    Raises:
        CodebookError: a cue breaks the language; the message names the technique.
    """
    for label, entry in _everything(codebook):
        lists = lists_for(codebook, entry)
        for source in (*entry.excludes, *(cue for cues in entry.cues.values() for cue in cues)):
            try:
                compile_cue(source, lists)
            except CodebookError as error:
                raise CodebookError(f"{label}: {error.message}", error.hint) from error


def check(codebook: Codebook) -> list[Problem]:
    """Everything that is wrong with the codebook, in its order; empty when all is well."""
    problems: list[Problem] = []
    for label, entry in _everything(codebook):
        problems += [Problem(label, message) for message in _entry_problems(codebook, entry)]
    return problems + list(_copies(codebook))


def _everything(codebook: Codebook) -> Iterator[tuple[str, Entry | LanguageCues]]:
    """Every entry, then the cues of each language, with what a message calls them."""
    yield from codebook.entries.items()
    for language, entries in codebook.languages.items():
        for technique, cues in entries.items():
            yield f"{technique} ({language})", cues


def _entry_problems(codebook: Codebook, entry: Entry | LanguageCues) -> Iterator[str]:
    lists = lists_for(codebook, entry)
    try:
        cues = {s: [compile_cue(c, lists) for c in entry.cues.get(s, ())] for s in Strength}
        excludes = [compile_cue(cue, lists) for cue in entry.excludes]
    except CodebookError as error:
        yield f"{error.message} {error.hint}".strip()
        return
    for text in entry.positive:
        if not _fires(text, [c for group in cues.values() for c in group], excludes):
            yield f"no cue fires on its positive example {text!r}"
    telling = cues[Strength.STRONG] + cues[Strength.FAIR]
    for text in entry.negative:
        for cue in telling:
            if _fires(text, [cue], excludes):
                yield f"the cue {cue.source!r} fires on its negative example {text!r}"
    everything = [cue for group in entry.cues.values() for cue in group]
    yield from (f"the cue {cue!r} stands twice" for cue in sorted(set(everything)) if everything.count(cue) > 1)


def _fires(text: str, cues: list[Cue], excludes: list[Cue]) -> bool:
    passage = Words.of(text)
    return any(cue.find(passage) for cue in cues) and not any(cue.find(passage) for cue in excludes)


def _copies(codebook: Codebook) -> Iterator[Problem]:
    """Sentences that repeat another: they would teach a model names, not meaning."""
    written: list[tuple[str, str, frozenset[tuple[str, str]]]] = []
    by_pair: dict[tuple[str, str], list[int]] = {}
    for label, entry in _everything(codebook):
        sentences = entry.sentences if isinstance(entry, Entry) else ()
        for text in (*sentences, *entry.positive, *entry.negative):
            words = [word.lower() for word in _WORD.findall(text)]
            pairs = frozenset(pairwise(words))
            shared: dict[int, int] = {}
            for pair in pairs:
                for index in by_pair.setdefault(pair, []):
                    shared[index] = shared.get(index, 0) + 1
                by_pair[pair].append(len(written))
            for index, count in shared.items():
                other, other_text, other_pairs = written[index]
                if count > ALIKE * min(len(pairs), len(other_pairs)):
                    yield Problem(label, f"{text!r} copies {other_text!r} of {other}")
            written.append((label, text, pairs))
