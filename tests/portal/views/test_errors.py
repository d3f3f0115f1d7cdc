"""What is said when something is wrong, and where a signed-in person belongs."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory
from django.urls import reverse

from portal.views import errors
from tests.conftest import Cast, SignedIn

pytestmark = pytest.mark.django_db


def test_each_kind_has_its_page(rf: RequestFactory) -> None:
    request = rf.get("/")
    answers = [
        errors.bad_request(request, SuspiciousOperation("no")),
        errors.forbidden(request, PermissionDenied()),
        errors.not_found(request, Exception("secret")),
        errors.broken(request),
    ]
    assert [answer.status_code for answer in answers] == [400, 403, 404, 500]
    assert len({answer.content for answer in answers}) == 4
    assert b"secret" not in answers[2].content


def test_a_refusals_own_sentence_is_shown(rf: RequestFactory) -> None:
    page = errors.forbidden(rf.get("/"), PermissionDenied("Ask your lead.")).content.decode()
    assert "Ask your lead." in page


def test_a_stale_form_is_explained_and_changes_nothing(cast: Cast) -> None:
    strict = SignedIn(enforce_csrf_checks=True).sign_in(cast.north_handler)
    answer = strict.post(reverse("profile"), {"name": "Other"})
    assert answer.status_code == 403
    assert "This page has grown old" in answer.content.decode()


def test_the_address_of_a_button_says_that_it_is_one() -> None:
    answer = Client().put("/dogs/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert "belongs to a button on another page" in answer.content.decode()
    assert Client().post("/api/v1/dogs/")["Content-Type"] == "application/json"


def test_everybody_is_sent_to_their_own_home(cast: Cast, as_user: type[SignedIn]) -> None:
    home = reverse("home_redirect")
    assert as_user().sign_in(cast.coordinator).get(home)["Location"] == "/coordinator/"
    assert as_user().sign_in(cast.north_lead).get(home)["Location"] == "/member/"
    assert Client().get(home)["Location"] == f"{reverse('account_login')}?next={home}"
