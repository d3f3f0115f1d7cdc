"""How the invented people keep their inboxes: most of it read, some of it by the daily mail."""

from datetime import datetime, timedelta

from django.db.models import F

from accounts.models import Role, RoleName
from notifications.models import Message, Preference
from notifications.states import Delivery, Topic

# What came in the last days is still new to everybody.
NEW = timedelta(days=5)
EVERY = 4  # one lead in so many has the daily mail


def settle_inboxes(now: datetime) -> None:
    Message.objects.filter(in_inbox=True, queued_at__lt=now - NEW).update(read_at=F("queued_at"))
    leads = Role.objects.filter(role=RoleName.LEAD).order_by("pk").values_list("user_id", flat=True)
    Preference.objects.bulk_create(
        [
            Preference(user_id=user, topic=topic, delivery=Delivery.DAILY)
            for user in list(leads)[1::EVERY]
            for topic in (Topic.WORK, Topic.TEAMS)
        ]
    )
