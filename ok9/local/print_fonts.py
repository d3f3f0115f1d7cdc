"""Fonts for PDFs, one file a weight: a variable font is made fixed again in each PDF, which is half of its time."""

from collections.abc import Iterator
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FONTS = Path(__file__).resolve().parents[2] / "static" / "vendor" / "fonts"
WEIGHTS = {"bricolage-grotesque": (800,), "atkinson-hyperlegible-next": (400, 700)}
PARTS = ("latin", "latin-ext")


def make_print_fonts(target: Path = FONTS) -> Iterator[Path]:
    """Fix each weight of each variable font. The same fonts give the same bytes, whenever it is done."""
    for family, weights in WEIGHTS.items():
        for part in PARTS:
            for weight in weights:
                variable = TTFont(FONTS / family / f"{family}-{part}-wght-normal.woff2", recalcTimestamp=False)
                fixed = instantiateVariableFont(variable, {"wght": weight}, static=True)
                fixed.flavor = "woff2"
                path = target / family / f"{family}-{part}-{weight}-print.woff2"
                fixed.save(path)
                yield path


if __name__ == "__main__":
    for made in make_print_fonts():
        print(made.stat().st_size, made.name)
