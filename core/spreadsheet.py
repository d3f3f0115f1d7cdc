"""Tables to take away: CSV that a spreadsheet opens as it was meant, and never as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

# What a spreadsheet may take for the start of a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # also in full width


def defused(cell: object) -> str:
    """The cell's text, with an apostrophe before it where a spreadsheet would run it."""
    text = str(cell)
    return f"'{text}" if text.lstrip(" \n").startswith(_FORMULA) and not isinstance(cell, (int, float)) else text


def csv_response(name: str, header: Sequence[object], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """The rows as a file called `name`. With a byte order mark: without it Excel reads é and ŵ as something else."""
    target = io.StringIO()
    target.write("\ufeff")
    writer = csv.writer(target)
    for row in (header, *rows):
        writer.writerow([defused(cell) for cell in row])
    return HttpResponse(
        target.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.csv"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
