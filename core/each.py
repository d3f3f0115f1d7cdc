"""Work that is looked at again and again, a thing at a time: one fault keeps no other thing from its turn."""

from collections.abc import Callable, Iterable
from typing import TypeVar

Thing = TypeVar("Thing")
Done = TypeVar("Done")


def work_each(things: Iterable[Thing], work: Callable[[Thing], Done], *, what: str) -> list[Done]:
    """Do `work` for every thing; what each gave. All the failures are raised together at the end, as an ExceptionGroup.

    `work` opens its own transaction, so that what failed leaves nothing and what went well stays.
    """
    done, failures = [], []
    for place, thing in enumerate(things, start=1):
        try:
            done.append(work(thing))
        except Exception as error:  # whatever is wrong with one, the others have their turn
            error.add_note(f"{what}, number {place}")
            failures.append(error)
    if failures:
        raise ExceptionGroup(f"{what}: {len(failures)} failed", failures)
    return done
