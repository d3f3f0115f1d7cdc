"""Who was asked to read and who has, what is still to be read, and how often files were taken."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import Role
from accounts.queries import people
from notifications.outbox import Recipient
from resources.models import Acknowledgement, Category, Download, Favourite, Resource
from resources.rules import audiences_asked
from resources.states import ASKED, Audience, ResourceStatus

# What a list never shows and a search never fetches: the whole text of everything.
HEAVY = ("search", "current__search", "current__words", "current__markdown")


def shelf(user_id: int) -> QuerySet[Any]:
    """What is published and open to the reader, as lists need it."""
    return read_by(user_id).filter(status=ResourceStatus.PUBLISHED).defer(*HEAVY)


def read_by(user_id: int) -> QuerySet[Any]:
    """What the reader may see, whole, with what the reader has done about each."""
    mine = {"user_id": user_id}
    return Resource.objects.select_related("category", "current").annotate(
        is_favourite=Exists(Favourite.objects.filter(resource=OuterRef("pk"), **mine)),
        is_read=Exists(Acknowledgement.objects.filter(version=OuterRef("current"), **mine)),
    )


def to_read(user_id: int, roles: Iterable[str]) -> QuerySet[Resource]:
    """What somebody with these roles was asked to read and has not, the earliest day first."""
    asked = shelf(user_id).filter(must_read_by__isnull=False, audience__in=audiences_asked(roles), is_read=False)
    return asked.order_by("must_read_by", "title", "pk")


def public_shelf() -> QuerySet[Resource]:
    """What visitors may have; somebody signed in sees no more than that there."""
    open_to_all = Resource.objects.filter(status=ResourceStatus.PUBLISHED, audience=Audience.PUBLIC)
    return open_to_all.select_related("category", "current").defer(*HEAVY)


def categories() -> QuerySet[Category]:
    return Category.objects.order_by("position", "name", "pk")


def whole_library() -> QuerySet[Resource]:
    """Everything, drafts and withdrawn ones too, with how often it was taken and is kept at hand."""
    taken = Download.objects.filter(version__resource=OuterRef("pk")).values("version__resource")
    kept = Favourite.objects.filter(resource=OuterRef("pk")).values("resource")
    return (
        Resource.objects.select_related("category", "current")
        .defer(*HEAVY)
        .annotate(
            downloads=Subquery(taken.annotate(total=Sum("times")).values("total")),
            favourites_kept=Subquery(kept.annotate(total=Count("pk")).values("total")),
        )
    )


def asked_to_read(resource: Resource) -> list[Recipient]:
    """The people of the audience who have not said that they have read the newest version."""
    read = Acknowledgement.objects.filter(version_id=resource.current_id).values("user_id")
    held = Role.objects.filter(role__in=ASKED[resource.audience]).exclude(user_id__in=read)
    return people(held.values_list("user_id", flat=True).distinct())


@dataclass
class Readers:
    """How far a force is with one resource. `missing` are names, in order."""

    force: str
    asked: int = 0
    missing: list[str] = field(default_factory=list)

    @property
    def read(self) -> int:
        return self.asked - len(self.missing)


def readers_of(resources: list[Resource], forces: tuple[int, ...] | None) -> dict[int, list[Readers]]:
    """For each resource, by force, who of `forces` (None: everywhere) was asked and has not read. Two queries."""
    held = _active_roles(forces)
    read = set(
        Acknowledgement.objects.filter(version__in=[resource.current_id for resource in resources]).values_list(
            "version_id", "user_id"
        )
    )
    found: dict[int, list[Readers]] = {}
    for resource in resources:
        groups: dict[str, Readers] = {}
        asked = {
            (force or _("National team"), user, name or email)
            for user, name, email, force, role in held
            if role in ASKED[resource.audience]
        }
        for force, user, name in sorted(asked, key=lambda person: (person[0], person[2])):
            group = groups.setdefault(force, Readers(force))
            group.asked += 1
            if (resource.current_id, user) not in read:
                group.missing.append(name)
        found[resource.pk] = list(groups.values())
    return found


def _active_roles(forces: tuple[int, ...] | None) -> list[tuple[int, str | None, str, str | None, str]]:
    held = Role.objects.filter(user__is_active=True).filter(Q() if forces is None else Q(force_id__in=forces))
    return list(held.values_list("user_id", "user__profile__name", "user__email", "force__name", "role"))


def unread_counts(resources: Iterable[Resource]) -> dict[int, int]:
    """How many people have still to read each of the resources that must be read."""
    asked: dict[str, set[int]] = defaultdict(set)
    for user, role in Role.objects.filter(user__is_active=True).values_list("user_id", "role"):
        for audience in audiences_asked([role]):
            asked[audience].add(user)
    wanted = [found for found in resources if found.must_read_by and found.status == ResourceStatus.PUBLISHED]
    read: dict[int, set[int]] = defaultdict(set)
    rows = Acknowledgement.objects.filter(version__in=[found.current_id for found in wanted])
    for version, user in rows.values_list("version_id", "user_id"):
        read[version].add(user)
    return {found.pk: len(asked[found.audience] - read[found.current_id or 0]) for found in wanted}


def keepers_of(resource: Resource) -> list[Recipient]:
    """Those who keep it at hand."""
    return people(Favourite.objects.filter(resource=resource).values_list("user_id", flat=True))


def must_be_read() -> QuerySet[Resource]:
    """What is published and has a day by which it must be read."""
    asked = Resource.objects.filter(status=ResourceStatus.PUBLISHED, must_read_by__isnull=False)
    return asked.select_related("current").defer(*HEAVY).order_by("must_read_by", "title", "pk")


def must_be_chased(forces: Collection[int], *, but: int) -> QuerySet[Resource]:
    """What must be read and somebody of `forces` (other than `but`) has not: how many people, as `missing`."""
    read = Acknowledgement.objects.filter(version=OuterRef(OuterRef("current")), user=OuterRef("user"))
    held = Role.objects.filter(force_id__in=forces, user__is_active=True).exclude(user_id=but).exclude(Exists(read))
    one_group = held.order_by().values("user__is_active")
    cases = [
        When(
            audience=audience,
            then=Subquery(
                one_group.filter(role__in=roles).annotate(number=Count("user", distinct=True)).values("number")
            ),
        )
        for audience, roles in ASKED.items()
    ]
    missing = Coalesce(Case(*cases, output_field=IntegerField()), 0)
    return must_be_read().annotate(missing=missing).filter(missing__gt=0)


def downloads_by_version(resource: Resource) -> dict[int, int]:
    rows = Download.objects.filter(version__resource=resource).values("version_id").annotate(total=Sum("times"))
    return dict(rows.values_list("version_id", "total"))
