"""Invented paws: how often somebody liked each public dog. No device is invented, for none would be kept."""

from random import Random

from dogs.gallery import published
from dogs.models import Kudos

MOST = 1400


def invent_paws() -> None:
    """The same numbers in every demonstration; dogs that are remembered get none."""
    random = Random("paws")  # noqa: S311 (a demonstration's numbers)
    shown = published().filter(is_tribute=False).order_by("slug").values_list("pk", "force_id")
    Kudos.objects.bulk_create(
        Kudos(profile_id=pk, force_id=force, paws=int(MOST * random.random() ** 3) + 1) for pk, force in shown
    )
