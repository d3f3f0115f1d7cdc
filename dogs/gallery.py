"""The gallery: what a visitor wishes to see, and the published dogs that fit, found by word, place and service."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, Count, ExpressionWrapper, F, Func, IntegerField, Q, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import ForceKind
from core.geo import KM_A_MILE, distance_km
from core.public_pages import kept_value
from dogs.faces import Face, faces_of
from dogs.models import Profile
from dogs.models.profiles import ProfileQuerySet
from dogs.states import Part

PAGE_SIZE = 24
# What a visitor calls a service, and the kinds of force that it stands for.
SERVICES = {
    "police": (_("Police"), (ForceKind.POLICE, ForceKind.POLICE_SPECIAL)),
    "fire": (_("Fire and rescue"), (ForceKind.FIRE,)),
    "ambulance": (_("Ambulance"), (ForceKind.AMBULANCE,)),
    "prison": (_("Prison"), (ForceKind.PRISON,)),
}

Point = tuple[float, float]


@dataclass(frozen=True)
class Wish:
    """What a visitor asks for. Its query is the one spelling under which this page of the gallery is known."""

    q: str = ""
    region: str = ""
    force: str = ""
    service: str = ""
    near: str = ""
    show: str = ""
    view: str = ""
    page: int = 1

    @property
    def query(self) -> str:
        parts = {**self.__dict__, "page": self.page if self.page > 1 else ""}
        return urlencode({name: value for name, value in parts.items() if value})

    @property
    def is_remembering(self) -> bool:
        return self.show == "remembered"

    @property
    def is_by_place(self) -> bool:
        """Whether it asks where a dog works: then it finds only dogs whose handler agreed to show that."""
        return bool(self.region or self.force or self.service)

    @property
    def is_made_up(self) -> bool:
        """Whether a part of it is free text, which anybody can vary without end."""
        return bool(self.q or self.near)

    def but(self, **changes: Any) -> "Wish":
        """This wish with something changed, from its first page."""
        return replace(self, **{"page": 1, **changes})


@dataclass(frozen=True)
class Spot:
    """A force with dogs that may be shown there: at its headquarters on the map, as a line beside it."""

    pk: int
    slug: str
    name: str
    kind: str
    region: str
    lat: float
    lng: float
    dogs: int

    @property
    def service(self) -> str:
        return next((name for name, (_label, kinds) in SERVICES.items() if self.kind in kinds), "")

    def miles_from(self, where: Point) -> int:
        """Whole miles as the crow flies, at least one."""
        return max(1, round(distance_km(*where, self.lat, self.lng) / KM_A_MILE))


@dataclass(frozen=True)
class Card:
    """A dog in the gallery, and how far away it works where that was asked for."""

    face: Face
    miles: int | None = None


@dataclass(frozen=True)
class Gallery:
    """One page of the dogs that fit a wish, and all the places where dogs are."""

    wish: Wish
    cards: list[Card]
    total: int
    spots: tuple[Spot, ...]
    chosen: tuple[Spot, ...]
    # Dogs whose handlers keep to themselves where they work, and that "near me" leaves out.
    elsewhere: int = 0

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))

    @property
    def left(self) -> int:
        """How many dogs the next page has."""
        return max(0, min(PAGE_SIZE, self.total - self.wish.page * PAGE_SIZE))


def published() -> ProfileQuerySet:
    """What anybody may see; a keeper who is signed in sees no more here."""
    return cast(ProfileQuerySet, Profile.objects.all()).published()


def open_gallery(wish: Wish, *, where: Point | None = None) -> Gallery:
    """The page that was wished for, at most three queries. What is unknown in the wish is left out of it.

    `where` orders by distance from there.
    """
    remembered = wish.is_remembering
    spots, total = kept_value(f"spots-{remembered}", lambda: _spots(remembered=remembered))
    elsewhere = total - sum(spot.dogs for spot in spots) if where else 0
    wish = _sensible(wish, spots)
    chosen = tuple(spot for spot in spots if _fits(spot, wish))
    among: list[int] | None = None
    if where or wish.is_by_place:
        chosen = tuple(sorted(chosen, key=lambda spot: spot.miles_from(where))) if where else chosen
        among, total = [spot.pk for spot in chosen], sum(spot.dogs for spot in chosen)
    if wish.q:
        wish, faces, total = _searched(wish, among)
    else:
        wish = wish if (wish.page - 1) * PAGE_SIZE < total else replace(wish, page=1)
        faces = _listed(wish, among)
    by_slug = {spot.slug: spot for spot in chosen}
    cards = [Card(face, _miles(face, by_slug, where)) for face in faces]
    return Gallery(wish, cards, total, spots, chosen, elsewhere)


def neighbours_of(face: Face, most: int) -> list[Face]:
    """Working dogs of the same region, those of the same force first. One query, or none."""
    if face.place is None:
        return []
    near = published().placed().filter(force__region=face.place.region, is_tribute=False)
    own_first = ExpressionWrapper(Q(force__slug=face.place.force_slug), output_field=BooleanField())
    return faces_of(near.exclude(slug=face.slug).order_by(own_first.desc(), "force__name", "name", "pk")[:most])


def _spots(*, remembered: bool) -> tuple[tuple[Spot, ...], int]:
    """Every force with dogs that may be shown there, and how many dogs there are in all, wherever they work."""
    rows: Any = (
        published()
        .filter(is_tribute=remembered)
        .annotate(placed=ExpressionWrapper(Q(parts__contains=[Part.PLACE]), output_field=BooleanField()))
        .values("placed", "force_id")
        .annotate(
            slug=F("force__slug"), name=F("force__name"), kind=F("force__kind"), region=F("force__region"),
            lat=F("force__lat"), lng=F("force__lng"), dogs=Count("pk"),
        )
        .order_by("name")
    )  # fmt: skip
    spots, total = [], 0
    for row in rows:
        total += row["dogs"]
        if row.pop("placed"):
            spots.append(Spot(pk=row.pop("force_id"), **row))
    return tuple(spots), total


def _sensible(wish: Wish, spots: Iterable[Spot]) -> Wish:
    """The wish with only the places and services where there are dogs; a force outside the region gives way."""
    if not any(spot.region == wish.region for spot in spots):
        wish = replace(wish, region="")
    if not any(spot.service == wish.service for spot in spots):
        wish = replace(wish, service="")
    if not any(spot.slug == wish.force and wish.region in ("", spot.region) for spot in spots):
        wish = replace(wish, force="")
    return wish


def _fits(spot: Spot, wish: Wish) -> bool:
    return wish.region in ("", spot.region) and wish.force in ("", spot.slug) and wish.service in ("", spot.service)


def _listed(wish: Wish, among: list[int] | None) -> list[Face]:
    profiles = published().filter(is_tribute=wish.is_remembering)
    order: list[Any] = ["name", "pk"]
    if among is not None:
        profiles = profiles.placed().filter(force_id__in=among)
    if wish.near and among:
        order.insert(0, _place_in(among, "force_id"))
    first = (wish.page - 1) * PAGE_SIZE
    return faces_of(profiles.order_by(*order)[first : first + PAGE_SIZE])


def _searched(wish: Wish, among: list[int] | None) -> tuple[Wish, list[Face], int]:
    """The dogs that the words find; a page that is not there gives way to the first."""
    found = find_keys(wish, among)
    if not found and wish.page > 1:
        wish = replace(wish, page=1)
        found = find_keys(wish, among)
    keys = [key for key, _total in found]
    faces = faces_of(Profile.objects.filter(pk__in=keys).order_by(_place_in(keys, "pk"))) if keys else []
    return wish, faces, found[0][1] if found else 0


def find_keys(wish: Wish, among: list[int] | None) -> list[tuple[int, int]]:
    """Keys of one page, each with how many there are in all (see the migration that makes `dogs_find`)."""
    # Without a place to be near to, the words alone decide the order.
    with connection.cursor() as cursor:
        cursor.execute(
            "select profile_id, found from dogs_find(%s, %s::bigint[], %s, %s, %s, %s)",
            [wish.q, among, bool(wish.near), wish.is_remembering, (wish.page - 1) * PAGE_SIZE, PAGE_SIZE],
        )
        return list(cursor.fetchall())


def _place_in(keys: list[int], field: str) -> Func:
    """Where a row's value stands in `keys`: an order that was worked out before."""
    listed = Value(keys, output_field=ArrayField(BigIntegerField()))
    return Func(listed, F(field), function="array_position", output_field=IntegerField())


def _miles(face: Face, spots: dict[str, Spot], where: Point | None) -> int | None:
    spot = spots.get(face.place.force_slug) if face.place else None
    return spot.miles_from(where) if spot and where else None
