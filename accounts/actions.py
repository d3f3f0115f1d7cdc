"""Who comes in (forces, invitations, people, their own details, mail about sign-in), and the contact list of leads."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts import emails
from accounts.access import can, must
from accounts.inputs import Invited, NewForce, Person
from accounts.models import KEEPER_ROLES, NATIONAL_ROLES, Force, Invitation, Profile, Role, RoleName, User
from accounts.queries import people
from audit.actions import record
from core.flood import is_too_often
from core.lifecycle import Refused
from core.models import Outcode
from core.tenancy import network_scope
from notifications.outbox import Recipient

VALID_FOR = timedelta(days=7)
# More than anybody types: what is sent so often is no invitation.
INVITATIONS_AN_HOUR = 50
# Whom a lead or deputy may invite into their own force. Everybody else is invited by a coordinator.
INVITED_BY_FORCE = (RoleName.DEPUTY, RoleName.HANDLER)


class LinkState(StrEnum):
    """What a link of an invitation is worth now."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Link:
    """An invitation as its holder may see it."""

    state: LinkState
    name: str = ""
    email: str = ""
    role: str = ""
    force: str = ""
    has_account: bool = False


@transaction.atomic
def add_force(*, new: NewForce, by: User, now: datetime) -> Force:
    """Add an organisation that the reference data does not have. It is no member yet: its scheme starts after this."""
    must(by, "network.keep")
    place = Outcode.of(new.postcode)
    if place is None:
        raise Refused(_("We don’t know this postcode. Check it, or try the first part alone."), field="postcode")
    slug = slugify(new.name)[:60]
    if not slug:
        raise Refused(_("Write the name with letters."), field="name")
    if Force.objects.filter(Q(slug=slug) | Q(name__iexact=new.name)).exists():
        raise Refused(_("A force of this name, or of one very like it, is in the list already."), field="name")
    force = Force(
        slug=slug,
        name=new.name,
        kind=new.kind,
        region=new.region,
        country=new.country,
        hq_town=new.hq_town,
        lat=place.lat,
        lng=place.lng,
    )
    try:
        with transaction.atomic():
            force.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(_("Somebody has just added this force."), field="name") from error
    record("add_force", force, by=by, now=now)
    return force


@transaction.atomic
def invite_person(*, invited: Invited, by: User, now: datetime) -> Invitation:
    """Send a link, valid for seven days and once, that brings a person in with one role. An older open link ends."""
    _check_may_invite(invited, by)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # of two taps, the second ends the first's link
    if is_too_often(f"invitations:{by.pk}", most=INVITATIONS_AN_HOUR):
        raise Refused(_("That is a great many invitations in an hour. Go on in an hour, or ask the coordinators."))
    email = invited.email.strip().lower()
    same = {"email": email, "role": invited.role, "force": invited.force}
    if Role.objects.filter(user__email=email, role=invited.role, force=invited.force).exists():
        raise Refused(_("%(email)s holds this role already.") % {"email": email}, field="email")
    Invitation.objects.filter(**same, accepted_at=None, expires_at__gt=now).update(expires_at=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        **same, name=invited.name, token_hash=_hash(token), invited_by=by, invited_at=now, expires_at=now + VALID_FOR
    )
    record("invite_person", invitation, by=by, now=now, moved=("", "invited"))
    emails.invitation(invitation, token, now=now)
    return invitation


def _check_may_invite(invited: Invited, by: User) -> None:
    """National roles have no force and every other role has one; the database says so too."""
    national = invited.role in NATIONAL_ROLES
    if national == bool(invited.force):
        raise Refused(_("A coordinator or assessor has no force; everybody else has one."), field="force")
    if can(by, "network.keep"):
        return
    if invited.force is None or not can(by, "person.invite", force=invited.force.pk):
        raise PermissionDenied
    if invited.role not in INVITED_BY_FORCE:
        raise PermissionDenied


def read_link(token: str, *, now: datetime) -> Link:
    """What the holder of `token` is invited to, or why the link is worth nothing now."""
    with network_scope(user=None, reason="an invitation's link is looked up by its secret"):
        found = Invitation.unscoped.select_related("force").filter(token_hash=_hash(token)).first()
        state = _state(found, now)
        if found is None or state != LinkState.OPEN:
            return Link(state)
        return Link(
            state=state,
            name=found.name,
            email=found.email,
            role=found.get_role_display(),
            force=found.force.name if found.force else "",
            has_account=User.objects.filter(email=found.email).exists(),
        )


@transaction.atomic
def accept_invitation(*, token: str, person: Person | None, password: str, now: datetime) -> User:
    """Give the invited role to the holder of `token`: to their account, or to a new one of `person` with `password`."""
    with network_scope(user=None, reason="whoever holds an invitation's secret comes in by it"):
        held = Invitation.unscoped.select_for_update(no_key=True).filter(token_hash=_hash(token)).first()
        if held is None or _state(held, now) != LinkState.OPEN:
            raise Refused(_("This link can’t be used any more. Ask for a new invitation."))
        _check_still_meant(held)
        user = User.objects.filter(email=held.email).first()
        if user is None:
            user = add_person(email=held.email, password=password, person=person or Person(held.name), now=now)
        if not user.is_active:
            raise Refused(_("This account is closed. Ask the coordinators."))
        Role.unscoped.get_or_create(user=user, role=held.role, force=held.force)
        held.accepted_at, held.accepted_by = now, user
        held.save(update_fields=["accepted_at", "accepted_by"])
        record("accept_invitation", held, by=user, now=now, moved=("invited", "accepted"))
        for to in people([held.invited_by_id]):
            emails.invitation_accepted(held, to, now=now)
    return user


