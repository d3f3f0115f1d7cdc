"""What a coordinator says of a resource, as one value each."""

from dataclasses import dataclass
from datetime import date

from dogs.states import Language
from resources.models import Category


@dataclass(frozen=True)
class Card:
    """How the library lists a resource, and what it is written in. `must_read_by` is None where nobody is asked to."""

    title: str
    summary: str
    category: Category
    audience: str
    must_read_by: date | None = None
    language: str = Language.ENGLISH


@dataclass(frozen=True)
class Content:
    """What one version is: a kept file (a name of `core.files.store_upload`) or a page in Markdown; and its words."""

    file: str = ""
    size: int = 0
    pages: int | None = None
    markdown: str = ""
    words: str = ""


@dataclass(frozen=True)
class Change:
    """Why there is a new version, and by when it must be read again."""

    what_changed: str
    must_read_by: date | None = None
