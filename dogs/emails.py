"""What is told of documents, dogs, teams and public profiles. A function a message; links are made here."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dogs.models import Commitment, Document, Dog, Incident, Profile, SessionLog, Team, WelfareVisit
from dogs.states import DogStatus, IncidentKind, WelfareFinding
from notifications.outbox import Recipient, queue_mail, queue_text


def _link(name: str, thing: Any) -> str:
    return settings.OK9_ADDRESS + reverse(name, args=[thing.uuid])


def add_document_address(document: Document) -> str:
    """The page on which a newer document of the same kind, for the same dog or force, is added."""
    query = {"kind": document.kind, **({"dog": document.dog.uuid} if document.dog else {"force": document.force.uuid})}
    return f"{settings.OK9_ADDRESS}{reverse('member_document_add')}?{urlencode(query)}"


def document_verified(document: Document, to: Recipient, *, now: datetime) -> None:
    queue_mail(
        to,
        "dogs/document_verified",
        key=f"dogs-document:{document.uuid}:verified",
        context=lambda: {"document": document, "link": settings.OK9_ADDRESS + reverse("member_document_list")},
        now=now,
    )


def document_rejected(document: Document, to: Recipient, *, now: datetime) -> None:
    queue_mail(
        to,
        "dogs/document_rejected",
        key=f"dogs-document:{document.uuid}:rejected",
        context=lambda: {"document": document, "link": add_document_address(document)},
        now=now,
    )


def _about_dog(
    message: str, dog: Dog, to: Recipient, *, key: str, now: datetime, urgent: bool = False, **more: Any
) -> None:
    def context() -> dict[str, Any]:
        return {"dog": dog, "force": dog.force, "link": settings.OK9_ADDRESS + reverse("home_redirect"), **more}

    queue_mail(to, f"dogs/{message}", key=f"dogs-dog:{dog.uuid}:{key}", context=context, now=now, urgent=urgent)


def dog_moved(dog: Dog, to: Recipient, *, now: datetime, why: str = "") -> None:
    """How the dog stands now, in the words of its status. A suspension can't wait."""
    key, is_urgent = f"{dog.status}:{now:%Y%m%d%H%M%S}", dog.status == DogStatus.SUSPENDED
    _about_dog("dog_moved", dog, to, key=key, now=now, urgent=is_urgent, why=why)


def team_formed(team: Team, to: Recipient, *, now: datetime) -> None:
    _about_dog("team_formed", team.dog, to, key=f"team:{team.uuid}:{now:%Y%m%d%H%M%S}", now=now, handler=team.handler)


def team_parted(team: Team, to: Recipient, *, now: datetime, why: str = "") -> None:
    key = f"team:{team.uuid}:parted:{now:%Y%m%d%H%M%S}"
    _about_dog("team_parted", team.dog, to, key=key, now=now, handler=team.handler, why=why)


def profile_moved(dog: Dog, said: str, to: Recipient, *, now: datetime, why: str = "") -> None:
    """`said` is what happened to the page, its draft or its consent: one of the words that the template knows."""
    link = settings.OK9_ADDRESS + reverse("member_dog_profile", args=[dog.uuid])
    key = f"profile:{said}:{now:%Y%m%d%H%M%S}"
    _about_dog("profile_moved", dog, to, key=key, now=now, said=said, why=why, link=link)


def profile_to_publish(profile: Profile, to: Recipient, *, now: datetime, again: bool) -> None:
    dog, link = profile.dog, settings.OK9_ADDRESS + reverse("coordinator_profile_detail", args=[profile.uuid])
    key = f"profile:publish:{now:%Y%m%d%H%M%S}"
    _about_dog("profile_to_publish", dog, to, key=key, now=now, link=link, again=again)


def incident_reported(incident: Incident, to: Recipient, *, now: datetime, may_read: bool) -> None:
    """What happened to which dog, and when; never the handler's account of it. A bite also goes as a text message.

    A host is told and does not read the report: `may_read` says whose link leads there.
    """
    key, is_bite = f"dogs-incident:{incident.uuid}", incident.kind == IncidentKind.BITE

    def context() -> dict[str, Any]:
        home = settings.OK9_ADDRESS + reverse("home_redirect")
        return {
            "dog": incident.dog.name,
            "force": incident.force.name,
            "what": incident.get_kind_display().lower(),
            "when": date_format(localtime(incident.happened_at), "D j M, H:i"),
            "is_bite": is_bite,
            "first_aid": incident.first_aid,
            "link": _link("member_incident_detail", incident) if may_read else home,
        }

    def text() -> str:
        said = _("OK9: %(dog)s of %(force)s has bitten somebody and is suspended until it is reviewed. %(link)s")
        return said % context()

    queue_mail(to, "dogs/incident_reported", key=key, context=context, now=now, urgent=True)
    if is_bite and to.user_id != incident.handler_user_id:
        queue_text(to, text, kind="incident_reported", key=key, now=now)


