"""Every picture parses, is the same each time, and takes no word that it does not know."""

from itertools import product
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from dogs.portrait import (
    BLANKETS,
    COATS,
    EARS,
    FRAMES,
    HEADS,
    MOODS,
    Words,
    address_for,
    blanket_for,
    head_for,
    picture,
    read_words,
    words_for,
)


@pytest.mark.parametrize("head", HEADS)
def test_every_head_in_every_coat_parses(head: str) -> None:
    for coat in COATS:
        drawing = picture(Words(head, coat, "drop"))
        ElementTree.fromstring(drawing)  # noqa: S314  (our own drawing)
        assert drawing == picture(Words(head, coat, "drop"))
        assert b"None" not in drawing
        assert b"nan" not in drawing


@pytest.mark.parametrize(("ears", "mood", "frame"), list(product(EARS, MOODS, FRAMES))[::7])
def test_ears_moods_and_frames_parse_and_have_unique_ids(ears: str, mood: str, frame: str) -> None:
    root = ElementTree.fromstring(picture(Words("terrier", "white-patch", ears, "none", mood, frame)))  # noqa: S314
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_words_survive_the_way_through_an_address() -> None:
    for words in (
        Words("labrador", "fox-red", "long-wavy"),
        Words("mixed", "black-white", "one-up", "none", "happy", "wall"),
    ):
        assert read_words(str(words)) == words


@pytest.mark.parametrize(
    "text", ["", "labrador", "cat-black-drop-ball-soft-card", "labrador-black-drop-ball-soft-card-x", "../etc"]
)
def test_unknown_words_are_refused(text: str) -> None:
    assert read_words(text) is None


def test_a_title_is_escaped() -> None:
    drawing = picture(Words("labrador", "black", "drop"), title="</title><script>Bramble & Dan")
    assert b"<script>" not in drawing
    assert b"&lt;script&gt;Bramble &amp; Dan" in drawing


@pytest.mark.parametrize(
    ("breed", "head"),
    [
        ("Chocolate labrador", "labrador"), ("Golden Retriever", "golden"), ("Cocker spaniel", "spaniel"),
        ("Cockapoo", "poodle"), ("Labradoodle", "poodle"), ("German shepherd", "shepherd"), ("Border collie", "collie"),
        ("Australian Shepherd", "collie"), ("Border terrier", "terrier"), ("Whippet cross", "greyhound"),
        ("French bulldog", "bulldog"), ("Miniature dachshund", "dachshund"), ("Newfoundland", "newfoundland"),
        ("Something else", "mixed"), ("", "mixed"),
    ],
)  # fmt: skip
def test_a_breed_in_free_text_finds_its_head(breed: str, head: str) -> None:
    assert head_for(breed) == head


def test_a_dog_and_its_profile_look_alike() -> None:
    dog = SimpleNamespace(id=7, breed="Black labrador", coat="black", ears="drop")
    profile = {"id": 99, "dog_id": 7, "breed": "Black labrador", "head": "labrador", "coat": "black", "ears": "drop"}
    assert words_for(dog) == words_for(profile)
    assert blanket_for(dog) == blanket_for(profile)
    assert blanket_for(dog) in BLANKETS


def test_missing_and_unknown_words_get_a_natural_look() -> None:
    words = words_for(SimpleNamespace(id=7, breed="Springer", coat="tartan", ears=""))
    assert words.head == "spaniel"
    assert words.coat in COATS
    assert words.ears == "long-wavy"
    assert read_words(address_for(SimpleNamespace(id=7, breed="?")).removeprefix("/portraits/").removesuffix(".svg"))


def test_a_coat_named_in_the_breed_is_drawn() -> None:
    assert words_for({"id": 1, "breed": "Fox red labrador"}).coat == "fox-red"
