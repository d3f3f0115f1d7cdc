"""The versions of what is or was published stood for whom their resource is for; nobody noted more."""

from django.db import migrations

FILL = (
    "update resources_version v set audience = r.audience from resources_resource r"
    " where r.id = v.resource_id and r.published_at is not null and v.audience = ''"
)


class Migration(migrations.Migration):
    dependencies = [("resources", "0003_version_audience")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
