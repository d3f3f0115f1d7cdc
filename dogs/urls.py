"""Addresses of dogs, their documents, and the digital forms about them."""

from django.urls import path

from dogs.urls_forms import form_patterns
from dogs.urls_profiles import profile_patterns
from dogs.views import coordinator, member, public
from network.views import coordinator as queue

_QUEUED, _KIND = "coordinator/documents/<uuid:uuid>/", {"kind": coordinator.DOCUMENTS}

urlpatterns = [
    path("portraits/<str:words>.svg", public.portrait, name="portrait"),
    path("dogs/", public.dog_list, name="dog_list"),
    path("dogs/<slug:slug>/", public.dog_detail, name="dog_detail"),
    path("dogs/<slug:slug>/kudos/", public.dog_kudos, name="dog_kudos"),
    path("dogs/<slug:slug>/social.png", public.dog_social, name="dog_social"),
    path("member/documents/", member.document_list, name="member_document_list"),
    path("member/documents/add/", member.document_add, name="member_document_add"),
    path("member/documents/<uuid:uuid>/", member.document_detail, name="member_document_detail"),
    path("member/documents/<uuid:uuid>/file/", member.document_file, name="member_document_file"),
    path("coordinator/documents/", coordinator.document_list, name="coordinator_document_list"),
    path("coordinator/documents/next/", coordinator.document_next, name="coordinator_document_next"),
    path("coordinator/documents/add/", coordinator.document_whose, name="coordinator_document_whose"),
    path("coordinator/documents/add/<uuid:uuid>/", coordinator.document_add, name="coordinator_document_add"),
    path(_QUEUED, queue.evidence_detail, _KIND, name="coordinator_document_detail"),
    path(f"{_QUEUED}file/", queue.evidence_file, _KIND, name="coordinator_document_file"),
    path(f"{_QUEUED}verify/", queue.evidence_verify, _KIND, name="coordinator_document_verify"),
    path(f"{_QUEUED}reject/", queue.evidence_reject, _KIND, name="coordinator_document_reject"),
    *profile_patterns,
    *form_patterns,
]
