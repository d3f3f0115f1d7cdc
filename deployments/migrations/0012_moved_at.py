from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("deployments", "0011_asked_by_telephone"),
    ]

    operations = [
        migrations.AddField(
            model_name="request",
            name="moved_at",
            field=models.DateTimeField(null=True),
        ),
    ]
