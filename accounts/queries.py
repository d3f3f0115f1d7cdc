"""Whom to tell (recipients with address, number and language, read inside a network scope), and who is where."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.models import KEEPER_ROLES, NATIONAL_ROLES, WALES, Invitation, Profile, Role, RoleName, User
from notifications.outbox import Recipient


def _recipients(roles: QuerySet[Role]) -> list[Recipient]:
    """Each person once. Who holds any role in a Welsh force is written to in both languages."""
    in_wales = Role.objects.filter(user_id=OuterRef("user_id"), force__country=WALES)
    rows = (
        roles.filter(user__is_active=True)
        .order_by("user_id", "pk")
        .distinct("user_id")
        .values(
            "user_id",
            "force_id",
            email=F("user__email"),
            name=F("user__profile__name"),
            telephone=F("user__profile__telephone"),
            texts=F("user__profile__texts"),
            language=F("user__profile__language"),
            is_of_wales=Exists(in_wales),
        )
    )
    return [Recipient.of(row) for row in rows]


def leads_of(force_id: int) -> list[Recipient]:
    """The lead and the deputies of a force."""
    return _recipients(Role.objects.filter(force_id=force_id, role__in=KEEPER_ROLES))


def coordinators() -> list[Recipient]:
    return _recipients(Role.objects.filter(role=RoleName.COORDINATOR))


def people(user_ids: Iterable[int | None]) -> list[Recipient]:
    """The named users, whatever roles they hold, once each."""
    return _recipients(Role.objects.filter(user_id__in=list(user_ids)))


@dataclass
class Known:
    """A person's name, and where they work: a role in the national team, forces by their key."""

    name: str
    national: str = ""
    forces: dict[int, str] = field(default_factory=dict)

    def place(self, force_id: int | None) -> str:
        """Where this person works, as seen from something of the force with that key."""
        return self.national or self.forces.get(force_id or 0) or next(iter(self.forces.values()), "")


def known_people(user_ids: Iterable[int]) -> dict[int, Known]:
    """The people behind these keys whose profile the reader may see, in one query whatever their number."""
    rows = Profile.objects.filter(user_id__in=set(user_ids)).order_by("user_id", "user__roles__pk")
    found: dict[int, Known] = {}
    for user_id, name, role, force_id, force in rows.values_list(
        "user_id", "name", "user__roles__role", "user__roles__force_id", "user__roles__force__name"
    ):
        person = found.setdefault(user_id, Known(name))
        if role in NATIONAL_ROLES:
            person.national = str(RoleName(role).label)
        elif force_id:
            person.forces[force_id] = force
    return found


def sent_by(user_id: int | None, force_id: int) -> list[Recipient]:
    """Whoever sent something of a force; its leads where the national team entered it for them."""
    national = Role.objects.filter(user_id=user_id, role=RoleName.COORDINATOR).exists()
    return leads_of(force_id) if national else people([user_id])


def concerned(user_ids: Iterable[int | None], force_id: int | None, *, but: User | None = None) -> list[Recipient]:
    """The named users and the leads of the force, if one is given, once each; without `but`, who knows: it was them."""
    named = Q(user_id__in=[pk for pk in user_ids if pk])
    leads = Q(force_id=force_id, role__in=KEEPER_ROLES) if force_id else Q(pk=None)
    return [to for to in _recipients(Role.objects.filter(named | leads)) if but is None or to.user_id != but.pk]


def people_in(forces: tuple[int, ...] | None, *, wanted: str = "") -> QuerySet[Role]:
    """The roles held in `forces` (None: everywhere), by name; `wanted` is part of a name, an address or a force."""
    held = Role.objects.select_related("user__profile", "force").filter(user__is_active=True)
    if forces is not None:
        held = held.filter(force_id__in=forces)
    if wanted:
        held = held.filter(
            Q(user__profile__name__icontains=wanted)
            | Q(user__email__icontains=wanted)
            | Q(force__name__icontains=wanted)
        )
    return held.order_by("user__profile__name", "user__email", "pk")


def open_invitations(forces: tuple[int, ...] | None, *, now: datetime) -> QuerySet[Invitation]:
    open_now = Invitation.objects.select_related("force").filter(accepted_at=None, expires_at__gt=now)
    if forces is not None:
        open_now = open_now.filter(force_id__in=forces)
    return open_now.order_by("expires_at", "pk")
