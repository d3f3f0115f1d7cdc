"""What every message of mutual aid says and leads to, and who asked for the support."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.queries import leads_of
from deployments.briefing import moment, period, setting_words
from deployments.models import Request, RequestDetail
from deployments.way import way_words
from dogs.models import Team
from notifications.outbox import Recipient

# The page that a mail leads to: its name and, where it is about one, the thing.
Page = tuple[str, Any]
HOME: Page = ("", None)


def link_to(page: Page) -> str:
    """The page's address in the language that is being written."""
    name, thing = page
    return settings.OK9_ADDRESS + reverse(name, args=[thing.uuid]) if name else settings.OK9_ADDRESS


def digest(words: str) -> str:
    """Words of any length as the short end of a key."""
    return sha256(words.encode()).hexdigest()[:16] if words else ""


def askers_of(request: Request) -> list[Recipient]:
    """Whoever asked, who may be nobody that signs in; nobody where they rang and left no address.

    Read inside a network scope.
    """
    detail = RequestDetail.objects.get(request_id=request.pk)
    return [Recipient(email=detail.email, is_of_wales=request.force.is_welsh)] if detail.email else []


def host_side(request: Request) -> list[Recipient]:
    """The host's leads and whoever asked, who may be one of them. Read inside a network scope."""
    hosts = leads_of(request.force_id)
    return [*hosts, *beside(hosts, request)]


def beside(hosts: list[Recipient], request: Request) -> list[Recipient]:
    """Whoever asked, unless the host's leads are told anyway and they are one of those."""
    known = {lead.email.lower() for lead in hosts}
    return [asker for asker in askers_of(request) if asker.email.lower() not in known]


def way_facts(team: Team, request: Request) -> dict[str, Any]:
    """What a team's own people are told besides: where it is, and how it is there. Nothing that anybody typed."""
    return {"postcode": request.postcode, "way": way_words(team, request), "setting": setting_words(request)}


def request_facts(request: Request) -> dict[str, Any]:
    return {
        "reference": request.reference,
        "kind": request.get_kind_display(),
        "host": request.force.name,
        "starts": moment(request.starts_at),
        "when": period(request.starts_at, request.ends_at),
        "places": request.places,
        "telephone": settings.OK9_COORDINATORS_TELEPHONE,
    }
