"""Expenses as a handler claims them and a lead decides on them."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import can, must
from accounts.requests import SignedIn
from core.files import discard_upload, private_response, store_upload
from core.lifecycle import Refused
from core.typed import read_moment, read_uuid
from deployments.actions.claims import (
    Expense,
    add_expense,
    approve_claim,
    discard_claim,
    may_decide,
    open_receipt,
    remove_expense,
    return_claim,
    settle_claim,
    start_claim,
    start_visit_claim,
    submit_claim,
)
from deployments.forms.claims import UNPLANNED, ExpenseForm, NewClaimForm, ReturnClaimForm
from deployments.models import Claim, ClaimLine
from deployments.money import said_pounds
from deployments.sheets import CLAIM_KINDS, CLAIMS, claimable, own_claim, own_unplanned
from deployments.states import CLAIM_OPEN, ClaimStatus
from dogs.models import Commitment
from dogs.own import own_teams
from dogs.queries import limits
from dogs.views.entries import MEMBER, show_list, take_away


@login_required
@require_safe
def claim_list(request: SignedIn) -> HttpResponse:
    works = can(request.user, "deployment.work")
    must(request.user, "deployment.work", "force.keep")
    return show_list(request, CLAIMS, MEMBER, may_add=works)


@login_required
@require_safe
def claim_export(request: SignedIn) -> HttpResponse:
    return take_away(request, CLAIMS, MEMBER)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim_add(request: SignedIn) -> HttpResponse:
    """Choose the deployment or visit, or type one; the lines are added on the claim's own page."""
    must(request.user, "deployment.work")
    now, wanted = timezone.now(), _wanted(request)
    chosen = read_uuid(request.POST.get("commitment", "")) if request.method == "POST" else wanted
    if standing := own_claim(request.user.pk, chosen):
        return redirect("member_claim_detail", standing.uuid)
    choices, teams = claimable(request.user.pk, now=now), own_teams(request.user.pk)
    typed = request.POST if request.method == "POST" else None
    form = NewClaimForm(typed, choices=choices, teams=teams, initial=_initial(request, wanted, choices))
    if request.method == "POST" and form.is_valid() and (claim := _start(request, form)):
        return redirect("member_claim_detail", claim.uuid)
    context = {"form": form, "may_claim": bool(choices or teams), "teams": teams}
    return render(request, "deployments/member/form_claim_add.html", context, status=422 if form.errors else 200)


def _wanted(request: SignedIn) -> UUID | None:
    """What the link to the page is about: a deployment, a visit, or the session of a visit that was not planned."""
    try:
        return UUID(request.GET.get("for", ""))
    except ValueError:
        return None


def _initial(request: SignedIn, wanted: UUID | None, choices: list[tuple[Commitment, str]]) -> dict[str, Any]:
    """What the link asked for, and nothing else in its place; without a link it is theirs to choose."""
    session = own_unplanned(request.user.pk, wanted)
    if session:
        told = {"team": str(session.team.uuid), "on": session.on, "place": session.place}
        return {"commitment": UNPLANNED, **told}
    known = [commitment.uuid for commitment, _place in choices]
    if wanted:
        return {"commitment": wanted} if wanted in known else {}
    return {} if known else {"commitment": UNPLANNED}


def _start(request: SignedIn, form: NewClaimForm) -> Claim | None:
    commitment, by, now = form.cleaned_data["commitment"], request.user, timezone.now()
    try:
        if commitment:
            return start_claim(commitment=commitment, by=by, now=now)
        return start_visit_claim(team=form.cleaned_data["team"], visit=form.visit(), by=by, now=now)
    except Refused as refused:
        form.refuse(refused)
        return None


