"""What a database says when it cannot go on, as one clear sentence."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from counterfoil.errors import CounterfoilError, InputError


@contextmanager
def plainly(what: str) -> Iterator[None]:
    """Turns the database's errors into ours; `what` was being read or done ("posts.csv", "The signal co_link").

    Raises:
        InputError: the database could not go on.
    """
    import duckdb

    try:
        yield
    except duckdb.InterruptException as error:
        raise KeyboardInterrupt from error
    except duckdb.Error as error:
        raise told(error, what) from error


def told(error: Exception, what: str) -> CounterfoilError:
    """The error as a sentence and a hint."""
    import duckdb

    said = str(error)
    if "No space left" in said or "max_temp_directory_size" in said:
        return InputError(
            f"{what}: the disk is full while intermediate results are laid there.",
            "Free some space, or name another disk by TMPDIR.",
        )
    if isinstance(error, duckdb.OutOfMemoryException):
        return InputError(f"{what}: the memory that it may use is not enough.", "Allow more, as in --memory 8GB.")
    if what.lower().endswith((".parquet", ".pq")):
        return InputError(f"{what} is damaged: not all of its Parquet content can be read.", _AGAIN)
    for pattern, sentence, hint in _KNOWN:
        if re.search(pattern, said, re.IGNORECASE | re.DOTALL):
            return InputError(f"{what} {sentence}", hint)
    first = re.sub(r"^[A-Za-z ]*Error: ", "", said.partition("\n")[0]).rstrip(". ")
    return InputError(f"{what} cannot be read: {first}.", "Check the file; docs/detection.md lists what is read.")


_AGAIN = "Get the file again."
_KNOWN = (
    (r"gzip|zstd|decompress", "is damaged or cut off: its compressed content ends early.", _AGAIN),
    (
        r"state machine",
        "mixes line endings or quotes so that its rows cannot be told apart.",
        "Write it again as CSV with one kind of line ending.",
    ),
    (
        r"malformed json|unexpected end of data",
        "is cut off or is not JSON.",
        "Get the file again; JSON Lines (one record a line) is read up to the damage.",
    ),
    (r"maximum_object_size", "has a JSON document of more than 2 GB.", "Write it as JSON Lines, one record a line."),
    (r"parquet|thrift|snappy|footer|magic bytes", "is damaged: not all of its Parquet content can be read.", _AGAIN),
    (r"not utf-?8|invalid unicode|utf-8 encoded", "is not UTF-8.", "Write it again as UTF-8."),
)
