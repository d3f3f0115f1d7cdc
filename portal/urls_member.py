"""Members' addresses that span apps: what needs doing now, the inbox, and the dogs."""

from django.urls import path

from portal.views import member

member_patterns = [
    path("member/", member.home, name="member_home"),
    path("member/inbox/", member.inbox, name="member_inbox"),
    path("member/inbox/read/", member.inbox_read, name="member_inbox_read"),
    path("member/inbox/<uuid:uuid>/", member.inbox_detail, name="member_inbox_detail"),
    path("member/dogs/", member.dog_list, name="member_dog_list"),
    path("member/dogs/<uuid:uuid>/", member.dog_detail, name="member_dog_detail"),
    path("member/dogs/<uuid:uuid>/time/", member.dog_time, name="member_dog_time"),
    path("member/time/<uuid:uuid>/cancel/", member.time_cancel, name="member_time_cancel"),
    path("member/preferences/", member.preferences, name="member_preferences"),
]
