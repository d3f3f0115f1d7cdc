"""The dogs' public face: written, sent to the lead, approved, published, and taken down again."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.access import can, must
from accounts.models import User
from audit.actions import for_the_record, record
from core.lifecycle import Refused
from core.once import must_be_as_read
from core.tenancy import network_scope
from dogs.actions.drafts import move_draft, open_draft, open_profile
from dogs.actions.photos import show_photos
from dogs.actions.showing import ask_to_publish, draft_of, keeps, leads, locked, show, tell, works
from dogs.models import Dog, Profile, Team
from dogs.states import Consent, DogStatus, DraftStatus, Part
from dogs.stories import Story, check_story, read_story


@transaction.atomic
def write_profile(*, dog: Dog, story: Story, by: User | None, now: datetime) -> Profile:
    """Write or rewrite the draft. The public reads what was published before until this one is published too."""
    if not (by is None or works(dog, by) or keeps(dog, by)):
        raise PermissionDenied
    profile = open_profile(dog, by=by, now=now)
    draft = open_draft(profile, by=by, now=now)
    draft.words = story.as_data()
    draft.save(update_fields=["words"])
    record("wrote profile", profile, by=by, now=now)
    return profile


@transaction.atomic
def send_profile(*, profile: Profile, by: User, now: datetime) -> Profile:
    """Hand the draft to the lead, who is told."""
    if not (works(profile.dog, by) or leads(profile.dog, by)):
        raise PermissionDenied
    profile = locked(profile)
    draft = draft_of(profile, now=now)
    if draft.status == DraftStatus.WRITING:
        _check_words(profile, read_story(draft.words))
    move_draft(profile, draft, DraftStatus.SENT, "sent profile", by=by, now=now)
    tell(profile, "sent", by=by, now=now, leads=True, handlers=False)
    return profile


def _check_words(profile: Profile, story: Story) -> None:
    """Nothing leaves the handler's desk that the public must not read (domain.md, Who sees what)."""
    with network_scope(user=None, reason="a handler sees only the own team, the page names none of them"):
        names = list(Team.objects.filter(dog_id=profile.dog_id).values_list("handler__name", flat=True))
    refusal = check_story(story, names=names, microchip=profile.dog.microchip or "")
    if refusal:
        raise Refused(refusal, field="story")


@transaction.atomic
def take_back_profile(*, profile: Profile, by: User, now: datetime) -> Profile:
    """Go on writing what was sent or approved but is not published yet."""
    if not (works(profile.dog, by) or leads(profile.dog, by)):
        raise PermissionDenied
    profile = locked(profile)
    draft = draft_of(profile, now=now)
    if draft.status not in (DraftStatus.SENT, DraftStatus.APPROVED):
        raise Refused(_("%s’s profile was not sent, so there is nothing to take back.") % profile)
    move_draft(profile, draft, DraftStatus.WRITING, "took profile back", by=by, now=now)
    tell(profile, "taken_back", by=by, now=now, leads=True, handlers=False)
    return profile


@transaction.atomic
def approve_profile(*, profile: Profile, by: User, now: datetime, as_of: datetime | None = None) -> Profile:
    """The lead agrees to every word. The coordinators, who publish it, are told; so are the handlers.

    `as_of` is when the draft on the page was sent: one that was sent again since was not read, and is refused.
    """
    if not keeps(profile.dog, by):
        raise PermissionDenied
    profile = locked(profile)
    draft = draft_of(profile, now=now)
    if draft.status == DraftStatus.SENT:
        must_be_as_read(as_of, draft.moved_at, _("The profile"))
    if draft.status == DraftStatus.PUBLISHED:
        raise Refused(_("%s’s profile waits for nobody, so it can’t be approved.") % profile)
    move_draft(profile, draft, DraftStatus.APPROVED, "approved profile", by=by, now=now)
    tell(profile, "approved", by=by, now=now)
    ask_to_publish(profile, by=by, now=now)
    return profile


