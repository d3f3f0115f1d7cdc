"""What is owed to whom, in which language, and how it goes: at once, in the daily mail, or in the inbox alone."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import get_language

from accounts.models import Force
from accounts.queries import leads_of, people
from core.tenancy import scope, system_scope
from notifications.letters import Recipient
from notifications.models import Channel, Message, Preference
from notifications.outbox import queue_mail, queue_text
from notifications.queries import not_yet_sent, waiting
from notifications.rules import delivery_of
from notifications.states import ALLOWED, MAIL_ONLY, MESSAGES, TOPICS, Delivery, Topic
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
READER = Recipient(email="reader@ok9.example", name="Rae Reader", user_id=7, telephone="07700 900999")
OF_WALES = Recipient(
    email="reader@gwent.example", name="Rhys Reader", user_id=8, telephone="07700 900998", is_of_wales=True
)


def owed(to: Recipient, now: datetime, *, message: str = "dogs/document_verified", urgent: bool = False) -> Message:
    """A mail whose link and date are made in the language that is being written."""

    def context() -> dict[str, str]:
        return {
            "document": f"Vet check ({get_language()}, {date_format(now, 'F')})",
            "link": settings.OK9_ADDRESS + reverse("member_document_list"),
        }

    queue_mail(to, message, key="test", context=context, now=now, urgent=urgent)
    with system_scope():
        return Message.unscoped.get(to=to.email, channel=Channel.EMAIL)


def choose(topic: Topic, delivery: Delivery, *, user_id: int = 7) -> None:
    with system_scope():
        Preference.unscoped.create(user_id=user_id, topic=topic, delivery=delivery)


@pytest.fixture
def in_welsh() -> Iterator[None]:
    with translation.override("cy"):
        yield


def test_a_mail_is_in_its_readers_language_whoever_writes_it(now: datetime, in_welsh: None) -> None:
    mail = owed(READER, now)
    assert "(en-gb" in mail.subject
    assert f"{settings.OK9_ADDRESS}/member/documents/" in mail.text
    assert '<html lang="en-gb">' in mail.html
    assert "/cy/" not in mail.text + mail.html


def test_a_reader_of_welsh_has_welsh_links(now: datetime) -> None:
    mail = owed(Recipient(email="w@ok9.example", user_id=9, language="cy"), now)
    assert f"{settings.OK9_ADDRESS}/cy/member/documents/" in mail.text
    assert [part["language"] for part in mail.parts] == ["cy"]


def test_a_welsh_force_reads_welsh_first_and_english_after(now: datetime) -> None:
    mail = owed(OF_WALES, now)
    welsh, english = mail.subject.split(" / ")
    assert "(cy, " in welsh
    assert "(en-gb, " in english
    for written in (mail.text, mail.html):
        first, second = written.index("/cy/member/documents/"), written.index(f"{settings.OK9_ADDRESS}/member/")
        assert first < second
    assert mail.html.startswith('<!doctype html>\n<html lang="cy">')
    assert mail.html.index('<div lang="cy">') < mail.html.index('<div lang="en-gb">')
    assert mail.html.count("</html>") == mail.text.count("\n-- \n") == 1
    assert mail.text.count("Rhys Reader") == 2
    assert [(part["language"], "Rhys" in part["body"]) for part in mail.parts] == [("cy", False), ("en-gb", False)]


def test_both_halves_are_safe(now: datetime) -> None:
    mail = owed(Recipient(email="x@ok9.example", name="<script>x</script>", user_id=9, is_of_wales=True), now)
    assert "<script>" not in mail.html
    assert mail.html.count("&lt;script&gt;") == 2


def test_a_text_message_is_in_each_language_and_never_said_twice(now: datetime) -> None:
    queue_text(OF_WALES, lambda: f"OK9: {get_language()}", kind="demo", key="different", now=now)
    queue_text(OF_WALES, lambda: "OK9: the same", kind="demo", key="same", now=now)
    with system_scope():
        texts = list(Message.unscoped.order_by("pk").values_list("text", flat=True))
    assert texts == ["OK9: cy\nOK9: en-gb", "OK9: the same"]


def test_people_of_a_welsh_force_are_known(cast: Cast) -> None:
    with system_scope():
        Force.objects.filter(pk=cast.north.pk).update(country="Wales")
        (lead,) = leads_of(cast.north.pk)
        (other,) = leads_of(cast.south.pk)
        found = {to.email: to.is_of_wales for to in people([cast.north_handler.pk, cast.assessor.pk])}
    assert lead.languages == ("cy", "en-gb")
    assert other.languages == ("en-gb",)
    assert found == {cast.north_handler.email: True, cast.assessor.email: False}


def test_a_message_goes_at_once_until_something_is_chosen(now: datetime) -> None:
    mail = owed(READER, now)
    assert (mail.delivery, mail.in_inbox, mail.read_at) == (Delivery.AT_ONCE, True, None)
    with system_scope():
        assert list(waiting(Channel.EMAIL, now)) == [mail]


@pytest.mark.parametrize("delivery", [Delivery.DAILY, Delivery.OFF])
def test_what_is_held_back_stands_in_the_inbox_and_is_not_sent(now: datetime, delivery: Delivery) -> None:
    choose(Topic.PAPERS, delivery)
    mail = owed(READER, now)
    assert (mail.delivery, mail.in_inbox, mail.sent_at) == (delivery, True, None)
    with system_scope():
        assert not waiting(Channel.EMAIL, now).exists()
        assert not not_yet_sent().exists()


def test_somebody_elses_choice_counts_for_them_alone(now: datetime) -> None:
    choose(Topic.PAPERS, Delivery.OFF, user_id=99)
    assert owed(READER, now).delivery == Delivery.AT_ONCE


def test_an_urgent_message_goes_at_once_whatever_was_chosen(now: datetime) -> None:
    choose(Topic.PAPERS, Delivery.OFF)
    assert owed(READER, now, urgent=True).delivery == Delivery.AT_ONCE


def test_the_choice_is_made_in_the_readers_own_scope_too(cast: Cast, now: datetime) -> None:
    choose(Topic.PAPERS, Delivery.OFF)
    with scope(user=cast.north_lead.pk, forces=(cast.north.pk,)):
        assert owed(READER, now).delivery == Delivery.OFF


def test_links_that_sign_somebody_in_stand_in_the_mail_alone(now: datetime) -> None:
    queue_mail(READER, "accounts/password_reset", key="reset", context={"link": "https://x.example/k"}, now=now)
    with system_scope():
        assert not Message.unscoped.get().in_inbox


def test_somebody_who_does_not_sign_in_has_no_inbox(now: datetime) -> None:
    assert not owed(Recipient(email="visitor@ok9.example"), now).in_inbox


def test_no_message_is_of_two_topics() -> None:
    assert [name for name, times in Counter(chain(*MESSAGES.values())).items() if times > 1] == []


@pytest.mark.parametrize("wanted", [Delivery.DAILY, Delivery.OFF, "nonsense"])
def test_safety_is_never_held_back(wanted: str) -> None:
    chosen = dict.fromkeys(Topic.values, wanted)
    for message in (name for name, topic in TOPICS.items() if topic == Topic.SAFETY):
        assert delivery_of(message, chosen, urgent=False) == Delivery.AT_ONCE
    assert delivery_of("nobody/knows", chosen, urgent=False) == Delivery.AT_ONCE


def test_a_reminder_may_wait_until_the_morning_and_not_be_turned_off() -> None:
    chosen = {Topic.REMINDERS: Delivery.DAILY}
    assert delivery_of("portal/expiry_digest", chosen, urgent=False) == Delivery.DAILY
    assert delivery_of("portal/expiry_digest", {Topic.REMINDERS: Delivery.OFF}, urgent=False) == Delivery.AT_ONCE


def test_every_message_has_a_topic_and_every_topic_a_rule() -> None:
    """A new mail is named in `notifications.states` by somebody who has thought about whether it may wait."""
    folder = Path(settings.BASE_DIR) / "templates/emails"
    written = {
        f"{path.parent.name}/{path.name.removesuffix('.subject.txt')}" for path in folder.glob("*/*.subject.txt")
    }
    assert written == set(TOPICS)
    assert set(MAIL_ONLY) <= written
    assert set(ALLOWED) == set(Topic)
