"""The invented network of the demonstration: people, dogs and papers that are nobody's, in forces that are real."""

from pathlib import Path


def words(name: str) -> tuple[str, ...]:
    """The words of a list, in its order."""
    return tuple((Path(__file__).parent / "words" / f"{name}.txt").read_text().split())
