"""The tables of this app, by noun."""

from deployments.models.claims import Claim, ClaimLine
from deployments.models.mutual_aid import (
    Aftercare,
    Briefing,
    Debrief,
    DebriefDraft,
    Deployment,
    Offer,
    Request,
    RequestDetail,
)

__all__ = [
    "Aftercare",
    "Briefing",
    "Claim",
    "ClaimLine",
    "Debrief",
    "DebriefDraft",
    "Deployment",
    "Offer",
    "Request",
    "RequestDetail",
]
