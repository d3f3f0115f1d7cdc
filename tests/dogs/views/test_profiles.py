"""A profile on its pages: written on a phone, approved, published, agreed to, photographed, withdrawn."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from assessments.models import Assessment, Criteria
from core.tenancy import scope, system_scope
from dogs.actions import photos
from dogs.models import Draft, Photo, Profile, Question
from tests.boundaries.walk import read
from tests.conftest import Cast, SignedIn
from tests.counting import questions
from tests.dogs.test_photos import from_phone
from tests.factories.accounts import make_user
from tests.factories.dogs import make_dog
from tests.factories.files import pdf_bytes, upload
from tests.factories.profiles import approved, make_questions, photographed, published, sent, written


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def network(cast: Cast) -> Cast:
    with system_scope():
        make_questions()
    return cast


def page_of(cast: Cast, rest: str = "") -> str:
    return f"/member/dogs/{cast.north_team.dog.uuid}/profile/{rest}"


def after(step: Callable[..., Profile], cast: Cast, now: datetime) -> Profile:
    with system_scope():
        return step(cast, now)


def typed(**changes: Any) -> dict[str, Any]:
    with system_scope():
        treat = Question.objects.get(text="Favourite treat")
    told = {
        "story": "Leans.\n\nSnores <b>softly</b>.", f"answer_{treat.pk}": "Carrots only", "good_with": ["crowds"],
        "awards": "2024 Golden biscuit\n2025: Best nap", "language": "cy",
    }  # fmt: skip
    return {**told, **changes}


def said(answer: Any) -> str:
    """What the form says to somebody whose sending was refused."""
    assert answer.status_code == 422
    return str(answer.content.decode())


def draft() -> Draft:
    with system_scope():
        return Draft.objects.get()


def test_a_handler_writes_previews_and_sends(network: Cast) -> None:
    browser = SignedIn().sign_in(network.north_handler)
    saved = browser.post(page_of(network), typed(save="yes"), follow=True).content.decode()
    assert "Snores &lt;b&gt;softly&lt;/b&gt;" in saved
    assert '<div class="story" lang="cy">' in saved
    assert "<b>2024</b>" in saved
    assert "Carrots only" in saved
    assert draft().words["awards"] == [[2024, "Golden biscuit"], [2025, "Best nap"]]
    again = browser.get(page_of(network)).content.decode()
    assert "2025 Best nap" in again
    assert "data-keep=" in again
    told = browser.post(page_of(network), typed(send="yes"), follow=True).content.decode()
    assert "is with the lead now" in told
    assert draft().status == "sent"
    closed = browser.get(page_of(network)).content.decode()
    assert "Take it back" in closed
    assert "<textarea" not in closed


def test_what_is_refused_stands_by_its_field_and_the_words_are_saved(network: Cast) -> None:
    browser = SignedIn().sign_in(network.north_handler)
    refused = said(browser.post(page_of(network), typed(story="With Hari Northshire.", send="yes")))
    assert 'id="id_story_error"' in refused
    assert "a first name only" in refused
    assert (draft().status, draft().words["story"]) == ("writing", "With Hari Northshire.")
    wrong = said(browser.post(page_of(network), typed(awards="Golden biscuit 2024")))
    assert "Begin each line with the year" in wrong
    assert "Golden biscuit 2024" in wrong


def test_a_stale_page_says_who_has_it_and_keeps_what_was_typed(network: Cast, now: datetime) -> None:
    after(sent, network, now)
    page = said(SignedIn().sign_in(network.north_handler).post(page_of(network), typed(story="Late words.")))
    assert "is with the lead. Take it back" in page
    assert "Late words." in page


def test_the_lead_approves_or_sends_back_and_the_coordinator_publishes(network: Cast, now: datetime) -> None:
    profile = after(sent, network, now)
    lead, coordinator = SignedIn().sign_in(network.north_lead), SignedIn().sign_in(network.coordinator)
    shown = lead.get(page_of(network, "preview/")).content.decode()
    assert "Approve it" in shown
    assert "Leans on people." in shown
    assert 'id="id_reason_error"' in said(lead.post(page_of(network, "send-back/"), {"reason": ""}))
    assert lead.post(page_of(network, "send-back/"), {"reason": "Shorter."}).status_code == 302
    handler = SignedIn().sign_in(network.north_handler)
    assert b"Shorter." in handler.get(page_of(network)).content
    assert handler.post(page_of(network, "send/")).status_code == 302
    assert lead.post(page_of(network, "approve/")).status_code == 302
    assert b"Bramble" in coordinator.get("/coordinator/profiles/").content
    assert b"profiles to publish" in coordinator.get("/coordinator/").content
    judged = f"/coordinator/profiles/{profile.uuid}/"
    assert b"has not given consent" in coordinator.get(judged).content
    assert b"not given consent" in coordinator.post(f"{judged}publish/", follow=True).content
    handler.post(page_of(network, "consent/"), {"parts": ["story"]})
    assert coordinator.post(f"{judged}publish/").status_code == 302
    public = Client().get("/dogs/bramble/").content.decode()
    assert "Leans on people." in public
    assert "Hari" not in public
    assert coordinator.post(f"{judged}unpublish/").status_code == 302
    assert Client().get("/dogs/bramble/").status_code == 404
    assert b"Show it again" in coordinator.get(judged).content


def test_consent_is_chosen_part_by_part_and_withdrawn_with_one_press(network: Cast, now: datetime) -> None:
    after(published, network, now)
    handler = SignedIn().sign_in(network.north_handler)
    shown = handler.get(page_of(network, "consent/")).content.decode()
    assert shown.count(" checked") == 9
    assert "Agreed to on" in shown
    said(handler.post(page_of(network, "consent/"), {"parts": ["whatever"]}))
    handler.post(page_of(network, "consent/"), {"parts": ["answers", "place"]})
    public = Client().get("/dogs/bramble/").content.decode()
    assert "Carrots only" in public
    assert "Leans on people." not in public
    lead = SignedIn().sign_in(network.north_lead)
    assert lead.get(page_of(network, "consent/")).status_code == 403
    assert handler.post(page_of(network, "withdraw/")).status_code == 302
    assert Client().get("/dogs/bramble/").status_code == 404
    assert "Bramble" not in Client().get("/dogs/").content.decode()
    told = handler.get(page_of(network, "preview/")).content.decode()
    assert "The consent was taken back on" in told
    assert "Nobody has agreed" not in told
    assert "Agree again" in told
    assert "Consent withdrawn" in handler.get("/member/profiles/").content.decode()


def test_a_photo_from_a_phone(network: Cast, now: datetime) -> None:
    handler = SignedIn().sign_in(network.north_handler)
    where = page_of(network, "photos/")
    assert handler.get(where).status_code == 200
    sent_photo = {"alt": "Asleep", "shape": "square", "focus": "50-0", "exact": "30,40"}
    assert "not a photo that we can show" in said(handler.post(where, {**sent_photo, "file": upload(pdf_bytes())}))
    assert "Answer “" in said(handler.post(where, {**sent_photo, "alt": "", "file": upload(from_phone())}))
    added = handler.post(where, {**sent_photo, "file": upload(from_phone(), "IMG.jpg")})
    assert added.status_code == 302
    assert "It is small, 40 by 60 pixels" in handler.get(added["Location"]).content.decode()
    with system_scope():
        photo = Photo.objects.get()
        assert (photo.width, photo.height, photo.focus_x, photo.focus_y) == (40, 60, 30, 40)
    assert b"Being prepared" in handler.get(where).content
    drawn = handler.get(page_of(network, "preview/")).content.decode()
    assert "/portraits/" in drawn
    photos.cut_photos(now=now)
    assert f"/member/photos/{photo.uuid}/40.avif".encode() in handler.get(where).content
    assert read(handler.get(f"/member/photos/{photo.uuid}/40.jpg"))[:2] == b"\xff\xd8"
    assert read(handler.get(f"/member/photos/{photo.uuid}/original/"))[:2] == b"\xff\xd8"
    assert handler.get(f"/member/photos/{photo.uuid}/41.jpg").status_code == 404
    detail = f"/member/photos/{photo.uuid}/"
    assert handler.get(detail).status_code == 200
    assert "Answer “" in said(handler.post(detail, {**sent_photo, "alt": ""}))
    assert handler.post(detail, {**sent_photo, "alt": "Awake", "exact": ""}).status_code == 302
    assert handler.post(f"{detail}first/").status_code == 302
    assert handler.post(f"{detail}remove/").status_code == 302
    assert handler.get(detail).status_code == 404


def test_a_public_photo_is_asked_for_again_each_time(network: Cast, now: datetime) -> None:
    with system_scope():
        photo = photographed(written(network, now), by=network.north_handler, now=now)
    address = f"/photos/{photo.uuid}/400.webp"
    assert Client().get(address).status_code == 404
    after(published, network, now)
    first = Client().get(address)
    assert (first["Content-Type"], first["Cache-Control"]) == ("image/webp", "public, no-cache")
    read(first)
    assert Client().get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    page = Client().get("/dogs/bramble/").content.decode()
    assert f'src="/photos/{photo.uuid}/800.jpg"' in page
    assert 'width="800" height="533"' in page
    assert f"{photo.uuid}/400.avif 400w" in page
    assert "/portraits/" not in page.split('class="stage-pic"')[1].split("</section>")[0]
    for wrong in ("401.webp", "400.gif", "400.exe"):
        assert Client().get(f"/photos/{photo.uuid}/{wrong}").status_code == 404
    handler = SignedIn().sign_in(network.north_handler)
    handler.post(page_of(network, "consent/"), {"parts": ["story"]})
    for browser in (Client(), handler):
        assert browser.get(address, headers={"if-none-match": first["ETag"]}).status_code == 404


@pytest.mark.parametrize("who", ["south_lead", "south_handler", "host_lead"])
@pytest.mark.parametrize("rest", ["", "preview/", "consent/", "photos/"])
def test_another_forces_dog_does_not_exist(who: str, rest: str, network: Cast, now: datetime) -> None:
    after(published, network, now)
    browser = SignedIn().sign_in(getattr(network, who))
    assert browser.get(page_of(network, rest)).status_code == 404
    assert browser.post(page_of(network, "approve/")).status_code == 404


def test_questions_are_the_coordinators(network: Cast, now: datetime) -> None:
    browser = SignedIn().sign_in(network.coordinator)
    asked = {"text": "Not keen on", "text_cy": "Ddim yn hoff o", "position": "40"}
    assert browser.post("/coordinator/questions/add/", asked).status_code == 302
    assert b"asked already" in browser.post("/coordinator/questions/add/", asked).content
    with system_scope():
        question = Question.objects.get(text="Not keen on")
    handler = SignedIn().sign_in(network.north_handler)
    assert b"Not keen on" in handler.get(page_of(network)).content
    assert "Ddim yn hoff o" in handler.get("/cy" + page_of(network)).content.decode()
    change = f"/coordinator/questions/{question.uuid}/"
    assert browser.get(change).status_code == 200
    assert browser.post(change, asked).status_code == 302
    assert b"Not keen on" not in handler.get(page_of(network)).content
    assert browser.get("/coordinator/questions/").status_code == 200


def test_pages_ask_little_whatever_the_number_of_rows(network: Cast, now: datetime) -> None:
    with system_scope():
        profile = written(network, now)
        for _number in range(3):
            photographed(profile, by=network.north_handler, now=now, size=(40, 30))
        approved(network, now)
        for number in range(8):
            make_dog(network.north, f"Dog{number}")
    lead, coordinator = SignedIn().sign_in(network.north_lead), SignedIn().sign_in(network.coordinator)
    for rest in ("", "preview/", "photos/"):
        assert questions(lead, page_of(network, rest)) <= 8, rest
    assert questions(lead, "/member/profiles/") <= 8
    assert questions(SignedIn().sign_in(network.north_handler), page_of(network, "consent/")) <= 8
    assert questions(coordinator, "/coordinator/profiles/") <= 8
    assert questions(coordinator, f"/coordinator/profiles/{profile.uuid}/") <= 8
    assert questions(coordinator, "/coordinator/questions/") <= 8
    with scope():
        assert not Profile.objects.exists()


@pytest.fixture
def photo(network: Cast, now: datetime) -> Photo:
    """Bramble's, in a draft that nobody has published."""
    with system_scope():
        return photographed(written(network, now), by=network.north_handler, now=now)


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("north_handler", 200), ("north_lead", 200), ("coordinator", 200), ("south_handler", 404), ("south_lead", 404),
        ("host_lead", 404), ("assessor", 404),
    ],
)  # fmt: skip
def test_an_unpublished_photo_is_for_the_dogs_people_and_the_network(
    network: Cast, photo: Photo, who: str, code: int
) -> None:
    browser, address = SignedIn().sign_in(getattr(network, who)), f"/member/photos/{photo.uuid}/400.jpg"
    answer = browser.get(address)
    assert answer.status_code == code
    if code == 200:
        assert read(answer)[:2] == b"\xff\xd8"
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert browser.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert Client().get(address).status_code == 302
    assert Client().get(f"/photos/{photo.uuid}/400.jpg").status_code == 404


