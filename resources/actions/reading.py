"""What readers do: say that they have read, keep at hand, download; and the night's reminders."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.access import must
from accounts.models import User
from audit.actions import record
from core.lifecycle import Refused
from notifications.outbox import Letter, queue_mails
from resources import emails
from resources.models import Acknowledgement, Download, Favourite, Resource, Version
from resources.queries import asked_to_read, must_be_read
from resources.rules import threshold


@transaction.atomic
def acknowledge_version(*, version: Version, by: User, now: datetime) -> Acknowledgement:
    """Say that one has read it. Said twice it counts once; an old version can't be read in place of the newest."""
    must(by, "library.read")
    resource = version.resource
    if resource.current_id != version.pk:
        raise Refused(_("There is a newer version of %(title)s. Read that one.") % {"title": resource.title})
    if resource.must_read_by is None:
        raise Refused(_("Nobody is asked to read %(title)s any more.") % {"title": resource.title})
    said, is_new = Acknowledgement.objects.get_or_create(version=version, user=by, defaults={"at": now})
    if is_new:
        record("acknowledged version", version, by=by, now=now)
    return said


@transaction.atomic
def keep_favourite(*, resource: Resource, by: User, now: datetime) -> None:
    """Keep it at hand; once is enough."""
    must(by, "library.read")
    _kept, is_new = Favourite.objects.get_or_create(resource=resource, user=by, defaults={"at": now})
    if is_new:
        record("kept resource", resource, by=by, now=now)


@transaction.atomic
def drop_favourite(*, resource: Resource, by: User, now: datetime) -> None:
    must(by, "library.read")
    if Favourite.objects.filter(resource=resource, user=by).delete()[0]:
        record("let go resource", resource, by=by, now=now)


@transaction.atomic
def count_download(*, version: Version, by: User | None, now: datetime) -> str:
    """Count that the file was taken, and give its name. Members leave a record; visitors only a number a day."""
    day, _is_new = Download.objects.get_or_create(
        version=version, user=by, on=localdate(now), defaults={"last_at": now}
    )
    Download.objects.filter(pk=day.pk).update(times=F("times") + 1, last_at=now)
    if by is not None:
        record("downloaded version", version, by=by, now=now)
    return version.file


def send_reading_reminders(on: date, *, now: datetime) -> int:
    """Remind whoever has not read what they must, once for each threshold; how many letters were written.

    Nights that were missed are caught up with what is true today. Called inside the night's own scope.
    """
    today = max(on, localdate(now))
    letters = [letter for resource in must_be_read() for letter in _reminders(resource, today)]
    queue_mails(letters, now=now)
    return len(letters)


def _reminders(resource: Resource, today: date) -> list[Letter]:
    version = resource.current
    if version is None or resource.must_read_by is None or resource.published_at is None:
        return []
    asked_on = max(localdate(version.added_at), localdate(resource.published_at))
    due = threshold(resource.must_read_by, asked_on=asked_on, today=today)
    if due is None:
        return []
    return [emails.read_reminder(resource, version, to, threshold=due, today=today) for to in asked_to_read(resource)]
