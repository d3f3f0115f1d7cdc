"""The outbox: every mail and text message that the system owes somebody; the inbox; and who wants what how."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Identified
from core.tenancy import Scope, TenantModel
from notifications.states import Delivery, Topic


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    TEXT = "text", _("Text message")


class Message(Identified, TenantModel):
    """One message to one person, queued in the transaction of what it tells and sent afterwards.

    `key` names what it tells whom, so the same thing is never told twice. `user_id` and `force_id` are plain numbers:
    a recipient may be of any force or none. The same row is what its reader finds in the inbox.
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.EMAIL)
    user_id = models.BigIntegerField(null=True)
    force_id = models.BigIntegerField(null=True)
    to = models.CharField(_("to"), max_length=254)
    subject = models.CharField(max_length=250, blank=True)
    text = models.TextField()
    html = models.TextField(blank=True)
    parts = models.JSONField(default=list, blank=True)
    in_inbox = models.BooleanField(default=False)
    delivery = models.CharField(max_length=8, choices=Delivery.choices, default=Delivery.AT_ONCE)
    urgent = models.BooleanField(default=False)
    queued_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(_("given up at"), null=True)
    error = models.TextField(blank=True)
    digested_at = models.DateTimeField(_("put into a daily mail at"), null=True)
    read_at = models.DateTimeField(_("opened in the inbox at"), null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["-urgent", "next_try_at", "id"],
                name="outbox_waiting",
                condition=models.Q(sent_at__isnull=True, failed_at__isnull=True, delivery="at_once"),
            ),
            models.Index(fields=["failed_at"], name="outbox_failed", condition=models.Q(failed_at__isnull=False)),
            models.Index(fields=["user_id", "-queued_at", "-id"], name="inbox", condition=models.Q(in_inbox=True)),
            models.Index(
                fields=["user_id"], name="inbox_unread", condition=models.Q(in_inbox=True, read_at__isnull=True)
            ),
            models.Index(
                fields=["user_id", "id"],
                name="digest_waiting",
                condition=models.Q(delivery="daily", digested_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=True) | models.Q(failed_at__isnull=True),
                name="message_sent_or_given_up",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to}"

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return models.Q(user_id=here.user) & models.Q(user_id__isnull=False)


class Preference(Identified, TenantModel):
    """How one person wants the messages of one topic. Where there is no row, they go at once."""

    user_id = models.BigIntegerField()
    topic = models.CharField(max_length=12, choices=Topic.choices)
    delivery = models.CharField(max_length=8, choices=Delivery.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user_id", "topic"], name="preference_once")]

    def __str__(self) -> str:
        return f"{self.get_topic_display()}: {self.get_delivery_display()}"

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return models.Q(user_id=here.user) & models.Q(user_id__isnull=False)
