"""Lifecycles: one table of allowed moves, checked by the action and again by the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

import pgtrigger
from django.utils.translation import gettext as _


class Refused(Exception):  # noqa: N818  (it is an answer to a person, not a fault)
    """An action that the rules don't allow now. `str()` is one sentence that the person who asked can read.

    `field` names the form field it concerns, where it concerns one.
    """

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Lifecycle:
    """The moves of one kind of thing: from each state, the states that it may go to."""

    noun: str
    moves: Mapping[str, tuple[str, ...]]

    def check(self, current: str, wanted: str, *, thing: str) -> None:
        """Raise `Refused` unless `current` → `wanted` is a move of this lifecycle."""
        if wanted not in self.moves.get(current, ()):
            raise Refused(
                _("%(thing)s is %(current)s, so it can't become %(wanted)s now. Somebody may have been quicker.")
                % {"thing": thing, "current": self._said(current), "wanted": self._said(wanted)}
            )

    def _said(self, state: str) -> str:
        """The state inside a sentence, in the reader's language."""
        known = next((one for one in chain(self.moves, *self.moves.values()) if one == state), state)
        return str(getattr(known, "label", state.replace("_", " "))).lower()

    def trigger(self, field: str = "status") -> pgtrigger.FSM:
        """The database's own refusal of any other move."""
        pairs = [(start, end) for start, ends in self.moves.items() for end in ends]
        return pgtrigger.FSM(name=f"{self.noun}_{field}_moves", field=field, transitions=pairs)
