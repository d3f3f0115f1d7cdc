"""The brand in words and figures, for its page and its paper: marks, colours, type, voice, what to do and not to do."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from promotion.states import PAPERS, Layout

Text = str | Promise


@dataclass(frozen=True)
class Colour:
    """A colour with what it is for. `contrast` is that of `ink` on it, by the formula of WCAG 2."""

    key: str
    name: Text
    value: str
    ink: str
    use: Text

    @property
    def contrast(self) -> float:
        light, dark = sorted((luminance(self.value), luminance(self.ink)), reverse=True)
        return round((light + 0.05) / (dark + 0.05), 1)


def luminance(colour: str) -> float:
    """The relative luminance of '#rrggbb' (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


NIGHT, PAPER = "#14243d", "#fffaf1"
COLOURS = (
    Colour("ball", _("Ball"), "#dcea4e", NIGHT, _("One yellow thing at a time, always with night ink on it.")),
    Colour("night", _("Night"), NIGHT, PAPER, _("Text, headers, feet of posters.")),
    Colour("paper", _("Paper"), PAPER, NIGHT, _("The ground of pages and of quiet posters.")),
    Colour("lamp", _("Lamp"), "#2347c5", "#ffffff", _("Links, buttons, one bandana in four.")),
    Colour("tongue", _("Tongue"), "#ef6f5e", NIGHT, _("Bandanas. Never for text.")),
    Colour("sky", _("Sky"), "#cfe2f8", NIGHT, _("A blanket: the colour behind a dog. Each dog keeps its own.")),
    Colour("lime", _("Lime"), "#f0f5a8", NIGHT, _("A blanket.")),
    Colour("blush", _("Blush"), "#fbd6cb", NIGHT, _("A blanket.")),
    Colour("mint", _("Mint"), "#cfe9d8", NIGHT, _("A blanket.")),
    Colour("lilac", _("Lilac"), "#e0dbf6", NIGHT, _("A blanket.")),
    Colour("biscuit", _("Biscuit"), "#fbe6bd", NIGHT, _("A blanket.")),
)
TYPE = (
    _("Headlines, names, large numbers: Bricolage Grotesque, extra bold. Never in running text or under 18 pixels."),
    _("All else: Atkinson Hyperlegible Next, regular and bold. It was made for low vision; its zero has a stroke."),
    _("Both are free (SIL Open Font Licence). Without them use Arial; do not draw the mark’s letters yourself."),
)
VOICE = (
    _("Plain, short, kind. The dog may be funny; the network is not."),
    _("Say who does what, by when: “Biscuit is in the parade room from 10 to 12.”"),
    _("Say that nobody has to: “Rather not meet a dog? The quiet room stays dog-free all day.”"),
    _("No exclamation marks, and no puns near trauma, injury or death."),
)
DO = (
    _("Let the dog break an edge, and look at the reader."),
    _("Keep the mark clear of other things by the length of one ear."),
    _("Put night ink on yellow. On paper alone yellow can’t be seen."),
    _("Say what a photo shows, in words, wherever it is published."),
    _("Ask the handler before every new use of a photo or a name."),
)
DONT = (
    _("Don’t stretch, tilt, outline or recolour the mark."),
    _("Don’t add a crest, a badge, blue lights, uniforms or paw-print wallpaper."),
    _("Don’t use gradients, glass effects, stock icons or emoji."),
    _("Don’t print a handler’s surname, a home place or a timetable."),
    _("Don’t put a dog on a notice about an incident or a death."),
)
GROUNDS = {"paper": ("ink", PAPER), "ball": ("ink", "#dcea4e"), "night": ("paper", NIGHT)}
MARK_WIDTHS, LOGO_WIDTHS = (64, 256, 1024), (300, 600, 1200)
KIT = "ok9-brand-kit.pdf"

# Every file of the kit by its name, and what it is made of.
FILES: dict[str, tuple[str, ...]] = {
    KIT: ("kit",),
    **{f"ok9-mark-{ink}.svg": ("svg", ink) for ink in ("ink", "paper")},
    **{f"ok9-mark-on-{on}-{width}.png": ("mark", on, str(width)) for on in GROUNDS for width in MARK_WIDTHS},
    **{f"ok9-logo-on-{on}-{width}.png": ("logo", on, str(width)) for on in GROUNDS for width in LOGO_WIDTHS},
    **{f"ok9-layout-{layout}.png": ("sample", layout) for layout in Layout},
    **{f"ok9-blank-{layout}-{size}.pdf": ("blank", layout, size) for layout in Layout for size in PAPERS},
}
