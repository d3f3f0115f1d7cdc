"""`manage.py demo_code EMAIL`: the second-factor code that the demonstration's person would read off a phone now."""

import time
from argparse import ArgumentParser
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Print the current second-factor code of a person of the demonstration."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.OK9_DEMO:
            raise CommandError("Only the demonstration (OK9_DEMO=on) tells its codes.")
        found = Authenticator.objects.filter(user__email__iexact=options["email"], type=Authenticator.Type.TOTP).first()
        if found is None:
            raise CommandError(f"{options['email']} has no second factor.")
        counter = int(time.time()) // app_settings.TOTP_PERIOD
        self.stdout.write(format_hotp_value(hotp_value(decrypt(found.data["secret"]), counter)))
