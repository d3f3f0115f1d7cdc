"""Pounds and pence: typed by people, shown to people. Pure."""

import re

_TYPED = re.compile(r"^£?\s*(\d{1,3}(?:,?\d{3})*|\d+)(?:\.(\d{1,2}))?\s*$")


def read_pence(text: str) -> int | None:
    """'72.50', '£1,072', '72.5' as pence; None when it is no amount."""
    found = _TYPED.match(text.strip()) if text.isascii() or "£" in text else None
    if not found or len(found[1]) > 9:
        return None
    return int(found[1].replace(",", "")) * 100 + int((found[2] or "0").ljust(2, "0"))


def said_pounds(pence: int) -> str:
    """'£1,072.50'."""
    return f"£{pence // 100:,}.{pence % 100:02d}"
