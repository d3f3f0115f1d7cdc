"""The papers of mutual aid: a deployment's briefing."""

from datetime import datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime

from core.pdf import render_pdf
from deployments.briefing import briefing_groups
from deployments.models import Briefing, Deployment
from deployments.states import DEPLOYMENT_OVER
from deployments.way import way_fact
from dogs.queries import limits


def briefing_pdf(deployment: Deployment, briefing: Briefing, *, now: datetime) -> bytes:
    """The briefing as a tagged PDF. `deployment` comes with its force, its team, its request and that one's force."""
    request = deployment.request
    context = {
        "reference": request.reference,
        "kind": request.get_kind_display(),
        "host": request.force.name,
        "team": str(deployment),
        "force": deployment.force.name,
        "groups": briefing_groups(request, briefing, way_fact(deployment.team, request, limits())),
        "is_over": deployment.status in DEPLOYMENT_OVER,
        "telephone": settings.OK9_COORDINATORS_TELEPHONE,
        "made": date_format(localtime(now), "j F Y, H:i"),
    }
    return render_pdf("pdf/deployments/briefing.html", context)
