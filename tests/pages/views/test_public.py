"""The site's texts as anybody reads them, in both languages; and the enquiry form."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client, override_settings

from core.tenancy import system_scope
from notifications.models import Message
from pages.models import Enquiry, Text
from tests.conftest import Cast
from tests.counting import questions
from tests.factories.pages import make_answer, make_news, make_pages, words

WELSH = {"title_cy": "Y cŵn", "body_cy": "Maen nhw'n *gwrando*."}
WISH = "One <b>dog</b> & a handler"


@pytest.fixture(autouse=True)
def _pages(cast: Cast, now: datetime) -> None:
    cache.clear()
    with system_scope():
        make_pages(now)


def reworded(slug: str, **changes: object) -> None:
    with system_scope():
        Text.objects.filter(kind="page", slug=slug).update(**changes)


def typed(cast: Cast, **changes: object) -> dict[str, object]:
    return {
        "key": str(uuid4()), "kind": "scheme", "organisation": cast.host.pk, "organisation_name": "",
        "name": "Sam Sample", "email": "sam@hostshire.example", "telephone": "", "wish": WISH,
    } | changes  # fmt: skip


def enquiries() -> list[Enquiry]:
    with system_scope():
        return list(Enquiry.objects.order_by("pk"))


def test_a_page_is_rendered_from_its_markdown_with_html_as_text(client: Client) -> None:
    reworded("dogs", body_en="## Calm\n\n<b>Bold</b> and **strong**.", title_en="Dogs <i>")
    page = client.get("/about/dogs/").content.decode()
    assert "<h1" in page
    assert "Dogs &lt;i&gt;</h1>" in page
    assert '<h2 id="part-1">Calm</h2>' in page
    assert "&lt;b&gt;Bold&lt;/b&gt; and <strong>strong</strong>" in page
    assert '<meta name="description" content="&lt;b&gt;Bold&lt;/b&gt; and strong."' in page


def test_welsh_says_that_it_awaits_a_review_until_it_was_reviewed(client: Client, cast: Cast, now: datetime) -> None:
    reworded("dogs", **WELSH)
    page = client.get("/cy/about/dogs/").content.decode()
    assert '<html lang="cy"' in page
    assert '<h1 lang="cy">Y cŵn</h1>' in page
    assert '<div class="prose" lang="cy"><p>Maen nhw\'n <em>gwrando</em>.</p>' in page
    assert 'class="awaits"' in page
    assert 'class="awaits"' not in client.get("/about/dogs/").content.decode()
    reworded("dogs", welsh_reviewed_at=now, welsh_reviewed_by=cast.coordinator)
    assert 'class="awaits"' not in client.get("/cy/about/dogs/").content.decode()


def test_without_welsh_the_english_stands_and_says_that_it_is_english(client: Client) -> None:
    page = client.get("/cy/about/dogs/").content.decode()
    assert '<html lang="cy"' in page
    assert '<h1 lang="en-gb">Dogs</h1>' in page
    assert '<div class="prose" lang="en-gb"><p>They <em>listen</em>.</p>' in page
    assert 'class="awaits"' in page


def test_answers_stand_in_their_parts_by_their_place(client: Client, cast: Cast, now: datetime) -> None:
    with system_scope():
        make_answer(cast.coordinator, now, words("Second?", **WELSH), place=20)
        make_answer(cast.coordinator, now, words("First?", "## Inner\n\nYes."), place=10)
        make_answer(cast.coordinator, now, words("Draft?"), published=False)
    page = client.get("/questions/").content.decode()
    assert page.index("First?") < page.index("Second?")
    assert 'id="first"' in page
    assert "<h4>Inner</h4>" in page
    assert "Draft?" not in page
    welsh = client.get("/cy/questions/").content.decode()
    assert '<h3 lang="cy">Y cŵn</h3>' in welsh
    assert '<h3 lang="en-gb">First?</h3>' in welsh


def test_news_is_read_by_those_it_is_for(client: Client, cast: Cast, now: datetime, as_user: type) -> None:
    with system_scope():
        make_news(cast.coordinator, now, words("For everybody"))
        members = make_news(cast.coordinator, now, words("For members"), audience="members")
        draft = make_news(cast.coordinator, now, words("For later"), published=False)
    for reader in (client, as_user().sign_in(cast.north_lead), as_user().sign_in(cast.coordinator)):
        page = reader.get("/news/").content.decode()
        assert "For everybody" in page
        assert "For members" not in page
        assert "For later" not in page
        assert reader.get("/news/for-everybody/").status_code == 200
        for text in (members, draft):
            assert reader.get(f"/news/{text.slug}/").status_code == 404


def test_the_latest_news_comes_first_and_the_rest_on_the_next_page(client: Client, cast: Cast, now: datetime) -> None:
    with system_scope():
        for number in range(12):
            make_news(cast.coordinator, now + timedelta(minutes=number), words(f"Number {number}."))
    first, second = (client.get(f"/news/?page={number}").content.decode() for number in (1, 2))
    assert first.index("Number 11.") < first.index("Number 10.")
    assert "Number 1." in second
    assert "Number 11." not in second


def test_without_any_news_or_answer_the_pages_say_so(client: Client) -> None:
    assert "No news yet" in client.get("/news/").content.decode()
    assert "No answers" in client.get("/questions/").content.decode()


@pytest.mark.parametrize(
    "address",
    ["/about/dogs/", "/about/network/", "/questions/", "/news/", "/news/number-1/", "/accessibility/", "/privacy/",
     "/cookies/"],
)  # fmt: skip
def test_a_page_that_may_be_kept_asks_little_and_is_the_same_for_all(
    client: Client, cast: Cast, now: datetime, address: str
) -> None:
    with system_scope():
        for number in range(12):
            make_news(cast.coordinator, now, words(f"Number {number}"))
            make_answer(cast.coordinator, now, words(f"Question {number}"))
    assert questions(client, address) <= 5
    response = client.get(address)
    page = response.content.decode()
    assert response.is_public_page  # type: ignore[attr-defined]
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in page
    assert "nonce=" not in page
    assert " style=" not in page


@pytest.mark.parametrize("address", ["/join/", "/contact/"])
def test_a_form_page_asks_little_too_and_is_not_kept(client: Client, address: str) -> None:
    assert questions(client, address) <= 5
    response = client.get(address)
    assert not hasattr(response, "is_public_page")
    assert "no-store" in response["Cache-Control"]


def test_contact_shows_the_number_and_the_way_to_support(client: Client) -> None:
    page = client.get("/contact/").content.decode()
    assert 'href="tel:07700900999"' in page
    assert "Day and night" in page
    assert page.count('href="/support/"') >= 2


@pytest.mark.parametrize(("address", "language"), [("/join/", "en-gb"), ("/cy/join/", "cy"), ("/contact/", "en-gb")])
def test_an_enquiry_gets_a_reference_and_a_receipt(client: Client, cast: Cast, address: str, language: str) -> None:
    answer = client.post(address, typed(cast), follow=True)
    (enquiry,) = enquiries()
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0].endswith("/contact/sent/")
    assert enquiry.reference in page
    assert "Sam Sample" not in page
    assert (enquiry.language, enquiry.wish, enquiry.organisation) == (language, WISH, cast.host)
    with system_scope():
        receipt = Message.objects.get(to="sam@hostshire.example")
    assert enquiry.reference in receipt.subject


def test_a_doubled_sending_is_one_enquiry(client: Client, cast: Cast) -> None:
    data = typed(cast)
    for _time in range(2):
        assert client.post("/join/", data).status_code == 302
    assert len(enquiries()) == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": "sam"}, "Enter an e-mail address, like"),
        ({"email": "sam@x.example\r\nBcc: all@x.example"}, "Enter an e-mail address, like"),
        ({"name": ""}, "Fill in “Your name”."),
        ({"name": "N" * 3000}, "at most 120 characters"),
        ({"name": "\u200b\u202e"}, "Fill in “Your name”."),
        ({"organisation": ""}, "Choose your force or service, or write its name below."),
        ({"organisation": "999999"}, "Choose one of those that are offered"),
        ({"organisation_name": "O" * 121}, "at most 120 characters"),
        ({"kind": "party"}, "Choose one of those that are offered"),
        ({"telephone": "ring me"}, "Enter a telephone number, like"),
        ({"wish": ""}, "Answer “What would you like"),
        ({"wish": "w" * 4001}, "Write at most 4000 characters. This has 4001."),
        ({"wish": "a\x00b"}, "There is a mark in this that no text can hold. Type it again by hand."),
        ({"key": "x"}, "This page has grown old"),
    ],
)
@pytest.mark.parametrize("address", ["/join/", "/contact/"])
def test_bad_input_is_said_beside_its_field_and_what_was_typed_is_kept(
    client: Client, cast: Cast, address: str, changes: dict[str, object], sentence: str
) -> None:
    answer = client.post(address, typed(cast, **changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "There is a problem" in page
    assert "sam@" in page or "email" in changes
    assert "<b>dog</b>" not in page
    assert enquiries() == []


def test_what_was_typed_is_cleaned_and_shown_as_text(client: Client, cast: Cast) -> None:
    client.post(
        "/join/", typed(cast, name="S\u202eam\u200b  Sample 🐕", organisation="", organisation_name="<b>Us</b>")
    )
    (enquiry,) = enquiries()
    assert (enquiry.name, enquiry.from_where()) == ("Sam Sample 🐕", "<b>Us</b>")


@pytest.mark.usefixtures("one_moment")
@override_settings(ENQUIRIES_AN_HOUR=2)
def test_a_flood_is_asked_to_ring_and_loses_nothing(client: Client, cast: Cast) -> None:
    for _number in range(2):
        assert client.post("/join/", typed(cast)).status_code == 302
    answer = client.post("/contact/", typed(cast))
    page = answer.content.decode()
    assert answer.status_code == 429
    assert "Ring us instead" in page
    assert "Sam Sample" in page
    assert 'action="/contact/"' in page
    assert len(enquiries()) == 2


def test_without_a_reference_the_sent_page_leads_back(client: Client) -> None:
    assert client.get("/contact/sent/").headers["Location"] == "/contact/"


@pytest.mark.parametrize("address", ["/about/dogs/", "/questions/", "/news/", "/privacy/", "/contact/sent/"])
def test_pages_are_only_read(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


def test_every_public_page_leads_to_the_others(client: Client) -> None:
    page = client.get("/news/").content.decode()
    for address in ("/about/dogs/", "/about/network/", "/join/", "/questions/", "/contact/", "/privacy/", "/cookies/"):
        assert f'href="{address}"' in page
