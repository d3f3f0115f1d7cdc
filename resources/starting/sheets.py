"""Reading the sheets: what stands on top of each, and its text with the network's numbers in it."""

from dataclasses import dataclass, fields
from pathlib import Path
from string import Template

from network.rules import Limits
from resources.states import Audience, ResourceKind

FOLDER = Path(__file__).parent
# The library's first headings, in order, with their names in Welsh.
CATEGORIES = {
    "day": ("On the day", "Ar y diwrnod"),
    "welfare": ("Your dog’s welfare", "Lles eich ci"),
    "scheme": ("Running a scheme", "Cynnal cynllun"),
    "promotion": ("Promotion", "Hyrwyddo"),
}


@dataclass(frozen=True)
class Sheet:
    """One resource to begin with. `read_within` is in days; None where nobody is asked to read it."""

    title: str
    summary: str
    category: str
    audience: str
    kind: str
    read_within: int | None
    markdown: str


def starting_sheets(limits: Limits) -> list[Sheet]:
    """All of them, by file name. A number that the text asks for and the network has not raises `KeyError`."""
    return [read_sheet(path.read_text(encoding="utf-8"), limits) for path in sorted(FOLDER.glob("*.md"))]


def read_sheet(text: str, limits: Limits) -> Sheet:
    """'name: value' lines, an empty line, and the text. `$name` in the text is one of the network's numbers."""
    card, _empty, body = text.partition("\n\n")
    said = dict(line.split(": ", 1) for line in card.splitlines())
    return Sheet(
        title=said["title"],
        summary=said["summary"],
        category=said["category"],
        audience=Audience(said["audience"]),
        kind=ResourceKind(said.get("kind", "file")),
        read_within=int(said["read within"]) if "read within" in said else None,
        markdown=Template(body).substitute(numbers(limits)),
    )


def numbers(limits: Limits) -> dict[str, str]:
    """The network's numbers by name, as a sentence says them."""
    said = {field.name: f"{getattr(limits, field.name):,}" for field in fields(limits)}
    return {**said, "travel_stop": _hours(limits.travel_stop_hours), "sessions": str(limits.sessions_a_week)}


def _hours(hours: int) -> str:
    return "hour" if hours == 1 else f"{hours} hours"
