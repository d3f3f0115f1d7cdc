"""Template filters that show a dog: its photo, its drawing's address, its alternative text, the colour behind it."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from dogs.faces import KEEPERS_BASE, Picture
from dogs.portrait import SIZES, address_for, blanket_for

register = template.Library()


@register.filter
def portrait(dog: object, how: str = "soft card") -> str:
    """The address of the drawing; `how` is a mood and a frame, like "soft face"."""
    mood, frame = how.split()
    return address_for(dog, mood=mood, frame=frame)


@register.filter
def blanket(dog: object) -> str:
    """The class that colours what is behind the dog."""
    return f"blanket-{blanket_for(dog)}"


@register.filter
def likeness(dog: object) -> Picture | None:
    """The photo that stands for the dog on working pages, in its smallest size; None where the drawing does."""
    kept = dog.get("likeness") if isinstance(dog, dict) else getattr(dog, "likeness", None)
    if not kept:
        return None
    size = (kept["width"], kept["height"])
    return Picture(kept["uuid"], kept["alt"], (size,), tuple(kept["focus"]), base=KEEPERS_BASE)


@register.filter
def drawing_of(dog: object) -> str:
    """Alternative text of a drawing that stands alone."""
    name, breed = (dog.get(key, "") if isinstance(dog, dict) else getattr(dog, key, "") for key in ("name", "breed"))
    return _("Drawing of %(name)s, %(breed)s") % {"name": name, "breed": breed}


@register.simple_tag
def drawing(dog: object, mood: str, frame: str, decorative: object = "", lazy: object = "") -> SafeString:
    """The drawing as an image with its size, so that nothing moves when it arrives; first unless it is lazy."""
    width, height = SIZES[frame]
    return format_html(
        '<img src="{}" alt="{}" width="{}" height="{}"{}>',
        address_for(dog, mood=mood, frame=frame),
        "" if decorative else drawing_of(dog),
        width,
        height,
        mark_safe(' loading="lazy"' if lazy else ' fetchpriority="high"'),
    )
