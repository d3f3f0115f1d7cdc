"""The photos of a dog's profile: added, described, cropped, put first, removed; and looked at by their keepers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedIn
from core.files import discard_upload, own_response, private_response, store_upload
from core.lifecycle import Refused
from dogs import previews
from dogs.actions.photos import (
    AREA,
    MOST_PHOTOS,
    Stored,
    add_photo,
    change_photo,
    put_photo_first,
    remove_photo,
)
from dogs.actions.profiles import write_profile
from dogs.forms.profiles import FramingForm, PhotoForm
from dogs.models import Dog, Photo, Profile
from dogs.photos import FORMATS, WIDTHS, size_of
from dogs.stories import read_story
from dogs.views.member.found import own_dog, own_photo, seen_photo


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def dog_photos(request: SignedIn, uuid: str) -> HttpResponse:
    dog = own_dog(request, uuid)
    form = PhotoForm()
    if request.method == "POST":
        form = PhotoForm(request.POST, request.FILES)
        if form.is_valid() and (photo := _added(request, dog, form)):
            messages.success(request, _("The photo is added. It is shown once the profile is published."))
            if max(photo.width, photo.height) < WIDTHS[1]:
                words = {"width": photo.width, "height": photo.height, "least": WIDTHS[1]}
                note = _(
                    "It is small, %(width)d by %(height)d pixels, and will look blurred on a poster. One of %(least)d"
                    " pixels or more is better."
                )
                messages.info(request, note % words)
            return redirect("member_photo_detail", uuid=photo.uuid)
    profile = Profile.objects.filter(dog=dog).first()
    photos = previews.draft_photos(profile) if profile else []
    shown = [(photo, next(iter(previews.pictures_of([photo])), None)) for photo in photos]
    context = {"dog": dog, "form": form, "photos": shown, "most": MOST_PHOTOS, "may_add": len(photos) < MOST_PHOTOS}
    return render(request, "dogs/member/dog_photos.html", context, status=422 if form.errors else 200)


def _added(request: SignedIn, dog: Dog, form: PhotoForm) -> Photo | None:
    """Store the file and add it; where the action refuses, the file goes again and the form says why."""
    now, clean = timezone.now(), form.cleaned_data["file"]
    profile = Profile.objects.filter(dog=dog).first()
    if profile is None:
        profile = write_profile(dog=dog, story=read_story(None), by=request.user, now=now)
    name = store_upload(clean, AREA)
    try:
        stored = Stored(name, *size_of(clean.content))
        return add_photo(profile=profile, stored=stored, framing=form.framing, by=request.user, now=now)
    except Refused as refused:
        discard_upload(name)
        form.refuse(refused)
        return None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def photo_detail(request: SignedIn, uuid: str) -> HttpResponse:
    """What the photo shows, its shape, and where the dog's face is."""
    photo = own_photo(request, uuid)
    form = FramingForm(request.POST, photo=photo) if request.method == "POST" else FramingForm(photo=photo)
    if request.method == "POST" and form.is_valid():
        try:
            change_photo(photo=photo, framing=form.framing, by=request.user, now=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The photo is saved."))
            return redirect("member_dog_photos", uuid=photo.profile.dog.uuid)
    context = {"photo": photo, "dog": photo.profile.dog, "form": form}
    return render(request, "dogs/member/photo_detail.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def photo_first(request: SignedIn, uuid: str) -> HttpResponse:
    photo = own_photo(request, uuid)
    try:
        put_photo_first(photo=photo, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("This photo comes first now."))
    return redirect("member_dog_photos", uuid=photo.profile.dog.uuid)


@login_required
@require_POST
def photo_remove(request: SignedIn, uuid: str) -> HttpResponse:
    photo = own_photo(request, uuid)
    remove_photo(photo=photo, by=request.user, now=timezone.now())
    messages.success(request, _("The photo is removed, everywhere."))
    return redirect("member_dog_photos", uuid=photo.profile.dog.uuid)


@login_required
@require_safe
def photo_file(request: SignedIn, uuid: str, width: int, ending: str) -> HttpResponseBase:
    """A copy for the dog's own people and the network, whether the public may see it or not."""
    return own_response(copy_name(seen_photo(request, uuid), width, ending), "photo", request)


@login_required
@require_safe
def photo_original(request: SignedIn, uuid: str) -> HttpResponseBase:
    """The picture as it was sent, without what it knew of place and camera: to point at the dog's face in."""
    return private_response(own_photo(request, uuid).file, "photo", inline=True)


def copy_name(photo: Photo, width: int, ending: str) -> str:
    copy = photo.copy(width)
    if copy is None or ending not in FORMATS:
        raise Http404
    return str(copy["names"][ending])
