"""Short forms of organisations: "Horizon Sud" beside "Horizon Sud Communication", "the Courier" beside a full name."""

from collections.abc import Iterator, Sequence

from counterfoil.extraction.naming import ORGANISATIONS, Named
from counterfoil.extraction.organisations import known
from counterfoil.model.extraction import Alias

_LEGAL = frozenset("Platforms Inc Corp Corporation LLC Ltd Limited AG GmbH PLC plc SA Company Group".split())


def short_names(named: Sequence[Named]) -> Iterator[Named]:
    """For each organisation's name that is how another one begins or ends, that one with the name as an alias.

    Only where it is a part of one other name; well-known names stand for themselves.
    """
    namings = {naming.name: naming for naming in named if naming.kind in ORGANISATIONS}
    longer: dict[str, set[str]] = {}
    for name in namings:
        for part in _parts(name):
            longer.setdefault(part, set()).add(name)
    for name in sorted(namings):
        full = sorted(longer.get(name, ()), key=len)
        if name in known():
            full = [one for one in full if one.removeprefix(name).strip(" .,") in _LEGAL]
        # "SBN" of "SBN News" and of "SBN News Pacific"; not of "SBN Samoa" and "SBN Tonga"
        if full and all(one.startswith(full[0]) for one in full):
            naming = namings[full[0]]
            yield Named(naming.start, naming.name, naming.kind, naming.state, naming.reason, (Alias(name),))


def _parts(name: str) -> Iterator[str]:
    words = name.split(" ")
    if words[0] == "The":
        yield " ".join(words[1:])
    for count in range(1, len(words)):
        yield " ".join(words[:count])
    yield words[-1]
