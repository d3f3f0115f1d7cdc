"""Who logged a session for the handler, where the handler did not."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dogs", "0014_first_likenesses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            model_name="sessionlog",
            name="logged_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sessionlog",
            name="logged_by_name",
            field=models.CharField(
                blank=True, db_default="", max_length=120, verbose_name="logged for the handler by"
            ),
        ),
        migrations.AddConstraint(
            model_name="sessionlog",
            constraint=models.CheckConstraint(
                condition=models.Q(logged_by__isnull=True, logged_by_name="")
                | (models.Q(logged_by__isnull=False) & ~models.Q(logged_by_name="")),
                name="session_logged_by_whom",
            ),
        ),
    ]
