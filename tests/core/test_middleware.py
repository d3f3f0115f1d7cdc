"""Every page goes out packed and with its safety headers; nothing of a signed-in person is kept by a cache."""

import gzip
import re
from base64 import b64encode
from hashlib import sha256
from io import BytesIO

import pytest
from django.http import FileResponse, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from core.middleware import PackingMiddleware
from tests.conftest import Cast, SignedIn

pytestmark = pytest.mark.django_db


def test_every_page_refuses_the_devices_features(client: Client) -> None:
    answer = client.get(reverse("accessibility"))
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert not answer.has_header("Cache-Control")


def test_a_page_has_no_script_of_its_own_but_the_one_that_its_policy_lets_run(client: Client) -> None:
    for address in (reverse("accessibility"), "/no/such/page/"):
        answer = client.get(address)
        (inline,) = re.findall(rb"<script>(.*?)</script>", answer.content, re.DOTALL)
        assert f"'sha256-{b64encode(sha256(inline).digest()).decode()}'" in answer["Content-Security-Policy"]


def test_a_signed_in_persons_pages_are_kept_nowhere(cast: Cast, as_user: type[SignedIn]) -> None:
    lead = as_user().sign_in(cast.north_lead)
    for address in (reverse("accessibility"), reverse("profile"), "/no/such/page/"):
        assert lead.get(address)["Cache-Control"] == "private, no-store"


def test_a_page_that_is_made_for_one_person_goes_out_packed(cast: Cast, as_user: type[SignedIn]) -> None:
    lead = as_user().sign_in(cast.north_lead)
    plain, packed = (lead.get(reverse("profile"), headers={"accept-encoding": taken}) for taken in ("", "gzip, br"))
    assert not plain.has_header("Content-Encoding")
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert len(packed.content) < len(plain.content) / 2
    assert b"<h1>" in gzip.decompress(packed.content)


def test_a_page_that_is_packed_already_is_left_alone(rf: RequestFactory) -> None:
    kept = HttpResponse(b"\x1b" * 500, headers={"Content-Encoding": "br"})
    got = PackingMiddleware(lambda _request: kept)(rf.get("/", headers={"accept-encoding": "gzip, br"}))
    assert (got["Content-Encoding"], got.content) == ("br", b"\x1b" * 500)


@pytest.mark.parametrize(
    "answer",
    [
        FileResponse(BytesIO(b"a,b\n" * 500), content_type="text/csv"),
        HttpResponse(b"x" * 500, content_type="image/png"),
    ],
    ids=["streamed", "a picture"],
)
def test_files_are_left_as_they_are(answer: HttpResponse | FileResponse, rf: RequestFactory) -> None:
    got = PackingMiddleware(lambda _request: answer)(rf.get("/", headers={"accept-encoding": "gzip"}))
    assert not got.has_header("Content-Encoding")
