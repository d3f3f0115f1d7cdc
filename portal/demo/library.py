"""The invented network's library: the resources to begin with, and how far their readers are."""

from datetime import timedelta

from accounts.models import User
from portal.demo.cast import Demo
from portal.demo.teams import Pair
from promotion.documents import blank_template, brand_kit
from promotion.states import Layout
from resources.actions.library import add_version, publish_paper
from resources.actions.reading import acknowledge_version, count_download, keep_favourite
from resources.actions.starting import add_starting_library
from resources.inputs import Card, Change, Content
from resources.models import Category, Resource
from resources.states import Audience

DAYS_AGO = 6
OPEN_TO_HANDLERS = (Audience.PUBLIC, Audience.MEMBERS, Audience.HANDLERS)


def invent_library(demo: Demo, pairs: list[Pair]) -> None:
    """Published last week. Two handlers in three have read what they must; some took a file or kept it at hand."""
    resources = add_starting_library(by=demo.coordinator(), now=demo.at(DAYS_AGO))
    resources += _promotion_papers(demo)
    _newer_version(demo, resources[0])
    handlers = {pair.user.pk: pair.user for pair in pairs}.values()
    for resource in resources:
        if resource.audience in OPEN_TO_HANDLERS:
            for user in handlers:
                _use(demo, resource, user)


def _promotion_papers(demo: Demo) -> list[Resource]:
    """The brand kit, and a blank A4 poster of each layout."""
    category, by, now = Category.objects.get(name="Promotion"), demo.coordinator(), demo.at(DAYS_AGO)
    about = "Logo, colours, type and voice of OK9, and what to do and not to do."
    kit = Card("Brand kit", about, category, Audience.MEMBERS)
    made = [publish_paper(paper=brand_kit(), card=kit, by=by, now=now)]
    for layout in Layout:
        name, _colon, look = str(layout.label).partition(": ")
        about = f"A4, to fill in by hand: {look}."
        card = Card(f"Blank poster, {name.lower()}", about, category, Audience.MEMBERS)
        made.append(publish_paper(paper=blank_template(layout, "a4"), card=card, by=by, now=now))
    return made


def _newer_version(demo: Demo, resource: Resource) -> None:
    """The first of all has been revised since: whoever must read it is asked again."""
    was = resource.current
    if was is None:
        return
    content = Content(file=was.file, size=was.size, pages=was.pages, markdown=was.markdown, words=was.words)
    again = demo.today + timedelta(days=28) if resource.must_read_by else None
    change = Change("The telephone numbers, and what to do on a hot day.", again)
    add_version(resource=resource, content=content, change=change, by=demo.coordinator(), now=demo.at(DAYS_AGO - 1))
    resource.refresh_from_db()


def _use(demo: Demo, resource: Resource, user: User) -> None:
    version, roll = resource.current, demo.random.random()
    if version is None:
        return
    now = demo.at(demo.random.randint(0, DAYS_AGO - 1))
    if resource.must_read_by and roll < 0.66:
        acknowledge_version(version=version, by=user, now=now)
    if version.file and roll < 0.15:
        count_download(version=version, by=user, now=now)
    if roll < 0.03:
        keep_favourite(resource=resource, by=user, now=now)
