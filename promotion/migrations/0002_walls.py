"""Row security on packs, and the key that keeps a pack in its dog's force."""

from django.db import migrations

from core.tenancy import FORCES, USER, EnableRowSecurity

OWN_DOG = (
    f"force_id = {FORCES} or exists (select 1 from dogs_team t"
    f" where t.dog_id = promotion_pack.dog_id and t.handler_user_id = {USER})"
)


class Migration(migrations.Migration):
    dependencies = [("promotion", "0001_initial"), ("dogs", "0002_walls")]
    operations = [
        EnableRowSecurity("promotion_pack", OWN_DOG),
        migrations.RunSQL(
            "alter table promotion_pack add constraint promotion_pack_dog_of_force"
            " foreign key (dog_id, force_id) references dogs_dog (id, force_id)",
            "alter table promotion_pack drop constraint promotion_pack_dog_of_force",
        ),
    ]
