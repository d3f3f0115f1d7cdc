"""Expenses: a claim for one deployment or visit, its lines, and its way to the lead, the host and settlement."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Sum
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.access import can
from accounts.models import User
from accounts.queries import coordinators, leads_of, people
from audit.actions import record
from core.files import discard_upload
from core.lifecycle import Refused
from core.once import fresh_key, must_be_as_read, must_say_the_same
from core.tenancy import network_scope
from deployments.emails import claims as emails
from deployments.inputs import UnplannedVisit
from deployments.models import Claim, ClaimLine, Deployment
from deployments.states import CLAIM, CLAIM_OPEN, ClaimStatus, ExpenseKind
from dogs.models import Commitment, Team
from dogs.own import CLAIMED_WITHIN
from dogs.queries import limits
from dogs.states import WORKING_KINDS

# How long before and after the time itself an expense may lie: a night on the way, a bill that comes late.
EARLY, LATE = timedelta(days=7), timedelta(days=30)
MOST_LINES = 50


@dataclass(frozen=True)
class Expense:
    """What the handler typed of one expense: miles, or an amount. `receipt` is a name from `store_upload`."""

    kind: str
    on: date
    what: str
    miles: int | None = None
    amount_pence: int | None = None
    receipt: str = ""


@transaction.atomic
def start_claim(*, commitment: Commitment, by: User, now: datetime) -> Claim:
    """Begin a claim for the own deployment or visit. There is one for each: where it stands, it comes back."""
    if commitment.handler_user_id != by.pk or not can(by, "deployment.work", force=commitment.force_id):
        raise PermissionDenied
    if commitment.kind not in WORKING_KINDS:
        raise Refused(_("Expenses are for a deployment or a visit."), field="commitment")
    if commitment.cancelled_at:
        raise Refused(_("That visit was cancelled."), field="commitment")
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    standing = Claim.objects.filter(commitment=commitment).first()
    if standing:
        return standing
    deployment = Deployment.objects.filter(commitment=commitment).select_related("request").first()
    claim = Claim.objects.create(
        force_id=commitment.force_id,
        host_force_id=deployment.host_force_id if deployment else None,
        request_id=deployment.request_id if deployment else None,
        handler_user=by,
        handler_name=commitment.handler.name,
        dog_name=commitment.dog.name,
        commitment=commitment,
        place=deployment.request.place if deployment else commitment.where,
        started_at=now,
    )
    record("started a claim", claim, by=by, now=now)
    return claim


@transaction.atomic
def start_visit_claim(*, team: Team, visit: UnplannedVisit, by: User, now: datetime) -> Claim:
    """Begin a claim for a local visit of the own team that was not planned. The same visit again is the one claim.

    Another visit on the same day needs a place of its own; a claim that was sent takes no more.
    """
    if team.handler_user_id != by.pk or not can(by, "deployment.work", force=team.force_id):
        raise PermissionDenied
    _check_visit(visit, today=localdate(now))
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    standing = Claim.objects.filter(handler_user=by, commitment=None, on=visit.on, place__iexact=visit.place).first()
    if standing and standing.status in CLAIM_OPEN and standing.purpose == visit.purpose:
        return standing
    if standing:
        told = _("You have a claim for %s on that day already. If this was another visit, name the place more exactly.")
        raise Refused(told % standing.place, field="place")
    claim = Claim.objects.create(
        force_id=team.force_id,
        handler_user=by,
        handler_name=team.handler.name,
        dog_name=team.dog.name,
        on=visit.on,
        place=visit.place,
        purpose=visit.purpose,
        started_at=now,
    )
    record("started a claim", claim, by=by, now=now)
    return claim


def _check_visit(visit: UnplannedVisit, *, today: date) -> None:
    if visit.on > today:
        raise Refused(_("That day is in the future."), field="on")
    if visit.on < today - CLAIMED_WITHIN:
        raise Refused(_("That is more than %(days)d days ago.") % {"days": CLAIMED_WITHIN.days}, field="on")
    if not visit.place.strip():
        raise Refused(_("Say where the visit was, like Control room."), field="place")
    if not visit.purpose.strip():
        raise Refused(_("Say what the visit was for."), field="purpose")


@transaction.atomic
def add_expense(*, claim: Claim, expense: Expense, key: UUID, by: User, now: datetime) -> ClaimLine:
    """Add a line. Mileage is paid at the network's rate of that moment. The same `key` again is the same line."""
    claim = _held_open(claim, by)
    standing = ClaimLine.objects.filter(key=key).first()
    if standing:
        is_driven = expense.kind == ExpenseKind.MILEAGE
        cost = {"miles": expense.miles} if is_driven else {"amount_pence": expense.amount_pence or 0}
        said = {"on": expense.on, "kind": expense.kind, "what": expense.what, **cost}
        must_say_the_same(standing, said, _("This expense"))
        return standing
    _check_expense(claim, expense, now=now)
    rate = limits().mileage_pence if expense.kind == ExpenseKind.MILEAGE else None
    amount = (expense.miles or 0) * rate if rate else expense.amount_pence
    line = ClaimLine(
        claim=claim, force_id=claim.force_id, handler_user_id=claim.handler_user_id, key=key, on=expense.on,
        kind=expense.kind, what=expense.what, miles=expense.miles if rate else None, rate_pence=rate,
        amount_pence=amount or 0, receipt=expense.receipt,
    )  # fmt: skip
    with fresh_key():
        line.save(force_insert=True)
    _add_up(claim)
    record("added an expense", claim, by=by, now=now, pence=line.amount_pence)
    return line


