"""The night's reminders: who is told of what, once, in one mail."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from assessments.models import Assessment, Criteria
from core.models import Run
from core.tenancy import system_scope
from dogs.models import Document, Dog, Team
from network.models import Agreement, Certificate, Handler, Membership
from notifications.models import Message
from portal.actions import WATERMARK, send_expiry_reminders
from portal.models import Reminder
from portal.queries import expiring
from portal.rules import THRESHOLDS, crossed
from tests.conftest import UNTIL, Cast
from tests.factories.accounts import make_user
from tests.factories.dogs import make_document, make_team
from tests.factories.network import make_handler

NIGHT = date(2026, 11, 24)


def at(night: date, hour: int = 3) -> datetime:
    return datetime.combine(night, time(hour), tzinfo=UTC)


def remind(night: date = NIGHT, *, seen: date | None = None) -> int:
    """Work `night`, on the day `seen` (that same day, if not given)."""
    return send_expiry_reminders(night, now=at(seen or night))


def mails() -> dict[str, Message]:
    """The last mail of each person."""
    with system_scope():
        return {mail.to: mail for mail in Message.objects.filter(kind="portal/expiry_digest").order_by("pk")}


def how_many_mails() -> int:
    with system_scope():
        return Message.objects.filter(kind="portal/expiry_digest").count()


def told(user: User) -> list[tuple[str, int]]:
    with system_scope():
        rows = Reminder.unscoped.filter(user_id=user.pk).order_by("pk")
        return list(rows.values_list("kind", "threshold"))


def end(rows: Any, until: date) -> None:
    """Make dated evidence end on that day."""
    rows.update(expires_on=until, issued_on=until - timedelta(days=365))


def vet_check_ends(cast: Cast, days: int, *, after: date = NIGHT) -> Document:
    """Bramble's verified vet check, made to end `days` after the night."""
    with system_scope():
        document = Document.objects.get(dog=cast.north_team.dog, kind="vet_check", status="verified")
        document.expires_on = after + timedelta(days=days)
        document.issued_on = document.expires_on - timedelta(days=365)
        document.save()
    return document


@pytest.mark.parametrize(
    ("days", "who"),
    [
        (90, {"north_handler"}),
        (60, {"north_handler"}),
        (31, set()),
        (30, {"north_handler", "north_lead"}),
        (14, {"north_handler", "north_lead"}),
        (7, {"north_handler", "north_lead", "coordinator"}),
        (1, {"north_handler", "north_lead", "coordinator"}),
        (0, {"north_handler", "north_lead", "coordinator"}),
        (-1, set()),
        (-7, {"north_handler", "north_lead", "coordinator"}),
        (-364, {"north_handler", "north_lead", "coordinator"}),
        (-371, set()),
    ],
)
def test_the_handler_first_then_the_lead_then_the_coordinators(cast: Cast, days: int, who: set[str]) -> None:
    vet_check_ends(cast, days)
    assert remind() == len(who)
    assert set(mails()) == {getattr(cast, name).email for name in who}


def test_the_mail_says_what_ends_when_and_where_to_renew_it(cast: Cast) -> None:
    vet_check_ends(cast, 14)
    remind()
    mail = mails()[cast.north_handler.email]
    address = f"/member/documents/add/?kind=vet_check&dog={cast.north_team.dog.uuid}"
    assert mail.subject == "Bramble, Vet check: Ends in 14 days"
    assert "* Vet check: Ends in 14 days." in mail.text
    assert address in mail.text
    assert address.replace("&", "&amp;") in mail.html
    assert mail.text.count("Hello") == mail.html.count("Hello") == 1
    assert "http://localhost:8000/member/documents/\n" in mail.text


def test_coordinators_are_sent_to_their_list(cast: Cast) -> None:
    vet_check_ends(cast, 7)
    remind()
    text = mails()[cast.coordinator.email].text
    assert "Northshire Police\n* Vet check, Bramble: Ends in 7 days." in text
    assert "/coordinator/expiring/" in text
    assert "/member/" not in text


