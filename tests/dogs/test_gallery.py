"""Which dogs fit a wish: search that forgives spelling, filters, near me, pages, and what may not be found."""

from collections.abc import Iterator
from contextlib import closing
from importlib import import_module

import environ
import psycopg2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.tenancy import scope, system_scope
from dogs.faces import face_of
from dogs.gallery import PAGE_SIZE, Gallery, Wish, neighbours_of, open_gallery
from dogs.models import Profile, SearchWord
from tests.dogs.conftest import Publish


@pytest.fixture
def dogs(publish: Publish) -> Publish:
    publish("Biscuit", breed="Golden retriever")
    publish("Pickle", breed="Border terrier", force="south")
    publish("Élan", breed="Labrador")
    return publish


@pytest.fixture
def visitor(dogs: Publish) -> Iterator[None]:
    with scope():
        yield


def names(gallery: Gallery) -> list[str]:
    return [card.face.name for card in gallery.cards]


@pytest.mark.usefixtures("visitor")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("biscuit", ["Biscuit"]),
        ("bisket", ["Biscuit"]),
        ("PICKEL", ["Pickle"]),
        ("elan", ["Élan"]),
        ("labrodor", ["Élan"]),
        ("golden retreiver", ["Biscuit"]),
        ("ailan", []),
        ("eaal", ["Élan"]),
        ("pckle", ["Pickle"]),
        ("terrier southshire", ["Pickle"]),
        ("terrier northshire", []),
        ("zzzzzz", []),
        ("🐶", []),
        ("%_'\"; drop table", []),
    ],
)
def test_search_forgives_spelling(typed: str, found: list[str]) -> None:
    gallery = open_gallery(Wish(q=typed))
    assert (names(gallery), gallery.total) == (found, len(found))


@pytest.mark.usefixtures("visitor")
def test_a_force_is_found_by_its_name() -> None:
    assert names(open_gallery(Wish(q="northshre"))) == ["Biscuit", "Élan"]


def test_a_force_that_a_handler_does_not_show_finds_nobody(dogs: Publish) -> None:
    dogs("Shy", parts=[])
    with scope():
        everybody = open_gallery(Wish())
        assert "Shy" in names(everybody)
        assert everybody.total == 4
        assert sum(spot.dogs for spot in everybody.spots) == 3
        for wish in (Wish(q="northshire"), Wish(force="northshire"), Wish(region="North"), Wish(service="police")):
            assert "Shy" not in names(open_gallery(wish)), wish
        assert names(open_gallery(Wish(q="shy"))) == ["Shy"]
        assert names(open_gallery(Wish(q="shy", region="North"))) == []


def test_who_is_not_published_is_not_found(dogs: Publish) -> None:
    dogs("Secret", published=False)
    dogs("Bear", is_tribute=True)
    with scope():
        assert names(open_gallery(Wish(q="secret"))) == []
        assert names(open_gallery(Wish(q="bear"))) == []
        assert names(open_gallery(Wish(q="bear", show="remembered"))) == ["Bear"]
    with system_scope():
        assert names(open_gallery(Wish(q="secret"))) == []
        assert not SearchWord.objects.filter(word="secret").exists()


def test_words_are_known_from_the_publication_on(publish: Publish) -> None:
    profile = publish("Waffle", published=False)
    with system_scope():
        assert not SearchWord.objects.filter(word="waffle").exists()
        Profile.objects.filter(pk=profile.pk).update(
            published_at=profile.consent_at, published_by=profile.consent_by_id
        )
        assert SearchWord.objects.filter(word="waffle").exists()


@pytest.mark.usefixtures("visitor")
@pytest.mark.parametrize(
    ("wish", "found"),
    [
        (Wish(region="North"), ["Biscuit", "Élan"]),
        (Wish(force="southshire"), ["Pickle"]),
        (Wish(service="police"), ["Biscuit", "Pickle", "Élan"]),
        (Wish(region="South", force="northshire"), ["Pickle"]),
        (Wish(region="Nowhere", force="none", service="circus"), ["Biscuit", "Pickle", "Élan"]),
        (Wish(q="labrador", region="South"), []),
    ],
)
def test_filters_narrow_and_unknown_ones_are_left_out(wish: Wish, found: list[str]) -> None:
    gallery = open_gallery(wish)
    assert sorted(names(gallery)) == sorted(found)
    assert gallery.total == len(found)
    assert gallery.wish.query in (wish.query, "", "region=South")


