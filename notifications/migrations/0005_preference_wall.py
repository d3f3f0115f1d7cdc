"""Row security on what people have chosen."""

from django.db import migrations

from core.tenancy import USER, EnableRowSecurity


class Migration(migrations.Migration):
    dependencies = [("notifications", "0004_old_messages_stand_in_the_inbox")]
    operations = [
        EnableRowSecurity("notifications_preference", f"user_id = {USER}"),
    ]
