"""`manage.py start_library --by coordinator@example.org`: the library's first resources, once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.access import can
from accounts.models import User
from core.tenancy import system_scope
from resources.actions.starting import add_starting_library


class Command(BaseCommand):
    help = "Fill a new library with checklists, templates and guides. What is there already is left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--by", required=True, help="The e-mail address of the coordinator who publishes them")

    def handle(self, *args: Any, **options: Any) -> None:
        by = User.objects.filter(email__iexact=options["by"]).first()
        if by is None or not can(by, "library.keep"):
            raise CommandError("No coordinator has that address.")
        with system_scope():
            added = add_starting_library(by=by, now=timezone.now())
        self.stdout.write(f"Added {len(added)} resources.")
