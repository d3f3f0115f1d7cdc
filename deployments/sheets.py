"""What the pages of debriefs and expenses show, as finished values; and what a host owes for its request."""

from collections.abc import Collection
from datetime import datetime
from operator import attrgetter, methodcaller
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deployments.models import Claim, Debrief, Deployment, Request
from deployments.money import said_pounds
from deployments.states import CLAIM_OWED, ClaimStatus
from dogs.entries import FORCE, Entry, Sheet, of_handler
from dogs.models import Commitment, SessionLog
from dogs.own import CLAIMED_WITHIN
from dogs.states import CommitmentKind

CLAIM_KINDS = {
    ClaimStatus.DRAFT: "info",
    ClaimStatus.SUBMITTED: "warn",
    ClaimStatus.RETURNED: "stop",
    ClaimStatus.APPROVED: "ok",
    ClaimStatus.SETTLED: "mute",
}


def _debriefs() -> QuerySet[Any]:
    rows = Debrief.objects.select_related("deployment__request", "force")
    return rows.order_by("-written_at", "-pk")


def debrief_entry(row: Debrief) -> Entry:
    deployment = row.deployment
    return Entry(
        href=reverse("member_deployment_detail", args=[deployment.uuid]),
        title=f"{deployment.dog_name}: {deployment.request.place}",
        detail=row.dog_after,
        on=localtime(row.written_at).date(),
        tag=_("Asked to be called") if row.needs_follow_up else "",
        kind="warn",
        whose=f"{deployment.handler_name}, {row.force.name}",
    )


DEBRIEFS = Sheet(
    noun="debrief",
    title=gettext_lazy("Debriefs"),
    add="",
    empty=gettext_lazy("No debrief yet. One is written on the deployment’s own page after check-out."),
    day="written_at__date",
    rows=_debriefs,
    own=of_handler,
    entry=debrief_entry,
    columns=(
        (gettext_lazy("Day"), lambda row: localtime(row.written_at).date()), FORCE,
        (gettext_lazy("Dog"), attrgetter("deployment.dog_name")),
        (gettext_lazy("Handler"), attrgetter("deployment.handler_name")),
        (gettext_lazy("Reference"), attrgetter("deployment.request.reference")),
        (gettext_lazy("Place"), attrgetter("deployment.request.place")),
        (gettext_lazy("How the dog was"), attrgetter("dog_after")),
        (gettext_lazy("What went well"), attrgetter("went_well")),
        (gettext_lazy("What should change"), attrgetter("change")),
        (gettext_lazy("Asked to be called"), lambda row: _("yes") if row.needs_follow_up else _("no")),
    ),
)  # fmt: skip


def _claims() -> QuerySet[Any]:
    return Claim.objects.select_related("force", "host_force").order_by("-started_at", "-pk")


def claim_entry(row: Claim) -> Entry:
    return Entry(
        href=reverse("member_claim_detail", args=[row.uuid]),
        title=f"{said_pounds(row.total_pence)}, {row.place}",
        detail=row.dog_name,
        on=localtime(row.started_at).date(),
        tag=str(row.get_status_display()),
        kind=CLAIM_KINDS[ClaimStatus(row.status)],
        whose=f"{row.handler_name}, {row.force.name}",
    )


CLAIMS = Sheet(
    noun="claim",
    title=gettext_lazy("Equipment and expenses"),
    add=gettext_lazy("Claim expenses"),
    empty=gettext_lazy("No expenses yet."),
    day="started_at__date",
    rows=_claims,
    own=of_handler,
    entry=claim_entry,
    columns=(
        (gettext_lazy("Day"), lambda row: localtime(row.started_at).date()), FORCE,
        (gettext_lazy("Dog"), attrgetter("dog_name")),
        (gettext_lazy("Handler"), attrgetter("handler_name")),
        (gettext_lazy("Place"), attrgetter("place")),
        (gettext_lazy("What for"), attrgetter("purpose")),
        (gettext_lazy("Host force"), lambda row: row.host_force.name if row.host_force else ""),
        (gettext_lazy("Total, £"), lambda row: f"{row.total_pence / 100:.2f}"),
        (gettext_lazy("State"), methodcaller("get_status_display")),
        (gettext_lazy("Why it was sent back"), attrgetter("reason")),
    ),
)  # fmt: skip


def claimable(user_id: int, *, now: datetime) -> list[tuple[Commitment, str]]:
    """The own deployments and visits of late for which there is no claim yet, the newest first, with their place.

    A deployment from its check-in on, which may be before it begins.
    """
    visits = Q(kind=CommitmentKind.VISIT, cancelled_at=None, period__startswith__lte=now)
    rows = Commitment.objects.filter(
        Q(deployment__checked_in_at__lte=now) | visits,
        handler_user_id=user_id, claim=None, period__endswith__gt=now - CLAIMED_WITHIN,
    )  # fmt: skip
    rows = rows.select_related("deployment__request", "dog", "handler").order_by("-period", "-pk")[:50]
    return [(row, _place(row)) for row in rows]


def _place(row: Commitment) -> str:
    deployment: Deployment | None = getattr(row, "deployment", None)
    return deployment.request.place if deployment else row.where


def own_claim(user_id: int, wanted: UUID | None) -> Claim | None:
    """The claim that this person has begun for the commitment, or the session of an unplanned visit, of this uuid."""
    if wanted is None:
        return None
    mine, session = Claim.objects.filter(handler_user_id=user_id), own_unplanned(user_id, wanted)
    if session:
        return mine.filter(commitment=None, on=session.on, place__iexact=session.place).first()
    return mine.filter(commitment__uuid=wanted).first()


def own_unplanned(user_id: int, wanted: UUID | None) -> SessionLog | None:
    """This person's session of that uuid, of a visit that was not planned."""
    if wanted is None:
        return None
    rows = SessionLog.objects.filter(handler_user_id=user_id, commitment=None, uuid=wanted)
    return rows.select_related("team").first()


def owed_for(request: Request) -> tuple[int, str]:
    """How many claims a host owes for its request, and their sum; nothing of whose or what for."""
    owed = Claim.objects.filter(request=request, status__in=CLAIM_OWED)
    found = owed.aggregate(claims=Count("pk"), pence=Sum("total_pence"))
    return found["claims"], said_pounds(found["pence"] or 0)


def waiting_claims(
    leads: Collection[int], user_id: int, status: ClaimStatus = ClaimStatus.SUBMITTED
) -> QuerySet[Claim]:
    """What waits for these leads, to be approved or (approved) settled: not their own, which another decides."""
    rows = _claims().filter(force_id__in=leads, status=status)
    return rows.exclude(handler_user_id=user_id)
