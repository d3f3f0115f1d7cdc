"""Welfare visits: who visits, what a report must say, and what its finding does to the dog's clearance."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import Role, User
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from core.validity import valid_until
from dogs import emails
from dogs.actions.asked import ask_for_visit, call_off_visit, pass_on_visit
from dogs.actions.documents import verify_document
from dogs.actions.dogs import record_death
from dogs.actions.welfare import save_welfare_visit, send_welfare_visit, start_welfare_visit
from dogs.inputs import WelfareReport
from dogs.models import Document, Dog, Team, WelfareVisit
from dogs.states import WelfareNeed
from network.models import NetworkNumbers
from tests.conftest import UNTIL, Cast
from tests.factories.accounts import make_user
from tests.factories.deployments import told, trail
from tests.factories.dogs import make_team

LEAD, HANDLER, COORDINATOR = "lead@northshire.example", "handler@northshire.example", "coordinator@ok9.example"


def report(now: datetime, finding: str = "acceptable", **needs: str) -> WelfareReport:
    judged = {need: (needs.get(need, "met"), "Seen.") for need in WelfareNeed.values}
    return WelfareReport(localdate(now), True, judged, finding, "Shade by June.")


def visit(
    cast: Cast, by: User, typed: WelfareReport, now: datetime, *, key: UUID | None = None, is_whole: bool = True
) -> WelfareVisit:
    with scope_of(cast, by):
        dog = Dog.objects.get(pk=cast.north_team.dog_id)
        return start_welfare_visit(dog=dog, report=typed, key=key or uuid4(), is_whole=is_whole, by=by, now=now)


def scope_of(cast: Cast, by: User):  # type: ignore[no-untyped-def]
    leads = {cast.north_lead: (cast.north.pk,)}
    return scope(user=by.pk, forces=leads.get(by, ()), national=by == cast.coordinator)


def evidence(cast: Cast) -> dict[str, Document]:
    with system_scope():
        rows = Document.objects.filter(dog=cast.north_team.dog, kind="welfare_visit").order_by("pk")
        return {row.status: row for row in rows}


def cleared(cast: Cast) -> date | None:
    with system_scope():
        return Team.objects.get(pk=cast.north_team.pk).cleared_until


def lapsed(cast: Cast, now: datetime) -> None:
    with system_scope():
        Document.objects.filter(dog=cast.north_team.dog, kind="welfare_visit").update(
            issued_on=localdate(now) - timedelta(days=400), expires_on=localdate(now) - timedelta(days=1)
        )


def test_an_acceptable_visit_of_a_coordinator_renews_the_evidence_at_once(cast: Cast, now: datetime) -> None:
    lapsed(cast, now)
    assert cleared(cast) == localdate(now) - timedelta(days=1)
    made, until = visit(cast, cast.coordinator, report(now), now), valid_until(localdate(now), 12)
    rows = evidence(cast)
    assert rows.keys() == {"replaced", "verified"}
    assert (rows["verified"].expires_on, rows["verified"].decided_by) == (until, cast.coordinator)
    assert made.document == rows["verified"]
    assert cleared(cast) == until
    assert told() == {("welfare_visit_sent", LEAD), ("welfare_visit_sent", HANDLER)}


def test_a_visit_of_the_own_lead_waits_for_a_coordinator(cast: Cast, now: datetime) -> None:
    lapsed(cast, now)
    visit(cast, cast.north_lead, report(now), now)
    rows = evidence(cast)
    assert rows.keys() == {"verified", "submitted"}
    assert cleared(cast) == localdate(now) - timedelta(days=1)
    with scope(user=cast.coordinator.pk, national=True):
        verify_document(document=rows["submitted"], by=cast.coordinator, now=now)
    assert cleared(cast) == valid_until(localdate(now), 12)


def test_an_older_visit_reported_late_leaves_the_newer_evidence(cast: Cast, now: datetime) -> None:
    lapsed(cast, now)
    visit(cast, cast.coordinator, report(now), now)
    late = replace(report(now), visited_on=localdate(now) - timedelta(days=40))
    for user in (cast.coordinator, cast.north_lead):
        assert visit(cast, user, late, now).document is None
    assert evidence(cast).keys() == {"replaced", "verified"}
    assert cleared(cast) == valid_until(localdate(now), 12)


def test_how_long_it_holds_is_one_of_the_networks_numbers(cast: Cast, now: datetime) -> None:
    NetworkNumbers.objects.update(welfare_visit_months=6)
    visit(cast, cast.coordinator, report(now), now)
    assert evidence(cast)["verified"].expires_on == valid_until(localdate(now), 6)


def test_a_critical_finding_suspends_at_once_and_tells_everybody(cast: Cast, now: datetime) -> None:
    made = visit(cast, cast.north_lead, report(now, "critical", health="not_met"), now)
    with system_scope():
        dog = Dog.objects.get(pk=cast.north_team.dog_id)
    assert (dog.status, dog.status_reason) == ("suspended", "A welfare visit found something critical.")
    assert cleared(cast) is None
    assert made.document is None
    found = told()
    assert {to for name, to in found if name == "welfare_visit_sent"} == {LEAD, HANDLER, COORDINATOR}
    assert ("text welfare_visit_sent", "07700 900123") in found
    assert trail(made)[-1][:3] == ("sent a welfare visit", "draft", "submitted")


def test_something_to_improve_leaves_the_evidence_and_tells_the_coordinators_too(cast: Cast, now: datetime) -> None:
    visit(cast, cast.north_lead, report(now, "improve", diet="partly"), now)
    assert evidence(cast).keys() == {"verified"}
    assert {to for _name, to in told()} == {HANDLER, COORDINATOR}


def test_a_fault_halfway_sends_nothing_and_suspends_nobody(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the template is broken")

    monkeypatch.setattr(emails, "welfare_visit_sent", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        visit(cast, cast.coordinator, report(now, "critical"), now)
    with system_scope():
        assert not WelfareVisit.objects.exists()
        assert Dog.objects.get(pk=cast.north_team.dog_id).status == "accredited"


def test_a_report_about_another_dog_under_the_same_key_suspends_nobody(cast: Cast, now: datetime) -> None:
    key = uuid4()
    with system_scope():
        other = make_team(cast.north, cast.north_team.handler, by=cast.north_lead, until=UNTIL, name="Biscuit").dog
    for is_whole in (False, True):
        kept = visit(cast, cast.coordinator, report(now), now, key=key, is_whole=is_whole)
        with scope_of(cast, cast.coordinator), pytest.raises(Refused, match="This report was saved already"):
            start_welfare_visit(
                dog=other, report=report(now, "critical"), key=key, is_whole=True, by=cast.coordinator, now=now
            )
    with pytest.raises(Refused, match="This report was saved already"):
        visit(cast, cast.coordinator, report(now, "critical"), now, key=key)
    assert visit(cast, cast.coordinator, report(now), now, key=key) == kept
    with system_scope():
        assert set(Dog.objects.filter(force=cast.north).values_list("status", flat=True)) == {"accredited"}


def test_whoever_handles_the_dog_does_not_visit_it(cast: Cast, now: datetime) -> None:
    with system_scope():
        Role.objects.create(user=cast.north_handler, role="lead", force=cast.north)
    with scope(user=cast.north_handler.pk, forces=(cast.north.pk,)):
        dog = Dog.objects.get(pk=cast.north_team.dog_id)
        with pytest.raises(Refused, match="Whoever handles Bramble does not visit it"):
            start_welfare_visit(dog=dog, report=report(now), key=uuid4(), is_whole=True, by=cast.north_handler, now=now)


def test_only_leads_and_coordinators_choose_a_dog(cast: Cast, now: datetime) -> None:
    for user in (cast.south_lead, cast.assessor, cast.north_handler):
        with scope(user=user.pk, national=True):
            dog = Dog.objects.get(pk=cast.north_team.dog_id)
            with pytest.raises(PermissionDenied):
                start_welfare_visit(dog=dog, report=report(now), key=uuid4(), is_whole=True, by=user, now=now)


def test_an_assessor_is_asked_writes_and_sends(cast: Cast, now: datetime) -> None:
    """The assessor never reads the dog: the report carries what it needs."""
    with scope(user=cast.coordinator.pk, national=True):
        dog, due = (
            Dog.objects.select_related("force").get(pk=cast.north_team.dog_id),
            localdate(now) + timedelta(days=9),
        )
        asked = {"dog": dog, "visitor": cast.assessor, "visitor_name": "Asha", "due_on": due}
        made = ask_for_visit(**asked, by=cast.coordinator, now=now)
        assert ask_for_visit(**asked, by=cast.coordinator, now=now) == made
    assert told() == {("welfare_visit_wanted", "assessor@ok9.example")}
    with scope(user=cast.assessor.pk):
        save_welfare_visit(visit=made, report=replace(report(now), finding=""), by=cast.assessor, now=now)
        sent = send_welfare_visit(visit=made, report=report(now, "critical"), by=cast.assessor, now=now)
        assert send_welfare_visit(visit=made, report=report(now, "critical"), by=cast.assessor, now=now) == sent
    with system_scope():
        assert Dog.objects.get(pk=dog.pk).status == "suspended"
    assert [verb for verb, *_rest in trail(made)].count("sent a welfare visit") == 1


def test_when_a_dog_goes_what_was_asked_for_is_called_off_and_what_is_written_is_still_sent(
    cast: Cast, now: datetime
) -> None:
    with scope(user=cast.coordinator.pk, national=True):
        dog, due = Dog.objects.get(pk=cast.north_team.dog_id), localdate(now) + timedelta(days=9)
        asked = {"dog": dog, "visitor": cast.assessor, "visitor_name": "Asha", "due_on": due}
        called_off = ask_for_visit(**asked, by=cast.coordinator, now=now)
    begun = visit(cast, cast.north_lead, replace(report(now), finding=""), now, is_whole=False)
    with scope_of(cast, cast.north_lead):
        gone = record_death(dog=dog, by=cast.north_lead, now=now)
        assert send_welfare_visit(visit=begun, report=report(now), by=cast.north_lead, now=now).status == "submitted"
        with pytest.raises(Refused, match="does not work any more"):
            start_welfare_visit(dog=gone, report=report(now), key=uuid4(), is_whole=True, by=cast.north_lead, now=now)
    with system_scope():
        assert not WelfareVisit.objects.filter(pk=called_off.pk).exists()
    assert trail(called_off)[-1][0] == "called off a welfare visit"
    assert "submitted" not in evidence(cast)


def test_a_visit_is_passed_on_and_called_off_until_somebody_writes(cast: Cast, now: datetime) -> None:
    due, by = localdate(now) + timedelta(days=9), {"by": cast.coordinator, "now": now}
    asha = {"visitor": cast.assessor, "visitor_name": "Asha", "due_on": due, **by}
    with system_scope():
        bo = {**asha, "visitor": make_user("bo@ok9.example", "Bo", ("assessor", None)), "visitor_name": "Bo"}
    with scope(user=cast.coordinator.pk, national=True):
        dog = Dog.objects.get(pk=cast.north_team.dog_id)
        made = ask_for_visit(dog=dog, **asha)
        passed = pass_on_visit(visit=made, **bo)
        assert pass_on_visit(visit=passed, **bo).visitor == bo["visitor"]
        with pytest.raises(Refused, match="That day is over"):
            pass_on_visit(visit=passed, **{**bo, "due_on": localdate(now) - timedelta(days=1)})
        second = ask_for_visit(dog=dog, **asha)
        with pytest.raises(Refused, match="Asha is asked to visit this dog already"):
            pass_on_visit(visit=passed, **asha)
        call_off_visit(visit=second, **by)
        with pytest.raises(Refused, match="called off already"):
            call_off_visit(visit=second, **by)
    assert told() == {
        ("welfare_visit_wanted", "assessor@ok9.example"),
        ("welfare_visit_called_off", "assessor@ok9.example"),
        ("welfare_visit_wanted", "bo@ok9.example"),
    }
    with scope(user=passed.visitor_id):
        save_welfare_visit(visit=passed, report=replace(report(now), finding=""), by=passed.visitor, now=now)
    with scope(user=cast.coordinator.pk, national=True):
        with pytest.raises(Refused, match="Bo has begun the report"):
            pass_on_visit(visit=passed, **asha)
        with pytest.raises(Refused, match="Bo has begun the report"):
            call_off_visit(visit=passed, **by)


def test_an_assessor_s_acceptable_visit_counts_at_once(cast: Cast, now: datetime) -> None:
    with scope(user=cast.coordinator.pk, national=True):
        made = ask_for_visit(
            dog=cast.north_team.dog, visitor=cast.assessor, visitor_name="Asha", due_on=localdate(now),
            by=cast.coordinator, now=now,
        )  # fmt: skip
    with scope(user=cast.assessor.pk):
        send_welfare_visit(visit=made, report=report(now), by=cast.assessor, now=now)
    assert evidence(cast)["verified"].decided_by == cast.assessor


def test_a_draft_is_its_writers_alone_and_may_be_empty(cast: Cast, now: datetime) -> None:
    empty = WelfareReport(None, False, {}, "", "")
    made = visit(cast, cast.north_lead, empty, now, is_whole=False)
    assert made.status == "draft"
    with scope(user=cast.north_handler.pk):
        assert not WelfareVisit.objects.exists()
    with scope(user=cast.south_lead.pk, forces=(cast.south.pk, cast.north.pk)):
        assert not WelfareVisit.objects.exists()
    assert told() == set()


def test_the_same_sending_again_is_the_same_report(cast: Cast, now: datetime) -> None:
    key = uuid4()
    first = visit(cast, cast.coordinator, report(now), now, key=key)
    assert visit(cast, cast.coordinator, report(now), now, key=key) == first
    assert len(evidence(cast)) == 2


def test_a_page_saved_as_a_draft_and_sent_again_is_sent_with_what_stands_on_it(cast: Cast, now: datetime) -> None:
    key, empty = uuid4(), WelfareReport(None, False, {}, "", "")
    draft = visit(cast, cast.north_lead, empty, now, key=key, is_whole=False)
    sent = visit(cast, cast.north_lead, report(now), now, key=key)
    assert (sent.pk, sent.status, sent.finding) == (draft.pk, "submitted", "acceptable")


def test_what_was_sent_stays_as_it_was_sent(cast: Cast, now: datetime) -> None:
    made = visit(cast, cast.north_lead, report(now), now)
    with scope_of(cast, cast.north_lead), pytest.raises(Refused, match="sent already"):
        save_welfare_visit(visit=made, report=report(now, "critical"), by=cast.north_lead, now=now)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"visited_on": None}, "visited_on", "Enter the day"),
        ({"visited_on": 1}, "visited_on", "in the future"),
        ({"visited_on": -61}, "visited_on", "more than 60 days ago"),
        ({"finding": ""}, "finding", "Choose what you find"),
        ({"needs": {"diet": ("", "")}}, "environment", "whether this need is met"),
        ({"finding": "critical", "summary": " "}, "summary", "what must happen"),
    ],
)
def test_a_report_is_whole_before_it_is_sent(
    cast: Cast, now: datetime, changes: dict[str, object], field: str, said: str
) -> None:
    if isinstance(days := changes.get("visited_on"), int):
        changes = {"visited_on": localdate(now) + timedelta(days=days)}
    with pytest.raises(Refused, match=said) as refused:
        visit(cast, cast.coordinator, replace(report(now), **changes), now)  # type: ignore[arg-type]
    assert refused.value.field == field
    with system_scope():
        assert not WelfareVisit.objects.exists()


def test_a_need_that_is_not_met_is_never_acceptable_and_is_told_in_words(cast: Cast, now: datetime) -> None:
    with pytest.raises(Refused, match="can't be acceptable"):
        visit(cast, cast.coordinator, report(now, health="not_met"), now)
    silent = report(now, "improve")
    silent = replace(silent, needs={**silent.needs, "diet": ("partly", "")})
    with pytest.raises(Refused, match="what you saw") as refused:
        visit(cast, cast.coordinator, silent, now)
    assert refused.value.field == "diet_words"
