"""Row security on the parts of a public face, and the keys that keep each in its profile's force."""

from django.db import migrations, models

from core.tenancy import FORCES, USER, EnableRowSecurity


def own_profile(table: str) -> str:
    return (
        f"force_id = {FORCES} or exists (select 1 from dogs_profile p join dogs_team t on t.dog_id = p.dog_id"
        f" where p.id = {table}.profile_id and t.handler_user_id = {USER})"
    )


def published(table: str) -> str:
    return f"select 1 from dogs_profile p where p.id = {table}.profile_id and p.published_at is not null"


def of_force(table: str) -> migrations.RunSQL:
    name = f"{table}_profile_of_force"
    return migrations.RunSQL(
        f"alter table {table} add constraint {name} foreign key (profile_id, force_id)"
        " references dogs_profile (id, force_id)",
        f"alter table {table} drop constraint {name}",
    )


TABLES = ("dogs_answer", "dogs_draft", "dogs_partconsent", "dogs_photo")


class Migration(migrations.Migration):
    dependencies = [("dogs", "0005_faces")]
    operations = [
        EnableRowSecurity(
            "dogs_answer",
            f"exists ({published('dogs_answer')}) or {own_profile('dogs_answer')}",
            own_profile("dogs_answer"),
        ),
        EnableRowSecurity("dogs_draft", own_profile("dogs_draft")),
        EnableRowSecurity("dogs_partconsent", own_profile("dogs_partconsent")),
        EnableRowSecurity(
            "dogs_photo",
            f"is_shown and exists ({published('dogs_photo')} and 'photos' = any (p.parts)) or {own_profile('dogs_photo')}",
            own_profile("dogs_photo"),
        ),
        migrations.AddConstraint(
            model_name="profile",
            constraint=models.UniqueConstraint(fields=["id", "force"], name="profile_of_force"),
        ),
        *map(of_force, TABLES),
    ]
