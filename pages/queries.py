"""Which texts are read where: published ones by the public and by members, all with their versions by coordinators."""

from django.db.models import Case, F, QuerySet, When

from pages.models import Enquiry, Text, Version
from pages.states import Audience, Group, Kind

# Answers in the order of the parts of their page.
_IN_PARTS = Case(*(When(text__group=group, then=number) for number, group in enumerate(Group)))


def published(kind: Kind) -> QuerySet[Text]:
    """What anybody may read; somebody signed in sees no more than that on public pages."""
    return Text.objects.filter(kind=kind, audience=Audience.PUBLIC, published_at__isnull=False)


def public_news() -> QuerySet[Text]:
    """The latest first."""
    return published(Kind.NEWS).order_by("-published_at", "-pk")


def member_news() -> QuerySet[Text]:
    """Members' news and the public's, the latest first."""
    return Text.objects.filter(kind=Kind.NEWS, published_at__isnull=False).order_by("-published_at", "-pk")


def answers() -> list[tuple[Group, list[Text]]]:
    """The published answers, by the parts of their page; parts without any are left out."""
    rows = list(published(Kind.QUESTION).order_by("place", "pk"))
    parts = [(group, [row for row in rows if row.group == group]) for group in Group]
    return [(group, found) for group, found in parts if found]


def standing_versions(kind: Kind) -> QuerySet[Version]:
    """The version that stands of every text of a kind, drafts too, each with its text and who saved it."""
    rows = Version.objects.select_related("text", "saved_by__profile").filter(
        text__kind=kind, number=F("text__version")
    )
    order = {
        Kind.PAGE: ("text__title_en",),
        Kind.QUESTION: (_IN_PARTS, "text__place"),
        Kind.NEWS: (F("text__published_at").desc(nulls_first=True),),
    }
    return rows.order_by(*order[kind], "text_id")


def versions_of(text: Text) -> QuerySet[Version]:
    """The latest first."""
    return Version.objects.select_related("saved_by__profile").filter(text=text).order_by("-number")


def enquiries(*, answered: bool) -> QuerySet[Enquiry]:
    """Those that wait, the oldest first; those answered, the latest first."""
    rows = Enquiry.objects.select_related("organisation", "answered_by__profile")
    rows = rows.filter(answered_at__isnull=not answered)
    return rows.order_by("-answered_at", "-pk") if answered else rows.order_by("asked_at", "pk")
