"""Proposing offers: every team is judged again, those that are clear are asked, the others come back with reasons."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import must
from accounts.models import User
from accounts.queries import leads_of, people
from audit.actions import record
from core.lifecycle import Refused
from deployments import emails
from deployments.actions.held import go_on, locked_request, move_request
from deployments.models import Offer, Request
from deployments.queries import verdicts_on, who_said_no
from deployments.rules import answer_by, takes_offers
from deployments.states import OFFER_OPEN, OfferStatus, RequestStatus
from deployments.way import km_to
from dogs.facts import Reason
from dogs.models import Team
from dogs.queries import limits


@dataclass(frozen=True)
class NotOffered:
    """A team that could not be offered, and why not, in sentences."""

    team: Team
    reasons: tuple[str, ...]


@transaction.atomic
def propose_offers(
    *, request: Request, teams: list[UUID], by: User, now: datetime
) -> tuple[list[Offer], list[NotOffered]]:
    """Propose each team to its force: the lead and the handler are asked at once.

    Every team is judged again now. Those that are clear are asked; the others come back with their reasons. A team
    that has a live offer on the request already keeps it, so a repeated tap asks once.
    """
    must(by, "offer.propose")
    request = locked_request(request.pk)
    if not takes_offers(request.status, request.ends_at, now=now):
        raise Refused(_("%s does not take offers now.") % request.reference)
    if not teams:
        raise Refused(_("Choose at least one team to ask."), field="teams")
    standing = {
        o.team_id: o for o in Offer.objects.filter(request=request, status__in=OFFER_OPEN).select_related("team__dog")
    }
    asked = [offer.team for offer in standing.values()]
    made, left_out = [], []
    chosen = Team.objects.filter(uuid__in=teams).select_related("dog", "handler", "force").order_by("pk")
    if not chosen:
        raise Refused(_("None of these teams is there any more. Choose again."), field="teams")
    verdicts = verdicts_on([team.pk for team in chosen], request, now=now)
    for team in chosen:
        if team.pk in standing:
            made.append(standing[team.pk])
        elif reasons := (*_asked_already(team, asked), *_why_not(team, request, verdicts)):
            left_out.append(NotOffered(team, reasons))
        else:
            made.append(_propose(request, team, by=by, now=now))
            asked.append(team)
    if made and request.status == RequestStatus.TRIAGED:
        move_request(request, RequestStatus.SOURCING, verb="sourcing", by=by, now=now)
    elif made and request.status == RequestStatus.COMPLETED:
        go_on(request, by=by, now=now)
    return made, left_out


def _asked_already(team: Team, asked: list[Team]) -> tuple[str, ...]:
    """A dog or a handler can go only once, so neither is asked for one request in two teams."""
    dogs, handlers = {other.dog_id for other in asked}, {other.handler_user_id for other in asked}
    if team.dog_id in dogs:
        return (_("%s is asked already, with another handler") % team.dog.name,)
    if team.handler_user_id in handlers:
        return (_("%s is asked already, with another dog") % team.handler.first_name,)
    return ()


def _why_not(team: Team, request: Request, verdicts: dict[int, tuple[Reason, ...]]) -> tuple[str, ...]:
    if team.handler_user_id in who_said_no(request):
        return (_("%s has said no to this request, and that stands.") % team.handler.first_name,)
    return tuple(reason.sentence for reason in verdicts[team.pk])


def _propose(request: Request, team: Team, *, by: User, now: datetime) -> Offer:
    offer = Offer.objects.create(
        request=request,
        force_id=team.force_id,
        host_force_id=request.force_id,
        team=team,
        handler_user_id=team.handler_user_id,
        proposed_at=now,
        proposed_by=by,
        answer_by=answer_by(request.kind, request.starts_at, limits(), now=now, km=km_to(team, request)),
    )
    record("proposed", offer, by=by, now=now, moved=("", OfferStatus.PROPOSED))
    for lead in leads_of(team.force_id):
        emails.offer_to_lead(offer, lead, now=now)
    for handler in people([team.handler_user_id]):
        emails.offer_to_handler(offer, handler, now=now)
    return offer
