"""Opening a briefing, which leaves the record that somebody did."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.actions import record
from deployments.models import Deployment


@transaction.atomic
def open_briefing(*, deployment: Deployment, by: User, now: datetime) -> Deployment:
    """Leave the record that `by` took the paper away. Whoever reads the deployment may."""
    record("opened briefing", deployment, by=by, now=now)
    return deployment
