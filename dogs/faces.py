"""The dogs as the public may see them. Pages, API, map, sitemap, social pictures and posters read nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.functional import Promise
from django.utils.translation import get_language

from dogs.models import Answer, Photo, Profile
from dogs.photos import focus_within
from dogs.states import GoodWith, Part
from dogs.stories import Award

# Where a dog's own people see its photos, published or not.
KEEPERS_BASE = "/member/photos/"
# What of a photo makes its `Picture`.
PICTURED = ("uuid", "alt", "copies", "shape", "width", "height", "focus_x", "focus_y")


@dataclass(frozen=True)
class Told:
    """An answer to one question of what makes the dog tick."""

    text: str
    text_cy: str
    words: str

    @property
    def question(self) -> str:
        """In the reader's language."""
        return self.text_cy or self.text if get_language() == "cy" else self.text


@dataclass(frozen=True)
class Picture:
    """A photo that is cut and may be shown: its sizes from small to large, and the addresses of each."""

    uuid: str
    alt: str
    sizes: tuple[tuple[int, int], ...]
    focus: tuple[int, int] = (50, 50)
    base: str = "/photos/"

    @property
    def width(self) -> int:
        return self.sizes[-1][0]

    @property
    def height(self) -> int:
        return self.sizes[-1][1]

    @property
    def focus_class(self) -> str:
        """Classes that keep the middle of interest in sight where a page crops the picture further, in tenths."""
        across, down = (round(percent / 10) for percent in self.focus)
        return f"fx-{across} fy-{down}"

    @property
    def src(self) -> str:
        """The middle size, for what reads one address only."""
        return self.address(self.sizes[len(self.sizes) // 2][0], "jpg")

    @property
    def largest(self) -> str:
        return self.address(self.width, "jpg")

    @property
    def avif(self) -> str:
        return self._set("avif")

    @property
    def webp(self) -> str:
        return self._set("webp")

    @property
    def jpg(self) -> str:
        return self._set("jpg")

    def address(self, width: int, ending: str) -> str:
        return f"{self.base}{self.uuid}/{width}.{ending}"

    def _set(self, ending: str) -> str:
        return ", ".join(f"{self.address(width, ending)} {width}w" for width, _height in self.sizes)


@dataclass(frozen=True)
class Place:
    """Where the dog works: its force, and the force's headquarters on the map. Never the handler's own place."""

    force: str
    force_slug: str
    kind: str
    region: str
    town: str
    lat: float
    lng: float


@dataclass(frozen=True)
class Face:
    """One dog, with only what its handler agreed to show; a part without consent is empty here.

    `dog_id` is there for the colour behind the dog and the bandana, which never change; it is not for showing.
    """

    uuid: UUID
    slug: str
    name: str
    breed: str
    head: str
    coat: str
    ears: str
    dog_id: int = field(repr=False)
    story: str = ""
    language: str = "en-gb"
    answers: tuple[Told, ...] = ()
    good_with: tuple[str | Promise, ...] = ()
    awards: tuple[Award, ...] = ()
    handler_first_name: str = ""
    handler_role: str = ""
    place: Place | None = None
    since_on: date | None = None
    until_on: date | None = None
    is_tribute: bool = False
    has_died: bool = False
    photos: tuple[Picture, ...] = ()
    published_at: datetime | None = None

    @property
    def photo(self) -> Picture | None:
        """The one that stands for the dog where there is room for one."""
        return self.photos[0] if self.photos else None

    @property
    def force(self) -> str:
        return self.place.force if self.place else ""

    @property
    def told(self) -> Told | None:
        """One of the answers, for where there is room for one: the second, which is the best trick, if there is one."""
        return self.answers[min(1, len(self.answers) - 1)] if self.answers else None

    @property
    def line(self) -> str:
        return self.told.words if self.told else ""


def face_of(slug: str) -> Face | None:
    """The published dog at an address; None where there is none. One query."""
    return next(iter(faces_of(Profile.objects.filter(slug=slug))), None)


def faces_of(profiles: QuerySet[Profile]) -> list[Face]:
    """The published ones of `profiles`, which may be a slice, in their order. One query, whatever their number.

    A keeper who is signed in sees no more here than anybody else.
    """
    answers = Answer.objects.filter(profile=OuterRef("pk"), question__is_active=True)
    answers = answers.order_by("question__position", "question_id")
    photos = Photo.objects.filter(profile=OuterRef("pk"), is_shown=True).exclude(copies=[]).order_by("position", "pk")
    rows = profiles if profiles.query.is_sliced else profiles.filter(published_at__isnull=False)
    rows = rows.select_related("force").annotate(
        told=ArraySubquery(
            answers.values(data=JSONObject(text=F("question__text"), text_cy=F("question__text_cy"), words=F("words")))
        ),
        pictures=ArraySubquery(photos.values(data=JSONObject(**{name: F(name) for name in PICTURED}))),
    )
    return [
        face_from(row, answers=[Told(**told) for told in row.told], photos=map(picture_of, row.pictures))
        for row in rows
        if row.published_at
    ]


def face_from(profile: Profile, *, answers: Iterable[Told], photos: Iterable[Picture]) -> Face:
    """What of this row, its answers and its photos the handler agreed to show. The row may be an unsaved preview."""
    parts = set(profile.parts)

    def agreed(part: Part, value: Any, nothing: Any = "") -> Any:
        return value if part in parts else nothing

    return Face(
        uuid=profile.uuid,
        slug=profile.slug,
        name=profile.name,
        breed=profile.breed,
        head=profile.head,
        coat=profile.coat,
        ears=profile.ears,
        dog_id=profile.dog_id,
        story=agreed(Part.STORY, profile.story),
        language=profile.language,
        answers=agreed(Part.ANSWERS, tuple(answers), ()),
        good_with=agreed(Part.GOOD_TO_KNOW, tuple(map(_good_with, profile.good_with)), ()),
        awards=agreed(Part.AWARDS, tuple(Award(*award) for award in profile.awards), ()),
        handler_first_name=agreed(Part.HANDLER, profile.handler_first_name),
        handler_role=agreed(Part.HANDLER, profile.handler_role),
        place=agreed(Part.PLACE, _place_of(profile), None),
        since_on=agreed(Part.SINCE, profile.since_on, None),
        until_on=agreed(Part.SINCE, profile.until_on, None),
        is_tribute=profile.is_tribute,
        has_died=profile.has_died,
        photos=agreed(Part.PHOTOS, tuple(photos), ()),
        published_at=profile.published_at,
    )


def picture_of(photo: dict[str, Any], *, base: str = "/photos/") -> Picture:
    sizes = tuple((copy["width"], copy["height"]) for copy in photo["copies"])
    focus = focus_within((photo["width"], photo["height"]), photo["shape"], (photo["focus_x"], photo["focus_y"]))
    return Picture(uuid=str(photo["uuid"]), alt=photo["alt"], sizes=sizes, focus=focus, base=base)


def _place_of(profile: Profile) -> Place:
    force = profile.force
    return Place(force.name, force.slug, force.kind, force.region, force.hq_town, force.lat, force.lng)


def _good_with(word: str) -> str | Promise:
    """In the reader's language, where it is one of the words that the form offers."""
    return GoodWith(word).label if word in GoodWith.values else word
