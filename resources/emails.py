"""What readers are told of what they must read. A function a message; links are made here."""

from datetime import date

from django.conf import settings
from django.urls import reverse

from notifications.outbox import Letter, Recipient
from resources.models import Resource, Version


def must_read(resource: Resource, version: Version, to: Recipient) -> Letter:
    """Asked once for each version and person, however often it is published."""
    key = f"resources-ask:{version.uuid}"
    return Letter(to=to, message="resources/must_read", key=key, context=lambda: _about(resource, version))


def read_reminder(resource: Resource, version: Version, to: Recipient, *, threshold: int, today: date) -> Letter:
    """Once for each threshold. `threshold` is below zero once the day has passed."""

    def context() -> dict[str, object]:
        return {**_about(resource, version), "today": today, "is_late": threshold < 0}

    key = f"resources-remind:{version.uuid}:{resource.must_read_by}:{threshold}"
    return Letter(to=to, message="resources/read_reminder", key=key, context=context)


def withdrawn(resource: Resource, to: Recipient, *, reason: str, key: str) -> Letter:
    """To those who kept it at hand."""

    def context() -> dict[str, object]:
        link = settings.OK9_ADDRESS + reverse("member_resource_list")
        return {"title": resource.title, "reason": reason, "link": link}

    return Letter(to=to, message="resources/withdrawn", key=f"resources-gone:{resource.uuid}:{key}", context=context)


def _about(resource: Resource, version: Version) -> dict[str, object]:
    return {
        "title": resource.title,
        "summary": resource.summary,
        "read_by": resource.must_read_by,
        "number": version.number,
        "what_changed": version.what_changed,
        "link": settings.OK9_ADDRESS + reverse("member_resource_detail", args=[resource.uuid]),
    }
