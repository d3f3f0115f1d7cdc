"""Addresses of the digital forms about dogs: sessions, visits, incidents, welfare visits."""

from django.urls import path

from dogs.sheets import INCIDENTS, SESSIONS, WELFARE_VISITS
from dogs.views.coordinator import forms
from dogs.views.coordinator import welfare as asking
from dogs.views.member import incidents, sessions, visits, welfare

_SESSIONS, _INCIDENTS, _WELFARE = {"sheet": SESSIONS}, {"sheet": INCIDENTS}, {"sheet": WELFARE_VISITS}

form_patterns = [
    path("member/forms/sessions/", sessions.session_list, name="member_session_list"),
    path("member/forms/sessions/add/", sessions.session_add, name="member_session_add"),
    path("member/forms/sessions/export/", sessions.session_export, name="member_session_export"),
    path("member/forms/sessions/<uuid:uuid>/", sessions.session_detail, name="member_session_detail"),
    path("member/forms/sessions/<uuid:uuid>/remove/", sessions.session_remove, name="member_session_remove"),
    path("member/forms/visits/", visits.visit_list, name="member_visit_list"),
    path("member/forms/visits/add/", visits.visit_add, name="member_visit_add"),
    path("member/forms/visits/<uuid:uuid>/", visits.visit_detail, name="member_visit_detail"),
    path("member/forms/visits/<uuid:uuid>/cancel/", visits.visit_cancel, name="member_visit_cancel"),
    path("member/forms/incidents/", incidents.incident_list, name="member_incident_list"),
    path("member/forms/incidents/add/", incidents.incident_add, name="member_incident_add"),
    path("member/forms/incidents/export/", incidents.incident_export, name="member_incident_export"),
    path("member/forms/incidents/<uuid:uuid>/", incidents.incident_detail, name="member_incident_detail"),
    path("member/forms/welfare/", welfare.welfare_list, name="member_welfare_list"),
    path("member/forms/welfare/add/", welfare.welfare_add, name="member_welfare_add"),
    path("member/forms/welfare/export/", welfare.welfare_export, name="member_welfare_export"),
    path("member/forms/welfare/<uuid:uuid>/", welfare.welfare_detail, name="member_welfare_detail"),
    path("member/forms/welfare/<uuid:uuid>/edit/", welfare.welfare_edit, name="member_welfare_edit"),
    path("coordinator/forms/sessions/", forms.sheet_list, _SESSIONS, name="coordinator_session_list"),
    path("coordinator/forms/sessions/export/", forms.sheet_export, _SESSIONS, name="coordinator_session_export"),
    path("coordinator/incidents/", forms.sheet_list, _INCIDENTS, name="coordinator_incident_list"),
    path("coordinator/incidents/export/", forms.sheet_export, _INCIDENTS, name="coordinator_incident_export"),
    path(
        "coordinator/incidents/<uuid:uuid>/review/",
        forms.incident_review,
        name="coordinator_incident_review",
    ),
    path("coordinator/forms/welfare/", asking.welfare_list, name="coordinator_welfare_list"),
    path("coordinator/forms/welfare/ask/", asking.welfare_ask, name="coordinator_welfare_ask"),
    path("coordinator/forms/welfare/asked/<uuid:uuid>/", asking.welfare_asked, name="coordinator_welfare_asked"),
    path(
        "coordinator/forms/welfare/asked/<uuid:uuid>/call-off/",
        asking.welfare_call_off,
        name="coordinator_welfare_call_off",
    ),
    path("coordinator/forms/welfare/export/", forms.sheet_export, _WELFARE, name="coordinator_welfare_export"),
]
