"""Row security on mutual aid. A policy looks only at its own row's columns, or at a table whose policy does."""

from django.db import migrations

from core.tenancy import FORCES, USER, EnableRowSecurity

DONOR = f"force_id = {FORCES} or handler_user_id = {USER}"


class Migration(migrations.Migration):
    dependencies = [("deployments", "0001_initial"), ("dogs", "0002_walls")]
    operations = [
        EnableRowSecurity("deployments_offer", DONOR),
        EnableRowSecurity("deployments_deployment", f"{DONOR} or host_force_id = {FORCES}", DONOR),
        # The host reads its own request once a coordinator has triaged it; a donor, what it has been offered.
        EnableRowSecurity(
            "deployments_request",
            f"(force_id = {FORCES} and status not in ('draft', 'submitted'))"
            " or exists (select 1 from deployments_offer o where o.request_id = deployments_request.id)",
            "false",
        ),
        EnableRowSecurity(
            "deployments_requestdetail",
            f"force_id = {FORCES} and exists"
            " (select 1 from deployments_request r where r.id = deployments_requestdetail.request_id)",
            "false",
        ),
        EnableRowSecurity(
            "deployments_briefing",
            f"(force_id = {FORCES} and exists"
            " (select 1 from deployments_request r where r.id = deployments_briefing.request_id))"
            " or exists (select 1 from deployments_deployment d where d.request_id = deployments_briefing.request_id)",
            "false",
        ),
        EnableRowSecurity("deployments_debrief", DONOR),
        EnableRowSecurity("deployments_aftercare", f"user_id = {USER}", own=True),
        migrations.RunSQL(
            "alter table deployments_offer add constraint offer_team_of_force"
            " foreign key (team_id, force_id) references dogs_team (id, force_id);"
            "create sequence deployments_reference start 1001",
            "drop sequence deployments_reference;alter table deployments_offer drop constraint offer_team_of_force",
        ),
    ]
