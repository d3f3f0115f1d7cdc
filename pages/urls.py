"""Addresses of the public site's texts: pages, questions and answers, news, enquiries."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
