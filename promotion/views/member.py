"""Promoting a visit: choose a dog, say when and where, look at the poster, fetch its files."""

from base64 import b64encode
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import can, must
from accounts.requests import SignedIn
from core.flood import is_too_often
from core.lifecycle import Refused
from core.typed import read_uuid
from dogs.models import Commitment, Dog
from dogs.states import CommitmentKind
from promotion import brand, documents
from promotion.actions import fetch_pack, make_pack
from promotion.forms import PackForm
from promotion.models import Pack
from promotion.queries import own_dogs, own_packs, subject_of, why_not
from promotion.states import PAPERS, PIXELS, Language, Layout
from promotion.wording import WALES, Subject, example

PAGE_SIZE = 24


@login_required
@require_safe
def promotion_list(request: SignedIn) -> HttpResponse:
    """The dogs that one may promote, and the packs made lately."""
    must(request.user, "visit.promote")
    wanted = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    page = Paginator(own_dogs(wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    lines = [(dog, why_not(dog)) for dog in page]
    lacking = _may_write(request) and any(sentence for _dog, sentence in lines)
    context = {"page": page, "lines": lines, "packs": own_packs(), "q": wanted, "may_write": lacking}
    return render(request, "promotion/member/promotion_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def promotion_dog(request: SignedIn, uuid: UUID) -> HttpResponse:
    """The form with its preview: one button draws what was typed, the other keeps it as a pack."""
    dog = _own_dog(request, uuid)
    try:
        subject = subject_of(dog)
    except Refused as refused:
        return _refused(request, dog, str(refused), status=409 if request.method == "POST" else 200)
    if request.method != "POST":
        initial = {**_usual(dog), **_planned(dog, request.GET.get("visit", ""))}
        return _page(request, dog, subject, PackForm(initial=initial, now=timezone.now()))
    form = PackForm(request.POST, now=timezone.now())
    if "preview" not in request.POST and form.is_valid() and (pack := _make(request, dog, form)):
        return redirect("member_pack_detail", pack.uuid)
    return _page(request, dog, subject, form)


@login_required
@require_safe
def pack_detail(request: SignedIn, uuid: UUID) -> HttpResponse:
    """The files of a pack, each to look at and to fetch."""
    pack = _own_pack(request, uuid)
    if sentence := why_not(pack.dog):
        return _refused(request, pack.dog, sentence, status=200)
    context = {"pack": pack, "pictures": [(size, f"member_pack_{size}") for size in PIXELS]}
    return render(request, "promotion/member/pack_detail.html", context)


@login_required
@require_safe
def pack_file(request: SignedIn, uuid: UUID, name: str) -> HttpResponse:
    """One file of a pack, drawn now. Refused in words when the dog may not be shown any more."""
    pack = _own_pack(request, uuid)
    if _too_many(request, documents.COSTS.get(name, 1)):
        return render(request, "429.html", status=429)
    try:
        fetched = fetch_pack(pack=pack, by=request.user)
    except Refused as refused:
        return _refused(request, pack.dog, str(refused), status=409)
    file = documents.file_of(fetched.subject, fetched.wishes, name, country=fetched.country)
    return _handed_out(file, keep="private, no-store")


@login_required
@require_safe
def brand_page(request: SignedIn) -> HttpResponse:
    """What OK9 looks and sounds like, with its files."""
    must(request.user, "visit.promote")
    blanks = [(layout.label, [(size.label, f"ok9-blank-{layout}-{size}.pdf") for size in PAPERS]) for layout in Layout]
    pictures = [(name, kind[1]) for name, kind in brand.FILES.items() if kind[0] in ("mark", "logo", "svg")]
    context = {"brand": brand, "blanks": blanks, "pictures": pictures}
    return render(request, "promotion/member/brand.html", context)


@login_required
@require_safe
def brand_file(request: SignedIn, name: str) -> HttpResponse:
    if name not in brand.FILES:
        raise Http404
    must(request.user, "visit.promote")
    return _handed_out(documents.brand_file(name, get_language()), keep="private, max-age=3600")


def _handed_out(file: documents.File, *, keep: str) -> HttpResponse:
    response = HttpResponse(file.content, content_type=file.kind)
    response["Content-Disposition"] = content_disposition_header(True, file.name)
    response["Cache-Control"] = keep
    return response


def _page(request: SignedIn, dog: Dog, subject: Subject, form: PackForm) -> HttpResponse:
    """The form; beside it what it would make, or an example. A script asks for that half alone."""
    context: dict[str, Any] = {"dog": dog, "form": form}
    if form.is_bound and not form.is_valid():
        pass
    elif _too_many(request, 1):
        context["tired"] = True
    else:
        wishes = form.wishes if form.is_bound else example(**_usual(dog), now=timezone.now())
        drawn = documents.preview(subject, wishes, country=dog.force.country)
        # The address carries the picture itself: no other address need tell the words.
        context |= {"picture": f"data:image/png;base64,{b64encode(drawn).decode()}", "is_example": not form.is_bound}
    template = "preview.html" if "fragment" in request.POST else "promotion_dog.html"
    return render(request, f"promotion/member/{template}", context, status=422 if form.errors else 200)


def _make(request: SignedIn, dog: Dog, form: PackForm) -> Pack | None:
    key = form.cleaned_data["key"]
    try:
        return make_pack(dog=dog, wishes=form.wishes, key=key, by=request.user, now=timezone.now())
    except Refused as refused:
        form.refuse(refused)
        return None


def _usual(dog: Dog) -> dict[str, str]:
    """What most people choose: the first layout, both languages in Wales."""
    return {"layout": Layout.BALL, "language": Language.BOTH if dog.force.country == WALES else Language.ENGLISH}


def _planned(dog: Dog, visit: str) -> dict[str, Any]:
    """When and where one of the dog's planned visits is, for the form that its page led to."""
    found = Commitment.objects.filter(
        dog=dog, uuid=read_uuid(visit), kind=CommitmentKind.VISIT, cancelled_at=None
    ).first()
    if found is None:
        return {}
    start, end = localtime(found.period.lower), localtime(found.period.upper)
    until = f"{end:%H:%M}" if start.date() == end.date() else ""
    return {"starts_at": found.period.lower, "until": until, "place": found.place or found.note}


def _own_dog(request: SignedIn, uuid: UUID) -> Dog:
    """The dog, if it is behind the reader's wall; and they promote visits at all."""
    dog = get_object_or_404(Dog.objects.select_related("force", "profile"), uuid=uuid)
    must(request.user, "visit.promote", force=dog.force_id)
    return dog


def _own_pack(request: SignedIn, uuid: UUID) -> Pack:
    pack = get_object_or_404(Pack.objects.select_related("dog__force", "dog__profile"), uuid=uuid)
    must(request.user, "visit.promote", force=pack.force_id)
    return pack


def _refused(request: SignedIn, dog: Dog, sentence: str, *, status: int) -> HttpResponse:
    context = {"dog": dog, "sentence": sentence, "may_write": _may_write(request)}
    return render(request, "promotion/member/promotion_refused.html", context, status=status)


def _may_write(request: SignedIn) -> bool:
    """Whether they have a list of the public pages that they write."""
    return can(request.user, "team.keep") or can(request.user, "deployment.work")


def _too_many(request: SignedIn, cost: int) -> bool:
    """Whether this person has had as many files drawn in this hour as anybody needs."""
    return is_too_often(f"promotion:{request.user.pk}", most=settings.PROMOTION_FILES_AN_HOUR, cost=cost)