@login_required
@require_safe
def claim_detail(request: SignedIn, uuid: UUID) -> HttpResponse:
    """The claim with its lines; for its handler, while it is open, with the form for the next line."""
    claim = _found(request, uuid)
    is_mine = claim.handler_user_id == request.user.pk
    form = None
    if is_mine and claim.status in CLAIM_OPEN:
        form = ExpenseForm(mileage_pence=limits().mileage_pence, initial={"on": claim.days()[0]})
    return _page(request, claim, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def expense_add(request: SignedIn, uuid: UUID) -> HttpResponse:
    """Add a line; what is wrong with it is said on the claim's page."""
    claim = _found(request, uuid)
    _must_own(request, claim)
    if request.method != "POST":
        return redirect("member_claim_detail", uuid)
    form = ExpenseForm(request.POST, request.FILES, mileage_pence=limits().mileage_pence)
    if form.is_valid() and (line := _add(request, claim, form)):
        messages.success(request, _("Added: %(amount)s.") % {"amount": said_pounds(line.amount_pence)})
        return redirect("member_claim_detail", uuid)
    return _page(request, claim, form)


def _add(request: SignedIn, claim: Claim, form: ExpenseForm) -> ClaimLine | None:
    """Store the receipt and add the line; where the action refuses, or the line stood, the file goes again."""
    typed = form.cleaned_data
    receipt = store_upload(typed["receipt"], "receipts") if typed["receipt"] else ""
    expense = Expense(
        kind=typed["kind"], on=typed["on"], what=typed["what"], miles=typed["miles"], amount_pence=typed["amount"],
        receipt=receipt,
    )  # fmt: skip
    try:
        line = add_expense(claim=claim, expense=expense, key=typed["key"], by=request.user, now=timezone.now())
    except Refused as refused:
        form.refuse(refused)
        line = None
    if receipt and (line is None or line.receipt != receipt):
        discard_upload(receipt)
    return line


@login_required
@require_POST
def claim_submit(request: SignedIn, uuid: UUID) -> HttpResponse:
    claim = _found(request, uuid)
    _must_own(request, claim)
    try:
        claim = submit_claim(claim=claim, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Claim of %(total)s sent. It waits for your lead.") % _total(claim))
    return redirect("member_claim_detail", uuid)


@login_required
@require_POST
def claim_discard(request: SignedIn, uuid: UUID) -> HttpResponse:
    claim = _found(request, uuid)
    _must_own(request, claim)
    try:
        discard_claim(claim=claim, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("member_claim_detail", uuid)
    messages.success(request, _("The claim for %s is thrown away.") % claim.place)
    return redirect("member_claim_list")


@login_required
@require_POST
def claim_approve(request: SignedIn, uuid: UUID) -> HttpResponse:
    approve = partial(approve_claim, as_of=read_moment(request.POST.get("as_of", "")))
    return _decided(request, uuid, approve, _("Claim of %(total)s approved. The handler has been told."))


@login_required
@require_POST
def claim_settle(request: SignedIn, uuid: UUID) -> HttpResponse:
    return _decided(request, uuid, settle_claim, _("Claim of %(total)s settled. The handler has been told."))


def _decided(request: SignedIn, uuid: UUID, act: Any, said: str) -> HttpResponse:
    claim = _found(request, uuid)
    try:
        claim = act(claim=claim, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said % _total(claim))
    return redirect("member_claim_detail", uuid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim_return(request: SignedIn, uuid: UUID) -> HttpResponse:
    claim = _found(request, uuid)
    if not may_decide(claim, request.user):
        raise PermissionDenied
    form = ReturnClaimForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return_claim(claim=claim, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Sent back. The handler has been told why."))
            return redirect("member_claim_detail", uuid)
    context = {"claim": claim, "form": form}
    return render(request, "deployments/member/form_claim_return.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def expense_remove(request: SignedIn, uuid: UUID) -> HttpResponse:
    line = _line(request, uuid)
    _must_own(request, line.claim)
    try:
        remove_expense(line=line, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Removed: %(amount)s.") % {"amount": said_pounds(line.amount_pence)})
    return redirect("member_claim_detail", line.claim.uuid)


@login_required
@require_safe
def expense_receipt(request: SignedIn, uuid: UUID) -> HttpResponseBase:
    line = _line(request, uuid)
    name = open_receipt(line=line, by=request.user, now=timezone.now())
    return private_response(name, str(line))


def _page(request: SignedIn, claim: Claim, form: ExpenseForm | None) -> HttpResponse:
    decides = may_decide(claim, request.user)
    lines = [(line, said_pounds(line.amount_pence)) for line in claim.lines.order_by("on", "pk")]
    context = {
        "claim": claim,
        "lines": lines,
        "total": said_pounds(claim.total_pence),
        "kind": CLAIM_KINDS[ClaimStatus(claim.status)],
        "is_open": claim.handler_user_id == request.user.pk and claim.status in CLAIM_OPEN,
        "form": form,
        "may_approve": decides and claim.status == ClaimStatus.SUBMITTED,
        "may_settle": decides and claim.status == ClaimStatus.APPROVED,
    }
    status = 422 if form and form.errors else 200
    return render(request, "deployments/member/form_claim_detail.html", context, status=status)


def _found(request: SignedIn, uuid: UUID) -> Claim:
    """The claim, for its handler, the force's leads and the coordinators. For the host it does not exist."""
    claim = get_object_or_404(Claim.objects.select_related("force", "host_force", "commitment"), uuid=uuid)
    if not _reads(request, claim):
        raise Http404
    return claim


def _line(request: SignedIn, uuid: UUID) -> ClaimLine:
    return get_object_or_404(ClaimLine.objects.select_related("claim"), uuid=uuid)


def _reads(request: SignedIn, claim: Claim) -> bool:
    is_mine = claim.handler_user_id == request.user.pk
    return is_mine or can(request.user, "force.keep", force=claim.force_id) or can(request.user, "network.keep")


def _must_own(request: SignedIn, claim: Claim) -> None:
    if claim.handler_user_id != request.user.pk or not can(request.user, "deployment.work", force=claim.force_id):
        raise PermissionDenied


def _total(claim: Claim) -> dict[str, str]:
    return {"total": said_pounds(claim.total_pence)}
