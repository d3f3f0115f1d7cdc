"""What coordinators do: add, change, publish, withdraw, and a new version that asks everybody again."""

from datetime import date, datetime
from io import BytesIO

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.access import must
from accounts.models import User
from audit.actions import record
from core.files import check_upload
from core.lifecycle import Refused
from core.public_pages import renew_public_pages
from notifications.outbox import queue_mails
from resources import emails
from resources.inputs import Card, Change, Content
from resources.models import Resource, Version
from resources.paper import paper_of, store_paper
from resources.queries import asked_to_read, keepers_of
from resources.rules import FARTHEST
from resources.states import RESOURCE, ResourceKind, ResourceStatus


@transaction.atomic
def add_resource(*, card: Card, content: Content, by: User, now: datetime) -> Resource:
    """A draft with its first version. Nobody but coordinators sees it until it is published."""
    must(by, "library.keep")
    check_day(card.must_read_by, today=localdate(now))
    kind = ResourceKind.FILE if content.file else ResourceKind.PAGE
    resource = Resource(kind=kind)
    _write_card(resource, card)
    resource.save(force_insert=True)
    _add_version(resource, content, what_changed="", by=by, now=now)
    record("added resource", resource, by=by, now=now, moved=("", ResourceStatus.DRAFT))
    return resource


@transaction.atomic
def change_resource(*, resource: Resource, card: Card, by: User, now: datetime) -> Resource:
    """Change how it is listed, whom it is for, by when it must be read. Those who are newly asked get a mail."""
    must(by, "library.keep")
    resource = _locked(resource)
    if card.must_read_by != resource.must_read_by:
        check_day(card.must_read_by, today=localdate(now))
    _write_card(resource, card)
    resource.save(update_fields=["title", "summary", "language", "category", "audience", "must_read_by"])
    record("changed resource", resource, by=by, now=now, audience=card.audience)
    _settle(resource, now=now)
    return resource


@transaction.atomic
def add_version(*, resource: Resource, content: Content, change: Change, by: User, now: datetime) -> Version:
    """The newest from now on. Whoever must read the resource is asked again."""
    must(by, "library.keep")
    resource = _locked(resource)
    if bool(content.file) != (resource.kind == ResourceKind.FILE):
        raise Refused(_("A new version of a file is a file, and of a page a page."))
    if resource.must_read_by:
        if change.must_read_by is None:
            raise Refused(_("Say by when it must be read again."), field="must_read_by")
        check_day(change.must_read_by, today=localdate(now))
        resource.must_read_by = change.must_read_by
        resource.save(update_fields=["must_read_by"])
    version = _add_version(resource, content, what_changed=change.what_changed, by=by, now=now)
    record("added version", resource, by=by, now=now, why=change.what_changed, number=version.number)
    _settle(resource, now=now)
    return version


@transaction.atomic
def publish_resource(*, resource: Resource, by: User, now: datetime) -> Resource:
    """Open it to its audience; whoever must read it is asked to."""
    must(by, "library.keep")
    resource = _locked(resource)
    was = resource.status
    RESOURCE.check(was, ResourceStatus.PUBLISHED, thing=resource.title)
    check_day(resource.must_read_by, today=localdate(now))
    resource.status, resource.published_at, resource.published_by = ResourceStatus.PUBLISHED, now, by
    resource.save(update_fields=["status", "published_at", "published_by"])
    record("published resource", resource, by=by, now=now, moved=(was, resource.status))
    _settle(resource, now=now)
    return resource


@transaction.atomic
def withdraw_resource(*, resource: Resource, reason: str, by: User, now: datetime) -> Resource:
    """Close it to everybody but coordinators; those who kept it at hand are told why."""
    must(by, "library.keep")
    resource = _locked(resource)
    was = resource.status
    RESOURCE.check(was, ResourceStatus.WITHDRAWN, thing=resource.title)
    resource.status = ResourceStatus.WITHDRAWN
    resource.save(update_fields=["status"])
    record("withdrew resource", resource, by=by, now=now, moved=(was, resource.status), why=reason)
    if was == ResourceStatus.PUBLISHED:
        key = f"{now:%Y%m%d%H%M%S}"
        queue_mails([emails.withdrawn(resource, to, reason=reason, key=key) for to in keepers_of(resource)], now=now)
        renew_public_pages()
    return resource


@transaction.atomic
def publish_paper(*, paper: bytes, card: Card, by: User, now: datetime) -> Resource:
    """A PDF that the system has made, as a published resource."""
    must(by, "library.keep")
    resource = add_resource(card=card, content=store_paper(paper_of(check_upload(BytesIO(paper)))), by=by, now=now)
    return publish_resource(resource=resource, by=by, now=now)


def check_day(read_by: date | None, *, today: date) -> None:
    """Raise `Refused` unless the day, where there is one, is today or later and not years away."""
    if read_by is None:
        return
    if read_by < today:
        raise Refused(_("The day by which it must be read has passed. Choose a later one."), field="must_read_by")
    if read_by - today > FARTHEST:
        raise Refused(_("Choose a day within the next two years."), field="must_read_by")


def _locked(resource: Resource) -> Resource:
    rows = Resource.objects.select_for_update(no_key=True, of=("self",)).select_related("category", "current")
    return rows.get(pk=resource.pk)


def _write_card(resource: Resource, card: Card) -> None:
    resource.title, resource.summary, resource.category = card.title, card.summary, card.category
    resource.audience, resource.must_read_by, resource.language = card.audience, card.must_read_by, card.language


def _add_version(resource: Resource, content: Content, *, what_changed: str, by: User, now: datetime) -> Version:
    last = Version.objects.filter(resource=resource).aggregate(last=Max("number"))["last"] or 0
    version = Version.objects.create(
        resource=resource,
        number=last + 1,
        file=content.file,
        size=content.size,
        pages=content.pages,
        markdown=content.markdown,
        words=content.words,
        what_changed=what_changed,
        added_at=now,
        added_by=by,
    )
    resource.current = version
    resource.save(update_fields=["current"])
    return version


def _settle(resource: Resource, *, now: datetime) -> None:
    """What follows from any change of something published: the newest version stands for the readers, who are asked."""
    if resource.status != ResourceStatus.PUBLISHED or resource.current is None:
        return
    Version.objects.filter(pk=resource.current_id).update(audience=resource.audience)
    renew_public_pages()
    if resource.must_read_by:
        version = resource.current
        queue_mails([emails.must_read(resource, version, to) for to in asked_to_read(resource)], now=now)
