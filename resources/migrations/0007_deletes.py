"""Everybody may add to the visitors' number of downloads, and nobody deletes it."""

from django.db import migrations

from core.tenancy import deleted_only_by


class Migration(migrations.Migration):
    dependencies = [("resources", "0006_network_deletes")]
    operations = [deleted_only_by("resources_download", "false")]
