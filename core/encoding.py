"""How a body goes over the wire: brotli or gzip, as its reader takes it."""

import gzip
from collections.abc import Callable
from functools import lru_cache

import brotli  # type: ignore[import-untyped]

# Brotli's next steps cost ten times as much for a tenth less.
BROTLI_QUALITY = 6
# A page fits into a window of 256 kB; a process that once made the usual 4 MB keeps them.
BROTLI_WINDOW_BITS = 18


@lru_cache(maxsize=512)
def chosen_encoding(accepted: str) -> str:
    """Of an `Accept-Encoding`: 'br' or 'gzip' where the reader takes it, brotli first; otherwise ''."""
    taken = set()
    for part in accepted.lower().split(","):
        name, _semicolon, weight = part.partition(";")
        if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            taken.add(name.strip())
    return next((name for name in ("br", "gzip") if name in taken), "")


def squeeze(body: bytes, encoding: str) -> bytes:
    """The text `body` in an encoding that `chosen_encoding` gave; the same input always gives the same bytes."""
    return _SQUEEZE[encoding](body)


_SQUEEZE: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY, lgwin=BROTLI_WINDOW_BITS),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
    "": lambda body: body,
}
