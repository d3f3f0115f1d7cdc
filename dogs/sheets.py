"""Sessions, planned visits, incidents and welfare visits as lists: what a line says, what a file holds."""

from collections.abc import Collection
from datetime import date
from functools import partial
from operator import attrgetter, methodcaller
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dogs.entries import FORCE, Column, Entry, Sheet, of_handler
from dogs.models import Commitment, Incident, SessionLog, Team, WelfareVisit
from dogs.states import CommitmentKind, IncidentKind, SupportKind, WelfareFinding, WelfareNeed, WelfareStatus

_DOG: Column = (gettext_lazy("Dog"), attrgetter("team.dog.name"))
_HANDLER: Column = (gettext_lazy("Handler"), attrgetter("team.handler.name"))
FINDING_KINDS = {WelfareFinding.ACCEPTABLE: "ok", WelfareFinding.IMPROVE: "warn", WelfareFinding.CRITICAL: "stop"}


def _sessions() -> QuerySet[Any]:
    rows = SessionLog.objects.select_related("team__dog", "team__handler", "force", "commitment")
    return rows.prefetch_related("signposts").order_by("-on", "-logged_at", "-pk")


def place_of(row: SessionLog) -> str:
    """Where a session was, as far as this app knows: a deployment's place is on its own page."""
    if row.commitment is None:
        return row.place or _("A visit that was not planned")
    if row.commitment.kind == CommitmentKind.DEPLOYMENT:
        return _("Deployment")
    return row.commitment.where


def session_entry(row: SessionLog) -> Entry:
    minutes = ngettext("%(n)d minute", "%(n)d minutes", row.minutes) % {"n": row.minutes}
    people = ngettext("%(n)d person", "%(n)d people", row.people) % {"n": row.people}
    told = _("%(n)d told where to find support") % {"n": row.signposted} if row.signposted else ""
    return Entry(
        href=reverse("member_session_detail", args=[row.uuid]),
        title=f"{row.team.dog.name}: {place_of(row)}",
        detail=", ".join(part for part in (minutes, people, told) if part),
        on=row.on,
        whose=_whose(row),
    )


def _whose(row: Any) -> str:
    return f"{row.team.handler.name}, {row.force.name}"


def _told(kind: str, row: SessionLog) -> int:
    return next((signpost.people for signpost in row.signposts.all() if signpost.kind == kind), 0)


SESSIONS = Sheet(
    noun="session",
    title=gettext_lazy("Sessions"),
    add=gettext_lazy("Log a session"),
    empty=gettext_lazy("No session yet. Log one after each visit: it takes half a minute, and its minutes count."),
    day="on",
    rows=_sessions,
    own=of_handler,
    entry=session_entry,
    columns=(
        (gettext_lazy("Day"), attrgetter("on")), FORCE, _DOG, _HANDLER,
        (gettext_lazy("Place"), place_of),
        (gettext_lazy("People met"), attrgetter("people")),
        (gettext_lazy("Minutes of contact"), attrgetter("minutes")),
        (gettext_lazy("Breaks"), attrgetter("breaks")),
        (gettext_lazy("Told where to find support"), attrgetter("signposted")),
        *((kind.label, partial(_told, kind)) for kind in SupportKind),
    ),
)  # fmt: skip


def _visits() -> QuerySet[Any]:
    """What comes next first of all; then what has been, the latest first."""
    rows = Commitment.objects.filter(kind=CommitmentKind.VISIT).select_related("team__dog", "team__handler", "force")
    now = timezone.now()
    coming = Case(When(period__endswith__gt=now, then=F("period__startswith")))
    return rows.annotate(coming=coming).order_by(F("coming").asc(nulls_last=True), "-period", "-pk")


def visit_entry(row: Commitment) -> Entry:
    start, end = localtime(row.period.lower), localtime(row.period.upper)
    return Entry(
        href=reverse("member_visit_detail", args=[row.uuid]),
        title=f"{row.team.dog.name}: {row.where}",
        detail=f"{start:%H:%M} – {end:%H:%M}",
        on=start.date(),
        tag=_("Cancelled") if row.cancelled_at else "",
        whose=_whose(row),
    )


VISITS = Sheet(
    noun="visit",
    title=gettext_lazy("Planned visits"),
    add=gettext_lazy("Plan a visit"),
    empty=gettext_lazy("No visit is planned. A planned visit keeps the team free of anything else at that time."),
    day="period__startswith__date",
    rows=_visits,
    own=of_handler,
    entry=visit_entry,
)


def _incidents() -> QuerySet[Any]:
    rows = Incident.objects.select_related("team__dog", "team__handler", "force")
    return rows.order_by("-happened_at", "-pk")


def incident_state(row: Incident) -> tuple[str, str]:
    """How far the review is, as a tag shows it."""
    if row.reviewed_at:
        return str(row.get_outcome_display()), "warn" if row.outcome == "kept" else "mute"
    return _("Waiting for review"), "stop" if row.kind == IncidentKind.BITE else "warn"


