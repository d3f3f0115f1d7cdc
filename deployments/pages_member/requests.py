"""Requests as a donor may know them, and as their host follows them: who is coming."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext as _

from deployments.briefing import moment, period, setting_words
from deployments.models import Deployment, Request
from deployments.states import DeploymentStatus, RequestStatus
from deployments.way import way_fact
from dogs.models import Team
from network.rules import Limits

# How a tag shows a team to its host: what it did is over.
_KINDS = {
    DeploymentStatus.SCHEDULED: "info",
    DeploymentStatus.ON_SCENE: "ok",
    DeploymentStatus.STOOD_DOWN: "stop",
    DeploymentStatus.DID_NOT_ATTEND: "stop",
}
SEEN_BY_HOST = (
    RequestStatus.TRIAGED,
    RequestStatus.SOURCING,
    RequestStatus.FILLED,
    RequestStatus.ACTIVE,
    RequestStatus.COMPLETED,
)


def request_facts(request: Request) -> list[tuple[str, str]]:
    """What a donor may know of a request."""
    teams = _("%(taken)d of %(places)d confirmed") % {"taken": request.taken, "places": request.places}
    return [
        (_("Kind"), str(request.get_kind_display())),
        (_("For"), request.force.name),
        (_("Where"), f"{request.place}, {request.postcode}"),
        (_("When"), period(request.starts_at, request.ends_at)),
        (_("The setting has"), setting_words(request)),
        (_("People expected"), str(request.people) if request.people else _("Not known")),
        (_("Teams"), teams),
        (_("Reference"), request.reference),
    ]


def donor_facts(team: Team, request: Request, numbers: Limits) -> list[tuple[str, str]]:
    """What a team's own people know of a request: the same, and how far it is for them."""
    kind, host, where, *others = request_facts(request)
    return [kind, host, where, way_fact(team, request, numbers), *others]


def hosted_requests(leads: Collection[int]) -> QuerySet[Request]:
    """The requests that these forces host, once a coordinator has triaged them; the open ones first."""
    is_open = Case(When(status__in=SEEN_BY_HOST, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = Request.objects.filter(force_id__in=leads).exclude(status__in=[RequestStatus.DRAFT, RequestStatus.SUBMITTED])
    return rows.select_related("force").order_by(is_open, "starts_at", "pk")


@dataclass(frozen=True)
class Coming:
    """A team on its way to a host: the dog's name, the handler's, the force, and nothing else of the donor's."""

    dog: str
    handler: str
    force: str
    state: str
    kind: str


def teams_coming(request: Request) -> list[Coming]:
    rows = Deployment.objects.filter(request=request).select_related("force").order_by("confirmed_at", "pk")
    return [
        Coming(
            row.dog_name,
            row.handler_name,
            row.force.name,
            _state_for_host(row),
            _KINDS.get(DeploymentStatus(row.status), "mute"),
        )
        for row in rows
    ]


def _state_for_host(deployment: Deployment) -> str:
    if deployment.status == DeploymentStatus.SCHEDULED:
        return _("Coming")
    if deployment.status == DeploymentStatus.ON_SCENE and deployment.checked_in_at:
        return _("Arrived %(at)s") % {"at": moment(deployment.checked_in_at)}
    if deployment.checked_out_at:
        return _("Left %(at)s") % {"at": moment(deployment.checked_out_at)}
    return str(deployment.get_status_display())
