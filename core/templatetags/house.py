"""Template tags of the house: numbers to dial, keys that count once, addresses of other pages of a list."""

import re
import uuid
from typing import Any

from django import template
from django.conf import settings
from django.http import QueryDict
from django.urls import translate_url

register = template.Library()


@register.filter
def dialled(number: object) -> str:
    """A telephone number as a `tel:` address takes it: digits, and a plus in front."""
    return re.sub(r"(?!^\+)[^0-9]", "", str(number or "").strip())


@register.simple_tag
def once_key() -> str:
    """A fresh key for a form with one button, so that a second press is known as the same."""
    return str(uuid.uuid4())


@register.simple_tag
def summary_due(form: Any) -> bool:
    """Whether the form has errors that no summary on this page lists yet: a page and its base may both ask for one."""
    due = bool(getattr(form, "errors", None)) and not getattr(form, "errors_are_listed", False)
    if due:
        form.errors_are_listed = True
    return due


@register.simple_tag
def coordinators_number() -> str:
    """The coordinators' telephone, for pages that no context processor reaches."""
    return str(settings.OK9_COORDINATORS_TELEPHONE)


@register.simple_tag(takes_context=True)
def page_address(context: template.Context, number: int, name: str = "page") -> str:
    """The address of another page of this list, with every filter kept."""
    request: Any = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query[name] = str(number)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def in_language(context: template.Context, language: str) -> str:
    """The address of this page in another language, its query kept."""
    request: Any = context.get("request")
    return translate_url(request.get_full_path(), language) if request else ""
