"""What the library's pages show of a resource: finished words, no query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from django.template.defaultfilters import filesizeformat
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.validity import said_day
from resources.models import Category, Resource, Version
from resources.search import Piece, pieces
from resources.states import ResourceStatus

SOON_DAYS = 7


@dataclass(frozen=True)
class Line:
    """One resource in a list. `tag` is a fact about the reader and it, with how a tag shows it."""

    resource: Resource
    about: str
    tag: str = ""
    kind: str = "mute"
    snippet: tuple[Piece, ...] = ()


def line_of(resource: Resource, *, today: date) -> Line:
    tag, kind = reading_state(resource, today=today)
    snippet = tuple(pieces(getattr(resource, "snippet", "") or ""))
    return Line(resource, about(resource.current, today=today), tag, kind, snippet)


def by_category(resources: Iterable[Resource], *, today: date) -> list[tuple[Category, list[Line]]]:
    """The lines under their categories, in the order in which they come."""
    groups = groupby(resources, key=lambda resource: resource.category)
    return [(category, [line_of(resource, today=today) for resource in same]) for category, same in groups]


def reading_state(resource: Resource, *, today: date) -> tuple[str, str]:
    """'Read by 3 December', 'Read', or nothing where nobody is asked to read it."""
    if resource.must_read_by is None:
        return "", "mute"
    if getattr(resource, "is_read", False):
        return _("You have read it"), "ok"
    day = said_day(resource.must_read_by, today)
    left = (resource.must_read_by - today).days
    if left < 0:
        return _("Was to be read by %(day)s") % {"day": day}, "stop"
    return _("Read by %(day)s") % {"day": day}, "stop" if left <= SOON_DAYS else "warn"


def about(version: Version | None, *, today: date) -> str:
    """'PDF, 2 pages, 84 KB, 3 November'."""
    if version is None:
        return ""
    parts = [Path(version.file).suffix[1:].upper() if version.file else _("Page")]
    if version.pages:
        parts.append(ngettext("%(n)d page", "%(n)d pages", version.pages) % {"n": version.pages})
    if version.size:
        parts.append(filesizeformat(version.size))
    return ", ".join([*parts, said_day(localdate(version.added_at), today)])


def version_name(version: Version) -> str:
    """What its file is called on the reader's machine."""
    if version.resource.current_id == version.pk:
        return version.resource.title
    words = {"title": version.resource.title, "number": version.number}
    return _("%(title)s, version %(number)d, no longer current") % words


def status_kind(status: str) -> str:
    """How a tag shows a state."""
    kinds: dict[str, str] = {ResourceStatus.DRAFT: "info", ResourceStatus.PUBLISHED: "ok"}
    return kinds.get(status, "mute")
