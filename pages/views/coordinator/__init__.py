"""The coordinators' pages of the public site, a module a noun."""

from pages.views.coordinator.enquiries import enquiry_detail, enquiry_list
from pages.views.coordinator.texts import (
    answer_add,
    answer_list,
    news_add,
    news_list,
    text_confirm,
    text_detail,
    text_edit,
    text_list,
    text_publish,
    text_unpublish,
)
from pages.views.coordinator.versions import version_detail, version_restore

__all__ = [
    "answer_add",
    "answer_list",
    "enquiry_detail",
    "enquiry_list",
    "news_add",
    "news_list",
    "text_confirm",
    "text_detail",
    "text_edit",
    "text_list",
    "text_publish",
    "text_unpublish",
    "version_detail",
    "version_restore",
]
