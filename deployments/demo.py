"""The demonstration's mutual aid: invented requests in every state, made through the actions at past moments."""

import csv
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from accounts.models import Force, RoleName, User
from core.lifecycle import Refused
from core.models import Outcode
from core.tenancy import scope, system_scope
from deployments.actions.deployments import Account, check_in, check_out, mark_absent, write_debrief
from deployments.actions.ending import cancel_request, stand_down_request
from deployments.actions.offers import accept_offer, decline_offer, lapse_offers, release_offer
from deployments.actions.proposing import propose_offers
from deployments.actions.requests import (
    close_request,
    decline_request,
    submit_request,
    triage_request,
)
from deployments.inputs import NewRequest, Triage
from deployments.models import Deployment, Offer, Request
from deployments.queries import match_candidates, need_of
from deployments.states import RequestKind, RequestStatus, Side
from dogs.actions.work import log_session, report_incident
from dogs.inputs import IncidentReport, Session
from dogs.queries import limits
from dogs.states import IncidentKind

STORIES = Path(__file__).with_name("demo_stories.csv")
WENT_WELL = [
    "People came back with their colleagues.",
    "The quiet room was right.",
    "A good host, and plenty of water.",
]
NAMES = UUID("7b1d9a52-0f4e-4a43-9a51-6f3d1c5b2e90")


@dataclass(frozen=True)
class Story:
    """One invented request: how many days from today it starts, how long it lasts, and how far it has come."""

    days: int
    hours: int
    kind: str
    postcode: str
    place: str
    places: int
    setting: tuple[str, ...]
    tier: int
    until: str
    odd: str
    story: str


def stories() -> list[Story]:
    """The invented requests, oldest first. `until` is the last step that has happened: submitted, triaged, asked,
    some (half of the places), filled, active, closed; or lapsed (nobody answered in time), declined, cancelled,
    stood_down. `odd` is what went otherwise than planned on the day: a bite, or a team that was absent."""
    with STORIES.open(encoding="utf-8", newline="") as rows:
        found = [_story(row) for row in csv.DictReader(rows)]
    return sorted(found, key=lambda story: story.days)


def _story(row: dict[str, str]) -> Story:
    typed: dict[str, Any] = dict(row)
    figures = {name: int(row[name]) for name in ("days", "hours", "places", "tier")}
    return Story(**(typed | figures | {"setting": tuple(row["setting"].split())}))


def seed_requests(*, now: datetime) -> int:
    """Make every story through the actions, oldest first; how many requests there are then.

    A story that stands already is left alone, so a half-done seed goes on where it stopped.
    """
    chance = random.Random(9)  # noqa: S311  (invented data, the same each time)
    for number, story in enumerate(stories()):
        _tell(story, uuid5(NAMES, f"{number}:{story.place}"), chance, now=now)
    with system_scope():
        return Request.objects.count()


def _tell(story: Story, key: UUID, chance: random.Random, *, now: datetime) -> None:
    with system_scope():
        if Request.objects.filter(key=key).exists():
            return
        hosts = list(Force.objects.filter(membership__status="member").order_by("pk"))
        place = Outcode.objects.get(pk=story.postcode)
        host = min(hosts, key=lambda f: (f.lat - place.lat) ** 2 + (f.lng - place.lng) ** 2)
        coordinator = User.objects.filter(roles__role=RoleName.COORDINATOR).order_by("pk").first()
    if coordinator is None:
        raise RuntimeError("the demonstration needs a coordinator first")
    start = (now + timedelta(days=story.days)).replace(hour=8, minute=0, second=0, microsecond=0)
    if story.until == "active":
        start = (now - timedelta(hours=1)).replace(second=0, microsecond=0)
    asked = min(start, now) - timedelta(days=4 if story.kind != RequestKind.MAJOR_INCIDENT else 1)
    if start > now and story.kind == RequestKind.MAJOR_INCIDENT:
        asked = now - timedelta(minutes=160)  # so that its offers still wait for their answers
    if story.until == "submitted":
        asked = now - timedelta(minutes=38)
    elif story.until == "lapsed":
        asked = now - timedelta(days=7)
    new = NewRequest(
        force=host, kind=story.kind, postcode=story.postcode, place=story.place, lat=place.lat, lng=place.lng,
        starts_at=start, ends_at=start + timedelta(hours=story.hours), places=story.places, setting=story.setting,
        people=chance.choice([20, 40, 60, 90, 120]), name="Sam Sample", email=f"duty@{host.slug}.example",
        telephone="07700 900456", story=story.story,
    )  # fmt: skip
    request = submit_request(new=new, key=key, by=None, now=asked)
    if story.until != "submitted":
        _work(story, request, coordinator, chance, asked=asked, now=now)


def _work(
    story: Story, request: Request, coordinator: User, chance: random.Random, *, asked: datetime, now: datetime
) -> None:
    at = asked + timedelta(minutes=25)
    with scope(user=coordinator.pk, national=True):
        if story.until == "declined":
            decline_request(
                request=request,
                reason="There is no pressing need; the force's own dogs visit next week.",
                by=coordinator,
                now=at,
            )
            return
        triage = Triage(
            tier=story.tier, places=story.places, legal_basis="Police Act 1996 s24", note="",
            meeting_point=f"Main entrance, {story.place}",
            contact_name="Duty inspector", contact_telephone="07700 900456",
            expect="People come and go. Some will want to talk, some only to sit with a dog.",
            practical="Parking behind the building. Water and a quiet room are ready.",
        )  # fmt: skip
        request = triage_request(request=request, triage=triage, by=coordinator, now=at)
    if story.until != "triaged":
        _ask(story, request, coordinator, chance, at=at, now=now)


