"""How two versions of a text differ, part by part. Pure: two texts in, kept, added and removed parts out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

KEPT, ADDED, REMOVED = "kept", "added", "removed"
_WORD = re.compile(r"\s*\S+\s*")
# Beyond so many words a changed passage is shown as removed and added: comparing each word would take too long.
_MOST_WORDS = 400


@dataclass(frozen=True)
class Part:
    """A run of text that was kept, added or removed."""

    kind: str
    text: str


@dataclass(frozen=True)
class Line:
    """A line of the text, in parts; `changed` when there is more in it than what was kept."""

    parts: tuple[Part, ...]

    @property
    def changed(self) -> bool:
        return any(part.kind != KEPT for part in self.parts)


def difference(before: str, after: str) -> list[Line]:
    """Both texts as one, line by line, with what was removed and added marked at the word."""
    old, new = before.splitlines(), after.splitlines()
    lines: list[Line] = []
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            lines += [Line((Part(KEPT, line),)) for line in old[i:j]]
        elif what == "replace" and j - i == m - k:
            lines += [_line(a, b) for a, b in zip(old[i:j], new[k:m], strict=True)]
        else:
            lines += [Line((Part(REMOVED, line),)) for line in old[i:j] if line]
            lines += [Line((Part(ADDED, line),)) for line in new[k:m] if line]
    return lines


def shortened(lines: list[Line], *, around: int = 1) -> list[Line | None]:
    """Only the lines near a change; None stands where others were left out."""
    near = {n + step for n, line in enumerate(lines) if line.changed for step in range(-around, around + 1)}
    shown: list[Line | None] = []
    for number, line in enumerate(lines):
        if number in near:
            shown.append(line)
        elif not shown or shown[-1] is not None:
            shown.append(None)
    return shown


def _line(before: str, after: str) -> Line:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > _MOST_WORDS:
        return Line((Part(REMOVED, before), Part(ADDED, after)))
    return Line(tuple(_word_parts(old, new)))


def _word_parts(old: list[str], new: list[str]) -> Iterator[Part]:
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Part(KEPT, "".join(old[i:j]))
            continue
        if j > i:
            yield Part(REMOVED, "".join(old[i:j]))
        if m > k:
            yield Part(ADDED, "".join(new[k:m]))
