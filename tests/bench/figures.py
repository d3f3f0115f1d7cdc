"""A measured figure with its reference and target beside it, and how all of them are printed and kept."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One measurement. `target` is the most it may be, or the least where `at_least` is set.

    The target is held against `value`, or against `ratio` where `of_ratio` is set. `ratio` is always value / reference.
    """

    name: str
    value: float
    unit: str
    reference: float | None = None
    reference_is: str = ""
    target: float | None = None
    at_least: bool = False
    of_ratio: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.value / self.reference if self.reference else None

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None where there is none to reach."""
        found = self.ratio if self.of_ratio else self.value
        if self.target is None or found is None:
            return None
        return found >= self.target if self.at_least else found <= self.target

    def as_json(self) -> dict[str, object]:
        return {
            "figure": self.value,
            "unit": self.unit,
            "reference": self.reference,
            "reference_is": self.reference_is,
            "ratio": self.ratio,
            "target": self.target_words,
            "met": self.met,
            "note": self.note,
        }

    @property
    def target_words(self) -> str:
        if self.target is None:
            return ""
        return f"{'≥' if self.at_least else '≤'} {self.target:g}{' × reference' if self.of_ratio else f' {self.unit}'}"


HEADINGS = ("name", "figure", "reference", "ratio", "target", "met")


def table(figures: Iterable[Figure]) -> str:
    """The figures as lines for a terminal, the notes below."""
    rows = [HEADINGS, *(_row(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    notes = [f"{figure.name}: {figure.note}" for figure in figures if figure.note]
    return "\n".join([*lines, "", *notes] if notes else lines)


def _row(figure: Figure) -> tuple[str, ...]:
    reference = f"{figure.reference:,.4g} {figure.unit}, {figure.reference_is}" if figure.reference else ""
    ratio = f"{figure.ratio:,.3g}" if figure.ratio is not None else ""
    met = {True: "yes", False: "NO", None: ""}[figure.met]
    return figure.name, f"{figure.value:,.4g} {figure.unit}", reference, ratio, figure.target_words, met


def write_json(figures: Iterable[Figure], path: Path) -> None:
    path.write_text(json.dumps({f.name: f.as_json() for f in figures}, indent=1, ensure_ascii=False) + "\n")
