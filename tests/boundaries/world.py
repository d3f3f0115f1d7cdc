"""The network that the matrix walks through: one of everything, and who each thing belongs to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from accounts.models import Invitation, Role, User
from assessments.models import Assessment, Criteria
from core.models import Outcode
from core.tenancy import scope, system_scope
from deployments.actions.claims import approve_claim, remove_expense, submit_claim
from deployments.actions.deployments import check_in, check_out
from deployments.models import Claim, ClaimLine, Deployment, Offer, Request
from deployments.rules import REMIND_FIRST
from dogs.actions.commitments import commit
from dogs.actions.profiles import approve_profile, send_profile, write_profile
from dogs.models import Commitment, Document, Dog, Incident, Profile, SessionLog, Team, WelfareVisit
from network.models import Certificate, Handler
from notifications.models import Message
from pages.actions.texts import save_text
from pages.models import Text, Version
from promotion.models import Pack
from resources.actions.library import add_version
from resources.inputs import Change, Content
from resources.models import Favourite, Resource
from tests.conftest import UNTIL, Cast, build_cast
from tests.factories.accounts import make_user
from tests.factories.deployments import confirmed, proposed, submitted, triaged
from tests.factories.dogs import make_team
from tests.factories.files import pdf_bytes
from tests.factories.network import make_handler
from tests.factories.pages import make_answer, make_enquiry, make_news, make_pages, words
from tests.factories.profiles import make_questions, make_story, photographed, published
from tests.factories.resources import make_resource

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

    @property
    def question_pk(self) -> int:
        return make_questions()[0].pk


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
        keys = {**_evidence(cast, handler, now), **_doors(cast, now), **_faces(cast, now)}
        keys |= {**_texts(cast, now), **_promotion(cast, now)}
        session = _session(cast, now)
        assessment = _assessment(cast)
        leave = _leave(cast, now)
        keys["contact"] = Role.objects.get(user=cast.north_lead).uuid
        keys |= _forms(cast, deployment, now)
    keys |= _library(cast, now)
    keys |= {
        "dog": cast.north_team.dog.uuid,
        "leave": leave.uuid,
        "offer": offer.uuid,
        "offered request": offer.request.uuid,
        "deployment": deployment.uuid,
        "deployed request": deployment.request.uuid,
        "new request": new.uuid,
        "assessment": assessment.uuid,
        "letter": LETTER,
        "force": cast.north.uuid,
        "brand file": "ok9-mark-on-ball-64.png",
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
        in_inbox=True,
    )  # fmt: skip
    settings.DEMO_MAIL_DIR.mkdir()
    (settings.DEMO_MAIL_DIR / f"{LETTER}.eml").write_bytes(b"To: a@b.example\nSubject: Hello\n\nHello.\n")
    return {"token": TOKEN, "message": message.uuid}


def _faces(cast: Cast, now: datetime) -> dict[str, object]:
    """A page of Juniper's with a photo on it and another in its draft; Otter's was never published."""
    face = {"force": cast.north, "breed": "Labrador", "head": "labrador", "coat": "chocolate", "ears": "drop"}
    other = Team.objects.exclude(pk=cast.north_team.pk).get(force=cast.north)
    Profile.objects.create(dog=other.dog, slug="unshown", name="Otter", **face)
    Dog.objects.filter(pk=cast.north_team.dog_id).update(name="Juniper")
    profile = write_profile(dog=cast.north_team.dog, story=make_story(), by=cast.north_handler, now=now)
    photo = photographed(profile, by=cast.north_handler, now=now, size=(400, 300))
    profile = published(cast, now)
    Dog.objects.filter(pk=cast.north_team.dog_id).update(name="Bramble")
    draft = photographed(profile, by=cast.north_handler, now=now, size=(400, 300))
    return {
        "own dog": cast.north_team.dog.uuid,
        "profile": profile.uuid,
        "public profile": profile.slug,
        "unpublished profile": "unshown",
        "public photo": f"{photo.uuid} 400 jpg",
        "draft photo": draft.uuid,
        "draft photo file": f"{draft.uuid} 400 jpg",
        "question": make_questions()[0].uuid,
    }


def _promotion(cast: Cast, now: datetime) -> dict[str, object]:
    """A pack for the dog that has a public page, and the dog that has none."""
    pack = Pack.objects.create(
        force=cast.north, dog=cast.north_team.dog, key=uuid4(), layout="ball", language="en-gb",
        starts_at=now + timedelta(days=3), place="Canteen", made_by=cast.north_lead, made_at=now,
    )  # fmt: skip
    other = Team.objects.exclude(pk=cast.north_team.pk).get(force=cast.north)
    return {"pack": pack.uuid, "promoted dog": cast.north_team.dog.uuid, "other promoted dog": other.dog.uuid}


def _library(cast: Cast, now: datetime) -> dict[str, object]:
    """A file that must be read for each audience, with its version; and one that nobody is shown yet."""
    keys: dict[str, object] = {}
    wanted = {"by": cast.coordinator, "now": now, "file": "evidence.pdf"}
    read_by = timezone.localdate(now) + timedelta(days=20)
    for audience in ("public", "members", "handlers", "leads", "coordinators"):
        resource = make_resource(audience, audience=audience, must_read_by=read_by, **wanted)
        keys |= {f"{audience} resource": resource.uuid, f"{audience} version": resource.current.uuid}
    return {**keys, "draft resource": make_resource("draft", published=False, **wanted).uuid}


def _texts(cast: Cast, now: datetime) -> dict[str, object]:
    """The site's pages; a draft of an answer; news for everybody, for members and for later; and an enquiry."""
    make_pages(now)
    by, welsh = cast.coordinator, {"title_cy": "Croeso", "body_cy": "Dewch i mewn."}
    news = make_news(by, now, words("A new team", **welsh))
    members = make_news(by, now, words("For members"), audience="members")
    later = make_news(by, now, words("For later"), published=False)
    page = Text.objects.get(kind="page", slug="dogs")
    Text.objects.filter(pk=page.pk).update(**welsh)
    return {
        "text": page.uuid,
        "news": news.uuid,
        "draft text": make_answer(by, now, published=False).uuid,
        "members' news": members.uuid,
        "text version": Version.objects.get(text=news).uuid,
        "public news": news.slug,
        "news not for the public": members.slug,
        "news not published": later.slug,
        "enquiry": make_enquiry(now).uuid,
    }


