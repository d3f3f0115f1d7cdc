"""Uploaded files: judged by their content, kept under a new name, given back privately. Knows no domain word."""

import io
import re
import socket
import uuid
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

import pikepdf
import puremagic
from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils._os import safe_join
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from core.lifecycle import Refused

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
# What one compressed part of a PDF may unfold to: an A4 page of 600 dots an inch in colour is 100 MB.
MAX_UNFOLDED = 110 * 1024 * 1024
MAX_UNFOLDED_IN_ALL = 500 * 1024 * 1024
PICTURES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
MIME_TYPES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
}
# Names of a PDF's dictionaries that run, open or carry something else than the page.
_ACTIVE_KEYS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EmbeddedFile", "/EF", "/XFA", "/RichMediaContent"}
_ACTIVE_VALUES = {
    *("/JavaScript", "/Launch", "/EmbeddedFile", "/ImportData", "/RichMedia", "/Rendition"),
    *("/SubmitForm", "/GoToR", "/GoToE"),  # sent elsewhere, or another file, which may lie on another machine
}
_STREAM = re.compile(rb"\bstream\r?\n")
_AREA = re.compile(r"[a-z]+")
_CLAMD_CHUNK = 64 * 1024


class Upload(Protocol):
    """What a form hands over: Django's UploadedFile, or any open file."""

    def read(self, size: int = -1, /) -> bytes: ...

    def seek(self, offset: int, /) -> object: ...


@dataclass(frozen=True)
class CleanFile:
    """A file that may be kept: its bytes, made safe, and the ending that its content deserves."""

    content: bytes
    ending: str


def check_upload(file: Upload, *, field: str = "file", only_pictures: bool = False) -> CleanFile:
    """The file made safe: pictures without their metadata, PDFs as they are. Raises `Refused` with the reason."""
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    try:
        return _checked(data, only_pictures=only_pictures)
    except Refused as refused:
        raise Refused(str(refused), field=field) from refused


def store_upload(file: Upload | CleanFile, area: str) -> str:
    """Keep the file under a new name in `area` and give the name. A file that was not checked yet is checked now."""
    clean = file if isinstance(file, CleanFile) else check_upload(file)
    if not _AREA.fullmatch(area):
        raise SuspiciousFileOperation(area)
    media_folder(area)
    name = f"{area}/{uuid.uuid4()}{clean.ending}"
    with open(Path(settings.MEDIA_ROOT) / name, "xb") as target:
        target.write(clean.content)
    return name


def media_folder(area: str) -> Path:
    """Where the files of an area are. A web server beside us reads them under a user of its own."""
    folder = Path(settings.MEDIA_ROOT) / area
    folder.mkdir(parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o055 != 0o055:  # (made before that was so)
        folder.chmod(0o755)
    return folder


def read_upload(name: str) -> bytes:
    return _path(name).read_bytes()


def discard_upload(name: str) -> None:
    """Forget a file that was stored for something that was then refused."""
    _path(name).unlink(missing_ok=True)


def private_response(name: str, filename: str, *, inline: bool = False) -> HttpResponseBase:
    """The kept file `name`, called `filename` on the reader's machine. The caller has checked who asks."""
    path = _path(name)
    ending = path.suffix
    if not name or ending not in MIME_TYPES or not path.is_file():
        raise Http404
    kind = MIME_TYPES[ending]
    response: HttpResponseBase
    if settings.PRIVATE_FILES_LOCATION:
        response = HttpResponse(content_type=kind)
        response.headers["X-Accel-Redirect"] = f"{settings.PRIVATE_FILES_LOCATION.rstrip('/')}/{quote(name)}"
    else:
        response = FileResponse(path.open("rb"), content_type=kind)  # the response closes it
    disposition = content_disposition_header(not inline, f"{Path(filename).name}{ending}")
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def public_response(name: str, filename: str, request: HttpRequest) -> HttpResponseBase:
    """The kept file `name` in the page of whoever may see it now: a browser that has it asks again each time.

    The caller has checked that it may be shown.
    """
    return _asked_again(name, filename, request, keep="public, no-cache")


def own_response(name: str, filename: str, request: HttpRequest) -> HttpResponseBase:
    """The same for one reader's browser alone: pictures that stand in many of their pages are sent to it once."""
    return _asked_again(name, filename, request, keep="private, no-cache")


def _asked_again(name: str, filename: str, request: HttpRequest, *, keep: str) -> HttpResponseBase:
    """A kept file never changes, so its name tells one version from another."""
    tag = quote_etag(Path(name).stem)
    known = get_conditional_response(request, etag=tag)
    response = known if known and known.status_code == 304 else private_response(name, filename, inline=True)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = keep
    return response


def _path(name: str) -> Path:
    try:
        return Path(safe_join(settings.MEDIA_ROOT, name))
    except SuspiciousFileOperation as error:
        raise Http404 from error


_PICTURES = ("image/jpeg", "image/png", "image/webp")


def _checked(data: bytes, *, only_pictures: bool = False) -> CleanFile:
    if not data:
        raise Refused(_("The file is empty. Choose another."))
    if len(data) > MAX_BYTES:
        raise Refused(_("The file is larger than 10 MB. Choose a smaller one, or take the picture again."))
    refuse_virus(data)
    kind = _kind_of(data)
    if only_pictures and kind not in _PICTURES:
        raise Refused(_("The file is not a photo that we can show. Choose a JPEG, PNG or WebP."))
    if kind == "application/pdf" and data.startswith(b"%PDF-"):
        _check_pdf(data)
        return CleanFile(data, ".pdf")
    if kind in _PICTURES:
        return _clean_picture(data)
    raise Refused(_("The file is not a PDF, JPEG, PNG or WebP. Save it as one of these and choose it again."))


def _kind_of(data: bytes) -> str:
    try:
        return str(puremagic.from_string(data, mime=True))
    except (puremagic.PureError, ValueError):
        return ""


def _check_pdf(data: bytes) -> None:
    broken = _("The PDF can't be read. Print it to a new PDF, or take a picture of it.")
    if _unfolds_too_far(data):
        raise Refused(broken)
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                raise Refused(_("The PDF is protected by a password. Save it without one and choose it again."))
            if not len(pdf.pages):
                raise Refused(broken)
            if any(_is_active(part) for part in _parts(pdf)):
                raise Refused(
                    _("The PDF carries a script, a form or another file inside. Print it to a new PDF and choose that.")
                )
    except pikepdf.PasswordError as error:
        raise Refused(_("The PDF is protected by a password. Save it without one and choose it again.")) from error
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError) as error:
        raise Refused(broken) from error


