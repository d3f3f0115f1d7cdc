"""Addresses of mutual aid: the public door, the coordinators' pages, the members' pages."""

from django.urls import path

from deployments.urls_forms import form_patterns
from deployments.urls_member import member_patterns
from deployments.views import coordinator, public

urlpatterns = [
    path("support/", public.support, name="support"),
    path("support/sent/", public.support_sent, name="support_sent"),
    path("coordinator/requests/", coordinator.request_list, name="coordinator_request_list"),
    path("coordinator/requests/add/", coordinator.request_add, name="coordinator_request_add"),
    path("coordinator/requests/<uuid:uuid>/", coordinator.request_detail, name="coordinator_request_detail"),
    path("coordinator/requests/<uuid:uuid>/match/", coordinator.request_match, name="coordinator_request_match"),
    path("coordinator/requests/<uuid:uuid>/move/", coordinator.request_move, name="coordinator_request_move"),
    path("coordinator/requests/<uuid:uuid>/tier/", coordinator.request_tier, name="coordinator_request_tier"),
    path("coordinator/requests/<uuid:uuid>/remind/", coordinator.request_remind, name="coordinator_request_remind"),
    path("coordinator/requests/<uuid:uuid>/decline/", coordinator.request_decline, name="coordinator_request_decline"),
    path("coordinator/requests/<uuid:uuid>/cancel/", coordinator.request_cancel, name="coordinator_request_cancel"),
    path(
        "coordinator/requests/<uuid:uuid>/stand-down/",
        coordinator.request_stand_down,
        name="coordinator_request_stand_down",
    ),
    path("coordinator/requests/<uuid:uuid>/close/", coordinator.request_close, name="coordinator_request_close"),
    path("coordinator/offers/", coordinator.offer_list, name="coordinator_offer_list"),
    path("coordinator/offers/<uuid:uuid>/record/", coordinator.offer_record, name="coordinator_offer_record"),
    path("coordinator/offers/<uuid:uuid>/withdraw/", coordinator.offer_withdraw, name="coordinator_offer_withdraw"),
    path(
        "coordinator/deployments/<uuid:uuid>/stand-down/",
        coordinator.deployment_stand_down,
        name="coordinator_deployment_stand_down",
    ),
    path(
        "coordinator/deployments/<uuid:uuid>/attended/",
        coordinator.deployment_attended,
        name="coordinator_deployment_attended",
    ),
    path(
        "coordinator/deployments/<uuid:uuid>/absent/",
        coordinator.deployment_absent,
        name="coordinator_deployment_absent",
    ),
    *member_patterns,
    *form_patterns,
]
