"""Addresses of the members' library."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
