"""Addresses of the pages of the five digital forms."""

from django.urls import path

from portal.views import forms

form_patterns = [
    path("member/forms/", forms.form_list, name="member_form_list"),
    path("coordinator/forms/", forms.network_form_list, name="coordinator_form_list"),
]
