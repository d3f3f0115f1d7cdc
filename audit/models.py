"""The trail: who changed what, when, from what to what, and why; and who opened what."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Identified
from core.tenancy import Scope, TenantModel


class Record(Identified, TenantModel):
    """One thing that happened. Rows are added and read, never changed or deleted: the database has no rule for either.

    `actor_id` is null where the system acted by itself. `force_id` and `host_force_id` are the parties that may read.
    """

    at = models.DateTimeField(_("when"))
    actor_id = models.BigIntegerField(_("who"), null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    force_id = models.BigIntegerField(null=True)
    host_force_id = models.BigIntegerField(null=True)
    verb = models.CharField(_("what"), max_length=60)
    object_type = models.CharField(max_length=60)
    object_uuid = models.UUIDField()
    object_name = models.CharField(max_length=200)
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40, blank=True)
    why = models.TextField(blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["object_uuid", "at"], name="audit_by_object"),
            models.Index(fields=["force_id", "-at"], name="audit_by_force"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_name}"

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return models.Q(force_id__in=here.forces) | models.Q(host_force_id__in=here.forces)
