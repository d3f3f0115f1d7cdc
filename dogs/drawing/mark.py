"""The mark without its mask, for what cannot draw masks: where the mask would cut, the ground's colour lies on top."""

INK = "#14243d"
_HEAD = "M48 11c24 0 35 18 35 40 0 23-14 37-35 37S13 74 13 51c0-22 11-40 35-40Z"
_EAR = "M31 16C19 8 8 13 4 28-1 46-1 66 8 69c9 2 11-10 13-21 2-10 6-16 11-20 4-4 3-9-1-12Z"
_MUZZLE = "M48 49c11 0 18 8 18 17s-8 16-18 16-18-7-18-16 7-17 18-17Z"
_NOSE = "M38.500 60c0-5 5-7 9.500-7s9.500 2 9.500 7-6 9-9.500 9-9.500-4-9.500-9Z"
_MOUTH = "M48 66v5.500m-8 0c4 4 8 2 8-.5 0 2.500 4 4.500 8 .5"


def mark(ground: str) -> bytes:
    """The mark in ink, as an SVG of 96 by 84 units that lies on `ground`."""
    ears = f'<path d="{_EAR}"/><path d="{_EAR}" transform="matrix(-1 0 0 1 96 0)"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 6 96 84" width="96" height="84"><g fill="{INK}">'
        f'<path d="{_HEAD}"/><g stroke="{ground}" stroke-width="8">{ears}</g>{ears}</g>'
        f'<g fill="{ground}"><circle cx="37" cy="43" r="4.6"/><circle cx="59" cy="43" r="4.6"/>'
        f'<path d="{_MUZZLE}"/></g>'
        f'<path d="{_NOSE}" fill="{INK}"/>'
        f'<path d="{_MOUTH}" fill="none" stroke="{INK}" stroke-width="3.4" stroke-linecap="round"/></svg>'
    ).encode()
