"""Every address, what it is about and who may use it; from these the expected answer is derived, never recorded."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.timezone import localdate, localtime

from tests.boundaries.world import Step, World, checked_in, checked_out
from tests.factories.files import pdf_bytes, upload

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
    "certificate": seen_by(force="north", handler="north_handler"),
    "other's certificate": seen_by(force="north", handler="north_other"),
    "assessment": seen_by(force="north", handler="north_handler") | {"assessor"},
    "message": COORDINATOR | {"north_lead"},  # to whom it was written
    "public profile": EVERYBODY,
    "unpublished profile": set(),
    "token": EVERYBODY,
    "letter": EVERYBODY,
    "portrait": EVERYBODY,
}
# Some things stand under one key and are read in two ways.
SAME = {"deployment, also the host's": "deployment", "hosted request": "offered request"}

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
    return "labrador-purple-drop-ball-soft-card" if thing == "portrait" else str(uuid4())


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


def moment(name: str, at: datetime) -> dict[str, str]:
    return {**day(name, localtime(at).date()), f"{name}_time": f"{localtime(at):%H:%M}"}


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def nothing(world: World) -> dict[str, Any]:
    return {}


def reason(world: World) -> dict[str, Any]:
    return {"reason": "The roof has come down."}


def support(world: World) -> dict[str, Any]:
    start = world.now + timedelta(days=3)
    return {
        "key": str(uuid4()), "kind": "national_event", "force": world.cast.host.pk, "name": "Vic Visitor",
        "email": "vic@hostshire.example", "telephone": "07700 900777", "postcode": "S1", "place": "Town hall",
        "places": "1", "people": "40", "setting": ["crowds"], "story": "A long day.",
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
    today = localdate(world.now)
    return {
        "key": str(uuid4()), "people": "12", "minutes": "30", "breaks": "1", "signposted": "2", "on": today.isoformat()
    }  # fmt: skip


def incident(world: World) -> dict[str, Any]:
    when = moment("happened_at", world.now)
    return {"key": str(uuid4()), "kind": "scare", "account": "A door banged.", "first_aid": "on", **when}


def debrief(world: World) -> dict[str, Any]:
    return {"dog_after": "Tired and well", "went_well": "The room.", "change": "Parking.", "needs_follow_up": "on"}


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


def accept(world: World) -> dict[str, Any]:
    return {"name": "Nia Newcomer", "telephone": "07700 900556", "password": "kettle lantern orchard"}


DONOR = LEADS["north"] | {"north_handler"}
EVIDENCE = ("dog document", "other dog's document", "force document")
CERTIFICATES = ("certificate", "other's certificate")
KEEPERS = ALL_LEADS | HANDLERS

PAGES: dict[str, Page] = {
    "home": Page(EVERYBODY),
    "accessibility": Page(EVERYBODY),
    "privacy": Page(EVERYBODY),
    "cookies": Page(EVERYBODY),
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
    # The dogs' public pages: kudos, pictures, the map.
    # Everybody who has signed in.
    "home_redirect": Page(SIGNED_IN),
    "profile": Page(SIGNED_IN, body=profile),
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
    # Posters and other promotion.
    # The dogs' profiles, written and approved.
    # The members' inbox, contacts and dog pages.
    # The digital forms.
    # Coordinators.
    "coordinator_home": Page(COORDINATOR),
    "coordinator_team_list": Page(COORDINATOR),
    "coordinator_expiring": Page(COORDINATOR),
    "coordinator_mail_list": Page(COORDINATOR),
    "coordinator_mail_retry": Page(COORDINATOR, ("message",), nothing, get=False),
    "coordinator_person_list": Page(COORDINATOR),
    "coordinator_person_invite": Page(COORDINATOR, body=invite),
    "coordinator_request_list": Page(COORDINATOR),
    "coordinator_request_detail": Page(COORDINATOR, ("new request",), triage),
    "coordinator_request_match": Page(COORDINATOR, ("offered request",), teams),
    "coordinator_request_decline": Page(COORDINATOR, ("new request",), reason),
    "coordinator_request_stand_down": Page(COORDINATOR, ("offered request",), reason),
    "coordinator_request_close": Page(COORDINATOR, ("deployed request",), nothing, after=checked_out),
    "coordinator_offer_list": Page(COORDINATOR),
    "coordinator_offer_record": Page(COORDINATOR, ("offer",), answer),
    "coordinator_offer_withdraw": Page(COORDINATOR, ("offer",), nothing, get=False),
    "coordinator_deployment_stand_down": Page(COORDINATOR, ("deployment, also the host's",), reason),
    "coordinator_deployment_absent": Page(COORDINATOR, ("deployment, also the host's",), reason),
    "coordinator_document_list": Page(COORDINATOR),
    "coordinator_document_next": Page(COORDINATOR),
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
