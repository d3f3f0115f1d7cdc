"""The site's texts in the coordinators' hands: lists, writing with a preview, publishing."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import must
from accounts.requests import SignedIn
from core.lifecycle import Refused
from pages.actions.texts import (
    ChangedMeanwhile,
    confirm_welsh,
    publish_text,
    save_text,
    unpublish_text,
    write_text,
)
from pages.forms import TextForm, text_form
from pages.models import Text, Version
from pages.queries import standing_versions, versions_of
from pages.shown import both, changes_between, public_address
from pages.states import Kind

PAGE_SIZE = 50


@login_required
@require_safe
def text_list(request: SignedIn) -> HttpResponse:
    return _list(request, Kind.PAGE)


@login_required
@require_safe
def answer_list(request: SignedIn) -> HttpResponse:
    return _list(request, Kind.QUESTION)


@login_required
@require_safe
def news_list(request: SignedIn) -> HttpResponse:
    return _list(request, Kind.NEWS)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_add(request: SignedIn) -> HttpResponse:
    return _add(request, Kind.QUESTION)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def news_add(request: SignedIn) -> HttpResponse:
    return _add(request, Kind.NEWS)


@login_required
@require_safe
def text_detail(request: SignedIn, uuid: UUID) -> HttpResponse:
    """The text as it reads in both languages, and every version of it."""
    text = _found(request, uuid)
    page = Paginator(versions_of(text), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"text": text, "address": public_address(text), "readings": both(text.words, below=2), "page": page}
    return render(request, "pages/coordinator/text_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def text_edit(request: SignedIn, uuid: UUID) -> HttpResponse:
    """The words in a form. "Preview" renders and saves nothing; a save over somebody else's is asked for twice."""
    text = _found(request, uuid)
    form = text_form(text.kind, request.POST if request.method == "POST" else None, text=text)
    if request.method != "POST" or not form.is_valid() or "preview" in request.POST:
        return _form(request, form, text=text)
    try:
        save_text(
            text=text,
            words=form.words(),
            placing=form.placing(),
            opened=form.cleaned_data["version"],
            note=form.cleaned_data["note"],
            by=request.user,
            now=timezone.now(),
        )
    except ChangedMeanwhile as changed:
        return _meanwhile(request, form, text, changed)
    except Refused as refused:
        form.refuse(refused)
        return _form(request, form, text=text)
    messages.success(request, _("“%(text)s” is saved.") % {"text": form.words().title_en})
    return redirect("coordinator_text_detail", uuid=uuid)


@login_required
@require_POST
def text_publish(request: SignedIn, uuid: UUID) -> HttpResponse:
    return _act(request, uuid, publish_text, _("“%(text)s” is published."))


@login_required
@require_POST
def text_unpublish(request: SignedIn, uuid: UUID) -> HttpResponse:
    return _act(request, uuid, unpublish_text, _("“%(text)s” is no longer published."))


@login_required
@require_POST
def text_confirm(request: SignedIn, uuid: UUID) -> HttpResponse:
    return _act(request, uuid, confirm_welsh, _("The Welsh of “%(text)s” no longer says that it awaits a review."))


def _found(request: SignedIn, uuid: UUID) -> Text:
    text = get_object_or_404(Text.objects, uuid=uuid)
    must(request.user, "text.keep")
    return text


def _list(request: SignedIn, kind: Kind) -> HttpResponse:
    must(request.user, "text.keep")
    page = Paginator(standing_versions(kind), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, f"pages/coordinator/{_NOUNS[kind]}_list.html", {"page": page})


_NOUNS = {Kind.PAGE: "text", Kind.QUESTION: "answer", Kind.NEWS: "news"}


def _add(request: SignedIn, kind: Kind) -> HttpResponse:
    must(request.user, "text.keep")
    form = text_form(kind, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid() or "preview" in request.POST:
        return _form(request, form, kind=kind)
    text = write_text(kind=kind, words=form.words(), placing=form.placing(), by=request.user, now=timezone.now())
    messages.success(request, _("“%(text)s” is written, and not published yet.") % {"text": text})
    return redirect("coordinator_text_detail", uuid=text.uuid)


def _form(request: SignedIn, form: TextForm, *, text: Text | None = None, kind: str = "") -> HttpResponse:
    """The form, with the preview above it where that was asked for."""
    previewed = form.is_bound and form.is_valid() and "preview" in request.POST
    readings = both(form.words(), below=2) if previewed else []
    context = {"form": form, "text": text, "kind": text.kind if text else kind, "readings": readings}
    return render(request, "pages/coordinator/text_edit.html", context, status=422 if form.errors else 200)


def _meanwhile(request: SignedIn, form: TextForm, text: Text, changed: ChangedMeanwhile) -> HttpResponse:
    """Both lose nothing: what was typed stays in the form, and what the other changed stands beside it."""
    numbers = (form.cleaned_data["version"], changed.standing)
    versions = {v.number: v for v in Version.objects.filter(text=text, number__in=numbers)}
    form.add_error(None, str(changed))
    form.data["version"] = str(changed.standing)  # type: ignore[index]  # a form has its own copy
    changes = changes_between(versions[numbers[0]], versions[numbers[1]]) if numbers[0] in versions else []
    context = {"form": form, "text": text, "kind": text.kind, "readings": [], "changes": changes}
    return render(request, "pages/coordinator/text_edit.html", context, status=409)


def _act(request: SignedIn, uuid: UUID, act: Callable[..., Text], done: str) -> HttpResponse:
    text = _found(request, uuid)
    try:
        act(text=text, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done % {"text": text})
    return redirect("coordinator_text_detail", uuid=uuid)
