"""Finding in the library: whole words first, then the nearest words for those who misspell; where each was found."""

import re
from difflib import get_close_matches
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank, SearchVectorField
from django.db import connection
from django.db.models import Exists, F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, Concat

from core.typed import tidy_line
from resources.models import Resource

MOST_TYPED = 200
# How alike two words must be, from 0 to 1, to be taken for one another (difflib's ratio: letters in the same order).
ALIKE = 0.74
MAY_STAND_FOR = 3
# How alike they must be to be looked at so closely at all (pg_trgm's similarity), and by how many letters they may
# differ in length: two letters changed for one another share few trigrams, in a library of any size.
WORTH_A_LOOK, LETTERS_APART = 0.1, 2
# Letters that no kept text holds stand around a hit, so that a page escapes the text and draws the marks itself.
START, STOP = "\x02", "\x03"

# The words of the given resources that look a little like each typed word: reads no table that the reader's rows don't
# name.
LIKELY = """
select distinct typed.word, kept.word from
  unnest(tsvector_to_array(to_tsvector('english', %s))) typed(word),
  (select distinct found.word from resources_resource r left join resources_version v on v.id = r.current_id,
    unnest(tsvector_to_array(r.search || coalesce(v.search, ''::tsvector))) found(word) where r.id = any (%s)) kept
where similarity(kept.word, typed.word) >= %s and abs(length(kept.word) - length(typed.word)) <= %s
order by typed.word, kept.word
"""


class Found(NamedTuple):
    """The rows, best first. `is_near` when nothing has the words as they were typed."""

    rows: QuerySet[Resource]
    is_near: bool = False


class Joined(Func):
    """Two search vectors as one: the words of a title and of its file together may answer."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = SearchVectorField()


class Piece(NamedTuple):
    """A part of a snippet; a hit is what was looked for."""

    text: str
    is_hit: bool


def clean_query(typed: str) -> str:
    return tidy_line(typed.replace("\0", " "))[:MOST_TYPED]


def find(rows: QuerySet[Resource], typed: str) -> Found:
    """The rows that have the words in title, summary, file or page."""
    query = SearchQuery(typed, search_type="websearch", config="english")
    exact = _matching(rows, query)
    if exact.exists():
        return Found(exact)
    likely = [" | ".join(map(_quoted, words)) for words in _nearest(rows, typed)]
    if not likely:
        return Found(exact)
    near = _matching(rows, _raw(" | ".join(likely)))
    if len(likely) > 1:  # those that have all of the words, if any has
        every = _having(rows, _raw(" & ".join(f"({words})" for words in likely)))
        near = near.filter(Q(pk__in=every.values("pk")) | ~Exists(every))
    return Found(near, is_near=True)


def _raw(query: str) -> SearchQuery:
    return SearchQuery(query, search_type="raw", config="simple")


def _quoted(word: str) -> str:
    return "'{}'".format(word.replace("\\", "\\\\").replace("'", "''"))


def _matching(rows: QuerySet[Resource], query: SearchQuery) -> QuerySet[Resource]:
    empty, line_end = Value("", output_field=TextField()), Value("\n", output_field=TextField())
    words = Concat("summary", line_end, Coalesce("current__words", empty))
    snippet = SearchHeadline(
        words, query, config="english", start_sel=START, stop_sel=STOP, max_words=28, min_words=12,
        max_fragments=2, fragment_delimiter=" … ",
    )  # fmt: skip
    return (
        _having(rows, query)
        .annotate(rank=SearchRank(F("whole"), query), snippet=snippet)
        .order_by("-rank", "title", "pk")
    )


def _having(rows: QuerySet[Resource], query: SearchQuery) -> QuerySet[Resource]:
    nothing = Value("", output_field=SearchVectorField())
    return rows.annotate(whole=Joined("search", Coalesce("current__search", nothing))).filter(whole=query)


def _nearest(rows: QuerySet[Resource], typed: str) -> list[list[str]]:
    """For each typed word that has any, the words in these rows that it may stand for: itself, or the nearest few."""
    keys = list(rows.order_by().values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(LIKELY, [typed, keys, WORTH_A_LOOK, LETTERS_APART])
        likely = [(str(word), str(kept)) for word, kept in cursor.fetchall()]
    nearest = {
        word: get_close_matches(word, [kept for _word, kept in pairs], n=MAY_STAND_FOR, cutoff=ALIKE)
        for word, pairs in groupby(likely, key=itemgetter(0))
    }
    return [[word] if word in found else found for word, found in nearest.items() if found]


def pieces(snippet: str) -> list[Piece]:
    """The snippet in parts, as plain text: the page escapes each and marks the hits."""
    parts = re.split(f"{START}([^{STOP}]*){STOP}", snippet)
    plain = (part.replace(START, "").replace(STOP, "") for part in parts)
    return [Piece(text, number % 2 == 1) for number, text in enumerate(plain) if text]
