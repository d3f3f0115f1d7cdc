"""What is told of claims: to the leads that one waits, to the handler what became of it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from deployments.models import Claim
from deployments.money import said_pounds
from notifications.outbox import Recipient, queue_mail


def _about(message: str, claim: Claim, to: Recipient, *, key: str, now: datetime) -> None:
    def context() -> dict[str, Any]:
        return {
            "handler": claim.handler_name,
            "dog": claim.dog_name,
            "place": claim.place,
            "total": said_pounds(claim.total_pence),
            "status": claim.status,
            "reason": claim.reason,
            "link": settings.OK9_ADDRESS + reverse("member_claim_detail", args=[claim.uuid]),
        }

    queue_mail(to, f"deployments/{message}", key=f"claim:{claim.uuid}:{key}", context=context, now=now)


def claim_waiting(claim: Claim, to: Recipient, *, now: datetime) -> None:
    _about("claim_waiting", claim, to, key=f"waiting:{now:%Y%m%d%H%M%S}", now=now)


def claim_answered(claim: Claim, to: Recipient, *, now: datetime) -> None:
    _about("claim_answered", claim, to, key=f"{claim.status}:{now:%Y%m%d%H%M%S}", now=now)
