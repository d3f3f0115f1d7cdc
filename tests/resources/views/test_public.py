"""What visitors may take."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from core.tenancy import system_scope
from resources.actions.library import publish_paper
from resources.documents import sheet_pdf
from resources.inputs import Card
from resources.models import Download
from tests.conftest import Cast, SignedIn
from tests.counting import questions
from tests.factories.resources import make_category, make_resource

LIST = "/resources/"


@pytest.fixture
def made(cast: Cast, now: datetime) -> dict[str, Any]:
    return {"by": cast.coordinator, "now": now}


def test_visitors_see_what_is_for_everybody_and_nothing_else(cast: Cast, made: dict[str, Any]) -> None:
    make_resource("Poster", audience="public", **made)
    make_resource("Draft", audience="public", published=False, **made)
    make_resource("Ours", audience="members", **made)
    for client in (Client(), SignedIn().sign_in(cast.coordinator)):
        page = client.get(LIST).content.decode()
        assert "Poster" in page
        assert "Draft" not in page
        assert "Ours" not in page


@pytest.mark.parametrize("audience", ["members", "handlers", "leads", "coordinators", "draft"])
def test_nothing_else_is_there_even_for_those_who_may_read_it(cast: Cast, made: dict[str, Any], audience: str) -> None:
    is_draft = audience == "draft"
    resource = make_resource(audience="public" if is_draft else audience, published=not is_draft, file="a.pdf", **made)
    for client in (Client(), SignedIn().sign_in(cast.coordinator)):
        for rest in ("", "download/"):
            assert client.get(f"{LIST}{resource.uuid}/{rest}").status_code == 404


def test_a_visitor_takes_the_file_and_is_counted(cast: Cast, now: datetime, media: Path) -> None:
    pdf = sheet_pdf(title="Card", summary="Where to turn.", markdown="Samaritans.", on=localdate(now))
    with system_scope():
        card = Card("Signposting card", "Where to turn.", make_category(), "public")
        resource = publish_paper(paper=pdf, card=card, by=cast.coordinator, now=now)
    page = Client().get(f"{LIST}{resource.uuid}/").content.decode()
    assert "PDF, 1 page" in page
    for _ in range(2):
        answer = Client().get(f"{LIST}{resource.uuid}/download/")
        assert b"".join(answer.streaming_content) == pdf
        assert answer.headers["Content-Disposition"].startswith("attachment")
    with system_scope():
        assert Download.objects.values_list("user_id", "times").get() == (None, 2)


def test_what_is_written_in_one_language_says_so_in_the_other(cast: Cast, made: dict[str, Any]) -> None:
    resource = make_resource("Poster", audience="public", **made)
    for address in (f"/cy{LIST}", f"/cy{LIST}{resource.uuid}/"):
        page = Client().get(address).content.decode()
        assert '<html lang="cy"' in page
        assert 'lang="en-gb">About: Poster' in page


def test_the_pages_are_the_same_for_everybody_and_may_be_kept(cast: Cast, made: dict[str, Any]) -> None:
    resource = make_resource("Poster", audience="public", **made)
    for address in (LIST, f"{LIST}{resource.uuid}/"):
        answer = Client().get(address)
        assert answer.is_public_page  # type: ignore[attr-defined]
        assert b"csrfmiddlewaretoken" not in answer.content


def test_the_pages_ask_at_most_five_questions_whatever_their_size(cast: Cast, made: dict[str, Any]) -> None:
    resource = make_resource("Poster", audience="public", **made)
    addresses = (LIST, f"{LIST}{resource.uuid}/")
    few = [questions(Client(), address) for address in addresses]
    for number in range(10):
        make_resource(f"Poster {number}", audience="public", **made)
    assert [questions(Client(), address) for address in addresses] == few
    assert max(few) <= 5


def test_pages_are_only_read(cast: Cast, made: dict[str, Any]) -> None:
    resource = make_resource("Poster", audience="public", **made)
    for address in (LIST, f"{LIST}{resource.uuid}/", f"{LIST}{resource.uuid}/download/"):
        assert Client().post(address).status_code == 405