def _check_expense(claim: Claim, expense: Expense, *, now: datetime) -> None:
    today, (first, last) = localdate(now), claim.days()
    if expense.on > today:
        raise Refused(_("That day is in the future."), field="on")
    if not first - EARLY <= expense.on <= last + LATE:
        raise Refused(_("That day is too far from the deployment or visit."), field="on")
    if expense.kind == ExpenseKind.MILEAGE and not expense.miles:
        raise Refused(_("Enter the miles, like 84."), field="miles")
    if expense.kind != ExpenseKind.MILEAGE and not expense.amount_pence:
        raise Refused(_("Enter the amount, like 72.50."), field="amount")
    if ClaimLine.objects.filter(claim=claim).count() >= MOST_LINES:
        raise Refused(_("A claim has at most %(most)d lines.") % {"most": MOST_LINES})


@transaction.atomic
def remove_expense(*, line: ClaimLine, by: User, now: datetime) -> None:
    """Take a line off an open claim; its receipt is thrown away once that is certain."""
    claim = _held_open(line.claim, by)
    found = ClaimLine.objects.filter(pk=line.pk).first()
    if found is None:
        return
    found.delete()
    _add_up(claim)
    record("removed an expense", claim, by=by, now=now, pence=found.amount_pence)
    if found.receipt:
        transaction.on_commit(partial(discard_upload, found.receipt), robust=True)


@transaction.atomic
def discard_claim(*, claim: Claim, by: User, now: datetime) -> None:
    """Throw away an open claim that has no line: begun by mistake, or not needed after all. A second press is one."""
    if not Claim.objects.select_for_update(no_key=True, of=("self",)).filter(pk=claim.pk).exists():
        return
    found = _held_open(claim, by)
    if ClaimLine.objects.filter(claim=found).exists():
        raise Refused(_("Take its expenses off first."))
    record("discarded a claim", found, by=by, now=now, place=found.place)
    found.delete()


def _add_up(claim: Claim) -> None:
    claim.total_pence = ClaimLine.objects.filter(claim=claim).aggregate(sum=Sum("amount_pence"))["sum"] or 0
    claim.save(update_fields=["total_pence"])


