"""The nearest working teams, clear or not: the match page explains those too."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dogs", "0003_cleared_until")]
    operations = [
        migrations.AddIndex(
            model_name="team",
            index=django.contrib.postgres.indexes.GistIndex(
                condition=models.Q(("is_active", True)), fields=["loc"], name="team_near"
            ),
        ),
    ]
