"""Profiles as their writers and judges see them: where each stands, and what the public would see of a draft."""

from collections.abc import Collection
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from dogs.faces import KEEPERS_BASE, PICTURED, Face, Picture, Told, face_from, picture_of
from dogs.models import Dog, Draft, PartConsent, Photo, Profile, Question, Team, whose_page
from dogs.states import Consent, DraftStatus, Part
from dogs.stories import Story, read_story


@dataclass(frozen=True)
class Line:
    """One dog in a keeper's list."""

    dog: Dog
    state: str
    kind: str
    detail: str = ""


def questions_asked() -> list[Question]:
    return list(Question.objects.filter(is_active=True).order_by("position", "pk"))


def own_profiles(user_id: int, leads: Collection[int]) -> list[Line]:
    """The dogs that this person works or keeps, each with where its profile stands. One query."""
    mine = Team.objects.filter(whose_page(), handler_user_id=user_id).values("dog_id")
    dogs = Dog.objects.filter(Q(force_id__in=list(leads)) | Q(pk__in=mine))
    dogs = dogs.select_related("force", "profile__draft").order_by("force__name", "name", "pk")
    return [_line(dog) for dog in dogs]


def _line(dog: Dog) -> Line:
    profile = getattr(dog, "profile", None)
    draft = getattr(profile, "draft", None)
    state, kind = standing(profile, draft)
    waits = draft is not None and draft.status == DraftStatus.WRITING and draft.reason
    return Line(dog, state, kind, _("Sent back: %s") % draft.reason if waits and draft else "")


def standing(profile: Profile | None, draft: Draft | None) -> tuple[str, str]:
    """Where a profile stands, in a few words, and the kind of tag that says it."""
    if profile is None or draft is None:
        return _("Not written yet"), "mute"
    if profile.consent == Consent.WITHDRAWN:
        return str(Consent.WITHDRAWN.label), "stop"
    if draft.status == DraftStatus.SENT:
        return _("With the lead"), "warn"
    if draft.status == DraftStatus.APPROVED:
        return _("With the coordinators"), "info"
    if profile.published_at:
        edited = draft.status == DraftStatus.WRITING
        return (_("Published, and being changed") if edited else _("Published")), "ok"
    if draft.status == DraftStatus.WRITING:
        return (_("Sent back") if draft.reason else _("Being written")), "warn" if draft.reason else "mute"
    return (_("No consent") if profile.consent != Consent.GIVEN else _("Taken down")), "stop"


def to_publish() -> QuerySet[Draft]:
    """What the leads have approved, the longest wait first."""
    waiting = Draft.objects.filter(status=DraftStatus.APPROVED).select_related(
        "profile__force", "profile__dog", "moved_by"
    )
    return waiting.annotate(photos=Count("profile__photos")).order_by("moved_at", "pk")


def draft_photos(profile: Profile) -> list[Photo]:
    """The photos as they will stand once the draft is published."""
    return list(Photo.objects.filter(profile=profile, replaced_by=None).order_by("position", "pk"))


def pictures_of(photos: list[Photo], *, base: str = KEEPERS_BASE) -> list[Picture]:
    taken = [{name: getattr(photo, name) for name in PICTURED} for photo in photos if photo.copies]
    return [picture_of(photo, base=base) for photo in taken]


def face_of_draft(profile: Profile, draft: Draft, *, all_parts: bool = False, now: datetime) -> Face:
    """The dog as the public will see it once the draft is published; or with every part, for those who judge it."""
    story, row = read_story(draft.words), copy(profile)
    row.parts = list(Part.values) if all_parts else profile.parts
    row.story, row.language, row.good_with = story.story, story.language, list(story.good_with)
    row.awards = [list(award) for award in story.awards]
    team = Team.objects.filter(dog_id=profile.dog_id).select_related("handler")
    first = team.order_by("-is_active", "since_on", "pk").first()
    if first:
        row.handler_first_name = profile.handler_first_name or first.handler.first_name
        row.handler_role = profile.handler_role or first.handler.role_title
        row.since_on = profile.since_on or first.since_on
    row.published_at = profile.published_at or now
    return face_from(row, answers=_told(story), photos=pictures_of(draft_photos(profile)))


def _told(story: Story) -> list[Told]:
    return [
        Told(question.text, question.text_cy, story.answers[str(question.uuid)])
        for question in questions_asked()
        if str(question.uuid) in story.answers
    ]


def consents_of(profile: Profile) -> dict[str, datetime]:
    """Since when each part that may be shown was agreed to."""
    standing_now = profile.part_consents.filter(withdrawn_at=None)
    return dict(standing_now.values_list("part", "given_at"))


@dataclass(frozen=True)
class Agreed:
    """One dog's page, and the parts of it that are shown because this person said yes."""

    profile: Profile
    parts: list[str]
    since: datetime
    works: bool


def own_consents(user: User) -> list[Agreed]:
    """The newest first. `works`: whether they work the dog still, and so choose part by part on its own page."""
    standing_now = PartConsent.objects.filter(given_by=user, withdrawn_at=None).select_related("profile__dog__force")
    working = set(Team.objects.filter(whose_page(), handler_user=user).values_list("dog_id", flat=True))
    found: dict[int, list[PartConsent]] = {}
    for consent in standing_now.order_by("-given_at", "pk"):
        found.setdefault(consent.profile_id, []).append(consent)
    return [
        Agreed(rows[0].profile, [str(row) for row in rows], rows[0].given_at, rows[0].profile.dog_id in working)
        for rows in found.values()
    ]
