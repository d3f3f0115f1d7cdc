"""The network that the matrix walks through: one of everything, and who each thing belongs to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from accounts.models import Invitation, User
from assessments.models import Assessment, Criteria
from core.models import Outcode
from core.tenancy import scope, system_scope
from deployments.actions.deployments import check_in, check_out
from deployments.models import Deployment, Offer
from dogs.models import Document, Profile, SessionLog, Team
from network.models import Certificate, Handler
from notifications.models import Message
from tests.conftest import UNTIL, Cast, build_cast
from tests.factories.accounts import make_user
from tests.factories.deployments import confirmed, proposed, submitted, triaged
from tests.factories.dogs import make_team
from tests.factories.files import pdf_bytes
from tests.factories.network import make_handler

TOKEN = "a-link-that-was-sent-to-a-newcomer"
LETTER = "1-letter"


@dataclass
class World:
    """The cast, what they have, and `keys`: what an address calls each thing."""

    cast: Cast
    people: dict[str, User]
    now: datetime
    offer: Offer
    deployment: Deployment
    north_session_key: str
    keys: dict[str, str]


def build_world() -> World:
    """Northshire has an offer for one request of Hostshire's and a deployment on another; a third is new."""
    cast, now = build_cast(), timezone.now()
    people = _people(cast)
    with system_scope():
        Outcode.objects.get_or_create(code="S1", defaults={"lat": 53.38, "lng": -1.47})
        handler = make_handler(cast.north, people["north_other"], by=cast.coordinator, until=UNTIL)
        make_team(cast.north, handler, by=cast.coordinator, until=UNTIL, name="Otter")
        Team.objects.filter(pk=cast.south_team.pk).update(base_town="Southtown")
    new = submitted(cast.host, starts_at=now + timedelta(days=30), now=now)
    offer, deployment = _mutual_aid(cast, now)
    with system_scope():
        keys = {**_evidence(cast, handler, now), **_doors(cast, now)}
        session = _session(cast, now)
        assessment = _assessment(cast)
    keys |= {
        "offer": offer.uuid,
        "offered request": offer.request.uuid,
        "deployment": deployment.uuid,
        "deployed request": deployment.request.uuid,
        "new request": new.uuid,
        "assessment": assessment.uuid,
        "letter": LETTER,
        "portrait": "labrador-black-drop-ball-soft-card",
    }
    return World(cast, people, now, offer, deployment, session, {name: str(key) for name, key in keys.items()})


def _people(cast: Cast) -> dict[str, User]:
    """Everybody by name. `nobody` signs in and holds no role; `no_factor` is the coordinator with a password only."""
    names = ("north_lead", "north_handler", "south_lead", "south_handler", "host_lead", "assessor", "coordinator")
    people = {name: getattr(cast, name) for name in names}
    with system_scope():
        people["north_other"] = make_user("other@northshire.example", "Otti Otterson", ("handler", cast.north))
        people["north_deputy"] = make_user("deputy@northshire.example", "Dee Deputy", ("deputy", cast.north))
        people["nobody"] = make_user("nobody@northshire.example", "Nell Nobody")
    return {**people, "no_factor": cast.coordinator}


def _mutual_aid(cast: Cast, now: datetime) -> tuple[Offer, Deployment]:
    soon = triaged(cast.host, starts_at=now + timedelta(hours=1), by=cast.coordinator, now=now, place="Alderbridge")
    (first,) = proposed(soon, cast.north_team, by=cast.coordinator, now=now)
    deployment = confirmed(first, lead=cast.north_lead, handler=cast.north_handler, now=now)
    later = triaged(
        cast.host, starts_at=now + timedelta(days=14), by=cast.coordinator, now=now, places=2, place="Birchbridge"
    )
    (offer,) = proposed(later, cast.north_team, by=cast.coordinator, now=now)
    return offer, deployment