@pytest.mark.usefixtures("visitor")
def test_near_me_puts_the_nearest_first_and_says_how_far() -> None:
    gallery = open_gallery(Wish(near="S1"), where=(51.0, -1.0))
    assert names(gallery) == ["Pickle", "Biscuit", "Élan"]
    miles = [card.miles or 0 for card in gallery.cards]
    assert miles == sorted(miles)
    assert names(open_gallery(Wish(q="retriever labrador terrier", near="S1"), where=(51.0, -1.0))) == []


def test_pages_hold_24_and_one_that_is_not_there_gives_way(publish: Publish) -> None:
    for number in range(PAGE_SIZE + 2):
        publish(f"Rex{number:02}", breed="Poodle")
    with scope():
        for wish in (Wish(), Wish(q="poodle")):
            first, second = open_gallery(wish), open_gallery(wish.but(page=2))
            assert (len(first.cards), first.left, first.pages) == (PAGE_SIZE, 2, 2)
            assert (len(second.cards), second.left) == (2, 0)
            assert not set(names(first)) & set(names(second))
            assert open_gallery(wish.but(page=99)).wish.page == 1


@pytest.mark.parametrize("wish", [Wish(), Wish(q="poodle"), Wish(q="poodle", region="North", page=2)])
def test_a_page_asks_at_most_three_questions_whatever_the_number(publish: Publish, wish: Wish) -> None:
    for number in range(PAGE_SIZE * 2):
        publish(f"Rex{number:02}", breed="Poodle", trick="Naps")
    with scope(), CaptureQueriesContext(connection) as asked:
        open_gallery(wish)
    assert len(asked) <= 3


def test_a_query_has_one_spelling() -> None:
    wish = Wish(
        q="a b", region="South West", force="x", service="fire", near="S1", show="remembered", view="map", page=3
    )
    assert wish.query == "q=a+b&region=South+West&force=x&service=fire&near=S1&show=remembered&view=map&page=3"
    assert Wish().query == ""
    assert wish.but(q="").page == 1


def test_neighbours_work_in_the_same_region_the_own_force_first(dogs: Publish, cast: object) -> None:
    dogs("Ally", force="host")
    dogs("Bear", is_tribute=True)
    with scope():
        face = face_of("biscuit")
        assert face
        assert [dog.name for dog in neighbours_of(face, 6)] == ["Élan", "Ally"]


def test_the_finder_runs_as_the_owner_and_gives_away_published_dogs_only(dogs: Publish) -> None:
    """`dogs_find` passes the wall; whatever it is asked, it names no dog that is not published."""
    secret = dogs("Biscuits", published=False)
    with scope(), connection.cursor() as cursor:
        cursor.execute("select profile_id from dogs_find('biscuits', null, false, false, 0, 1000)")
        assert secret.pk not in {key for (key,) in cursor.fetchall()}
        cursor.execute("select profile_id from dogs_find('northshire', null, false, false, 0, 1000)")
        assert secret.pk not in {key for (key,) in cursor.fetchall()}


@pytest.mark.django_db
def test_the_search_is_renewed_where_nobody_has_searched_since_the_server_began() -> None:
    """A session that has not used the extension yet may not set its parameter: so begins an update of a network."""
    owner = environ.Env().db_url("OWNER_DATABASE_URL") | {"NAME": connection.settings_dict["NAME"]}
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    fresh = psycopg2.connect(**{names[name]: value for name, value in owner.items() if name in names and value})
    with closing(fresh), fresh.cursor() as cursor:
        for step in import_module("dogs.migrations.0024_search_by_force").Migration.operations:
            cursor.execute(step.sql)
        fresh.rollback()
