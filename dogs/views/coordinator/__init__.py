"""The coordinators' queues of documents and profiles, and the questions, a module a noun."""

from dogs.views.coordinator.documents import (
    DOCUMENTS,
    document_add,
    document_list,
    document_next,
    document_whose,
)
from dogs.views.coordinator.profiles import (
    profile_detail,
    profile_list,
    profile_publish,
    profile_send_back,
    profile_unpublish,
)
from dogs.views.coordinator.questions import question_add, question_detail, question_list

__all__ = [
    "DOCUMENTS",
    "document_add",
    "document_list",
    "document_next",
    "document_whose",
    "profile_detail",
    "profile_list",
    "profile_publish",
    "profile_send_back",
    "profile_unpublish",
    "question_add",
    "question_detail",
    "question_list",
]
