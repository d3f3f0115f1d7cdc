"""Django's door for mail: whatever sends by `send_mail` owes it through the outbox."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from notifications.outbox import queue_written


class OutboxBackend(BaseEmailBackend):
    """Keeps the subject and the plain text of each mail for each of its recipients; never its HTML."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        now = timezone.now()
        for mail in email_messages:
            for address in mail.recipients():
                queue_written(address, subject=str(mail.subject), text=str(mail.body), now=now)
        return len(email_messages)
