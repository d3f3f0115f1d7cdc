"""Addresses that programs look for at the root, in no language."""

from django.urls import path

from portal.views import crawlers

urlpatterns = [
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("site.webmanifest", crawlers.manifest, name="manifest"),
]
