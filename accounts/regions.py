"""The mutual-aid regions by the names that people read. Reference data keeps the English names as keys."""

from django.utils.translation import gettext_lazy as _

REGIONS = {
    "East Midlands": _("East Midlands"),
    "Eastern": _("Eastern"),
    "London": _("London"),
    "National": _("Across the United Kingdom"),
    "North East": _("North East"),
    "North West": _("North West"),
    "Northern Ireland": _("Northern Ireland"),
    "Scotland": _("Scotland"),
    "South East": _("South East"),
    "South West": _("South West"),
    "Wales": _("Wales"),
    "West Midlands": _("West Midlands"),
}


def region_words(name: str) -> str:
    """'De-orllewin Lloegr' in Welsh; a region that is not known keeps its name."""
    return str(REGIONS.get(name, name))