@transaction.atomic
def send_back_profile(*, profile: Profile, reason: str, by: User, now: datetime) -> Profile:
    """Back to the handler, with what to change: by the lead before it is approved, by a coordinator after."""
    profile = locked(profile)
    draft = draft_of(profile, now=now)
    approved = draft.status == DraftStatus.APPROVED
    if not (can(by, "network.keep") if approved else keeps(profile.dog, by)):
        raise PermissionDenied
    if draft.status not in (DraftStatus.SENT, DraftStatus.APPROVED):
        raise Refused(_("%s’s profile waits for nobody, so it can’t be sent back.") % profile)
    if not reason.strip():
        raise Refused(_("Say what should be changed."), field="reason")
    move_draft(profile, draft, DraftStatus.WRITING, "sent profile back", by=by, now=now, why=reason)
    tell(profile, "sent_back", by=by, now=now, leads=approved, why=reason)
    return profile


@transaction.atomic
def publish_profile(*, profile: Profile, by: User, now: datetime, as_of: datetime | None = None) -> Profile:
    """Show the approved words, or show again what was taken down. Only with consent, and an accredited dog.

    `as_of` is when the draft on the page was approved: one that was approved since was not read, and is refused.
    """
    must(by, "network.keep")
    profile = locked(profile)
    draft = draft_of(profile, now=now)
    _check_may_be_shown(profile)
    if draft.status == DraftStatus.APPROVED:
        must_be_as_read(as_of, draft.moved_at, _("The profile"))
        draft.shown_words = draft.words
        move_draft(profile, draft, DraftStatus.PUBLISHED, "published profile", by=by, now=now)
        show_photos(profile)
    elif profile.published_at:
        raise Refused(_("%s’s page is published already.") % profile)
    elif draft.shown_words is None:
        raise Refused(_("The lead has not approved %s’s profile yet.") % profile)
    else:
        record("published profile", profile, by=by, now=now)
    profile.published_at, profile.published_by = now, by
    show(profile, draft)
    tell(profile, "published", by=by, now=now)
    return profile


def _check_may_be_shown(profile: Profile) -> None:
    if profile.consent != Consent.GIVEN:
        raise Refused(_("%s’s handler has not given consent.") % profile)
    if profile.dog.status in (DogStatus.PROSPECTIVE, DogStatus.SUSPENDED):
        raise Refused(_("%s is not accredited now.") % profile)
    if profile.is_tribute and Part.TRIBUTE not in profile.parts:
        raise Refused(_("%s’s handler has not agreed to a tribute.") % profile)


@transaction.atomic
def unpublish_profile(*, profile: Profile, by: User, now: datetime, why: str = "") -> Profile:
    if not keeps(profile.dog, by):
        raise PermissionDenied
    profile = locked(profile)
    if not profile.published_at:
        raise Refused(_("%s’s page is not published.") % profile)
    profile.published_at = profile.published_by = None
    record("unpublished profile", profile, by=by, now=now, why=why)
    show(profile, draft_of(profile, now=now))
    tell(profile, "unpublished", by=by, now=now)
    return profile


def end_profile(dog: Dog, *, by: User | None, now: datetime) -> None:
    """The dog works no longer: its page becomes a tribute where the handler agreed to one, and goes where not.

    Part of the action that ends its work.
    """
    profile = Profile.objects.filter(dog=dog).first()
    if profile is None:
        return
    profile = locked(profile)
    profile.until_on, profile.is_tribute = profile.until_on or localdate(now), True
    profile.has_died = dog.status == DogStatus.DIED
    goes = profile.published_at is not None and Part.TRIBUTE not in profile.parts
    if goes:
        profile.published_at = profile.published_by = None
        with for_the_record():
            why = _("No consent to a tribute")
        record("unpublished profile", profile, by=by, now=now, why=why)
    show(profile, draft_of(profile, now=now))
    if goes and by:
        tell(profile, "ended", by=by, now=now)
