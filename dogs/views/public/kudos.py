"""A paw for a dog: no account, no cookie, once a device and day."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.addresses import client_address
from core.flood import is_too_often
from core.origins import is_from_own_page
from dogs.actions.kudos import give_kudos
from dogs.faces import Face
from dogs.models import Profile
from dogs.views.public.profiles import found, page_of


@csrf_exempt  # the page is kept for everybody and carries no token; `is_from_own_page` keeps other sites out
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def dog_kudos(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Give the paw, then say thank you on the dog's page. Coming back to the thanks gives nothing twice."""
    face = found(slug)
    if face.is_tribute:
        raise Http404
    if request.method != "POST":
        thanks = _said(face, counted="again" not in request.GET)
        return render(request, "dogs/public/dog_detail.html", page_of(face) | {"thanks": thanks})
    if not is_from_own_page(request):
        return render(request, "dogs/public/kudos_refused.html", {"profile": face}, status=403)
    if _is_flood(request):
        return render(request, "dogs/public/kudos_refused.html", {"profile": face, "is_flood": True}, status=429)
    profile = Profile.objects.get(uuid=face.uuid)
    agent = request.headers.get("User-Agent", "")
    paws, counted = give_kudos(profile=profile, address=client_address(request), agent=agent, now=timezone.now())
    return _told(request, face, paws, counted)


def _told(request: HttpRequest, face: Face, paws: int, counted: bool) -> HttpResponse:
    """For the script, what to write in place; without it, the way to the thanks."""
    if request.headers.get("Accept") == "application/json":
        number = ngettext("%(count)s paw so far", "%(count)s paws so far", paws) % {"count": f"{paws:,}"}
        return JsonResponse({"said": _said(face, counted=counted), "paws": number})
    return redirect(reverse("dog_kudos", args=[face.slug]) + ("" if counted else "?again"))


def _said(face: Face, *, counted: bool) -> str:
    return (_("Thank you. %s felt that.") if counted else _("You gave %s a paw today. Come back tomorrow.")) % face.name


def _is_flood(request: HttpRequest) -> bool:
    """From one address, or from everywhere at once: what is refused here has not touched a dog's row."""
    own = is_too_often(f"kudos:{client_address(request)}", most=settings.KUDOS_AN_HOUR, seconds=3600)
    return own or is_too_often("kudos", most=settings.KUDOS_A_MINUTE, seconds=60)
