"""Keeping the library through its pages."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils.timezone import localdate

from core.tenancy import system_scope
from resources.documents import sheet_pdf
from resources.models import Category, Resource, Version
from tests.conftest import Cast, SignedIn
from tests.counting import questions
from tests.factories.files import pdf_bytes, upload
from tests.factories.forms import typed_day
from tests.factories.resources import make_category, make_resource

LIST, ADD = "/coordinator/resources/", "/coordinator/resources/add/"


@pytest.fixture
def made(cast: Cast, now: datetime) -> dict[str, Any]:
    return {"by": cast.coordinator, "now": now}


@pytest.fixture
def client(cast: Cast) -> SignedIn:
    return SignedIn().sign_in(cast.coordinator)


@pytest.fixture
def category(cast: Cast) -> Category:
    with system_scope():
        return make_category()


def typed(category: Category, **changes: Any) -> dict[str, Any]:
    form = {
        "title": "Kit list", "summary": "What goes in the bag.", "category": str(category.uuid),
        "language": "cy", "audience": "handlers", "kind": "file", "file": upload(pdf_bytes()), "markdown": "",
    }  # fmt: skip
    return form | changes


def only() -> Resource:
    with system_scope():
        return Resource.objects.select_related("current").get()


def kept(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def test_from_a_file_to_a_published_resource(
    cast: Cast, client: SignedIn, category: Category, media: Path, now: datetime
) -> None:
    pdf = sheet_pdf(title="Kit", summary="", markdown="A harness.", on=localdate(now))
    answer = client.post(ADD, typed(category, file=upload(pdf)), follow=True)
    resource = only()
    assert answer.redirect_chain == [(f"{LIST}{resource.uuid}/", 302)]
    assert "Kit list is a draft. Look at it, then publish it." in answer.content.decode()
    assert resource.current is not None
    assert (resource.current.pages, "A harness." in resource.current.words) == (1, True)
    assert '<h1 lang="cy">Kit list</h1>' in answer.content.decode()
    assert [str(path.relative_to(media)) for path in kept(media)] == [resource.current.file]
    page = client.post(f"{LIST}{resource.uuid}/publish/", follow=True).content.decode()
    assert "Kit list is published." in page
    assert only().status == "published"
    page = client.post(f"{LIST}{resource.uuid}/withdraw/", {"reason": "Old."}, follow=True).content.decode()
    assert "Kit list is withdrawn." in page


def test_a_page_is_written_and_a_file_with_it_is_let_go(client: SignedIn, category: Category, media: Path) -> None:
    client.post(ADD, typed(category, kind="page", markdown="## Why\n\n- Heat"))
    resource = only()
    assert resource.current is not None
    assert (resource.kind, resource.current.markdown) == ("page", "## Why\n\n- Heat")
    assert resource.current.words.split() == ["Why", "Heat"]
    assert not kept(media)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": "x" * 3000}, "at most 160 characters"),
        ({"title": ""}, "Fill in “Title”."),
        ({"file": ""}, "Choose the file."),
        ({"file": upload(b"%PDF-1.7\n" + bytes(900))}, "can&#x27;t be read"),
        ({"file": upload(pdf_bytes(script=True))}, "carries a script"),
        ({"file": upload(b"MZ" + bytes(99))}, "not a PDF, JPEG, PNG or WebP"),
        ({"kind": "page"}, "Write the text of the page."),
        ({"kind": "page", "markdown": "---"}, "marks without a word"),
        ({"audience": "everybody"}, "Choose one of those that are offered"),
        ({"category": "6d0b5b9e-8f2b-4a53-9a3e-0c2f6f6f0b1a"}, "Choose one of those that are offered"),
        (typed_day("must_read_by", date(2020, 1, 1)), "has passed"),
        (typed_day("must_read_by", date(9999, 12, 31)), "within the next two years"),
    ],
)
def test_what_can_not_be_is_said_beside_its_field_and_nothing_is_kept(
    client: SignedIn, category: Category, media: Path, changes: dict[str, Any], words: str
) -> None:
    answer = client.post(ADD, typed(category) | changes)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "There is a problem" in page
    assert "What goes in the bag." in page
    with system_scope():
        assert not Resource.objects.exists()
    assert not kept(media)


def test_a_new_version_asks_for_what_changed_and_the_next_day(
    client: SignedIn, made: dict[str, Any], now: datetime
) -> None:
    resource = make_resource("Hot cars", must_read_by=localdate(now), **made)
    address, again = f"{LIST}{resource.uuid}/version/", typed_day("must_read_by", localdate(now) + timedelta(days=9))
    assert "Lead and collar." in client.get(address).content.decode()
    refused = client.post(address, {"markdown": "Vans too.", "what_changed": ""})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Answer “What changed?”" in page
    assert "Enter the day at “Must be read again by”." in page
    page = client.post(
        address, {"markdown": "Vans too.", "what_changed": "A line on vans.", **again}, follow=True
    ).content.decode()
    assert "Hot cars, version 2 is the newest." in page
    assert "A line on vans." in page
    with system_scope():
        assert Version.objects.count() == 2


def test_changing_the_card(client: SignedIn, made: dict[str, Any], category: Category) -> None:
    resource = make_resource("Kit", **made)
    page = client.get(f"{LIST}{resource.uuid}/edit/").content.decode()
    assert 'value="Kit"' in page
    for address, said in (("edit/", "Fill in “Title”."), ("withdraw/", "Answer “Why is it withdrawn?”")):
        refused = client.post(f"{LIST}{resource.uuid}/{address}", typed(category, title=" "))
        assert refused.status_code == 422
        assert said in refused.content.decode()
    client.post(f"{LIST}{resource.uuid}/edit/", typed(category, title="Kit & more", audience="leads"))
    assert (only().title, only().audience) == ("Kit & more", "leads")


def test_the_page_says_who_has_not_read_and_what_was_taken(
    cast: Cast, client: SignedIn, made: dict[str, Any], now: datetime
) -> None:
    make_resource("Hot cars", audience="handlers", must_read_by=localdate(now), **made)
    resource = only()
    SignedIn().sign_in(cast.north_handler).post(f"/member/versions/{resource.current.uuid}/acknowledge/")  # type: ignore[union-attr]
    page = client.get(f"{LIST}{resource.uuid}/").content.decode()
    assert "1 of 2 have" in page
    assert "Hari Southshire" in page
    assert "Hari Northshire" not in page
    assert "0 downloads" in page
    assert "1 has not read it" in client.get(LIST).content.decode()


def test_markup_in_a_title_is_text_on_every_page(client: SignedIn, made: dict[str, Any], now: datetime) -> None:
    evil = "<script>alert(1)</script>🐕\u202e"
    resource = make_resource(evil, must_read_by=localdate(now), **made)
    member = f"/member/resources/{resource.uuid}/"
    rest = ("", f"{resource.uuid}/", f"{resource.uuid}/edit/", f"{resource.uuid}/version/")
    for address in (*(LIST + part for part in rest), member, "/member/resources/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;🐕" in page


@pytest.mark.parametrize("who", ["north_lead", "north_handler", "assessor"])
def test_the_pages_are_for_coordinators(cast: Cast, made: dict[str, Any], who: str) -> None:
    resource, client = make_resource(audience="public", **made), SignedIn().sign_in(getattr(cast, who))
    for rest in ("", "add/", f"{resource.uuid}/", f"{resource.uuid}/edit/", f"{resource.uuid}/version/"):
        assert client.get(LIST + rest).status_code == 403
    for rest in ("publish/", "withdraw/"):
        assert client.post(f"{LIST}{resource.uuid}/{rest}").status_code == 403
        assert SignedIn().post(f"{LIST}{resource.uuid}/{rest}").status_code == 302


def test_the_pages_ask_at_most_eight_questions_whatever_their_size(
    client: SignedIn, made: dict[str, Any], now: datetime
) -> None:
    detail = f"{LIST}{make_resource('First', must_read_by=localdate(now), **made).uuid}/"
    client.get(LIST)
    few = [questions(client, address) for address in (LIST, ADD, detail)]
    for number in range(10):
        make_resource(f"Number {number}", must_read_by=localdate(now), **made)
    assert [questions(client, address) for address in (LIST, ADD, detail)] == few
    assert max(few) <= 8
