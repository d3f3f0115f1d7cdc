"""What every app stands on: identified rows, outward postcodes, nightly runs."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Identified(models.Model):
    """A row that an address can name: `uuid` goes in URLs, the bigint key never leaves the house."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


def both_or_neither(when: str, who: str, *, name: str) -> models.CheckConstraint:
    """A constraint that pairs a moment with a person: both are known or neither is."""
    neither = models.Q(**{f"{when}__isnull": True, f"{who}__isnull": True})
    both = models.Q(**{f"{when}__isnull": False, f"{who}__isnull": False})
    return models.CheckConstraint(condition=neither | both, name=name)


class Outcode(models.Model):
    """An outward postcode and the mean position of its postcodes, in degrees."""

    code = models.CharField(max_length=4, primary_key=True)
    lat = models.FloatField()
    lng = models.FloatField()

    def __str__(self) -> str:
        return self.code

    @classmethod
    def of(cls, postcode: str) -> "Outcode | None":
        """Where a postcode lies, spelt as `core.typed.read_postcode` gives it, whole or its outward part alone."""
        return cls.objects.filter(pk=postcode.split(" ")[0]).first()


class Run(models.Model):
    """A nightly job done for a local date. Its row and its work commit together, so each night is worked once."""

    job = models.CharField(max_length=60)
    date = models.DateField(_("local date"))
    finished_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "date"], name="run_once_a_night")]

    def __str__(self) -> str:
        return f"{self.job} {self.date}"
