"""A handler leaves the scheme: what they are booked for, their teams and their role end together."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import must_or_system
from accounts.models import User
from core.lifecycle import Refused
from deployments.models import Deployment
from deployments.states import DeploymentStatus
from dogs.actions.dogs import part_teams_of
from network.actions.handlers import leave_handler
from network.models import Handler


@transaction.atomic
def leave_scheme(*, handler: Handler, by: User | None, now: datetime, why: str = "") -> Handler:
    """Their teams part and their planned visits end; what they are booked for is looked at again at once.

    Nobody leaves from a scene: the dog must be checked out first.
    """
    must_or_system(by, "team.keep", "network.keep", force=handler.force_id)
    handler = Handler.objects.select_for_update(no_key=True, of=("self",)).get(pk=handler.pk)
    _check_not_on_scene(handler)
    part_teams_of(handler, by=by, now=now)
    return leave_handler(handler=handler, by=by, now=now, why=why)


def _check_not_on_scene(handler: Handler) -> None:
    rows = Deployment.objects.select_related("request").filter(handler=handler, status=DeploymentStatus.ON_SCENE)
    there = rows.first()
    if there:
        words = {"dog": there.dog_name, "place": there.request.place, "reference": there.request.reference}
        raise Refused(_("%(dog)s is on scene at %(place)s, %(reference)s. Record first when they left there.") % words)
