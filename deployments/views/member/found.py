"""Finding a deployment for the person who asks for it."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import can
from accounts.requests import SignedIn
from deployments.models import Deployment


def read_deployment(request: SignedIn, uuid: UUID) -> Deployment:
    """The deployment, for its handler, the donor's lead and the coordinators.

    The host's wall lets the row through, for the list of who is coming; the page itself is the donor's, so for the
    host it does not exist.
    """
    rows = Deployment.objects.select_related("request__force", "force", "team__dog", "offer", "commitment", "debrief")
    deployment = get_object_or_404(rows, uuid=uuid)
    works = deployment.handler_user_id == request.user.pk and can(
        request.user, "deployment.work", force=deployment.force_id
    )
    if not (works or can(request.user, "force.keep", force=deployment.force_id) or can(request.user, "request.match")):
        raise Http404
    return deployment


def work_deployment(request: SignedIn, uuid: UUID) -> Deployment:
    """The deployment, for its handler alone."""
    deployment = read_deployment(request, uuid)
    if deployment.handler_user_id != request.user.pk:
        raise PermissionDenied
    return deployment
