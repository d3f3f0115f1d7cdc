"""A handler reads the assessment of their team and does not delete it."""

from django.db import migrations

from core.tenancy import FORCES, USER, deleted_only_by


class Migration(migrations.Migration):
    dependencies = [("assessments", "0002_walls")]
    operations = [
        deleted_only_by("assessments_assessment", f"force_id = {FORCES} or assessor_user_id = {USER}"),
    ]