def test_another_handler_of_the_same_force_does_not_see_it(network: Cast, photo: Photo) -> None:
    with system_scope():
        other = make_user("other@northshire.example", "Otti Otterson", ("handler", network.north))
    assert SignedIn().sign_in(other).get(f"/member/photos/{photo.uuid}/400.jpg").status_code == 404


@pytest.mark.parametrize(
    ("who", "pages"),
    [
        ("north_handler", ["/member/", "/member/dogs/", "/member/documents/", "/member/promotion/"]),
        ("north_lead", ["/member/", "/member/dogs/", "/member/documents/", "/member/promotion/"]),
        ("coordinator", ["/coordinator/teams/"]),
    ],
)
def test_working_pages_show_the_photo_and_ask_no_more_for_it(
    network: Cast, now: datetime, who: str, pages: list[str]
) -> None:
    browser = SignedIn().sign_in(getattr(network, who))
    browser.get(pages[0])
    drawn = [questions(browser, page) for page in pages]
    with system_scope():
        photo = photographed(written(network, now), by=network.north_handler, now=now)
        face = f"/member/photos/{photo.uuid}/400.jpg"
    for page, before in zip(pages, drawn, strict=True):
        shown = browser.get(page).content.decode()
        assert f'<img src="{face}" srcset="{face} 400w" sizes="72px" width="400" height="267" alt=""' in shown, page
        assert 'loading="lazy"' in shown
        assert questions(browser, page) == before, page


def test_a_dogs_own_page_shows_its_photo_with_its_words(network: Cast, photo: Photo) -> None:
    page = SignedIn().sign_in(network.north_lead).get(f"/member/dogs/{network.north_team.dog.uuid}/").content.decode()
    assert f"/member/photos/{photo.uuid}/400.avif" in page
    assert 'alt="Asleep on the jackets"' in page
    assert "Drawing of Bramble" not in page


def test_an_assessor_sees_the_drawing(network: Cast, photo: Photo) -> None:
    with system_scope():
        criteria = Criteria.objects.create(version=1, published_on=date(2025, 1, 1), text="Calm.")
        Assessment.objects.create(
            force=network.north, team=network.north_team, handler_user=network.north_handler,
            assessor_user=network.assessor, criteria=criteria, status="booked", requested_on=date(2026, 1, 1),
            booked_for=date(2026, 2, 1),
        )  # fmt: skip
    page = SignedIn().sign_in(network.assessor).get("/member/assessments/").content.decode()
    assert "Bramble" in page
    assert str(photo.uuid) not in page
    assert "/portraits/" in page
