"""Where a host's public suffix begins: "co.uk" of "news.example.co.uk".

The public suffix list is the snapshot inside the tldextract package, without its private part. Only that file is
read: the package itself imports an HTTP library, which takes longer to load than a report to read.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import distribution
from pathlib import Path

_LIST = "tldextract/.tld_set_snapshot"
_PRIVATE = "// ===BEGIN PRIVATE DOMAINS==="
_RULE = re.compile(r"^(?![/\s])\S+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parts:
    """A host's suffix ("" if it ends in none), and the label before it."""

    domain: str
    suffix: str


@lru_cache(maxsize=4096)
def parts(host: str) -> Parts:
    """The parts of a host name in lower case; labels may be in punycode."""
    labels = host.split(".")
    at = _suffix_at([_in_its_letters(label) for label in labels])
    if at == len(labels):
        return Parts(labels[-1], "")
    return Parts(labels[at - 1] if at else "", ".".join(labels[at:]))


def _suffix_at(labels: Sequence[str]) -> int:
    """The first label of the public suffix; their number if there is none."""
    tails = _tails()
    suffix, tail = len(labels), ""
    for at in range(len(labels) - 1, -1, -1):
        longer = f"{labels[at]}.{tail}" if tail else labels[at]
        if longer not in tails:
            if f"*.{tail}" in tails:
                return at + 1 if f"!{longer}" in tails else at
            break
        tail = longer
        if tails[tail]:
            suffix = at
    return suffix


@cache
def _tails() -> Mapping[str, bool]:
    """What rules of the list end in -> whether it is a rule itself."""
    text = Path(str(distribution("tldextract").locate_file(_LIST))).read_text(encoding="utf-8")
    tails: dict[str, bool] = {}
    for rule in _RULE.findall(text.partition(_PRIVATE)[0]):
        rest = rule.partition(".")[2]
        while rest:
            tails.setdefault(rest, False)
            rest = rest.partition(".")[2]
        tails[rule] = True
    return tails


def _in_its_letters(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    from idna import decode

    try:
        return decode(label)
    except (UnicodeError, IndexError):
        return label
