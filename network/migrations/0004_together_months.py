"""How long a dog must have been with its handler: a number that a coordinator can change."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("network", "0003_welfare_and_mileage")]

    operations = [
        migrations.AddField(
            model_name="networknumbers",
            name="together_months",
            field=models.PositiveSmallIntegerField(
                db_default=9, default=9, verbose_name="dog with its handler at least, months"
            ),
        ),
    ]
