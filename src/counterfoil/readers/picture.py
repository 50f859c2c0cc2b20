"""A page of a PDF as PNG. Runs in the child process of `contained`."""

import struct
import zlib
from typing import TYPE_CHECKING, Any

from counterfoil.errors import ReadError
from counterfoil.readers.originals import no_such_page
from counterfoil.readers.reader import Source

if TYPE_CHECKING:
    import numpy as np

WIDTH = 1200  #: pixels: sharp in half a screen, and when zoomed in
MOST = 4_000_000  #: pixels of a picture, however long the page
_SPEED = 4  #: zlib's: a page of text takes a few hundredths of a second


def draw(order: dict[str, Any], source: Source) -> tuple[dict[str, Any], bytes]:
    """The page that the order names: what there is to know of the picture, and its PNG.

    Raises:
        ReadError: pdfium cannot open the PDF or the page, or there is no such page.
    """
    import pypdfium2

    number = int(order["page"])
    try:
        document = pypdfium2.PdfDocument(source.data)
        try:
            pages = len(document)
            if not 1 <= number <= pages:
                raise no_such_page(source.name, number, pages)
            page = document[number - 1]
            bitmap = page.render(scale=_scale(*page.get_size()), rev_byteorder=True, prefer_bgrx=False)
            pixels = bitmap.to_numpy()[:, :, :3]
            height, width = pixels.shape[:2]
            return {"width": width, "height": height, "pages": pages}, png(pixels)
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise ReadError(
            f"Page {number} of {source.name} cannot be drawn.", "Download the file and open it in a viewer."
        ) from error


def _scale(width: float, height: float) -> float:
    """Pixels per point, so that the page is WIDTH wide if it has at most MOST pixels then."""
    width, height = max(width, 1.0), max(height, 1.0)
    by_size: float = (MOST / (width * height)) ** 0.5
    return min(WIDTH / width, by_size)


def png(pixels: "np.ndarray[Any, Any]") -> bytes:
    """A PNG of rows of red, green and blue bytes (W3C, PNG specification, second edition, 5 and 9)."""
    import numpy as np

    height, width = pixels.shape[:2]
    rows = np.ascontiguousarray(pixels, dtype=np.uint8).reshape(height, width * 3)
    filtered = np.empty((height, 1 + width * 3), dtype=np.uint8)
    filtered[:, 0] = 2  # each byte less the one above it: what is white is zeros
    filtered[0, 1:] = rows[0]
    filtered[1:, 1:] = rows[1:] - rows[:-1]
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(filtered.tobytes(), _SPEED)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
