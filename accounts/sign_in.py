"""The forms of allauth's pages in the house's words: what each field is called, and what is said of an empty one."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as second
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.forms import say_it_plainly

EMAIL, PASSWORD, NEW = _("E-mail address"), _("Password"), _("New password")
CODE = _("Code from your authenticator app, or a recovery code")

# Sentences of Django and allauth that these pages show. They are named here so that our catalogue has them in Welsh.
SHOWN: tuple[Any, ...] = (
    _("Forgot your password?"),
    _("Your password can’t be a commonly used password."),
    _("This password is too common."),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        "min_length",
    ),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
)

# By allauth's names of what went wrong.
SENTENCES: dict[str, str | Promise] = {
    "email_password_mismatch": _(
        "This address and password do not go together. Check both, or choose “Forgot your password?”."
    ),
    "enter_current_password": _("That is not the password you have now."),
    "incorrect_password": _("That is not your password."),
    "incorrect_code": _("This code does not fit. Wait for the next one in your app, and check the time of your phone."),
    "too_many_login_attempts": _("That was tried too often. Wait five minutes, then try again."),
    "rate_limited": _("That was tried too often. Wait five minutes, then try again."),
    "same_as_current": _("Choose a password that you do not have now."),
    "invalid_password_reset": _("This link can’t be used any more. Ask for a new one."),
}


class InOurWords(forms.Form):
    """Gives the fields their labels."""

    labels: ClassVar[dict[str, str | Promise]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            self.fields[name].label = label  # type: ignore[assignment]
        for name, field in self.fields.items():
            say_it_plainly(name, field)


class SignInForm(InOurWords, account.LoginForm):
    labels: ClassVar = {"login": EMAIL, "password": PASSWORD}


class StillYouForm(InOurWords, account.ReauthenticateForm):
    labels: ClassVar = {"password": PASSWORD}


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    labels: ClassVar = {
        "oldpassword": _("The password you have now"), "password1": NEW, "password2": _("The new password again")
    }  # fmt: skip


class ForgottenPasswordForm(InOurWords, account.ResetPasswordForm):
    labels: ClassVar = {"email": EMAIL}


class NewPasswordForm(InOurWords, account.ResetPasswordKeyForm):
    labels: ClassVar = {"password1": NEW, "password2": _("The new password again")}


class SecondFactorForm(InOurWords, second.AuthenticateForm):
    labels: ClassVar = {"code": CODE}


class StillYouCodeForm(InOurWords, second.ReauthenticateForm):
    labels: ClassVar = {"code": CODE}


class SetUpForm(InOurWords, totp.ActivateTOTPForm):
    labels: ClassVar = {"code": _("Code that the app shows")}
