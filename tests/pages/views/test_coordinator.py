"""The site's texts and enquiries in the coordinators' hands."""

from datetime import datetime

import pytest

from core.tenancy import system_scope
from pages.actions.texts import save_text
from pages.models import Enquiry, Text, Version
from tests.conftest import Cast, SignedIn
from tests.counting import questions
from tests.factories.pages import make_answer, make_enquiry, make_news, make_page, words


@pytest.fixture
def coordinator(cast: Cast) -> SignedIn:
    return SignedIn().sign_in(cast.coordinator)


@pytest.fixture
def page(cast: Cast, now: datetime) -> Text:
    with system_scope():
        return make_page("dogs", now, words("Dogs", "They listen.\n\nThey sleep."))


def typed(**changes: object) -> dict[str, object]:
    return {
        "title_en": "Dogs", "body_en": "They *listen*.", "title_cy": "", "body_cy": "", "note": "Clearer.", "version": 1
    } | changes  # fmt: skip


def standing(text: Text) -> Text:
    with system_scope():
        return Text.objects.get(pk=text.pk)


def edit(text: Text) -> str:
    return f"/coordinator/texts/{text.uuid}/edit/"


def test_a_save_is_read_on_the_site_at_once(coordinator: SignedIn, page: Text, client: SignedIn) -> None:
    answer = coordinator.post(edit(page), typed(), follow=True)
    assert "“Dogs” is saved." in answer.content.decode()
    assert standing(page).version == 2
    assert "They <em>listen</em>." in client.get("/about/dogs/").content.decode()


def test_a_preview_renders_and_saves_nothing(coordinator: SignedIn, page: Text) -> None:
    data = typed(body_en="<script>alert(1)</script> **now**", title_cy="Cŵn", body_cy="*Gwrando*", preview="1")
    shown = coordinator.post(edit(page), data).content.decode()
    assert "Preview, not saved yet" in shown
    assert "<strong>now</strong>" in shown
    assert '<div class="prose" lang="cy"><p><em>Gwrando</em></p>' in shown
    assert "<script>alert" not in shown
    assert "**now**" in shown
    assert standing(page).version == 1


def test_the_second_of_two_writers_gets_a_sentence_and_loses_nothing(
    coordinator: SignedIn, page: Text, cast: Cast, now: datetime
) -> None:
    with system_scope():
        save_text(
            text=page, words=words("Dogs", "They snore.\n\nThey sleep."), placing=page.placing, opened=1,
            note="Truer.", by=cast.coordinator, now=now,
        )  # fmt: skip
    answer = coordinator.post(edit(page), typed(body_en="My own words."))
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Ceri Coordinator saved version 2" in shown
    assert "My own words." in shown
    assert "snore.</ins>" in shown
    assert 'name="version" value="2"' in shown
    assert standing(page).body_en == "They snore.\n\nThey sleep."
    assert coordinator.post(edit(page), typed(body_en="My own words.", version=2)).status_code == 302
    assert standing(page).body_en == "My own words."


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title_en": ""}, "Fill in “Title in English”."),
        ({"title_en": "T" * 3000}, "at most 120 characters"),
        ({"title_en": "\u202e\u200b"}, "Fill in “Title in English”."),
        ({"body_en": "b" * 20_001}, "Write at most 20000 characters. This has 20001."),
        ({"title_cy": "Cŵn"}, "Write the Welsh text too, or leave its title empty."),
        ({"body_cy": "Gwrando"}, "Give the Welsh text its title too."),
        ({"note": ""}, "Answer “What did you change, and why?”"),
        ({"version": "x"}, "This page has grown old."),
        ({"body_en": "They listen.\n\nThey sleep."}, "Nothing is different"),
    ],
)
def test_bad_input_is_said_and_kept(
    coordinator: SignedIn, page: Text, changes: dict[str, object], sentence: str
) -> None:
    answer = coordinator.post(edit(page), typed(**changes))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert standing(page).version == 1


def test_versions_show_what_changed_and_bring_back(coordinator: SignedIn, page: Text) -> None:
    coordinator.post(edit(page), typed(title_en="Our dogs", body_en="They listen well.\n\nThey sleep."))
    with system_scope():
        first, second = Version.objects.filter(text=page).order_by("number")
    listed = coordinator.get(f"/coordinator/texts/{page.uuid}/").content.decode()
    for said in ("Clearer.", "Ceri Coordinator", "Came with the system", "Stands now"):
        assert said in listed
    assert "The first words" in coordinator.get(f"/coordinator/texts/versions/{first.uuid}/").content.decode()
    shown = coordinator.get(f"/coordinator/texts/versions/{second.uuid}/").content.decode()
    assert "What changed since version 1" in shown
    assert "well.</ins>" in shown
    assert "Dogs</del>" in shown
    answer = coordinator.post(f"/coordinator/texts/versions/{first.uuid}/restore/", follow=True)
    assert "Version 1 is back, as the newest." in answer.content.decode()
    assert (standing(page).version, standing(page).title_en) == (3, "Dogs")


