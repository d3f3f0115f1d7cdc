"""What a browser sends of fields that have several boxes."""

from datetime import date, datetime

from django.utils.timezone import localtime


def typed_day(name: str, on: date) -> dict[str, str]:
    """A day in its three boxes."""
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def typed_moment(name: str, at: datetime) -> dict[str, str]:
    """A day and a time in their four boxes, as London's clock has them."""
    at = localtime(at)
    return {**typed_day(name, at.date()), f"{name}_time": f"{at:%H:%M}"}
