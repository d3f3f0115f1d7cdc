"""The photo that stands for a dog among its own people, kept beside the dog."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dogs", "0012_form_walls")]
    operations = [
        migrations.AddField(model_name="dog", name="likeness", field=models.JSONField(editable=False, null=True)),
    ]
