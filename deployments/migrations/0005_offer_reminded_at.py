"""When whoever had not answered an offer was last reminded."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("deployments", "0004_expense_walls")]
    operations = [
        migrations.AddField("offer", "reminded_at", models.DateTimeField(null=True, verbose_name="reminded")),
    ]
