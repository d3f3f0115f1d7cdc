"""What is above and below the face: top knot, body, bandana, paws."""

from dogs.drawing.easel import BOTH, Easel, ellipse, mix, shape, stroke, turned
from dogs.drawing.outline import CENTRE, Points, furry, mirrored, number, smooth


def top_knot(easel: Easel) -> str:
    kind, y, c = easel.head.get("top"), easel.head["skull"][0][1], CENTRE
    if kind == "tuft":
        colour = easel.mark if easel.pattern == "blaze" else easel.coat["base"]
        return shape(
            f"M{c - 20} {y + 9}Q{c - 26} {y - 12} {c - 6} {y - 17}Q{c - 9} {y - 8} {c - 5} {y - 5}"
            f"Q{c + 3} {y - 20} {c + 22} {y - 15}Q{c + 11} {y - 8} {c + 12} {y - 3}"
            f"Q{c + 20} {y - 5} {c + 26} {y - 1}Q{c + 18} {y + 10} {c + 12} {y + 12}Z",
            colour,
        )
    return curls(easel, y) if kind == "curls" else ""


def curls(easel: Easel, y: int) -> str:
    half: Points = [[0, y - 22], [42, y - 16], [70, y + 10], [72, y + 44], [44, y + 66], [0, y + 70]]
    colour = mix(easel.coat["base"], easel.coat["light"], 0.45)
    rings = "".join(
        stroke(f"M{CENTRE + s * dx - 8} {y + dy}a9 9 0 1 1 12 8", easel.coat["shade"], 4, 'opacity=".55"')
        for s in BOTH
        for dx, dy in ((18, 4), (44, 22), (14, 36))
    )
    return easel.lit(furry(mirrored(half), "curl"), colour, easel.coat["base"], (-6, -7)) + rings


def body(easel: Easel) -> str:
    neck = easel.head["neck"]
    points = mirrored(
        [[0, 236], [neck * 0.82, 252], [neck, 306], [neck + 34, 346], [neck + 66, 392], [neck + 74, 450], [0, 460]]
    )
    if easel.fur == "curl":
        outline = furry(points, "curl", step=34)
    else:
        fur = "tuft" if easel.fur == "tuft" or easel.likeness.head in ("collie", "shepherd") else "none"
        outline = furry(points, fur, where=[[0.1, 0.86]], half=True, step=36, depth=9)
    return easel.lit(outline, easel.coat["base"], easel.coat["shade"], (-14, -4), chest(easel, neck))


def chest(easel: Easel, neck: float) -> str:
    coat = easel.coat
    colour = mix(coat["base"], "#ffffff", 0.22) if easel.pattern == "mask" else coat["light"]
    if easel.marked_chest:
        colour = easel.mark
    fur = "tuft" if easel.fur not in ("curl", "none") or easel.likeness.head in ("collie", "shepherd") else easel.fur
    half: Points = [[0, 300], [neck * 0.5, 316], [neck * 0.62, 372], [neck * 0.4, 440], [0, 470]]
    shadow = shape(smooth(easel.skull), "#000", 'transform="translate(6 26)" opacity=".16"')
    return shape(furry(mirrored(half), fur), colour, f'opacity="{1 if easel.marked_chest else 0.55}"') + shadow


def bandana(easel: Easel) -> str:
    colour = easel.likeness.bandana
    if not colour:
        return ""
    w, c, n = easel.head["neck"] * 0.98 + 8, CENTRE, number
    dark = mix(colour, "#14243d", 0.22)
    cloth = (
        f"M{n(c - w)} 304Q{n(c)} 376 {n(c + w)} 304L{n(c + w + 5)} 330Q{n(c + 46)} 372 {n(c + 9)} 417"
        f"Q{c} 426 {n(c - 9)} 417Q{n(c - 46)} 372 {n(c - w - 5)} 330Z"
    )
    folds = stroke(f"M{n(c - w - 5)} 330Q{n(c)} 392 {n(c + w + 5)} 330", dark, 4, 'opacity=".8"')
    shadow = shape(smooth(easel.skull), "#14243d", 'transform="translate(4 20)" opacity=".2"')
    ink = "#fff" if colour in ("#14243d", "#2347c5") else "#14243d"
    toes = ((-17, -3, 5.4, 7.4, -24), (-6.4, -11, 5.6, 8, 0), (6.4, -11, 5.6, 8, 0), (17, -3, 5.4, 7.4, 24))
    paw = ellipse(0, 9, 13, 10.5, ink) + "".join(
        ellipse(x, y, rx, ry, ink, turned(angle, x, y)) for x, y, rx, ry, angle in toes
    )
    return easel.lit(cloth, colour, dark, (-8, -3), folds + shadow) + (
        f'<g transform="translate({c} 388) scale(.62)">{paw}</g>'
    )


def paws_on_wall(easel: Easel) -> str:
    colour = easel.mark if easel.marked_chest else easel.coat["base"]
    shade, drawn = mix(colour, "#14243d", 0.2), ""
    for side in BOTH:
        x = CENTRE + side * (easel.head["neck"] + 26)
        drawn += (
            f'<rect x="{x - 34}" y="372" width="68" height="56" rx="28" fill="{shade}"/>'
            f'<rect x="{x - 34}" y="368" width="64" height="52" rx="26" fill="{colour}"/>'
            + stroke(f"M{x - 12} 396v18M{x + 9} 396v18", shade, 4.5)
        )
    return drawn
