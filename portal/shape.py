"""Rows of several tables in one shape, so that one query reads them all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast

_EMPTY: dict[str, Any] = {
    "day": Cast(Value(None), DateField()),
    "dog": Value(""),
    "place": Value(""),
    "state": Value(""),
    "words": Value(""),
    "number": Value(0),
    "about": Cast(Value(None), BigIntegerField()),
}


@dataclass(frozen=True)
class Row:
    """What it is, its address, day, dog, place, state, words and one number; `about` is the dog's or holder's key."""

    what: str
    key: UUID
    day: date | None
    dog: str
    place: str
    state: str
    words: str
    number: int
    about: int | None


def shaped(rows: QuerySet[Any], what: str, **columns: Any) -> QuerySet[Any, Any]:
    """The rows in the shape that all share.

    A column's name may not be one of the model's own fields, so each begins with `line_`.
    """
    given = {"what": Value(what), "key": F("uuid"), **_EMPTY, **columns}
    return rows.order_by().values(**{f"line_{name}": given[name] for name in sorted(given)})


def together(parts: Iterable[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    first, *others = parts
    return first.union(*others, all=True) if others else first


def row_of(values: dict[str, Any]) -> Row:
    return Row(**{name.removeprefix("line_"): value for name, value in values.items()})
