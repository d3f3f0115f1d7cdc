"""Photos for the demonstration: drawn here, pixel by pixel, because no real dog's photo belongs in it."""

import io
from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFilter

from accounts.models import User
from core.files import check_upload, store_upload
from dogs.actions.photos import AREA, Stored, add_photo
from dogs.models import Profile
from dogs.photos import Framing, size_of
from dogs.states import Shape

# Sky, grass, coat, and what the picture is said to show.
SCENES = (
    ("#bcd7f7", "#8fbf7a", "#6b4226", "{name}, a brown dog, sits in a green field and looks straight at you"),
    ("#fbe6bd", "#c9a26b", "#2b2b30", "{name}, a dark dog, sits on the sand under a warm sky"),
    ("#e0dbf6", "#7d8a6a", "#d8a860", "{name}, a golden dog, sits in a meadow under an evening sky"),
)


def add_photos(profile: Profile, number: int, *, by: User, now: datetime) -> None:
    sky, grass, coat, words = SCENES[number % len(SCENES)]
    clean = check_upload(SimpleUploadedFile("drawn.jpg", _drawn(sky, grass, coat)))
    stored = Stored(store_upload(clean, AREA), *size_of(clean.content))
    framing = Framing(alt=words.format(name=profile.name), shape=Shape.UPRIGHT, focus=(62, 40))
    add_photo(profile=profile, stored=stored, framing=framing, by=by, now=now)


def _drawn(sky: str, grass: str, coat: str) -> bytes:
    """A dog in a landscape, out of focus as a telephone takes it."""
    picture = Image.new("RGB", (1600, 1200), sky)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 780, 1600, 1200), fill=grass)
    pen.ellipse((760, 560, 1260, 1180), fill=coat)
    for ear in ((790, 250, 930, 560), (1060, 250, 1200, 560)):
        pen.ellipse(ear, fill=coat)
    pen.ellipse((820, 260, 1170, 640), fill=coat)
    pen.ellipse((900, 450, 1090, 620), fill="#f4efe4")
    for eye in ((890, 390, 935, 435), (1055, 390, 1100, 435)):
        pen.ellipse(eye, fill="#14243d")
    pen.ellipse((950, 470, 1040, 530), fill="#14243d")
    pen.ellipse((970, 550, 1020, 610), fill="#ef6f5e")
    target = io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(3)).save(target, "JPEG", quality=85)
    return target.getvalue()
