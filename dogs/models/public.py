"""What the public adds to the dogs' pages, and the words that its search knows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Force
from core.tenancy import Scope, TenantModel
from dogs.models.profiles import Profile, of_own_profile


class SearchWord(models.Model):
    """A word of published dogs' names and breeds, in small letters without accents. It does not say whose.

    A trigger adds the words of what is published; the night takes away those that nobody uses any more.
    """

    word = models.CharField(max_length=80, primary_key=True)

    def __str__(self) -> str:
        return self.word


class Kudos(TenantModel):
    """How often somebody gave this dog a paw. It stays when the paws themselves are forgotten."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    profile = models.OneToOneField(Profile, on_delete=models.CASCADE, related_name="kudos")
    paws = models.PositiveBigIntegerField(_("paws"), default=0)

    def __str__(self) -> str:
        return f"{self.paws}"

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return models.Q(profile__published_at__isnull=False) | of_own_profile(here)


class Paw(TenantModel):
    """That a device gave this dog a paw today. Gone the next day, and with it the salt that made the device's word."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="+")
    on = models.DateField(_("day"))
    device = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["profile", "on", "device"], name="one_paw_a_device_and_day")]
        indexes = [models.Index(fields=["on"], name="paw_by_day")]

    def __str__(self) -> str:
        return f"{self.on}"


class DailySalt(models.Model):
    """The day's random number. Without it, nobody can tell any more which address a device's word was made from."""

    on = models.DateField(_("day"), primary_key=True)
    salt = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"{self.on}"
