"""Row security on this app's tables."""

from django.db import migrations

from core.tenancy import FORCES, USER, EnableRowSecurity


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]
    operations = [
        EnableRowSecurity(
            "assessments_assessment",
            f"force_id = {FORCES} or handler_user_id = {USER} or assessor_user_id = {USER}",
            f"force_id = {FORCES} or assessor_user_id = {USER}",
        ),
        migrations.RunSQL(
            "alter table assessments_assessment add constraint assessment_team_of_force"
            " foreign key (team_id, force_id) references dogs_team (id, force_id)",
            "alter table assessments_assessment drop constraint assessment_team_of_force",
        ),
    ]
