"""What is sent twice counts once: a form's key is unique, and the database decides between two that come together."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.lifecycle import Refused


@contextmanager
def fresh_key() -> Iterator[None]:
    """Insert a row with its `key` inside. A key under somebody else's row, which the wall hides, is refused."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "_key_key" not in str(error):
            raise
        raise Refused(_("This page has grown old. Open it again and send it once more.")) from error
