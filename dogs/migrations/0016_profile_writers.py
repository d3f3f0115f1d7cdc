"""Who may read a published profile must not be able to change or delete it, nor its answers, photos and paws."""

from django.db import migrations

from core.tenancy import FORCES, NATIONAL, USER


def of_own_dog(dog: str) -> str:
    return f"exists (select 1 from dogs_team t where t.dog_id = {dog} and t.handler_user_id = {USER})"


def of_profile(table: str) -> str:
    return f"(select p.dog_id from dogs_profile p where p.id = {table}.profile_id)"


WRITERS = {
    "dogs_profile": f"force_id = {FORCES} or {of_own_dog('dogs_profile.dog_id')}",
    "dogs_answer": f"force_id = {FORCES} or {of_own_dog(of_profile('dogs_answer'))}",
    "dogs_photo": f"force_id = {FORCES} or {of_own_dog(of_profile('dogs_photo'))}",
    "dogs_kudos": f"force_id = {FORCES}",
}


def writers_only(table: str, command: str) -> migrations.RunSQL:
    """PostgreSQL asks a delete for no `check`, and lets an update find whatever may be read."""
    name = f"writers_{command}"
    return migrations.RunSQL(
        f"create policy {name} on {table} as restrictive for {command} using ({NATIONAL} or {WRITERS[table]})",
        f"drop policy {name} on {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("dogs", "0015_session_logged_by")]
    operations = [writers_only(table, command) for table in WRITERS for command in ("update", "delete")]
