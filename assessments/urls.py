"""Assessments: their pages come with the assessors' own room; until then the admin keeps them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
