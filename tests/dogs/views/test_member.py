"""Documents as handlers and leads see and send them."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils.timezone import localdate
from pytest_django.fixtures import Settings

from audit.models import Record
from core.files import CleanFile, store_upload
from core.tenancy import system_scope
from dogs.models import Document
from tests.conftest import UNTIL, Cast, SignedIn
from tests.counting import questions
from tests.factories.accounts import make_user
from tests.factories.dogs import make_document, make_team
from tests.factories.files import pdf_bytes, upload
from tests.factories.forms import typed_day
from tests.factories.network import make_handler

LIST, ADD = "/member/documents/", "/member/documents/add/"


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def typed(cast: Cast, now: datetime, **changes: Any) -> dict[str, Any]:
    """What Northshire's handler sends with Bramble's new vet check."""
    issued, ends = localdate(now) - timedelta(days=2), localdate(now) + timedelta(days=363)
    form: dict[str, Any] = {"of": f"dog-{cast.north_team.dog.uuid}", "kind": "vet_check", "file": upload(pdf_bytes())}
    return form | typed_day("issued_on", issued) | typed_day("expires_on", ends) | changes


def submitted() -> list[Document]:
    with system_scope():
        return list(Document.objects.filter(status="submitted").order_by("pk"))


def kept(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def test_a_handler_sees_their_own_dog_only(cast: Cast) -> None:
    page = SignedIn().sign_in(cast.north_handler).get(LIST).content.decode()
    assert "Bramble" in page
    assert "Mental Health First Aider certificate" in page
    assert f"Valid to 30 June {UNTIL.year}" in page
    assert "Custard" not in page
    assert "Public liability" not in page


def test_a_lead_sees_the_whole_force(cast: Cast) -> None:
    page = SignedIn().sign_in(cast.north_lead).get(LIST).content.decode()
    for words in (
        "Northshire Police",
        "Public liability insurance",
        "Service Level Agreement",
        "Bramble",
        "Hari Northshire",
    ):
        assert words in page
    assert "Custard" not in page


def test_states_are_said_as_facts(cast: Cast, now: datetime) -> None:
    today, dog = localdate(now), cast.north_team.dog
    with system_scope():
        rows = Document.objects.filter(dog=dog)
        rows.filter(kind="insurance").update(expires_on=today + timedelta(days=6), issued_on=today - timedelta(days=9))
        rows.filter(kind="vet_check").update(status="replaced")
        rows.filter(kind="vaccination").update(status="replaced")
        make_document(cast.north, "vaccination", by=cast.north_handler, until=today, dog=dog, status="submitted")
        rows.filter(kind="welfare_visit").update(status="replaced")
        make_document(cast.north, "welfare_visit", by=cast.north_handler, until=today, dog=dog, status="rejected")
        rows.filter(status="rejected").update(reason="Page two is missing")
        make_document(cast.north, "insurance", by=cast.north_handler, until=today, dog=dog, status="submitted")
    page = SignedIn().sign_in(cast.north_handler).get(LIST).content.decode()
    for words in (
        "Ends in 6 days",
        "Missing",
        "Waiting to be verified",
        "Sent back: Page two is missing",
        "A new one was sent on",
    ):
        assert words in page


def test_what_was_renewed_and_waits_is_not_urgent(cast: Cast, now: datetime) -> None:
    today, dog, client = localdate(now), cast.north_team.dog, SignedIn().sign_in(cast.north_handler)
    with system_scope():
        ended = today - timedelta(days=2)
        Document.objects.filter(dog=dog, kind="insurance").update(issued_on=ended - timedelta(days=9), expires_on=ended)
    assert "1 thing can’t wait." in client.get(LIST).content.decode()
    with system_scope():
        make_document(cast.north, "insurance", by=cast.north_handler, until=UNTIL, dog=dog, status="submitted")
    page = client.get(LIST).content.decode()
    assert "Nothing here is urgent." in page
    assert "A new one was sent on" in page


def test_the_page_asks_the_same_number_of_questions_whatever_its_size(cast: Cast) -> None:
    client = SignedIn().sign_in(cast.north_lead)
    client.get(LIST)
    few = questions(client, LIST)
    with system_scope():
        for name in ("Biscuit", "Trifle"):
            user = make_user(f"{name}@northshire.example", name, ("handler", cast.north))
            handler = make_handler(cast.north, user, by=cast.coordinator, until=UNTIL)
            make_team(cast.north, handler, by=cast.coordinator, until=UNTIL, name=name)
    assert "Trifle" in client.get(LIST).content.decode()
    assert questions(client, LIST) == few


@pytest.mark.parametrize("who", ["assessor", "coordinator"])
@pytest.mark.parametrize("address", [LIST, ADD])
def test_who_keeps_no_documents_has_no_such_page(cast: Cast, who: str, address: str) -> None:
    assert SignedIn().sign_in(getattr(cast, who)).get(address).status_code == 403


@pytest.mark.parametrize("address", [LIST, ADD])
def test_a_visitor_signs_in_first(cast: Cast, address: str) -> None:
    answer = SignedIn().get(address)
    assert answer.status_code == 302
    assert f"next={address}" in answer.headers["Location"]


def test_the_list_is_only_read(cast: Cast) -> None:
    assert SignedIn().sign_in(cast.north_lead).post(LIST).status_code == 405


def test_a_link_chooses_the_kind_and_the_dog(cast: Cast) -> None:
    client = SignedIn().sign_in(cast.north_lead)
    page = client.get(ADD, {"kind": "vet_check", "dog": str(cast.north_team.dog.uuid)}).content.decode()
    assert f'<option value="dog-{cast.north_team.dog.uuid}" selected>' in page
    assert '<option value="vet_check" selected>' in page
    assert "Cover in pounds" not in page


def test_adding_a_document(cast: Cast, now: datetime, media: Path) -> None:
    answer = SignedIn().sign_in(cast.north_handler).post(ADD, typed(cast, now), follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    assert "Vet check, Bramble was sent to be verified." in answer.content.decode()
    (document,) = submitted()
    assert (document.kind, document.dog_id) == ("vet_check", cast.north_team.dog_id)
    assert [str(path.relative_to(media)) for path in kept(media)] == [document.file]


def test_adding_public_liability_with_its_cover(cast: Cast, now: datetime) -> None:
    insurance = {"of": f"force-{cast.north.uuid}", "kind": "public_liability", "cover_pounds": "£10,000,000"}
    answer = SignedIn().sign_in(cast.north_lead).post(ADD, typed(cast, now, **insurance, covers_workplace="on"))
    assert answer.status_code == 302
    (document,) = submitted()
    assert (document.cover_pounds, document.covers_workplace) == (10_000_000, True)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"file": ""}, "Choose a file."),
        ({"file": upload(b"")}, "The file is empty"),
        ({"file": upload(b"MZ\x90\x00" + bytes(99))}, "not a PDF, JPEG, PNG or WebP"),
        ({"file": upload(pdf_bytes(script=True))}, "carries a script"),
        ({"kind": ""}, "Answer “What is it?”"),
        ({"kind": "sop"}, "Choose one of those that are offered"),
        ({"expires_on_year": "2020"}, "must be after the day it was issued"),
        ({"expires_on_year": "2996"}, "It holds for 12 months"),
        ({"issued_on_day": "31", "issued_on_month": "2"}, "is not a day"),
        ({"of": "dog-00000000-0000-0000-0000-000000000000"}, "Choose one of those that are offered"),
    ],
)
def test_what_can_not_be_is_said_beside_its_field(
    cast: Cast, now: datetime, media: Path, changes: dict[str, Any], words: str
) -> None:
    answer = SignedIn().sign_in(cast.north_handler).post(ADD, typed(cast, now, **changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "There is a problem" in page
    assert not submitted()
    assert not kept(media)


def test_what_was_typed_is_kept(cast: Cast, now: datetime) -> None:
    answer = SignedIn().sign_in(cast.north_handler).post(ADD, typed(cast, now, expires_on_year="2020"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<option value="vet_check" selected>' in page
    assert 'value="2020"' in page


def test_another_forces_dog_can_not_be_named(cast: Cast, now: datetime) -> None:
    form = typed(cast, now, of=f"dog-{cast.south_team.dog.uuid}")
    assert (
        "Choose one of those that are offered" in SignedIn().sign_in(cast.north_lead).post(ADD, form).content.decode()
    )
    assert not submitted()


def sent_document(cast: Cast) -> Document:
    name = store_upload(CleanFile(pdf_bytes(), ".pdf"), "documents")
    with system_scope():
        document = Document.objects.get(dog=cast.north_team.dog, kind="vet_check")
        Document.objects.filter(pk=document.pk).update(file=name)
    return document


@pytest.mark.parametrize("who", ["north_handler", "north_lead"])
def test_a_keeper_reads_the_document_and_its_file(cast: Cast, who: str) -> None:
    document, client = sent_document(cast), SignedIn().sign_in(getattr(cast, who))
    assert f"Valid to 30 June {UNTIL.year}" in client.get(f"{LIST}{document.uuid}/").content.decode()
    answer = client.get(f"{LIST}{document.uuid}/file/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    with system_scope():
        assert Record.objects.get(object_uuid=document.uuid, verb="opened document").actor_id == getattr(cast, who).pk


@pytest.mark.parametrize("who", ["south_handler", "south_lead", "host_lead", "assessor"])
@pytest.mark.parametrize("rest", ["", "file/"])
def test_another_forces_document_does_not_exist(cast: Cast, who: str, rest: str) -> None:
    document = sent_document(cast)
    assert SignedIn().sign_in(getattr(cast, who)).get(f"{LIST}{document.uuid}/{rest}").status_code == 404


def test_a_document_without_a_file(cast: Cast) -> None:
    with system_scope():
        document = Document.objects.get(dog=cast.north_team.dog, kind="vet_check")
    client = SignedIn().sign_in(cast.north_handler)
    assert "No file is kept with it" in client.get(f"{LIST}{document.uuid}/").content.decode()
    assert client.get(f"{LIST}{document.uuid}/file/").status_code == 404
