"""What was told before there was an inbox stands in it as read. Links that sign somebody in stay out."""

from django.db import migrations

FILL = """
update notifications_message set in_inbox = true, read_at = queued_at
where channel = 'email' and user_id is not null
  and kind not in ('accounts/address_confirmation', 'accounts/password_reset', 'portal/daily_digest')
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_inbox_and_preferences")]
    operations = [
        migrations.RunSQL(FILL, "update notifications_message set in_inbox = false, read_at = null"),
    ]
