"""A handler reads dog, team and welfare visit and deletes none of them."""

from django.db import migrations

from core.tenancy import FORCES, USER, deleted_only_by


class Migration(migrations.Migration):
    dependencies = [("dogs", "0016_profile_writers")]
    operations = [
        deleted_only_by("dogs_dog", f"force_id = {FORCES}"),
        deleted_only_by("dogs_team", f"force_id = {FORCES}"),
        deleted_only_by("dogs_welfarevisit", f"visitor_id = {USER}"),
    ]
