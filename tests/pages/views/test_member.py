"""News as members read it: theirs too, with what is new since they last looked."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from core.tenancy import system_scope
from tests.conftest import Cast
from tests.counting import questions
from tests.factories.pages import make_news, words


def test_a_member_reads_the_publics_news_and_the_members(cast: Cast, now: datetime, as_user: type) -> None:
    with system_scope():
        make_news(cast.coordinator, now, words("For everybody"))
        make_news(cast.coordinator, now, words("For members", "<b>Read</b>"), audience="members")
        make_news(cast.coordinator, now, words("For later"), published=False)
    for user in (cast.north_handler, cast.south_lead, cast.assessor, cast.coordinator):
        page = as_user().sign_in(user).get("/member/news/").content.decode()
        assert "For everybody" in page
        assert "For members" in page
        assert "&lt;b&gt;Read&lt;/b&gt;" in page
        assert "For later" not in page


def test_new_is_what_came_since_the_member_last_looked(cast: Cast, now: datetime, as_user: type) -> None:
    handler, other = (as_user().sign_in(user) for user in (cast.north_handler, cast.south_handler))

    def marks(reader: Client, minutes: int) -> int:
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            return reader.get("/member/news/").content.decode().count("<span>New</span>")

    with system_scope():
        make_news(cast.coordinator, now, words("First"))
    assert marks(handler, 1) == 1
    assert marks(handler, 2) == 0
    with system_scope():
        make_news(cast.coordinator, now + timedelta(minutes=3), words("Second"))
    assert marks(handler, 4) == 1
    assert marks(handler, 5) == 0
    assert marks(other, 6) == 2


@pytest.mark.parametrize("number", [1, 10])
def test_the_page_asks_little_however_much_news(cast: Cast, now: datetime, as_user: type, number: int) -> None:
    with system_scope():
        for _piece in range(number):
            make_news(cast.coordinator, now)
    assert questions(as_user().sign_in(cast.north_handler), "/member/news/") <= 8


def test_a_member_finds_the_news_in_the_navigation(cast: Cast, as_user: type) -> None:
    page = as_user().sign_in(cast.north_handler).get("/member/").content.decode()
    assert 'href="/member/news/"' in page


def test_a_visitor_signs_in_first_and_nobody_posts(cast: Cast, client: Client, as_user: type) -> None:
    assert client.get("/member/news/").status_code == 302
    assert as_user().sign_in(cast.north_handler).post("/member/news/").status_code == 405
