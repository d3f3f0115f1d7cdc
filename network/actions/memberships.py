"""Memberships and agreements: how a force comes into the network, stays in it, and leaves."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.access import must_or_system
from accounts.models import Force, Role, RoleName, User
from accounts.queries import coordinators, leads_of
from audit.actions import record
from core.bookings import recheck_soon
from core.lifecycle import Refused
from core.tenancy import network_scope
from network import emails
from network.models import Agreement, AgreementText, Membership
from network.rules import MembershipFacts, what_membership_lacks
from network.states import AGREEMENT, MEMBERSHIP, AgreementStatus, MembershipStatus
from notifications.outbox import Recipient


@transaction.atomic
def start_scheme(*, force: Force, by: User | None, now: datetime) -> Membership:
    """Let a force set up its scheme; one that left begins again. A force has one membership for good."""
    must_or_system(by, "force.keep", "network.keep", force=force.pk)
    Force.objects.select_for_update(no_key=True).get(pk=force.pk)
    membership = Membership.objects.filter(force=force).first()
    if membership:
        return _move(membership, MembershipStatus.SETTING_UP, verb="started scheme again", by=by, now=now)
    membership = Membership(force=force)
    membership.save(force_insert=True)
    record("started scheme", membership, by=by, now=now, moved=("", membership.status))
    _tell_leads(membership, emails.membership_moved, by=by, now=now)
    return membership


@transaction.atomic
def accept_duties(*, membership: Membership, by: User | None, now: datetime) -> Membership:
    """The force accepts its duties on operating procedures and risk assessments."""
    must_or_system(by, "force.keep", "network.keep", force=membership.force_id)
    membership = _locked(membership)
    membership.duties_accepted_on = localdate(now)
    membership.save(update_fields=["duties_accepted_on"])
    record("accepted duties", membership, by=by, now=now)
    return membership


@transaction.atomic
def submit_application(*, membership: Membership, by: User | None, now: datetime) -> Membership:
    """Send the force's application; the coordinators are told."""
    must_or_system(by, "force.keep", "network.keep", force=membership.force_id)
    membership = _move(membership, MembershipStatus.APPLICANT, verb="submitted application", by=by, now=now)
    _tell(membership, coordinators, emails.membership_moved, by=by, now=now)
    return membership


@transaction.atomic
def approve_application(*, membership: Membership, by: User | None, now: datetime) -> Membership:
    """Record the day on which the network approved the application. Membership itself needs more."""
    must_or_system(by, "network.keep")
    membership = _locked(membership)
    if membership.status != MembershipStatus.APPLICANT:
        raise Refused(_("%(thing)s, so there is no application to approve.") % {"thing": membership})
    membership.application_approved_on = localdate(now)
    membership.save(update_fields=["application_approved_on"])
    record("approved application", membership, by=by, now=now)
    _tell_leads(membership, emails.application_approved, by=by, now=now)
    return membership


@transaction.atomic
def decline_application(*, membership: Membership, reason: str, by: User | None, now: datetime) -> Membership:
    """Send the force back to setting up, with the reason. An approval that it had ends: the next one is looked at."""
    must_or_system(by, "network.keep")
    membership = _locked(membership)
    if membership.status != MembershipStatus.APPLICANT:
        raise Refused(_("%(thing)s, so there is no application to decline.") % {"thing": membership})
    membership = _move(membership, MembershipStatus.SETTING_UP, verb="declined application", by=by, now=now, why=reason)
    membership.application_approved_on = None
    membership.save(update_fields=["application_approved_on"])
    return membership


@transaction.atomic
def admit_member(*, membership: Membership, by: User | None, now: datetime) -> Membership:
    """Make the force a member. Refused with every sentence of what it still lacks."""
    must_or_system(by, "network.keep")
    membership = _locked(membership)
    _check_complete(membership, by=by, now=now)
    return _move(membership, MembershipStatus.MEMBER, verb="admitted member", by=by, now=now)


@transaction.atomic
def suspend_member(*, membership: Membership, reason: str, by: User | None, now: datetime) -> Membership:
    must_or_system(by, "network.keep")
    return _move(membership, MembershipStatus.SUSPENDED, verb="suspended member", by=by, now=now, why=reason)


