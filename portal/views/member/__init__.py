"""Members' doorways that span apps, a file a subject."""

from portal.views.member.home import home
from portal.views.member.inbox import inbox, inbox_detail, inbox_read, preferences

__all__ = ["home", "inbox", "inbox_detail", "inbox_read", "preferences"]