def incident_entry(row: Incident) -> Entry:
    tag, kind = incident_state(row)
    at = localtime(row.happened_at)
    return Entry(
        href=reverse("member_incident_detail", args=[row.uuid]),
        title=f"{row.team.dog.name}: {row.get_kind_display()}",
        detail=_("%(at)s. Somebody needed first aid.") % {"at": f"{at:%H:%M}"} if row.first_aid else f"{at:%H:%M}",
        on=at.date(),
        tag=tag,
        kind=kind,
        whose=_whose(row),
    )


INCIDENTS = Sheet(
    noun="incident",
    title=gettext_lazy("Incidents and near misses"),
    add=gettext_lazy("Report an incident"),
    empty=gettext_lazy("No incident was reported."),
    day="happened_at__date",
    rows=_incidents,
    own=of_handler,
    entry=incident_entry,
    columns=(
        (gettext_lazy("Day"), lambda row: localtime(row.happened_at).date()),
        (gettext_lazy("Time"), lambda row: f"{localtime(row.happened_at):%H:%M}"), FORCE, _DOG, _HANDLER,
        (gettext_lazy("What happened"), methodcaller("get_kind_display")),
        (gettext_lazy("First aid"), lambda row: _("yes") if row.first_aid else _("no")),
        (gettext_lazy("In the handler’s words"), attrgetter("account")),
        (gettext_lazy("Review"), lambda row: incident_state(row)[0]),
        (gettext_lazy("What was found"), attrgetter("found")),
    ),
)  # fmt: skip


def _welfare() -> QuerySet[Any]:
    return (
        WelfareVisit.objects.exclude(status=WelfareStatus.DRAFT).select_related("force").order_by("-visited_on", "-pk")
    )


def _of_visitor(user_id: int, leads: Collection[int]) -> Q:
    """One's own, the kept forces', and (through the wall) those of the dogs that one handles."""
    handled = Team.objects.filter(handler_user_id=user_id).values("dog_id")
    return Q(visitor_id=user_id) | Q(force_id__in=leads) | Q(dog_id__in=handled)


def welfare_entry(row: WelfareVisit) -> Entry:
    is_draft = row.status == WelfareStatus.DRAFT
    asked = _("Visit by %(day)s") % {"day": f"{row.due_on:%d/%m/%Y}"} if row.due_on else ""
    return Entry(
        href=reverse("member_welfare_edit" if is_draft else "member_welfare_detail", args=[row.uuid]),
        title=f"{row.dog_name}, {row.force.name}",
        detail=asked if is_draft else _announced(row),
        on=row.visited_on,
        tag=_("Draft") if is_draft else str(WelfareFinding(row.finding).label).split(":")[0],
        kind="info" if is_draft else FINDING_KINDS[WelfareFinding(row.finding)],
        whose=_("Visited by %s") % row.visitor_name if not is_draft else "",
    )


def asked_visits() -> QuerySet[WelfareVisit]:
    """What a coordinator asked for and nobody has sent, the one that is due first at the top."""
    rows = WelfareVisit.objects.filter(status=WelfareStatus.DRAFT, due_on__isnull=False)
    return rows.select_related("force", "visitor").order_by("due_on", "pk")


def asked_entry(row: WelfareVisit, today: date) -> Entry:
    """As the coordinator reads it, who does not read the draft."""
    return Entry(
        href=reverse("coordinator_welfare_asked", args=[row.uuid]),
        title=f"{row.dog_name}, {row.force.name}",
        detail=_("%s is asked") % row.visitor_name,
        on=row.due_on,
        tag=_("Overdue") if row.due_on and row.due_on < today else "",
        kind="stop",
    )


def _announced(row: WelfareVisit) -> str:
    return _("Unannounced") if row.is_unannounced else _("Scheduled")


def _judged(need: WelfareNeed) -> tuple[Column, Column]:
    seen = gettext_lazy("What was seen"), attrgetter(f"{need}_words")
    return (need.label, methodcaller(f"get_{need}_display")), seen


WELFARE_VISITS = Sheet(
    noun="welfare",
    title=gettext_lazy("Welfare visits"),
    add=gettext_lazy("Write a report"),
    empty=gettext_lazy("No welfare visit was reported."),
    day="visited_on",
    rows=_welfare,
    own=_of_visitor,
    entry=welfare_entry,
    columns=(
        (gettext_lazy("Day"), attrgetter("visited_on")), FORCE,
        (gettext_lazy("Dog"), attrgetter("dog_name")),
        (gettext_lazy("Who visited"), attrgetter("visitor_name")),
        (gettext_lazy("Announced"), _announced),
        (gettext_lazy("Finding"), methodcaller("get_finding_display")),
        (gettext_lazy("What must happen, by when"), attrgetter("summary")),
        *(column for need in WelfareNeed for column in _judged(need)),
    ),
)  # fmt: skip
