"""Row security on this app's tables, and the numbers of enquiries."""

from django.db import migrations

from core.tenancy import NATIONAL, USER, EnableRowSecurity


class Migration(migrations.Migration):
    dependencies = [("pages", "0001_initial")]
    operations = [
        EnableRowSecurity(
            "pages_text", f"published_at is not null and (audience = 'public' or {USER} is not null)", "false"
        ),
        # Who may read a text must not be able to delete it: PostgreSQL asks a delete for no `check`.
        migrations.RunSQL(
            f"create policy network_deletes on pages_text as restrictive for delete using ({NATIONAL})",
            "drop policy network_deletes on pages_text",
        ),
        EnableRowSecurity("pages_version", "false"),
        EnableRowSecurity("pages_newsseen", f"user_id = {USER}"),
        EnableRowSecurity("pages_enquiry", "false"),
        migrations.RunSQL("create sequence pages_reference start 1001", "drop sequence pages_reference"),
    ]
