"""What is told of a confirmed team, to itself, its lead, the host and whoever asked."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.queries import concerned, leads_of
from audit.actions import for_the_record
from deployments.briefing import moment
from deployments.emails.facts import HOME, Page, beside, digest, link_to, request_facts, way_facts
from deployments.models import Deployment
from deployments.rules import MENDED_BY_PAPERS
from dogs.facts import Reason
from notifications.outbox import Recipient, queue_mail, queue_text


def _about_deployment(
    message: str,
    deployment: Deployment,
    to: Recipient,
    *,
    now: datetime,
    urgent: bool = False,
    text: Callable[[], str] | None = None,
    page: Page | None = None,
    which: str = "",
    said: Callable[[], dict[str, Any]] = dict,
    **more: Any,
) -> None:
    """`which` keeps apart what is told more than once for one deployment; `said` is worded in the mail's language."""

    def context() -> dict[str, Any]:
        return {
            **request_facts(deployment.request),
            **way_facts(deployment.team, deployment.request),
            "dog": deployment.dog_name,
            "handler": deployment.handler_name.split(" ")[0],
            "reason": deployment.reason,
            "link": link_to(page or ("member_deployment_detail", deployment)),
            **more,
            **said(),
        }

    key = f"deployment:{deployment.uuid}:{message}:{which}"
    queue_mail(to, f"deployments/{message}", key=key, context=context, now=now, urgent=urgent)
    if text is not None:
        queue_text(to, text, kind=message, key=key, now=now)


def tell_of_confirmation(deployment: Deployment, *, now: datetime) -> None:
    """The handler and the donor's leads, with the briefing; the host's leads, with who is coming; whoever asked.

    The go-ahead to a major incident wakes the handler, who may have to set off at once.
    """
    request = deployment.request

    def text() -> str:
        words = {"dog": deployment.dog_name, "postcode": request.postcode, "starts": moment(request.starts_at)}
        said = _("OK9: confirmed. %(dog)s goes to %(postcode)s, %(starts)s. The briefing:") % words
        return f"{said} {link_to(('member_deployment_detail', deployment))}"

    for recipient in concerned([deployment.handler_user_id], deployment.force_id):
        woken = text if request.is_major and recipient.user_id == deployment.handler_user_id else None
        _about_deployment("deployment_confirmed", deployment, recipient, now=now, urgent=request.is_major, text=woken)
    hosts = leads_of(deployment.host_force_id)
    for lead in hosts:
        page = ("member_request_detail", deployment.request)
        _about_deployment("team_coming", deployment, lead, now=now, page=page)
    for asker in beside(hosts, deployment.request):
        place_taken(deployment, asker, now=now)


def place_taken(deployment: Deployment, to: Recipient, *, now: datetime) -> None:
    """For whoever asked, who may be nobody we know: that one more team is confirmed, and not whose."""
    _about_deployment("place_taken", deployment, to, now=now, taken=deployment.request.taken)


def deployment_stood_down(deployment: Deployment, to: Recipient, *, now: datetime) -> None:
    def text() -> str:
        return _("OK9: stand down. %(dog)s does not go to %(place)s. %(reason)s") % {
            "dog": deployment.dog_name,
            "place": deployment.request.reference,
            "reason": deployment.reason,
        }

    _about_deployment("deployment_stood_down", deployment, to, now=now, urgent=True, text=text)


def tell_of_arrival(deployment: Deployment, *, now: datetime) -> None:
    """The host's leads, with a page to see who is there; and whoever asked, who may be nobody that signs in."""
    hosts = leads_of(deployment.host_force_id)
    for lead in hosts:
        page = ("member_request_detail", deployment.request)
        _about_deployment("team_arrived", deployment, lead, now=now, page=page, signs_in=True)
    for asker in beside(hosts, deployment.request):
        _about_deployment("team_arrived", deployment, asker, now=now, page=HOME, signs_in=False)


def team_left(deployment: Deployment, to: Recipient, *, now: datetime) -> None:
    _about_deployment("team_left", deployment, to, now=now)


def debrief_written(deployment: Deployment, to: Recipient, *, now: datetime) -> None:
    _about_deployment("debrief_written", deployment, to, now=now)


def follow_up_wanted(deployment: Deployment, to: Recipient, *, now: datetime) -> None:
    """With the number to ring."""
    profile = getattr(deployment.handler_user, "profile", None)
    number = profile.telephone if profile else ""
    _about_deployment("follow_up_wanted", deployment, to, now=now, urgent=True, number=number)


def attendance_recorded(deployment: Deployment, to: Recipient, *, now: datetime) -> None:
    """Of the arrival and of the leaving, or of both at once."""
    came, left = deployment.checked_in_at, deployment.checked_out_at
    times: dict[str, Any] = {"came": moment(came) if came else "", "left": moment(left) if left else ""}
    _about_deployment("attendance_recorded", deployment, to, now=now, which=deployment.status, **times)


def deployment_marked_absent(deployment: Deployment, to: Recipient, *, now: datetime) -> None:
    _about_deployment("deployment_marked_absent", deployment, to, now=now)


def tell_of_absence(deployment: Deployment, *, now: datetime) -> None:
    """The host's leads, and whoever asked: both were told that the team comes."""
    hosts = leads_of(deployment.host_force_id)
    for lead in hosts:
        team_not_coming(deployment, lead, now=now)
    for asker in beside(hosts, deployment.request):
        place_lost(deployment, asker, now=now)


def place_lost(deployment: Deployment, to: Recipient, *, now: datetime) -> None:
    """For whoever asked: that one team fewer comes, and not whose. `taken` is what is left."""
    _about_deployment("place_lost", deployment, to, now=now, urgent=True, taken=deployment.request.taken, reason="")


def team_not_coming(deployment: Deployment, to: Recipient, *, now: datetime) -> None:
    """For the host's leads, who were told that it comes. The reason is the donor's and is not passed on."""
    page = ("member_request_detail", deployment.request)
    _about_deployment("team_not_coming", deployment, to, now=now, urgent=True, page=page, reason="")


def no_longer_clear(
    deployment: Deployment, to: Recipient, known: Callable[[], tuple[Reason, ...]], *, now: datetime, can_match: bool
) -> None:
    """A team that is booked may no longer go: whoever can put it right is told why, as far as it is `known` to them.

    Once for each set of reasons: of papers by their kind, because a sentence with a day changes with the year.
    """
    page = _seen_by(deployment, can_match=can_match)
    with for_the_record():
        against = sorted(r.code if r.code in MENDED_BY_PAPERS else r.sentence for r in known())
    which = digest("|".join([str(deployment.unclear_since), *against]))

    def said() -> dict[str, Any]:
        return {"reasons": [reason.sentence for reason in known()], "can_match": can_match}

    _about_deployment("no_longer_clear", deployment, to, now=now, urgent=True, page=page, which=which, said=said)


def clear_again(deployment: Deployment, to: Recipient, *, since: datetime, now: datetime, can_match: bool) -> None:
    """All clear after that: what stood against the team from `since` on is put right, or over."""
    page = _seen_by(deployment, can_match=can_match)
    _about_deployment("clear_again", deployment, to, now=now, urgent=True, page=page, which=digest(str(since)))


def _seen_by(deployment: Deployment, *, can_match: bool) -> Page:
    if can_match:
        return "coordinator_request_match", deployment.request
    return "member_deployment_detail", deployment


def aftercare(deployment: Deployment, to: Recipient, *, days: int, now: datetime) -> None:
    """To the handler alone, some days after a trauma deployment. It asks nothing back."""
    _about_deployment("aftercare", deployment, to, now=now, which=str(days), days=days)
