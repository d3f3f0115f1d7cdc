"""Reminding those who have not answered an offer yet."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import must
from accounts.models import User
from audit.actions import record
from core.lifecycle import Refused
from deployments import emails
from deployments.actions.held import locked_request
from deployments.actions.offers import waiting_offers
from deployments.models import Offer, Request
from deployments.rules import not_again_before, remind_from


@transaction.atomic
def remind_waiting(*, request: Request, by: User, now: datetime) -> tuple[list[Offer], list[Offer]]:
    """Send one message more to whoever has not answered the request's offers yet: the lead, the handler, or both.

    An offer is reminded of at most once an hour, and not at once: those whose time has not come are second, untouched.
    So a second press sends nothing twice.
    """
    must(by, "offer.propose")
    request = locked_request(request.pk)
    waiting = [offer for offer in waiting_offers(request) if offer.answer_by >= now]
    if not waiting:
        raise Refused(_("No offer of %s waits for an answer.") % request.reference)
    due = [offer for offer in waiting if _again_from(offer) <= now]
    if not due:
        soonest = min(_again_from(offer) for offer in waiting)
        raise Refused(not_again_before(soonest))
    for offer in due:
        offer.reminded_at = now
        offer.save(update_fields=["reminded_at"])
        record("reminded", offer, by=by, now=now)
        emails.remind(offer, now=now)
    return due, [offer for offer in waiting if offer not in due]


def _again_from(offer: Offer) -> datetime:
    return remind_from(offer.proposed_at, offer.reminded_at)
