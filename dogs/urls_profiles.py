"""Addresses of the dogs' public face as it is written, judged and published; and of the photos."""

from django.urls import path

from dogs.views import coordinator, member, photos

_DOG = "member/dogs/<uuid:uuid>/profile/"
_PHOTO = "member/photos/<uuid:uuid>/"
_JUDGED = "coordinator/profiles/<uuid:uuid>/"

profile_patterns = [
    path("photos/<uuid:uuid>/<int:width>.<slug:ending>", photos.photo, name="photo"),
    path("member/profiles/", member.profile_list, name="member_profile_list"),
    path("member/consents/", member.consent_list, name="consent_list"),
    path(_DOG, member.dog_profile, name="member_dog_profile"),
    path(f"{_DOG}preview/", member.dog_profile_preview, name="member_dog_profile_preview"),
    path(f"{_DOG}send/", member.dog_profile_send, name="member_dog_profile_send"),
    path(f"{_DOG}take-back/", member.dog_profile_take_back, name="member_dog_profile_take_back"),
    path(f"{_DOG}approve/", member.dog_profile_approve, name="member_dog_profile_approve"),
    path(f"{_DOG}send-back/", member.dog_profile_send_back, name="member_dog_profile_send_back"),
    path(f"{_DOG}consent/", member.dog_profile_consent, name="member_dog_profile_consent"),
    path(f"{_DOG}withdraw/", member.dog_profile_withdraw, name="member_dog_profile_withdraw"),
    path(f"{_DOG}photos/", member.dog_photos, name="member_dog_photos"),
    path(_PHOTO, member.photo_detail, name="member_photo_detail"),
    path(f"{_PHOTO}first/", member.photo_first, name="member_photo_first"),
    path(f"{_PHOTO}remove/", member.photo_remove, name="member_photo_remove"),
    path(f"{_PHOTO}original/", member.photo_original, name="member_photo_original"),
    path(f"{_PHOTO}<int:width>.<slug:ending>", member.photo_file, name="member_photo_file"),
    path("coordinator/profiles/", coordinator.profile_list, name="coordinator_profile_list"),
    path(_JUDGED, coordinator.profile_detail, name="coordinator_profile_detail"),
    path(f"{_JUDGED}publish/", coordinator.profile_publish, name="coordinator_profile_publish"),
    path(f"{_JUDGED}unpublish/", coordinator.profile_unpublish, name="coordinator_profile_unpublish"),
    path(f"{_JUDGED}send-back/", coordinator.profile_send_back, name="coordinator_profile_send_back"),
    path("coordinator/questions/", coordinator.question_list, name="coordinator_question_list"),
    path("coordinator/questions/add/", coordinator.question_add, name="coordinator_question_add"),
    path("coordinator/questions/<uuid:uuid>/", coordinator.question_detail, name="coordinator_question_detail"),
]