def incident_reviewed(incident: Incident, to: Recipient, *, now: datetime) -> None:
    """What became of it; what was found is read after signing in."""

    def context() -> dict[str, Any]:
        return {
            "dog": incident.dog.name,
            "force": incident.force.name,
            "outcome": incident.outcome,
            "link": _link("member_incident_detail", incident),
        }

    key = f"dogs-incident:{incident.uuid}:reviewed:{now:%Y%m%d%H%M%S}"
    queue_mail(to, "dogs/incident_reviewed", key=key, context=context, now=now)


def visit_settled(visit: Commitment, to: Recipient, *, now: datetime) -> None:
    """For a handler whose visit somebody else has planned or cancelled."""

    def context() -> dict[str, Any]:
        return {
            "dog": visit.team.dog.name,
            "place": visit.place,
            "starts": date_format(localtime(visit.period.lower), "D j M, H:i"),
            "ends": date_format(localtime(visit.period.upper), "H:i"),
            "is_cancelled": visit.cancelled_at is not None,
            "link": _link("member_visit_detail", visit),
        }

    key = f"dogs-visit:{visit.uuid}:{'cancelled' if visit.cancelled_at else 'planned'}"
    queue_mail(to, "dogs/visit_settled", key=key, context=context, now=now)


def time_settled(time: Commitment, to: Recipient, *, now: datetime) -> None:
    """For a handler whose leave, season or rest somebody else has entered or taken back."""

    def context() -> dict[str, Any]:
        return {
            "dog": time.team.dog.name,
            "what": time.get_kind_display(),
            "starts": date_format(localtime(time.period.lower), "D j M, H:i"),
            "ends": date_format(localtime(time.period.upper), "D j M, H:i"),
            "is_cancelled": time.cancelled_at is not None,
            "link": _link("member_dog_detail", time.team.dog),
        }

    key = f"dogs-time:{time.uuid}:{'cancelled' if time.cancelled_at else 'booked'}"
    queue_mail(to, "dogs/time_settled", key=key, context=context, now=now)


def session_logged(row: SessionLog, to: Recipient, *, now: datetime) -> None:
    """For a handler for whom somebody else has logged a session."""

    def context() -> dict[str, Any]:
        return {
            "dog": row.team.dog.name,
            "day": date_format(row.on, "l j F"),
            "minutes": row.minutes,
            "people": row.people,
            "by": row.logged_by_name,
            "link": _link("member_session_detail", row),
        }

    queue_mail(to, "dogs/session_logged", key=f"dogs-session:{row.uuid}", context=context, now=now)


def welfare_visit_wanted(visit: WelfareVisit, to: Recipient, *, now: datetime) -> None:
    def context() -> dict[str, Any]:
        return {
            "dog": visit.dog_name,
            "force": visit.force.name,
            "by_day": date_format(visit.due_on, "j F Y") if visit.due_on else "",
            "link": _link("member_welfare_edit", visit),
        }

    key = f"dogs-welfare:{visit.uuid}:wanted:{visit.due_on}"  # passed on to another day, it is told again
    queue_mail(to, "dogs/welfare_visit_wanted", key=key, context=context, now=now)


def welfare_visit_called_off(visit: WelfareVisit, to: Recipient, *, now: datetime) -> None:
    def context() -> dict[str, Any]:
        link = settings.OK9_ADDRESS + reverse("member_form_list")
        return {"dog": visit.dog_name, "force": visit.force.name, "link": link}

    key = f"dogs-welfare:{visit.uuid}:off:{visit.due_on}"
    queue_mail(to, "dogs/welfare_visit_called_off", key=key, context=context, now=now)


def welfare_visit_sent(visit: WelfareVisit, to: Recipient, *, now: datetime) -> None:
    """The finding; what was seen is read after signing in. A critical one also goes as a text message."""
    is_critical, key = visit.finding == WelfareFinding.CRITICAL, f"dogs-welfare:{visit.uuid}:sent"

    def context() -> dict[str, Any]:
        return {
            "dog": visit.dog_name,
            "force": visit.force.name,
            "finding": visit.finding,
            "visitor": visit.visitor_name,
            "link": _link("member_welfare_detail", visit),
        }

    def text() -> str:
        said = _("OK9: a welfare visit found something critical. %(dog)s of %(force)s is suspended. %(link)s")
        return said % context()

    queue_mail(to, "dogs/welfare_visit_sent", key=key, context=context, now=now, urgent=is_critical)
    if is_critical and to.user_id != visit.visitor_id:
        queue_text(to, text, kind="welfare_visit_sent", key=key, now=now)
