"""What has happened to a request, as its page tells it: by whom, by name, and at whose word."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.queries import Known, known_people
from audit.models import Record

MOST = 60


@dataclass(frozen=True)
class Happened:
    """What became of one thing: a request, an offer, a deployment."""

    thing: str
    verb: str
    why: str


@dataclass
class Step:
    """What one person did at one moment. `note` says at whose word, where somebody acted for another."""

    at: datetime
    who: str
    note: str
    lines: list[Happened] = field(default_factory=list)


def trail_of(things: Collection[UUID], *, asker: str) -> list[Step]:
    """The last steps of these things, the newest first. `asker` is the visitor who asked, who has no account."""
    records = list(Record.objects.filter(object_uuid__in=things).order_by("-at", "-pk")[:MOST])
    people = known_people(record.actor_id for record in records if record.actor_id)
    steps: list[Step] = []
    for record in records:
        step = Step(record.at, _who(record, people, asker), _note(record))
        if not steps or (steps[-1].at, steps[-1].who, steps[-1].note) != (step.at, step.who, step.note):
            steps.append(step)
        steps[-1].lines.append(Happened(record.object_name, record.verb, record.why))
    return steps


def _who(record: Record, people: dict[int, Known], asker: str) -> str:
    """'Ceri Jones, Coordinator'. The name as it was then, else as it is now; an address only where there is none."""
    if record.actor_id is None:
        return asker if record.verb == "submitted" else _("the system")
    person = people.get(record.actor_id)
    name = record.actor_name
    if person and "@" in name:
        name = person.name
    place = person.place(record.force_id) if person else ""
    return f"{name}, {place}" if place else name


def _note(record: Record) -> str:
    if said_by := record.details.get("said_by"):
        return _("by telephone, said by %s") % said_by
    if asked_by := record.details.get("asked_by"):
        return _("asked for by %s") % asked_by
    return ""
