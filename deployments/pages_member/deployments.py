"""Deployments as their handler and the donor's lead see them: in a list, and on the day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime, make_aware
from django.utils.translation import gettext as _

from audit.models import Record
from deployments.briefing import moment, period
from deployments.models import DebriefDraft, Deployment
from deployments.pages_member.requests import donor_facts
from deployments.rules import CHECK_IN_EARLY, may_check_in
from deployments.states import AFTERCARE_SENT, DEPLOYMENT_OVER, DeploymentStatus
from dogs.models import Incident, SessionLog
from dogs.queries import limits
from dogs.states import DogStatus
from network.rules import Limits

KINDS = {
    DeploymentStatus.SCHEDULED: "info",
    DeploymentStatus.ON_SCENE: "ok",
    DeploymentStatus.COMPLETED: "warn",
    DeploymentStatus.DEBRIEFED: "mute",
    DeploymentStatus.STOOD_DOWN: "stop",
    DeploymentStatus.DID_NOT_ATTEND: "stop",
}


def own_deployments(user_id: int, leads: Collection[int]) -> QuerySet[Deployment]:
    """The deployments of this person's force or of themselves, the open ones first, the soonest first."""
    over = Case(When(status__in=DEPLOYMENT_OVER, then=Value(1)), default=Value(0), output_field=IntegerField())
    rows = Deployment.objects.filter(Q(force_id__in=leads) | Q(handler_user_id=user_id))
    rows = rows.select_related("request__force", "team__dog")
    coming = Case(When(~Q(status__in=DEPLOYMENT_OVER), then=F("request__starts_at")))
    return rows.order_by(over, coming, "-request__starts_at", "pk")


@dataclass(frozen=True)
class DeploymentLine:
    deployment: Deployment
    sentence: str
    detail: str
    tag: str
    kind: str


def deployment_line(deployment: Deployment) -> DeploymentLine:
    request = deployment.request
    words = {"team": str(deployment), "place": request.place}
    detail = f"{request.get_kind_display()}, {request.force.name}, {period(request.starts_at, request.ends_at)}."
    tag, kind = str(deployment.get_status_display()), KINDS[DeploymentStatus(deployment.status)]
    if deployment.status == DeploymentStatus.COMPLETED:
        tag = _("Debrief not written yet")
    return DeploymentLine(deployment, _("%(team)s at %(place)s") % words, detail, tag, kind)


def day_page(deployment: Deployment, user_id: int, *, now: datetime) -> dict[str, Any]:
    """A deployment's page: what has been done, and what comes next for its handler."""
    request, today, days, numbers = deployment.request, localdate(now), all_days(deployment), limits()
    is_mine, is_over = deployment.handler_user_id == user_id, deployment.status in DEPLOYMENT_OVER
    return {
        "deployment": deployment,
        "found": request,
        "dog": deployment.team.dog,
        "is_mine": is_mine,
        "may_report": is_mine and not is_over,
        "may_claim": is_mine and deployment.checked_out_at is not None,
        "must_stop": not is_over and deployment.team.dog.status == DogStatus.SUSPENDED,
        "status": str(deployment.status),
        "tag": deployment_line(deployment),
        "period": period(request.starts_at, request.ends_at),
        "facts": donor_facts(deployment.team, request, numbers),
        **_work_so_far(deployment, numbers, today=today),
        "days": working_days(deployment, today=today),
        "day_words": _day_words(days, today=today),
        "many_days": len(days) > 1 and today < days[-1],
        "may_check_in": may_check_in(request.starts_at, request.ends_at, now=now),
        "check_in_from": moment(request.starts_at - CHECK_IN_EARLY),
        "is_late": now >= request.ends_at,
        "incidents": list(
            Incident.objects.filter(commitment_id=deployment.commitment_id).order_by("happened_at", "pk")
        ),
        "debrief": getattr(deployment, "debrief", None),
        "aftercare": [] if is_mine else _aftercare_days(deployment),
        "handler": deployment.handler_name.split(" ")[0],
    }


def _aftercare_days(deployment: Deployment) -> list[str]:
    """When the handler was sent a prompt, for those who may know that and no more."""
    sent = Record.objects.filter(object_uuid=deployment.offer.uuid, verb=AFTERCARE_SENT).order_by("at")
    return [date_format(localtime(at), "j F Y") for at in sent.values_list("at", flat=True)]


def _work_so_far(deployment: Deployment, numbers: Limits, *, today: date) -> dict[str, Any]:
    """The sessions of this deployment; of today, how long the dog has worked anywhere, and since when it does now."""
    of_today = Q(dog_id=deployment.dog_id, on=today)
    rows = SessionLog.objects.filter(Q(commitment_id=deployment.commitment_id) | of_today)
    logged = list(rows.order_by("on", "logged_at", "pk"))
    sessions = [row for row in logged if row.commitment_id == deployment.commitment_id]
    minutes = sum(row.minutes for row in logged if row.on == today)
    marks = [row.logged_at for row in sessions if row.on == today]
    began = deployment.checked_in_at
    if not marks and began and localdate(began) == today:
        marks = [began]
    return {
        "sessions": sessions,
        "people": sum(row.people for row in sessions),
        "minutes": minutes,
        "limit": numbers.contact_minutes_a_day,
        "left": max(numbers.contact_minutes_a_day - minutes, 0),
        "break_every": numbers.break_every_minutes,
        "since": max(marks, default=None),
        "keep": f"session-{deployment.uuid}-{len(sessions)}",
    }


def is_more_than_the_time(session: SessionLog, deployment: Deployment, *, now: datetime) -> bool:
    """Whether its minutes, with that day's others here, are more than passed there that day: mostly a slip.

    Only mostly: somebody may have checked in long after they had come.
    """
    first, after = (make_aware(datetime.combine(session.on + timedelta(days=n), time())) for n in (0, 1))
    began = max(deployment.checked_in_at or now, first)
    there = min(deployment.checked_out_at or now, after) - began
    rows = SessionLog.objects.filter(commitment_id=deployment.commitment_id, on=session.on)
    return timedelta(minutes=sum(rows.values_list("minutes", flat=True))) > there


def drafted(deployment: Deployment) -> dict[str, Any]:
    """What the handler's own draft of a debrief holds; nothing where there is none."""
    rows = DebriefDraft.objects.filter(deployment=deployment)
    return rows.values("went_well", "change", "dog_after", "needs_follow_up").first() or {}


def all_days(deployment: Deployment) -> list[date]:
    """The days of a deployment in London; those after an early check-out are gone."""
    first, last = deployment.commitment.local_days
    return [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]


def working_days(deployment: Deployment, *, today: date) -> list[date]:
    """The days for which a session can be logged: those up to today; the first, for a team that came the eve."""
    days = all_days(deployment)
    return [day for day in days if day <= today] or days[:1]


def _day_words(days: list[date], *, today: date) -> str:
    if len(days) < 2 or today not in days:
        return ""
    return _("day %(number)d of %(count)d") % {"number": days.index(today) + 1, "count": len(days)}
