"""The one writer of the trail."""

from datetime import datetime
from typing import Any, Protocol

from django.conf import settings
from django.utils import translation

from audit.models import Record


def for_the_record() -> translation.override:
    """Inside, sentences are in the house's own language: what is kept is read by people of both."""
    return translation.override(settings.LANGUAGE_CODE)


class Actor(Protocol):
    """Whoever acts: a user. None stands for the system."""

    pk: Any

    @property
    def display_name(self) -> str: ...


def record(
    verb: str,
    thing: Any,
    *,
    by: Actor | None,
    now: datetime,
    moved: tuple[str, str] = ("", ""),
    why: str = "",
    **details: Any,
) -> None:
    """Leave the record of `verb` on `thing` in the transaction that did it.

    The parties are read off the thing: its `force_id` and, where it has one, its `host_force_id`; not that of a thing
    which the host does not read itself (`of_donor_alone`).
    """
    row = Record(
        at=now,
        actor_id=by.pk if by else None,
        actor_name=by.display_name if by else "",
        force_id=getattr(thing, "force_id", None),
        host_force_id=None if getattr(thing, "of_donor_alone", False) else getattr(thing, "host_force_id", None),
        verb=verb,
        object_type=thing._meta.model_name,
        object_uuid=thing.uuid,
        object_name=str(thing)[:200],
        from_state=moved[0],
        to_state=moved[1],
        why=why,
        details=details,
    )
    # Ignoring conflicts (there are none) inserts without reading the key back, which the trail's wall would refuse.
    Record.unscoped.bulk_create([row], ignore_conflicts=True)
