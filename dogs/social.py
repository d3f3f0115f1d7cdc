"""The picture of a dog that is shown where somebody shares its address: made once, known by what is on it."""

import io
from functools import lru_cache
from hashlib import blake2s
from pathlib import Path
from uuid import uuid4

import pypdfium2
from django.conf import settings
from django.template.loader import render_to_string
from PIL import Image
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from core.files import media_folder, read_upload
from core.pdf import STATIC, StaticFetcher
from dogs.drawing.mark import mark
from dogs.faces import Face
from dogs.models import Photo
from dogs.portrait import blanket_for, picture, words_for

AREA, SIZE = "social", (1200, 630)
# A new one makes every picture anew, after a change of the style or the drawing.
STYLE = "1"
# The blankets in their light colours, as in ok9.css: a picture on somebody else's page has no dark side.
BLANKETS = {
    "sky": "#cfe2f8", "lime": "#f0f5a8", "blush": "#fbd6cb",
    "mint": "#cfe9d8", "lilac": "#e0dbf6", "biscuit": "#fbe6bd",
}  # fmt: skip


def social_picture(face: Face) -> str:
    """The name of the stored PNG, 1200 by 630. What is on it makes the name, so a change makes another file."""
    told = (STYLE, face.name, face.breed, face.force, str(words_for(face, frame="hero")), _photo_mark(face))
    name = f"{AREA}/{blake2s(repr(told).encode(), digest_size=20).hexdigest()}.png"
    path = Path(settings.MEDIA_ROOT) / name
    if not path.is_file():
        media_folder(AREA)
        # Two visitors may draw it at once: each writes a file of its own, and the last one stays.
        unfinished = path.with_suffix(f".{uuid4().hex}")
        unfinished.write_bytes(draw(face))
        unfinished.replace(path)
    return name


def draw(face: Face) -> bytes:
    """The picture as a PNG."""
    photo = _photo(face)
    mood = "soft" if face.is_tribute else "smile"
    pictures = {"mark.svg": mark(BLANKETS[blanket_for(face)])}
    pictures |= {"dog.jpg": photo} if photo else {"dog.svg": picture(words_for(face, mood=mood, frame="hero"))}
    image = paint(render_to_string("pdf/dogs/social.html", {"face": face, "has_photo": bool(photo)}), SIZE, pictures)
    target = io.BytesIO()
    image.quantize(256).save(target, "PNG", optimize=True) if not photo else image.save(target, "PNG", optimize=True)
    return target.getvalue()


def paint(html: str, size: tuple[int, int], pictures: dict[str, bytes]) -> Image.Image:
    """A page of the PDF maker as a picture. `pictures` are those that no file holds, by their name under `drawn/`."""
    fonts, styles = _styles()
    page = HTML(string=html, base_url=STATIC, url_fetcher=StaticFetcher(pictures))
    pdf = pypdfium2.PdfDocument(page.write_pdf(stylesheets=styles, font_config=fonts))
    try:
        # A CSS pixel is three quarters of a PDF's point.
        return pdf[0].render(scale=4 / 3).to_pil().convert("RGB").resize(size)
    finally:
        pdf.close()


def forget_social_pictures() -> int:
    """Delete all of them; those that are still wanted are drawn again when somebody asks. How many there were."""
    files = list((Path(settings.MEDIA_ROOT) / AREA).glob("*"))
    for file in files:
        file.unlink(missing_ok=True)
    return len(files)


def _photo_mark(face: Face) -> str:
    return f"{face.photo.uuid}{face.photo.sizes}" if face.photo else ""


def _photo(face: Face) -> bytes | None:
    """The largest copy of the dog's first photo."""
    if face.photo is None:
        return None
    copy = Photo.objects.get(uuid=face.photo.uuid).copy(face.photo.width)
    return read_upload(copy["names"]["jpg"]) if copy else None


@lru_cache(maxsize=1)
def _styles() -> tuple[FontConfiguration, list[CSS]]:
    fonts = FontConfiguration()
    sheets = ("css/pdf.css", "css/social.css")
    return fonts, [CSS(url=f"{STATIC}{sheet}", url_fetcher=StaticFetcher(), font_config=fonts) for sheet in sheets]
