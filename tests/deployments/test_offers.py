"""Offers: proposed, answered by both sides, confirmed or ended; by page or by telephone."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, transaction
from django.utils import translation

from accounts.models import User
from audit.models import Record
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from deployments import emails
from deployments.actions.deployments import check_in
from deployments.actions.offers import (
    Told,
    accept_offer,
    decline_offer,
    lapse_offers,
    release_offer,
    withdraw_offer,
)
from deployments.actions.proposing import propose_offers
from deployments.models import Deployment, Offer, Request
from deployments.pages import match_page
from deployments.states import OFFER, OfferStatus
from dogs.actions.commitments import book_time
from dogs.models import Commitment, Dog, Team
from notifications.models import Message
from tests.conftest import UNTIL, Cast
from tests.factories.accounts import make_user
from tests.factories.deployments import (
    confirmed,
    forget,
    insert_offer,
    insert_request,
    proposed,
    told,
    trail,
    triaged,
)
from tests.factories.dogs import make_dog, make_team
from tests.factories.network import make_handler

NORTH_LEAD, NORTH_HANDLER = "lead@northshire.example", "handler@northshire.example"
VISITOR = "vic@hostshire.example"
COORDINATOR, HOST_LEAD, NUMBER = "coordinator@ok9.example", "lead@hostshire.example", "07700 900123"


@pytest.fixture
def request_made(cast: Cast, now: datetime, tomorrow: datetime) -> Request:
    return triaged(cast.host, starts_at=tomorrow, by=cast.coordinator, now=now)


@pytest.fixture
def offer(cast: Cast, request_made: Request, now: datetime) -> Offer:
    (made,) = proposed(request_made, cast.north_team, by=cast.coordinator, now=now)
    forget()
    return made


@pytest.fixture
def by(cast: Cast) -> Iterator[User]:
    with scope(user=cast.coordinator.pk, national=True):
        yield cast.coordinator


def as_lead(cast: Cast, act: Callable[..., Offer], offer: Offer, now: datetime, **more: object) -> Offer:
    with scope(user=cast.north_lead.pk, forces=(cast.north.pk,)):
        return act(offer=offer, by=cast.north_lead, now=now, **more)


def as_handler(cast: Cast, act: Callable[..., Offer], offer: Offer, now: datetime, **more: object) -> Offer:
    with scope(user=cast.north_handler.pk):
        return act(offer=offer, by=cast.north_handler, now=now, **more)


def fresh(offer: Offer) -> Offer:
    with system_scope():
        return Offer.objects.select_related("request").get(pk=offer.pk)


def test_an_offer_asks_the_lead_and_the_handler_and_nobody_else(
    cast: Cast, request_made: Request, by: User, now: datetime
) -> None:
    forget()
    (made,), left_out = propose_offers(request=request_made, teams=[cast.north_team.uuid], by=by, now=now)
    assert left_out == []
    assert (made.status, made.force, made.host_force, made.handler_user) == (
        "proposed", cast.north, cast.host, cast.north_handler,
    )  # fmt: skip
    assert made.answer_by == now + timedelta(hours=4)
    assert Request.objects.get().status == "sourcing"
    assert told() == {
        ("offer_to_lead", NORTH_LEAD), ("offer_to_handler", NORTH_HANDLER),
        ("text offer_to_lead", NUMBER), ("text offer_to_handler", NUMBER),
    }  # fmt: skip
    assert trail(made) == [("proposed", "", "proposed", by.pk)]


def test_an_offer_for_an_event_wakes_nobody(cast: Cast, by: User, now: datetime, tomorrow: datetime) -> None:
    request = triaged(cast.host, starts_at=tomorrow + timedelta(days=20), by=by, now=now, kind="national_event")
    forget()
    (made,) = proposed(request, cast.north_team, by=by, now=now)
    assert made.answer_by == now + timedelta(days=5)
    assert not any(kind.startswith("text") for kind, _to in told())


def test_a_repeated_tap_asks_once(cast: Cast, offer: Offer, by: User, now: datetime) -> None:
    made, left_out = propose_offers(request=offer.request, teams=[cast.north_team.uuid], by=by, now=now)
    assert (made, left_out, told()) == ([offer], [], set())


def test_a_team_that_is_not_clear_comes_back_with_its_reasons(
    cast: Cast, request_made: Request, by: User, now: datetime
) -> None:
    Dog.objects.filter(pk=cast.south_team.dog_id).update(status="suspended")
    teams = [cast.south_team.uuid, cast.north_team.uuid]
    made, (left_out,) = propose_offers(request=request_made, teams=teams, by=by, now=now)
    assert [offer.team for offer in made] == [cast.north_team]
    assert (left_out.team, left_out.reasons) == (cast.south_team, ("Custard is not accredited now: suspended",))


def test_a_request_that_is_not_triaged_takes_no_offers(
    cast: Cast, request_made: Request, by: User, now: datetime
) -> None:
    Request.objects.filter(pk=request_made.pk).update(status="declined")
    with pytest.raises(Refused, match="does not take offers now"):
        propose_offers(request=request_made, teams=[cast.north_team.uuid], by=by, now=now)


def test_somebody_must_be_chosen(request_made: Request, by: User, now: datetime) -> None:
    with pytest.raises(Refused) as refused:
        propose_offers(request=request_made, teams=[], by=by, now=now)
    assert refused.value.field == "teams"


@pytest.mark.parametrize("lead_first", [True, False])
def test_both_say_yes_and_the_team_is_booked(cast: Cast, offer: Offer, now: datetime, *, lead_first: bool) -> None:
    steps = [lambda: as_lead(cast, release_offer, offer, now), lambda: as_handler(cast, accept_offer, offer, now)]
    first, second = steps if lead_first else steps[::-1]
    assert first().status == "proposed"
    assert told() == set()
    assert second().status == "confirmed"
    with system_scope():
        deployment, commitment = Deployment.objects.get(), Commitment.objects.get()
        request = Request.objects.get()
    assert (deployment.status, deployment.commitment_id, deployment.dog_name) == ("scheduled", commitment.pk, "Bramble")
    assert (commitment.period.lower, commitment.period.upper) == (request.starts_at, request.ends_at)
    assert (commitment.is_trauma, commitment.note) == (True, request.reference)
    assert (request.taken, request.status) == (1, "filled")
    assert told() == {
        ("deployment_confirmed", NORTH_LEAD), ("deployment_confirmed", NORTH_HANDLER), ("team_coming", HOST_LEAD),
        ("request_filled", COORDINATOR), ("place_taken", VISITOR), ("text deployment_confirmed", "07700 900123"),
    }  # fmt: skip
    verbs = [row[0] for row in trail(offer)]
    assert sorted(verbs) == ["accepted", "confirmed", "proposed", "released"]
    assert verbs[-1] == "confirmed"
    assert trail(deployment)[0][:3] == ("scheduled", "", "scheduled")
    assert trail(request)[-1][:3] == ("filled", "sourcing", "filled")


def test_a_repeated_yes_changes_nothing(cast: Cast, offer: Offer, now: datetime) -> None:
    confirmed(offer, lead=cast.north_lead, handler=cast.north_handler, now=now)
    forget()
    before = trail(offer)
    assert as_lead(cast, release_offer, offer, now).status == "confirmed"
    assert as_handler(cast, accept_offer, offer, now).status == "confirmed"
    assert (told(), trail(offer)) == (set(), before)
    with system_scope():
        assert Request.objects.get().taken == 1


def test_the_last_place_ends_the_offers_that_wait_and_tells_them(
    cast: Cast, request_made: Request, now: datetime
) -> None:
    north, south = proposed(request_made, cast.north_team, cast.south_team, by=cast.coordinator, now=now)
    forget()
    with translation.override("cy"):  # what is kept is in one language, whoever took the place
        confirmed(north, lead=cast.north_lead, handler=cast.north_handler, now=now)
    assert {to for kind, to in told() if kind == "offer_filled"} == {
        "lead@southshire.example", "handler@southshire.example",
    }  # fmt: skip
    late = fresh(south)
    reference = late.request.reference
    assert (late.status, late.reason) == ("withdrawn", f"{reference} is filled: its 1 team is confirmed.")
    with (
        scope(user=cast.south_handler.pk),
        pytest.raises(Refused, match=f"This offer was withdrawn. {reference} is filled"),
    ):
        accept_offer(offer=south, by=cast.south_handler, now=now)


def test_a_team_that_was_booked_meanwhile_gets_a_clear_answer(
    cast: Cast, offer: Offer, now: datetime, tomorrow: datetime
) -> None:
    as_lead(cast, release_offer, offer, now)
    with scope(user=cast.north_handler.pk):
        book_time(
            team=cast.north_team, kind="leave", start=tomorrow, end=tomorrow + timedelta(hours=2),
            by=cast.north_handler, now=now,
        )  # fmt: skip
    ended = as_handler(cast, accept_offer, offer, now)
    assert ended.status == "withdrawn"
    assert ended.reason.startswith("The team can't go now: Leave from ")
    with system_scope():
        assert Request.objects.get().taken == 0
        assert not Deployment.objects.exists()
    assert {to for kind, to in told() if kind == "offer_withdrawn"} == {NORTH_LEAD, NORTH_HANDLER}


def test_an_answer_after_the_deadline_is_refused(cast: Cast, offer: Offer, now: datetime) -> None:
    late = offer.answer_by + timedelta(seconds=1)
    with pytest.raises(Refused, match="The time to answer has passed"):
        as_handler(cast, accept_offer, offer, late)
    assert as_handler(cast, accept_offer, offer, offer.answer_by).accepted_at == offer.answer_by


def test_offers_lapse_and_everybody_is_told(cast: Cast, offer: Offer, now: datetime) -> None:
    assert lapse_offers(now=offer.answer_by) == 0
    assert lapse_offers(now=offer.answer_by + timedelta(seconds=1)) == 1
    assert (fresh(offer).status, fresh(offer).ended_by) == ("lapsed", None)
    assert told() == {("offer_lapsed", to) for to in (NORTH_LEAD, NORTH_HANDLER, COORDINATOR)}
    assert trail(offer)[-1] == ("lapsed", "proposed", "lapsed", None)
    with pytest.raises(Refused, match="This offer has lapsed"):
        as_lead(cast, release_offer, offer, now)


def test_the_lead_declines_with_a_reason_that_the_handler_reads(cast: Cast, offer: Offer, now: datetime) -> None:
    ended = as_lead(cast, decline_offer, offer, now, side="lead", reason="Short of officers.")
    assert (ended.status, ended.ended_side, ended.ended_by) == ("declined", "lead", cast.north_lead)
    assert told() == {("offer_declined", NORTH_HANDLER), ("offer_declined", COORDINATOR)}
    with system_scope():
        assert all("Short of officers." in message.text for message in Message.objects.all())
    assert trail(offer)[-1] == ("declined", "proposed", "declined", cast.north_lead.pk)


def test_a_handlers_no_needs_no_reason_and_none_is_passed_on(cast: Cast, offer: Offer, now: datetime) -> None:
    as_handler(cast, decline_offer, offer, now, side="handler", reason="My own business.")
    assert told() == {("offer_declined", NORTH_LEAD), ("offer_declined", COORDINATOR)}
    with system_scope():
        assert not any("My own business." in message.text + message.html for message in Message.objects.all())


def test_a_no_again_is_the_same_no(cast: Cast, offer: Offer, now: datetime) -> None:
    as_handler(cast, decline_offer, offer, now, side="handler")
    forget()
    assert as_handler(cast, decline_offer, offer, now, side="handler").status == "declined"
    assert told() == set()


def test_a_dog_and_a_handler_are_asked_once_though_they_stand_in_two_teams(
    cast: Cast, offer: Offer, by: User, now: datetime
) -> None:
    """The dog's second handler, and the handler's second dog."""
    other = make_user("second@northshire.example", "Second Northshire", ("handler", cast.north))
    handler = make_handler(cast.north, other, by=by, until=UNTIL)
    team, named = (
        cast.north_team,
        {"force": cast.north, "since_on": UNTIL, "base_town": "Town", "lat": 53.4, "lng": -1.5},
    )
    same_dog = Team.objects.create(dog=team.dog, handler=handler, handler_user=other, **named)
    dog = make_dog(cast.north, "Moss")
    same_handler = Team.objects.create(dog=dog, handler=team.handler, handler_user=team.handler_user, **named)
    teams = [same_dog.uuid, same_handler.uuid]
    made, left_out = propose_offers(request=offer.request, teams=teams, by=by, now=now)
    assert made == []
    assert [team.reasons[0] for team in left_out] == [
        "Bramble is asked already, with another handler",
        "Hari is asked already, with another dog",
    ]


def test_a_handlers_no_stands_so_the_team_is_not_asked_again(cast: Cast, offer: Offer, by: User, now: datetime) -> None:
    as_handler(cast, decline_offer, offer, now, side="handler")
    made, (left_out,) = propose_offers(request=offer.request, teams=[cast.north_team.uuid], by=by, now=now)
    assert made == []
    assert left_out.reasons == ("Hari has said no to this request, and that stands.",)


def test_a_leads_no_can_be_asked_again(cast: Cast, offer: Offer, by: User, now: datetime) -> None:
    as_lead(cast, decline_offer, offer, now, side="lead", reason="Not today.")
    made, left_out = propose_offers(request=offer.request, teams=[cast.north_team.uuid], by=by, now=now)
    assert (len(made), left_out) == (1, [])


def test_a_handlers_no_after_a_yes_frees_the_place_and_the_dog(cast: Cast, offer: Offer, now: datetime) -> None:
    deployment = confirmed(offer, lead=cast.north_lead, handler=cast.north_handler, now=now)
    forget()
    ended = as_handler(cast, decline_offer, offer, now, side="handler")
    assert ended.status == "declined"
    with system_scope():
        deployment.refresh_from_db()
        request = Request.objects.get()
        assert Commitment.objects.get().cancelled_at == now
    assert (deployment.status, request.taken, request.status) == ("stood_down", 0, "sourcing")
    assert told() == {
        ("offer_declined", NORTH_LEAD), ("offer_declined", COORDINATOR), ("team_not_coming", HOST_LEAD),
        ("place_lost", VISITOR), ("text offer_declined", "07700 900123"),
    }  # fmt: skip
    assert trail(deployment)[-1][:3] == ("stood down", "scheduled", "stood_down")
    assert trail(offer)[-1][:3] == ("declined", "confirmed", "declined")
    assert trail(request)[-1][:3] == ("short again", "filled", "sourcing")


def test_a_force_that_takes_its_team_back_wakes_the_handler(cast: Cast, offer: Offer, now: datetime) -> None:
    """They may be on the road already."""
    deployment = confirmed(offer, lead=cast.north_lead, handler=cast.north_handler, now=now)
    forget()
    as_lead(cast, decline_offer, offer, now, side="lead", reason="Needed here.")
    assert ("text offer_declined", "07700 900123") in told()
    with system_scope():
        mine = Message.objects.get(kind="offer_declined", user_id=cast.north_handler.pk)
        mails = Message.objects.filter(kind="deployments/offer_declined")
        assert "don’t set off" in mine.text
        assert {mail.subject.split(",")[0] for mail in mails} == {"Bramble can’t come after all"}
        deployment.refresh_from_db()
        host_reads = Record.objects.filter(host_force_id=cast.host.pk).values_list("why", flat=True)
        assert (deployment.reason, "Needed here." in host_reads) == ("", False)


def test_a_force_says_why_not(cast: Cast, offer: Offer, now: datetime) -> None:
    with pytest.raises(Refused, match="Say why not") as refused:
        as_lead(cast, decline_offer, offer, now, side="lead", reason=" ")
    assert refused.value.field == "reason"


def test_a_handlers_no_stands_also_after_the_forces(cast: Cast, offer: Offer, now: datetime) -> None:
    as_lead(cast, decline_offer, offer, now, side="lead", reason="Needed here.")
    ended = as_handler(cast, decline_offer, offer, now, side="handler")
    assert (ended.ended_side, ended.reason) == ("handler", "Needed here.")
    assert as_lead(cast, decline_offer, offer, now, side="lead", reason="Again.").ended_side == "handler"
    with scope(user=cast.coordinator.pk, national=True):
        request = Request.objects.select_related("force").get()
        _made, left_out = propose_offers(request=request, teams=[cast.north_team.uuid], by=cast.coordinator, now=now)
    assert "that stands" in left_out[0].reasons[0]


def test_a_yes_that_was_given_before_the_offer_was_sent_counts(offer: Offer, by: User, now: datetime) -> None:
    """A coordinator rings first, and sends the offer when she knows."""
    Request.objects.update(submitted_at=now - timedelta(hours=3))
    with pytest.raises(Refused, match="before the request was as it is now"):
        release_offer(offer=offer, by=by, now=now, told=Told("Lee", now - timedelta(hours=4)))
    released = release_offer(offer=offer, by=by, now=now, told=Told("Lee", now - timedelta(hours=2)))
    assert released.released_said_by == "Lee"


def test_a_yes_that_stands_is_not_written_over(cast: Cast, offer: Offer, by: User, now: datetime) -> None:
    as_handler(cast, accept_offer, offer, now)
    with pytest.raises(Refused, match="Hari has said yes already, so there is nothing to record"):
        accept_offer(offer=offer, by=by, now=now, told=Told("Hari", now))
    for _press in range(2):
        assert release_offer(offer=offer, by=by, now=now, told=Told("Lee", now)).released_said_by == "Lee"
    with pytest.raises(Refused, match="Northshire Police has released Bramble already"):
        release_offer(offer=offer, by=by, now=now, told=Told("Lou", now))


def test_an_answer_given_in_time_counts_when_it_is_typed_late(offer: Offer, by: User, now: datetime) -> None:
    late = offer.answer_by + timedelta(minutes=5)
    with pytest.raises(Refused, match="time to answer has passed"):
        release_offer(offer=offer, by=by, now=late, told=Told("Lee", late))
    released = release_offer(offer=offer, by=by, now=late, told=Told("Lee", offer.answer_by))
    assert released.released_said_by == "Lee"


def test_an_answer_given_in_time_takes_a_lapsed_offer_up_again(
    cast: Cast, offer: Offer, by: User, now: datetime
) -> None:
    in_time, late = offer.answer_by - timedelta(minutes=5), offer.answer_by + timedelta(minutes=2)
    assert lapse_offers(now=late) == 1
    with pytest.raises(Refused, match="has lapsed"):
        release_offer(offer=offer, by=by, now=late, told=Told("Lee", late))
    released = release_offer(offer=offer, by=by, now=late, told=Told("Lee", in_time))
    assert (released.status, released.ended_at, released.reason) == ("proposed", None, "")
    forget()
    assert lapse_offers(now=late) == 1
    assert ("offer_lapsed", NORTH_LEAD) in told()
    accepted = accept_offer(offer=offer, by=by, now=late, told=Told("Hari", in_time))
    assert accepted.status == "confirmed"
    assert [row[:3] for row in trail(offer) if row[0] == "taken up again"] == [
        ("taken up again", "lapsed", "proposed")
    ] * 2


def test_a_lapsed_offer_stays_where_the_team_was_asked_anew_or_the_request_is_over(
    cast: Cast, offer: Offer, request_made: Request, by: User, now: datetime
) -> None:
    in_time, late = offer.answer_by - timedelta(minutes=5), offer.answer_by + timedelta(minutes=2)
    lapse_offers(now=late)
    with pytest.raises(Refused, match="has lapsed"):
        release_offer(offer=offer, by=by, now=request_made.ends_at, told=Told("Lee", in_time))
    proposed(request_made, cast.north_team, by=by, now=late)
    with pytest.raises(Refused, match="has lapsed"):
        release_offer(offer=offer, by=by, now=late, told=Told("Lee", in_time))


def test_no_lapsed_offer_is_taken_up_beside_one_of_the_same_handler(
    cast: Cast, offer: Offer, request_made: Request, by: User, now: datetime
) -> None:
    in_time, late = offer.answer_by - timedelta(minutes=5), offer.answer_by + timedelta(minutes=2)
    lapse_offers(now=late)
    other = make_team(cast.north, cast.north_team.handler, by=by, until=UNTIL, name="Biscuit")
    proposed(request_made, other, by=by, now=late)
    with pytest.raises(Refused, match="has lapsed"):
        release_offer(offer=offer, by=by, now=late, told=Told("Lee", in_time))


def test_no_lapsed_offer_is_taken_up_over_a_no(
    cast: Cast, offer: Offer, request_made: Request, by: User, now: datetime
) -> None:
    as_handler(cast, accept_offer, offer, now)
    in_time, late = offer.answer_by - timedelta(minutes=5), offer.answer_by + timedelta(minutes=2)
    lapse_offers(now=late)
    (again,) = proposed(request_made, cast.north_team, by=by, now=late)
    as_handler(cast, decline_offer, again, late, side="handler")
    with pytest.raises(Refused, match="has lapsed"):
        release_offer(offer=offer, by=by, now=late, told=Told("Lee", in_time))
    assert not Deployment.objects.exists()


def test_a_lapsed_offer_that_is_taken_up_makes_a_completed_request_active_again(
    cast: Cast, offer: Offer, request_made: Request, by: User, now: datetime
) -> None:
    late = offer.answer_by + timedelta(minutes=2)
    lapse_offers(now=late)
    Request.objects.filter(pk=request_made.pk).update(status="filled")
    Request.objects.filter(pk=request_made.pk).update(status="active")
    Request.objects.filter(pk=request_made.pk).update(status="completed")
    heard = Told("Lee", offer.answer_by - timedelta(minutes=5))
    release_offer(offer=offer, by=by, now=late, told=heard)
    accept_offer(offer=offer, by=by, now=late, told=heard)
    assert Deployment.objects.get().status == "scheduled"
    assert Request.objects.get(pk=request_made.pk).status == "active"


def test_a_handlers_no_stands_also_after_the_offer_has_lapsed(
    cast: Cast, offer: Offer, request_made: Request, by: User, now: datetime
) -> None:
    late = offer.answer_by + timedelta(minutes=2)
    lapse_offers(now=late)
    with pytest.raises(Refused, match="has lapsed"):
        decline_offer(offer=offer, side="lead", reason="Needed here.", by=by, now=late, told=Told("Lee", late))
    ended = decline_offer(offer=offer, side="handler", by=by, now=late, told=Told("Hari", late))
    assert (ended.status, ended.ended_side) == ("declined", "handler")
    _made, (left_out,) = propose_offers(request=request_made, teams=[cast.north_team.uuid], by=by, now=late)
    assert "that stands" in left_out.reasons[0]


def test_a_handlers_no_stands_for_their_other_dog_too(cast: Cast, offer: Offer, by: User, now: datetime) -> None:
    team = cast.north_team
    as_handler(cast, decline_offer, offer, now, side="handler")
    other = make_team(cast.north, team.handler, by=by, until=UNTIL, name="Biscuit")
    made, (left_out,) = propose_offers(request=offer.request, teams=[other.uuid], by=by, now=now)
    assert made == []
    assert left_out.reasons == ("Hari has said no to this request, and that stands.",)
    shown = {line.uuid: line.offered for line in match_page(offer.request, now=now)["clear"]}
    assert shown[str(other.uuid)] == "Handler said no"


def test_a_no_after_the_check_in_is_a_call_to_the_coordinators(cast: Cast, now: datetime) -> None:
    request = triaged(cast.host, starts_at=now + timedelta(hours=1), by=cast.coordinator, now=now)
    (offer,) = proposed(request, cast.north_team, by=cast.coordinator, now=now)
    deployment = confirmed(offer, lead=cast.north_lead, handler=cast.north_handler, now=now)
    with scope(user=cast.north_handler.pk):
        check_in(deployment=deployment, by=cast.north_handler, now=now)
    with pytest.raises(Refused, match="has checked in already"):
        as_handler(cast, decline_offer, offer, now, side="handler")


def test_answers_by_telephone_name_who_said_it_and_tell_both(cast: Cast, offer: Offer, by: User, now: datetime) -> None:
    said = Told(said_by="Lee Northshire", said_at=now - timedelta(minutes=5))
    released = release_offer(offer=offer, by=by, now=now, told=said)
    assert (released.released_by, released.released_said_by, released.status) == (by, "Lee Northshire", "proposed")
    assert told() == {("answer_recorded", NORTH_LEAD), ("answer_recorded", NORTH_HANDLER)}
    accepted = accept_offer(offer=offer, by=by, now=now, told=Told("Hari Northshire", now))
    assert (accepted.accepted_said_by, accepted.status) == ("Hari Northshire", "confirmed")
    assert Message.objects.filter(kind="deployments/answer_recorded").count() == 4
    record = [row for row in trail(offer) if row[0] == "released"]
    assert record == [("released", "", "", by.pk)]


@pytest.mark.parametrize(
    ("before", "why"),
    [(timedelta(hours=-1), "in the future"), (timedelta(days=1), "before the request was as it is now")],
)
def test_an_answer_by_telephone_was_given_since_the_request(
    offer: Offer, by: User, now: datetime, before: timedelta, why: str
) -> None:
    said = Told("Lee Northshire", now - before)
    for act in (release_offer, accept_offer):
        with pytest.raises(Refused, match=why) as refused:
            act(offer=offer, by=by, now=now, told=said)
        assert refused.value.field == "said_at"
    with pytest.raises(Refused, match=why):
        decline_offer(offer=offer, side="handler", by=by, now=now, told=said)
    offer.refresh_from_db()
    assert (offer.status, offer.released_at, told()) == ("proposed", None, set())


def test_nobody_is_asked_or_booked_for_a_time_that_is_over(
    cast: Cast, offer: Offer, request_made: Request, by: User, now: datetime
) -> None:
    release_offer(offer=offer, by=by, now=now, told=Told("Lee Northshire", now))
    over = request_made.ends_at
    with system_scope():
        Offer.objects.update(answer_by=over + timedelta(hours=1))
    with pytest.raises(Refused, match="does not take offers now"):
        propose_offers(request=request_made, teams=[cast.south_team.uuid], by=by, now=over)
    late = as_handler(cast, accept_offer, offer, over)
    assert (late.status, late.reason) == ("withdrawn", f"{request_made.reference} is over.")
    with system_scope():
        assert not Deployment.objects.exists()


def test_long_names_on_the_telephone_still_reach_both_people(cast: Cast, offer: Offer, by: User, now: datetime) -> None:
    release_offer(offer=offer, by=by, now=now, told=Told("L" * 120, now))
    forget()
    accept_offer(offer=offer, by=by, now=now, told=Told("H" * 120, now))
    assert {("answer_recorded", NORTH_LEAD), ("answer_recorded", NORTH_HANDLER)} <= told()


@pytest.mark.parametrize("act", [release_offer, accept_offer])
def test_an_answer_by_telephone_needs_a_name(offer: Offer, by: User, now: datetime, act: Callable[..., Offer]) -> None:
    with pytest.raises(Refused) as refused:
        act(offer=offer, by=by, now=now, told=Told("  ", now))
    assert refused.value.field == "said_by"
    assert told() == set()


def test_a_no_by_telephone_tells_both_people_and_stands(cast: Cast, offer: Offer, by: User, now: datetime) -> None:
    ended = decline_offer(offer=offer, side="handler", by=by, now=now, told=Told("Hari", now))
    assert (ended.status, ended.ended_side) == ("declined", "handler")
    assert {to for kind, to in told() if kind == "answer_recorded"} == {NORTH_LEAD, NORTH_HANDLER}
    assert Record.objects.get(verb="declined").details == {"said_by": "Hari", "said_at": now.isoformat()}
    assert "ring the coordinators" in Message.objects.filter(kind="deployments/answer_recorded").latest("pk").text


def test_a_yes_by_telephone_can_be_put_right_by_the_handler(cast: Cast, offer: Offer, by: User, now: datetime) -> None:
    as_lead(cast, release_offer, offer, now)
    accept_offer(offer=offer, by=by, now=now, told=Told("A misheard name", now))
    assert as_handler(cast, decline_offer, offer, now, side="handler").status == "declined"
    assert Request.objects.get().taken == 0


def test_a_coordinator_withdraws_an_offer_once(cast: Cast, offer: Offer, by: User, now: datetime) -> None:
    assert withdraw_offer(offer=offer, reason="Not needed.", by=by, now=now).status == "withdrawn"
    assert {kind for kind, _to in told()} == {"offer_withdrawn", "text offer_withdrawn"}
    forget()
    assert withdraw_offer(offer=offer, reason="Not needed.", by=by, now=now).status == "withdrawn"
    assert told() == set()
    with pytest.raises(Refused, match=r"This offer was withdrawn\. Not needed\."):
        as_handler(cast, accept_offer, offer, now)


def test_a_confirmed_offer_is_not_withdrawn(cast: Cast, offer: Offer, by: User, now: datetime) -> None:
    confirmed(offer, lead=cast.north_lead, handler=cast.north_handler, now=now)
    with pytest.raises(Refused, match="This offer is confirmed already"):
        withdraw_offer(offer=offer, reason="No.", by=by, now=now)


def test_nobody_answers_for_somebody_else(cast: Cast, offer: Offer, now: datetime) -> None:
    told_by = Told("Somebody", now)
    with system_scope():
        other = make_user("other@northshire.example", "Other Handler", ("handler", cast.north))
        for act in (
            lambda: release_offer(offer=offer, by=cast.north_handler, now=now),
            lambda: release_offer(offer=offer, by=cast.south_lead, now=now),
            lambda: release_offer(offer=offer, by=cast.coordinator, now=now),
            lambda: release_offer(offer=offer, by=cast.north_lead, now=now, told=told_by),
            lambda: accept_offer(offer=offer, by=cast.north_lead, now=now),
            lambda: accept_offer(offer=offer, by=other, now=now),
            lambda: accept_offer(offer=offer, by=cast.coordinator, now=now),
            lambda: decline_offer(offer=offer, side="handler", by=cast.north_lead, now=now),
            lambda: decline_offer(offer=offer, side="lead", by=cast.north_handler, now=now),
            lambda: withdraw_offer(offer=offer, reason="", by=cast.north_lead, now=now),
            lambda: propose_offers(request=offer.request, teams=[], by=cast.north_lead, now=now),
        ):
            with pytest.raises(PermissionDenied):
                act()
    assert told() == set()


def test_a_fault_halfway_takes_no_place(
    cast: Cast, offer: Offer, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_lead(cast, release_offer, offer, now)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the template is broken")

    monkeypatch.setattr(emails, "tell_of_confirmation", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        as_handler(cast, accept_offer, offer, now)
    with system_scope():
        assert (Request.objects.get().taken, Deployment.objects.count(), Commitment.objects.count()) == (0, 0, 0)
    assert (fresh(offer).status, fresh(offer).accepted_at) == ("proposed", None)


def test_the_database_refuses_every_move_that_is_not_in_the_table(
    cast: Cast, by: User, now: datetime, tomorrow: datetime
) -> None:
    ended = {"declined", "lapsed", "withdrawn"}
    for old in OfferStatus.values:
        request = insert_request(cast.host, by=by, starts_at=tomorrow, now=now)
        offer = insert_offer(request, cast.north_team, by=by, now=now, released=True)
        start = {"accepted_at": now, "accepted_by": by, "ended_at": now if old in ended else None}
        if old != "proposed":
            Offer.objects.filter(pk=offer.pk).update(status=old, **start)
        for new in set(OfferStatus.values) - {old, *OFFER.moves.get(old, ())}:
            with pytest.raises(InternalError, match="Invalid transition"), transaction.atomic():
                Offer.objects.filter(pk=offer.pk).update(status=new, ended_at=now if new in ended else None)


@pytest.mark.parametrize(
    "broken",
    [
        {"status": "confirmed"},  # nobody has said yes
        {"released_at": datetime.fromisoformat("2026-01-01T00:00Z")},  # but by whom
        {"status": "lapsed"},  # but when
        {"ended_at": datetime.fromisoformat("2026-01-01T00:00Z")},  # and still waiting
    ],
)
def test_the_database_refuses_impossible_offers(offer: Offer, by: User, broken: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(**broken)


def test_a_team_has_one_live_offer_on_a_request(cast: Cast, offer: Offer, by: User, now: datetime) -> None:
    with pytest.raises(IntegrityError, match="one_live_offer"), transaction.atomic():
        insert_offer(offer.request, cast.north_team, by=by, now=now)
