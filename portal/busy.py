"""What makes a team busy, in words: what it is and when."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from deployments.briefing import period
from deployments.models import Deployment
from dogs.models import Commitment
from dogs.states import CommitmentKind

# What a keeper enters by hand in whole days, and may take back.
AWAY = (CommitmentKind.LEAVE, CommitmentKind.SEASON, CommitmentKind.REST)


def deployment_of(row: Commitment) -> Deployment | None:
    return getattr(row, "deployment", None)


def title_of(row: Commitment) -> str:
    """Where the team goes, or why it is away."""
    deployment = deployment_of(row)
    label = str(CommitmentKind(row.kind).label)
    if row.kind == CommitmentKind.VISIT:
        return row.place or row.note or label
    return deployment.request.place if deployment else label


def address_of(row: Commitment) -> str:
    """The page of the deployment or the visit; other times have none."""
    if row.kind == CommitmentKind.VISIT:
        return reverse("member_visit_detail", args=[row.uuid])
    deployment = deployment_of(row)
    return reverse("member_deployment_detail", args=[deployment.uuid]) if deployment else ""


def said_time(row: Commitment) -> str:
    """'Wed 25 to Fri 27 Nov' where whole days count; else with the hours."""
    if row.kind not in AWAY:
        return period(row.period.lower, row.period.upper)
    first, last = row.local_days
    if first == last:
        return date_format(first, "D j M")
    return _("%(first)s to %(last)s") % {"first": date_format(first, "D j M"), "last": date_format(last, "D j M")}
