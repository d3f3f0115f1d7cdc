"""Members' addresses that span apps: what needs doing now."""

from django.urls import path

from portal.views import member

member_patterns = [
    path("member/", member.home, name="member_home"),
]
