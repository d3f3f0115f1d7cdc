"""The daily mail: one a day for each person, of what waited and is still unread; nothing lost, nothing twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.models import Force, User
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from notifications.models import Message
from notifications.outbox import Recipient, queue_mail
from notifications.queries import preferences_of
from portal.actions import keep_preferences, read_message, read_messages, send_daily_digests
from portal.tasks import send_digests
from tests.conftest import Cast
from tests.factories.deployments import trail

MORNING = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)
DAY = timedelta(days=1)


def wants(user: User, **chosen: str) -> None:
    with scope(user=user.pk):
        keep_preferences(chosen=chosen, by=user, now=MORNING - DAY)


def tell(user: User, what: str, *, at: datetime = MORNING - timedelta(hours=8)) -> Message:
    to = Recipient(email=user.email, name="Somebody", user_id=user.pk)
    queue_mail(to, "dogs/document_verified", key=what, context={"document": what, "link": "https://x.example/"}, now=at)
    with system_scope():
        return Message.objects.get(key=f"{what}:{user.pk}")


def digests() -> list[Message]:
    with system_scope():
        return list(Message.objects.filter(kind="portal/daily_digest").order_by("pk"))


def test_what_waited_is_one_mail_that_links_to_the_inbox(cast: Cast) -> None:
    wants(cast.north_lead, papers="daily")
    told = [tell(cast.north_lead, what) for what in ("Vet check", "Insurance")]
    tell(cast.south_lead, "Vaccination")
    assert send_daily_digests(MORNING.date(), now=MORNING) == 1
    (mail,) = digests()
    assert (mail.to, mail.subject) == (cast.north_lead.email, "2 messages, Tuesday 24 November")
    for message in told:
        assert message.subject in mail.text
        assert f"/member/inbox/{message.uuid}/" in mail.text
        assert f"/member/inbox/{message.uuid}/" in mail.html
    assert "/member/inbox/\n" in mail.text
    assert (mail.in_inbox, mail.delivery) == (False, "at_once")


def test_done_again_it_lists_nothing_twice(cast: Cast) -> None:
    wants(cast.north_lead, papers="daily")
    tell(cast.north_lead, "Vet check")
    assert [send_daily_digests(MORNING.date(), now=MORNING) for _ in range(3)] == [1, 0, 0]
    tell(cast.north_lead, "Insurance")
    send_daily_digests(MORNING.date() + DAY, now=MORNING + DAY)
    assert [("Vet check" in mail.text, "Insurance" in mail.text) for mail in digests()] == [
        (True, False),
        (False, True),
    ]


def test_what_was_read_by_then_is_not_mailed(cast: Cast) -> None:
    wants(cast.north_lead, papers="daily")
    message = tell(cast.north_lead, "Vet check")
    with scope(user=cast.north_lead.pk):
        read_message(message=message, by=cast.north_lead, now=MORNING)
    assert send_daily_digests(MORNING.date(), now=MORNING) == 0
    assert digests() == []


def test_turned_off_is_never_mailed_and_still_in_the_inbox(cast: Cast) -> None:
    wants(cast.north_lead, papers="off")
    message = tell(cast.north_lead, "Vet check")
    assert send_daily_digests(MORNING.date(), now=MORNING) == 0
    assert message.in_inbox


def test_changing_ones_mind_leaves_what_waits_in_the_next_mail(cast: Cast) -> None:
    wants(cast.north_lead, papers="daily")
    tell(cast.north_lead, "Vet check")
    wants(cast.north_lead, papers="off")
    assert send_daily_digests(MORNING.date(), now=MORNING) == 1


def test_the_mail_of_a_welsh_force_is_in_both_languages(cast: Cast) -> None:
    Force.objects.filter(pk=cast.north.pk).update(country="Wales")
    wants(cast.north_lead, papers="daily")
    message = tell(cast.north_lead, "Vet check")
    send_daily_digests(MORNING.date(), now=MORNING)
    (mail,) = digests()
    assert mail.text.index(f"/cy/member/inbox/{message.uuid}/") < mail.text.index(f"8000/member/inbox/{message.uuid}/")


@pytest.mark.parametrize("change", [date(2026, 10, 25), date(2027, 3, 28)])
def test_polled_over_a_clock_change_there_is_one_mail_a_day_from_seven_on(cast: Cast, change: date) -> None:
    wants(cast.north_lead, papers="daily")
    start = datetime(change.year, change.month, change.day, tzinfo=UTC) - DAY + timedelta(hours=12)
    for hour in range(48):
        at = start + timedelta(hours=hour)
        tell(cast.north_lead, f"Paper {hour}", at=at)
        with time_machine.travel(at, tick=False):
            send_digests()
    # On the first poll ever the day's seven o'clock is over; then come the two mornings.
    assert len(digests()) == 3
    with system_scope():
        held = Message.objects.filter(kind="dogs/document_verified", digested_at=None).count()
    listed = sum(mail.text.count("* ") for mail in digests())
    assert held + listed == 48


def test_days_that_were_missed_become_one_mail(cast: Cast) -> None:
    wants(cast.north_lead, papers="daily")
    with time_machine.travel(MORNING, tick=False):
        send_digests()
    tell(cast.north_lead, "Vet check", at=MORNING + DAY)
    with time_machine.travel(MORNING + 4 * DAY, tick=False):
        send_digests()
    assert [mail.subject for mail in digests()] == ["1 message, Saturday 28 November"]


def test_two_at_once_mail_each_person_once(transactional_db: None, cast: Cast) -> None:
    wants(cast.north_lead, papers="daily")
    tell(cast.north_lead, "Vet check")

    def work(_: int) -> int:
        try:
            return send_daily_digests(MORNING.date(), now=MORNING)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(work, range(3))) == [0, 0, 1]


def test_preferences_are_kept_and_recorded(cast: Cast) -> None:
    wants(cast.north_lead, papers="daily", work="off")
    wants(cast.north_lead, papers="off", work="off")
    with scope(user=cast.north_lead.pk):
        assert preferences_of(cast.north_lead.pk) == {"papers": "off", "work": "off"}
    with scope(user=cast.south_lead.pk, forces=(cast.north.pk,)):
        assert preferences_of(cast.north_lead.pk) == {}
    assert [verb for verb, *_ in trail(cast.north_lead)] == ["keep_preferences", "keep_preferences"]


@pytest.mark.parametrize("wrong", [{"safety": "off"}, {"reminders": "off"}, {"work": "never"}, {"nonsense": "off"}])
def test_what_the_rule_does_not_allow_is_refused(cast: Cast, wrong: dict[str, str]) -> None:
    with scope(user=cast.north_lead.pk), pytest.raises(Refused) as refused:
        keep_preferences(chosen=wrong, by=cast.north_lead, now=MORNING)
    assert refused.value.field == next(iter(wrong))


def test_nobody_reads_for_somebody_else(cast: Cast) -> None:
    message = tell(cast.north_lead, "Vet check")
    with scope(user=cast.coordinator.pk, national=True):
        with pytest.raises(PermissionDenied):
            read_message(message=message, by=cast.coordinator, now=MORNING)
        with pytest.raises(PermissionDenied):
            read_messages(upto=message, by=cast.coordinator, now=MORNING)
