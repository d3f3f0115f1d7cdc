"""The dogs' public face: what may be shown, by whose consent, and since when."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.access import can
from accounts.models import User
from accounts.queries import people
from audit.actions import record
from core.lifecycle import Refused
from core.public_pages import renew_public_pages
from core.tenancy import network_scope
from dogs import emails
from dogs.models import Dog, Profile, Team
from dogs.portrait import coat_for, head_for
from dogs.states import Consent, DogStatus


@dataclass(frozen=True)
class Story:
    """What the public may read of a dog, beyond what its record says."""

    story: str = ""
    favourite_treat: str = ""
    best_trick: str = ""
    nap_place: str = ""
    good_with: tuple[str, ...] = ()


@transaction.atomic
def write_profile(*, dog: Dog, story: Story, by: User | None, now: datetime) -> Profile:
    """Write or rewrite the public face. Of the handler it takes the first name and the role, nothing else."""
    if not (by is None or _works(dog, by) or _keeps(dog, by)):
        raise PermissionDenied
    Dog.objects.select_for_update(no_key=True, of=("self",)).get(pk=dog.pk)
    profile = Profile.objects.filter(dog=dog).first() or Profile(force_id=dog.force_id, dog=dog, slug=_slug(dog))
    head = head_for(dog.breed)
    profile.name, profile.breed, profile.head = dog.name, dog.breed, head
    profile.coat, profile.ears = dog.coat or coat_for(dog.breed, head, dog.pk), dog.ears
    team = Team.objects.filter(dog=dog).select_related("handler").order_by("-is_active", "since_on", "pk").first()
    if team:
        profile.handler_first_name, profile.handler_role = team.handler.first_name[:40], team.handler.role_title
        profile.since_on = profile.since_on or team.since_on
    profile.story, profile.good_with = story.story, list(story.good_with)
    profile.favourite_treat, profile.best_trick = story.favourite_treat, story.best_trick
    profile.nap_place = story.nap_place
    profile.save()
    record("wrote profile", profile, by=by, now=now)
    renew_public_pages()
    return profile


@transaction.atomic
def give_consent(*, profile: Profile, by: User, now: datetime, why: str = "") -> Profile:
    """The handler agrees to the public page. A coordinator may record a consent given on paper, and says how."""
    if not _works(profile.dog, by):
        if not can(by, "network.keep"):
            raise PermissionDenied
        if not why.strip():
            raise Refused(_("Say how the handler gave consent."), field="why")
    profile = _locked(profile)
    if profile.consent == Consent.GIVEN:
        raise Refused(_("There is consent for %s already.") % profile)
    _consent(profile, Consent.GIVEN, by=by, now=now, why=why)
    _tell(profile, "given", by=by, now=now)
    return profile


@transaction.atomic
def withdraw_consent(*, profile: Profile, by: User, now: datetime, why: str = "") -> Profile:
    """No consent, no page: it is taken down in the same step."""
    if not (_works(profile.dog, by) or _keeps(profile.dog, by)):
        raise PermissionDenied
    profile = _locked(profile)
    if profile.consent != Consent.GIVEN:
        raise Refused(_("There is no consent for %s to withdraw.") % profile)
    profile.published_at = profile.published_by = None
    _consent(profile, Consent.WITHDRAWN, by=by, now=now, why=why)
    _tell(profile, "withdrawn", by=by, now=now)
    return profile


@transaction.atomic
def publish_profile(*, profile: Profile, by: User, now: datetime) -> Profile:
    """Show the page, where the handler has consented and the dog has been accredited."""
    if not _keeps(profile.dog, by):
        raise PermissionDenied
    profile = _locked(profile)
    if profile.consent != Consent.GIVEN:
        raise Refused(_("%s’s handler has not given consent.") % profile)
    if profile.published_at:
        raise Refused(_("%s’s page is published already.") % profile)
    if profile.dog.status in (DogStatus.PROSPECTIVE, DogStatus.SUSPENDED):
        raise Refused(_("%s is not accredited now.") % profile)
    profile.published_at, profile.published_by = now, by
    profile.save(update_fields=["published_at", "published_by"])
    record("published profile", profile, by=by, now=now)
    renew_public_pages()
    _tell(profile, "published", by=by, now=now)
    return profile


@transaction.atomic
def unpublish_profile(*, profile: Profile, by: User, now: datetime, why: str = "") -> Profile:
    if not _keeps(profile.dog, by):
        raise PermissionDenied
    profile = _locked(profile)
    if not profile.published_at:
        raise Refused(_("%s’s page is not published.") % profile)
    profile.published_at = profile.published_by = None
    profile.save(update_fields=["published_at", "published_by"])
    record("unpublished profile", profile, by=by, now=now, why=why)
    renew_public_pages()
    _tell(profile, "unpublished", by=by, now=now)
    return profile


def end_profile(dog: Dog, *, tribute: bool, now: datetime) -> None:
    """Note on the public face that the dog works no longer. Part of the action that ends its work."""
    profile = Profile.objects.filter(dog=dog).first()
    if profile:
        profile.until_on, profile.is_tribute = profile.until_on or localdate(now), tribute
        profile.save(update_fields=["until_on", "is_tribute"])
        renew_public_pages()


def _works(dog: Dog, by: User) -> bool:
    return Team.objects.filter(dog=dog, handler_user=by).exists() and can(by, "deployment.work", force=dog.force_id)


def _keeps(dog: Dog, by: User) -> bool:
    return can(by, "team.keep", force=dog.force_id) or can(by, "network.keep")


def _slug(dog: Dog) -> str:
    """'bramble', then 'bramble-2': free in the whole network, though each dog's force sees only its own."""
    stem = slugify(dog.name)[:70] or "dog"
    with network_scope(user=None, reason="an address is one dog's in the whole network"):
        taken = set(Profile.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for n in range(1, 10_000) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken)


def _locked(profile: Profile) -> Profile:
    return Profile.objects.select_for_update(no_key=True, of=("self",)).select_related("dog__force").get(pk=profile.pk)


def _consent(profile: Profile, consent: Consent, *, by: User, now: datetime, why: str) -> None:
    was, profile.consent = profile.consent, consent
    profile.consent_at, profile.consent_by = now, by
    profile.save(update_fields=["consent", "consent_at", "consent_by", "published_at", "published_by"])
    record(f"consent {consent}", profile, by=by, now=now, moved=(was, consent), why=why)
    renew_public_pages()


def _tell(profile: Profile, said: str, *, by: User, now: datetime) -> None:
    """The dog's handlers, whose page it is."""
    with network_scope(user=by.pk, reason="the dog's handlers are told"):
        handlers = Team.objects.filter(dog_id=profile.dog_id).values_list("handler_user_id", flat=True)
        for recipient in people(handlers):
            emails.profile_moved(profile.dog, said, recipient, now=now)
