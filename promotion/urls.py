"""Addresses of posters and other promotion of visits."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
