"""The five digital forms as lists: of their author, of a force, of the network. What each shows and takes away."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
# What heads a column of a file, and what one row has there.
Column = tuple[Words, Callable[[Any], object]]
FORCE: Column = (_("Force"), attrgetter("force.name"))


@dataclass(frozen=True)
class Entry:
    """One line of a list, as finished values."""

    href: str
    title: str
    detail: str
    on: date | None
    tag: str = ""
    kind: str = "mute"
    whose: str = ""


@dataclass(frozen=True)
class Sheet:
    """One kind of form. `noun` names its addresses: member_<noun>_list, coordinator_<noun>_export.

    `rows` are all that the wall lets through, `own` narrows them to a person's own and the forces they keep; `day` is
    the column by which they are filtered; `entry` shows one row on a page, `columns` in the file, where there is one.
    """

    noun: str
    title: Words
    add: Words
    empty: Words
    day: str
    rows: Callable[[], QuerySet[Any]]
    own: Callable[[int, Collection[int]], Q]
    entry: Callable[[Any], Entry]
    columns: tuple[Column, ...] = ()


# The lists beside each other, as chips. A planned visit is no form of its own, and stands with the handlers' only.
_LISTS = (
    ("session", _("Sessions")),
    ("visit", _("Planned visits")),
    ("incident", _("Incidents")),
    ("welfare", _("Welfare visits")),
    ("debrief", _("Debriefs")),
    ("claim", _("Expenses")),
)


def chips(audience: str, here: str, *, works: bool) -> list[tuple[str, Words, bool]]:
    """Address, name and whether it is this one. Who neither keeps nor works a dog has the welfare visits only."""
    shown = [
        (noun, name)
        for noun, name in _LISTS
        if (audience == "member" or noun != "visit") and (works or noun == "welfare")
    ]
    return [(reverse(f"{audience}_{noun}_list"), name, noun == here) for noun, name in shown]


def of_handler(user_id: int, leads: Collection[int]) -> Q:
    return Q(force_id__in=leads) | Q(handler_user_id=user_id)
