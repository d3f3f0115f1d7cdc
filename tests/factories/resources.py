"""What the library holds, put there by a coordinator."""

from datetime import date, datetime
from typing import Any

from accounts.models import User
from core.tenancy import scope
from resources.actions.library import add_resource, publish_resource
from resources.inputs import Card, Content
from resources.models import Category, Resource


def make_category(name: str = "Welfare", *, position: int = 50) -> Category:
    return Category.objects.get_or_create(name=name, defaults={"position": position})[0]


def make_resource(
    title: str = "Kit list",
    *,
    audience: str = "members",
    by: User,
    now: datetime,
    must_read_by: date | None = None,
    published: bool = True,
    **content: Any,
) -> Resource:
    """A published resource of one version: a page, unless a `file` is given."""
    with scope(user=by.pk, national=True):
        card = Card(title, f"About: {title}", make_category(), audience, must_read_by)
        given = {"markdown": "Lead and collar.", "words": "Lead and collar."} if "file" not in content else {}
        resource = add_resource(card=card, content=Content(**{**given, **content}), by=by, now=now)
        return publish_resource(resource=resource, by=by, now=now) if published else resource
