"""Row security on this app's tables, and the keys that keep every row of a dog in the dog's force."""

from django.db import migrations

from core.tenancy import FORCES, USER, EnableRowSecurity

OWN = f"force_id = {FORCES} or handler_user_id = {USER}"


def own_dog(table: str) -> str:
    return (
        f"force_id = {FORCES} or exists (select 1 from dogs_team t"
        f" where t.dog_id = {table}.dog_id and t.handler_user_id = {USER})"
    )


def in_force(table: str, column: str, target: str) -> migrations.RunSQL:
    name = f"{table}_{column}_of_force"
    return migrations.RunSQL(
        f"alter table {table} add constraint {name} foreign key ({column}_id, force_id) references {target} (id, force_id)",
        f"alter table {table} drop constraint {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("dogs", "0001_initial"), ("network", "0002_walls")]
    operations = [
        EnableRowSecurity(
            "dogs_dog",
            f"force_id = {FORCES} or exists (select 1 from dogs_team t"
            f" where t.dog_id = dogs_dog.id and t.handler_user_id = {USER})",
            f"force_id = {FORCES}",
        ),
        EnableRowSecurity("dogs_team", OWN, f"force_id = {FORCES}"),
        EnableRowSecurity("dogs_document", own_dog("dogs_document")),
        EnableRowSecurity("dogs_commitment", OWN),
        EnableRowSecurity("dogs_sessionlog", OWN),
        EnableRowSecurity("dogs_incident", OWN),
        EnableRowSecurity(
            "dogs_profile", f"published_at is not null or {own_dog('dogs_profile')}", own_dog("dogs_profile")
        ),
        in_force("dogs_team", "dog", "dogs_dog"),
        in_force("dogs_team", "handler", "network_handler"),
        in_force("dogs_document", "dog", "dogs_dog"),
        in_force("dogs_commitment", "team", "dogs_team"),
        in_force("dogs_commitment", "dog", "dogs_dog"),
        in_force("dogs_sessionlog", "team", "dogs_team"),
        in_force("dogs_incident", "team", "dogs_team"),
        in_force("dogs_profile", "dog", "dogs_dog"),
    ]
