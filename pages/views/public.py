"""Public doorways: the site's texts, questions and answers, news, and enquiries."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from accounts.models import User
from core.flood import too_many
from core.lifecycle import Refused
from core.public_pages import public_page
from pages.actions.enquiries import send_enquiry
from pages.forms import EnquiryForm
from pages.queries import answers, public_news, published
from pages.shown import ENGLISH, shown
from pages.states import EnquiryKind, Kind

PAGE_SIZE = 10
# A drawing beside the friendly pages, and the colour behind it. Pages that the law asks for have none.
_DOGS = {
    "dogs": ("spaniel-liver-white-long-wavy-tongue-smile-hero", "mint"),
    "network": ("collie-black-white-tipped-lamp-smile-hero", "sky"),
    "join": ("poodle-apricot-curly-ball-soft-hero", "lilac"),
}


@public_page
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A text at a fixed address of its own."""
    text = get_object_or_404(published(Kind.PAGE), slug=slug)
    return render(request, "pages/public/page.html", {"text": shown(text), **_dog_beside(slug)})


@public_page
@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    groups = [(group, [shown(text, below=3) for text in texts]) for group, texts in answers()]
    awaits_review = any(text.awaits_review for _group, texts in groups for text in texts)
    context = {"groups": groups, "awaits_review": awaits_review}
    return render(request, "pages/public/question_list.html", context)


@public_page
@require_safe
def news_list(request: HttpRequest) -> HttpResponse:
    found = Paginator(public_news(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": found, "news": [shown(text) for text in found]}
    return render(request, "pages/public/news_list.html", context)


@public_page
@require_safe
def news_detail(request: HttpRequest, slug: str) -> HttpResponse:
    text = get_object_or_404(public_news(), slug=slug)
    return render(request, "pages/public/news_detail.html", {"text": shown(text)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """How to start a scheme and join, and the enquiry that begins it."""
    return _enquiry(request, "join", EnquiryKind.SCHEME)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """The coordinators' number, and an enquiry about anything."""
    return _enquiry(request, "contact", EnquiryKind.OTHER)


@never_cache
@require_GET
def enquiry_sent(request: HttpRequest) -> HttpResponse:
    """What happens next, with the reference; nothing of what was typed."""
    reference = request.session.get("enquiry_reference")
    if not reference:
        messages.info(request, _("Your last enquiry is not kept in this browser. The receipt has its reference."))
        return redirect("contact")
    return render(request, "pages/public/enquiry_sent.html", {"reference": reference})


def _enquiry(request: HttpRequest, slug: str, kind: EnquiryKind) -> HttpResponse:
    text = get_object_or_404(published(Kind.PAGE), slug=slug)
    form = EnquiryForm(request.POST if request.method == "POST" else None, initial={"kind": kind})
    context = {"text": shown(text), "form": form, "slug": slug, **_dog_beside(slug)}
    if request.method == "POST" and form.is_valid():
        if too_many(request, "enquiry", an_hour=settings.ENQUIRIES_AN_HOUR):
            return render(request, "pages/public/enquiry_busy.html", context, status=429)
        by = request.user if isinstance(request.user, User) else None
        new = form.new_enquiry(get_language() or ENGLISH)
        try:
            made = send_enquiry(new=new, key=form.cleaned_data["key"], by=by, now=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            request.session["enquiry_reference"] = made.reference
            return redirect("enquiry_sent")
    return render(request, f"pages/public/{slug}.html", context, status=422 if form.errors else 200)


def _dog_beside(slug: str) -> dict[str, str]:
    words, colour = _DOGS.get(slug, ("", ""))
    return {"dog": words, "colour": colour}
