"""Members' pages of documents and of the dogs' public face, a module a noun."""

from dogs.views.member.documents import document_add, document_detail, document_file, document_list
from dogs.views.member.photos import (
    dog_photos,
    photo_detail,
    photo_file,
    photo_first,
    photo_original,
    photo_remove,
)
from dogs.views.member.profiles import (
    consent_list,
    dog_profile,
    dog_profile_approve,
    dog_profile_consent,
    dog_profile_preview,
    dog_profile_send,
    dog_profile_send_back,
    dog_profile_take_back,
    dog_profile_withdraw,
    profile_list,
)

__all__ = [
    "consent_list",
    "document_add",
    "document_detail",
    "document_file",
    "document_list",
    "dog_photos",
    "dog_profile",
    "dog_profile_approve",
    "dog_profile_consent",
    "dog_profile_preview",
    "dog_profile_send",
    "dog_profile_send_back",
    "dog_profile_take_back",
    "dog_profile_withdraw",
    "photo_detail",
    "photo_file",
    "photo_first",
    "photo_original",
    "photo_remove",
    "profile_list",
]
