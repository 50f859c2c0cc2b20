"""Write a file so that it appears whole under its name, or not at all."""

import os
from pathlib import Path


def write_whole(path: Path, content: bytes, durable: bool = False) -> None:
    """Write `content` beside `path` and move it there.

    What is no regular file (a pipe, a device) is written to, not replaced.

    Args:
        durable: return only when it would survive a power cut.

    Raises:
        OSError: it cannot be written; nothing is left behind.
        ValueError: the path names no file.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as out:
            out.write(content)
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
