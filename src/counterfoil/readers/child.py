"""The process in which PDF, DOCX, HTML and mail are parsed; `contained` starts it and asks it.

Frames come in on standard input, one for each source, and go out on standard output. What a reader raises
on purpose goes back as a message; anything else ends the process, and the parent reports that.
"""

import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from counterfoil.errors import ReadError
from counterfoil.readers import READERS
from counterfoil.readers.reader import Limits, Reader, Source
from counterfoil.readers.wire import pack_report, receive, send

#: Exit codes by which the parent knows what ran out.
OUT_OF_MEMORY = 71
TOO_DEEP = 72

Answer = tuple[dict[str, Any], bytes]  #: what goes back: an object, and bytes that go with it


def main() -> None:
    """Serve until standard input closes."""
    answers = os.fdopen(os.dup(1), "wb")
    # Whatever a parser prints must not get between the frames.
    os.dup2(2, 1)
    memory_limited = False
    while (frame := receive(sys.stdin.buffer)) is not None:
        order, data = frame
        source = Source(data, order["name"], order["media_type"], Limits(**order["limits"]))
        if not memory_limited:
            limit_memory(source.limits.memory_bytes)
            memory_limited = True
        limit_processor_time(source.limits.seconds)
        send(answers, *_answer(order, source))


def order_for(task: dict[str, Any], source: Source) -> dict[str, Any]:
    """The frame's head that asks a child to do a task with `source`: a `job` (JOBS), and what it needs to know."""
    return {
        **task,
        "name": source.name,
        "media_type": source.media_type,
        "limits": asdict(source.limits),
    }


def _read(order: dict[str, Any], source: Source) -> Answer:
    reader: Reader = READERS.load(order["reader"])
    return {"report": pack_report(reader.read(source))}, b""


def _picture(order: dict[str, Any], source: Source) -> Answer:
    from counterfoil.readers.picture import draw

    return draw(order, source)


def _archive(order: dict[str, Any], source: Source) -> Answer:
    from counterfoil.readers.archive import clean

    return clean(order, source)


def _sheet(order: dict[str, Any], source: Source) -> Answer:
    from counterfoil.readers.spreadsheet import rows_of

    return rows_of(order, source)


JOBS: dict[str, Callable[[dict[str, Any], Source], Answer]] = {
    "read": _read,
    "picture": _picture,
    "archive": _archive,
    "sheet": _sheet,
}


def _answer(order: dict[str, Any], source: Source) -> Answer:
    try:
        return JOBS[order["job"]](order, source)
    except ReadError as error:
        return {"error": error.message, "hint": error.hint}, b""
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except RecursionError:
        os._exit(TOO_DEEP)


def limit_memory(size: int, exit_process: Callable[[int], None] = os._exit) -> None:
    """Let this process have at most `size` bytes of address space.

    Where the system does not take that limit (macOS), a thread looks at the resident size twenty times a
    second instead. Where there is no `resource` module (Windows) only the parent's wall time limit holds.
    """
    try:
        import resource
    except ImportError:
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    except (ValueError, OSError):
        watch_memory(size, exit_process)


def watch_memory(size: int, exit_process: Callable[[int], None]) -> threading.Thread:
    """Start a thread that ends the process once its resident size has gone over `size` bytes."""
    import resource

    unit = 1 if sys.platform == "darwin" else 1024

    def watch() -> None:
        while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit <= size:
            time.sleep(0.05)
        exit_process(OUT_OF_MEMORY)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    return thread


def limit_processor_time(seconds: int) -> None:
    """Let this process run for `seconds` more of processor time; then the system kills it."""
    try:
        import resource
    except ImportError:
        return
    spent = resource.getrusage(resource.RUSAGE_SELF)
    used = int(spent.ru_utime + spent.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = used + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))
