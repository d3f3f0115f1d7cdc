"""`manage.py load_reference`: the real organisations and outward postcodes. Loading again adds what is new."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.models import Force
from core.models import Outcode

DATA = Path(settings.BASE_DIR) / "data"


class Command(BaseCommand):
    help = "Load the forces and the outward postcodes from data/."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        forces, outcodes = _load_forces(), _load_outcodes()
        self.stdout.write(f"{forces:,} forces, {outcodes:,} outward postcodes")


def _load_forces() -> int:
    """How many there are then. One that is there already, by its slug or its name, is the coordinators' to keep."""
    told = ["name", "kind", "region", "country", "hq_town", "lat", "lng"]
    rows = [*_rows("organisations.csv"), *_rows("ambulance_services.csv")]
    forces = [Force(slug=row["slug"], **{field: row[field] for field in told}) for row in rows]
    known = set(Force.objects.values_list("slug", flat=True)) | set(Force.objects.values_list("name", flat=True))
    Force.objects.bulk_create(force for force in forces if not {force.slug, force.name} & known)
    return Force.objects.count()


def _load_outcodes() -> int:
    outcodes = [Outcode(code=row["outcode"], lat=row["lat"], lng=row["lng"]) for row in _rows("outcodes.csv")]
    Outcode.objects.bulk_create(
        outcodes, update_conflicts=True, unique_fields=["code"], update_fields=["lat", "lng"], batch_size=1000
    )
    return len(outcodes)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
