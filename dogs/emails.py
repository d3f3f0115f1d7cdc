"""What is told of documents, dogs, teams and public profiles. A function a message; links are made here."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dogs.models import Document, Dog, Incident, Profile, Team
from dogs.states import IncidentKind
from notifications.outbox import Recipient, queue_mail, queue_text


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


def profile_moved(dog: Dog, said: str, to: Recipient, *, now: datetime, why: str = "") -> None:
    """`said` is what happened to the page, its draft or its consent: one of the words that the template knows."""
    link = settings.OK9_ADDRESS + reverse("member_dog_profile", args=[dog.uuid])
    key = f"profile:{said}:{now:%Y%m%d%H%M%S}"
    _about_dog("profile_moved", dog, to, key=key, now=now, said=said, why=why, link=link)


def profile_to_publish(profile: Profile, to: Recipient, *, now: datetime) -> None:
    dog, link = profile.dog, settings.OK9_ADDRESS + reverse("coordinator_profile_detail", args=[profile.uuid])
    _about_dog("profile_to_publish", dog, to, key=f"profile:publish:{now:%Y%m%d%H%M%S}", now=now, link=link)


def incident_reported(incident: Incident, to: Recipient, *, now: datetime) -> None:
    """What happened to which dog, and when; never the handler's account of it. A bite also goes as a text message."""
    link, key = settings.OK9_ADDRESS + reverse("home_redirect"), f"dogs-incident:{incident.uuid}"
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
