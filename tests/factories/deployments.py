"""Requests, offers and deployments: as typed, and as rows in a wanted state."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from accounts.models import Force, User
from audit.models import Record
from core.tenancy import scope, system_scope
from deployments.actions.offers import accept_offer, release_offer
from deployments.actions.proposing import propose_offers
from deployments.actions.requests import submit_request, triage_request
from deployments.inputs import NewRequest, Triage
from deployments.models import Briefing, Deployment, Offer, Request, RequestDetail
from dogs.models import Team
from notifications.models import Message

STORY = "Three colleagues were hurt <b>badly</b>."


def typed_request(force: Force, *, starts_at: datetime, **changes: Any) -> NewRequest:
    """What a visitor types: one team, eight hours, after a major incident."""
    typed: dict[str, Any] = {
        "force": force,
        "kind": "major_incident",
        "postcode": "S1",
        "place": "Hostshire headquarters",
        "lat": 53.2,
        "lng": -1.5,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=8),
        "places": 1,
        "setting": (),
        "people": 40,
        "name": "Vic Visitor",
        "email": "vic@hostshire.example",
        "telephone": "07700 900777",
        "story": STORY,
    }
    return NewRequest(**(typed | changes))


def typed_triage(*, tier: int = 3, places: int = 1) -> Triage:
    return Triage(
        tier=tier,
        places=places,
        legal_basis="Police Act 1996 s24",
        note="Rang back at once.",
        meeting_point="Front desk",
        contact_name="Sergeant Sample",
        contact_telephone="07700 900778",
        expect="A quiet room.",
        practical="Parking behind the station.",
    )


def submitted(force: Force, *, starts_at: datetime, now: datetime, **changes: Any) -> Request:
    return submit_request(new=typed_request(force, starts_at=starts_at, **changes), key=uuid4(), by=None, now=now)


def triaged(force: Force, *, starts_at: datetime, by: User, now: datetime, places: int = 1, **changes: Any) -> Request:
    """A request through its first two actions."""
    request = submitted(force, starts_at=starts_at, now=now, places=places, **changes)
    with scope(user=by.pk, national=True):
        return triage_request(request=request, triage=typed_triage(places=places), by=by, now=now)


def proposed(request: Request, *teams: Team, by: User, now: datetime) -> list[Offer]:
    """Offers through the action; every team must be clear."""
    with scope(user=by.pk, national=True):
        offers, left_out = propose_offers(request=request, teams=[team.uuid for team in teams], by=by, now=now)
    assert not left_out, left_out
    return offers


def confirmed(offer: Offer, *, lead: User, handler: User, now: datetime) -> Deployment:
    """The offer released and accepted by its people."""
    with scope(user=lead.pk, forces=(offer.force_id,)):
        release_offer(offer=offer, by=lead, now=now)
    with scope(user=handler.pk):
        accept_offer(offer=offer, by=handler, now=now)
    with system_scope():
        return Deployment.objects.select_related("request__force", "commitment").get(offer=offer)


def insert_request(force: Force, *, by: User, starts_at: datetime, now: datetime, places: int = 1) -> Request:
    """A row that is sourcing, past its actions: for tests that need many. Inside a network scope."""
    request = Request.objects.create(
        reference=f"T-{uuid4().hex[:8]}",
        key=uuid4(),
        force=force,
        status="sourcing",
        kind="major_incident",
        tier=3,
        postcode="S1",
        place="Hostshire headquarters",
        lat=53.2,
        lng=-1.5,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=8),
        places=places,
        submitted_at=now,
        triaged_at=now,
        triaged_by=by,
    )
    RequestDetail.objects.create(request=request, force=force, name="Vic", email="vic@hostshire.example")
    Briefing.objects.create(request=request, force=force)
    return request


def insert_offer(request: Request, team: Team, *, by: User, now: datetime, released: bool = False) -> Offer:
    """A waiting offer, past its action. Inside a network scope."""
    answered = {"released_at": now, "released_by": by} if released else {}
    return Offer.objects.create(
        request=request,
        force_id=team.force_id,
        host_force_id=request.force_id,
        team=team,
        handler_user_id=team.handler_user_id,
        proposed_at=now,
        proposed_by=by,
        answer_by=now + timedelta(hours=4),
        **answered,
    )


def told() -> set[tuple[str, str]]:
    """Every mail and text message that is owed: its kind (texts are marked) and whom it goes to."""
    with system_scope():
        rows = Message.objects.values_list("channel", "kind", "to")
        return {(f"text {kind}" if channel == "text" else kind.split("/")[1], to) for channel, kind, to in rows}


def forget() -> None:
    """Empty the outbox, so that `told` says what the next step tells."""
    with system_scope():
        Message.objects.all().delete()


def trail(thing: Any) -> list[tuple[str, str, str, int | None]]:
    """A thing's records in order: what, from, to, who."""
    with system_scope():
        rows = Record.objects.filter(object_uuid=thing.uuid).order_by("pk")
        return list(rows.values_list("verb", "from_state", "to_state", "actor_id"))
