"""Addresses of handlers' certificates."""

from django.urls import path

from network.views import coordinator, member

_QUEUED, _KIND = "coordinator/certificates/<uuid:uuid>/", {"kind": coordinator.CERTIFICATES}

urlpatterns = [
    path("member/certificates/add/", member.certificate_add, name="member_certificate_add"),
    path("member/certificates/<uuid:uuid>/", member.certificate_detail, name="member_certificate_detail"),
    path("member/certificates/<uuid:uuid>/file/", member.certificate_file, name="member_certificate_file"),
    path("coordinator/certificates/add/<uuid:uuid>/", coordinator.certificate_add, name="coordinator_certificate_add"),
    path(_QUEUED, coordinator.evidence_detail, _KIND, name="coordinator_certificate_detail"),
    path(f"{_QUEUED}file/", coordinator.evidence_file, _KIND, name="coordinator_certificate_file"),
    path(f"{_QUEUED}verify/", coordinator.evidence_verify, _KIND, name="coordinator_certificate_verify"),
    path(f"{_QUEUED}reject/", coordinator.evidence_reject, _KIND, name="coordinator_certificate_reject"),
]
