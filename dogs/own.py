"""The teams, visits and dogs that a person works, keeps or may visit; what their forms offer to choose from."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, Value, When

from dogs.models import Commitment, Dog, SessionLog, Team
from dogs.states import GONE, CommitmentKind

LATELY = timedelta(days=60)
# So long after a visit or deployment its expenses may be claimed.
CLAIMED_WITHIN = timedelta(days=90)


def own_teams(user_id: int, leads: Collection[int] = ()) -> list[Team]:
    """The working teams of this person, and with `leads` those of the forces they keep."""
    teams = Team.objects.filter(Q(handler_user_id=user_id) | Q(force_id__in=list(leads)), is_active=True)
    teams = teams.exclude(dog__status__in=GONE).select_related("dog", "handler", "force")
    return list(teams.order_by("dog__name", "pk"))


def visits_to_log(user_id: int, leads: Collection[int], *, asked: UUID | None, now: datetime) -> list[Any]:
    """The own visits that have begun, lately, the newest first; of the forces in `leads` everybody's.

    The one that was `asked` for is among them, and first, however long ago it was. `is_logged` says of each whether it
    has a session.
    """
    own = Q(handler_user_id=user_id) | Q(force_id__in=list(leads))
    rows = Commitment.objects.filter(own, kind=CommitmentKind.VISIT, cancelled_at=None, period__startswith__lte=now)
    rows = rows.filter(Q(period__endswith__gt=now - LATELY) | Q(uuid=asked)).annotate(
        is_logged=Exists(SessionLog.objects.filter(commitment=OuterRef("pk"))),
        is_other=Case(When(uuid=asked, then=Value(0)), default=Value(1)),
    )
    return list(rows.select_related("team__dog", "team__handler").order_by("is_other", "-period", "-pk")[:50])


def likely_visit(visits: Collection[Any], user_id: int, *, today: date) -> Any:
    """The own visit of today that has no session yet (one over midnight is of both days): most likely the one meant."""
    own = [visit for visit in visits if visit.handler_user_id == user_id and not visit.is_logged]
    return next((visit for visit in own if visit.local_days[0] <= today <= visit.local_days[1]), None)


def dogs_to_visit(user_id: int, leads: Collection[int], *, everywhere: bool) -> list[Dog]:
    """The working dogs whose welfare this person may look into: not the ones they handle themselves."""
    handled = Team.objects.filter(handler_user_id=user_id, is_active=True).values("dog_id")
    dogs = Dog.objects.exclude(status__in=GONE).exclude(pk__in=handled)
    if not everywhere:
        dogs = dogs.filter(force_id__in=list(leads))
    return list(dogs.select_related("force").order_by("name", "force__name", "pk"))
