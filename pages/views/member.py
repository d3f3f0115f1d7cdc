"""News for members: what the public reads too, and what is for members only."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import must
from accounts.requests import SignedIn
from pages.actions.news import look_at_news
from pages.queries import member_news
from pages.shown import shown
from pages.states import Audience

PAGE_SIZE = 10


@login_required
@require_safe
def news_list(request: SignedIn) -> HttpResponse:
    """The latest first; what came since the member last looked is marked. Looking counts as seen."""
    must(request.user, "library.read")
    page = Paginator(member_news(), PAGE_SIZE).get_page(request.GET.get("page"))
    before = look_at_news(by=request.user, now=timezone.now())
    lines = [
        {
            "text": shown(text, below=2),
            "is_new": before is None or (text.published_at is not None and text.published_at > before),
            "for_members": text.audience == Audience.MEMBERS,
        }
        for text in page
    ]
    return render(request, "pages/member/news_list.html", {"page": page, "lines": lines})
