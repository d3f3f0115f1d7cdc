"""What the public adds: paws given to dogs, and the words that the search knows."""

import django.db.models.deletion
from django.db import migrations, models

from core.tenancy import FORCES, EnableRowSecurity

OWN = f"force_id = {FORCES}"


def of_force(table: str) -> migrations.RunSQL:
    name = f"{table}_profile_of_force"
    return migrations.RunSQL(
        f"alter table {table} add constraint {name} foreign key (profile_id, force_id)"
        " references dogs_profile (id, force_id)",
        f"alter table {table} drop constraint {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_walls"), ("dogs", "0008_drop_old_answers")]
    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[("word", models.CharField(max_length=80, primary_key=True, serialize=False))],
        ),
        migrations.CreateModel(
            name="Kudos",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("paws", models.PositiveBigIntegerField(default=0, verbose_name="paws")),
                (
                    "force",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.force"
                    ),
                ),
                (
                    "profile",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="kudos", to="dogs.profile"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Paw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="day")),
                ("device", models.CharField(max_length=64)),
                (
                    "force",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.force"
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="dogs.profile"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["on"], name="paw_by_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("profile", "on", "device"), name="one_paw_a_device_and_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="DailySalt",
            fields=[
                ("on", models.DateField(primary_key=True, serialize=False, verbose_name="day")),
                ("salt", models.BinaryField(max_length=32)),
            ],
        ),
        # Readable with the profile: the profile's own policy decides inside this one.
        EnableRowSecurity(
            "dogs_kudos",
            f"exists (select 1 from dogs_profile p where p.id = dogs_kudos.profile_id) or {OWN}",
            OWN,
        ),
        EnableRowSecurity("dogs_paw", OWN),
        *map(of_force, ("dogs_kudos", "dogs_paw")),
    ]
