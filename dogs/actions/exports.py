"""The record of who took a list of forms away."""

from datetime import datetime

from django.db import transaction

from accounts.access import must
from accounts.models import User
from audit.actions import record


@transaction.atomic
def note_export(*, noun: str, rows: int, by: User, now: datetime) -> None:
    """Leave the record. Leads take their own force's rows, coordinators all; nobody else takes any."""
    must(by, "force.keep", "network.keep")
    record("took a list away", by, by=by, now=now, of=noun, rows=rows)
