"""Texts: versions and undo, two writers at once, Welsh and its review, publishing."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from audit.models import Record
from core.lifecycle import Refused
from core.public_pages import VERSION_KEY
from core.tenancy import scope, system_scope
from pages.actions.texts import (
    ChangedMeanwhile,
    confirm_welsh,
    publish_text,
    restore_version,
    save_text,
    unpublish_text,
    write_text,
)
from pages.inputs import Placing, Words
from pages.models import Text, Version
from pages.states import Kind
from tests.conftest import Cast
from tests.factories.pages import make_answer, make_news, make_page, words

WELSH = Words("Dogs", "They listen.", "Cŵn", "Maen nhw'n gwrando.")


@pytest.fixture
def network(cast: Cast) -> Iterator[Cast]:
    with system_scope():
        yield cast


@pytest.fixture
def page(network: Cast, now: datetime) -> Text:
    return make_page("dogs", now, WELSH)


def save(text: Text, to: Words, cast: Cast, now: datetime, opened: int = 1) -> Text:
    return save_text(
        text=text, words=to, placing=text.placing, opened=opened, note="Clearer.", by=cast.coordinator, now=now
    )


def verbs(text: Text) -> list[str]:
    return list(Record.objects.filter(object_uuid=text.uuid).order_by("pk").values_list("verb", flat=True))


def test_every_save_is_a_version_with_who_when_and_what(page: Text, network: Cast, now: datetime) -> None:
    saved = save(page, words("Dogs", "They sleep."), network, now)
    first, second = Version.objects.filter(text=page).order_by("number")
    assert (first.words, first.saved_by, first.note) == (WELSH, None, "First version")
    assert (second.words, second.saved_by, second.saved_at) == (saved.words, network.coordinator, now)
    assert second.note == "Clearer."
    assert (saved.version, saved.body_en) == (2, "They sleep.")
    assert verbs(page) == ["wrote text", "saved text"]


def test_undo_brings_the_earlier_words_back_as_a_new_version(page: Text, network: Cast, now: datetime) -> None:
    save(page, words("Dogs", "Oh no."), network, now)
    first = Version.objects.get(text=page, number=1)
    text = restore_version(version=first, by=network.coordinator, now=now)
    assert (text.version, text.words) == (3, WELSH)
    assert Version.objects.get(text=page, number=3).note == "Brought back version 1"
    assert Version.objects.get(text=page, number=2).body_en == "Oh no."
    with pytest.raises(Refused, match="stand already"):
        restore_version(version=first, by=network.coordinator, now=now)


def test_the_second_of_two_writers_is_told_who_was_first(page: Text, network: Cast, now: datetime) -> None:
    save(page, words("Dogs", "The first."), network, now)
    with pytest.raises(ChangedMeanwhile, match="Ceri Coordinator saved version 2") as told:
        save(page, words("Dogs", "The second."), network, now)
    assert told.value.standing == 2
    page.refresh_from_db()
    assert page.body_en == "The first."
    assert save(page, words("Dogs", "The second."), network, now, opened=2).version == 3


def test_a_doubled_sending_counts_once(page: Text, network: Cast, now: datetime) -> None:
    twice = [save(page, words("Dogs", "Sent twice."), network, now).version for _ in range(2)]
    assert twice == [2, 2]
    drafts = [make_news(network.coordinator, now, published=False) for _ in range(2)]
    assert drafts[0] == drafts[1]
    assert Version.objects.filter(text=drafts[0]).count() == 1


def test_the_same_words_again_are_no_version(page: Text, network: Cast, now: datetime) -> None:
    with pytest.raises(Refused, match="Nothing is different"):
        save(page, WELSH, network, now)
    assert Version.objects.filter(text=page).count() == 1


def test_a_review_of_the_welsh_stands_until_the_welsh_changes(page: Text, network: Cast, now: datetime) -> None:
    assert page.awaits_review
    text = confirm_welsh(text=page, by=network.coordinator, now=now)
    assert (text.awaits_review, text.welsh_reviewed_by) == (False, network.coordinator)
    with pytest.raises(Refused, match="reviewed already"):
        confirm_welsh(text=page, by=network.coordinator, now=now)
    text = save(text, Words("Dogs", "They do listen.", WELSH.title_cy, WELSH.body_cy), network, now)
    assert not text.awaits_review
    text = save(text, Words("Dogs", "They do listen.", "Cŵn", "Geiriau eraill."), network, now, opened=2)
    assert text.awaits_review
    text = save(text, words("Dogs", "English only."), network, now, opened=3)
    assert not text.awaits_review
    with pytest.raises(Refused, match="no Welsh yet"):
        confirm_welsh(text=text, by=network.coordinator, now=now)


def test_a_draft_is_the_networks_alone_until_it_is_published(network: Cast, now: datetime) -> None:
    text = make_news(network.coordinator, now, published=False)
    with scope(user=network.north_lead.pk):
        assert not Text.objects.exists()
    text = publish_text(text=text, by=network.coordinator, now=now)
    with pytest.raises(Refused, match="published already"):
        publish_text(text=text, by=network.coordinator, now=now)
    with scope():
        assert Text.objects.get().published_at == now
    unpublish_text(text=text, by=network.coordinator, now=now)
    with pytest.raises(Refused, match="is not published"):
        unpublish_text(text=text, by=network.coordinator, now=now)
    assert verbs(text) == ["wrote text", "published text", "unpublished text"]
    with scope():
        assert not Text.objects.exists()


def test_members_news_is_for_people_who_have_signed_in(network: Cast, now: datetime) -> None:
    make_news(network.coordinator, now, audience="members")
    with scope():
        assert not Text.objects.exists()
    with scope(user=network.south_handler.pk):
        assert Text.objects.exists()
        assert not Version.objects.exists()


def test_a_page_of_the_site_stays(page: Text, network: Cast, now: datetime) -> None:
    with pytest.raises(Refused, match="stays"):
        unpublish_text(text=page, by=network.coordinator, now=now)


def test_nobody_else_writes(page: Text, network: Cast, now: datetime) -> None:
    for by in (network.north_lead, network.north_handler, network.assessor):
        for act in (publish_text, unpublish_text, confirm_welsh):
            with pytest.raises(PermissionDenied):
                act(text=page, by=by, now=now)
        with pytest.raises(PermissionDenied):
            write_text(kind=Kind.NEWS, words=words(), placing=Placing(), by=by, now=now)
        with pytest.raises(PermissionDenied):
            restore_version(version=Version.objects.get(text=page), by=by, now=now)


def test_each_title_gets_an_address_of_its_own(network: Cast, now: datetime) -> None:
    titles = ["A new team", "A new team", "🐕", "X" * 120]
    slugs = [make_news(network.coordinator, now, words(title)).slug for title in titles]
    assert slugs == ["a-new-team", "a-new-team-2", "news", "x" * 70]
    assert make_answer(network.coordinator, now, words("A new team")).slug == "a-new-team"


@pytest.mark.parametrize("placing", [{"group": "visits"}, {"audience": "members"}])
def test_a_page_has_no_place_among_answers_and_no_audience(page: Text, network: Cast, placing: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Text.objects.filter(pk=page.pk).update(**placing)


@pytest.mark.django_db(transaction=True)
def test_a_change_renews_the_kept_pages(now: datetime, request: pytest.FixtureRequest) -> None:
    cast = request.getfixturevalue("cast")
    with system_scope():
        page = make_page("dogs", now, WELSH)
    seen = [cache.get(VERSION_KEY)]
    for act in (confirm_welsh, lambda text, by, now: save(text, words("Dogs", "Other."), cast, now)):
        with system_scope():
            act(text=page, by=cast.coordinator, now=now)
        seen.append(cache.get(VERSION_KEY))
    assert len(set(seen)) == 3
