"""A browser of the benchmarks: Django's test client, which fails on anything but a page."""

from typing import Any

from django.test import Client

from accounts.models import User


class Browser(Client):
    def fetch(self, address: str, **asked: Any) -> None:
        response = self.get(address, **asked)
        if response.status_code != 200:
            raise RuntimeError(f"{address} answered {response.status_code}")


def visitor() -> Browser:
    return Browser(SERVER_NAME="localhost")


def signed_in(user: User) -> Browser:
    """Somebody who has signed in with a second factor."""
    browser = visitor()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password"}, {"method": "mfa", "type": "totp"}]
    session.save()
    return browser
