"""The handler's consent to a public page: to the page, to each part of it, and the end of either at once."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import must
from accounts.models import User
from audit.actions import record
from core.lifecycle import Refused
from dogs.actions.drafts import move_draft
from dogs.actions.showing import ask_to_publish, draft_of, keeps, locked, show, tell, works
from dogs.models import PartConsent, Profile, Team, whose_page
from dogs.states import PAGE_CONSENT, Consent, DraftStatus, Part


@transaction.atomic
def give_consent(
    *, profile: Profile, parts: Collection[str] = tuple(Part), by: User, now: datetime, why: str = ""
) -> Profile:
    """The handler agrees to the page and to the named parts. A coordinator may record a consent given on paper.

    It is then the handler's who has worked the dog longest: their name is shown, and they may take it back.
    """
    _must_consent(profile, by, why)
    profile = locked(profile)
    if profile.consent == Consent.GIVEN:
        raise Refused(_("There is consent for %s already.") % profile)
    was = _move(profile, Consent.GIVEN, by=by, now=now)
    _settle(profile, parts, by=by, now=now)
    record("consent given", profile, by=by, now=now, moved=(was, Consent.GIVEN), why=why, parts=profile.parts)
    show(profile, draft_of(profile, now=now))
    tell(profile, "given", by=by, now=now)
    _queue_again(profile, by=by, now=now)
    return profile


@transaction.atomic
def choose_parts(*, profile: Profile, parts: Collection[str], by: User, now: datetime, why: str = "") -> Profile:
    """Of a page that the handler agrees to, show the named parts and no others. It counts on the next request."""
    _must_consent(profile, by, why)
    profile = locked(profile)
    if profile.consent != Consent.GIVEN:
        raise Refused(_("There is no consent for %s’s page yet.") % profile)
    before = list(profile.parts)
    if not _settle(profile, parts, by=by, now=now):
        return profile
    taken_down = profile.is_tribute and Part.TRIBUTE not in profile.parts and profile.published_at is not None
    if taken_down:
        profile.published_at = profile.published_by = None
    record("consent changed", profile, by=by, now=now, why=why, before=before, parts=profile.parts)
    show(profile, draft_of(profile, now=now))
    tell(profile, "ended" if taken_down else "parts", by=by, now=now, leads=True)
    if Part.TRIBUTE not in before:
        _queue_again(profile, by=by, now=now)
    return profile


@transaction.atomic
def withdraw_consent(*, profile: Profile, by: User, now: datetime, why: str = "") -> Profile:
    """No consent, no page: it is taken down in the same step, with every part of it.

    Whoever gave what stands may take it back, also when they do not work the dog any more.
    """
    if not (works(profile.dog, by) or keeps(profile.dog, by) or gave_consent(profile, by)):
        raise PermissionDenied
    profile = locked(profile)
    if profile.consent != Consent.GIVEN:
        raise Refused(_("There is no consent for %s to withdraw.") % profile)
    profile.published_at = profile.published_by = None
    was = _move(profile, Consent.WITHDRAWN, by=by, now=now)
    _settle(profile, (), by=by, now=now)
    record("consent withdrawn", profile, by=by, now=now, moved=(was, Consent.WITHDRAWN), why=why)
    show(profile, draft_of(profile, now=now))
    tell(profile, "withdrawn", by=by, now=now, leads=True)
    return profile


def _queue_again(profile: Profile, *, by: User, now: datetime) -> None:
    """Words that were published and went with the last consent wait for a coordinator, as they were approved."""
    draft = draft_of(profile, now=now)
    waits = draft.status == DraftStatus.PUBLISHED and not profile.published_at
    if waits and not (profile.is_tribute and Part.TRIBUTE not in profile.parts):
        move_draft(profile, draft, DraftStatus.APPROVED, "agreed again", by=by, now=now)
        ask_to_publish(profile, by=by, now=now, again=True)


def gave_consent(profile: Profile, by: User) -> bool:
    """Whether some of what is shown now is shown because they agreed to it."""
    return PartConsent.objects.filter(profile=profile, given_by=by, withdrawn_at=None).exists()


def _must_consent(profile: Profile, by: User, why: str) -> None:
    if works(profile.dog, by):
        return
    must(by, "network.keep")
    if not why.strip():
        raise Refused(_("Say how the handler gave consent."), field="why")


def _move(profile: Profile, to: Consent, *, by: User, now: datetime) -> str:
    was = profile.consent
    PAGE_CONSENT.check(was, to, thing=_("Consent for %s") % profile)
    profile.consent, profile.consent_at, profile.consent_by = to, now, by
    return was


def _settle(profile: Profile, parts: Collection[str], *, by: User, now: datetime) -> bool:
    """Write down each new yes and each no; whether there were any. The profile's list follows, in the page's order."""
    wanted = [part for part in Part.values if part in parts]
    standing = PartConsent.objects.filter(profile=profile, withdrawn_at=None)
    taken_back = standing.exclude(part__in=wanted).update(withdrawn_at=now, withdrawn_by=by)
    whose = _whose(profile, by)
    # A name is one person's to show: whoever works the dog now agrees to their own.
    others = standing.filter(part=Part.HANDLER).exclude(given_by=whose)
    others.exclude(given_by__in=_handlers(profile)).update(withdrawn_at=now, withdrawn_by=by)
    agreed = set(standing.values_list("part", flat=True))
    given = PartConsent.objects.bulk_create(
        PartConsent(force_id=profile.force_id, profile=profile, part=part, given_at=now, given_by=whose)
        for part in wanted
        if part not in agreed
    )
    profile.parts = wanted
    return bool(taken_back or given)


def _handlers(profile: Profile) -> list[int]:
    """The users whose page it is, who has worked the dog longest first."""
    teams = Team.objects.filter(whose_page(), dog_id=profile.dog_id).order_by("since_on", "pk")
    return list(teams.values_list("handler_user_id", flat=True))


def _whose(profile: Profile, by: User) -> User:
    """Whose yes it is: the handler's own, or the one that a coordinator records for them."""
    handlers = _handlers(profile)
    return by if by.pk in handlers or not handlers else User.objects.get(pk=handlers[0])
