"""Promoting a visit, as handlers, leads and coordinators do it."""

import io
import re
import zipfile
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.utils.timezone import localtime
from pytest_django.fixtures import Settings

from core.tenancy import system_scope
from dogs.actions.visits import plan_visit
from dogs.inputs import PlannedVisit
from dogs.models import Profile
from promotion.models import Pack
from promotion.states import FILES
from tests.conftest import Cast, SignedIn
from tests.counting import questions
from tests.factories.dogs import make_dog
from tests.factories.promotion import packed, publish

LIST = "/member/promotion/"


@pytest.fixture(autouse=True)
def rested() -> None:
    cache.clear()


@pytest.fixture
def shown(cast: Cast, now: datetime) -> Profile:
    return publish(cast.north_team, by=cast.coordinator, now=now)


def page_of(cast: Cast) -> str:
    return f"{LIST}{cast.north_team.dog.uuid}/"


def typed(now: datetime, **changes: Any) -> dict[str, Any]:
    day = localtime(now + timedelta(days=3))
    form = {
        "key": str(uuid4()), "starts_at_day": day.day, "starts_at_month": day.month, "starts_at_year": day.year,
        "starts_at_time": "10:00", "until": "12pm", "place": "The canteen", "message": "", "language": "en-gb",
        "layout": "ball",
    }  # fmt: skip
    return form | changes


def soon(now: datetime) -> dict[str, datetime]:
    return {"starts_at": now + timedelta(days=3), "ends_at": now + timedelta(days=3, hours=2)}


@pytest.fixture
def pack(cast: Cast, shown: Profile, now: datetime) -> Pack:
    return packed(cast.north_team, by=cast.north_lead, now=now, **soon(now))


@pytest.mark.parametrize("who", ["north_lead", "north_handler", "coordinator"])
def test_the_list_has_ones_dogs_and_why_some_can_not_be_promoted(cast: Cast, shown: Profile, who: str) -> None:
    with system_scope():
        make_dog(cast.north, "Otter")
    page = SignedIn().sign_in(getattr(cast, who)).get(LIST).content.decode()
    assert page_of(cast) in page
    if who != "north_handler":
        assert "Otter has no public page yet" in page
    assert ("Write a dog’s public page, or see where it stands" in page) == (who == "north_lead")
    assert ("Custard" in page) == (who == "coordinator")


def test_the_list_is_searched_by_dog_and_force(cast: Cast, shown: Profile) -> None:
    client = SignedIn().sign_in(cast.coordinator)
    found = client.get(LIST, {"q": "southshire"}).content.decode()
    assert "Custard" in found
    assert "Bramble" not in found
    assert "No dog or force is called “&lt;b&gt;”" in client.get(LIST, {"q": "<b>"}).content.decode()


def test_the_list_asks_the_same_number_of_questions_whatever_its_size(cast: Cast, shown: Profile) -> None:
    client = SignedIn().sign_in(cast.north_lead)
    few = questions(client, LIST)
    with system_scope():
        for number in range(30):
            make_dog(cast.north, f"Dog{number}")
    assert questions(client, LIST) == few <= 8


@pytest.mark.parametrize("address", ["dog", "pack"])
def test_no_page_asks_more_than_eight_questions(cast: Cast, pack: Pack, address: str) -> None:
    client = SignedIn().sign_in(cast.north_lead)
    page = page_of(cast) if address == "dog" else f"{LIST}packs/{pack.uuid}/"
    client.get(page)
    assert questions(client, page) <= 8


def test_the_form_shows_an_example_before_anything_is_typed(cast: Cast, shown: Profile) -> None:
    page = SignedIn().sign_in(cast.north_handler).get(page_of(cast)).content.decode()
    assert "data:image/png;base64," in page
    assert "An example, until you have typed" in page
    assert "can’t be called back" in page


def test_a_planned_visits_page_leads_to_its_poster(cast: Cast, shown: Profile, now: datetime) -> None:
    start = localtime(now + timedelta(days=90)).replace(hour=10, minute=0, second=0, microsecond=0)
    with system_scope():
        planned = PlannedVisit(start, start + timedelta(hours=2), "Custody", "Early shift")
        visit = plan_visit(team=cast.north_team, visit=planned, by=cast.north_lead, now=now)
    lead = SignedIn().sign_in(cast.north_lead)
    link = f"{page_of(cast)}?visit={visit.uuid}"
    assert link in lead.get(f"/member/forms/visits/{visit.uuid}/").content.decode()
    form = lead.get(link).context["form"]
    assert (form["place"].value(), form["until"].value()) == ("Custody", "12:00")
    assert localtime(form["starts_at"].value()) == start
    with system_scope():
        publish(cast.south_team, by=cast.coordinator, now=now)
    other = SignedIn().sign_in(cast.south_lead).get(f"{LIST}{cast.south_team.dog.uuid}/?visit={visit.uuid}")
    assert other.context["form"]["place"].value() is None
    assert lead.get(f"{page_of(cast)}?visit=x").status_code == 200


