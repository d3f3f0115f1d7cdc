"""Finding: whole words, nearest words, words inside files, and snippets that are text and nothing else."""

from datetime import datetime
from typing import Any

import pytest

from core.tenancy import scope
from resources.models import Resource
from resources.queries import shelf
from resources.search import Found, Piece, clean_query, find, pieces
from tests.conftest import Cast
from tests.factories.resources import make_resource


@pytest.fixture
def library(cast: Cast, now: datetime) -> Cast:
    made: dict[str, Any] = {"by": cast.coordinator, "now": now}
    make_resource(
        "Kit list", file="a.pdf", words="Lead, collar and a vaccination book.\nWater for the journey.", **made
    )
    make_resource("Phobias and allergies", markdown="x", words="Ask before every visit who is afraid of dogs.", **made)
    make_resource("For leads", audience="leads", markdown="x", words="Vaccinations and budgets of a scheme.", **made)
    return cast


def found(cast: Cast, typed: str, who: str = "north_handler") -> tuple[list[str], bool]:
    user = getattr(cast, who)
    with scope(user=user.pk):
        result: Found = find(shelf(user.pk), typed)
        return [row.title for row in result.rows], result.is_near


def test_words_inside_a_file_are_found_in_any_form(library: Cast) -> None:
    assert found(library, "vaccinations") == (["Kit list"], False)
    assert found(library, "journeys water") == (["Kit list"], False)


def test_a_title_and_its_file_answer_together(library: Cast) -> None:
    assert found(library, "kit vaccination") == (["Kit list"], False)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("vacination", "Kit list"), ("alergies", "Phobias and allergies"), ("collra", "Kit list"),
        ("watre", "Kit list"), ("jounrey watr", "Kit list"), ("phobais", "Phobias and allergies"),
    ],
)  # fmt: skip
def test_spelling_is_forgiven(library: Cast, typed: str, title: str) -> None:
    assert found(library, typed) == ([title], True)


def test_of_several_words_that_are_as_near_the_one_that_goes_with_the_others_counts(cast: Cast, now: datetime) -> None:
    for title, words in (("Hot weather", "Shade."), ("Whether to go", "Together."), ("Wethers", "Sheep.")):
        make_resource(title, markdown="x", words=words, by=cast.coordinator, now=now)
    assert found(cast, "hot whather")[0] == ["Hot weather"]
    assert found(cast, "shade whathr")[0] == ["Hot weather"]
    assert set(found(cast, "sheeep hott")[0]) == {"Wethers", "Hot weather"}  # no page has both


def test_nothing_is_found_for_what_is_nowhere(library: Cast) -> None:
    for typed in ("xylophone", "the", "''", "& | ! ( ) : *", "\\'\\", "<script>"):
        assert found(library, typed) == ([], False), typed


def test_another_audiences_words_are_neither_found_nor_near(library: Cast) -> None:
    assert found(library, "budgets") == ([], False)
    assert found(library, "budgests") == ([], False)
    assert found(library, "budgests", "north_lead") == (["For leads"], True)


def test_the_hit_is_marked_in_its_surroundings(library: Cast) -> None:
    with scope(user=library.north_handler.pk):
        for typed in ("vaccination", "vacination"):
            row: Any = find(shelf(library.north_handler.pk), typed).rows[0]
            assert Piece("vaccination", True) in pieces(row.snippet)
            assert "Lead, collar" in "".join(piece.text for piece in pieces(row.snippet))


def test_markup_in_a_file_stays_text(cast: Cast, now: datetime) -> None:
    words = "<script>alert(1)</script> before the collar <b>goes</b> \x02on\x03"
    make_resource("Odd", file="a.pdf", words=words, by=cast.coordinator, now=now)
    with scope(user=cast.north_handler.pk):
        row: Any = find(shelf(cast.north_handler.pk), "collar").rows[0]
    assert "".join(piece.text for piece in pieces(row.snippet)).count("\x02") == 0
    assert [piece.text for piece in pieces(row.snippet) if piece.is_hit and piece.text != "on"] == ["collar"]


def test_what_is_typed_is_tidied_before_it_is_looked_for() -> None:
    assert clean_query("  kit\u200b \x00 list\u202e ") == "kit list"
    assert len(clean_query("a" * 5000)) == 200


def test_titles_come_before_words_inside(cast: Cast, now: datetime) -> None:
    make_resource("Another", file="a.pdf", words="A harness.", by=cast.coordinator, now=now)
    make_resource("Harness", file="a.pdf", words="Something.", by=cast.coordinator, now=now)
    assert found(cast, "harness")[0] == ["Harness", "Another"]
    with scope(user=cast.coordinator.pk, national=True):
        assert Resource.objects.count() == 2
