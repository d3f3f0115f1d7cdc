"""The library as its readers see it."""

from datetime import datetime, timedelta
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.timezone import localdate

from audit.models import Record
from core.files import check_upload
from core.tenancy import system_scope
from resources.actions.library import add_version, change_resource, publish_paper, publish_resource
from resources.documents import sheet_pdf
from resources.inputs import Card, Change, Content
from resources.models import Acknowledgement, Download, Favourite, Resource, Version
from resources.paper import paper_of, store_paper
from tests.boundaries.walk import read
from tests.conftest import Cast, SignedIn
from tests.counting import questions
from tests.factories.resources import make_category, make_resource

LIST, READING = "/member/resources/", "/member/resources/reading/"
AUDIENCES = {
    "public": {"north_handler", "north_lead", "assessor", "coordinator"},
    "members": {"north_handler", "north_lead", "assessor", "coordinator"},
    "handlers": {"north_handler", "coordinator"},
    "leads": {"north_lead", "coordinator"},
    "coordinators": {"coordinator"},
}


@pytest.fixture
def made(cast: Cast, now: datetime) -> dict[str, Any]:
    return {"by": cast.coordinator, "now": now}


def client_of(cast: Cast, who: str) -> SignedIn:
    return SignedIn().sign_in(getattr(cast, who))


def paper(cast: Cast, now: datetime, words: str, **changes: Any) -> Resource:
    """A real PDF with these words in it."""
    pdf = sheet_pdf(title="Kit list", summary="", markdown=words, on=localdate(now))
    usual: dict[str, Any] = {"title": "Kit list", "summary": "What goes in the bag.", "audience": "members"}
    with system_scope():
        card = Card(**{**usual, "category": make_category(), **changes})
        return publish_paper(paper=pdf, card=card, by=cast.coordinator, now=now)


@pytest.mark.parametrize("who", ["north_handler", "north_lead", "assessor", "coordinator"])
def test_each_audience_is_listed_searched_opened_and_taken_by_its_own_only(cast: Cast, now: datetime, who: str) -> None:
    client = client_of(cast, who)
    for audience, readers in AUDIENCES.items():
        resource = paper(cast, now, "A harness.", title=f"Only {audience}", audience=audience)
        is_open = who in readers
        assert (f"Only {audience}" in client.get(LIST).content.decode()) == is_open
        assert (f"Only {audience}" in client.get(LIST, {"q": "harness"}).content.decode()) == is_open
        detail = f"{LIST}{resource.uuid}/"
        for rest in ("", "download/"):
            answer = client.get(detail + rest)
            read(answer)
            assert answer.status_code == (200 if is_open else 404), (audience, rest)
        for rest in ("keep/", "let-go/"):
            assert client.post(detail + rest).status_code == (302 if is_open else 404)


def test_what_must_be_read_comes_first_until_it_is_read(cast: Cast, now: datetime, made: dict[str, Any]) -> None:
    make_resource("Ordinary", **made)
    urgent = make_resource("Hot cars", must_read_by=localdate(now) + timedelta(days=5), **made)
    client = client_of(cast, "north_handler")
    page = client.get(LIST).content.decode()
    assert page.index("You must read") < page.index("Hot cars") < page.index("Ordinary")
    answer = client.post(reverse("member_version_acknowledge", args=[urgent.current.uuid]), follow=True)
    assert "Noted: you have read Hot cars, version 1." in answer.content.decode()
    assert "I have read version" not in answer.content.decode()
    assert "You must read" not in client.get(LIST).content.decode()
    with system_scope():
        assert Acknowledgement.objects.get().user == cast.north_handler


def test_who_is_not_asked_is_not_pressed(cast: Cast, now: datetime, made: dict[str, Any]) -> None:
    make_resource("Hot cars", must_read_by=localdate(now), **made)
    assert "You must read" not in client_of(cast, "coordinator").get(LIST).content.decode()


def test_a_word_inside_a_pdf_is_found_and_marked(cast: Cast, now: datetime) -> None:
    paper(cast, now, "Bring a vaccination book & <b>water</b>.")
    for typed, near in (("vaccinations", False), ("vacination", True)):
        page = client_of(cast, "north_handler").get(LIST, {"q": typed}).content.decode()
        assert "<mark>vaccination</mark>" in page
        assert "&amp;" in page
        assert "<b>water" not in page
        assert ("Nothing has these words exactly" in page) == near