def test_the_preview_button_draws_and_keeps_nothing(cast: Cast, shown: Profile, now: datetime) -> None:
    client = SignedIn().sign_in(cast.north_lead)
    answer = client.post(page_of(cast), typed(now, preview="yes"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "data:image/png;base64," in page
    assert "An example" not in page
    assert "The canteen" in page
    with system_scope():
        assert not Pack.objects.exists()


def test_a_script_gets_the_preview_alone(cast: Cast, shown: Profile, now: datetime) -> None:
    client = SignedIn().sign_in(cast.north_lead)
    drawn = client.post(page_of(cast), typed(now, preview="yes", fragment="yes")).content.decode()
    assert drawn.lstrip().startswith("<img")
    assert "<html" not in drawn
    answer = client.post(page_of(cast), typed(now, preview="yes", fragment="yes", place=""))
    assert answer.status_code == 422
    assert "Answer “Where is it?”" in answer.content.decode()


def test_making_leads_to_the_files(cast: Cast, shown: Profile, now: datetime) -> None:
    client = SignedIn().sign_in(cast.north_handler)
    answer = client.post(page_of(cast), typed(now, language="both", layout="tiles"))
    with system_scope():
        made = Pack.objects.get()
    assert answer.headers["Location"] == f"{LIST}packs/{made.uuid}/"
    assert (made.language, made.layout, localtime(made.ends_at).hour) == ("both", "tiles", 12)
    page = client.get(answer.headers["Location"]).content.decode()
    for name in FILES:
        assert f"/packs/{made.uuid}/{name}." in page
    assert "Bramble" in client.get(LIST).content.decode()


def test_the_lines_of_an_address_are_parted_by_commas(cast: Cast, shown: Profile, now: datetime) -> None:
    place = " 5 Carbrook Hall Road \r\n\r\nCarbrook,\r\nSheffield  S9 2EH "
    SignedIn().sign_in(cast.north_lead).post(page_of(cast), typed(now, place=place))
    with system_scope():
        assert Pack.objects.get().place == "5 Carbrook Hall Road, Carbrook, Sheffield S9 2EH"


def test_a_second_press_makes_no_second_pack(cast: Cast, shown: Profile, now: datetime) -> None:
    client, form = SignedIn().sign_in(cast.north_lead), typed(now)
    places = {client.post(page_of(cast), form).headers["Location"] for _ in range(2)}
    assert len(places) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"place": ""}, "Answer “Where is it?”"),
        ({"place": "x" * 3000}, "at most 120 characters. This has 3000"),
        ({"message": "m" * 3000}, "at most 280 characters. This has 3000"),
        ({"message": "Come and meet him 犬"}, "Our fonts can’t print 犬"),
        ({"place": "नमस्ते"}, "Our fonts can’t print"),
        ({"place": "Ask Hari Northshire"}, "surname is never printed"),
        ({"starts_at_year": "2020"}, "still to come"),
        ({"starts_at_day": "31", "starts_at_month": "2"}, "is not a day"),
        ({"until": "9:00"}, "The end must be after the start"),
        ({"until": "lunch"}, "lunch is not a time"),
        ({"layout": "clipart"}, "Choose one of those that are offered"),
        ({"language": "fr"}, "Choose one of those that are offered"),
        ({"key": "old"}, "grown old"),
    ],
)
def test_what_can_not_be_is_said_and_what_was_typed_is_kept(
    cast: Cast, shown: Profile, now: datetime, changes: dict[str, Any], words: str
) -> None:
    answer = SignedIn().sign_in(cast.north_lead).post(page_of(cast), typed(now, **changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "There is a problem" in page
    assert ("The canteen" in page) == ("place" not in changes)
    with system_scope():
        assert not Pack.objects.exists()


def test_invisible_letters_are_taken_out_before_anything_is_printed(cast: Cast, shown: Profile, now: datetime) -> None:
    place = "The\u202e can\u200bteen <b>\u2067"
    SignedIn().sign_in(cast.north_lead).post(page_of(cast), typed(now, place=place))
    with system_scope():
        assert Pack.objects.get().place == "The canteen <b>"


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_fetched_under_a_safe_name(cast: Cast, pack: Pack, name: str) -> None:
    answer = SignedIn().sign_in(cast.north_handler).get(f"{LIST}packs/{pack.uuid}/{name}.{FILES[name]}")
    starts = {"pdf": b"%PDF-", "png": b"\x89PNG", "zip": b"PK"}[FILES[name]]
    assert answer.content.startswith(starts)
    assert re.fullmatch(
        rf'attachment; filename="ok9-bramble-\d{{4}}-\d\d-\d\d-{name}\.{FILES[name]}"',
        answer.headers["Content-Disposition"],
    )
    assert answer.headers["Cache-Control"] == "private, no-store"
    if name == "all":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert len(archive.namelist()) == 5


@pytest.mark.parametrize("who", ["south_lead", "south_handler", "host_lead", "assessor"])
def test_another_forces_pack_does_not_exist(cast: Cast, pack: Pack, who: str) -> None:
    client = SignedIn().sign_in(getattr(cast, who))
    for rest in ("", *(f"{name}.{ending}" for name, ending in FILES.items())):
        assert client.get(f"{LIST}packs/{pack.uuid}/{rest}").status_code == 404


@pytest.mark.parametrize("who", ["south_lead", "south_handler", "host_lead"])
def test_another_forces_dog_does_not_exist(cast: Cast, shown: Profile, now: datetime, who: str) -> None:
    client = SignedIn().sign_in(getattr(cast, who))
    assert client.get(page_of(cast)).status_code == 404
    assert client.post(page_of(cast), typed(now)).status_code == 404


def test_withdrawn_consent_is_said_on_every_page_and_file(cast: Cast, pack: Pack, now: datetime) -> None:
    with system_scope():
        Profile.objects.update(
            consent="withdrawn", parts=[], published_at=None, published_by=None, handler_first_name=""
        )
    client = SignedIn().sign_in(cast.north_lead)
    for address, status in (
        (page_of(cast), 200), (f"{LIST}packs/{pack.uuid}/", 200), (f"{LIST}packs/{pack.uuid}/a4.pdf", 409),
        (f"{LIST}packs/{pack.uuid}/all.zip", 409),
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == status
        assert "has withdrawn consent" in answer.content.decode()
        assert "can’t be called back" in answer.content.decode()
        assert not answer.headers.get("Content-Disposition")
    assert client.post(page_of(cast), typed(now)).status_code == 409


@pytest.mark.usefixtures("one_moment")
def test_too_many_drawings_are_put_off(cast: Cast, pack: Pack, settings: Settings) -> None:
    settings.PROMOTION_FILES_AN_HOUR = 6
    client = SignedIn().sign_in(cast.north_lead)
    assert client.get(f"{LIST}packs/{pack.uuid}/all.zip").status_code == 200  # counts as five
    assert client.get(f"{LIST}packs/{pack.uuid}/banner.png").status_code == 200
    assert client.get(f"{LIST}packs/{pack.uuid}/banner.png").status_code == 429
    assert "The preview rests" in client.get(page_of(cast)).content.decode()
    other = SignedIn().sign_in(cast.north_handler)
    assert other.get(f"{LIST}packs/{pack.uuid}/banner.png").status_code == 200


@pytest.mark.parametrize("address", [LIST, "dog", "pack"])
def test_a_visitor_signs_in_first(cast: Cast, pack: Pack, address: str) -> None:
    page = {"dog": page_of(cast), "pack": f"{LIST}packs/{pack.uuid}/"}.get(address, address)
    answer = SignedIn().get(page)
    assert answer.status_code == 302
    assert f"next={page}" in answer.headers["Location"]


def test_an_assessor_promotes_nobody(cast: Cast) -> None:
    assert SignedIn().sign_in(cast.assessor).get(LIST).status_code == 403


def test_wrong_methods(cast: Cast, pack: Pack) -> None:
    client = SignedIn().sign_in(cast.north_lead)
    for address in (LIST, f"{LIST}packs/{pack.uuid}/", f"{LIST}packs/{pack.uuid}/a4.pdf"):
        assert client.post(address).status_code == 405
    assert client.delete(page_of(cast)).status_code == 405


@pytest.mark.parametrize("who", ["north_lead", "north_handler", "coordinator"])
def test_the_brand_page_has_its_files(cast: Cast, who: str) -> None:
    client = SignedIn().sign_in(getattr(cast, who))
    page = client.get(f"{LIST}brand/").content.decode()
    assert "#dcea4e" in page
    assert f"{LIST}brand/ok9-blank-night-a3.pdf" in page
    answer = client.get(f"{LIST}brand/ok9-mark-ink.svg")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ok9-mark-ink.svg"'


@pytest.mark.parametrize("name", ["ok9-mark-pink.svg", "..", "ok9-brand-kit.pdf%00", "x" * 300])
def test_a_brand_file_that_never_was_is_not_there(cast: Cast, name: str) -> None:
    assert SignedIn().sign_in(cast.north_lead).get(f"{LIST}brand/{name}").status_code == 404
