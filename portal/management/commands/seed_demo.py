"""`manage.py seed_demo`: invents the demonstration's network, once."""

import gc
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.demo.cast import hashed, settle_password
from portal.demo.seed import has_reference, is_seeded, seed


class Command(BaseCommand):
    """Refused outside a demonstration: the people that it invents all have one password."""

    help = "Invent a network of forces, people and dogs, with a history. For demonstrations only."

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.OK9_DEMO or settings.DEBUG):
            raise CommandError("This invents people with a known password. Set OK9_DEMO=on where that is meant.")
        if is_seeded():
            self.stdout.write("The demonstration's network is there already.")
            return
        if not has_reference():
            raise CommandError("Load the organisations first: manage.py load_reference")
        password, made = settle_password()
        gc.disable()  # thousands of small rows that all live to the end: looking through them costs a tenth of the time
        most = settings.OK9_DEMO_MEMBERS or None
        found = seed(password_hash=hashed(password), now=timezone.now(), most=most)
        self.stdout.write(
            f"Invented {found.forces} forces, {found.people} people and {found.dogs} dogs, {found.pages} public."
        )
        if made:
            self.stdout.write(f"Everybody's password: {password}")
