"""Public addresses that span apps: home."""

from django.urls import path

from portal.views import public

public_patterns = [
    path("", public.home, name="home"),
]
