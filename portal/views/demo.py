"""The demonstration's mail and text messages, read from the files that its sink and its drain keep."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from functools import wraps
from pathlib import Path

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_replace
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponseBase]
PAGE = 50


@dataclass(frozen=True)
class Letter:
    """A mail as a person reads it."""

    name: str
    to: str
    sender: str
    subject: str
    at: datetime | None
    text: str
    html: str


@dataclass(frozen=True)
class Note:
    """A text message as a person reads it."""

    to: str
    at: datetime | None
    text: str


def demo_only(view: View) -> View:
    """Outside the demonstration these pages do not exist."""

    @wraps(view)
    def shown(request: HttpRequest, **named: str) -> HttpResponseBase:
        if not settings.OK9_DEMO:
            raise Http404
        return view(request, **named)

    return shown


@require_safe
@demo_only
def mail_list(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("to", "").strip().lower()
    files = [file for file in _newest(settings.DEMO_MAIL_DIR, "eml") if not wanted or wanted in _first_line(file)]
    page = Paginator(files, PAGE).get_page(request.GET.get("page"))
    letters = [_letter(file) for file in page]
    return render(request, "portal/demo/mail_list.html", {"page": page, "letters": letters, "wanted": wanted})


@require_safe
@demo_only
def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "portal/demo/mail_detail.html", {"letter": _letter(_found(name))})


@require_safe
@demo_only
@csp_replace({"script-src": None, "style-src": [UNSAFE_INLINE], "sandbox": True})  # type: ignore[arg-type]
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The mail as its own page, which runs nothing and loads nothing."""
    return HttpResponse(_letter(_found(name)).html)


@require_safe
@demo_only
def text_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(_newest(settings.DEMO_TEXTS_DIR, "txt"), PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/demo/text_list.html", {"page": page, "notes": [_note(file) for file in page]})


def _newest(folder: Path, ending: str) -> list[Path]:
    return sorted(folder.glob(f"[0-9]*.{ending}"), reverse=True)


def _first_line(file: Path) -> str:
    """The address that the sink wrote above the mail, in small letters."""
    with file.open("rb") as mail:
        return mail.readline().decode(errors="replace").lower()


def _found(name: str) -> Path:
    path = settings.DEMO_MAIL_DIR / f"{name}.eml"
    if not path.is_file():
        raise Http404
    return path


def _letter(path: Path) -> Letter:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    return Letter(
        name=path.stem,
        to=str(message["X-Delivered-To"] or message["To"] or ""),
        sender=str(message["From"] or ""),
        subject=str(message["Subject"] or ""),
        at=_moment(message),
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _moment(message: EmailMessage) -> datetime | None:
    try:
        return parsedate_to_datetime(str(message["Date"]))
    except ValueError:
        return None


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return part.get_content() if part else ""


def _note(path: Path) -> Note:
    """The first line is the number, the second the moment, the rest the text."""
    to, at, *text = [*path.read_text(encoding="utf-8", errors="replace").splitlines(), "", ""]
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        moment = None
    return Note(to=to, at=moment, text="\n".join(text).strip())
