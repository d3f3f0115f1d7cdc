"""Looking again at what is booked: a fact that changed since (a bite, a lapsed paper) must not wait for the day."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.queries import concerned, coordinators, leads_of
from audit.actions import for_the_record
from core.each import work_each
from core.lifecycle import Refused
from core.tenancy import system_scope
from deployments import emails
from deployments.actions.held import locked_request
from deployments.actions.offers import withdraw_offer
from deployments.models import Deployment, Offer, Request
from deployments.queries import need_of, without_own
from deployments.rules import told_to_handler
from deployments.states import DeploymentStatus, OfferStatus
from dogs.facts import Reason, TeamFacts
from dogs.queries import limits, team_facts
from dogs.rules import judge
from notifications.outbox import Recipient


def recheck_commitments(*, now: datetime) -> int:
    """Judge every waiting offer and every coming deployment again, a request at a time; how many are no longer clear.

    A waiting offer of a team that may not go any more is withdrawn. A booked team is left booked, because only people
    can decide what to do instead; the coordinators, the leads and the handler are told once for each set of reasons,
    and again when one comes back after the team was clear; once it is clear they are told that too.
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
        verdicts = _verdicts(request, things, now=now)
        for thing in things:
            against = verdicts.get(thing.team_id)
            is_unclear = bool(against and against())
            if isinstance(thing, Deployment):
                _note(thing, is_unclear=is_unclear, now=now)
            if against and is_unclear:
                unclear += 1
                _act(thing, against, now=now)
    return unclear


# The reasons against a team, worded in the language in which they are asked for.
Against = Callable[[], tuple[Reason, ...]]


def _verdicts(request: Request, things: list[Offer | Deployment], *, now: datetime) -> dict[int, Against]:
    need, numbers = need_of(request, now=now), limits()
    booked = {thing.team_id for thing in things if isinstance(thing, Deployment)}
    found = team_facts([thing.team_id for thing in things], need)
    facts = [without_own(f, request, now=now) if f.team_id in booked else f for f in found]

    def judged(team: TeamFacts) -> tuple[Reason, ...]:
        return judge(team, need, numbers).reasons

    return {f.team_id: partial(judged, f) for f in facts}


def _note(booked: Deployment, *, is_unclear: bool, now: datetime) -> None:
    """Since when the team may not go as booked; whoever was told so gets the all-clear."""
    since = booked.unclear_since
    if is_unclear == bool(since):
        return
    booked.unclear_since = now if is_unclear else None
    booked.save(update_fields=["unclear_since"])
    if since:
        for to, can_match in _watching(booked):
            emails.clear_again(booked, to, since=since, now=now, can_match=can_match)


def _watching(booked: Deployment) -> list[tuple[Recipient, bool]]:
    """The handler, the leads and the coordinators, once each, and whether they can find another team."""
    watching = {r.user_id: r for r in coordinators()}
    going = {r.user_id: r for r in concerned([booked.handler_user_id], booked.force_id)}
    return [(to, to.user_id in watching) for to in (going | watching).values()]


def _act(thing: Offer | Deployment, against: Against, *, now: datetime) -> None:
    if isinstance(thing, Offer):
        with suppress(Refused):  # answered since it was read: if it was confirmed, the next look sees the deployment
            with for_the_record():
                told, to_handler = (
                    _("No longer clear: %s") % "; ".join(_sentences(known))
                    for known in (against(), told_to_handler(against()))
                )
            withdraw_offer(offer=thing, reason=told, reason_for_handler=to_handler, by=None, now=now)
        return
    keepers = {lead.user_id for lead in leads_of(thing.force_id)}
    for to, can_match in _watching(thing):
        known = partial(_known, against, sees_all=can_match or to.user_id in keepers)
        emails.no_longer_clear(thing, to, known, now=now, can_match=can_match)


def _known(against: Against, *, sees_all: bool) -> tuple[Reason, ...]:
    """Why not, as this reader may know it: a handler is not told what is wrong with their force's papers."""
    return against() if sees_all else told_to_handler(against())


def _sentences(reasons: Iterable[Reason]) -> list[str]:
    return [reason.sentence for reason in reasons]
