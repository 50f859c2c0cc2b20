"""Where a codebook's rules are filed: under the words that each cannot do without, kept in the cache folder.

Filing some ten thousand rules takes as long as coding a report; reading where they were filed does not.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from counterfoil.coding.cues import Cue, Lists, compile_cue, keys, required
from counterfoil.files import write_whole
from counterfoil.model.codebook import Strength

FORMAT = 1  #: raised when rules are filed otherwise, so that no old cache is read


@dataclass
class Rule:
    """A cue with what it speaks for. Compiled when a passage first has all that it needs: most never are."""

    technique: str
    source: str
    strength: Strength | None  # None: it excludes
    lists: Lists

    @cached_property
    def cue(self) -> Cue:
        return compile_cue(self.source, self.lists)

    @cached_property
    def places(self) -> list[Sequence[str]]:
        return required(self.source, self.lists)

    @cached_property
    def needs(self) -> tuple[frozenset[str], ...]:
        return tuple(keys(place, self.source) for place in self.places)


@dataclass(frozen=True, slots=True)
class Filing:
    """Rule numbers by the words of each rule's rarest place; and those that need no word (re:)."""

    filed: Mapping[str, Sequence[int]]
    always: Sequence[int]


def filing(rules: Sequence[Rule], cache: Path | None = None) -> Filing:
    """File the rules, or read from the cache folder where the same rules were filed before."""
    path = cache / f"cues-{FORMAT}-{_digest(rules)[:16]}.json" if cache else None
    found = _read(path)
    if found is None:
        found = _file(rules)
        if path:
            _write(path, found)
    return found


def _file(rules: Sequence[Rule]) -> Filing:
    used = Counter(words for rule in rules for place in rule.places for words in place)
    filed: dict[str, list[int]] = defaultdict(list)
    always = []
    for number, rule in enumerate(rules):
        rarest = min(rule.places, key=lambda place: sum(map(used.__getitem__, place)), default=None)
        if rarest is None:
            always.append(number)
            continue
        for key in keys(rarest, rule.source):
            filed[key].append(number)
    return Filing(filed, always)


def _digest(rules: Sequence[Rule]) -> str:
    """Of all that filing goes by: the cues, and the lists that they may name."""
    told = sha256("\n".join(rule.source for rule in rules).encode())
    for lists in {id(rule.lists): rule.lists for rule in rules}.values():
        told.update(repr(sorted(lists.items())).encode())
    return told.hexdigest()


def _read(path: Path | None) -> Filing | None:
    if path is None:
        return None
    try:
        filed, always = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None  # absent or damaged: the rules are filed anew
    return Filing(filed, always)


def _write(path: Path, found: Filing) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps([found.filed, found.always], ensure_ascii=False).encode())
    except OSError:
        return  # a cache that cannot be kept costs some time next time, nothing else
