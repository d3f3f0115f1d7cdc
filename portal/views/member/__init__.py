"""Members' doorways that span apps, a module a noun."""

from portal.views.member.dogs import dog_detail, dog_list, dog_time, time_cancel
from portal.views.member.home import home
from portal.views.member.inbox import inbox, inbox_detail, inbox_read, preferences

__all__ = [
    "dog_detail",
    "dog_list",
    "dog_time",
    "home",
    "inbox",
    "inbox_detail",
    "inbox_read",
    "preferences",
    "time_cancel",
]
