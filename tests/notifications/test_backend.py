"""Django's own `send_mail` owes through the outbox, inside a scope and outside, and keeps no HTML."""

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.test import override_settings

from core.tenancy import scope, system_scope
from notifications.models import Message

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("through_the_outbox"),
]


@pytest.fixture
def through_the_outbox() -> object:
    with override_settings(EMAIL_BACKEND="notifications.backend.OutboxBackend"):
        yield


def owed() -> list[Message]:
    with system_scope():
        return list(Message.unscoped.order_by("pk"))


def test_a_mail_is_owed_to_each_recipient_outside_a_scope() -> None:
    send_mail("A line\twith  gaps", "Text", None, ["one@example.org", "two@example.org"])
    assert [(m.to, m.subject, m.text, m.html) for m in owed()] == [
        ("one@example.org", "A line with gaps", "Text", ""),
        ("two@example.org", "A line with gaps", "Text", ""),
    ]


def test_a_mail_is_owed_inside_a_visitors_scope_and_its_html_is_left() -> None:
    mail = EmailMultiAlternatives("Subject", "Text", to=["one@example.org"])
    mail.attach_alternative("<script>alert(1)</script>", "text/html")
    with scope():
        assert mail.send() == 1
    assert [(m.text, m.html) for m in owed()] == [("Text", "")]
