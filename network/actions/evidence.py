"""What is done with all dated evidence, a handler's certificate as well as a dog's document.

The actions of certificates and documents ask who may, hold the lock, and tell people; the steps between stand here.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from audit.actions import record
from core.lifecycle import Refused
from core.validity import said_day, valid_until
from network.models import Evidence
from network.states import EvidenceStatus

# The longest that domain.md gives is 36 months; a month more forgives a certificate issued ahead.
LONGEST = timedelta(days=37 * 31)
# Many write the same day a year later, where the day before it is the last.
SAME_DAY = timedelta(days=1)


def check_days(issued_on: date, expires_on: date, *, months: int | None = None, today: date) -> None:
    """Raise `Refused` unless evidence with these days can be taken today. `months`: how long one of its kind holds."""
    if issued_on > today:
        raise Refused(_("The day it was issued is in the future."), field="issued_on")
    if expires_on <= issued_on:
        raise Refused(_("The last valid day must be after the day it was issued."), field="expires_on")
    if expires_on < today:
        raise Refused(
            _("It ended on %(day)s. Add one that still holds.") % {"day": said_day(expires_on, today)},
            field="expires_on",
        )
    if months and expires_on > valid_until(issued_on, months) + SAME_DAY:
        words = {"months": months, "day": said_day(valid_until(issued_on, months), today)}
        said = ngettext(
            "It holds for %(months)d month: to %(day)s at most.",
            "It holds for %(months)d months: to %(day)s at most.",
            months,
        )
        raise Refused(said % words, field="expires_on")
    if expires_on > today + LONGEST:
        raise Refused(_("The last valid day can't be more than 37 months from today."), field="expires_on")


def submit_evidence(
    evidence: Evidence, *, replaces: tuple[str, ...] = (EvidenceStatus.SUBMITTED,), by: User, now: datetime
) -> None:
    """Save what was sent. Those of its kind in the states that it `replaces` give way: only the newest is looked at."""
    _replace_others(evidence, *replaces, by=by, now=now)
    evidence.save(force_insert=True)
    record(f"submitted {evidence.lifecycle.noun}", evidence, by=by, now=now, moved=("", EvidenceStatus.SUBMITTED))


def verify_evidence(evidence: Evidence, *, by: User, now: datetime) -> None:
    """It counts from now on; the one that counted until now is replaced. One that ended while it waited is refused."""
    evidence.lifecycle.check(evidence.status, EvidenceStatus.VERIFIED, thing=str(evidence))
    today = localdate(now)
    if evidence.expires_on < today:
        raise Refused(_("It ended on %(day)s. Send it back instead.") % {"day": said_day(evidence.expires_on, today)})
    _replace_others(evidence, EvidenceStatus.VERIFIED, by=by, now=now)
    mark_verified(evidence, by=by, now=now)


def mark_verified(evidence: Evidence, *, by: User, now: datetime) -> None:
    """It counts, whatever else there is: for evidence that the house made itself."""
    _decide(evidence, EvidenceStatus.VERIFIED, by=by, now=now)
    moved = (EvidenceStatus.SUBMITTED, EvidenceStatus.VERIFIED)
    record(f"verified {evidence.lifecycle.noun}", evidence, by=by, now=now, moved=moved)


def reject_evidence(evidence: Evidence, *, reason: str, by: User, now: datetime) -> None:
    """Send it back with the reason."""
    if not reason.strip():
        raise Refused(_("Say why you send it back."), field="reason")
    evidence.lifecycle.check(evidence.status, EvidenceStatus.REJECTED, thing=str(evidence))
    evidence.reason = reason.strip()[:400]
    _decide(evidence, EvidenceStatus.REJECTED, by=by, now=now)
    moved = (EvidenceStatus.SUBMITTED, EvidenceStatus.REJECTED)
    record(f"sent back {evidence.lifecycle.noun}", evidence, by=by, now=now, moved=moved, why=evidence.reason)


@transaction.atomic
def open_evidence(*, evidence: Evidence, by: User, now: datetime) -> str:
    """Leave the record that somebody looked at the file, and give its name."""
    record(f"opened {evidence.lifecycle.noun}", evidence, by=by, now=now)
    return evidence.file


def _replace_others(evidence: Evidence, *states: str, by: User, now: datetime) -> None:
    for older in evidence.siblings().filter(status__in=states).select_for_update(no_key=True, of=("self",)):
        was, older.status = older.status, EvidenceStatus.REPLACED
        older.save(update_fields=["status"])
        record(f"replaced {evidence.lifecycle.noun}", older, by=by, now=now, moved=(was, older.status))


def _decide(evidence: Evidence, status: EvidenceStatus, *, by: User, now: datetime) -> None:
    evidence.status, evidence.decided_at, evidence.decided_by = status, now, by
    evidence.save(update_fields=["status", "decided_at", "decided_by", "reason"])
