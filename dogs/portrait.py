"""How a dog is drawn: from its breed and coat to words, from words to an address, from an address to a picture."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2s
from html import escape
from typing import Any

from dogs.drawing import KIT, Likeness, draw

HEADS: tuple[str, ...] = tuple(KIT["heads"])
COATS: tuple[str, ...] = tuple(KIT["coats"])
EARS: tuple[str, ...] = (*KIT["ears"], "none")
MOODS = ("soft", "smile", "pant", "alert", "happy")
FRAMES = {"card": "12 2 376 418", "face": "52 44 296 296", "hero": "-24 2 448 418", "wall": "0 0 400 420"}
SIZES = {"card": (376, 418), "face": (296, 296), "hero": (448, 418), "wall": (400, 420)}
BANDANAS = {"ball": "#dcea4e", "lamp": "#2347c5", "tongue": "#ef6f5e", "ink": "#14243d", "none": ""}
BLANKETS = ("sky", "lime", "blush", "mint", "lilac", "biscuit")

# The first word found in a breed as people write it decides; what nobody knows is a mixture.
_BREEDS: tuple[tuple[str, str], ...] = (
    (r"cockapoo|cavapoo|poodle|doodle|poo\b|bichon|water dog|lagotto|curly", "poodle"),
    (r"golden|flat[- ]?coat|hovawart|setter", "golden"),
    (r"spaniel|cocker|springer|cavalier|sprocker|clumber", "spaniel"),
    (r"labrador|\blab\b|retriever|vizsla|weimaraner|pointer|ridgeback", "labrador"),
    (r"collie|sheepdog|kelpie|heeler|aussie|australian shep", "collie"),
    (r"shepherd|alsatian|malinois|malamute|husky|akita|samoyed", "shepherd"),
    (r"terrier|schnauzer|westie|wolfhound|wire", "terrier"),
    (r"greyhound|lurcher|whippet|saluki|deerhound", "greyhound"),
    (r"bulldog|boxer|pug|mastiff|staff|boston", "bulldog"),
    (r"dachshund|basset|beagle|bloodhound|hound|\bteckel\b", "dachshund"),
    (r"newfoundland|bernese|leonberger|st\.? ?bernard|pyrenean|mountain", "newfoundland"),
)
_COATS_OF = {
    "labrador": ("black", "chocolate", "yellow", "fox-red"),
    "golden": ("golden", "cream", "yellow"),
    "spaniel": ("liver-white", "black-white", "black", "fox-red", "golden"),
    "poodle": ("apricot", "chocolate", "white", "black", "cream"),
    "shepherd": ("sable", "black", "black-tan"),
    "collie": ("black-white", "blue-merle", "black-tan", "liver-white"),
    "terrier": ("grizzle", "black-tan", "cream", "white"),
    "greyhound": ("grey", "brindle", "black", "fawn-white"),
    "bulldog": ("fawn-white", "white", "brindle"),
    "dachshund": ("black-tan", "fox-red", "chocolate"),
    "newfoundland": ("black", "chocolate", "black-white"),
    "mixed": ("white-patch", "black-white", "brindle", "golden", "black-tan"),
}
_COAT_WORDS = (
    (r"choc", "chocolate"), (r"fox", "fox-red"), (r"merle", "blue-merle"), (r"brindle", "brindle"),
    (r"apricot", "apricot"), (r"yellow", "yellow"), (r"cream", "cream"), (r"sable", "sable"), (r"grizzle", "grizzle"),
    (r"black (?:and|&) white", "black-white"), (r"black (?:and|&) tan", "black-tan"), (r"liver", "liver-white"),
    (r"black", "black"), (r"white", "white"), (r"gr[ea]y", "grey"),
)  # fmt: skip
_BOWS = ("ball", "lamp", "tongue", "ball")
_WORDS = re.compile(
    "^({})-({})-({})-({})-({})-({})$".format(
        *("|".join(map(re.escape, words)) for words in (HEADS, COATS, EARS, BANDANAS, MOODS, FRAMES))
    )
)


@dataclass(frozen=True)
class Words:
    """The six words that name a picture. The same words always draw the same bytes."""

    head: str
    coat: str
    ears: str
    bandana: str = "ball"
    mood: str = "soft"
    frame: str = "card"

    def __str__(self) -> str:
        return "-".join((self.head, self.coat, self.ears, self.bandana, self.mood, self.frame))


def read_words(text: str) -> Words | None:
    """The words of an address, or None when one of them is unknown."""
    found = _WORDS.match(text)
    return Words(*found.groups()) if found else None


def picture(words: Words, *, title: str = "") -> bytes:
    """The SVG. A title is escaped; without one the picture says nothing and its `alt` must."""
    likeness = Likeness(words.head, words.coat, words.ears, BANDANAS[words.bandana], words.mood)
    body = draw(likeness, paws=words.frame == "wall")
    label = f"<title>{escape(title)}</title>" if title else ""
    width, height = SIZES[words.frame]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{FRAMES[words.frame]}" width="{width}" height="{height}"'
        f' role="img">{label}{body}</svg>'
    ).encode()


def head_for(breed: str) -> str:
    """The head that comes nearest to a breed in free text."""
    text = breed.lower()
    return next((head for pattern, head in _BREEDS if re.search(pattern, text)), "mixed")


def coat_for(breed: str, head: str, identity: object) -> str:
    """A coat named in the breed ("chocolate labrador"), else one natural to the head, always the same for one dog."""
    named = next((coat for pattern, coat in _COAT_WORDS if re.search(pattern, breed.lower())), "")
    return named or _pick(_COATS_OF[head], identity, "coat")


def words_for(dog: object, *, mood: str = "soft", frame: str = "card") -> Words:
    """The picture of a dog, its public profile, or a row with the same names."""
    identity, breed = _identity(dog), str(_of(dog, "breed") or "")
    head = _known(_of(dog, "head"), HEADS) or head_for(breed)
    coat = _known(_of(dog, "coat"), COATS) or coat_for(breed, head, identity)
    ears = _known(_of(dog, "ears"), EARS) or KIT["heads"][head]["ears"]
    return Words(head, coat, ears, _pick(_BOWS, identity, "bandana"), mood, frame)


def address_for(dog: object, *, mood: str = "soft", frame: str = "card") -> str:
    return f"/portraits/{words_for(dog, mood=mood, frame=frame)}.svg"


def blanket_for(dog: object) -> str:
    """The colour behind a dog. It never changes, and is the same on its working and its public pages."""
    return _pick(BLANKETS, _identity(dog), "blanket")


def _identity(dog: object) -> object:
    """What tells dogs apart, whether the dog itself or its profile is at hand."""
    return next((value for name in ("dog_id", "id", "uuid", "name") if (value := _of(dog, name))), "")


def _of(dog: object, name: str) -> Any:
    return dog.get(name) if isinstance(dog, Mapping) else getattr(dog, name, None)


def _known(word: object, words: tuple[str, ...]) -> str:
    return str(word) if word in words else ""


def _pick(choices: tuple[str, ...], identity: object, purpose: str) -> str:
    return choices[blake2s(f"{purpose} {identity}".encode()).digest()[0] % len(choices)]
