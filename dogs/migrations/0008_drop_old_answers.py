"""The three columns whose words are answers now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("dogs", "0007_first_questions")]
    operations = [
        migrations.RemoveField(model_name="profile", name="favourite_treat"),
        migrations.RemoveField(model_name="profile", name="best_trick"),
        migrations.RemoveField(model_name="profile", name="nap_place"),
    ]
