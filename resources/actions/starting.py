"""The library's first resources, for a network that has none."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from core.markdown import to_words
from network.models import NetworkNumbers
from resources.actions.library import add_resource, publish_paper, publish_resource
from resources.documents import sheet_pdf
from resources.inputs import Card, Content
from resources.models import Category, Resource
from resources.starting.sheets import CATEGORIES, Sheet, starting_sheets
from resources.states import ResourceKind


@transaction.atomic
def add_starting_library(*, by: User, now: datetime) -> list[Resource]:
    """Make the papers, with the network's numbers as they are now, and publish them. What is there is left alone."""
    headings = {key: _heading(key, position) for position, key in enumerate(CATEGORIES, start=1)}
    there = set(Resource.objects.values_list("title", flat=True))
    sheets = [sheet for sheet in starting_sheets(NetworkNumbers.objects.get(pk=1).limits()) if sheet.title not in there]
    return [add_sheet(sheet, heading=headings[sheet.category], by=by, now=now) for sheet in sheets]


def add_sheet(sheet: Sheet, *, heading: Category, by: User, now: datetime) -> Resource:
    """One sheet, as the PDF or the page that it is."""
    today = localdate(now)
    read_by = today + timedelta(days=sheet.read_within) if sheet.read_within else None
    card = Card(sheet.title, sheet.summary, heading, sheet.audience, read_by)
    if sheet.kind == ResourceKind.PAGE:
        content = Content(markdown=sheet.markdown, words=to_words(sheet.markdown))
        return publish_resource(resource=add_resource(card=card, content=content, by=by, now=now), by=by, now=now)
    paper = sheet_pdf(title=sheet.title, summary=sheet.summary, markdown=sheet.markdown, on=today)
    return publish_paper(paper=paper, card=card, by=by, now=now)


def _heading(key: str, position: int) -> Category:
    name, name_cy = CATEGORIES[key]
    return Category.objects.get_or_create(name=name, defaults={"name_cy": name_cy, "position": position * 10})[0]
