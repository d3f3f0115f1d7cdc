"""Sessions, planned visits, incidents and welfare visits as lists: what a line says, what a file holds."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dogs.entries import Entry, Sheet, of_handler
from dogs.models import Commitment, Incident, SessionLog, Team, WelfareVisit
from dogs.states import CommitmentKind, IncidentKind, SupportKind, WelfareFinding, WelfareNeed, WelfareStatus

_DOG, _FORCE, _HANDLER = gettext_lazy("Dog"), gettext_lazy("Force"), gettext_lazy("Handler")
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
    return row.commitment.place or row.commitment.note or _("A visit")


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


def _session_cells(row: SessionLog) -> tuple[object, ...]:
    told = {signpost.kind: signpost.people for signpost in row.signposts.all()}
    counts = (row.people, row.minutes, row.breaks, row.signposted, *(told.get(kind, 0) for kind in SupportKind.values))
    return (row.on, row.force.name, row.team.dog.name, row.team.handler.name, place_of(row), *counts)


SESSIONS = Sheet(
    noun="session",
    title=gettext_lazy("Sessions"),
    add=gettext_lazy("Log a session"),
    empty=gettext_lazy("No session yet. Log one after each visit: it takes half a minute, and its minutes count."),
    day="on",
    rows=_sessions,
    own=of_handler,
    entry=session_entry,
    header=(
        gettext_lazy("Day"), _FORCE, _DOG, _HANDLER, gettext_lazy("Place"), gettext_lazy("People met"),
        gettext_lazy("Minutes of contact"), gettext_lazy("Breaks"), gettext_lazy("Told where to find support"),
        *(SupportKind(kind).label for kind in SupportKind.values),
    ),
    cells=_session_cells,
)  # fmt: skip


def _visits() -> QuerySet[Any]:
    rows = Commitment.objects.filter(kind=CommitmentKind.VISIT).select_related("team__dog", "team__handler", "force")
    return rows.order_by("-period", "-pk")


def visit_entry(row: Commitment) -> Entry:
    start, end = localtime(row.period.lower), localtime(row.period.upper)
    return Entry(
        href=reverse("member_visit_detail", args=[row.uuid]),
        title=f"{row.team.dog.name}: {row.place or row.note or _('A visit')}",
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
    header=(),
    cells=lambda row: (),
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


def _incident_cells(row: Incident) -> tuple[object, ...]:
    at = localtime(row.happened_at)
    return (
        at.date(), f"{at:%H:%M}", row.force.name, row.team.dog.name, row.team.handler.name, row.get_kind_display(),
        _("yes") if row.first_aid else _("no"), row.account, incident_state(row)[0], row.found,
    )  # fmt: skip


INCIDENTS = Sheet(
    noun="incident",
    title=gettext_lazy("Incidents and near misses"),
    add=gettext_lazy("Report an incident"),
    empty=gettext_lazy("No incident was reported."),
    day="happened_at__date",
    rows=_incidents,
    own=of_handler,
    entry=incident_entry,
    header=(
        gettext_lazy("Day"), gettext_lazy("Time"), _FORCE, _DOG, _HANDLER, gettext_lazy("What happened"),
        gettext_lazy("First aid"), gettext_lazy("In the handler’s words"), gettext_lazy("Review"),
        gettext_lazy("What was found"),
    ),
    cells=_incident_cells,
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
        detail=asked if is_draft else (_("Unannounced") if row.is_unannounced else _("Scheduled")),
        on=row.visited_on,
        tag=_("Draft") if is_draft else str(WelfareFinding(row.finding).label).split(":")[0],
        kind="info" if is_draft else FINDING_KINDS[WelfareFinding(row.finding)],
        whose=_("Visited by %s") % row.visitor_name if not is_draft else "",
    )


def _welfare_cells(row: WelfareVisit) -> tuple[object, ...]:
    judged = [
        part
        for need in WelfareNeed.values
        for part in (getattr(row, f"get_{need}_display")(), getattr(row, f"{need}_words"))
    ]
    announced = _("Unannounced") if row.is_unannounced else _("Scheduled")
    finding = row.get_finding_display()
    return (row.visited_on, row.force.name, row.dog_name, row.visitor_name, announced, finding, row.summary, *judged)


WELFARE_VISITS = Sheet(
    noun="welfare",
    title=gettext_lazy("Welfare visits"),
    add=gettext_lazy("Write a report"),
    empty=gettext_lazy("No welfare visit was reported."),
    day="visited_on",
    rows=_welfare,
    own=_of_visitor,
    entry=welfare_entry,
    header=(
        gettext_lazy("Day"), _FORCE, _DOG, gettext_lazy("Who visited"), gettext_lazy("Announced"),
        gettext_lazy("Finding"), gettext_lazy("What must happen, by when"),
        *(name for need in WelfareNeed for name in (need.label, gettext_lazy("What was seen"))),
    ),
    cells=_welfare_cells,
)  # fmt: skip
