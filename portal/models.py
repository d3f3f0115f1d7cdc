"""What the portal itself keeps: which reminder was given to whom, and up to which night the scan has read."""

from django.db import models

from core.tenancy import Scope, TenantModel


class Reminder(TenantModel):
    """One person was reminded of one lapsing thing at one threshold. Unique, so it can't be done twice.

    A night may write very many of these, so a row has no address and no index but the one that keeps it single.
    `threshold` is days before the last day (90 … 0); below zero, weeks after it (-1, -2 …).
    """

    user_id = models.BigIntegerField()
    kind = models.CharField(max_length=16)
    item_id = models.BigIntegerField()
    expires_on = models.DateField()
    threshold = models.SmallIntegerField()
    reminded_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user_id", "kind", "item_id", "expires_on", "threshold"], name="reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.item_id} at {self.threshold}"

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return models.Q(user_id=here.user)
