"""What enquiries tell whom. Nothing here repeats what a visitor typed."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from notifications.outbox import Recipient, queue_mail
from pages.models import Enquiry


def _facts(enquiry: Enquiry) -> dict[str, Any]:
    return {"reference": enquiry.reference, "telephone": settings.OK9_COORDINATORS_TELEPHONE}


def enquiry_receipt(enquiry: Enquiry, *, now: datetime) -> None:
    """To whoever asked, in the language of the page that they wrote on."""
    to = Recipient(email=enquiry.email, language=enquiry.language)
    queue_mail(to, "pages/enquiry_receipt", key=f"enquiry:{enquiry.uuid}:receipt", context=_facts(enquiry), now=now)


def enquiry_new(enquiry: Enquiry, to: Recipient, *, now: datetime) -> None:

    def context() -> dict[str, Any]:
        link = settings.OK9_ADDRESS + reverse("coordinator_enquiry_detail", args=[enquiry.uuid])
        return {**_facts(enquiry), "kind": enquiry.get_kind_display(), "link": link}

    queue_mail(to, "pages/enquiry_new", key=f"enquiry:{enquiry.uuid}:new", context=context, now=now)
