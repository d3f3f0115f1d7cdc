"""Row security on claims and drafts of debriefs. A host reads what it owes, and none of the receipts."""

from django.db import migrations

from core.tenancy import FORCES, USER, EnableRowSecurity

DONOR = f"force_id = {FORCES} or handler_user_id = {USER}"


class Migration(migrations.Migration):
    dependencies = [("deployments", "0003_expenses")]
    operations = [
        EnableRowSecurity("deployments_debriefdraft", f"handler_user_id = {USER}", own=True),
        EnableRowSecurity(
            "deployments_claim",
            f"{DONOR} or host_force_id = {FORCES} and status in ('approved', 'settled')",
            DONOR,
        ),
        EnableRowSecurity("deployments_claimline", DONOR),
        migrations.RunSQL(
            "alter table deployments_claimline add constraint deployments_claimline_claim_of_force"
            " foreign key (claim_id, force_id) references deployments_claim (id, force_id)",
            "alter table deployments_claimline drop constraint deployments_claimline_claim_of_force",
        ),
    ]
