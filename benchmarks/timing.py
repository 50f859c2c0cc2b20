"""How long a piece of work takes."""

import statistics
import time
from collections.abc import Callable


def timed(work: Callable[[], object], times: int) -> float:
    """The median time of the work, in seconds."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)
