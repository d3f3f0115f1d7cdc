"""Who may do what: `can(user, permission, force=…)`. Never ask for a role by name; ask for what it allows."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied

from accounts.models import KEEPER_ROLES, Role, RoleName, User
from core.tenancy import scope

_KEEPS_FORCE = {
    "force.keep",
    "team.keep",
    "document.upload",
    "commitment.keep",
    "offer.release",
    "request.host",
    "person.invite",
    "contacts.read",
    "visit.promote",
    "welfare.judge",
}
_WORKS_DOG = {
    "offer.accept",
    "deployment.work",
    "document.upload",
    "commitment.keep",
    "contacts.read",
    "visit.promote",
}
_NATIONAL = {
    "request.triage",
    "request.match",
    "offer.propose",
    "offer.record_answer",
    "document.verify",
    "network.keep",
    "mail.watch",
    "person.invite",
    "contacts.read",
    "visit.promote",
    "library.keep",
    "text.keep",
    "enquiry.answer",
    "welfare.judge",
}
_ASSESSES = {"assessment.judge", "welfare.judge"}
_EVERY_MEMBER = {"library.read"}

PERMISSIONS: dict[str, frozenset[str]] = {
    RoleName.LEAD: frozenset(_KEEPS_FORCE | _EVERY_MEMBER),
    RoleName.DEPUTY: frozenset(_KEEPS_FORCE | _EVERY_MEMBER),
    RoleName.HANDLER: frozenset(_WORKS_DOG | _EVERY_MEMBER),
    RoleName.ASSESSOR: frozenset(_ASSESSES | _EVERY_MEMBER),
    RoleName.COORDINATOR: frozenset(_NATIONAL | _EVERY_MEMBER),
}


@dataclass(frozen=True)
class Roles:
    """The roles that a user holds now, as the middleware and the templates need them."""

    held: tuple[tuple[str, int | None], ...] = ()
    force_names: dict[int, str] = field(default_factory=dict)
    name: str = ""

    def forces_with(self, *roles: str) -> tuple[int, ...]:
        return tuple(dict.fromkeys(force for role, force in self.held if role in roles and force is not None))

    @property
    def leads(self) -> tuple[int, ...]:
        """The forces that this person keeps, as lead or deputy."""
        return self.forces_with(*KEEPER_ROLES)

    @property
    def handles_in(self) -> tuple[int, ...]:
        return self.forces_with(RoleName.HANDLER)

    @property
    def is_lead(self) -> bool:
        return bool(self.leads)

    @property
    def is_handler(self) -> bool:
        return bool(self.handles_in)

    @property
    def is_assessor(self) -> bool:
        return any(role == RoleName.ASSESSOR for role, _ in self.held)

    @property
    def is_coordinator(self) -> bool:
        return any(role == RoleName.COORDINATOR for role, _ in self.held)

    def allow(self, permission: str, force_id: int | None) -> bool:
        return any(
            permission in PERMISSIONS[role] and (force is None or force_id is None or force == force_id)
            for role, force in self.held
        )


def roles_from(rows: Iterable[tuple[str, int | None, str | None]], *, name: str = "") -> Roles:
    held = tuple((role, force) for role, force, _ in rows)
    return Roles(held=held, force_names={force: title or "" for _, force, title in rows if force}, name=name)


def roles_of(user: User) -> Roles:
    """The roles of a signed-in user, read once and kept on the object."""
    known = user.__dict__.get("known_roles")
    if known is None:
        with scope(user=user.pk):
            known = roles_from(list(Role.objects.filter(user=user).values_list("role", "force_id", "force__name")))
        user.__dict__["known_roles"] = known
    return known


def can(user: object, permission: str, *, force: int | None = None) -> bool:
    """May `user` do `permission`, in the force with key `force` where it is about one?

    Without `force`, true when any role allows it. A permission that no role knows is a fault of ours and raises.
    """
    if not any(permission in allowed for allowed in PERMISSIONS.values()):
        raise KeyError(permission)
    if not isinstance(user, User) or not user.is_active:
        return False
    return roles_of(user).allow(permission, force)


def must(user: object, *permissions: str, force: int | None = None) -> None:
    """Raise `PermissionDenied` unless one of the permissions allows it, asked as by `can`."""
    if not any(can(user, permission, force=force) for permission in permissions):
        raise PermissionDenied


def must_or_system(by: User | None, *permissions: str, force: int | None = None) -> None:
    """The same of a person; the system itself (None), which acts for nobody, may."""
    if by is not None:
        must(by, *permissions, force=force)
