"""The choice of an encoding, and that nothing is lost in one."""

import gzip

import brotli  # type: ignore[import-untyped]
import pytest

from core.encoding import chosen_encoding, squeeze


@pytest.mark.parametrize(
    ("header", "chosen"),
    [("", ""), ("br", "br"), ("gzip, deflate", "gzip"), ("br;q=0.0, gzip;q=0.5", "gzip"), ("BR , x", "br"), ("*", "")],
)
def test_an_encoding_is_chosen_by_the_header(header: str, chosen: str) -> None:
    assert chosen_encoding(header) == chosen


def test_what_is_squeezed_comes_out_whole() -> None:
    body = "Custard, Crwst a Bisged 🐾".encode() * 50
    assert brotli.decompress(squeeze(body, "br")) == body
    assert gzip.decompress(squeeze(body, "gzip")) == body
    assert squeeze(body, "") == body
    assert len(squeeze(body, "br")) < len(body) / 5