def every_kind_ends(cast: Cast, days: int) -> None:
    until = NIGHT + timedelta(days=days)
    with system_scope():
        Certificate.objects.filter(handler=cast.north_team.handler).update(
            expires_on=until, issued_on=until - timedelta(9)
        )
        Agreement.objects.filter(force=cast.north).update(expires_on=until)
        end(Document.objects.filter(force=cast.north, dog=None), until)
        Team.objects.filter(pk=cast.north_team.pk).update(assessed_until=until)
    vet_check_ends(cast, days)


def test_one_mail_lists_every_kind(cast: Cast) -> None:
    every_kind_ends(cast, 30)
    assert remind() == 2
    lead, handler = mails()[cast.north_lead.email], mails()[cast.north_handler.email]
    assert (lead.subject, handler.subject) == ("5 things to renew", "3 things to renew")
    for words in ("Public liability insurance", "Service Level Agreement", "Suitability assessment", "Vet check"):
        assert words in lead.text
    assert f"/member/certificates/add/?kind=mhfa&handler={cast.north_team.handler.uuid}" in handler.text
    assert f"/member/documents/add/?kind=public_liability&force={cast.north.uuid}" in lead.text
    assert "Agreement" not in handler.text


def test_the_forces_own_papers_go_to_the_leads_from_the_first(cast: Cast) -> None:
    every_kind_ends(cast, 90)
    remind()
    assert sorted(told(cast.north_lead)) == [("agreement", 90), ("document", 90)]
    assert sorted(told(cast.north_handler)) == [("assessment", 90), ("certificate", 90), ("document", 90)]


def test_deputies_and_second_handlers_are_told_too(cast: Cast) -> None:
    with system_scope():
        deputy = make_user("deputy@northshire.example", "Dee Puty", ("deputy", cast.north))
        second = make_user("second@northshire.example", "Sam Second", ("handler", cast.north))
        handler = make_handler(cast.north, second, by=cast.coordinator, until=UNTIL)
        team = make_team(cast.north, handler, by=cast.coordinator, until=UNTIL, name="Biscuit")
        Team.objects.filter(pk=team.pk).update(dog=cast.north_team.dog)
    vet_check_ends(cast, 30)
    remind()
    people = (cast.north_handler, cast.north_lead, deputy, second)
    assert set(mails()) == {user.email for user in people}


def test_somebody_with_two_roles_gets_one_mail(cast: Cast) -> None:
    with system_scope():
        both = make_user("both@northshire.example", "Bo Both", ("deputy", cast.north), ("handler", cast.north))
        handler = make_handler(cast.north, both, by=cast.coordinator, until=UNTIL)
        team = make_team(cast.north, handler, by=cast.coordinator, until=UNTIL, name="Biscuit")
        end(Document.objects.filter(dog=team.dog, kind="insurance"), NIGHT + timedelta(days=7))
    remind()
    assert told(both) == [("document", 7)]
    assert how_many_mails() == len(mails()) == 3


def retire(cast: Cast) -> None:
    Dog.objects.filter(pk=cast.north_team.dog_id).update(status="retired")


def part(cast: Cast) -> None:
    Handler.objects.filter(pk=cast.north_team.handler_id).update(status="left")
    Team.objects.filter(pk=cast.north_team.pk).update(is_active=False)
    Dog.objects.filter(pk=cast.north_team.dog_id).update(status="retired")


def leave(cast: Cast) -> None:
    Membership.objects.filter(force=cast.north).update(status="left")


@pytest.mark.parametrize(("change", "kinds"), [(retire, {"certificate"}), (part, set()), (leave, set())])
def test_who_has_gone_is_not_reminded(cast: Cast, change: Any, kinds: set[str]) -> None:
    every_kind_ends(cast, 14)
    with system_scope():
        change(cast)
    remind()
    assert {kind for kind, _ in told(cast.north_handler)} == kinds


