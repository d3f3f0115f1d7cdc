"""Row security on this app's tables."""

from django.db import migrations

from core.tenancy import USER, EnableRowSecurity


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial")]
    operations = [
        EnableRowSecurity("notifications_message", f"user_id = {USER}"),
    ]
