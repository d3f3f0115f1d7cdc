"""Looking again at what is booked: a fact that changed since (a bite, a lapsed paper) must not wait for the day."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.queries import concerned, coordinators
from audit.actions import for_the_record
from core.each import work_each
from core.lifecycle import Refused
from core.tenancy import system_scope
from deployments import emails
from deployments.actions.held import locked_request
from deployments.actions.offers import withdraw_offer
from deployments.models import Deployment, Offer, Request
from deployments.queries import need_of, without_own
from deployments.states import DeploymentStatus, OfferStatus
from dogs.facts import TeamFacts
from dogs.queries import limits, team_facts
from dogs.rules import judge


def recheck_commitments(*, now: datetime) -> int:
    """Judge every waiting offer and every coming deployment again, a request at a time; how many are no longer clear.

    A waiting offer of a team that may not go any more is withdrawn. A booked team is left booked, because only people
    can decide what to do instead; the coordinators, the leads and the handler are told once for each set of reasons,
    and again when one comes back after the team was clear.
    """
    with system_scope():
        asked = {row for rows in (_waiting(), _coming(now)) for row in rows.values_list("request_id", flat=True)}
    return sum(work_each(sorted(asked), partial(_recheck, now=now), what="looking again"))


def _waiting() -> QuerySet[Offer]:
    return Offer.objects.filter(status=OfferStatus.PROPOSED).select_related("request__force", "team")


def _coming(now: datetime) -> QuerySet[Deployment]:
    coming = Deployment.objects.filter(status=DeploymentStatus.SCHEDULED, request__ends_at__gt=now)
    return coming.select_related("request__force", "team")


def _recheck(request_id: int, *, now: datetime) -> int:
    """One request's, its row held first, as everybody does who answers, comes or goes."""
    unclear = 0
    with system_scope():
        request = locked_request(request_id)
        things: list[Offer | Deployment] = [*_waiting().filter(request=request), *_coming(now).filter(request=request)]
        things.sort(key=lambda thing: thing.pk)
        verdicts = _reasons(request, things, now=now)
        for thing in things:
            reasons = verdicts.get(thing.team_id)
            is_unclear = bool(reasons and reasons())
            if isinstance(thing, Deployment) and is_unclear != bool(thing.unclear_since):
                thing.unclear_since = now if is_unclear else None
                thing.save(update_fields=["unclear_since"])
            if reasons and is_unclear:
                unclear += 1
                _act(thing, reasons, now=now)
    return unclear


# The sentences of a verdict, in the language in which they are asked for.
Reasons = Callable[[], list[str]]


def _reasons(request: Request, things: list[Offer | Deployment], *, now: datetime) -> dict[int, Reasons]:
    need, numbers = need_of(request, now=now), limits()
    booked = {thing.team_id for thing in things if isinstance(thing, Deployment)}
    found = team_facts([thing.team_id for thing in things], need)
    facts = [without_own(f, request, now=now) if f.team_id in booked else f for f in found]

    def judged(team: TeamFacts) -> list[str]:
        return [reason.sentence for reason in judge(team, need, numbers).reasons]

    return {f.team_id: partial(judged, f) for f in facts}


def _act(thing: Offer | Deployment, reasons: Reasons, *, now: datetime) -> None:
    if isinstance(thing, Offer):
        with suppress(Refused):  # answered since it was read: if it was confirmed, the next look sees the deployment
            with for_the_record():
                reason = _("No longer clear: %s") % "; ".join(reasons())
            withdraw_offer(offer=thing, reason=reason, by=None, now=now)
        return
    watching = {r.user_id: r for r in coordinators()}
    going = {r.user_id: r for r in concerned([thing.handler_user_id], thing.force_id)}
    for recipient in (going | watching).values():
        emails.no_longer_clear(thing, recipient, reasons, now=now, can_match=recipient.user_id in watching)
