"""The likenesses of dogs whose photos were cut before the dog kept one."""

from typing import Any

from django.db import migrations

from dogs.photos import focus_within


def fill(apps: Any, schema_editor: Any) -> None:
    photos = apps.get_model("dogs", "Photo").objects.filter(replaced_by=None)
    firsts = photos.order_by("profile_id", "position", "pk").distinct("profile_id").select_related("profile")
    for photo in firsts:
        if not photo.copies:
            continue
        smallest = photo.copies[0]
        likeness = {
            "uuid": str(photo.uuid),
            "alt": photo.alt,
            "width": smallest["width"],
            "height": smallest["height"],
            "focus": focus_within((photo.width, photo.height), photo.shape, (photo.focus_x, photo.focus_y)),
        }
        apps.get_model("dogs", "Dog").objects.filter(pk=photo.profile.dog_id).update(likeness=likeness)


class Migration(migrations.Migration):
    dependencies = [("dogs", "0013_dog_likeness")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
