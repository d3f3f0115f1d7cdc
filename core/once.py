"""What is sent twice counts once, and what was decided on an old page not at all."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.lifecycle import Refused


@contextmanager
def fresh_key() -> Iterator[None]:
    """Insert a row with its `key` inside: of two that come together, the database takes one.

    A key under somebody else's row, which the wall hides, is refused.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "_key_key" not in str(error):
            raise
        raise Refused(_("This page has grown old. Open it again and send it once more.")) from error


def must_say_the_same(standing: object, said: Mapping[str, object], what: str) -> None:
    """Refuse what comes again under the key of `what` stands and says something else: it would silently be lost."""
    if any(getattr(standing, name) != value for name, value in said.items()):
        raise Refused(already_saved(what))


def already_saved(what: str) -> str:
    """What somebody is told whose form was saved before, with other words in it."""
    words = _("%s was saved already, as it was sent first. Open a new form for what you have changed since.")
    return words % what


def must_be_as_read(as_of: datetime | None, stands: datetime | None, what: str) -> None:
    """Refuse a decision on a page that showed `what` as it was before; None is a page that does not say."""
    if as_of and as_of != stands:
        words = _("%s has changed since you opened this page. Read it as it is now, then decide.")
        raise Refused(words % what)
