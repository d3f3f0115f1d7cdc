"""Row security on this app's tables."""

from django.db import migrations

from core.tenancy import FORCES, EnableRowSecurity


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        EnableRowSecurity("audit_record", f"force_id = {FORCES} or host_force_id = {FORCES}", append_only=True),
    ]
