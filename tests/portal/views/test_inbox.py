"""The inbox and what is wanted how, in the browser."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import User
from core.tenancy import system_scope
from notifications.models import Message, Preference
from tests.conftest import Cast, SignedIn
from tests.counting import questions

pytestmark = pytest.mark.django_db
INBOX, PREFERENCES = "/member/inbox/", "/member/preferences/"


def told(user: User, subject: str, now: datetime, **fields: object) -> Message:
    parts = [{"language": "en-gb", "subject": subject, "body": f"{subject}.\n\nSee it: http://localhost:8000/member/"}]
    given = {"parts": parts, "in_inbox": True, "kind": "dogs/dog_moved", **fields}
    with system_scope():
        return Message.unscoped.create(
            key=str(uuid4()), user_id=user.pk, to=user.email, subject=subject, text="Hello", queued_at=now,
            next_try_at=now, **given,
        )  # fmt: skip


def again(message: Message) -> Message:
    with system_scope():
        return Message.unscoped.get(pk=message.pk)


@pytest.mark.parametrize("who", ["north_lead", "north_handler", "assessor", "coordinator"])
def test_everybody_finds_their_own_messages_and_the_header_counts(cast: Cast, now: datetime, who: str) -> None:
    mine, other = getattr(cast, who), cast.south_lead
    told(mine, "Bramble is resting", now)
    told(other, "Custard is resting", now)
    page = SignedIn().sign_in(mine).get(INBOX).content.decode()
    assert "Bramble is resting" in page
    assert "Custard" not in page
    assert "1 message is unread." in page
    assert '<span class="count">1<span' in page


def test_opening_a_message_reads_it_once(cast: Cast, now: datetime) -> None:
    message = told(cast.north_lead, "Bramble is resting", now)
    browser = SignedIn().sign_in(cast.north_lead)
    address = reverse("member_inbox_detail", args=[message.uuid])
    assert browser.head(address).status_code == 200
    assert again(message).read_at is None
    page = browser.get(address).content.decode()
    assert '<a class="btn" href="http://localhost:8000/member/">See it</a>' in page
    assert '<span class="count">' not in page
    first = again(message).read_at
    assert first is not None
    browser.get(address)
    assert again(message).read_at == first


def test_words_of_strangers_are_shown_as_text(cast: Cast, now: datetime) -> None:
    bad = "<script>alert(1)</script> javascript:alert(1)"
    message = told(cast.north_lead, bad, now)
    page = SignedIn().sign_in(cast.north_lead).get(reverse("member_inbox_detail", args=[message.uuid])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert 'href="javascript' not in page


def test_a_message_in_two_languages_begins_with_the_pages(cast: Cast, now: datetime) -> None:
    parts = [
        {"language": "cy", "subject": "Mae Bramble yn gorffwys", "body": "Bore da."},
        {"language": "en-gb", "subject": "Bramble is resting", "body": "Good morning."},
    ]
    message = told(cast.north_lead, "both", now, parts=parts)
    browser = SignedIn().sign_in(cast.north_lead)
    english = browser.get(reverse("member_inbox_detail", args=[message.uuid])).content.decode()
    assert english.index("Good morning.") < english.index("Bore da.")
    assert '<div lang="cy">' in english
    welsh = browser.get(f"/cy/member/inbox/{message.uuid}/").content.decode()
    assert welsh.index("Bore da.") < welsh.index("Good morning.")
    assert '<a href="/member/inbox/' not in welsh


def test_a_message_from_before_there_was_an_inbox_has_its_text(cast: Cast, now: datetime) -> None:
    message = told(cast.north_lead, "Old", now, parts=[])
    page = SignedIn().sign_in(cast.north_lead).get(reverse("member_inbox_detail", args=[message.uuid]))
    assert "<p>Hello</p>" in page.content.decode()


def test_another_persons_message_is_missing_also_for_coordinators(cast: Cast, now: datetime) -> None:
    address = reverse("member_inbox_detail", args=[told(cast.north_lead, "Bramble", now).uuid])
    for who in (cast.coordinator, cast.north_handler, cast.south_lead):
        assert SignedIn().sign_in(who).get(address).status_code == 404


def test_what_is_for_the_mail_alone_is_not_here(cast: Cast, now: datetime) -> None:
    message = told(cast.north_lead, "Set a new password", now, in_inbox=False)
    browser = SignedIn().sign_in(cast.north_lead)
    assert "Set a new password" not in browser.get(INBOX).content.decode()
    assert browser.get(reverse("member_inbox_detail", args=[message.uuid])).status_code == 404


def test_all_is_read_up_to_what_the_page_showed(cast: Cast, now: datetime) -> None:
    old, seen = told(cast.north_lead, "Old", now - timedelta(hours=2)), told(cast.north_lead, "Seen", now)
    since = told(cast.north_lead, "Since", now + timedelta(minutes=1))
    browser = SignedIn().sign_in(cast.north_lead)
    page = browser.post(f"{INBOX}read/", {"upto": seen.uuid}, follow=True).content.decode()
    assert "2 messages are marked as read." in page
    assert [again(message).read_at is None for message in (old, seen, since)] == [False, False, True]
    unread = browser.get(f"{INBOX}?show=unread").content.decode()
    assert "Since" in unread
    assert ">Old<" not in unread


@pytest.mark.parametrize("upto", ["", "nonsense", "4531d8ba-1ff2-4376-81e8-151b76d01d5a"])
def test_an_unknown_message_marks_nothing(cast: Cast, now: datetime, upto: str) -> None:
    message = told(cast.north_lead, "Old", now)
    told(cast.south_lead, "Theirs", now)
    answer = SignedIn().sign_in(cast.north_lead).post(f"{INBOX}read/", {"upto": upto}, follow=True)
    assert "There is nothing to mark as read." in answer.content.decode()
    assert again(message).read_at is None


def test_the_number_of_questions_does_not_grow(cast: Cast, now: datetime) -> None:
    for number in range(60):
        told(cast.north_lead, f"Message {number}", now)
    browser = SignedIn().sign_in(cast.north_lead)
    browser.get(INBOX)
    assert questions(browser, INBOX) <= 5
    assert "Page 1 of 2" in browser.get(INBOX).content.decode()
    assert questions(browser, PREFERENCES) <= 4


def test_a_hundred_unread_are_counted_no_further(cast: Cast, now: datetime) -> None:
    for number in range(101):
        told(cast.north_lead, f"Message {number}", now)
    assert '<span class="count">99+<span' in SignedIn().sign_in(cast.north_lead).get(INBOX).content.decode()


def test_preferences_say_what_can_not_be_chosen_and_keep_the_rest(cast: Cast) -> None:
    browser = SignedIn().sign_in(cast.north_lead)
    page = browser.get(PREFERENCES).content.decode()
    assert "Always at once" in page
    assert 'name="safety"' not in page
    assert page.count('value="off"') == page.count('value="daily"') - 1  # a reminder can't be turned off
    chosen = {"reminders": "daily", "work": "off", "papers": "at_once", "teams": "at_once", "network": "off"}
    answer = browser.post(PREFERENCES, chosen, follow=True).content.decode()
    assert "Your choices are kept." in answer
    with system_scope():
        assert dict(Preference.objects.values_list("topic", "delivery")) == chosen


@pytest.mark.parametrize("wrong", [{"reminders": "off"}, {"work": "never"}, {"papers": ""}])
def test_a_wrong_choice_is_said_beside_its_question(cast: Cast, wrong: dict[str, str]) -> None:
    chosen = {"reminders": "daily", "work": "off", "papers": "off", "teams": "off", "network": "off"}
    answer = SignedIn().sign_in(cast.north_lead).post(PREFERENCES, chosen | wrong)
    assert answer.status_code == 422
    assert "govuk-error-message" in answer.content.decode()
    with system_scope():
        assert not Preference.objects.exists()


def test_a_message_leads_to_the_next_unread_one_and_back(cast: Cast, now: datetime) -> None:
    older = told(cast.north_lead, "Bramble is resting", now - timedelta(hours=1))
    newer = told(cast.north_lead, "Bramble is back", now)
    told(cast.south_lead, "Custard is back", now)
    browser = SignedIn().sign_in(cast.north_lead)
    link = f'href="{reverse("member_inbox_detail", args=[older.uuid])}">Read the next one'
    page = browser.get(reverse("member_inbox_detail", args=[newer.uuid])).content.decode()
    assert link in page
    assert f'href="{INBOX}">Back to the inbox' in page
    last = browser.get(reverse("member_inbox_detail", args=[older.uuid])).content.decode()
    assert "Read the next one" not in last


def test_an_address_of_somebody_else_is_no_button(cast: Cast, now: datetime) -> None:
    body = "Hello.\n\nSee it: https://evil.example/member/\n\nSee: <b>http://localhost:8000/member/</b>"
    message = told(cast.north_lead, "Hello", now, parts=[{"language": "en-gb", "subject": "Hello", "body": body}])
    page = SignedIn().sign_in(cast.north_lead).get(reverse("member_inbox_detail", args=[message.uuid]))
    assert 'class="btn" href="http' not in page.content.decode()
    assert "&lt;b&gt;" in page.content.decode()
