"""Draws a dog from the parts of the kit. Pure: likeness in, SVG out, the same bytes for the same likeness."""

from dogs.drawing.body import bandana, body, paws_on_wall, top_knot
from dogs.drawing.easel import KIT, Easel, Likeness
from dogs.drawing.face import gaze, mouth, muzzle, nose
from dogs.drawing.skull import ears, skull

__all__ = ["KIT", "Likeness", "draw"]


def draw(likeness: Likeness, *, paws: bool = False) -> str:
    """The drawing without its frame. With `paws` the dog looks over a wall: all but the paws stops at its edge."""
    easel = Easel(likeness)
    head = "".join(part(easel) for part in (skull, muzzle, mouth, nose, gaze))
    dog = body(easel) + bandana(easel) + ears(easel, "back") + head + ears(easel, "front") + top_knot(easel)
    if not paws:
        return dog
    name = easel.new_id()
    clip = f'<clipPath id="{name}"><path d="M-100-100h600v498h-600z"/></clipPath>'
    return f'{clip}<g clip-path="url(#{name})">{dog}</g>{paws_on_wall(easel)}'
