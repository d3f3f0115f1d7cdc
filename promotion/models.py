"""Packs: what somebody asked to have printed for a visit, so that it can be printed again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Force, User
from core.models import Identified
from core.tenancy import Scope, TenantModel
from dogs.models import Dog, of_own_dog
from promotion.states import Language, Layout

PLACE_MOST, MESSAGE_MOST = 120, 280


class Pack(Identified, TenantModel):
    """The wishes for one visit's posters. The files are made anew each time: consent may have gone since."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    dog = models.ForeignKey(Dog, on_delete=models.CASCADE, related_name="packs")
    key = models.UUIDField(_("idempotency key"), unique=True)
    layout = models.CharField(_("layout"), max_length=8, choices=Layout.choices)
    language = models.CharField(_("language"), max_length=5, choices=Language.choices)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"), null=True)
    place = models.CharField(_("place"), max_length=PLACE_MOST)
    message = models.TextField(_("message"), max_length=MESSAGE_MOST, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"))

    class Meta:
        indexes = [models.Index(fields=["dog", "-made_at"], name="pack_of_dog")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=models.F("starts_at")),
                name="pack_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return str(_("%(dog)s, %(place)s") % {"dog": self.dog.name, "place": self.place})

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return of_own_dog(here)
