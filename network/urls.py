"""Addresses of handlers' certificates."""

from django.urls import path

from network.views import coordinator, member

FOR_COORDINATORS = "coordinator/certificates/<uuid:uuid>/"

urlpatterns = [
    path("member/certificates/add/", member.certificate_add, name="member_certificate_add"),
    path("member/certificates/<uuid:uuid>/", member.certificate_detail, name="member_certificate_detail"),
    path("member/certificates/<uuid:uuid>/file/", member.certificate_file, name="member_certificate_file"),
    path(FOR_COORDINATORS, coordinator.certificate_detail, name="coordinator_certificate_detail"),
    path(f"{FOR_COORDINATORS}file/", coordinator.certificate_file, name="coordinator_certificate_file"),
    path(f"{FOR_COORDINATORS}verify/", coordinator.certificate_verify, name="coordinator_certificate_verify"),
    path(f"{FOR_COORDINATORS}reject/", coordinator.certificate_reject, name="coordinator_certificate_reject"),
]
