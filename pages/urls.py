"""Addresses of the public site's texts: pages, questions and answers, news, enquiries."""

from django.urls import path

from pages.views import coordinator, member, public

urlpatterns = [
    path("about/dogs/", public.page, {"slug": "dogs"}, name="about_dogs"),
    path("about/network/", public.page, {"slug": "network"}, name="about_network"),
    path("accessibility/", public.page, {"slug": "accessibility"}, name="accessibility"),
    path("privacy/", public.page, {"slug": "privacy"}, name="privacy"),
    path("cookies/", public.page, {"slug": "cookies"}, name="cookies"),
    path("questions/", public.question_list, name="question_list"),
    path("news/", public.news_list, name="news_list"),
    path("news/<slug:slug>/", public.news_detail, name="news_detail"),
    path("join/", public.join, name="join"),
    path("contact/", public.contact, name="contact"),
    path("contact/sent/", public.enquiry_sent, name="enquiry_sent"),
    path("member/news/", member.news_list, name="member_news_list"),
    path("coordinator/texts/", coordinator.text_list, name="coordinator_text_list"),
    path("coordinator/texts/<uuid:uuid>/", coordinator.text_detail, name="coordinator_text_detail"),
    path("coordinator/texts/<uuid:uuid>/edit/", coordinator.text_edit, name="coordinator_text_edit"),
    path("coordinator/texts/<uuid:uuid>/publish/", coordinator.text_publish, name="coordinator_text_publish"),
    path("coordinator/texts/<uuid:uuid>/unpublish/", coordinator.text_unpublish, name="coordinator_text_unpublish"),
    path("coordinator/texts/<uuid:uuid>/confirm/", coordinator.text_confirm, name="coordinator_text_confirm"),
    path("coordinator/texts/versions/<uuid:uuid>/", coordinator.version_detail, name="coordinator_version_detail"),
    path(
        "coordinator/texts/versions/<uuid:uuid>/restore/",
        coordinator.version_restore,
        name="coordinator_version_restore",
    ),
    path("coordinator/answers/", coordinator.answer_list, name="coordinator_answer_list"),
    path("coordinator/answers/add/", coordinator.answer_add, name="coordinator_answer_add"),
    path("coordinator/news/", coordinator.news_list, name="coordinator_news_list"),
    path("coordinator/news/add/", coordinator.news_add, name="coordinator_news_add"),
    path("coordinator/enquiries/", coordinator.enquiry_list, name="coordinator_enquiry_list"),
    path("coordinator/enquiries/<uuid:uuid>/", coordinator.enquiry_detail, name="coordinator_enquiry_detail"),
]
