"""For whom each version stood."""

from django.db import migrations, models

AUDIENCES = [
    ("public", "Everybody, visitors too"),
    ("members", "All members"),
    ("handlers", "Handlers only"),
    ("leads", "Leads and deputies"),
    ("coordinators", "Coordinators only"),
]


class Migration(migrations.Migration):
    dependencies = [("resources", "0002_walls")]
    operations = [
        migrations.AddField(
            model_name="version",
            name="audience",
            field=models.CharField(
                blank=True, choices=AUDIENCES, db_default="", max_length=12, verbose_name="for whom it stood"
            ),
        ),
    ]