def ending_on(day: date) -> set[str]:
    """The kinds of things on the coordinators' list of what ends by then."""
    return set(expiring(day).order_by().values_list("what", flat=True))


def test_a_certificate_beside_one_that_holds_longer_is_no_matter(cast: Cast) -> None:
    """One of the two kinds is enough, so the other may end."""
    every_kind_ends(cast, 14)
    with system_scope():
        held = Certificate.objects.get(handler=cast.north_team.handler)
        until = held.expires_on + timedelta(days=100)
        Certificate.objects.create(
            force=cast.north, handler=held.handler, handler_user=cast.north_handler, kind="peer_supporter",
            status="verified", issued_on=NIGHT - timedelta(days=9), expires_on=until, submitted_at=at(NIGHT),
            submitted_by=cast.north_handler,
        )  # fmt: skip
        assert "certificate" not in ending_on(held.expires_on)
        assert "certificate" in ending_on(until)
    remind()
    assert {kind for kind, _ in told(cast.north_handler)} == {"assessment", "document"}


def test_a_replaced_or_waiting_document_is_not_what_lapses(cast: Cast) -> None:
    document = vet_check_ends(cast, 14)
    with system_scope():
        Document.objects.filter(pk=document.pk).update(status="replaced")
        until = NIGHT + timedelta(days=14)
        make_document(
            cast.north, "vet_check", by=cast.north_handler, until=until, dog=cast.north_team.dog, status="submitted"
        )
    assert remind() == 0


def test_a_replacement_that_waits_is_mentioned(cast: Cast) -> None:
    vet_check_ends(cast, 14)
    with system_scope():
        waiting = make_document(
            cast.north, "vet_check", by=cast.north_handler, until=UNTIL, dog=cast.north_team.dog, status="submitted"
        )
        Document.objects.filter(pk=waiting.pk).update(submitted_at=at(date(2026, 11, 3)))
    remind()
    assert "A new one was sent on 3 November. It waits for a coordinator" in mails()[cast.north_handler.email].text


def test_a_booked_assessment_is_mentioned(cast: Cast) -> None:
    with system_scope():
        Team.objects.filter(pk=cast.north_team.pk).update(assessed_until=NIGHT + timedelta(days=14))
        Assessment.objects.create(
            force=cast.north,
            team=cast.north_team,
            handler_user=cast.north_handler,
            criteria=Criteria.objects.create(version=1, published_on=date(2025, 1, 1), text="Five needs."),
            status="booked",
            requested_on=NIGHT,
            booked_for=date(2026, 12, 1),
        )
    remind()
    assert "The next assessment is on 1 December." in mails()[cast.north_handler.email].text


def test_nobody_is_told_of_another_force(cast: Cast) -> None:
    vet_check_ends(cast, 7)
    remind()
    assert not {cast.south_lead.email, cast.south_handler.email, cast.host_lead.email} & set(mails())


def test_somebody_who_may_not_sign_in_is_not_written_to(cast: Cast) -> None:
    User.objects.filter(pk=cast.north_handler.pk).update(is_active=False)
    vet_check_ends(cast, 14)
    remind()
    assert set(mails()) == {cast.north_lead.email}


def test_a_night_done_twice_tells_nobody_twice(cast: Cast) -> None:
    vet_check_ends(cast, 7)
    assert remind() == 3
    assert remind() == 0
    assert how_many_mails() == 3


def test_each_threshold_once_over_a_year_and_a_half(cast: Cast) -> None:
    document = vet_check_ends(cast, 95)
    for night in range(0, 540, 5):
        remind(NIGHT + timedelta(days=night))
    assert told(cast.north_handler) == [("document", threshold) for threshold in THRESHOLDS]
    assert told(cast.north_lead) == [("document", threshold) for threshold in THRESHOLDS if threshold <= 30]
    assert told(cast.coordinator) == [("document", threshold) for threshold in THRESHOLDS if threshold <= 7]
    assert document.expires_on == NIGHT + timedelta(days=95)


