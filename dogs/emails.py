"""What is told of documents, dogs, teams and public profiles. A function a message; links are made here."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dogs.models import Commitment, Document, Dog, Incident, Team, WelfareVisit
from dogs.states import IncidentKind, WelfareFinding
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
        context={"document": document, "link": settings.OK9_ADDRESS + reverse("member_document_list")},
        now=now,
    )


def document_rejected(document: Document, to: Recipient, *, now: datetime) -> None:
    queue_mail(
        to,
        "dogs/document_rejected",
        key=f"dogs-document:{document.uuid}:rejected",
        context={"document": document, "link": add_document_address(document)},
        now=now,
    )


def _about_dog(message: str, dog: Dog, to: Recipient, *, key: str, now: datetime, **more: Any) -> None:
    context = {"dog": dog, "force": dog.force, "link": settings.OK9_ADDRESS + reverse("home_redirect"), **more}
    queue_mail(to, f"dogs/{message}", key=f"dogs-dog:{dog.uuid}:{key}", context=context, now=now)


def dog_moved(dog: Dog, to: Recipient, *, now: datetime, why: str = "") -> None:
    """How the dog stands now, in the words of its status."""
    _about_dog("dog_moved", dog, to, key=f"{dog.status}:{now:%Y%m%d%H%M%S}", now=now, why=why)


def team_formed(team: Team, to: Recipient, *, now: datetime) -> None:
    _about_dog("team_formed", team.dog, to, key=f"team:{team.uuid}:{now:%Y%m%d}", now=now, handler=team.handler)


def profile_moved(dog: Dog, said: str, to: Recipient, *, now: datetime) -> None:
    """`said` is given, withdrawn, published or unpublished."""
    _about_dog("profile_moved", dog, to, key=f"profile:{said}:{now:%Y%m%d%H%M%S}", now=now, said=said)


def incident_reported(incident: Incident, to: Recipient, *, now: datetime, may_read: bool) -> None:
    """What happened to which dog, and when; never the handler's account of it. A bite also goes as a text message.

    A host is told and does not read the report: `may_read` says whose link leads there.
    """
    home, key = settings.OK9_ADDRESS + reverse("home_redirect"), f"dogs-incident:{incident.uuid}"
    link = _link("member_incident_detail", incident) if may_read else home
    context = {
        "dog": incident.dog.name,
        "force": incident.force.name,
        "what": incident.get_kind_display().lower(),
        "when": date_format(localtime(incident.happened_at), "D j M, H:i"),
        "is_bite": incident.kind == IncidentKind.BITE,
        "first_aid": incident.first_aid,
        "link": link,
    }
    queue_mail(to, "dogs/incident_reported", key=key, context=context, now=now, urgent=True)
    if context["is_bite"] and to.user_id != incident.handler_user_id:
        said = _("OK9: %(dog)s of %(force)s has bitten somebody and is suspended until it is reviewed. %(link)s")
        queue_text(to, said % context, kind="incident_reported", key=key, now=now)


def incident_reviewed(incident: Incident, to: Recipient, *, now: datetime) -> None:
    """What became of it; what was found is read after signing in."""
    context = {
        "dog": incident.dog.name,
        "force": incident.force.name,
        "outcome": incident.outcome,
        "link": _link("member_incident_detail", incident),
    }
    key = f"dogs-incident:{incident.uuid}:reviewed:{now:%Y%m%d%H%M%S}"
    queue_mail(to, "dogs/incident_reviewed", key=key, context=context, now=now)


def visit_settled(visit: Commitment, to: Recipient, *, now: datetime) -> None:
    """For a handler whose visit somebody else has planned or cancelled."""
    context = {
        "dog": visit.team.dog.name,
        "place": visit.place,
        "starts": date_format(localtime(visit.period.lower), "D j M, H:i"),
        "ends": date_format(localtime(visit.period.upper), "H:i"),
        "is_cancelled": visit.cancelled_at is not None,
        "link": _link("member_visit_detail", visit),
    }
    key = f"dogs-visit:{visit.uuid}:{'cancelled' if visit.cancelled_at else 'planned'}"
    queue_mail(to, "dogs/visit_settled", key=key, context=context, now=now)


def welfare_visit_wanted(visit: WelfareVisit, to: Recipient, *, now: datetime) -> None:
    context = {
        "dog": visit.dog_name,
        "force": visit.force.name,
        "by_day": date_format(visit.due_on, "j F Y") if visit.due_on else "",
        "link": _link("member_welfare_edit", visit),
    }
    queue_mail(to, "dogs/welfare_visit_wanted", key=f"dogs-welfare:{visit.uuid}:wanted", context=context, now=now)


def welfare_visit_sent(visit: WelfareVisit, to: Recipient, *, now: datetime) -> None:
    """The finding; what was seen is read after signing in. A critical one also goes as a text message."""
    is_critical, key = visit.finding == WelfareFinding.CRITICAL, f"dogs-welfare:{visit.uuid}:sent"
    context = {
        "dog": visit.dog_name,
        "force": visit.force.name,
        "finding": visit.finding,
        "visitor": visit.visitor_name,
        "link": _link("member_welfare_detail", visit),
    }
    queue_mail(to, "dogs/welfare_visit_sent", key=key, context=context, now=now, urgent=is_critical)
    if is_critical and to.user_id != visit.visitor_id:
        said = _("OK9: a welfare visit found something critical. %(dog)s of %(force)s is suspended. %(link)s")
        queue_text(to, said % context, kind="welfare_visit_sent", key=key, now=now)
