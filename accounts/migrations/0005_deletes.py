"""A lead reads roles and profiles of the force and deletes none."""

from django.db import migrations

from core.tenancy import USER, deleted_only_by


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_enter_counts_unread")]
    operations = [
        deleted_only_by("accounts_role", "false"),
        deleted_only_by("accounts_profile", f"user_id = {USER}"),
    ]
