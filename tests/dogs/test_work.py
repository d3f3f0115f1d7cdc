"""What a team logs: sessions once each, and incidents, of which a bite stops the dog at once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import Profile, User
from audit.models import Record
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from dogs import emails
from dogs.actions.clearance import look_at_workload
from dogs.actions.commitments import commit
from dogs.actions.work import TAKEN_BACK_WITHIN, log_session, report_incident, take_back_session
from dogs.inputs import IncidentReport, Session
from dogs.models import Dog, Incident, SessionLog, Team
from notifications.models import Message
from tests.conftest import UNTIL, Cast
from tests.factories.deployments import told, trail
from tests.factories.dogs import make_team

ACCOUNT = "It snapped at a colleague called Vic."
LEAD, HANDLER = "lead@northshire.example", "handler@northshire.example"
COORDINATOR, HOST_LEAD, NUMBER = "coordinator@ok9.example", "lead@hostshire.example", "07700 900123"


@pytest.fixture
def handler(cast: Cast) -> Iterator[User]:
    with scope(user=cast.north_handler.pk):
        yield cast.north_handler


def report(kind: str, now: datetime, **more: object) -> IncidentReport:
    return IncidentReport(kind=kind, happened_at=now - timedelta(hours=1), account=ACCOUNT, **more)  # type: ignore[arg-type]


def test_a_session_is_logged_as_counts(cast: Cast, handler: User, now: datetime) -> None:
    session = Session(on=now.date(), minutes=45, people=17, breaks=1, signposted=3)
    row = log_session(team=cast.north_team, session=session, key=uuid4(), commitment=None, by=handler, now=now)
    assert (row.minutes, row.people, row.breaks, row.signposted, row.dog_id) == (45, 17, 1, 3, cast.north_team.dog_id)
    assert trail(row) == [("logged a session", "", "", handler.pk)]


def test_the_same_tap_again_is_the_same_session(cast: Cast, handler: User, now: datetime) -> None:
    key, session = uuid4(), Session(on=now.date(), minutes=45, people=17)
    rows = [
        log_session(team=cast.north_team, session=session, key=key, commitment=None, by=handler, now=now)
        for _ in range(3)
    ]
    assert len({row.pk for row in rows}) == SessionLog.objects.count() == 1
    for change in ({"minutes": 50}, {"place": "Canteen"}, {"signposted": 2}):
        other = replace(session, **change)  # type: ignore[arg-type]
        with pytest.raises(Refused, match="This session was saved already"):
            log_session(team=cast.north_team, session=other, key=key, commitment=None, by=handler, now=now)
    assert len(trail(rows[0])) == 1


def test_another_team_under_the_same_key_is_refused_and_not_lost(cast: Cast, handler: User, now: datetime) -> None:
    with system_scope():
        other = make_team(cast.north, cast.north_team.handler, by=cast.north_lead, until=UNTIL, name="Biscuit")
    key, session = uuid4(), Session(on=now.date(), minutes=45, people=17)
    about = {"key": key, "commitment": None, "by": handler, "now": now}
    log_session(team=cast.north_team, session=session, **about)
    with pytest.raises(Refused, match="This session was saved already"):
        log_session(team=other, session=session, **about)
    told, scare = {**about, "host_force_id": None, "key": uuid4()}, report("scare", now)
    report_incident(team=cast.north_team, report=scare, **told)
    with pytest.raises(Refused, match="This report was saved already"):
        report_incident(team=other, report=scare, **told)


def test_a_bite_under_the_key_of_a_scare_is_refused_and_not_lost(cast: Cast, handler: User, now: datetime) -> None:
    key, scare = uuid4(), IncidentReport(kind="scare", happened_at=now, account="A door banged.")
    about = {"team": cast.north_team, "key": key, "commitment": None, "host_force_id": None, "by": handler, "now": now}
    first = report_incident(report=scare, **about)
    assert report_incident(report=scare, **about) == first
    with pytest.raises(Refused, match="This report was saved already"):
        report_incident(report=replace(scare, kind="bite"), **about)


def test_a_slip_is_taken_back_by_whoever_logged_it_for_a_day(cast: Cast, handler: User, now: datetime) -> None:
    session = Session(on=now.date(), minutes=500, people=1)
    row = log_session(team=cast.north_team, session=session, key=uuid4(), commitment=None, by=handler, now=now)
    for user, later in ((cast.north_lead, now), (handler, now + TAKEN_BACK_WITHIN)):
        with pytest.raises(PermissionDenied):
            take_back_session(row=row, by=user, now=later)
    for _time in range(2):
        take_back_session(row=row, by=handler, now=now)
    assert not SessionLog.objects.exists()
    assert [step[0] for step in trail(row)] == ["logged a session", "took back a session"]
    with system_scope():
        assert Record.objects.get(verb="took back a session").details["minutes"] == 500


@pytest.mark.parametrize("minutes", [0, 721])
def test_minutes_are_of_one_day(cast: Cast, handler: User, now: datetime, minutes: int) -> None:
    session = Session(on=now.date(), minutes=minutes, people=1)
    with pytest.raises(Refused) as refused:
        log_session(team=cast.north_team, session=session, key=uuid4(), commitment=None, by=handler, now=now)
    assert refused.value.field == "minutes"


def test_a_deployments_session_is_on_one_of_its_days(
    cast: Cast, handler: User, now: datetime, tomorrow: datetime
) -> None:
    booked = commit(cast.north_team, kind="deployment", start=tomorrow, end=tomorrow + timedelta(hours=8))
    for days, clear in ((-1, False), (0, True), (1, False)):
        session = Session(on=tomorrow.date() + timedelta(days=days), minutes=30, people=1)
        if clear:
            log_session(team=cast.north_team, session=session, key=uuid4(), commitment=booked, by=handler, now=now)
        else:
            with pytest.raises(Refused, match="not one of this deployment's days"):
                log_session(team=cast.north_team, session=session, key=uuid4(), commitment=booked, by=handler, now=now)


def test_a_lead_logs_for_a_handler_and_the_row_says_so(cast: Cast, now: datetime) -> None:
    session, lead = Session(on=localdate(now), minutes=45, people=17, signposts={"gp": 2}), cast.north_lead
    lead.__dict__["known_profile"] = Profile(user=lead, name="Lee Northshire")  # (as signing in does)
    with scope(user=lead.pk, forces=(cast.north.pk,)):
        row = log_session(team=cast.north_team, session=session, key=uuid4(), commitment=None, by=lead, now=now)
        assert look_at_workload(cast.north_team, row.on, by=lead).minutes == 45
    assert (row.handler_user_id, row.logged_by_id, row.logged_by_name) == (
        cast.north_handler.pk, lead.pk, "Lee Northshire"
    )  # fmt: skip
    assert trail(row) == [("logged a session", "", "", lead.pk)]
    assert told() == {("session_logged", HANDLER)}
    with scope(user=cast.north_handler.pk):
        assert SessionLog.objects.get().signposts.count() == 1


def test_a_handler_who_logs_is_told_nothing(cast: Cast, handler: User, now: datetime) -> None:
    session = Session(on=localdate(now), minutes=45, people=17)
    row = log_session(team=cast.north_team, session=session, key=uuid4(), commitment=None, by=handler, now=now)
    assert (row.logged_by_id, row.logged_by_name) == (None, "")
    assert told() == set()


def test_who_neither_works_a_team_nor_keeps_its_force_logs_nothing(cast: Cast, now: datetime) -> None:
    session = Session(on=now.date(), minutes=30, people=1)
    for user in (cast.south_lead, cast.south_handler, cast.coordinator):
        with system_scope(), pytest.raises(PermissionDenied):
            log_session(team=cast.north_team, session=session, key=uuid4(), commitment=None, by=user, now=now)
    for user in (cast.north_lead, cast.south_handler, cast.coordinator):
        with system_scope(), pytest.raises(PermissionDenied):
            report_incident(
                team=cast.north_team, report=report("scare", now), key=uuid4(), commitment=None,
                host_force_id=None, by=user, now=now,
            )  # fmt: skip


def bite(cast: Cast, handler: User, now: datetime, *, kind: str = "bite", key: object = None) -> Incident:
    return report_incident(
        team=cast.north_team, report=report(kind, now, first_aid=True), key=key or uuid4(),  # type: ignore[arg-type]
        commitment=None, host_force_id=cast.host.pk, by=handler, now=now,
    )  # fmt: skip


def test_a_bite_suspends_the_dog_and_tells_everyone_concerned(cast: Cast, handler: User, now: datetime) -> None:
    incident = bite(cast, handler, now)
    dog = Dog.objects.get(pk=cast.north_team.dog_id)
    assert (dog.status, incident.reviewed_at) == ("suspended", None)
    assert Team.objects.get(pk=cast.north_team.pk).cleared_until is None
    found = told()
    assert {to for kind, to in found if kind == "incident_reported"} == {LEAD, HANDLER, COORDINATOR, HOST_LEAD}
    assert ("text incident_reported", NUMBER) in found
    assert {to for kind, to in found if kind == "dog_moved"} == set()  # one mail for one bite
    assert trail(incident)[0][0] == "reported an incident"
    assert trail(dog)[-1][:3] == ("suspended dog", "accredited", "suspended")


def test_texts_of_a_bite_go_to_all_but_who_reported_it(cast: Cast, handler: User, now: datetime) -> None:
    bite(cast, handler, now)
    with system_scope():
        texts = Message.objects.filter(channel="text")
        assert set(texts.values_list("user_id", flat=True)) == {
            cast.north_lead.pk, cast.coordinator.pk, cast.host_lead.pk,
        }  # fmt: skip
        assert all(text.text.startswith("OK9: Bramble of Northshire Police has bitten somebody") for text in texts)


def test_mails_of_an_incident_say_what_and_when_and_never_the_account(cast: Cast, handler: User, now: datetime) -> None:
    bite(cast, handler, now)
    with system_scope():
        mails = list(Message.objects.filter(kind="dogs/incident_reported"))
        assert not any("snapped" in message.text + message.html for message in Message.objects.all())
    for mail in mails:
        assert mail.subject == "Bramble has bitten somebody and is suspended"
        assert "Somebody needed first aid." in mail.text
        assert "until a coordinator has reviewed" in mail.text


@pytest.mark.parametrize("kind", ["scare", "injury", "escape"])
def test_what_is_no_bite_suspends_nobody_and_wakes_nobody(cast: Cast, handler: User, now: datetime, kind: str) -> None:
    bite(cast, handler, now, kind=kind)
    assert Dog.objects.get(pk=cast.north_team.dog_id).status == "accredited"
    assert {name for name, _to in told()} == {"incident_reported"}


def test_a_bite_of_a_dog_that_is_suspended_already_is_still_reported(cast: Cast, handler: User, now: datetime) -> None:
    bite(cast, handler, now)
    bite(cast, handler, now + timedelta(hours=1))
    assert Incident.objects.count() == 2
    assert [row[0] for row in trail(cast.north_team.dog)] == ["suspended dog"]


def test_the_same_report_again_is_the_same_incident(cast: Cast, handler: User, now: datetime) -> None:
    key = uuid4()
    assert bite(cast, handler, now, key=key) == bite(cast, handler, now, key=key)
    assert Incident.objects.count() == 1


def test_a_fault_halfway_reports_nothing_and_suspends_nobody(
    cast: Cast, handler: User, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the template is broken")

    monkeypatch.setattr(emails, "incident_reported", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        bite(cast, handler, now)
    assert not Incident.objects.exists()
    assert Dog.objects.get(pk=cast.north_team.dog_id).status == "accredited"
    assert told() == set()


def test_a_suspension_has_bookings_looked_at_again_at_once(
    cast: Cast, handler: User, now: datetime, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks() as waiting:  # type: ignore[operator]
        bite(cast, handler, now)
    assert "_recheck" in {callback.__name__ for callback in waiting}
