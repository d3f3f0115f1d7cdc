"""Row security on this app's tables, the keys that keep a certificate in its force, and the one row of numbers."""

from django.db import migrations

from core.tenancy import FORCES, USER, EnableRowSecurity


class Migration(migrations.Migration):
    dependencies = [("network", "0001_initial")]
    operations = [
        EnableRowSecurity("network_membership", f"force_id = {FORCES}"),
        EnableRowSecurity("network_agreement", f"force_id = {FORCES}"),
        EnableRowSecurity(
            "network_handler", f"force_id = {FORCES} or handler_user_id = {USER}", f"force_id = {FORCES}"
        ),
        EnableRowSecurity("network_certificate", f"force_id = {FORCES} or handler_user_id = {USER}"),
        migrations.RunSQL(
            "alter table network_certificate add constraint certificate_handler_of_force"
            " foreign key (handler_id, force_id) references network_handler (id, force_id)",
            "alter table network_certificate drop constraint certificate_handler_of_force",
        ),
        migrations.RunSQL(
            "insert into network_networknumbers select 1, 12, 18, 120, 3, 45, 24, 48, 24, 36, 10000000, 4, 5, 2",
            "delete from network_networknumbers",
        ),
    ]
