"""Write a file so that it appears whole under its name, or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident
from typing import BinaryIO


def write_whole(path: Path, content: bytes, durable: bool = False) -> None:
    """Write `content` beside `path` and move it there.

    What is no regular file (a pipe, a device) is written to, not replaced.

    Args:
        durable: return only when it would survive a power cut.

    Raises:
        OSError: it cannot be written; nothing is left behind.
        ValueError: the path names no file.
    """
    with writing_whole(path, durable) as out:
        out.write(content)


@contextmanager
def writing_whole(path: Path, durable: bool = False) -> Iterator[BinaryIO]:
    """The same for what is written bit by bit: the file takes its name when the block ends without an error.

    Raises:
        OSError: it cannot be written; nothing is left behind.
        ValueError: the path names no file.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as out:
            yield out
        return
    # Two threads may write the same file at once, each its own part.
    part = path.with_name(f".{path.name}.{os.getpid()}-{get_ident()}.part")
    try:
        with part.open("wb") as out:
            yield out
            if durable:
                out.flush()
                os.fsync(out.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    if durable and hasattr(os, "O_DIRECTORY"):
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