@transaction.atomic
def reinstate_member(*, membership: Membership, by: User | None, now: datetime, why: str = "") -> Membership:
    """End a suspension, where everything that membership needs is there again."""
    must_or_system(by, "network.keep")
    membership = _locked(membership)
    if membership.status != MembershipStatus.SUSPENDED:
        raise Refused(_("%(thing)s, so there is no suspension to end.") % {"thing": membership})
    _check_complete(membership, by=by, now=now)
    return _move(membership, MembershipStatus.MEMBER, verb="reinstated member", by=by, now=now, why=why)


@transaction.atomic
def end_membership(*, membership: Membership, reason: str, by: User | None, now: datetime) -> Membership:
    """The force leaves. Its approval and its agreements end too: whoever comes back applies and signs again."""
    must_or_system(by, "network.keep")
    membership = _locked(membership)
    live = [*_UNDER_WAY, AgreementStatus.ACTIVE]
    for agreement in Agreement.objects.filter(force_id=membership.force_id, status__in=live).order_by("pk"):
        held = _checked(agreement, AgreementStatus.TERMINATED)
        _set_agreement(held, AgreementStatus.TERMINATED, verb="terminated agreement", by=by, now=now, why=reason)
    membership = _move(membership, MembershipStatus.LEFT, verb="ended membership", by=by, now=now, why=reason)
    membership.since_on = membership.application_approved_on = membership.duties_accepted_on = None
    membership.save(update_fields=["since_on", "application_approved_on", "duties_accepted_on"])
    return membership


@transaction.atomic
def offer_agreement(
    *, force: Force, text: AgreementText, expires_on: date, by: User | None, now: datetime
) -> Agreement:
    """Offer a force one version of the text; its leads are told."""
    must_or_system(by, "network.keep")
    Force.objects.select_for_update(no_key=True).get(pk=force.pk)
    today = localdate(now)
    if expires_on <= today:
        raise Refused(_("The last day must be in the future."), field="expires_on")
    if Agreement.objects.filter(force=force, text=text, status__in=_UNDER_WAY).exists():
        raise Refused(_("%s has this version before it already.") % force, field="text")
    agreement = Agreement(force=force, text=text, offered_on=today, expires_on=expires_on)
    agreement.save(force_insert=True)
    record("offered agreement", agreement, by=by, now=now, moved=("", agreement.status))
    _tell_leads(agreement, emails.agreement_moved, by=by, now=now)
    return agreement


_UNDER_WAY = (AgreementStatus.OFFERED, AgreementStatus.SIGNED, AgreementStatus.COUNTERSIGNED)


@transaction.atomic
def sign_agreement(*, agreement: Agreement, signed_by_name: str, by: User | None, now: datetime) -> Agreement:
    """The force signs, by the named person; a coordinator may record a signature on paper."""
    must_or_system(by, "force.keep", "network.keep", force=agreement.force_id)
    if not signed_by_name.strip():
        raise Refused(_("Enter who signed for the force."), field="signed_by_name")
    agreement = _checked(agreement, AgreementStatus.SIGNED)
    agreement.signed_on, agreement.signed_by_name = localdate(now), signed_by_name.strip()[:120]
    agreement = _set_agreement(agreement, AgreementStatus.SIGNED, verb="signed agreement", by=by, now=now)
    _tell(agreement, coordinators, emails.agreement_moved, by=by, now=now)
    return agreement


@transaction.atomic
def countersign_agreement(*, agreement: Agreement, by: User, now: datetime) -> Agreement:
    """A person of the national team signs for NPWS."""
    must_or_system(by, "network.keep")
    agreement = _checked(agreement, AgreementStatus.COUNTERSIGNED)
    agreement.countersigned_on, agreement.countersigned_by = localdate(now), by
    return _set_agreement(agreement, AgreementStatus.COUNTERSIGNED, verb="countersigned agreement", by=by, now=now)