def _unfolds_too_far(data: bytes) -> bool:
    """Would a compressed part fill the memory? Read before the parser, which unfolds what it meets in full."""
    whole, left = memoryview(data), MAX_UNFOLDED_IN_ALL
    for found in _STREAM.finditer(data):
        try:
            unfolded = len(zlib.decompressobj().decompress(whole[found.end() :], MAX_UNFOLDED))
        except zlib.error:  # compressed in another way, or not at all
            continue
        left -= unfolded
        if unfolded >= MAX_UNFOLDED or left < 0:
            return True
    return False


def _parts(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary of the file, those inside others included."""
    waiting = [*pdf.objects, pdf.trailer]
    seen = 0
    while waiting:
        part = waiting.pop()
        seen += 1
        if seen > 500_000:
            raise ValueError("too many parts")
        if isinstance(part, pikepdf.Array):
            waiting += [inner for inner in part if _is_own(inner)]
        elif isinstance(part, (pikepdf.Dictionary, pikepdf.Stream)):
            yield part
            waiting += [inner for _key, inner in part.items() if _is_own(inner)]


def _is_own(inner: object) -> bool:
    """A part written inside its parent; those that are referred to come round by themselves."""
    return isinstance(inner, (pikepdf.Array, pikepdf.Dictionary)) and not inner.is_indirect


def _is_active(part: pikepdf.Object) -> bool:
    kinds = {str(part.get(key, "")) for key in ("/S", "/Type", "/Subtype")}
    return bool(_ACTIVE_KEYS & set(part.keys()) or _ACTIVE_VALUES & kinds)


def _clean_picture(data: bytes) -> CleanFile:
    """The picture upright, drawn anew: no place, no camera, no comment goes with it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the cap below is stricter than the library's warning
            with Image.open(io.BytesIO(data), formats=list(PICTURES)) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise Refused(_("The picture is larger than 40 megapixels. Choose a smaller one."))
                kind = str(picture.format)
                upright = ImageOps.exif_transpose(picture)
                clean = upright.convert("RGB" if kind == "JPEG" or not upright.has_transparency_data else "RGBA")
    except Image.DecompressionBombError as error:
        raise Refused(_("The picture is larger than 40 megapixels. Choose a smaller one.")) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise Refused(_("The picture can't be read. Take it again, or save it as JPEG.")) from error
    clean.info.clear()
    target = io.BytesIO()
    clean.save(target, kind, **({} if kind == "PNG" else {"quality": 88}))
    return CleanFile(target.getvalue(), PICTURES[kind])


def refuse_virus(data: bytes) -> None:
    """Ask the antivirus daemon where one is configured. When it can't be asked, the file is not taken."""
    if not settings.CLAMD_ADDRESS:
        return
    try:
        answer = _ask_clamd(settings.CLAMD_ADDRESS, data)
    except OSError as error:
        raise Refused(_("Files can't be checked for viruses just now. Try again in a few minutes.")) from error
    if not answer.endswith("OK"):
        raise Refused(_("The file did not pass the virus check, so it was not kept."))


def _ask_clamd(address: str, data: bytes) -> str:
    """clamd's answer to INSTREAM. `address` is host:port, or the path of a Unix socket."""
    with _connect(address) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), _CLAMD_CHUNK):
            chunk = data[start : start + _CLAMD_CHUNK]
            line.sendall(len(chunk).to_bytes(4, "big") + chunk)
        line.sendall(bytes(4))
        with line.makefile("rb") as reply:
            answer = reply.read(4096)
        return answer.rstrip(b"\0\n").decode("ascii", "replace")


def _connect(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(20)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=20)
