"""Claims for local visits that were not planned: their day and purpose are typed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deployments", "0005_offer_reminded_at"),
        ("dogs", "0012_form_walls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AlterField(
            model_name="claim",
            name="commitment",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="claim", to="dogs.commitment"
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="on",
            field=models.DateField(null=True, verbose_name="day, of a visit that was not planned"),
        ),
        migrations.AddField(
            model_name="claim",
            name="purpose",
            field=models.CharField(
                blank=True, db_default="", max_length=200, verbose_name="what for, of a visit that was not planned"
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(commitment__isnull=False, on__isnull=True, purpose="")
                | (models.Q(commitment__isnull=True, on__isnull=False, request__isnull=True) & ~models.Q(purpose="")),
                name="claim_planned_or_not",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                condition=models.Q(commitment__isnull=True),
                fields=("handler_user", "on", "place"),
                name="claim_once_a_visit",
            ),
        ),
    ]