def test_an_answer_is_written_published_and_taken_off(coordinator: SignedIn, client: SignedIn) -> None:
    data = typed(title_en="Do they bark?", group="dogs", place="5")
    answer = coordinator.post("/coordinator/answers/add/", data, follow=True)
    assert "not published yet" in answer.content.decode()
    with system_scope():
        text = Text.objects.get(kind="question")
    for act, is_public in (("publish", True), ("unpublish", False)):
        coordinator.post(f"/coordinator/texts/{text.uuid}/{act}/")
        assert ("Do they bark?" in client.get("/questions/").content.decode()) == is_public


def test_an_answer_moves_to_another_place_without_other_words(coordinator: SignedIn, cast: Cast, now: datetime) -> None:
    with system_scope():
        text = make_answer(cast.coordinator, now, words("Why?", "Because."))
    data = typed(title_en="Why?", body_en="Because.", group="support", place="3")
    assert coordinator.post(edit(text), data).status_code == 302
    assert (standing(text).group, standing(text).place) == ("support", 3)


def test_news_is_written_for_whom_it_says(coordinator: SignedIn) -> None:
    data = typed(title_en="Only for us", audience="members")
    assert (
        "Preview, not saved yet"
        in coordinator.post("/coordinator/news/add/", {**data, "preview": "1"}).content.decode()
    )
    with system_scope():
        assert not Text.objects.exists()
    coordinator.post("/coordinator/news/add/", data)
    with system_scope():
        assert Text.objects.get().audience == "members"


def test_the_welsh_is_confirmed_by_one_press(coordinator: SignedIn, page: Text) -> None:
    coordinator.post(edit(page), typed(title_cy="Cŵn", body_cy="Gwrando."))
    detail = f"/coordinator/texts/{page.uuid}/"
    assert "awaits a translator’s review" in coordinator.get(detail).content.decode()
    coordinator.post(f"{detail}confirm/")
    assert "awaits a translator’s review" not in coordinator.get(detail).content.decode()
    assert "was reviewed already" in coordinator.post(f"{detail}confirm/", follow=True).content.decode()


def test_an_enquiry_is_read_and_marked_as_answered(coordinator: SignedIn, now: datetime) -> None:
    enquiry = make_enquiry(now, wish="<b>Two</b> dogs", organisation_name="<i>Us</i>")
    address = f"/coordinator/enquiries/{enquiry.uuid}/"
    assert "<b>1</b><span>enquiries waiting" in coordinator.get("/coordinator/").content.decode()
    assert enquiry.reference in coordinator.get("/coordinator/enquiries/").content.decode()
    page = coordinator.get(address).content.decode()
    assert "&lt;b&gt;Two&lt;/b&gt; dogs" in page
    assert "&lt;i&gt;Us&lt;/i&gt;" in page
    assert coordinator.post(address, {"note": ""}).status_code == 422
    assert coordinator.post(address, {"note": "Rang."}).status_code == 302
    assert address not in coordinator.get("/coordinator/enquiries/").content.decode()
    assert "Rang." in coordinator.get(address).content.decode()
    assert enquiry.reference in coordinator.get("/coordinator/enquiries/?show=answered").content.decode()
    again = coordinator.post(address, {"note": "Rang again."})
    assert "was answered already" in again.content.decode()
    with system_scope():
        assert Enquiry.objects.get().answer_note == "Rang."


@pytest.mark.parametrize("place", ["texts", "questions", "news", "enquiries"])
def test_a_list_asks_little_however_long(coordinator: SignedIn, cast: Cast, now: datetime, place: str) -> None:
    with system_scope():
        for number in range(6):
            make_page(f"page-{number}", now)
            make_answer(cast.coordinator, now)
            make_news(cast.coordinator, now)
            make_enquiry(now, organisation=cast.north)
    assert questions(coordinator, f"/coordinator/{place}/") <= 8


def test_a_texts_own_pages_ask_little(coordinator: SignedIn, page: Text) -> None:
    coordinator.post(edit(page), typed())
    with system_scope():
        version = Version.objects.get(number=2)
    for address in (f"/coordinator/texts/{page.uuid}/", edit(page), f"/coordinator/texts/versions/{version.uuid}/"):
        assert questions(coordinator, address) <= 8


@pytest.mark.parametrize("place", ["texts", "questions", "news", "enquiries", "questions/add", "news/add"])
def test_a_lead_keeps_out(cast: Cast, place: str, client: SignedIn) -> None:
    assert SignedIn().sign_in(cast.north_lead).get(f"/coordinator/{place}/").status_code == 403
    assert client.get(f"/coordinator/{place}/").status_code == 302


@pytest.mark.parametrize("place", ["texts", "answers", "news", "answers/add", "news/add"])
def test_the_navigation_says_that_all_this_is_the_public_site(coordinator: SignedIn, place: str) -> None:
    page = coordinator.get(f"/coordinator/{place}/").content.decode()
    assert '<a href="/coordinator/texts/" aria-current="page">Public site</a>' in page
    assert page.count('aria-current="page">Today</a>') == 0