def _evidence(cast: Cast, other: Handler, now: datetime) -> dict[str, object]:
    """Evidence that waits to be verified, each with a file: of the team's dog, the force, the other handler's dog."""
    file = settings.MEDIA_ROOT / "evidence.pdf"
    file.write_bytes(pdf_bytes())
    waiting = {
        "force": cast.north,
        "status": "submitted",
        "issued_on": UNTIL - timedelta(days=300),
        "expires_on": UNTIL,
        "file": file.name,
        "submitted_at": now,
        "submitted_by": cast.north_lead,
    }
    dogs = {"dog document": cast.north_team.dog, "other dog's document": other.teams.get().dog, "force document": None}
    kinds = {name: "vet_check" if dog else "sop" for name, dog in dogs.items()}
    rows: dict[str, Any] = {
        name: Document.objects.create(dog=dog, kind=kinds[name], **waiting) for name, dog in dogs.items()
    }
    for name, holder in {"certificate": cast.north_team.handler, "other's certificate": other}.items():
        rows[name] = Certificate.objects.create(
            handler=holder, handler_user=holder.handler_user, kind="peer_supporter", **waiting
        )
    return {name: row.uuid for name, row in rows.items()}


def _doors(cast: Cast, now: datetime) -> dict[str, object]:
    """What is opened by a name or a secret, and a mail that was given up."""
    Invitation.objects.create(
        email="newcomer@northshire.example", name="Nia Newcomer", force=cast.north, role="handler",
        token_hash=sha256(TOKEN.encode()).hexdigest(), invited_by=cast.north_lead, invited_at=now,
        expires_at=now + timedelta(days=7),
    )  # fmt: skip
    message = Message.objects.create(
        key="given-up", kind="demo", user_id=cast.north_lead.pk, force_id=cast.north.pk, to=cast.north_lead.email,
        subject="Given up", text="Given up.", queued_at=now, next_try_at=now, attempts=9, failed_at=now, error="550",
    )  # fmt: skip
    face = {"force": cast.north, "breed": "Labrador", "head": "labrador", "coat": "chocolate", "ears": "drop"}
    agreed = {"consent": "given", "consent_at": now, "consent_by": cast.north_handler}
    shown = {"published_at": now, "published_by": cast.coordinator}
    other = Team.objects.exclude(pk=cast.north_team.pk).get(force=cast.north)
    Profile.objects.create(dog=cast.north_team.dog, slug="juniper", name="Juniper", **face, **agreed, **shown)
    Profile.objects.create(dog=other.dog, slug="unshown", name="Otter", **face)
    settings.DEMO_MAIL_DIR.mkdir()
    (settings.DEMO_MAIL_DIR / f"{LETTER}.eml").write_bytes(b"To: a@b.example\nSubject: Hello\n\nHello.\n")
    return {"token": TOKEN, "message": message.uuid, "public profile": "juniper", "unpublished profile": "unshown"}


def _session(cast: Cast, now: datetime) -> str:
    """A session that the other team of Northshire has logged: its key is not for anybody else to use."""
    team = Team.objects.exclude(pk=cast.north_team.pk).get(force=cast.north)
    row = SessionLog.objects.create(
        force=cast.north, team=team, dog=team.dog, handler_user=team.handler_user, key=uuid4(),
        on=timezone.localdate(now), minutes=20, people=5, logged_at=now,
    )  # fmt: skip
    return str(row.key)


def _assessment(cast: Cast) -> Assessment:
    text, _ = Criteria.objects.get_or_create(version=1, defaults={"published_on": UNTIL, "text": "Calm."})
    return Assessment.objects.create(
        force=cast.north,
        team=cast.north_team,
        handler_user=cast.north_handler,
        assessor_user=cast.assessor,
        criteria=text,
        status="booked",
        requested_on=timezone.localdate(),
        booked_for=timezone.localdate(),
    )


def checked_in(world: World) -> None:
    with scope(user=world.cast.north_handler.pk):
        check_in(deployment=world.deployment, by=world.cast.north_handler, now=world.now)


def checked_out(world: World) -> None:
    checked_in(world)
    with scope(user=world.cast.north_handler.pk):
        check_out(deployment=world.deployment, by=world.cast.north_handler, now=world.now + timedelta(minutes=1))


Step = Callable[[World], None]
