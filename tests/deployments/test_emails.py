"""Every message of mutual aid: subject, text and html, each a whole sentence, none with a stranger's words."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from core.tenancy import system_scope
from deployments import emails
from deployments.briefing import period
from deployments.models import Deployment, Offer, Request
from dogs.facts import Reason
from notifications.models import Message
from notifications.outbox import Recipient
from tests.conftest import Cast
from tests.factories.deployments import STORY, confirmed, forget, proposed, triaged

TO = Recipient(email="somebody@ok9.example", name="Some <b>Body</b>", user_id=7, telephone="07700 900999")
FOLDER = Path(settings.BASE_DIR) / "templates/emails/deployments"

OF_REQUEST = [
    "request_receipt", "request_new", "request_triaged", "request_declined", "request_stood_down",
    "request_cancelled", "request_closed", "request_filled", "request_completed",
]  # fmt: skip
OF_OFFER = [
    "offer_to_lead", "offer_to_handler", "offer_filled", "offer_withdrawn", "offer_lapsed", "offer_reminder",
    "answer_recorded",
]  # fmt: skip
OF_DEPLOYMENT = [
    "deployment_stood_down", "team_left", "team_not_coming", "follow_up_wanted",
    "debrief_written", "attendance_recorded", "place_taken", "place_lost",
]  # fmt: skip
WITH_TEXT = {
    "request_new", "request_stood_down", "request_cancelled", "offer_to_lead", "offer_to_handler", "offer_withdrawn",
    "offer_reminder", "offer_filled", "deployment_stood_down",
}  # fmt: skip
# Nothing is left to be done, or the reader may be a visitor who can't sign in.
WITHOUT_LINK = {
    "request_receipt", "request_declined", "request_stood_down", "request_cancelled", "request_closed",
    "offer_filled", "offer_withdrawn", "place_taken", "place_lost",
}  # fmt: skip


@pytest.fixture
def things(cast: Cast, now: datetime, tomorrow: datetime) -> dict[str, Any]:
    request = triaged(
        cast.host, starts_at=tomorrow, by=cast.coordinator, now=now, places=2, name="Evil Name", place="At evil.example"
    )
    (offer,) = proposed(request, cast.north_team, by=cast.coordinator, now=now)
    deployment = confirmed(offer, lead=cast.north_lead, handler=cast.north_handler, now=now)
    forget()
    with system_scope():
        offer = Offer.objects.select_related("request__force", "team__dog", "team__handler").get(pk=offer.pk)
        return {"request": Request.objects.get(), "offer": offer, "deployment": deployment}


def sent(message: Callable[..., None], *about: Any, now: datetime) -> dict[str, Message]:
    with system_scope():
        message(*about, now=now)
        return {row.channel: row for row in Message.objects.all()}


@pytest.mark.parametrize(
    ("thing", "name"),
    [
        *(("request", name) for name in OF_REQUEST),
        *(("offer", name) for name in OF_OFFER),
        *(("deployment", name) for name in OF_DEPLOYMENT),
    ],
)
def test_every_message_is_whole(things: dict[str, Any], now: datetime, thing: str, name: str) -> None:
    rows = sent(getattr(emails, name), things[thing], TO, now=now)
    assert ("text" in rows) == (name in WITH_TEXT)
    _check_mail(rows["email"], things["request"])
    if "text" in rows:
        assert rows["text"].text.startswith("OK9: ")
        assert (rows["text"].to, rows["text"].urgent) == (TO.telephone, True)


@pytest.mark.parametrize("name", ["offer_to_lead", "offer_to_handler", "offer_reminder"])
def test_an_offer_says_where_and_when_once_and_how_far(
    things: dict[str, Any], now: datetime, tomorrow: datetime, name: str
) -> None:
    mail = sent(getattr(emails, name), things["offer"], TO, now=now)["email"]
    assert f"Postcode: {things['request'].postcode}\n" in mail.text
    assert re.search(r"From your base, by road: About \d+ miles, \d+ (h|min)", mail.text)
    assert "The setting has: " in mail.text
    assert mail.text.count(period(things["request"].starts_at, things["request"].ends_at)) == 1
    assert "would come after the start" not in mail.text
    with system_scope():
        Message.objects.all().delete()
    late = sent(getattr(emails, name), things["offer"], TO, now=tomorrow - timedelta(minutes=5))["email"]
    assert "even setting off at once, Bramble would come after the start" in late.text


def test_a_team_that_is_no_longer_clear(things: dict[str, Any], now: datetime) -> None:
    def message(deployment: Deployment, to: Recipient, *, now: datetime) -> None:
        reasons = (Reason("dog", "Bramble is resting"), Reason("vet_check", "No vet check"))
        emails.no_longer_clear(deployment, to, lambda: reasons, now=now, can_match=False)

    mail = sent(message, things["deployment"], TO, now=now)["email"]
    _check_mail(mail, things["request"])
    assert "- Bramble is resting" in mail.text
    assert "- No vet check" in mail.text


def test_a_team_that_is_clear_again(things: dict[str, Any], now: datetime) -> None:
    def message(deployment: Deployment, to: Recipient, *, now: datetime) -> None:
        emails.clear_again(deployment, to, since=now, now=now, can_match=True)

    mail = sent(message, things["deployment"], TO, now=now)["email"]
    _check_mail(mail, things["request"])
    assert "as booked: nothing stands against it any more" in " ".join(mail.text.split())


def _check_mail(mail: Message, request: Request) -> None:
    assert mail.subject
    assert "\n" not in mail.subject
    assert mail.text.startswith("Hello Some <b>Body</b>,")
    assert "Some &lt;b&gt;Body&lt;/b&gt;" in mail.html
    assert request.reference in mail.subject + mail.text
    assert (settings.OK9_ADDRESS in mail.text) == (mail.kind.split("/")[1] not in WITHOUT_LINK)
    for written in (mail.subject, mail.text, mail.html):
        assert not any(part in written for part in ("{{", "{%", "None", "  ,")), written
        assert not any(typed in written for typed in (STORY, "Evil Name", "evil.example")), written


def test_the_same_thing_is_told_the_same_person_once(things: dict[str, Any], now: datetime) -> None:
    sent(emails.offer_to_lead, things["offer"], TO, now=now)
    rows = sent(emails.offer_to_lead, things["offer"], TO, now=now + timedelta(hours=1))
    with system_scope():
        assert Message.objects.count() == 2  # the mail and the text message
    assert rows["email"].queued_at == now


def test_every_message_has_its_two_templates() -> None:
    names = {path.name.split(".")[0] for path in FOLDER.iterdir()}
    for name in names:
        assert {path.name for path in FOLDER.glob(f"{name}.*")} == {f"{name}.subject.txt", f"{name}.txt"}
    assert {*OF_REQUEST, *OF_OFFER, *OF_DEPLOYMENT} <= names


def test_somebody_without_a_number_or_who_wants_no_texts_gets_the_mail_alone(
    things: dict[str, Any], now: datetime
) -> None:
    for to in (
        Recipient("a@ok9.example", "A", 8),
        Recipient("b@ok9.example", "B", 9, None, "07700 900998", texts=False),
    ):
        sent(emails.offer_to_lead, things["offer"], to, now=now)
    with system_scope():
        assert set(Message.objects.values_list("channel", flat=True)) == {"email"}