def old_version(world: "World") -> None:
    """Somebody has saved the news since, so that there is an earlier version to bring back."""
    with system_scope():
        text = Text.objects.get(slug=world.keys["public news"], kind="news")
        save_text(
            text=text, words=words("A newer team"), placing=text.placing, opened=1, note="Newer.",
            by=world.cast.coordinator, now=world.now,
        )  # fmt: skip


def _session(cast: Cast, now: datetime) -> str:
    """A session that the other team of Northshire has logged: its key is not for anybody else to use."""
    team = Team.objects.exclude(pk=cast.north_team.pk).get(force=cast.north)
    row = SessionLog.objects.create(
        force=cast.north, team=team, dog=team.dog, handler_user=team.handler_user, key=uuid4(),
        on=timezone.localdate(now), minutes=20, people=5, logged_at=now,
    )  # fmt: skip
    return str(row.key)


def _leave(cast: Cast, now: datetime) -> Commitment:
    start = now + timedelta(days=40)
    return commit(cast.north_team, kind="leave", start=start, end=start + timedelta(days=3))


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


def _forms(cast: Cast, deployment: Deployment, now: datetime) -> dict[str, object]:
    """One of each of the digital forms of Northshire's team; and a report that an assessor has begun in Southshire."""
    team, today = cast.north_team, timezone.localdate(now)
    work = {"force": cast.north, "team": team, "dog": team.dog, "handler_user": cast.north_handler}
    session = SessionLog.objects.create(
        **work, key=uuid4(), on=today - timedelta(days=20), minutes=40, people=9, place="Custody", logged_at=now
    )
    incident = Incident.objects.create(
        **work, key=uuid4(), kind="scare", happened_at=now, account="A door banged.", reported_at=now
    )
    plan = {**work, "handler": team.handler, "kind": "visit", "place": "Custody"}
    start = now + timedelta(days=60)
    visit = Commitment.objects.create(**plan, period=DateTimeTZRange(start, start + timedelta(hours=2)))
    start = now - timedelta(days=20)
    past = Commitment.objects.create(**plan, period=DateTimeTZRange(start, start + timedelta(hours=2)))
    claim = Claim.objects.create(
        force=cast.north, host_force=cast.host, handler_user=cast.north_handler, handler_name="Hari",
        dog_name="Bramble", commitment=deployment.commitment, request=deployment.request, place="Hall",
        total_pence=4500, started_at=now,
    )  # fmt: skip
    line = ClaimLine.objects.create(
        claim=claim, force=cast.north, handler_user=cast.north_handler, key=uuid4(), on=today, kind="overnight",
        what="One night", amount_pence=4500, receipt="evidence.pdf",
    )  # fmt: skip
    return {
        "session": session.uuid, "incident": incident.uuid, "visit": visit.uuid, "past visit": past.uuid,
        "claim": claim.uuid, "expense": line.uuid, **_welfare_visits(cast, now),
    }  # fmt: skip


