"""Handlers: added, working, away, gone."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import must_or_system
from accounts.models import Force, Role, RoleName, User
from accounts.queries import concerned
from audit.actions import record
from core.bookings import recheck_soon
from core.lifecycle import Refused
from core.tenancy import network_scope
from network import emails
from network.models import Handler
from network.states import HANDLER, HandlerStatus


@transaction.atomic
def add_handler(
    *, force: Force, handler_user: User, name: str, role_title: str = "", by: User | None, now: datetime
) -> Handler:
    """Make a person who can sign in a handler of a force, with the role that lets them work. Invited at first.

    Whoever had left comes back the same way, to the papers that were theirs.
    """
    must_or_system(by, "team.keep", "network.keep", force=force.pk)
    if not name.strip():
        raise Refused(_("Enter the handler's name."), field="name")
    User.objects.select_for_update(no_key=True).get(pk=handler_user.pk)
    known = Handler.objects.select_for_update(no_key=True).filter(force=force, handler_user=handler_user).first()
    if known and known.status != HandlerStatus.LEFT:
        raise Refused(_("This person is a handler of %s already.") % force, field="handler_user")
    handler = known or Handler(force=force, handler_user=handler_user)
    was = handler.status if known else ""
    handler.status, handler.name, handler.role_title = HandlerStatus.INVITED, name.strip()[:120], role_title.strip()
    handler.save()
    record("added handler", handler, by=by, now=now, moved=(was, handler.status))
    with network_scope(user=by.pk if by else None, reason="roles are the network's to give; both sides are told"):
        role, made = Role.objects.get_or_create(user=handler_user, force=force, role=RoleName.HANDLER)
        if made:
            record("gave role", role, by=by, now=now)
    _tell(handler, by=by, now=now)
    return handler


@transaction.atomic
def activate_handler(*, handler: Handler, by: User | None, now: datetime, why: str = "") -> Handler:
    """Let an invited or a paused handler work."""
    return _move(handler, HandlerStatus.ACTIVE, verb="activated handler", by=by, now=now, why=why)


@transaction.atomic
def pause_handler(*, handler: Handler, by: User | None, now: datetime, why: str = "") -> Handler:
    return _move(handler, HandlerStatus.PAUSED, verb="paused handler", by=by, now=now, why=why)


@transaction.atomic
def leave_handler(*, handler: Handler, by: User | None, now: datetime, why: str = "") -> Handler:
    """The last step of leaving the scheme: what was theirs to do, they can do no longer.

    `deployments.actions.leaving` does it all: their teams part first.
    """
    handler = _move(handler, HandlerStatus.LEFT, verb="left as handler", by=by, now=now, why=why)
    with network_scope(user=by.pk if by else None, reason="roles are the network's to take away"):
        for role in Role.objects.filter(user=handler.handler_user_id, force=handler.force_id, role=RoleName.HANDLER):
            record("took role", role, by=by, now=now)
            role.delete()
    return handler


def _move(handler: Handler, to: HandlerStatus, *, verb: str, by: User | None, now: datetime, why: str = "") -> Handler:
    must_or_system(by, "team.keep", "network.keep", force=handler.force_id)
    rows = Handler.objects.select_for_update(no_key=True, of=("self",)).select_related("force")
    handler = rows.get(pk=handler.pk)
    was = handler.status
    HANDLER.check(was, to, thing=handler.name)
    handler.status = to
    handler.save(update_fields=["status"])
    record(verb, handler, by=by, now=now, moved=(was, to), why=why)
    _tell(handler, by=by, now=now, why=why)
    if was == HandlerStatus.ACTIVE:
        recheck_soon()
    return handler


def _tell(handler: Handler, *, by: User | None, now: datetime, why: str = "") -> None:
    """The handler, and those who keep the force; not who did it."""
    with network_scope(user=by.pk if by else None, reason="the handler and the leads are told"):
        for recipient in concerned([handler.handler_user_id], handler.force_id, but=by):
            emails.handler_moved(handler, recipient, now=now, why=why)
