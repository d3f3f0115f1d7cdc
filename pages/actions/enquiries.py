"""Enquiries: taken from anybody, answered by the network, forgotten when they are no longer needed."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.access import must
from accounts.models import User
from accounts.queries import coordinators
from audit.actions import record
from core.lifecycle import Refused
from core.once import must_say_the_same
from core.tenancy import network_scope
from pages import emails
from pages.inputs import NewEnquiry
from pages.models import Enquiry

# How long an answered enquiry is kept; the privacy page says the same.
KEPT = timedelta(days=365)


def send_enquiry(*, new: NewEnquiry, key: UUID, by: User | None, now: datetime) -> Enquiry:
    """Take an enquiry. The same `key` again returns the one that stands.

    Only the network reads it. Whoever asked gets a receipt that repeats nothing of what they typed.
    """
    with network_scope(user=by.pk if by else None, reason="a visitor asks, for the network to read"):
        standing = Enquiry.objects.filter(key=key).first()
        if standing:
            must_say_the_same(standing, asdict(new), standing.reference)
            return standing
        try:
            with transaction.atomic():
                enquiry = _write(new, key=key, now=now)
        except IntegrityError:
            return Enquiry.objects.get(key=key)
        record("sent", enquiry, by=by, now=now)
        emails.enquiry_receipt(enquiry, now=now)
        for coordinator in coordinators():
            emails.enquiry_new(enquiry, coordinator, now=now)
        return enquiry


def _write(new: NewEnquiry, *, key: UUID, now: datetime) -> Enquiry:
    with connection.cursor() as cursor:
        cursor.execute("select nextval('pages_reference')")
        reference = f"E-{cursor.fetchone()[0]}"
    return Enquiry.objects.create(
        key=key,
        reference=reference,
        kind=new.kind,
        name=new.name,
        organisation=new.organisation,
        organisation_name=new.organisation_name,
        email=new.email,
        telephone=new.telephone,
        wish=new.wish,
        language=new.language,
        asked_at=now,
    )


@transaction.atomic
def answer_enquiry(*, enquiry: Enquiry, note: str, by: User, now: datetime) -> Enquiry:
    """Note that the enquiry was answered, and how. The answer itself goes by mail or telephone."""
    must(by, "enquiry.answer")
    enquiry = Enquiry.objects.select_for_update(no_key=True).get(pk=enquiry.pk)
    if enquiry.answered_at:
        raise Refused(_("%s was answered already. Somebody may have been quicker.") % enquiry.reference)
    enquiry.answered_at, enquiry.answered_by, enquiry.answer_note = now, by, note
    enquiry.save(update_fields=["answered_at", "answered_by", "answer_note"])
    record("answered", enquiry, by=by, now=now, moved=("open", "answered"))
    return enquiry


def forget_enquiries(night: date, *, now: datetime) -> int:
    """Delete what was answered a year before `night`; how many. The trail keeps the references and no names.

    A night that is worked ahead of its time deletes nothing before its time: it counts from today.
    """
    old = Enquiry.objects.filter(answered_at__date__lt=min(night, localdate(now)) - KEPT)
    for enquiry in old:
        record("forgot", enquiry, by=None, now=now)
    return old.delete()[0]
