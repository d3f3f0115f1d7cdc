"""Row security on this app's tables."""

from django.db import migrations

from core.tenancy import USER, EnableRowSecurity


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial")]
    operations = [
        EnableRowSecurity("portal_reminder", f"user_id = {USER}"),
    ]