def test_three_missed_nights_are_caught_up_in_one_mail(cast: Cast) -> None:
    remind(NIGHT)
    vet_check_ends(cast, 30 + 2)
    with system_scope():
        end(Document.objects.filter(dog=cast.north_team.dog, kind="insurance"), NIGHT + timedelta(days=30 + 3))
    today = NIGHT + timedelta(days=4)
    for missed in range(1, 5):  # as the nightly run works them, oldest first, all on the same day
        remind(NIGHT + timedelta(days=missed), seen=today)
    assert told(cast.north_handler) == [("document", 30), ("document", 30)]
    text = mails()[cast.north_handler.email].text
    assert "Vet check: Ends in 28 days" in text
    assert "Dog's insurance: Ends in 29 days" in text
    assert how_many_mails() == 2


def test_two_thresholds_missed_are_one_line(cast: Cast) -> None:
    remind(NIGHT)
    vet_check_ends(cast, 8)
    remind(NIGHT + timedelta(days=8))
    assert told(cast.north_handler) == [("document", 7), ("document", 1), ("document", 0)]
    assert mails()[cast.north_handler.email].text.count("Vet check") == 1
    assert how_many_mails() == 3


@pytest.mark.parametrize("change", [date(2026, 10, 25), date(2027, 3, 28)])
def test_both_clock_changes_leave_no_night_out_and_do_none_twice(cast: Cast, change: date) -> None:
    vet_check_ends(cast, 90, after=change)
    for hour in range(-30, 60, 3):  # polled often, before, through and after the change
        moment = datetime.combine(change, time(0), tzinfo=UTC) + timedelta(hours=hour)
        send_expiry_reminders(moment.date(), now=moment)
    assert told(cast.north_handler) == [("document", 90)]
    assert how_many_mails() == 1


def test_a_night_to_come_can_be_done_by_hand(cast: Cast) -> None:
    vet_check_ends(cast, 30 + 30)
    remind(NIGHT)
    remind(NIGHT + timedelta(days=30), seen=NIGHT)
    assert "Ends in 30 days" in mails()[cast.north_handler.email].text
    remind(NIGHT + timedelta(days=30))
    assert told(cast.north_handler) == [("document", 60), ("document", 30)]


def test_a_night_that_fails_is_whole_or_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    vet_check_ends(cast, 7)

    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("no post today")

    with monkeypatch.context() as patched:
        patched.setattr("portal.actions.queue_mails", broken)
        with pytest.raises(RuntimeError):
            remind()
    assert told(cast.north_handler) == []
    assert not Run.objects.filter(job=WATERMARK).exists()
    assert remind() == 3


def test_two_at_once_tell_each_person_once(transactional_db: None, cast: Cast) -> None:
    vet_check_ends(cast, 7)

    def work(_: int) -> int:
        try:
            return remind()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(work, range(4))) == [0, 0, 0, 3]
    assert how_many_mails() == 3


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.integers(-380, 100), missed=st.integers(1, 400))
def test_the_scan_says_what_the_rule_says(cast: Cast, days: int, missed: int) -> None:
    with system_scope():
        Reminder.unscoped.all().delete()
        Run.objects.update_or_create(
            job=WATERMARK, date=NIGHT - timedelta(days=missed), defaults={"finished_at": at(NIGHT)}
        )
    document = vet_check_ends(cast, days)
    remind()
    expected = crossed(document.expires_on, after=NIGHT - timedelta(days=missed), upto=NIGHT)
    assert sorted(threshold for _, threshold in told(cast.north_handler)) == sorted(expected)
    with system_scope():
        Run.objects.all().delete()