@transaction.atomic
def activate_agreement(*, agreement: Agreement, by: User | None, now: datetime) -> Agreement:
    """Put it into force; the one before it is superseded in the same step, or expired where its last day was over.

    An agreement that has run out stays active until then: it clears nobody, and its leads are reminded every week.
    """
    must_or_system(by, "network.keep")
    Force.objects.select_for_update(no_key=True).get(pk=agreement.force_id)
    agreement, today = _checked(agreement, AgreementStatus.ACTIVE), localdate(now)
    if agreement.expires_on < today:
        raise Refused(_("It has ended already. Offer a new agreement."))
    for older in Agreement.objects.filter(force_id=agreement.force_id, status=AgreementStatus.ACTIVE).order_by("pk"):
        to = AgreementStatus.EXPIRED if older.expires_on < today else AgreementStatus.SUPERSEDED
        _set_agreement(older, to, verb=f"{to} agreement", by=by, now=now)
    agreement = _set_agreement(agreement, AgreementStatus.ACTIVE, verb="activated agreement", by=by, now=now)
    _tell_leads(agreement, emails.agreement_moved, by=by, now=now)
    return agreement


@transaction.atomic
def terminate_agreement(*, agreement: Agreement, reason: str, by: User | None, now: datetime) -> Agreement:
    must_or_system(by, "network.keep")
    agreement = _checked(agreement, AgreementStatus.TERMINATED)
    to = AgreementStatus.TERMINATED
    agreement = _set_agreement(agreement, to, verb="terminated agreement", by=by, now=now, why=reason)
    _tell_leads(agreement, emails.agreement_moved, by=by, now=now, why=reason)
    recheck_soon()
    return agreement


def _locked(membership: Membership) -> Membership:
    rows = Membership.objects.select_for_update(no_key=True, of=("self",)).select_related("force")
    return rows.get(pk=membership.pk)


def _check_complete(membership: Membership, *, by: User | None, now: datetime) -> None:
    """Raise `Refused` with every sentence that stands between the force and membership."""
    active = Agreement.objects.filter(force_id=membership.force_id, status=AgreementStatus.ACTIVE)
    leads = Role.objects.filter(force_id=membership.force_id, role=RoleName.LEAD, user__is_active=True)
    current = Membership.objects.get(pk=membership.pk)
    facts = MembershipFacts(
        application_approved_on=current.application_approved_on,
        duties_accepted_on=current.duties_accepted_on,
        agreement_until=active.values_list("expires_on", flat=True).first(),
        has_lead=leads.exists(),
    )
    lacks = what_membership_lacks(facts, on=localdate(now))
    if lacks:
        raise Refused(
            _("%(force)s can't be a member yet. %(lacks)s") % {"force": current.force, "lacks": " ".join(lacks)}
        )


def _move(
    membership: Membership, to: MembershipStatus, *, verb: str, by: User | None, now: datetime, why: str = ""
) -> Membership:
    """Lock, check, write, record, tell the leads. A new member's first day is kept."""
    membership = _locked(membership)
    was = membership.status
    MEMBERSHIP.check(was, to, thing=str(membership.force))
    membership.status = to
    if to == MembershipStatus.MEMBER and membership.since_on is None:
        membership.since_on = localdate(now)
    membership.save(update_fields=["status", "since_on"])
    record(verb, membership, by=by, now=now, moved=(was, to), why=why)
    _tell_leads(membership, emails.membership_moved, by=by, now=now, why=why)
    if was == MembershipStatus.MEMBER:
        recheck_soon()
    return membership


def _checked(agreement: Agreement, to: AgreementStatus) -> Agreement:
    rows = Agreement.objects.select_for_update(no_key=True, of=("self",)).select_related("force", "text")
    agreement = rows.get(pk=agreement.pk)
    AGREEMENT.check(agreement.status, to, thing=str(agreement))
    return agreement


def _set_agreement(
    agreement: Agreement, to: AgreementStatus, *, verb: str, by: User | None, now: datetime, why: str = ""
) -> Agreement:
    was, agreement.status = agreement.status, to
    agreement.save()
    record(verb, agreement, by=by, now=now, moved=(was, to), why=why)
    return agreement


def _tell_leads(
    thing: Membership | Agreement, message: Callable[..., None], *, by: User | None, now: datetime, why: str = ""
) -> None:
    _tell(thing, lambda: leads_of(thing.force_id), message, by=by, now=now, why=why)


def _tell(
    thing: Membership | Agreement,
    find: Callable[[], list[Recipient]],
    message: Callable[..., None],
    *,
    by: User | None,
    now: datetime,
    why: str = "",
) -> None:  # fmt: skip
    with network_scope(user=by.pk if by else None, reason="leads and coordinators are told"):
        for recipient in find():
            message(thing, recipient, now=now, why=why)
