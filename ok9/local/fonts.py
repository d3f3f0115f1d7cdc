"""The fonts that we make from those we were given: one weight alone, and the letters that only Welsh needs.

A fixed weight is less to fetch where a page needs no other, and WeasyPrint would fix a variable font anew for each PDF,
which is half of the PDF's time.
"""

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
# As ok9.css asks for them: headings have one weight, text has several.
WELSH_FONTS = {"bricolage-grotesque": "800", "atkinson-hyperlegible-next": "wght-normal"}


def make_fixed_fonts(target: Path = FONTS) -> Iterator[Path]:
    """Fix each weight of each variable font. The same fonts give the same bytes, whenever it is done."""
    for family, weights in WEIGHTS.items():
        for part in PARTS:
            for weight in weights:
                variable = _given(f"{family}/{family}-{part}-wght-normal")
                fixed = instantiateVariableFont(variable, {"wght": weight}, static=True)
                yield _kept(fixed, target / family / f"{family}-{part}-{weight}.woff2")


def make_welsh_fonts(target: Path = FONTS) -> Iterator[Path]:
    """Take Welsh's own letters out of `latin-ext`, so that a Welsh page need not fetch the whole of it."""
    for family, cut in WELSH_FONTS.items():
        font, scissors = _given(f"{family}/{family}-latin-ext-{cut}"), Subsetter(Options(recalc_timestamp=False))
        scissors.populate(text=WELSH)
        scissors.subset(font)
        yield _kept(font, target / family / f"{family}-welsh-{cut}.woff2")


def _given(name: str) -> TTFont:
    return TTFont(FONTS / f"{name}.woff2", recalcTimestamp=False)


def _kept(font: TTFont, path: Path) -> Path:
    font.flavor = "woff2"
    font.save(path)
    return path


if __name__ == "__main__":
    for made in (*make_fixed_fonts(), *make_welsh_fonts()):
        print(made.stat().st_size, made.name)
