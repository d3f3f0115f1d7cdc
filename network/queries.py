"""Evidence and handlers, as the pages about them need them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Profile
from core.validity import validity
from network.models import Evidence, Handler
from network.states import EvidenceStatus, HandlerStatus


def own_handlers(user_id: int, leads: Iterable[int]) -> list[Handler]:
    """The handlers whose certificates this person keeps: themselves, and everybody in the forces kept."""
    rows = Handler.objects.filter(Q(force_id__in=list(leads)) | Q(handler_user_id=user_id))
    return list(rows.exclude(status=HandlerStatus.LEFT).select_related("force").order_by("force__name", "name", "pk"))


def standing(evidence: Evidence, *, today: date) -> tuple[str, str]:
    """The state of dated evidence as a fact, and how a tag shows it."""
    if evidence.status == EvidenceStatus.VERIFIED:
        state = validity(evidence.expires_on, today)
        return state.sentence, state.kind
    if evidence.status == EvidenceStatus.REJECTED:
        return _("Sent back: %(reason)s") % {"reason": evidence.reason}, "stop"
    if evidence.status == EvidenceStatus.SUBMITTED:
        return _("Waiting to be verified"), "info"
    return _("Replaced by a newer one"), "mute"


def verified_before(evidence: Evidence) -> Evidence | None:
    """The one that counts now, which verifying this one replaces."""
    return evidence.siblings().filter(status=EvidenceStatus.VERIFIED).first()


def sender_of(evidence: Evidence) -> Profile | None:
    return Profile.objects.filter(user_id=evidence.submitted_by_id).first()
