"""The fonts that we make from those we were given: fixed ones for PDFs, and the letters that only Welsh needs."""

from collections.abc import Iterator
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FONTS = Path(__file__).resolve().parents[2] / "static" / "vendor" / "fonts"
WEIGHTS = {"bricolage-grotesque": (800,), "atkinson-hyperlegible-next": (400, 700)}
PARTS = ("latin", "latin-ext")
# What `latin` lacks for Welsh; ok9.css names the same letters. The circumflexes are common, the others are rare.
WELSH = "ŴŵŶŷẀẁẂẃẄẅỲỳ"


def make_print_fonts(target: Path = FONTS) -> Iterator[Path]:
    """Fix each weight of each variable font: WeasyPrint fixes a variable one anew for each PDF, half of the PDF's time.

    The same fonts give the same bytes, whenever it is done.
    """
    for family, weights in WEIGHTS.items():
        for part in PARTS:
            for weight in weights:
                fixed = instantiateVariableFont(_given(family, part), {"wght": weight}, static=True)
                yield _kept(fixed, target / family / f"{family}-{part}-{weight}-print.woff2")


def make_welsh_fonts(target: Path = FONTS) -> Iterator[Path]:
    """Take Welsh's own letters out of `latin-ext`, so that a Welsh page need not fetch the whole of it."""
    for family in WEIGHTS:
        font, cut = _given(family, "latin-ext"), Subsetter(Options(layout_features=["*"], recalc_timestamp=False))
        cut.populate(text=WELSH)
        cut.subset(font)
        yield _kept(font, target / family / f"{family}-welsh-wght-normal.woff2")


def _given(family: str, part: str) -> TTFont:
    return TTFont(FONTS / family / f"{family}-{part}-wght-normal.woff2", recalcTimestamp=False)


def _kept(font: TTFont, path: Path) -> Path:
    font.flavor = "woff2"
    font.save(path)
    return path


if __name__ == "__main__":
    for made in (*make_print_fonts(), *make_welsh_fonts()):
        print(made.stat().st_size, made.name)
