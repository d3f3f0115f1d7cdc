"""Texts: written, saved as versions, brought back, published. What is published changes for everybody at once."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.access import must
from accounts.models import User
from audit.actions import record
from core.lifecycle import Refused
from core.public_pages import renew_public_pages
from pages.inputs import Placing, Words
from pages.models import Text, Version
from pages.states import Kind


class ChangedMeanwhile(Refused):
    """Somebody has saved the text since it was opened; `standing` is the version that stands now."""

    def __init__(self, sentence: str, *, standing: int) -> None:
        super().__init__(sentence)
        self.standing = standing


@transaction.atomic
def write_text(*, kind: Kind, words: Words, placing: Placing, by: User, now: datetime) -> Text:
    """A new answer or piece of news. Nobody but the network reads it until it is published.

    A draft in the same words is the one that was meant: a doubled sending is one text.
    """
    must(by, "text.keep")
    _one_at_a_time()
    draft = Text.objects.filter(kind=kind, title_en=words.title_en, body_en=words.body_en, published_at=None).first()
    if draft:
        return draft
    text = Text(kind=kind, slug=_slug(kind, words.title_en))
    text.words, text.placing = words, placing
    text.save()
    _keep(text, note=str(_("First version")), by=by, now=now)
    record("wrote text", text, by=by, now=now)
    return text


@transaction.atomic
def save_text(*, text: Text, words: Words, placing: Placing, opened: int, note: str, by: User, now: datetime) -> Text:
    """Save other words as the next version. `opened` is the version that the writer began from.

    A doubled sending is one version.
    """
    must(by, "text.keep")
    text = _locked(text)
    same = (text.words, text.placing) == (words, placing)
    if text.version != opened:
        if same:
            return text
        raise _changed_meanwhile(text)
    if same:
        raise Refused(_("Nothing is different from the version that stands, so nothing was saved."))
    text.placing = placing
    _reword(text, words, note=note, by=by, now=now)
    return text


@transaction.atomic
def restore_version(*, version: Version, by: User, now: datetime) -> Text:
    """Bring the words of an earlier version back, as the next one: what came between stays on record."""
    must(by, "text.keep")
    text = _locked(version.text)
    if text.words == version.words:
        raise Refused(_("The words of version %d stand already.") % version.number)
    note = _("Brought back version %d") % version.number
    _reword(text, version.words, note=note, by=by, now=now)
    return text


@transaction.atomic
def publish_text(*, text: Text, by: User, now: datetime) -> Text:
    must(by, "text.keep")
    text = _locked(text)
    if text.published_at:
        raise Refused(_("“%s” is published already.") % text)
    text.published_at, text.published_by = now, by
    text.save(update_fields=["published_at", "published_by"])
    record("published text", text, by=by, now=now)
    renew_public_pages()
    return text


@transaction.atomic
def unpublish_text(*, text: Text, by: User, now: datetime) -> Text:
    """Take an answer or a piece of news off the site. Pages stay: other pages and the law count on them."""
    must(by, "text.keep")
    text = _locked(text)
    if text.kind == Kind.PAGE:
        raise Refused(_("“%s” is a page of the site and stays. Change its words instead.") % text)
    if not text.published_at:
        raise Refused(_("“%s” is not published.") % text)
    text.published_at = text.published_by = None
    text.save(update_fields=["published_at", "published_by"])
    record("unpublished text", text, by=by, now=now)
    renew_public_pages()
    return text


@transaction.atomic
def confirm_welsh(*, text: Text, by: User, now: datetime) -> Text:
    """Note that a translator has reviewed the Welsh as it stands. Changing the Welsh takes the note away."""
    must(by, "text.keep")
    text = _locked(text)
    if not text.body_cy:
        raise Refused(_("“%s” has no Welsh yet.") % text)
    if not text.awaits_review:
        raise Refused(_("The Welsh of “%s” was reviewed already.") % text)
    text.welsh_reviewed_at, text.welsh_reviewed_by = now, by
    text.save(update_fields=["welsh_reviewed_at", "welsh_reviewed_by"])
    record("confirmed Welsh", text, by=by, now=now, version=text.version)
    renew_public_pages()
    return text


def add_first_text(*, kind: Kind, slug: str, words: Words, placing: Placing, now: datetime) -> bool:
    """One of the texts that the house brings, published at once; False where it is there already, in any words."""
    if Text.objects.filter(kind=kind, slug=slug).exists():
        return False
    text = Text(kind=kind, slug=slug, published_at=now)
    text.words, text.placing = words, placing
    text.save()
    _keep(text, note=str(_("First version")), by=None, now=now)
    record("wrote text", text, by=None, now=now)
    renew_public_pages()
    return True


def _one_at_a_time() -> None:
    """Two who write at once wait for each other, so that each finds an address of its own."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('pages:write', 0))")


def _locked(text: Text) -> Text:
    return Text.objects.select_for_update(no_key=True).get(pk=text.pk)


def _reword(text: Text, words: Words, *, note: str, by: User, now: datetime) -> None:
    if (text.title_cy, text.body_cy) != (words.title_cy, words.body_cy):
        text.welsh_reviewed_at = text.welsh_reviewed_by = None
    text.words, text.version = words, text.version + 1
    text.save()
    _keep(text, note=note, by=by, now=now)
    record("saved text", text, by=by, now=now, why=note, version=text.version)
    renew_public_pages()


def _keep(text: Text, *, note: str, by: User | None, now: datetime) -> None:
    version = Version(text=text, number=text.version, saved_at=now, saved_by=by, note=note)
    version.words = text.words
    version.save()


def _changed_meanwhile(text: Text) -> ChangedMeanwhile:
    last = Version.objects.select_related("saved_by__profile").get(text=text, number=text.version)
    sentence = _(
        "%(name)s saved version %(number)d at %(time)s, after you had opened this page. Nothing of yours is lost: it is"
        " below, not saved yet. Look at what changed, then save again to put your words in its place."
    )
    when = date_format(localtime(last.saved_at), "H:i")
    return ChangedMeanwhile(
        sentence % {"name": last.saver(), "number": text.version, "time": when}, standing=text.version
    )


def _slug(kind: Kind, title: str) -> str:
    stem = slugify(title)[:70].strip("-") or str(kind)
    taken = set(Text.objects.filter(kind=kind, slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for n in range(1, 10_000) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken)
