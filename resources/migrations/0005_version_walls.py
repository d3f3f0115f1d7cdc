"""Row security on versions: of a resource that the reader may read, those that stood for the reader too."""

from django.db import migrations

from core.tenancy import NATIONAL

READABLE_RESOURCE = "resource_id in (select id from resources_resource)"
FOR_READER = "audience = any ((select app_audiences())::text[])"


class Migration(migrations.Migration):
    dependencies = [("resources", "0004_first_version_audiences")]
    operations = [
        migrations.RunSQL(
            f"alter policy tenant on resources_version using ({NATIONAL} or {READABLE_RESOURCE} and {FOR_READER})",
            f"alter policy tenant on resources_version using ({NATIONAL} or {READABLE_RESOURCE})",
        ),
    ]