def _welfare_visits(cast: Cast, now: datetime) -> dict[str, object]:
    needs = dict.fromkeys(("environment", "diet", "behaviour", "company", "health"), "met")
    sent = WelfareVisit.objects.create(
        force=cast.north, dog=cast.north_team.dog, dog_name="Bramble", visitor=cast.coordinator, visitor_name="Ceri",
        key=uuid4(), status="submitted", visited_on=timezone.localdate(now), **needs, finding="improve",
        summary="Shade by June.", saved_at=now, submitted_at=now,
    )  # fmt: skip
    draft = WelfareVisit.objects.create(
        force=cast.south, dog=cast.south_team.dog, dog_name="Custard", visitor=cast.assessor, visitor_name="Asha",
        key=uuid4(), due_on=timezone.localdate(now) + timedelta(days=9), saved_at=now,
    )  # fmt: skip
    return {"welfare visit": sent.uuid, "welfare draft": draft.uuid}


def claim_sent(world: World) -> None:
    with scope(user=world.cast.north_handler.pk):
        claim = Claim.objects.get(uuid=world.keys["claim"])
        submit_claim(claim=claim, by=world.cast.north_handler, now=world.now)


def claim_empty(world: World) -> None:
    with scope(user=world.cast.north_handler.pk):
        for line in ClaimLine.objects.filter(claim__uuid=world.keys["claim"]).select_related("claim"):
            remove_expense(line=line, by=world.cast.north_handler, now=world.now)


def claim_approved(world: World) -> None:
    claim_sent(world)
    with scope(user=world.cast.north_lead.pk, forces=(world.cast.north.pk,)):
        claim = Claim.objects.get(uuid=world.keys["claim"])
        approve_claim(claim=claim, by=world.cast.north_lead, now=world.now)


def begun(world: World) -> None:
    """The request's time has begun, and its team has not come."""
    with system_scope():
        Request.objects.filter(pk=world.deployment.request_id).update(starts_at=world.now - timedelta(minutes=30))


def checked_in(world: World) -> None:
    with scope(user=world.cast.north_handler.pk):
        check_in(deployment=world.deployment, by=world.cast.north_handler, now=world.now)


def asked_a_while_ago(world: World) -> None:
    with system_scope():
        Offer.objects.filter(status="proposed").update(proposed_at=world.now - REMIND_FIRST)


def checked_out(world: World) -> None:
    checked_in(world)
    with scope(user=world.cast.north_handler.pk):
        check_out(deployment=world.deployment, by=world.cast.north_handler, now=world.now + timedelta(minutes=1))


def kept_at_hand(world: World) -> None:
    """Everybody has everything that they may read among their favourites."""
    for person in {user.pk: user for user in world.people.values()}.values():
        with scope(user=person.pk, national=person == world.cast.coordinator):
            for resource in Resource.objects.filter(status="published"):
                Favourite.objects.create(resource=resource, user=person, at=world.now)


def newer_versions(world: World) -> None:
    """Every resource has a newer version, so that its first is no longer current."""
    change = Change("The second page.", timezone.localdate(world.now) + timedelta(days=30))
    with system_scope():
        for resource in Resource.objects.filter(status="published"):
            content = Content(file="evidence.pdf")
            add_version(resource=resource, content=content, change=change, by=world.cast.coordinator, now=world.now)


def profile_written(world: World) -> None:
    with scope(user=world.cast.north_handler.pk):
        write_profile(dog=world.cast.north_team.dog, story=make_story(), by=world.cast.north_handler, now=world.now)


def profile_sent(world: World) -> None:
    profile_written(world)
    with scope(user=world.cast.north_handler.pk):
        send_profile(profile=_profile(world), by=world.cast.north_handler, now=world.now)


def profile_approved(world: World) -> None:
    profile_sent(world)
    with system_scope():
        approve_profile(profile=_profile(world), by=world.cast.north_lead, now=world.now)


def _profile(world: World) -> Profile:
    return Profile.objects.get(dog=world.cast.north_team.dog)


Step = Callable[[World], None]
