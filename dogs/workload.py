"""A dog's day and week of work against the limits. Pure: what was done and the numbers in, warnings out."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from network.rules import Limits


@dataclass(frozen=True)
class Workload:
    """What a dog has done on one day and in its week; `warnings` says which limits that passes."""

    minutes: int
    sessions: int
    warnings: tuple[str, ...] = ()


def workload_of_day(dog: str, on: date, week: dict[date, tuple[int, int]], limits: Limits) -> Workload:
    """Judge a day that has been worked: what is done is logged all the same, and said when it was too much."""
    minutes, sessions = week.get(on, (0, 0))[1], sum(done for done, _minutes in week.values())
    words = {
        "dog": dog, "day": date_format(on, "j F"), "minutes": minutes, "limit": limits.contact_minutes_a_day,
        "sessions": sessions, "most": limits.sessions_a_week,
    }  # fmt: skip
    said = []
    if minutes > limits.contact_minutes_a_day:
        said.append(
            _("%(dog)s has %(minutes)d minutes of contact on %(day)s; at most %(limit)d are allowed. Stop for the day.")
        )
    if sessions > limits.sessions_a_week:
        said.append(
            _("%(dog)s has %(sessions)d sessions in that week; at most %(most)d are allowed. Let %(dog)s rest.")
        )
    return Workload(minutes, sessions, tuple(sentence % words for sentence in said))
