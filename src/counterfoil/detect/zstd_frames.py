"""Whether a Zstandard file is whole: its frames and blocks are walked, not unpacked (RFC 8878, section 3).

The database reads a file that is cut off as if it ended there.
"""

from pathlib import Path
from typing import IO

MAGIC = 0xFD2FB528
SKIPPABLE = range(0x184D2A50, 0x184D2A60)
RLE, RESERVED = 1, 3  #: kinds of blocks
_SIZES = (0, 2, 4, 8)  #: of the frame's content size, by the flag; of a dictionary's id: 0, 1, 2, 4


def is_whole(path: Path) -> bool:
    """Whether the file is made of whole frames, at least one."""
    frames = 0
    end = path.stat().st_size
    with path.open("rb") as file:
        while file.tell() < end:
            magic = _number(file, 4)
            if magic in SKIPPABLE:
                length = _number(file, 4)
                if length is None:
                    return False
                file.seek(length, 1)
            elif magic != MAGIC or not _walk(file):
                return False
            frames += 1
            if file.tell() > end:
                return False
    return frames > 0


def _walk(file: IO[bytes]) -> bool:
    """Walk one frame, whose magic number was read; whether its blocks end with a last one."""
    descriptor = _number(file, 1)
    if descriptor is None:
        return False
    single = bool(descriptor & 0x20)
    content = _SIZES[descriptor >> 6] or (1 if single else 0)
    file.seek((0 if single else 1) + (0, 1, 2, 4)[descriptor & 3] + content, 1)
    last = False
    while not last:
        header = _number(file, 3)
        if header is None or (header >> 1) & 3 == RESERVED:
            return False
        last = bool(header & 1)
        file.seek(1 if (header >> 1) & 3 == RLE else header >> 3, 1)
    if descriptor & 4:
        file.seek(4, 1)  # the checksum, which the database verifies
    return True


def _number(file: IO[bytes], length: int) -> int | None:
    read = file.read(length)
    return int.from_bytes(read, "little") if len(read) == length else None
