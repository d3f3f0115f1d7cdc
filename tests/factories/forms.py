"""What a browser sends of fields that have several boxes."""

from datetime import date


def typed_day(name: str, on: date) -> dict[str, str]:
    """A day in its three boxes."""
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}
