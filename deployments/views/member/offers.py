"""Offers as the donor's lead and its handler answer them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import can
from accounts.requests import SignedIn
from core.lifecycle import Refused
from core.typed import read_moment
from deployments.actions.offers import accept_offer, decline_offer, release_offer
from deployments.forms.member import DeclineForm
from deployments.models import Offer
from deployments.pages_member import PAGE, offer_line, offer_page, over_sentence, own_offers, own_sides
from deployments.states import OFFER_OPEN, OfferStatus, Side


@login_required
@require_safe
def offer_list(request: SignedIn) -> HttpResponse:
    if not (can(request.user, "offer.release") or can(request.user, "offer.accept")):
        raise PermissionDenied
    user, leads, now = _who(request), _leads(request), timezone.now()
    page = Paginator(own_offers(user.pk, leads), PAGE).get_page(request.GET.get("page"))
    lines = [offer_line(offer, user.pk, leads, now=now) for offer in page]
    context = {
        "page": page,
        "waiting": [line for line in lines if line.offer.status == OfferStatus.PROPOSED],
        "others": [line for line in lines if line.offer.status != OfferStatus.PROPOSED],
        "mine": sum(line.needs_me for line in lines),
    }
    return render(request, "deployments/member/offer_list.html", context)


@login_required
@require_safe
def offer_detail(request: SignedIn, uuid: UUID) -> HttpResponse:
    offer = _offer(request, uuid)
    context = offer_page(offer, _who(request).pk, _leads(request), now=timezone.now())
    return render(request, "deployments/member/offer_detail.html", {**context, "as_of": offer.proposed_at.isoformat()})


@login_required
@require_POST
def offer_release(request: SignedIn, uuid: UUID) -> HttpResponse:
    offer = _offer(request, uuid)
    waiting = _("%(dog)s is released. We tell you when %(handler)s has answered.")
    return _say_yes(request, offer, release_offer, waiting % _names(offer))


@login_required
@require_POST
def offer_accept(request: SignedIn, uuid: UUID) -> HttpResponse:
    offer = _offer(request, uuid)
    waiting = _("You have accepted for %(dog)s. We tell you when your force has released you.")
    return _say_yes(request, offer, accept_offer, waiting % _names(offer))


def _say_yes(request: SignedIn, offer: Offer, act: Callable[..., Offer], waiting: str) -> HttpResponse:
    try:
        offer = act(
            offer=offer, asked_at=read_moment(request.POST.get("as_of", "")), by=_who(request), now=timezone.now()
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("member_offer_detail", offer.uuid)
    if offer.status == OfferStatus.CONFIRMED:
        words = {**_names(offer), "place": offer.request.place}
        messages.success(request, _("Confirmed: %(dog)s and %(handler)s go to %(place)s.") % words)
    elif offer.status == OfferStatus.PROPOSED:
        messages.success(request, waiting)
    else:
        messages.warning(request, over_sentence(offer, own_sides(offer, _who(request).pk, _leads(request))))
    return redirect("member_offer_detail", offer.uuid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer_decline(request: SignedIn, uuid: UUID) -> HttpResponse:
    """A no on a page of its own. The force gives a reason; the handler is never asked for one."""
    offer = _offer(request, uuid)
    side = _side(request, offer)
    form = DeclineForm(request.POST if request.method == "POST" else None, side=side)
    problem = over_sentence(offer, [side]) if request.method != "POST" else ""
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        try:
            decline_offer(offer=offer, side=side, reason=reason, by=_who(request), now=timezone.now())
        except Refused as refused:
            problem = str(refused)
        else:
            messages.success(
                request, _("You have said no for %(dog)s. The coordinators have been told.") % _names(offer)
            )
            return redirect("member_offer_detail", uuid)
    context = {
        "offer": offer,
        "form": form,
        "side": side,
        "is_handler": side == Side.HANDLER,
        "is_confirmed": offer.status == OfferStatus.CONFIRMED,
        "problem": problem,
        "may_say_no": offer.status in (*OFFER_OPEN, OfferStatus.DECLINED),
        "dog": offer.team.dog,
    }
    status = 409 if problem and request.method == "POST" else 422 if form.errors else 200
    return render(request, "deployments/member/offer_decline.html", context, status=status)


def _side(request: SignedIn, offer: Offer) -> str:
    """For which side this person says no. Who may answer for both is a handler first, unless they say otherwise."""
    sides = own_sides(offer, _who(request).pk, _leads(request))
    wanted = request.POST.get("side") or request.GET.get("side") or ""
    return wanted if wanted in sides else sides[-1]


def _offer(request: SignedIn, uuid: UUID) -> Offer:
    """The offer, if it is behind the reader's wall and theirs to answer."""
    rows = Offer.objects.select_related(
        "request__force", "team__dog", "team__handler", "force", "handler_user__profile"
    )
    offer = get_object_or_404(rows, uuid=uuid)
    releases = can(request.user, "offer.release", force=offer.force_id)
    accepts = offer.handler_user_id == request.user.pk and can(request.user, "offer.accept", force=offer.force_id)
    if not (releases or accepts):
        raise PermissionDenied
    return offer


def _names(offer: Offer) -> dict[str, str]:
    return {"dog": offer.team.dog.name, "handler": offer.team.handler.first_name}


def _who(request: SignedIn) -> Any:
    return request.user


def _leads(request: SignedIn) -> tuple[int, ...]:
    return tuple(request.roles.leads)