def _check_still_meant(held: Invitation) -> None:
    """A link brings in only whom its sender could still invite: it does not outlive their own role."""
    invited = Invited(name=held.name, email=held.email, role=held.role, force=held.force)
    try:
        if not held.invited_by.is_active:
            raise PermissionDenied
        _check_may_invite(invited, held.invited_by)
    except PermissionDenied as error:
        raise Refused(_("This link can’t be used any more. Ask for a new invitation.")) from error


@transaction.atomic
def add_person(*, email: str, password: str, person: Person, now: datetime) -> User:
    """An account with a proved address. For an accepted invitation and for demonstration data; in a network scope."""
    user = User.objects.create_user(email, password, date_joined=now)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    Profile.unscoped.create(user=user, **_told(person))
    return user


@transaction.atomic
def keep_profile(*, person: Person, by: User, now: datetime) -> Profile:
    """Keep what `by` says of themselves; nobody says it for them."""
    profile = Profile.objects.select_for_update(no_key=True).filter(user=by).first() or Profile(user=by)
    told = _told(person)
    changed = [name for name, value in told.items() if getattr(profile, name) != value]
    for name in changed:
        setattr(profile, name, told[name])
    profile.save()
    record("keep_profile", profile, by=by, now=now, changed=changed)
    return profile


def send_account_mail(kind: str, *, email: str, link: str, now: datetime) -> None:
    """Tell the owner of an address about their sign-in. Whoever asked for it may be a stranger: nothing is echoed."""
    with network_scope(user=None, reason="a person's name and language, before they are signed in"):
        user = User.objects.filter(email=email.lower()).first()
        to = next(iter(people([user.pk])), None) if user else None
        emails.account_mail(kind, to or Recipient(email=email), link=link, now=now)


def set_up_demo_second_factor(user: User) -> None:
    """Give somebody of the demonstration recovery codes and an authenticator; `manage.py demo_code` tells its code."""
    if not settings.OK9_DEMO:
        raise ImproperlyConfigured("Only the demonstration sets up a second factor for somebody else.")
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)


@dataclass(frozen=True)
class Contact:
    """A lead or deputy as every member may see them: who, where, and nothing to reach them by."""

    uuid: UUID
    name: str
    role: str
    force: str
    region: str
    kind: str
    shares_telephone: bool


def list_contacts(*, by: User) -> list[Contact]:
    """Every lead and deputy of the network, by force: names, roles and forces, and nothing more."""
    must(by, "contacts.read")
    with network_scope(user=by.pk, reason="the names of leads are every member's to read"):
        rows = list(_leads().order_by("force__name", "-role", "user__profile__name", "pk"))
        return [_contact(row) for row in rows]


def _leads() -> QuerySet[Role]:
    rows = Role.unscoped.filter(role__in=KEEPER_ROLES, user__is_active=True)
    return rows.filter(user__profile__isnull=False).select_related("user__profile", "force")


def _contact(row: Role) -> Contact:
    person, force = row.user.profile, row.force
    assert force is not None  # noqa: S101  (a lead's role has one: the database says so)
    shares = bool(person.telephone) and person.shares_telephone
    return Contact(
        row.uuid, person.name, row.get_role_display(), force.name, force.region, force.kind, shares_telephone=shares
    )


class Way(StrEnum):
    """By what a contact is reached."""

    EMAIL = "email"
    TELEPHONE = "telephone"


@transaction.atomic
def reveal_contact(*, contact: UUID, way: Way, by: User, now: datetime) -> str | None:
    """One lead's address or number, and the trail of who looked; None where nobody is called so.

    Refused where the lead keeps the number to themselves, and from the thirty-first in an hour on.
    """
    must(by, "contacts.read")
    with network_scope(user=by.pk, reason="a member asks how to reach one lead"):
        row = _leads().filter(uuid=contact).first()
        if row is None:
            return None
        if way == Way.TELEPHONE and not _contact(row).shares_telephone:
            raise Refused(_("%(name)s keeps the number out of the list.") % {"name": row.user.profile.name})
        _count_reveal(by)
        record("reveal_contact", row, by=by, now=now, way=way.value)
        return row.user.email if way == Way.EMAIL else row.user.profile.telephone


def _count_reveal(by: User) -> None:
    if is_too_often(f"contacts:{by.pk}", most=settings.CONTACTS_AN_HOUR):
        words = {"count": settings.CONTACTS_AN_HOUR}
        raise Refused(_("You have opened %(count)d contacts in this hour. Go on in the next one.") % words)


def _state(invitation: Invitation | None, now: datetime) -> LinkState:
    if invitation is None:
        return LinkState.UNKNOWN
    if invitation.accepted_at:
        return LinkState.USED
    return LinkState.EXPIRED if invitation.expires_at <= now else LinkState.OPEN


def _told(person: Person) -> Mapping[str, str | bool]:
    return {
        "name": person.name,
        "telephone": person.telephone,
        "texts": person.texts,
        "language": person.language,
        "shares_telephone": person.shares_telephone,
    }


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def forget_sessions(_night: date, *, now: datetime) -> int:
    """Delete the sign-ins that have ended, with the address and the browser that were noted of them; how many."""
    ended, _of_each = Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return ended
