"""Every page's safety headers; nothing of a signed-in person is kept by a cache."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import Cast, SignedIn

pytestmark = pytest.mark.django_db


def test_every_page_refuses_the_devices_features(client: Client) -> None:
    answer = client.get(reverse("accessibility"))
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert not answer.has_header("Cache-Control")


def test_a_signed_in_persons_pages_are_kept_nowhere(cast: Cast, as_user: type[SignedIn]) -> None:
    lead = as_user().sign_in(cast.north_lead)
    for address in (reverse("accessibility"), reverse("profile"), "/no/such/page/"):
        assert lead.get(address)["Cache-Control"] == "private, no-store"
