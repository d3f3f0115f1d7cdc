"""What a member has seen of the news."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from pages.models import NewsSeen


@transaction.atomic
def look_at_news(*, by: User, now: datetime) -> datetime | None:
    """Note that the member looks at the news now; when they last did before, None the first time."""
    seen, is_first = NewsSeen.objects.select_for_update(no_key=True).get_or_create(user=by, defaults={"seen_at": now})
    before, seen.seen_at = seen.seen_at, now
    if is_first:
        return None
    seen.save(update_fields=["seen_at"])
    return before
