"""The site's first texts: complete in both languages, and never written over."""

from datetime import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from core.markdown import to_html
from core.tenancy import system_scope
from pages.actions.texts import save_text
from pages.management.commands.load_texts import first_texts
from pages.models import Text
from tests.conftest import Cast
from tests.factories.pages import PAGES, words

WORDS_OF_THE_LAW = {
    "accessibility": (
        "2018",
        "partially compliant",
        "Equality and Human Rights Commission",
        "EASS",
        "24 November 2026",
    ),
    "privacy": ("UK GDPR", "data protection officer", "article 6(1)(e)", "one year", "Information Commissioner"),
    "cookies": ("sessionid", "lasthere", "csrftoken", "PECR", "three days"),
}


def load() -> str:
    out = StringIO()
    call_command("load_texts", stdout=out)
    return out.getvalue().strip()


@pytest.mark.django_db
def test_loading_again_leaves_what_coordinators_wrote(cast: Cast, now: datetime) -> None:
    total = len(list(first_texts()))
    assert load() == f"{total} of {total} texts are new"
    with system_scope():
        page = Text.objects.get(kind="page", slug="privacy")
        save_text(
            text=page, words=words("Privacy", "Ours."), placing=page.placing, opened=1, note="Ours.",
            by=cast.coordinator, now=now,
        )  # fmt: skip
        assert load() == f"0 of {total} texts are new"
        assert Text.objects.get(pk=page.pk).body_en == "Ours."
        assert Text.objects.filter(published_at=None).count() == 0


def test_every_text_is_there_in_both_languages_and_fits_its_fields() -> None:
    found = {(kind, slug): found for kind, slug, found, _placing in first_texts()}
    assert {slug for kind, slug in found if kind == "page"} == set(PAGES)
    assert sum(kind == "question" for kind, _slug in found) > 12
    for name, text in found.items():
        assert text.title_cy, name
        assert text.body_cy, name
        assert max(len(text.title_en), len(text.title_cy)) <= 120, name
        assert max(len(text.body_en), len(text.body_cy)) <= 20_000, name
        assert "!" not in text.body_en + text.title_en, name


def test_every_link_in_them_leads_to_a_page_in_the_same_language() -> None:
    addresses = {}
    for language in ("en-gb", "cy"):
        with translation.override(language):
            names = ("home", "dog_list", "question_list", "support", "join", "contact", "privacy", "cookies")
            addresses[language] = {reverse(name) for name in names}
    for _kind, slug, text, _placing in first_texts():
        for language, body in (("en-gb", text.body_en), ("cy", text.body_cy)):
            links = [part.split('"')[0] for part in str(to_html(body)).split('href="')[1:]]
            assert not {link for link in links if link.startswith("/")} - addresses[language], (slug, language)


@pytest.mark.django_db
@pytest.mark.parametrize("slug", WORDS_OF_THE_LAW)
def test_the_pages_that_the_law_asks_for_say_what_it_asks(slug: str, client: Client) -> None:
    load()
    page = client.get(reverse(slug)).content.decode()
    for said in WORDS_OF_THE_LAW[slug]:
        assert said in page, said
