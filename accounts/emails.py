"""Mail about coming in and signing in: one function a message, with links made from our own address."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse, translate_url
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation
from notifications.outbox import Recipient, queue_mail

# What happened to somebody's sign-in, by allauth's name of the event.
_HAPPENED = {
    "password_changed": _("Your password was changed."),
    "password_reset": _("Your password was changed with a link from a mail."),
    "password_set": _("A password was set for your account."),
    "totp_activated": _("An authenticator app was set up as your second factor."),
    "totp_deactivated": _("Your authenticator app was removed: there is no second factor now."),
    "recovery_codes_generated": _("New recovery codes were made. The old ones no longer work."),
}
_OTHERWISE = _("Your sign-in details were changed.")


def invitation(invited: Invitation, token: str, *, now: datetime) -> None:
    is_of_wales = invited.force is not None and invited.force.is_welsh
    to = Recipient(email=invited.email, name=invited.name, force_id=invited.force_id, is_of_wales=is_of_wales)

    def context() -> dict[str, str]:
        return {
            "role": invited.get_role_display(),
            "force": invited.force.name if invited.force else "",
            "until": date_format(localtime(invited.expires_at), "D j M, H:i"),
            "link": settings.OK9_ADDRESS + reverse("invitation_accept", args=[token]),
        }

    queue_mail(to, "accounts/invitation", key=f"invitation:{invited.uuid}", context=context, now=now)


def invitation_accepted(invited: Invitation, to: Recipient, *, now: datetime) -> None:
    def context() -> dict[str, str]:
        return {
            "name": invited.name,
            "role": invited.get_role_display(),
            "force": invited.force.name if invited.force else "",
        }

    queue_mail(to, "accounts/invitation_accepted", key=f"invitation:{invited.uuid}:accepted", context=context, now=now)


def account_mail(kind: str, to: Recipient, *, link: str, now: datetime) -> None:
    """A link that was asked for, or word of what happened. `link` keeps its path only: the address is ours."""
    message = {"password_reset_key": "password_reset", "email_confirmation": "address_confirmation"}.get(kind)
    path = urlsplit(link).path
    paths = {language: translate_url(path, language) for language in to.languages}

    def context() -> dict[str, str]:
        return {
            "happened": str(_HAPPENED.get(kind, _OTHERWISE)),
            "at": date_format(localtime(now), "D j M Y, H:i"),
            "telephone": settings.OK9_COORDINATORS_TELEPHONE,
            "link": settings.OK9_ADDRESS + paths[str(get_language())],
        }

    key = f"account:{kind}:{now.isoformat()}"
    queue_mail(to, f"accounts/{message or 'safety_notice'}", key=key, context=context, now=now, urgent=bool(message))
