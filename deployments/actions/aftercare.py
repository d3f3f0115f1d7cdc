"""Prompts to a handler after a trauma deployment: theirs alone. Each is written and read in the handler's own scope.

That one was sent, and nothing more, is in the trail for the donor's leads and the coordinators.
"""

from datetime import datetime, timedelta
from functools import partial

from accounts.queries import people
from audit.actions import record
from core.each import work_each
from core.tenancy import scope, system_scope
from deployments import emails
from deployments.models import Aftercare, Deployment
from deployments.states import AFTERCARE_SENT

# 72 hours and one month after the handler left the scene (domain.md, Numbers).
PROMPTS = (timedelta(hours=72), timedelta(days=30))
# A prompt that could not be sent in this time is not sent late: it would say the wrong thing.
TOO_LATE = timedelta(days=7)


def send_aftercare(*, now: datetime) -> int:
    """Send every prompt that has come due, once; how many were sent."""
    due: list[tuple[Deployment, timedelta]] = []
    with system_scope():
        for wait in PROMPTS:
            left = Deployment.objects.filter(
                commitment__is_trauma=True,
                checked_out_at__lte=now - wait,
                checked_out_at__gt=now - wait - TOO_LATE,
            )
            rows = left.select_related("request__force", "offer__request", "offer__team__dog", "offer__team__handler")
            due += [(one, wait) for one in rows.order_by("checked_out_at", "pk")]
    return sum(work_each(due, partial(_prompt, now=now), what="aftercare"))


def _prompt(due: tuple[Deployment, timedelta], *, now: datetime) -> bool:
    """Note the prompt as the handler's own and queue its mail; False where it was noted before, or nobody is there."""
    deployment, wait = due
    assert deployment.checked_out_at is not None  # noqa: S101  (the query asked for it)
    with system_scope():
        recipients = people([deployment.handler_user_id])
    if not recipients:
        return False
    with scope(user=deployment.handler_user_id):
        _row, is_new = Aftercare.objects.get_or_create(
            deployment_uuid=deployment.uuid,
            due_at=deployment.checked_out_at + wait,
            defaults={"user_id": deployment.handler_user_id, "sent_at": now},
        )
        if is_new:
            for recipient in recipients:
                emails.aftercare(deployment, recipient, days=wait.days, now=now)
            with system_scope():
                record(AFTERCARE_SENT, deployment.offer, by=None, now=now)
    return is_new
