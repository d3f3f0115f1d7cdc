"""Timing: how long a piece of work takes, many times over."""

import time
from collections.abc import Callable


def milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def many(work: Callable[[], object], times: int, *, warm: int = 2) -> list[float]:
    """The milliseconds of each of `times` runs, sorted, after `warm` runs that nobody counts."""
    for _ in range(warm):
        work()
    return sorted(milliseconds(work) for _ in range(times))


def quantile(sorted_values: list[float], share: float) -> float:
    return sorted_values[min(int(len(sorted_values) * share), len(sorted_values) - 1)]
