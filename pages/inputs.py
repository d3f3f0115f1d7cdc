"""What people type, as values: made by forms, taken by actions."""

from dataclasses import dataclass

from accounts.models import Force
from pages.states import Audience


@dataclass(frozen=True)
class Words:
    """A text in both languages. Without a Welsh body there is no Welsh."""

    title_en: str
    body_en: str
    title_cy: str = ""
    body_cy: str = ""


@dataclass(frozen=True)
class Placing:
    """Where an answer stands among the others, and who reads a piece of news."""

    group: str = ""
    place: int = 0
    audience: str = Audience.PUBLIC


@dataclass(frozen=True)
class NewEnquiry:
    """What somebody types who wants to start, to join, or to know. `language` is that of the page they wrote on."""

    kind: str
    name: str
    organisation: Force | None
    organisation_name: str
    email: str
    telephone: str
    wish: str
    language: str
