"""Row security on signposts and welfare visits. A welfare visit's draft is its visitor's alone."""

from django.db import migrations

from core.tenancy import FORCES, USER, EnableRowSecurity


def in_force(table: str, column: str, target: str) -> migrations.RunSQL:
    name = f"{table}_{column}_of_force"
    return migrations.RunSQL(
        f"alter table {table} add constraint {name} foreign key ({column}_id, force_id) references {target} (id, force_id)",
        f"alter table {table} drop constraint {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("dogs", "0011_forms")]
    operations = [
        EnableRowSecurity("dogs_signpost", f"force_id = {FORCES} or handler_user_id = {USER}"),
        EnableRowSecurity(
            "dogs_welfarevisit",
            f"visitor_id = {USER} or status <> 'draft' and (force_id = {FORCES} or exists"
            f" (select 1 from dogs_team t where t.dog_id = dogs_welfarevisit.dog_id and t.handler_user_id = {USER}))",
            f"visitor_id = {USER}",
        ),
        in_force("dogs_signpost", "session", "dogs_sessionlog"),
        in_force("dogs_welfarevisit", "dog", "dogs_dog"),
    ]
