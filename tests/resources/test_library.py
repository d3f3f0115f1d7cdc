"""Keeping the library: what adding, publishing, renewing and withdrawing do, tell and refuse."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import InternalError, transaction
from django.utils.timezone import localdate

from audit.models import Record
from core.lifecycle import Refused
from core.public_pages import VERSION_KEY
from core.tenancy import scope, system_scope
from notifications.models import Message
from resources.actions.library import (
    add_resource,
    add_version,
    change_resource,
    publish_paper,
    publish_resource,
    withdraw_resource,
)
from resources.actions.reading import acknowledge_version, keep_favourite
from resources.actions.starting import add_starting_library
from resources.documents import sheet_pdf
from resources.inputs import Card, Change, Content
from resources.models import Category, Resource
from tests.conftest import Cast
from tests.factories.resources import make_category, make_resource


def national(cast: Cast) -> Any:
    return scope(user=cast.coordinator.pk, national=True)


def card(**changes: Any) -> Card:
    return Card(
        **{"title": "Hot cars", "summary": "Never.", "category": make_category(), "audience": "members"} | changes
    )


def mails(kind: str) -> dict[str, str]:
    with system_scope():
        return dict(Message.objects.filter(kind=f"resources/{kind}").values_list("to", "text"))


def trail(resource: Resource) -> list[str]:
    with system_scope():
        return list(Record.objects.filter(object_uuid=resource.uuid).order_by("pk").values_list("verb", flat=True))


PAGE = Content(markdown="Water.", words="Water.")
HANDLERS = {"handler@northshire.example", "handler@southshire.example"}
LEADS = {"lead@northshire.example", "lead@southshire.example", "lead@hostshire.example"}


def test_a_draft_tells_nobody(cast: Cast, now: datetime) -> None:
    resource = make_resource(by=cast.coordinator, now=now, must_read_by=localdate(now), published=False)
    assert (resource.status, resource.current.number, resource.kind) == ("draft", 1, "page")
    assert trail(resource) == ["added resource"]
    assert not mails("must_read")


@pytest.mark.parametrize(
    ("audience", "asked"),
    [
        ("members", HANDLERS | LEADS | {"assessor@ok9.example"}),
        ("handlers", HANDLERS),
        ("leads", LEADS),
        ("coordinators", {"coordinator@ok9.example"}),
    ],
)
def test_publishing_what_must_be_read_asks_its_audience(
    cast: Cast, now: datetime, audience: str, asked: set[str]
) -> None:
    read_by = localdate(now) + timedelta(days=10)
    resource = make_resource("Hot cars", audience=audience, by=cast.coordinator, now=now, must_read_by=read_by)
    told = mails("must_read")
    assert set(told) == asked
    assert all(f"/member/resources/{resource.uuid}/" in text for text in told.values())
    assert trail(resource) == ["added resource", "published resource"]


def test_what_need_not_be_read_is_published_without_a_mail(cast: Cast, now: datetime) -> None:
    make_resource(by=cast.coordinator, now=now)
    assert not mails("must_read")


def test_a_new_version_asks_everybody_again(cast: Cast, now: datetime) -> None:
    today = localdate(now)
    resource = make_resource("Hot cars", audience="handlers", by=cast.coordinator, now=now, must_read_by=today)
    with scope(user=cast.north_handler.pk):
        acknowledge_version(version=resource.current, by=cast.north_handler, now=now)
    with national(cast):
        change = Change("A page on vans.", today + timedelta(days=20))
        version = add_version(resource=resource, content=PAGE, change=change, by=cast.coordinator, now=now)
        resource.refresh_from_db()
    assert (version.number, resource.current_id) == (2, version.pk)
    assert resource.must_read_by == today + timedelta(days=20)
    with system_scope():
        written = Message.objects.filter(kind="resources/must_read", to__in=HANDLERS)
        assert written.count() == 4
        assert written.filter(text__contains="A page on vans.").count() == 2


def test_a_new_version_of_a_must_read_needs_a_day(cast: Cast, now: datetime) -> None:
    resource = make_resource(by=cast.coordinator, now=now, must_read_by=localdate(now))
    for read_by in (None, localdate(now) - timedelta(days=1), localdate(now) + timedelta(days=3000)):
        change = Change("Better.", read_by)
        with national(cast), pytest.raises(Refused) as refused:
            add_version(resource=resource, content=PAGE, change=change, by=cast.coordinator, now=now)
        assert refused.value.field == "must_read_by"


def test_a_page_stays_a_page(cast: Cast, now: datetime) -> None:
    resource = make_resource(by=cast.coordinator, now=now)
    with national(cast), pytest.raises(Refused, match="of a page a page"):
        add_version(resource=resource, content=Content(file="a.pdf"), change=Change("x"), by=cast.coordinator, now=now)


def test_whoever_is_newly_asked_gets_a_mail_and_nobody_two(cast: Cast, now: datetime) -> None:
    read_by = localdate(now) + timedelta(days=10)
    resource = make_resource(audience="handlers", by=cast.coordinator, now=now, must_read_by=read_by)
    with national(cast):
        wider = card(audience="members", must_read_by=read_by)
        change_resource(resource=resource, card=wider, by=cast.coordinator, now=now)
    with system_scope():
        assert Message.objects.filter(kind="resources/must_read").count() == len(HANDLERS | LEADS) + 1


def test_a_passed_day_is_kept_when_something_else_is_changed(cast: Cast, now: datetime) -> None:
    read_by = localdate(now)
    resource = make_resource(by=cast.coordinator, now=now, must_read_by=read_by)
    later = now + timedelta(days=3)
    with national(cast):
        changed = change_resource(resource=resource, card=card(must_read_by=read_by), by=cast.coordinator, now=later)
        assert (changed.title, changed.must_read_by) == ("Hot cars", read_by)


def test_withdrawing_tells_those_who_kept_it_at_hand_why(cast: Cast, now: datetime) -> None:
    resource = make_resource("Old advice", by=cast.coordinator, now=now)
    with scope(user=cast.north_handler.pk):
        keep_favourite(resource=resource, by=cast.north_handler, now=now)
    with national(cast):
        withdraw_resource(resource=resource, reason="Wrong dose.", by=cast.coordinator, now=now)
    told = mails("withdrawn")
    assert set(told) == {"handler@northshire.example"}
    assert "Wrong dose." in told["handler@northshire.example"]
    with scope(user=cast.north_handler.pk):
        assert not Resource.objects.exists()


def test_states_move_as_the_table_says_and_no_other_way(cast: Cast, now: datetime) -> None:
    resource = make_resource(by=cast.coordinator, now=now)
    with national(cast):
        with pytest.raises(Refused, match="published"):
            publish_resource(resource=resource, by=cast.coordinator, now=now)
        withdraw_resource(resource=resource, reason="x", by=cast.coordinator, now=now)
        with pytest.raises(Refused, match="withdrawn"):
            withdraw_resource(resource=resource, reason="x", by=cast.coordinator, now=now)
        assert publish_resource(resource=resource, by=cast.coordinator, now=now).status == "published"
        with pytest.raises(InternalError), transaction.atomic():
            Resource.objects.filter(pk=resource.pk).update(status="draft")


@pytest.mark.parametrize("who", ["north_lead", "north_handler", "assessor"])
def test_only_coordinators_keep_the_library(cast: Cast, now: datetime, who: str) -> None:
    by, resource = getattr(cast, who), make_resource(by=cast.coordinator, now=now)
    with system_scope():
        attempts = (
            lambda: add_resource(card=card(), content=PAGE, by=by, now=now),
            lambda: change_resource(resource=resource, card=card(), by=by, now=now),
            lambda: add_version(resource=resource, content=PAGE, change=Change("x"), by=by, now=now),
            lambda: publish_resource(resource=resource, by=by, now=now),
            lambda: withdraw_resource(resource=resource, reason="x", by=by, now=now),
            lambda: add_starting_library(by=by, now=now),
        )
        for attempt in attempts:
            with pytest.raises(PermissionDenied), transaction.atomic():
                attempt()


def test_kept_public_pages_are_left_behind_at_every_change(
    cast: Cast, now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    resource = make_resource(audience="public", by=cast.coordinator, now=now)
    acts: list[Any] = [
        lambda: change_resource(resource=resource, card=card(audience="public"), by=cast.coordinator, now=now),
        lambda: change_resource(resource=resource, card=card(audience="members"), by=cast.coordinator, now=now),
        lambda: add_version(resource=resource, content=PAGE, change=Change("x"), by=cast.coordinator, now=now),
        lambda: withdraw_resource(resource=resource, reason="x", by=cast.coordinator, now=now),
        lambda: publish_resource(resource=resource, by=cast.coordinator, now=now),
    ]
    for act in acts:
        before = cache.get(VERSION_KEY)
        with django_capture_on_commit_callbacks(execute=True), national(cast):
            act()
        assert cache.get(VERSION_KEY) != before


def test_a_paper_that_the_system_made_becomes_a_resource(cast: Cast, now: datetime, media: Path) -> None:
    paper = sheet_pdf(title="Brand", summary="Ours.", markdown="Yellow is a ball.", on=localdate(now))
    with national(cast):
        resource = publish_paper(paper=paper, card=card(title="Brand"), by=cast.coordinator, now=now)
        version = resource.current
    assert version is not None
    assert (media / version.file).read_bytes() == paper
    assert (resource.status, version.pages, version.size) == ("published", 1, len(paper))
    assert "Yellow is a ball." in version.words


def test_a_new_library_is_filled_once(cast: Cast, now: datetime, media: Path) -> None:
    with national(cast):
        added = add_starting_library(by=cast.coordinator, now=now)
        assert len(added) == 14
        assert Category.objects.order_by("position")[0].name_cy == "Ar y diwrnod"
        assert add_starting_library(by=cast.coordinator, now=now) == []
    assert len(list(media.rglob("*.pdf"))) == 13


def test_an_operator_fills_a_new_library_for_a_coordinator(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("start_library", "--by", "Coordinator@ok9.example")
    assert capsys.readouterr().out == "Added 14 resources.\n"
    for address in ("lead@northshire.example", "nobody@x.example"):
        with pytest.raises(CommandError, match="No coordinator"):
            call_command("start_library", "--by", address)
