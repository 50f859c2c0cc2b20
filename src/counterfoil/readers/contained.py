"""Reading in a child process, so that a hostile or broken file costs one error and not this process.

A child is kept for the next source: starting one takes about a third of a second, an article a few
hundredths. A child that failed in any way is never used again. On Linux and macOS memory, processor time
and wall time are limited; on Windows, which has no `resource` module, only wall time is.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from typing import IO, Any

from counterfoil.errors import ReadError
from counterfoil.model.report import Report
from counterfoil.readers.child import OUT_OF_MEMORY, TOO_DEEP, order_for
from counterfoil.readers.reader import Limits, Source
from counterfoil.readers.wire import receive, send, unpack_report

#: The child imports from where its parent does, be that PYTHONPATH, the user's own packages or a script's
#: doing: it is handed `sys.path`. "-P" keeps the working directory out until then.
_COMMAND = [
    sys.executable,
    "-I" if sys.flags.isolated else "-P",
    "-c",
    "import sys; sys.path[:] = sys.argv[1:]; from counterfoil.readers.child import main; main()",
]
_IDLE = 2  #: children kept waiting
_READS = 200  #: sources after which a child is let go, whatever its parsers have leaked by then
_HINT = "It may be damaged or made to exhaust its readers. Save its text in another format."


def read_contained(reader: str, source: Source) -> Report:
    """Read `source` with the reader of that name in a child process.

    Raises:
        ReadError: the reader's own, or that the source took more memory or time than its limits, or that
            its parser crashed.
    """
    answer, _ = exchange({"job": "read", "reader": reader}, source)
    return unpack_report(answer["report"])


def exchange(task: dict[str, Any], source: Source) -> tuple[dict[str, Any], bytes]:
    """Have a child do a task with `source` (see `child.JOBS`); its answer, and bytes that came with it.

    Raises:
        ReadError: the task's own, or that it took more memory or time than the source's limits, or crashed.
    """
    worker = _take(source.limits)
    try:
        answer, data = worker.ask(task, source)
    except BaseException:  # also an interrupt: the child is in the middle of something, so it goes
        worker.end()
        raise
    _give_back(worker)
    if "error" in answer:
        raise ReadError(answer["error"], answer["hint"])
    return answer, data


class Worker:
    """One child process. Not for two threads at once."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.reads = 0
        self.owner = os.getpid()
        self._complaints: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  (closed in end())
        self._process = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
            [*_COMMAND, *sys.path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._complaints
        )

    def ask(self, task: dict[str, Any], source: Source) -> tuple[dict[str, Any], bytes]:
        """The child's answer, and the bytes that came with it.

        Raises:
            ReadError: it died or was too slow; the worker is of no use any more.
        """
        process, self.reads = self._process, self.reads + 1
        assert process.stdin is not None  # both are pipes, see __init__
        assert process.stdout is not None
        too_slow = threading.Event()

        def stop() -> None:
            too_slow.set()
            process.kill()

        timer = threading.Timer(source.limits.seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            send(process.stdin, order_for(task, source), source.data)
            frame = receive(process.stdout)
        except (BrokenPipeError, json.JSONDecodeError):
            frame = None
        finally:
            timer.cancel()
        if frame is None or too_slow.is_set():
            raise self._death(source, too_slow.is_set())
        return frame

    def _death(self, source: Source, too_slow: bool) -> ReadError:
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        limits, name = source.limits, source.name
        if too_slow or code == -getattr(signal, "SIGXCPU", 0):
            return ReadError(f"{name} took more than {limits.seconds} s to read.", _HINT)
        if code == OUT_OF_MEMORY or self._last_words() == "MemoryError":
            return ReadError(f"{name} took more than {limits.memory_bytes >> 20} MB of memory to read.", _HINT)
        if code == TOO_DEEP:
            return ReadError(f"{name} is nested too deeply to be read.", _HINT)
        if code < 0:
            return ReadError(
                f"{name} crashed its parser ({signal.Signals(-code).name}): most likely it takes more than "
                f"{limits.memory_bytes >> 20} MB of memory to read.",
                _HINT,
            )
        return ReadError(
            f"{name} could not be read: its parser failed with {self._last_words() or f'exit code {code}'}.",
            "If the file opens elsewhere, this is a fault in Counterfoil: please report it.",
        )

    def _last_words(self) -> str:
        """The last line that the child wrote to standard error: of a traceback, the exception."""
        self._complaints.seek(0, os.SEEK_END)
        self._complaints.seek(max(0, self._complaints.tell() - 2000))
        lines = self._complaints.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1].strip() if lines else ""

    def alive(self) -> bool:
        return self._process.poll() is None

    def end(self) -> None:
        """Stop the child and close what belongs to it."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._complaints):
            if stream is not None:
                _close(stream)


def _close(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except BrokenPipeError:  # what was still to be written has nobody left to read it
        return


_waiting: list[Worker] = []
_lock = threading.Lock()


def _take(limits: Limits) -> Worker:
    with _lock:
        # After a fork both processes hold the same pipes; only the one that made them may use them.
        _waiting[:] = [worker for worker in _waiting if worker.owner == os.getpid()]
        for worker in reversed(_waiting):
            if worker.limits.memory_bytes == limits.memory_bytes:
                _waiting.remove(worker)
                if worker.alive():
                    return worker
                worker.end()
                break
    return Worker(limits)


def _give_back(worker: Worker) -> None:
    with _lock:
        if worker.reads < _READS and len(_waiting) < _IDLE:
            _waiting.append(worker)
            return
    worker.end()


@atexit.register
def end_workers() -> None:
    """End all waiting children; new ones start when needed."""
    with _lock:
        idle = [worker for worker in _waiting if worker.owner == os.getpid()]
        _waiting.clear()
    for worker in idle:
        worker.end()
