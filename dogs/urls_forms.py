"""Addresses of the digital forms about dogs: sessions, visits, incidents, welfare visits."""

from django.urls import path

from dogs.views import coordinator_forms, member_incidents, member_sessions, member_visits, member_welfare

form_patterns = [
    path("member/forms/sessions/", member_sessions.session_list, name="member_session_list"),
    path("member/forms/sessions/add/", member_sessions.session_add, name="member_session_add"),
    path("member/forms/sessions/export/", member_sessions.session_export, name="member_session_export"),
    path("member/forms/sessions/<uuid:uuid>/", member_sessions.session_detail, name="member_session_detail"),
    path("member/forms/visits/", member_visits.visit_list, name="member_visit_list"),
    path("member/forms/visits/add/", member_visits.visit_add, name="member_visit_add"),
    path("member/forms/visits/<uuid:uuid>/", member_visits.visit_detail, name="member_visit_detail"),
    path("member/forms/visits/<uuid:uuid>/cancel/", member_visits.visit_cancel, name="member_visit_cancel"),
    path("member/forms/incidents/", member_incidents.incident_list, name="member_incident_list"),
    path("member/forms/incidents/add/", member_incidents.incident_add, name="member_incident_add"),
    path("member/forms/incidents/export/", member_incidents.incident_export, name="member_incident_export"),
    path("member/forms/incidents/<uuid:uuid>/", member_incidents.incident_detail, name="member_incident_detail"),
    path("member/forms/welfare/", member_welfare.welfare_list, name="member_welfare_list"),
    path("member/forms/welfare/add/", member_welfare.welfare_add, name="member_welfare_add"),
    path("member/forms/welfare/export/", member_welfare.welfare_export, name="member_welfare_export"),
    path("member/forms/welfare/<uuid:uuid>/", member_welfare.welfare_detail, name="member_welfare_detail"),
    path("member/forms/welfare/<uuid:uuid>/edit/", member_welfare.welfare_edit, name="member_welfare_edit"),
    path("coordinator/forms/sessions/", coordinator_forms.session_list, name="coordinator_session_list"),
    path("coordinator/forms/sessions/export/", coordinator_forms.session_export, name="coordinator_session_export"),
    path("coordinator/incidents/", coordinator_forms.incident_list, name="coordinator_incident_list"),
    path("coordinator/incidents/export/", coordinator_forms.incident_export, name="coordinator_incident_export"),
    path(
        "coordinator/incidents/<uuid:uuid>/review/",
        coordinator_forms.incident_review,
        name="coordinator_incident_review",
    ),
    path("coordinator/forms/welfare/", coordinator_forms.welfare_list, name="coordinator_welfare_list"),
    path("coordinator/forms/welfare/ask/", coordinator_forms.welfare_ask, name="coordinator_welfare_ask"),
    path("coordinator/forms/welfare/export/", coordinator_forms.welfare_export, name="coordinator_welfare_export"),
]
