"""What is told of assessments: where one stands, to the team, its leads and its assessor."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format

from assessments.models import Assessment
from dogs.states import Restriction
from notifications.outbox import Recipient, queue_mail


def assessment_moved(assessment: Assessment, to: Recipient, *, now: datetime, why: str = "") -> None:
    """How it stands now, in the words of its status. Findings stay on the page."""

    def context() -> dict[str, Any]:
        return {
            "assessment": assessment,
            "team": assessment.team,
            "force": assessment.force,
            "day": _said(assessment.booked_for),
            "until": _said(assessment.valid_until),
            "restrictions": ", ".join(str(Restriction(name).label) for name in assessment.restrictions),
            "weeks": assessment.retest_weeks,
            "why": why,
            "link": settings.OK9_ADDRESS + reverse(_page(assessment, to)),
        }

    key = f"assessments-assessment:{assessment.uuid}:{assessment.status}:{now:%Y%m%d%H%M%S}"
    queue_mail(to, "assessments/assessment_moved", key=key, context=context, now=now)


def _page(assessment: Assessment, to: Recipient) -> str:
    """Where the reader sees it: the assessor in their own room, the others at home."""
    is_assessor = to.user_id is not None and to.user_id == assessment.assessor_user_id
    return "member_assessment_list" if is_assessor else "home_redirect"


def _said(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
