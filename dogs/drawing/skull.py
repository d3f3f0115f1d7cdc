"""The skull with the markings of its coat, and the ears."""

from collections.abc import Callable
from typing import Any

from dogs.drawing.easel import BOTH, KIT, Easel, ellipse, shape, stroke, turned
from dogs.drawing.outline import CENTRE, Points, furry, mirrored, number, one_side, smooth


def ears(easel: Easel, layer: str) -> str:
    """The ears that lie in a layer, behind or before the head."""
    drawn = ""
    for side in BOTH:
        spec = KIT["ears"][easel.ear["other"]] if side > 0 and "other" in easel.ear else easel.ear
        if spec["z"] == layer:
            drawn += one_ear(easel, spec, side)
    return drawn


def one_ear(easel: Easel, spec: dict[str, Any], side: int) -> str:
    coat = easel.coat
    plain = easel.pattern == "patch" and side < 0
    base, shade = (coat["base"], coat["shade"]) if plain else (coat["ear"], coat["earShade"])
    outline = furry(one_side(spec["o"], side), spec.get("fur", "none"), where=spec.get("furAt"))
    drawn = easel.lit(outline, base, shade, (-7, -6))
    if "inner" in spec:
        drawn += shape(smooth(one_side(spec["inner"], side)), "#b9817a", 'opacity=".75"')
    if "fold" in spec:
        fold = coat["ear"] if easel.pattern == "blaze" else coat["base"]
        drawn += easel.lit(smooth(one_side(spec["fold"], side)), fold, coat["earShade"], (-5, -7))
    return drawn


def skull(easel: Easel) -> str:
    tufted = easel.fur == "tuft" and not easel.head.get("shaggy")
    outline = furry(
        easel.skull,
        easel.fur,
        where=easel.head.get("furHead"),
        half=True,
        step=30 if tufted else None,
        depth=8 if tufted else None,
    )
    markings = "".join(draw_mark(easel) for draw_mark in MARKINGS.get(easel.pattern, ()))
    return easel.lit(outline, easel.coat["base"], easel.coat["shade"], inside=markings)


def _blaze(easel: Easel) -> str:
    top, eye = easel.head["skull"][0][1], easel.head["eye"][1]
    half: Points = [[0, top - 12], [13, top + 8], [9, eye - 46], [10, eye - 10], [26, eye + 34], [64, eye + 66],
                    [84, eye + 130], [0, 350]]  # fmt: skip
    return shape(smooth(mirrored(half)), easel.mark)


def _flecks(easel: Easel) -> str:
    eye = easel.head["eye"][1]
    flecks = ((-66, -34, 20, 11, -30), (58, -56, 16, 10, 20), (78, 6, 13, 19, 8), (-84, 26, 10, 17, 12),
              (-36, -66, 11, 7, 10), (34, -26, 9, 6, -20))  # fmt: skip
    return "".join(
        ellipse(CENTRE + x, eye + y, rx, ry, easel.coat["fleck"], turned(angle, CENTRE + x, eye + y))
        for x, y, rx, ry, angle in flecks
    )


def _mask(easel: Easel) -> str:
    top, eye = easel.head["skull"][0][1], easel.head["eye"][1]
    face: Points = [[0, eye - 30], [22, eye - 16], [58, eye - 20], [74, eye + 2], [60, eye + 30], [56, eye + 70],
                    [60, 340], [0, 350]]  # fmt: skip
    crown: Points = [[0, top - 20], [40, top - 16], [70, top + 10], [44, top + 22], [16, top + 28], [0, top + 44]]
    return shape(smooth(mirrored(face)), easel.mark, 'opacity=".92"') + shape(
        smooth(mirrored(crown)), easel.mark, 'opacity=".75"'
    )


def _tan(easel: Easel) -> str:
    width = max(point[0] for point in easel.head["skull"])
    half: Points = [[0, 262], [30, 250], [58, 226], [width + 10, 226], [width, 300], [0, 360]]
    return shape(smooth(mirrored(half)), easel.mark)


def _brindle(easel: Easel) -> str:
    top, eye = easel.head["skull"][0][1], easel.head["eye"][1]
    stripes = ((64, top + 44, 30), (68, top + 62, 26), (66, eye + 14, 24), (62, eye + 34, 26), (56, eye + 54, 26),
               (50, eye + 74, 26), (44, eye + 94, 24))  # fmt: skip
    return "".join(
        stroke(f"M{CENTRE + s * x} {y}q{number(s * n * 0.5)} 4 {s * n} 18", easel.mark, 5, 'opacity=".8"')
        for s in BOTH
        for x, y, n in stripes
    )


def _patch(easel: Easel) -> str:
    top, eye = easel.head["skull"][0][1], easel.head["eye"][1]
    width = max(point[0] for point in easel.head["skull"])
    points: Points = [[10, eye - 40], [30, top - 6], [70, top - 6], [width + 16, eye - 30], [width + 10, eye + 30],
                      [64, eye + 42], [26, eye + 22]]  # fmt: skip
    return shape(smooth(one_side(points, 1)), easel.mark)


MARKINGS: dict[str, tuple[Callable[[Easel], str], ...]] = {
    "blaze": (_blaze,),
    "merle": (_blaze, _flecks),
    "mask": (_mask,),
    "tan": (_tan,),
    "brindle": (_brindle,),
    "patch": (_patch,),
}
