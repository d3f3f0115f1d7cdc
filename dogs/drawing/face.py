"""Muzzle, mouth, nose, brows and eyes."""

from dogs.drawing.easel import BOTH, PALE, Easel, ellipse, mix, shape, stroke, turned
from dogs.drawing.outline import CENTRE, furry, mirrored, number

EYE, TONGUE, TONGUE_LINE = "#1c1216", "#e9808a", "#cf6270"
# The shade of a muzzle where the coat has a pattern.
MUZZLE_SHADE = {"blaze": "#e6dbcd", "merle": "#e2dbd2", "patch": "#e9dfd3", "tan": "#b0753c", "mask": "#382b27"}


def muzzle(easel: Easel) -> str:
    bearded = easel.head.get("beard")
    fur = "tuft" if bearded else ("curl" if easel.fur == "curl" else "none")
    outline = furry(mirrored(easel.head["muzzle"]), fur, where=[[0.08, 0.92]] if bearded else None)
    colour = muzzle_colour(easel)
    shade = MUZZLE_SHADE.get(easel.pattern) or mix(colour, easel.coat["shade"], 0.45)
    return easel.lit(outline, colour, shade, (-7, -8))


def muzzle_colour(easel: Easel) -> str:
    return easel.mark if easel.pattern == "tan" else easel.coat["light"]


def mouth(easel: Easel) -> str:
    y, nose, c = easel.head["mouth"], easel.head["nose"][0], CENTRE
    jowl = bool(easel.head.get("jowl"))
    width, curl = (52, 14) if jowl else (34, 0)
    line = mix(easel.coat["nose"], muzzle_colour(easel), 0.12)
    drawn = open_mouth(easel, y, width) if easel.likeness.mood in ("smile", "pant") and not jowl else ""
    drawn += stroke(
        f"M{c} {nose + 12}V{y + 2}M{c - width} {y - 3 + curl}Q{c - 20} {y + 15} {c} {y + 2}"
        f"Q{c + 20} {y + 15} {c + width} {y - 3 + curl}",
        line,
        4,
        'stroke-linejoin="round"',
    )
    return drawn + (jowls(easel, y, nose) if jowl else "") + whiskers(easel, nose, line, jowl=jowl)


def open_mouth(easel: Easel, y: int, width: int) -> str:
    name, c, w = easel.new_id(), CENTRE, width - 5
    lips = (
        f"M{c - w} {y + 2}Q{c - 16} {y + 13} {c} {y + 3}Q{c + 16} {y + 13} {c + w} {y + 2}"
        f"Q{c + 26} {y + 37} {c} {y + 38}Q{c - 26} {y + 37} {c - w} {y + 2}Z"
    )
    drawn = (
        f'<clipPath id="{name}"><path d="{lips}"/></clipPath>{shape(lips, "#4a1f26")}<g clip-path="url(#{name})">'
        f"{ellipse(c, y + 34, 20, 22, TONGUE)}{stroke(f'M{c} {y + 16}v22', TONGUE_LINE, 3)}</g>"
    )
    if easel.likeness.mood == "pant":
        drawn += shape(f"M{c - 16} {y + 20}v22a16 17 0 0 0 32 0v-22z", TONGUE)
        drawn += stroke(f"M{c} {y + 20}v20", TONGUE_LINE, 3)
    return drawn


def jowls(easel: Easel, y: int, nose: int) -> str:
    fold = "#dccfbf" if easel.pattern in PALE else easel.coat["shade"]
    return shape(f"M{CENTRE - 13} {y + 9}l4 -11 5 9z", "#fffaf0") + stroke(
        f"M{CENTRE - 36} {nose - 26}q36 -20 72 0M{CENTRE - 22} {nose - 40}q22 -12 44 0", fold, 5
    )


def whiskers(easel: Easel, nose: int, colour: str, *, jowl: bool) -> str:
    if easel.head.get("beard") or easel.fur == "curl":
        return ""
    out = 10 if jowl else 0
    return "".join(
        f'<circle cx="{CENTRE + s * (x + out)}" cy="{nose + y}" r="1.9" fill="{colour}" opacity=".42"/>'
        for s in BOTH
        for x, y in ((30, 12), (42, 22), (29, 27))
    )


def nose(easel: Easel) -> str:
    (y, w), c = easel.head["nose"], CENTRE
    tip = (
        f"M{c - w} {y - 7}Q{c - w + 2} {y - 19} {c - 10} {y - 20}Q{c} {y - 22} {c + 10} {y - 20}"
        f"Q{c + w - 2} {y - 19} {c + w} {y - 7}Q{c + w - 2} {y + 5} {c + 8} {y + 14}"
        f"Q{c} {y + 18} {c - 8} {y + 14}Q{c - w + 2} {y + 5} {c - w} {y - 7}Z"
    )
    shine = f"M{c - w + 9} {y - 13}Q{c - 4} {y - 18} {c + 7} {y - 15}"
    nostrils = f"M{c - 13} {y}q5 -5 8 2M{c + 13} {y}q-5 -5 -8 2"
    return (
        shape(tip, easel.coat["nose"])
        + stroke(shine, "#fff", 5, 'stroke-opacity=".38"')
        + stroke(nostrils, "#000", 3.4, 'stroke-opacity=".45"')
    )


