from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_walls")]
    operations = [
        migrations.AddField(
            model_name="profile",
            name="shares_telephone",
            field=models.BooleanField(default=True, verbose_name="members may see the number in the contact list"),
        ),
    ]
