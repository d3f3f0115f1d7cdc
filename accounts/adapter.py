"""How allauth behaves here: nobody signs up, mail goes through the outbox, a coordinator's session is short."""

import time
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts.access import roles_of
from accounts.actions import send_account_mail
from accounts.middleware import COORDINATOR_SESSION
from accounts.models import User
from accounts.sign_in import SENTENCES

# A mail to an address that nobody here has would be sent at a stranger's wish.
_NOT_SENT = {"unknown_account", "account_already_exists"}


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """People come in by invitation; allauth signs them in and out."""

    error_messages: ClassVar = {**DefaultAccountAdapter.error_messages, **SENTENCES}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Our own templates in our own voice, for allauth's events."""
        kind = template_prefix.rpartition("/")[2].removesuffix("_signup")
        if kind in _NOT_SENT:
            return
        link = context.get("password_reset_url") or context.get("activate_url") or ""
        send_account_mail(kind, email=email, link=link, now=timezone.now())

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **named: Any
    ) -> None:
        """Who has just signed in sees it: that needs no banner on the page they came for."""
        if message_template != "account/messages/logged_in.txt":
            super().add_message(request, level, message_template, *args, **named)

    def is_reauthentication_required(self, *, app: str, **named: Any) -> bool:
        """Who signed in within the last minutes has just said who they are; allauth would ask once more."""
        records = get_authentication_records(self.request, self.request.user)
        last = max((record["at"] for record in records), default=0)
        return time.time() - last >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        shorten_session(request, user)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages: ClassVar = {**DefaultMFAAdapter.error_messages, "incorrect_code": SENTENCES["incorrect_code"]}


def shorten_session(request: HttpRequest, user: User) -> None:
    """A coordinator's session ends twelve hours after sign-in, used or not; a phone's stays thirty days."""
    if roles_of(user).is_coordinator:
        request.session.set_expiry(timezone.now() + COORDINATOR_SESSION)
