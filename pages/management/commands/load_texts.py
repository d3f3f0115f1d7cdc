"""`manage.py load_texts`: the site's first texts, from pages/texts. What is there already stays in its own words."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from core.tenancy import system_scope
from pages.actions.texts import add_first_text
from pages.files import read_words
from pages.inputs import Placing, Words
from pages.states import Kind

TEXTS = Path(__file__).resolve().parents[2] / "texts"


class Command(BaseCommand):
    help = "Load the site's first texts; those that are there already are left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        with system_scope():
            added = [
                add_first_text(kind=kind, slug=slug, words=words, placing=placing, now=now)
                for kind, slug, words, placing in first_texts()
            ]
        self.stdout.write(f"{sum(added)} of {len(added)} texts are new")


def first_texts() -> Iterator[tuple[Kind, str, Words, Placing]]:
    """A page is named by its slug; an answer by its part, its place and its slug: `visits-10-allergies.en.md`."""
    for path in sorted(TEXTS.glob("*.en.md")):
        yield Kind.PAGE, path.name.split(".")[0], read_words(path), Placing()
    for path in sorted((TEXTS / "questions").glob("*.en.md")):
        group, place, slug = path.name.split(".")[0].split("-", 2)
        yield Kind.QUESTION, slug, read_words(path), Placing(group=group, place=int(place))