def gaze(easel: Easel) -> str:
    return "".join(brow(easel, side) + eye(easel, side) + fringe(easel, side) for side in BOTH)


def on_patch(easel: Easel, side: int) -> bool:
    return easel.pattern == "patch" and side > 0


def brow(easel: Easel, side: int) -> str:
    if easel.head.get("shaggy") or easel.fur == "curl":
        return ""
    x, y = easel.head["brow"]
    mood = easel.likeness.mood
    colour = mix(easel.coat["base"], "#ffffff", 0.0 if easel.pattern == "white" else 0.2)
    if easel.pattern == "tan":
        colour = easel.mark
    elif on_patch(easel, side):
        colour = mix(easel.mark, "#ffffff", 0.22)
    tilt = turned(side * (-4 if mood == "alert" else 18), CENTRE + side * x, y)
    return ellipse(CENTRE + side * (x - 2), y - (2 if mood == "soft" else 0), 13, 7.5, colour, tilt)


def eye(easel: Easel, side: int) -> str:
    """One eye, its socket, and the upper lid, lower on the outside, which makes it kind."""
    out, y, r = easel.head["eye"]
    x, coat = CENTRE + side * out, easel.coat
    around = easel.mark if on_patch(easel, side) or easel.pattern == "mask" else coat["base"]
    socket = ellipse(
        x + side * 1.5,
        y + 0.5,
        r + 5,
        r + 3.2,
        mix(around, coat["lid"], 0.55),
        f'opacity=".5" {turned(side * 14, x, y)}',
    )
    n = number
    if easel.likeness.mood == "happy":
        return socket + stroke(f"M{n(x - r)} {n(y + 5)}Q{n(x)} {n(y - r)} {n(x + r)} {n(y + 5)}", EYE, 6)
    iris = (
        f"M{n(x - r * 0.72)} {n(y + r * 0.2)}A{n(r * 0.76)} {n(r * 0.76)} 0 0 0 {n(x + r * 0.72)} {n(y + r * 0.2)}"
        f"Q{n(x)} {n(y + r * 0.62)} {n(x - r * 0.72)} {n(y + r * 0.2)}Z"
    )
    lights = (
        f'<circle cx="{n(x - r * 0.3)}" cy="{n(y - r * 0.24)}" r="{n(r * 0.32)}" fill="#fff"/>'
        f'<circle cx="{n(x + r * 0.36)}" cy="{n(y + r * 0.12)}" r="{n(r * 0.13)}" fill="#fff" opacity=".8"/>'
    )
    lid = mix(around, coat["lid"], 0.42)
    return (
        socket + ellipse(x, y, r, r * 1.02, EYE) + shape(iris, coat["eye"]) + lights + shape(_lid(x, y, r, side), lid)
    )


def _lid(x: float, y: float, r: float, s: int) -> str:
    n = number
    return (
        f"M{n(x - s * (r + 3))} {n(y - r * 0.62)}Q{n(x)} {n(y - r * 1.3)} {n(x + s * (r + 4))} {n(y - r * 0.3)}"
        f"Q{n(x + s * r)} {n(y - r * 1.5)} {n(x)} {n(y - r * 1.42)}"
        f"Q{n(x - s * r)} {n(y - r * 1.4)} {n(x - s * (r + 3))} {n(y - r * 0.42)}Z"
    )


def fringe(easel: Easel, side: int) -> str:
    """The hair over a shaggy dog's eye. Shut eyes have none."""
    if not easel.head.get("shaggy") or easel.likeness.mood == "happy":
        return ""
    out, y, _ = easel.head["eye"]
    x, y, s, n = CENTRE + side * out, y - 11, side, number
    colour = easel.mark if easel.pattern == "tan" else mix(easel.coat["light"], easel.coat["base"], 0.35)
    return shape(
        f"M{n(x - s * 26)} {n(y - 12)}Q{n(x - s * 4)} {n(y - 40)} {n(x + s * 26)} {n(y - 22)}"
        f"L{n(x + s * 34)} {n(y + 2)}"
        f"Q{n(x + s * 22)} {n(y - 8)} {n(x + s * 16)} {n(y - 6)}L{n(x + s * 14)} {n(y + 4)}"
        f"Q{n(x + s * 4)} {n(y - 10)} {n(x - s * 4)} {n(y - 8)}L{n(x - s * 8)} {n(y + 2)}"
        f"Q{n(x - s * 14)} {n(y - 9)} {n(x - s * 26)} {n(y - 12)}Z",
        colour,
    )
