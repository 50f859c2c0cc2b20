"""Who may see what is shared: the Traffic Light Protocol, version 2.0 (FIRST, 2022)."""

from enum import StrEnum

from counterfoil.errors import UsageError


class Tlp(StrEnum):
    """A TLP 2.0 label, from what everybody may see to what only those present may."""

    CLEAR = "clear"
    GREEN = "green"
    AMBER = "amber"
    AMBER_STRICT = "amber+strict"
    RED = "red"

    @property
    def label(self) -> str:
        """As it is written on a document: "TLP:AMBER"."""
        return f"TLP:{self.value.upper()}"

    @property
    def rank(self) -> int:
        """How narrow the circle is: 0 for CLEAR, 4 for RED."""
        return _RANKS[self]


_RANKS = {label: rank for rank, label in enumerate(Tlp)}


def tlp(written: str) -> Tlp:
    """The label that was written, as "amber" or "TLP:AMBER"; empty means CLEAR, the old WHITE too.

    Raises:
        UsageError: there is no such label.
    """
    name = written.strip().lower().removeprefix("tlp:").strip()
    if name in ("", "white"):
        return Tlp.CLEAR
    try:
        return Tlp(name)
    except ValueError:
        raise UsageError(f"There is no TLP label {written.strip()!r}.", f"Choose one of: {', '.join(Tlp)}.") from None
