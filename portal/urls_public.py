"""Public addresses that span apps: home, and the pages that the law asks for."""

from django.urls import path

from portal.views import public

public_patterns = [
    path("", public.home, name="home"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("privacy/", public.privacy, name="privacy"),
    path("cookies/", public.cookies, name="cookies"),
]
