"""Who may read a resource must not be able to delete it, nor whoever keeps a force what its people have signed."""

from django.db import migrations

from core.tenancy import NATIONAL, USER

DELETERS = {
    "resources_category": NATIONAL,
    "resources_resource": NATIONAL,
    "resources_version": NATIONAL,
    "resources_acknowledgement": f"{NATIONAL} or user_id = {USER}",
}


def deletes(table: str) -> migrations.RunSQL:
    """PostgreSQL asks a delete for no `check`."""
    return migrations.RunSQL(
        f"create policy network_deletes on {table} as restrictive for delete using ({DELETERS[table]})",
        f"drop policy network_deletes on {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("resources", "0005_version_walls")]
    operations = [deletes(table) for table in DELETERS]