def _ask(
    story: Story, request: Request, coordinator: User, chance: random.Random, *, at: datetime, now: datetime
) -> None:
    at += timedelta(minutes=15)
    with scope(user=coordinator.pk, national=True):
        need, numbers = need_of(request, now=at), limits()
        clear, _others = match_candidates(need, numbers, now=at)
        teams = [UUID(candidate.facts.team_uuid) for candidate in clear[: story.places + 2]]
        if not teams:
            return
        made, _left_out = propose_offers(request=request, teams=teams, by=coordinator, now=at)
    if story.until == "lapsed":
        lapse_offers(now=max(offer.answer_by for offer in made) + timedelta(minutes=1))
    if story.until in ("asked", "lapsed"):
        return
    wanted = story.places if story.until != "some" else max(1, story.places // 2)
    _answer(made, request, wanted, chance, at=at)
    if story.until == "stood_down":
        with scope(user=coordinator.pk, national=True):
            stand_down_request(
                request=request, reason="The event was called off.", by=coordinator, now=at + timedelta(hours=5)
            )
    elif story.until == "cancelled":
        with scope(user=coordinator.pk, national=True):
            cancel_request(
                request=request,
                asked_by="Sam Sample",
                reason="Our own dogs can come after all.",
                by=coordinator,
                now=at + timedelta(hours=5),
            )
    elif story.until in ("active", "closed"):
        _go(story, request, coordinator, chance, now=now)


def _answer(offers: list[Offer], request: Request, wanted: int, chance: random.Random, *, at: datetime) -> None:
    """Leads release, handlers accept; now and then somebody says no; the rest hear that it is filled."""
    taken = 0
    for number, offer in enumerate(offers):
        if taken == wanted:
            return
        minutes = at + timedelta(minutes=20 + 7 * number)
        with system_scope():
            lead = User.objects.filter(roles__role=RoleName.LEAD, roles__force_id=offer.force_id).order_by("pk").first()
        if lead is None:
            continue
        if number == 1 and len(offers) > wanted:
            with scope(user=offer.handler_user_id):
                decline_offer(offer=offer, side=Side.HANDLER, by=offer.handler_user, now=minutes)
            continue
        with scope(user=lead.pk, forces=(offer.force_id,)):
            release_offer(offer=offer, by=lead, now=minutes)
        with scope(user=offer.handler_user_id):
            accept_offer(offer=offer, by=offer.handler_user, now=minutes + timedelta(minutes=chance.randint(3, 40)))
        taken += 1


def _go(story: Story, request: Request, coordinator: User, chance: random.Random, *, now: datetime) -> None:
    """The teams check in, work in sessions with breaks, check out and debrief; a coordinator closes the request."""
    going = _deployments(request)
    for number, deployment in enumerate(going, start=1):
        handler = deployment.handler_user
        if number == len(going) and story.odd == "absent":
            with scope(user=coordinator.pk, national=True):
                reason = "The car broke down on the way; the force rang at nine."
                mark_absent(deployment=deployment, reason=reason, by=coordinator, now=request.ends_at)
            continue
        with scope(user=handler.pk):
            check_in(
                deployment=deployment, by=handler, now=request.starts_at + timedelta(minutes=chance.randint(0, 15))
            )
            _log(deployment, handler, chance, at=request.starts_at + timedelta(minutes=45))
            if number == 1 and story.odd == "bite":
                _bite(deployment, handler, at=request.starts_at + timedelta(hours=2))
            if story.until == "active":
                continue
            left = request.ends_at - timedelta(minutes=chance.randint(5, 30))
            check_out(deployment=deployment, by=handler, now=left)
            account = Account(
                went_well=chance.choice(WENT_WELL),
                change=chance.choice(["", "A second water bowl.", "Tell the night shift earlier."]),
                dog_after=chance.choice(["Slept all the way home.", "Tired and happy.", "Ate twice."]),
                needs_follow_up=False,
            )  # fmt: skip
            write_debrief(deployment=deployment, account=account, by=handler, now=left + timedelta(hours=3))
    if story.until == "closed":
        with scope(user=coordinator.pk, national=True):
            request.refresh_from_db()
            if request.status == RequestStatus.COMPLETED:
                close_request(
                    request=request,
                    note="All debriefs are in.",
                    by=coordinator,
                    now=min(request.ends_at + timedelta(days=1), now),
                )


def _bite(deployment: Deployment, handler: User, *, at: datetime) -> None:
    """The dog is suspended from that moment, and is still: its next assessment has not been."""
    report = IncidentReport(
        kind=IncidentKind.BITE,
        happened_at=at,
        account="Somebody bent over the dog while it slept. It snapped and caught a sleeve; the skin was not broken.",
        first_aid=True,
    )
    report_incident(
        team=deployment.team, report=report, key=uuid5(NAMES, f"bite {deployment.uuid}"),
        commitment=deployment.commitment, host_force_id=deployment.host_force_id, by=handler,
        now=at + timedelta(minutes=10),
    )  # fmt: skip


def _deployments(request: Request) -> list[Deployment]:
    with system_scope():
        rows = Deployment.objects.filter(request=request).select_related("handler_user", "team", "commitment")
        return list(rows.order_by("pk"))


def _log(deployment: Deployment, handler: User, chance: random.Random, *, at: datetime) -> None:
    session = Session(
        on=at.date(),
        minutes=chance.randint(25, 95),
        people=chance.randint(8, 40),
        breaks=2,
        signposted=chance.randint(0, 6),
    )
    try:
        log_session(
            team=deployment.team,
            session=session,
            key=uuid5(NAMES, str(deployment.uuid)),
            commitment=deployment.commitment,
            by=handler,
            now=at,
        )
    except Refused:
        return