@transaction.atomic
def submit_claim(*, claim: Claim, by: User, now: datetime) -> Claim:
    """Send it to the leads, who are told. Sent twice, it counts once."""
    claim = _held(claim)
    _must_own(claim, by)
    if claim.status == ClaimStatus.SUBMITTED:
        return claim
    if claim.total_pence < 1:
        raise Refused(_("Add an expense first."))
    _move(claim, ClaimStatus.SUBMITTED, verb="sent a claim", by=by, now=now, submitted_at=now)
    with network_scope(user=by.pk, reason="the leads of the handler's force are told"):
        told = [to for to in leads_of(claim.force_id) if to.user_id != by.pk] or coordinators()
        for recipient in told:
            emails.claim_waiting(claim, recipient, now=now)
    return claim


@transaction.atomic
def approve_claim(*, claim: Claim, by: User, now: datetime, as_of: datetime | None = None) -> Claim:
    """A lead (or a coordinator, where the only lead made the claim) approves it. A host then reads the sum.

    `as_of` is when it was sent, as the page showed it: what was sent again since is refused, for it was not read.
    """
    return _decide(claim, ClaimStatus.APPROVED, verb="approved a claim", by=by, now=now, reason="", as_of=as_of)


@transaction.atomic
def return_claim(*, claim: Claim, reason: str, by: User, now: datetime) -> Claim:
    """Send it back with the reason, to be put right and sent again."""
    if not reason.strip():
        raise Refused(_("Say why you send it back."), field="reason")
    return _decide(claim, ClaimStatus.RETURNED, verb="sent back a claim", by=by, now=now, reason=reason.strip()[:400])


@transaction.atomic
def settle_claim(*, claim: Claim, by: User, now: datetime) -> Claim:
    """The money has been paid."""
    return _decide(claim, ClaimStatus.SETTLED, verb="settled a claim", by=by, now=now)


def may_decide(claim: Claim, by: User) -> bool:
    """Those who keep the force, and the network; nobody their own."""
    keeps = can(by, "force.keep", force=claim.force_id) or can(by, "network.keep")
    return keeps and claim.handler_user_id != by.pk


def _decide(
    claim: Claim,
    to: ClaimStatus,
    *,
    verb: str,
    by: User,
    now: datetime,
    reason: str | None = None,
    as_of: datetime | None = None,
) -> Claim:
    if not may_decide(claim, by):
        raise PermissionDenied
    claim = _held(claim)
    if claim.status == to:
        return claim
    must_be_as_read(as_of, claim.submitted_at, _("The claim"))
    who = {"settled_at": now, "settled_by": by} if to == ClaimStatus.SETTLED else {"decided_at": now, "decided_by": by}
    _move(claim, to, verb=verb, by=by, now=now, **who, **({} if reason is None else {"reason": reason}))
    with network_scope(user=by.pk, reason="the handler is told what became of the claim"):
        for recipient in people([claim.handler_user_id]):
            emails.claim_answered(claim, recipient, now=now)
    return claim


def _move(claim: Claim, to: ClaimStatus, *, verb: str, by: User, now: datetime, **more: object) -> None:
    CLAIM.check(claim.status, to, thing=str(claim))
    was, claim.status = claim.status, to
    for name, value in more.items():
        setattr(claim, name, value)
    claim.save(update_fields=["status", *more])
    record(verb, claim, by=by, now=now, moved=(was, to), why=str(more.get("reason", "")))


def _held(claim: Claim) -> Claim:
    rows = Claim.objects.select_for_update(no_key=True, of=("self",)).select_related("commitment")
    found = rows.filter(pk=claim.pk).first()
    if found is None:
        raise Refused(_("This claim has been thrown away meanwhile."))
    return found


def _held_open(claim: Claim, by: User) -> Claim:
    claim = _held(claim)
    _must_own(claim, by)
    if claim.status not in CLAIM_OPEN:
        raise Refused(_("This claim is sent already. It can be changed if the lead sends it back."))
    return claim


def _must_own(claim: Claim, by: User) -> None:
    if claim.handler_user_id != by.pk or not can(by, "deployment.work", force=claim.force_id):
        raise PermissionDenied


@transaction.atomic
def open_receipt(*, line: ClaimLine, by: User, now: datetime) -> str:
    """Leave the record that somebody looked at the receipt, and give its name."""
    record("opened receipt", line, by=by, now=now)
    return line.receipt
