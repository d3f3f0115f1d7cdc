"""Invented dogs: names, breeds, and coats that the drawing kit can draw."""

from datetime import date, timedelta
from random import Random

from dogs.inputs import NewDog
from portal.demo import words

# The first names of the list go to the largest scheme; the others are shuffled.
NAMES, MALES, KNOWN = words("dogs"), frozenset(words("male-dogs")), 21
# Breed as people write it, and the coats that go with it.
BREEDS = (
    ("Labrador", ("black", "chocolate", "yellow", "fox-red")),
    ("Labrador", ("black", "yellow", "chocolate")),
    ("Golden retriever", ("golden", "cream")),
    ("Flat-coated retriever", ("black",)),
    ("Cocker spaniel", ("golden", "black", "fox-red")),
    ("English springer spaniel", ("liver-white", "black-white")),
    ("Cockapoo", ("apricot", "black", "cream")),
    ("Labradoodle", ("chocolate", "cream", "apricot")),
    ("Miniature poodle", ("white", "black", "apricot")),
    ("German shepherd", ("sable", "black-tan")),
    ("Border collie", ("black-white", "blue-merle")),
    ("Welsh sheepdog", ("black-tan", "liver-white")),
    ("Border terrier", ("grizzle",)),
    ("West Highland terrier", ("white",)),
    ("Greyhound", ("grey", "brindle", "black")),
    ("Whippet", ("fawn-white", "grey")),
    ("Lurcher", ("brindle", "grey")),
    ("British bulldog", ("fawn-white", "white")),
    ("Staffordshire bull terrier", ("brindle", "black")),
    ("Miniature dachshund", ("black-tan", "chocolate")),
    ("Basset hound", ("fox-red", "black-tan")),
    ("Newfoundland", ("black", "chocolate")),
    ("Bernese mountain dog", ("black-tan", "black-white")),
    ("Crossbreed", ("white-patch", "black-white", "brindle", "golden")),
)
ODD_EARS = ("one-up", "fold-over", "prick", "small-drop")


class Kennel:
    """Invents one dog after another."""

    def __init__(self, random: Random, today: date) -> None:
        self._random, self._today, self._number = random, today, 0
        self._names = [*NAMES[:KNOWN], *random.sample(NAMES[KNOWN:], len(NAMES) - KNOWN)]

    def pup(self, *, years: float) -> NewDog:
        """A dog that is about `years` old today. Names come round again once the list is through."""
        breed, coats = self._random.choice(BREEDS)
        name = self._names[self._number % len(self._names)]
        self._number += 1
        return NewDog(
            name=name,
            breed=breed,
            coat=self._random.choice(coats),
            ears=self._random.choice(ODD_EARS) if self._random.random() < 0.08 else "",
            sex="m" if name in MALES else "f",
            born_on=self._today - timedelta(days=int(years * 365.25)),
            microchip=f"97700{self._number:010d}" if self._random.random() < 0.9 else "",
        )