def test_what_was_looked_for_is_shown_as_text(cast: Cast) -> None:
    page = client_of(cast, "north_handler").get(LIST, {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page
    assert "Nothing has “&lt;script&gt;alert(1)&lt;/script&gt;”" in page


def test_filters_narrow_and_unknown_ones_do_nothing(cast: Cast, made: dict[str, Any], now: datetime) -> None:
    kept = make_resource("Kept", **made)
    make_resource("Urgent", must_read_by=localdate(now), **made)
    client = client_of(cast, "north_handler")
    client.post(f"{LIST}{kept.uuid}/keep/")
    with system_scope():
        assert Favourite.objects.get().resource == kept
        other = make_category("Other")

    def shown(**query: str) -> set[str]:
        page = client.get(LIST, query).content.decode()
        return {title for title in ("Kept", "Urgent") if f">{title}<" in page}

    assert shown(show="favourites") == {"Kept"}
    assert shown(show="must-read") == {"Urgent"}
    assert shown(kind="page") == {"Kept", "Urgent"}
    assert shown(kind="file") == set()
    assert shown(category=str(other.uuid)) == set()
    assert shown(category="x", kind="x", show="x") == {"Kept", "Urgent"}
    client.post(f"{LIST}{kept.uuid}/let-go/")
    assert shown(show="favourites") == set()


def test_a_file_is_served_privately_and_counted(cast: Cast, now: datetime, media: Path) -> None:
    resource = paper(cast, now, "Water.", title="Kit: a/b list")
    assert resource.current is not None
    client = client_of(cast, "north_handler")
    for _ in range(2):
        answer = client.get(f"{LIST}{resource.uuid}/download/")
        assert b"".join(answer.streaming_content) == (media / resource.current.file).read_bytes()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    with system_scope():
        assert Download.objects.values_list("user_id", "times").get() == (cast.north_handler.pk, 2)


def test_a_page_is_read_and_not_downloaded(cast: Cast, made: dict[str, Any]) -> None:
    resource = make_resource(markdown="## Why\n\n<i>Heat</i> **kills**.", words="x", **made)
    client = client_of(cast, "north_handler")
    page = client.get(f"{LIST}{resource.uuid}/").content.decode()
    assert '<h2 id="part-1">Why</h2>' in page
    assert "&lt;i&gt;Heat&lt;/i&gt; <strong>kills</strong>." in page
    assert client.get(f"{LIST}{resource.uuid}/download/").status_code == 404


def test_a_lead_sees_who_of_the_own_force_has_not_read(cast: Cast, now: datetime, made: dict[str, Any]) -> None:
    urgent = make_resource("Hot cars", must_read_by=localdate(now), **made)
    make_resource("Secret", audience="handlers", must_read_by=localdate(now), **made)
    client_of(cast, "north_lead").post(reverse("member_version_acknowledge", args=[urgent.current.uuid]))
    page = client_of(cast, "north_lead").get(READING).content.decode()
    assert "1 of 2" in page
    assert "Hari Northshire" in page
    assert "Southshire" not in page
    assert "Secret" not in page
    assert client_of(cast, "north_handler").get(READING).status_code == 403


def test_visitors_sign_in_and_pages_are_only_read(cast: Cast, made: dict[str, Any]) -> None:
    resource = make_resource(**made)
    for address in (LIST, READING, f"{LIST}{resource.uuid}/", f"{LIST}{resource.uuid}/download/"):
        assert SignedIn().get(address).status_code == 302
        assert client_of(cast, "north_lead").post(address).status_code == 405
    assert client_of(cast, "north_handler").get(f"{LIST}{resource.uuid}/keep/").status_code == 405


def test_the_library_stands_in_the_navigation(cast: Cast) -> None:
    for who in ("north_handler", "north_lead", "assessor"):
        assert f'<a href="{LIST}" aria-current="page">Library</a>' in client_of(cast, who).get(LIST).content.decode()


def test_the_pages_ask_at_most_eight_questions_whatever_their_size(
    cast: Cast, now: datetime, made: dict[str, Any]
) -> None:
    def most(client: SignedIn) -> list[int]:
        addresses = [LIST, f"{LIST}?q=collar", f"{LIST}?q=colar", detail, READING]
        return [questions(client, address) for address in addresses]

    detail = f"{LIST}{make_resource('First', must_read_by=localdate(now), **made).uuid}/"
    client = client_of(cast, "north_lead")
    client.get(LIST)
    few = most(client)
    for number in range(12):
        make_resource(f"Number {number}", must_read_by=localdate(now) + timedelta(days=number), **made)
    assert most(client) == few
    assert max(few) <= 8


class TestVersions:
    @pytest.fixture
    def earlier(self, cast: Cast, now: datetime) -> Version:
        """The first of two versions of a file for all members."""
        resource = paper(cast, now, "A harness.")
        self.renew(cast, now, resource)
        with system_scope():
            return Version.objects.select_related("resource").get(number=1)

    def renew(self, cast: Cast, now: datetime, resource: Resource) -> None:
        pdf = sheet_pdf(title="Kit list", summary="", markdown="A bowl too.", on=localdate(now))
        with system_scope():
            content = store_paper(paper_of(check_upload(BytesIO(pdf))))
            change = Change("A bowl was added.")
            add_version(resource=resource, content=content, change=change, by=cast.coordinator, now=now)

    def test_a_reader_sees_what_changed_and_takes_an_earlier_one(
        self, cast: Cast, earlier: Version, media: Path
    ) -> None:
        client, address = client_of(cast, "north_handler"), reverse("member_version_detail", args=[earlier.uuid])
        page = client.get(f"{LIST}{earlier.resource.uuid}/").content.decode()
        assert "A bowl was added." in page
        assert f'<a href="{address}">Version 1</a>' in page
        shown = client.get(address).content.decode()
        assert "No longer current" in shown
        assert "Version 2 is the one that counts." in shown
        answer = client.get(f"{address}download/")
        assert read(answer) == (media / earlier.file).read_bytes()
        assert "version 1, no longer current.pdf" in answer.headers["Content-Disposition"]
        assert answer.headers["Cache-Control"] == "private, no-store"
        with system_scope():
            assert Download.objects.values_list("version__number", "times").get() == (1, 1)
            assert Record.objects.get(verb="downloaded version").object_uuid == earlier.uuid

    def test_the_newest_is_on_the_resources_own_page(self, cast: Cast, earlier: Version) -> None:
        with system_scope():
            newest = Version.objects.get(number=2)
        client, address = client_of(cast, "north_lead"), reverse("member_version_detail", args=[newest.uuid])
        assert client.get(address).headers["Location"] == f"{LIST}{earlier.resource.uuid}/"
        answer = client.get(f"{address}download/")
        read(answer)
        assert 'filename="Kit list.pdf"' in answer.headers["Content-Disposition"]

    def test_an_earlier_page_is_read_and_has_no_file(self, cast: Cast, now: datetime, made: dict[str, Any]) -> None:
        resource = make_resource(markdown="Lead and **collar**.", words="x", **made)
        with system_scope():
            content = Content(markdown="Harness.", words="Harness.")
            add_version(resource=resource, content=content, change=Change("Safer."), by=cast.coordinator, now=now)
            first = Version.objects.get(number=1)
        client, address = client_of(cast, "assessor"), reverse("member_version_detail", args=[first.uuid])
        assert "<strong>collar</strong>" in client.get(address).content.decode()
        assert client.get(f"{address}download/").status_code == 404

    def test_what_was_for_fewer_stays_with_them(self, cast: Cast, now: datetime) -> None:
        resource = paper(cast, now, "For leads.", audience="leads")
        with system_scope():
            card = Card("Kit list", "What goes in the bag.", resource.category, "members")
            resource = change_resource(resource=resource, card=card, by=cast.coordinator, now=now)
        first = resource.current
        assert first is not None
        self.renew(cast, now, resource)
        assert client_of(cast, "north_handler").get(f"{LIST}{resource.uuid}/").status_code == 200
        assert self.opened(cast, first) == {"north_handler", "north_lead", "assessor", "coordinator"}
        with system_scope():
            Version.objects.filter(pk=first.pk).update(audience="leads")  # as if the change had come with the new one
        assert self.opened(cast, first) == {"north_lead", "coordinator"}
        page = client_of(cast, "north_handler").get(f"{LIST}{resource.uuid}/").content.decode()
        assert "Version 1" not in page

    def test_what_was_never_shown_is_the_coordinators(self, cast: Cast, now: datetime, made: dict[str, Any]) -> None:
        resource = make_resource(published=False, **made)
        with system_scope():
            content = Content(markdown="Harness.", words="Harness.")
            add_version(resource=resource, content=content, change=Change("Mended."), by=cast.coordinator, now=now)
            publish_resource(resource=resource, by=cast.coordinator, now=now)
            first = Version.objects.get(number=1)
        assert self.opened(cast, first) == {"coordinator"}

    def opened(self, cast: Cast, version: Version) -> set[str]:
        """Who may open the version's page."""
        found = set()
        for who in ("north_handler", "north_lead", "assessor", "coordinator"):
            code = client_of(cast, who).get(reverse("member_version_detail", args=[version.uuid])).status_code
            assert code in (200, 404)
            found |= {who} if code == 200 else set()
        return found


def test_versions_from_before_stand_for_whom_their_resource_is(cast: Cast, now: datetime, made: dict[str, Any]) -> None:
    make_resource("Shown", audience="leads", **made)
    make_resource("Draft", published=False, **made)
    with system_scope():
        Version.objects.update(audience="")
        with connection.cursor() as cursor:
            cursor.execute(import_module("resources.migrations.0004_first_version_audiences").FILL)
        assert dict(Version.objects.values_list("resource__title", "audience")) == {"Shown": "leads", "Draft": ""}
