"""Addresses of what spans apps: the public front, the way in, and the demonstration's mail."""

from django.urls import path

from portal.urls_forms import form_patterns
from portal.urls_member import member_patterns
from portal.urls_public import public_patterns
from portal.views import coordinator, demo, doors, mail

urlpatterns = [
    *public_patterns,
    *member_patterns,
    *form_patterns,
    path("coordinator/", coordinator.home, name="coordinator_home"),
    path("coordinator/teams/", coordinator.team_list, name="coordinator_team_list"),
    path("coordinator/expiring/", coordinator.expiring_list, name="coordinator_expiring"),
    path("coordinator/mail/", mail.mail_list, name="coordinator_mail_list"),
    path("coordinator/mail/<uuid:uuid>/retry/", mail.mail_retry, name="coordinator_mail_retry"),
    path("home/", doors.home_redirect, name="home_redirect"),
    path("demo/mail/", demo.mail_list, name="demo_mail_list"),
    path("demo/mail/<slug:name>/", demo.mail_detail, name="demo_mail_detail"),
    path("demo/mail/<slug:name>/html/", demo.mail_html, name="demo_mail_html"),
    path("demo/texts/", demo.text_list, name="demo_text_list"),
]
