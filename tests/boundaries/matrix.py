"""Every address, what it is about and who may use it; from these the expected answer is derived, never recorded."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.timezone import localdate

from core.tenancy import scope
from promotion.states import FILES
from resources.models import Category
from tests.boundaries.world import (
    Step,
    World,
    asked_a_while_ago,
    begun,
    checked_in,
    checked_out,
    claim_approved,
    claim_empty,
    claim_sent,
    kept_at_hand,
    newer_versions,
    old_version,
    profile_approved,
    profile_sent,
    profile_written,
)
from tests.factories.files import pdf_bytes, picture_bytes, upload
from tests.factories.forms import typed_day as day
from tests.factories.forms import typed_moment as moment

VISITOR, NO_FACTOR = "visitor", "no_factor"
LEADS = {"north": {"north_lead", "north_deputy"}, "south": {"south_lead"}, "host": {"host_lead"}}
HANDLERS = {"north_handler", "north_other", "south_handler"}
COORDINATOR = {"coordinator"}
ALL_LEADS = set().union(*LEADS.values())
SIGNED_IN = ALL_LEADS | HANDLERS | COORDINATOR | {"assessor", "nobody"}
EVERYBODY = SIGNED_IN | {VISITOR}
PEOPLE = sorted(EVERYBODY | {NO_FACTOR})
METHODS = ("GET", "POST", "DELETE")

# What an answer may be. `DONE` covers a page, a redirect, and a refusal in words by the action.
SIGN_IN, SET_UP, DONE, WRONG_METHOD, FORBIDDEN, MISSING = "to sign-in", "to the second factor", "done", 405, 403, 404


def seen_by(*, force: str = "", host: str = "", handler: str = "") -> set[str]:
    """Whom the wall lets see a row: the network, the leads of its force and of its host, and its handler."""
    return COORDINATOR | LEADS.get(force, set()) | LEADS.get(host, set()) | ({handler} if handler else set())


MEMBERS = ALL_LEADS | HANDLERS | COORDINATOR | {"assessor"}
READERS = {
    "public": EVERYBODY,
    "members": MEMBERS,
    "handlers": HANDLERS | COORDINATOR,
    "leads": ALL_LEADS | COORDINATOR,
    "coordinators": COORDINATOR,
    "draft": COORDINATOR,
}
SEES = {
    "offer": seen_by(force="north", handler="north_handler"),
    # The host reads who is coming, on the page of its request; the deployment's own page is the donor's.
    "deployment": seen_by(force="north", handler="north_handler"),
    "deployment, also the host's": seen_by(force="north", host="host", handler="north_handler"),
    "offered request": seen_by(force="north", host="host", handler="north_handler"),
    "deployed request": seen_by(force="north", host="host", handler="north_handler"),
    # A donor reads what it is offered on the offer's page; the request's own page is the host's.
    "hosted request": seen_by(host="host"),
    "new request": seen_by(),
    "dog document": seen_by(force="north", handler="north_handler"),
    "other dog's document": seen_by(force="north", handler="north_other"),
    "force document": seen_by(force="north"),
    "contact": ALL_LEADS | HANDLERS | COORDINATOR,
    "dog": seen_by(force="north", handler="north_handler"),
    "leave": seen_by(force="north", handler="north_handler"),
    "certificate": seen_by(force="north", handler="north_handler"),
    "other's certificate": seen_by(force="north", handler="north_other"),
    "session": seen_by(force="north", handler="north_handler"),
    "visit": seen_by(force="north", handler="north_handler"),
    "incident": seen_by(force="north", handler="north_handler"),
    "welfare visit": seen_by(force="north", handler="north_handler"),
    "welfare draft": COORDINATOR | {"assessor"},  # whoever writes it, and the network
    "claim": seen_by(force="north", handler="north_handler"),
    "expense": seen_by(force="north", handler="north_handler"),
    "assessment": seen_by(force="north", handler="north_handler") | {"assessor"},
    "message": COORDINATOR | {"north_lead"},  # to whom it was written
    "own message": {"north_lead"},  # in the inbox, of whom it was written to alone
    **{f"{audience} {thing}": who for audience, who in READERS.items() for thing in ("resource", "version")},
    "public profile": EVERYBODY,
    "unpublished profile": set(),
    "brand file": SIGNED_IN,
    "force": SIGNED_IN,
    "pack": seen_by(force="north", handler="north_handler"),
    "promoted dog": seen_by(force="north", handler="north_handler"),
    "other promoted dog": seen_by(force="north", handler="north_other"),
    "token": EVERYBODY,
    "letter": EVERYBODY,
    "portrait": EVERYBODY,
    "text": EVERYBODY,
    "news": EVERYBODY,
    "draft text": COORDINATOR,
    "members' news": SIGNED_IN,
    "text version": COORDINATOR,
    "public news": EVERYBODY,
    "news not for the public": set(),
    "news not published": set(),
    "enquiry": COORDINATOR,
    "own dog": seen_by(force="north", handler="north_handler"),
    "public photo": EVERYBODY,
    "draft photo file": set(),
    "draft photo": seen_by(force="north", handler="north_handler"),
    "draft photo, for keepers": seen_by(force="north", handler="north_handler"),
    "profile": seen_by(force="north", handler="north_handler"),  # with its dog, which only they see
    "question": EVERYBODY,  # readable by all, as published texts are
}
# Some things stand under one key and are read in two ways.
SAME = {
    "deployment, also the host's": "deployment",
    "hosted request": "offered request",
    "own message": "message",
    "draft photo, for keepers": "draft photo file",
}

Body = Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Page:
    """An address: who may use it of those who see its thing; `body` is what somebody who may would send."""

    may: set[str]
    things: tuple[str, ...] = ()
    body: Body | None = None
    get: bool = True
    after: Step | None = None
    demo: bool = field(default=False, kw_only=True)

    @property
    def methods(self) -> tuple[str, ...]:
        return (*(("GET",) if self.get else ()), *(("POST",) if self.body else ()))


def key_of(thing: str, world: World) -> str:
    return world.keys[SAME.get(thing, thing)]


def missing_key(thing: str) -> str:
    """What a thing would be called that never was."""
    if thing == "portrait":
        return "labrador-purple-drop-ball-soft-card"
    return (
        f"{uuid4()} 400 jpg"
        if thing in ("public photo", "draft photo file", "draft photo, for keepers")
        else str(uuid4())
    )


def expected(page: Page, thing: str, who: str, method: str) -> str | int:
    """The answer that role and ownership give."""
    if who == NO_FACTOR:
        return SET_UP
    if who == VISITOR and VISITOR not in page.may:
        return SIGN_IN
    if method not in page.methods:
        return WRONG_METHOD
    if thing and who not in SEES[thing]:
        return MISSING
    return DONE if who in page.may else FORBIDDEN


def attended(world: World) -> dict[str, Any]:
    return {**moment("arrived_at", world.now), "left_at_day": "", "left_at_month": "", "left_at_year": "",
            "left_at_time": "", "said_by": "Sgt Jo Lead"}  # fmt: skip


def nothing(world: World) -> dict[str, Any]:
    return {}


def reason(world: World) -> dict[str, Any]:
    return {"reason": "The roof has come down."}


def other_tier(world: World) -> dict[str, Any]:
    return {"tier": "1"}


def called_off(world: World) -> dict[str, Any]:
    return {"asked_by": "Vic Visitor", "reason": "The event is called off."}


def support(world: World) -> dict[str, Any]:
    start = world.now + timedelta(days=3)
    return {
        "key": str(uuid4()), "kind": "national_event", "force": world.cast.host.pk, "name": "Vic Visitor",
        "email": "vic@hostshire.example", "telephone": "07700 900777", "postcode": "S1", "place": "Town hall",
        "places": "1", "people": "40", "setting": ["crowds"], "story": "A long day.",
        **moment("starts_at", start), **moment("ends_at", start + timedelta(hours=6)),
    }  # fmt: skip


def moved(world: World) -> dict[str, Any]:
    start = world.now + timedelta(days=4)
    return {
        "kind": "national_event", "postcode": "S1", "place": "Fire station", "asked_by": "Vic Visitor",
        **moment("starts_at", start), **moment("ends_at", start + timedelta(hours=6)),
    }  # fmt: skip


def triage(world: World) -> dict[str, Any]:
    return {
        "tier": "3", "places": "2", "legal_basis": "Police Act 1996 s24", "meeting_point": "Front desk",
        "contact_name": "Sergeant Sample", "contact_telephone": "07700 900778", "expect": "A quiet room.",
        "practical": "Parking behind.", "note": "Rang back.",
    }  # fmt: skip


def teams(world: World) -> dict[str, Any]:
    return {"teams": [str(world.cast.south_team.uuid)]}


def answer(world: World) -> dict[str, Any]:
    return {
        "side": "lead",
        "answer": "yes",
        "said_by": "Lee, by telephone",
        "reason": "",
        **moment("said_at", world.now),
    }


def session(world: World) -> dict[str, Any]:
    on = localdate(world.deployment.request.starts_at)  # (tomorrow, where it is nearly midnight)
    return {
        "key": str(uuid4()), "people": "12", "minutes": "30", "breaks": "1", "signposted": "2", "on": on.isoformat()
    }  # fmt: skip


def incident(world: World) -> dict[str, Any]:
    when = moment("happened_at", world.now)
    return {"key": str(uuid4()), "kind": "scare", "account": "A door banged.", "first_aid": "on", **when}


def debrief(world: World) -> dict[str, Any]:
    return {"dog_after": "Tired and well", "went_well": "The room.", "change": "Parking.", "needs_follow_up": "on"}


def local_session(world: World) -> dict[str, Any]:
    today = localdate(world.now)
    counts = {"people": "12", "minutes": "30", "breaks": "1", "signposted": "2", "to_gp": "1", "to_samaritans": "2"}
    team = str(world.cast.north_team.uuid)
    return {"key": str(uuid4()), "team": team, "visit": "", "place": "Control room", **counts, **day("on", today)}


def planned_visit(world: World) -> dict[str, Any]:
    on = localdate(world.now) + timedelta(days=90)
    times = {"start": "10:00", "end": "12:00"}
    return {
        "team": str(world.cast.north_team.uuid),
        "place": "Custody",
        "note": "Early shift",
        **times,
        **day("on", on),
    }


def local_incident(world: World) -> dict[str, Any]:
    return {**incident(world), "team": str(world.cast.north_team.uuid)}


def welfare(world: World) -> dict[str, Any]:
    needs = ("environment", "diet", "behaviour", "company", "health")
    judged = dict.fromkeys(needs, "met") | {f"{need}_words": "All well." for need in needs}
    told = {"is_unannounced": "yes", "finding": "acceptable", "summary": "Nothing.", "do": "send"}
    return {**day("visited_on", localdate(world.now)), **judged, **told}


def new_welfare(world: World) -> dict[str, Any]:
    return {**welfare(world), "key": str(uuid4()), "dog": str(world.cast.north_team.dog.uuid)}


def ask_welfare(world: World) -> dict[str, Any]:
    on = localdate(world.now) + timedelta(days=20)
    people = {"dog": str(world.cast.north_team.dog.uuid), "visitor": str(world.cast.assessor.uuid)}
    return {**people, **day("due_on", on)}


def pass_on(world: World) -> dict[str, Any]:
    on = localdate(world.now) + timedelta(days=21)
    return {"visitor": str(world.cast.assessor.uuid), **day("due_on", on)}


def review(world: World) -> dict[str, Any]:
    return {"found": "A trolley fell over. Nobody was at fault.", "outcome": "noted"}


def new_claim(world: World) -> dict[str, Any]:
    """For a visit that was not planned."""
    told = {
        "commitment": "unplanned",
        "team": str(world.cast.north_team.uuid),
        "place": "Custody",
        "purpose": "A long night",
    }
    return {**told, **day("on", localdate(world.now) - timedelta(days=2))}


def expense(world: World) -> dict[str, Any]:
    told = {"kind": "overnight", "what": "One night", "miles": "", "amount": "72.50", "receipt": upload(pdf_bytes())}
    return {"key": str(uuid4()), **told, **day("on", localdate(world.now))}


def dated(world: World) -> dict[str, Any]:
    today = localdate(world.now)
    end = today + timedelta(days=300)
    return {**day("issued_on", today - timedelta(days=2)), **day("expires_on", end), "file": upload(pdf_bytes())}


def document(world: World) -> dict[str, Any]:
    return {"of": f"dog-{world.cast.north_team.dog.uuid}", "kind": "insurance", **dated(world)}


def certificate(world: World) -> dict[str, Any]:
    return {"handler": str(world.cast.north_team.handler.uuid), "kind": "mhfa", **dated(world)}


def outcome(world: World) -> dict[str, Any]:
    return {"result": "passed", "restrictions": [], "retest_weeks": "", "findings": "Settles within a minute."}


def invite(world: World) -> dict[str, Any]:
    force = str(world.cast.north.uuid)
    return {"email": "novice@northshire.example", "name": "Nat Novice", "role": "handler", "force": force}


def profile(world: World) -> dict[str, Any]:
    return {"name": "A New Name", "telephone": "07700 900555", "texts": "on", "language": "cy"}


def visit(world: World) -> dict[str, Any]:
    return {
        "key": str(uuid4()), "until": "12:00", "place": "The parade room", "message": "Drop in.", "language": "both",
        "layout": "ball", **moment("starts_at", (world.now + timedelta(days=3)).replace(hour=9)),
    }  # fmt: skip


def accept(world: World) -> dict[str, Any]:
    return {"name": "Nia Newcomer", "telephone": "07700 900556", "password": "kettle lantern orchard"}


def away(world: World) -> dict[str, Any]:
    first = localdate(world.now) + timedelta(days=90)
    return {"kind": "leave", "note": "", **day("first_on", first), **day("last_on", first + timedelta(days=6))}


def read_upto(world: World) -> dict[str, Any]:
    return {"upto": world.keys["message"]}


def preferences(world: World) -> dict[str, Any]:
    return {"reminders": "daily", "work": "off", "papers": "daily", "teams": "at_once", "network": "off"}


def resource(world: World) -> dict[str, Any]:
    with scope(national=True):
        category = Category.objects.values_list("uuid", flat=True)[0]
    read_by = day("must_read_by", localdate(world.now) + timedelta(days=30))
    about = {"title": "Hot cars", "summary": "Never leave a dog in one.", "category": str(category)}
    return {**about, "language": "cy", "audience": "members", **read_by}


def new_resource(world: World) -> dict[str, Any]:
    return {**resource(world), "kind": "file", "file": upload(pdf_bytes()), "markdown": "Never."}


def new_version(world: World) -> dict[str, Any]:
    read_by = day("must_read_by", localdate(world.now) + timedelta(days=30))
    return {"file": upload(pdf_bytes()), "what_changed": "The second page.", **read_by}


def enquiry(world: World) -> dict[str, Any]:
    return {
        "key": str(uuid4()), "kind": "scheme", "organisation": world.cast.host.pk, "organisation_name": "Wellbeing",
        "name": "Vic Visitor", "email": "vic@hostshire.example", "telephone": "07700 900777", "wish": "A first dog.",
    }  # fmt: skip


def written(world: World) -> dict[str, Any]:
    return {"title_en": "Other words", "body_en": "Other.", "title_cy": "Geiriau eraill", "body_cy": "Eraill."}


def rewritten(world: World) -> dict[str, Any]:
    return {**written(world), "note": "Clearer.", "version": "1"}


def faq(world: World) -> dict[str, Any]:
    return {**written(world), "group": "visits", "place": "20"}


def news(world: World) -> dict[str, Any]:
    return {**written(world), "audience": "members"}


def answered(world: World) -> dict[str, Any]:
    return {"note": "Rang on Tuesday."}


def story(world: World) -> dict[str, Any]:
    treat = f"answer_{world.question_pk}"
    return {
        "story": "Leans.", treat: "Carrots", "good_with": ["crowds"], "awards": "2024 Best dog", "language": "en-gb",
        "save": "yes",
    }  # fmt: skip


def parts(world: World) -> dict[str, Any]:
    return {"parts": ["story", "photos"]}


def framing(world: World) -> dict[str, Any]:
    return {"alt": "Asleep in the sun", "shape": "square", "focus": "50-0", "exact": "10,20"}


def photo(world: World) -> dict[str, Any]:
    return {**framing(world), "file": upload(picture_bytes(), "dog.jpg")}


def question(world: World) -> dict[str, Any]:
    return {"text": "Not keen on", "text_cy": "Ddim yn hoff o", "position": "40", "is_active": "on"}


DONOR = LEADS["north"] | {"north_handler"}
EVIDENCE = ("dog document", "other dog's document", "force document")
CERTIFICATES = ("certificate", "other's certificate")
KEEPERS = ALL_LEADS | HANDLERS
# The contact list is there to name every force's leads; it is the only page that does.
NAMES_LEADS = {"member_contact_list"}
PROMOTERS = KEEPERS | COORDINATOR
RESOURCES = tuple(f"{audience} resource" for audience in READERS)
SHOWN_RESOURCES = tuple(thing for thing in RESOURCES if not thing.startswith("draft"))
VERSIONS = tuple(thing.replace("resource", "version") for thing in SHOWN_RESOURCES)
TEXTS = ("text", "news", "draft text", "members' news")

PAGES: dict[str, Page] = {
    "home": Page(EVERYBODY),
    "dog_list": Page(EVERYBODY),
    "dog_detail": Page(EVERYBODY, ("public profile", "unpublished profile")),
    "portrait": Page(EVERYBODY, ("portrait",)),
    "support": Page(EVERYBODY, body=support),
    "support_sent": Page(EVERYBODY),
    "invitation_accept": Page(EVERYBODY, ("token",), accept),
    "api_health": Page(EVERYBODY),
    "api_schema": Page(EVERYBODY),
    "demo_mail_list": Page(EVERYBODY, demo=True),
    "demo_mail_detail": Page(EVERYBODY, ("letter",), demo=True),
    "demo_mail_html": Page(EVERYBODY, ("letter",), demo=True),
    "demo_text_list": Page(EVERYBODY, demo=True),
    # The public site's texts, news and enquiries.
    "about_dogs": Page(EVERYBODY),
    "about_network": Page(EVERYBODY),
    "accessibility": Page(EVERYBODY),
    "privacy": Page(EVERYBODY),
    "cookies": Page(EVERYBODY),
    "question_list": Page(EVERYBODY),
    "news_list": Page(EVERYBODY),
    "news_detail": Page(EVERYBODY, ("public news", "news not for the public", "news not published")),
    "join": Page(EVERYBODY, body=enquiry),
    "contact": Page(EVERYBODY, body=enquiry),
    "enquiry_sent": Page(EVERYBODY),
    "member_news_list": Page(MEMBERS),
    "coordinator_text_list": Page(COORDINATOR),
    "coordinator_text_detail": Page(COORDINATOR, TEXTS),
    "coordinator_text_edit": Page(COORDINATOR, ("text",), rewritten),
    "coordinator_text_publish": Page(COORDINATOR, ("draft text",), nothing, get=False),
    "coordinator_text_unpublish": Page(COORDINATOR, ("news", "members' news"), nothing, get=False),
    "coordinator_text_confirm": Page(COORDINATOR, ("text",), nothing, get=False),
    "coordinator_version_detail": Page(COORDINATOR, ("text version",)),
    "coordinator_version_restore": Page(COORDINATOR, ("text version",), nothing, get=False, after=old_version),
    "coordinator_answer_list": Page(COORDINATOR),
    "coordinator_answer_add": Page(COORDINATOR, body=faq),
    "coordinator_news_list": Page(COORDINATOR),
    "coordinator_news_add": Page(COORDINATOR, body=news),
    "coordinator_enquiry_list": Page(COORDINATOR),
    "coordinator_enquiry_detail": Page(COORDINATOR, ("enquiry",), answered),
    # The dogs' public pages: kudos, pictures, the map.
    "dog_kudos": Page(EVERYBODY, ("public profile",), nothing),
    "dog_social": Page(EVERYBODY, ("public profile", "unpublished profile")),
    "api_dog_list": Page(EVERYBODY),
    "api_dog_detail": Page(EVERYBODY, ("public profile", "unpublished profile")),
    "sitemap": Page(EVERYBODY),
    "robots": Page(EVERYBODY),
    "manifest": Page(EVERYBODY),
    # Everybody who has signed in.
    "home_redirect": Page(SIGNED_IN),
    "profile": Page(SIGNED_IN, body=profile),
    "consent_list": Page(SIGNED_IN),
    "unsent": Page(SIGNED_IN),
    # Members.
    "member_home": Page(KEEPERS | {"assessor"}),
    "person_list": Page(ALL_LEADS),
    "person_invite": Page(ALL_LEADS, body=invite),
    "member_offer_list": Page(KEEPERS),
    "member_offer_detail": Page(DONOR, ("offer",)),
    "member_offer_release": Page(LEADS["north"], ("offer",), nothing, get=False),
    "member_offer_accept": Page({"north_handler"}, ("offer",), nothing, get=False),
    "member_offer_decline": Page(DONOR, ("offer",), reason),
    "member_deployment_list": Page(KEEPERS),
    "member_deployment_detail": Page(DONOR | COORDINATOR, ("deployment",)),
    "member_deployment_briefing": Page(DONOR | COORDINATOR, ("deployment",)),
    "member_deployment_briefing_pdf": Page(DONOR | COORDINATOR, ("deployment",)),
    "member_deployment_check_in": Page({"north_handler"}, ("deployment",), nothing, get=False),
    "member_deployment_check_out": Page({"north_handler"}, ("deployment",), nothing, get=False, after=checked_in),
    "member_deployment_session": Page({"north_handler"}, ("deployment",), session, after=checked_in),
    "member_deployment_incident": Page({"north_handler"}, ("deployment",), incident, after=checked_in),
    "member_deployment_debrief": Page({"north_handler"}, ("deployment",), debrief, after=checked_out),
    "member_request_list": Page(ALL_LEADS),
    "member_request_detail": Page(LEADS["host"], ("hosted request", "new request")),
    "member_request_cancel": Page(LEADS["host"], ("hosted request",), reason),
    "member_document_list": Page(KEEPERS),
    "member_document_add": Page(KEEPERS, body=document),
    "member_document_detail": Page(KEEPERS, EVIDENCE),
    "member_document_file": Page(KEEPERS, EVIDENCE),
    "member_certificate_add": Page(KEEPERS, body=certificate),
    "member_certificate_detail": Page(KEEPERS, CERTIFICATES),
    "member_certificate_file": Page(KEEPERS, CERTIFICATES),
    "member_assessment_list": Page({"assessor"}),
    "member_assessment_decide": Page({"assessor"}, ("assessment",), outcome),
    # The members' library.
    "resource_list": Page(EVERYBODY),
    "resource_detail": Page(EVERYBODY, ("public resource",)),
    "resource_download": Page(EVERYBODY, ("public resource",)),
    "member_resource_list": Page(MEMBERS),
    "member_resource_reading": Page(ALL_LEADS),
    "member_resource_detail": Page(MEMBERS, RESOURCES),
    "member_resource_download": Page(MEMBERS, RESOURCES),
    "member_resource_keep": Page(MEMBERS, RESOURCES, nothing, get=False),
    "member_resource_let_go": Page(MEMBERS, SHOWN_RESOURCES, nothing, get=False, after=kept_at_hand),
    "member_version_detail": Page(MEMBERS, VERSIONS, after=newer_versions),
    "member_version_download": Page(MEMBERS, VERSIONS, after=newer_versions),
    "member_version_acknowledge": Page(MEMBERS, VERSIONS, nothing, get=False),
    "coordinator_resource_list": Page(COORDINATOR),
    "coordinator_resource_add": Page(COORDINATOR, body=new_resource),
    "coordinator_resource_detail": Page(COORDINATOR, RESOURCES),
    "coordinator_resource_edit": Page(COORDINATOR, RESOURCES, resource),
    "coordinator_resource_version": Page(COORDINATOR, RESOURCES, new_version),
    "coordinator_resource_publish": Page(COORDINATOR, ("draft resource",), nothing, get=False),
    "coordinator_resource_withdraw": Page(COORDINATOR, RESOURCES, reason, get=False),
    # Posters and other promotion.
    "member_promotion_list": Page(PROMOTERS),
    "member_promotion_dog": Page(PROMOTERS, ("promoted dog",), visit),
    "member_pack_detail": Page(PROMOTERS, ("pack",)),
    "member_brand": Page(PROMOTERS),
    "member_brand_file": Page(PROMOTERS, ("brand file",)),
    **{f"member_pack_{name}": Page(PROMOTERS, ("pack",)) for name in FILES},
    # The dogs' profiles, written and approved.
    "photo": Page(EVERYBODY, ("public photo", "draft photo file")),
    "member_profile_list": Page(KEEPERS),
    "member_dog_profile": Page(DONOR, ("own dog",), story),
    "member_dog_profile_preview": Page(DONOR, ("own dog",)),
    "member_dog_profile_send": Page(DONOR, ("own dog",), nothing, get=False, after=profile_written),
    "member_dog_profile_take_back": Page(DONOR, ("own dog",), nothing, get=False, after=profile_sent),
    "member_dog_profile_approve": Page(LEADS["north"], ("own dog",), nothing, get=False, after=profile_sent),
    "member_dog_profile_send_back": Page(LEADS["north"], ("own dog",), reason, get=False, after=profile_sent),
    "member_dog_profile_consent": Page({"north_handler"}, ("own dog",), parts),
    "member_dog_profile_withdraw": Page(DONOR, ("own dog",), nothing, get=False),
    "member_dog_photos": Page(DONOR, ("own dog",), photo),
    "member_photo_detail": Page(DONOR, ("draft photo",), framing),
    "member_photo_first": Page(DONOR, ("draft photo",), nothing, get=False),
    "member_photo_remove": Page(DONOR, ("draft photo",), nothing, get=False),
    "member_photo_original": Page(DONOR, ("draft photo",)),
    "member_photo_file": Page(DONOR | COORDINATOR, ("draft photo, for keepers",)),
    "coordinator_profile_list": Page(COORDINATOR),
    "coordinator_profile_detail": Page(COORDINATOR, ("profile",)),
    "coordinator_profile_publish": Page(COORDINATOR, ("profile",), nothing, get=False, after=profile_approved),
    "coordinator_profile_unpublish": Page(COORDINATOR, ("profile",), nothing, get=False),
    "coordinator_profile_send_back": Page(COORDINATOR, ("profile",), reason, get=False, after=profile_approved),
    "coordinator_question_list": Page(COORDINATOR),
    "coordinator_question_add": Page(COORDINATOR, body=question),
    "coordinator_question_detail": Page(COORDINATOR, ("question",), question),
    # The members' inbox, contacts and dog pages.
    "member_inbox": Page(SIGNED_IN),
    "member_inbox_read": Page(SIGNED_IN, body=read_upto, get=False),
    "member_inbox_detail": Page({"north_lead"}, ("own message",)),
    "member_contact_list": Page(KEEPERS | COORDINATOR),
    "member_contact_reveal": Page(KEEPERS | COORDINATOR, ("contact",), nothing, get=False),
    "member_dog_list": Page(KEEPERS),
    "member_dog_detail": Page(DONOR | COORDINATOR, ("dog",)),
    "member_dog_time": Page(DONOR | COORDINATOR, ("dog",), away),
    "member_time_cancel": Page(DONOR | COORDINATOR, ("leave",), nothing, get=False),
    "member_preferences": Page(SIGNED_IN, body=preferences),
    # The digital forms.
    "member_form_list": Page(KEEPERS | COORDINATOR | {"assessor"}),
    "member_session_list": Page(KEEPERS),
    "member_session_add": Page(KEEPERS, body=local_session),
    "member_session_detail": Page(DONOR | COORDINATOR, ("session",)),
    "member_session_remove": Page({"north_handler"}, ("session",), nothing, get=False),
    "member_session_export": Page(ALL_LEADS),
    "member_visit_list": Page(KEEPERS),
    "member_visit_add": Page(KEEPERS, body=planned_visit),
    "member_visit_detail": Page(DONOR | COORDINATOR, ("visit",)),
    "member_visit_cancel": Page(DONOR, ("visit",), nothing, get=False),
    "member_incident_list": Page(KEEPERS),
    "member_incident_add": Page(HANDLERS, body=local_incident),
    "member_incident_detail": Page(DONOR | COORDINATOR, ("incident",)),
    "member_incident_export": Page(ALL_LEADS),
    "member_welfare_list": Page(KEEPERS | COORDINATOR | {"assessor"}),
    "member_welfare_add": Page(ALL_LEADS | COORDINATOR, body=new_welfare),
    "member_welfare_edit": Page({"assessor"}, ("welfare draft",), welfare),
    "member_welfare_detail": Page(DONOR | COORDINATOR, ("welfare visit",)),
    "member_welfare_export": Page(ALL_LEADS),
    "member_debrief_list": Page(KEEPERS),
    "member_debrief_export": Page(ALL_LEADS),
    "member_claim_list": Page(KEEPERS),
    "member_claim_add": Page(HANDLERS, body=new_claim),
    "member_claim_detail": Page(DONOR | COORDINATOR, ("claim",)),
    "member_claim_export": Page(ALL_LEADS),
    "member_claim_submit": Page({"north_handler"}, ("claim",), nothing, get=False),
    "member_claim_discard": Page({"north_handler"}, ("claim",), nothing, get=False, after=claim_empty),
    "member_claim_approve": Page(LEADS["north"] | COORDINATOR, ("claim",), nothing, get=False, after=claim_sent),
    "member_claim_return": Page(LEADS["north"] | COORDINATOR, ("claim",), reason, after=claim_sent),
    "member_claim_settle": Page(LEADS["north"] | COORDINATOR, ("claim",), nothing, get=False, after=claim_approved),
    "member_expense_add": Page({"north_handler"}, ("claim",), expense),
    "member_expense_remove": Page({"north_handler"}, ("expense",), nothing, get=False),
    "member_expense_receipt": Page(DONOR | COORDINATOR, ("expense",)),
    "coordinator_form_list": Page(COORDINATOR),
    "coordinator_session_list": Page(COORDINATOR),
    "coordinator_session_export": Page(COORDINATOR),
    "coordinator_incident_list": Page(COORDINATOR),
    "coordinator_incident_export": Page(COORDINATOR),
    "coordinator_incident_review": Page(COORDINATOR, ("incident",), review),
    "coordinator_welfare_list": Page(COORDINATOR),
    "coordinator_welfare_ask": Page(COORDINATOR, body=ask_welfare),
    "coordinator_welfare_asked": Page(COORDINATOR, ("welfare draft",), pass_on),
    "coordinator_welfare_call_off": Page(COORDINATOR, ("welfare draft",), nothing, get=False),
    "coordinator_welfare_export": Page(COORDINATOR),
    "coordinator_debrief_list": Page(COORDINATOR),
    "coordinator_debrief_export": Page(COORDINATOR),
    "coordinator_claim_list": Page(COORDINATOR),
    "coordinator_claim_export": Page(COORDINATOR),
    # Coordinators.
    "coordinator_home": Page(COORDINATOR),
    "coordinator_team_list": Page(COORDINATOR),
    "coordinator_expiring": Page(COORDINATOR),
    "coordinator_mail_list": Page(COORDINATOR),
    "coordinator_mail_retry": Page(COORDINATOR, ("message",), nothing, get=False),
    "coordinator_person_list": Page(COORDINATOR),
    "coordinator_person_invite": Page(COORDINATOR, body=invite),
    "coordinator_request_list": Page(COORDINATOR),
    "coordinator_request_add": Page(COORDINATOR, body=support),
    "coordinator_request_detail": Page(COORDINATOR, ("new request",), triage),
    "coordinator_request_match": Page(COORDINATOR, ("offered request",), teams),
    "coordinator_request_decline": Page(COORDINATOR, ("new request",), reason),
    "coordinator_request_tier": Page(COORDINATOR, ("offered request",), other_tier, get=False),
    "coordinator_request_remind": Page(COORDINATOR, ("offered request",), nothing, get=False, after=asked_a_while_ago),
    "coordinator_request_move": Page(COORDINATOR, ("new request",), moved),
    "coordinator_request_cancel": Page(COORDINATOR, ("offered request",), called_off),
    "coordinator_request_stand_down": Page(COORDINATOR, ("offered request",), reason),
    "coordinator_request_close": Page(COORDINATOR, ("deployed request",), nothing, after=checked_out),
    "coordinator_offer_list": Page(COORDINATOR),
    "coordinator_offer_record": Page(COORDINATOR, ("offer",), answer),
    "coordinator_offer_withdraw": Page(COORDINATOR, ("offer",), nothing, get=False),
    "coordinator_deployment_stand_down": Page(COORDINATOR, ("deployment, also the host's",), reason),
    "coordinator_deployment_attended": Page(COORDINATOR, ("deployment, also the host's",), attended),
    "coordinator_deployment_absent": Page(COORDINATOR, ("deployment, also the host's",), reason, after=begun),
    "coordinator_document_list": Page(COORDINATOR),
    "coordinator_document_next": Page(COORDINATOR),
    "coordinator_document_whose": Page(COORDINATOR),
    "coordinator_document_add": Page(COORDINATOR, ("force",), document),
    "coordinator_certificate_add": Page(COORDINATOR, ("force",), certificate),
    "coordinator_document_detail": Page(COORDINATOR, EVIDENCE),
    "coordinator_document_file": Page(COORDINATOR, EVIDENCE),
    "coordinator_document_verify": Page(COORDINATOR, EVIDENCE, nothing, get=False),
    "coordinator_document_reject": Page(COORDINATOR, EVIDENCE, reason, get=False),
    "coordinator_certificate_detail": Page(COORDINATOR, CERTIFICATES),
    "coordinator_certificate_file": Page(COORDINATOR, CERTIFICATES),
    "coordinator_certificate_verify": Page(COORDINATOR, CERTIFICATES, nothing, get=False),
    "coordinator_certificate_reject": Page(COORDINATOR, CERTIFICATES, reason, get=False),
}

# Signing in is allauth's: these pages are about whoever asks and nobody else. True: only for people who have signed in.
SIGN_IN_PAGES = {
    "account_login": False,
    "account_logout": False,
    "account_inactive": False,
    "account_signup": False,
    "account_email_verification_sent": False,
    "account_reset_password": False,
    "account_reset_password_done": False,
    "account_reset_password_from_key_done": False,
    "account_reset_password_from_key": False,
    "account_confirm_email": False,
    "account_confirm_login_code": False,
    "mfa_authenticate": False,
    "account_reauthenticate": True,
    "account_email": False,
    "account_change_password": True,
    "account_set_password": True,
    "mfa_index": True,
    "mfa_reauthenticate": True,
    "mfa_activate_totp": True,
    "mfa_deactivate_totp": True,
    "mfa_view_recovery_codes": True,
    "mfa_generate_recovery_codes": True,
    "mfa_download_recovery_codes": True,
    "usersessions_list": True,
}


def every_name(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str]:
    """The name of every address in the site map; one without a name says its pattern, and so fails the table."""
    for found in (resolver or get_resolver()).url_patterns:
        if isinstance(found, URLResolver):
            yield from every_name(found, f"{namespace}{found.namespace}:" if found.namespace else namespace)
        elif isinstance(found, URLPattern):
            yield namespace + (found.name or f"without a name: {found.pattern}")
