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
        migrations.AddField(
            model_name="deployment",
            name="is_late",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="offer",
            name="reason_for_handler",
            field=models.CharField(blank=True, max_length=300),
        ),
    ]
