"""A host and a donor read of each other's mutual aid what concerns them, and delete none of it."""

from django.db import migrations

from core.tenancy import FORCES, USER, deleted_only_by

DONOR = f"force_id = {FORCES} or handler_user_id = {USER}"


class Migration(migrations.Migration):
    dependencies = [("deployments", "0006_unplanned_claims")]
    operations = [
        deleted_only_by("deployments_request", "false"),
        deleted_only_by("deployments_requestdetail", "false"),
        deleted_only_by("deployments_briefing", "false"),
        deleted_only_by("deployments_deployment", DONOR),
        deleted_only_by("deployments_claim", DONOR),
    ]
