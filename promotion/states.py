"""What one may choose of a poster: its layout, its language, and the shapes that it is made in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Layout(models.TextChoices):
    """Five designs. Each is drawn in every shape."""

    BALL = "ball", _("Bright: big words on yellow")
    WINDOW = "window", _("Window: the dog in a coloured arch")
    NIGHT = "night", _("Night: the date in lights")
    SPEECH = "speech", _("Speech: your message in a bubble")
    TILES = "tiles", _("Tiles: a quilt of facts")


class Language(models.TextChoices):
    """The language of the poster's own words. What the handler typed stays as typed."""

    ENGLISH = "en-gb", _("English")
    WELSH = "cy", _("Welsh")
    BOTH = "both", _("Both")


class Shape(models.TextChoices):
    """What a design is laid out for."""

    PAPER = "paper", _("paper")
    SQUARE = "square", _("square")
    STORY = "story", _("story")
    BANNER = "banner", _("banner")


class Size(models.TextChoices):
    """The files of a pack."""

    A4 = "a4", _("A4 poster")
    A3 = "a3", _("A3 poster")
    SQUARE = "square", _("Square for social media")
    STORY = "story", _("Story for social media")
    BANNER = "banner", _("E-mail signature banner")


PAPERS = (Size.A4, Size.A3)
SHAPE_OF = {
    Size.A4: Shape.PAPER,
    Size.A3: Shape.PAPER,
    Size.SQUARE: Shape.SQUARE,
    Size.STORY: Shape.STORY,
    Size.BANNER: Shape.BANNER,
}
# Width and height as CSS writes them: paper in millimetres, pictures in pixels.
PAGES = {
    Size.A4: ("210mm", "297mm"),
    Size.A3: ("297mm", "420mm"),
    Size.SQUARE: ("1080px", "1080px"),
    Size.STORY: ("1080px", "1920px"),
    Size.BANNER: ("600px", "150px"),
}
# What is one hundredth of the page's width: every measure of a design counts in these.
HUNDREDTHS = {
    Size.A4: "2.1mm",
    Size.A3: "2.97mm",
    Size.SQUARE: "10.8px",
    Size.STORY: "10.8px",
    Size.BANNER: "6px",
}
PIXELS = {Size.SQUARE: 1080, Size.STORY: 1080, Size.BANNER: 600}
# Every file of a pack with its ending: the five, a small picture of the first, and all five together.
FILES = {**{str(size): "pdf" if size in PAPERS else "png" for size in Size}, "preview": "png", "all": "zip"}
