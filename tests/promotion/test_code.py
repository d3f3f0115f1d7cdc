"""The QR code: what is drawn is what the standard's own encoder makes of the address."""

import re

import segno

from promotion.code import qr_matrix, qr_picture

ADDRESS = "https://ok9.example/cy/dogs/biscuit/"


def drawn_squares(picture: bytes) -> set[tuple[int, int]]:
    """The dark squares of the SVG, counted from its corner."""
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", picture.decode())
    return {(int(x) + step, int(y)) for x, y, length in runs for step in range(int(length))}


def test_the_squares_are_those_of_the_address() -> None:
    rows = segno.make_qr(ADDRESS, error="q", boost_error=False).matrix
    dark = {(x + 4, y + 4) for y, row in enumerate(rows) for x, square in enumerate(row) if square}
    assert drawn_squares(qr_picture(ADDRESS)) == dark


def test_another_address_gives_other_squares() -> None:
    assert qr_matrix(ADDRESS) != qr_matrix(ADDRESS.replace("biscuit", "biscuits"))


def test_an_edge_of_four_squares_stays_quiet() -> None:
    side = len(qr_matrix(ADDRESS))
    assert f'viewBox="0 0 {side + 8} {side + 8}"' in qr_picture(ADDRESS).decode()
    assert min(min(square) for square in drawn_squares(qr_picture(ADDRESS))) == 4
