"""Handlers read themselves and delete nobody."""

from django.db import migrations

from core.tenancy import FORCES, deleted_only_by


class Migration(migrations.Migration):
    dependencies = [("network", "0004_together_months")]
    operations = [
        deleted_only_by("network_handler", f"force_id = {FORCES}"),
    ]
