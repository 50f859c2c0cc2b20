"""Web addresses in cells."""

import re
from collections.abc import Iterator

from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Cell
from counterfoil.lint.schema import ADDRESSES

_URL = re.compile(r"https?://[^\s/?#.]+(?:\.[^\s/?#.]+)+\.?(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s\u200b]+|[,;]\s+|[,;](?=https?://)")


def addresses(cell: Cell) -> list[str]:
    """What a cell of addresses lists; a comma inside an address belongs to it."""
    return [part for part in _SEPARATORS.split(cell.text) if part.strip(",;")]


def is_url(text: str) -> bool:
    """Whether it is a whole http(s) address with a host."""
    return _URL.fullmatch(text) is not None


def same_address(text: str) -> str:
    """A key that is equal for spellings of one address: scheme, www., case of the host, a last slash or ? aside."""
    host, slash, path = re.sub(r"^https?://", "", text.strip(), flags=re.IGNORECASE).partition("/")
    return (
        host.lower().removeprefix("www.") + slash.rstrip("/") + ("/" + path.rstrip("/?#") if path.strip("/?#") else "")
    )


def address_cells(dataset: Dataset, sheet: str) -> Iterator[Cell]:
    """The cells of addresses of a sheet."""
    for name, column, _ in ADDRESSES:
        if name == sheet:
            yield from dataset.cells(sheet, column)
