"""Reading: acknowledged once, counted, kept at hand, and reminded of once for each threshold."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from audit.models import Record
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from notifications.models import Message
from resources.actions.library import add_version
from resources.actions.reading import (
    acknowledge_version,
    count_download,
    drop_favourite,
    keep_favourite,
    send_reading_reminders,
)
from resources.inputs import Change, Content
from resources.models import Acknowledgement, Download, Favourite, Resource
from resources.queries import readers_of, to_read, unread_counts
from tests.conftest import Cast
from tests.factories.accounts import make_user
from tests.factories.resources import make_resource


def asked(cast: Cast, now: datetime, *, audience: str = "members", days: int = 20, **more: Any) -> Resource:
    read_by = localdate(now) + timedelta(days=days)
    return make_resource("Hot cars", audience=audience, by=cast.coordinator, now=now, must_read_by=read_by, **more)


def test_said_twice_it_counts_once(cast: Cast, now: datetime) -> None:
    resource = asked(cast, now)
    with scope(user=cast.north_handler.pk):
        for _ in range(2):
            acknowledge_version(version=resource.current, by=cast.north_handler, now=now)
        assert Acknowledgement.objects.count() == 1
    with system_scope():
        assert Record.objects.filter(verb="acknowledged version").count() == 1


def test_an_old_version_can_not_be_read_in_place_of_the_newest(cast: Cast, now: datetime) -> None:
    resource = asked(cast, now)
    old = resource.current
    with system_scope():
        change = Change("Vans.", localdate(now) + timedelta(days=30))
        content = Content(markdown="Vans.", words="Vans.")
        add_version(resource=resource, content=content, change=change, by=cast.coordinator, now=now)
        old.refresh_from_db()
    with scope(user=cast.north_handler.pk):
        with pytest.raises(Refused, match="newer version of Hot cars"):
            acknowledge_version(version=old, by=cast.north_handler, now=now)
        assert [row.title for row in to_read(cast.north_handler.pk, ["handler"])] == ["Hot cars"]


def test_what_need_not_be_read_can_not_be_acknowledged(cast: Cast, now: datetime) -> None:
    resource = make_resource(by=cast.coordinator, now=now)
    with scope(user=cast.north_handler.pk), pytest.raises(Refused, match="Nobody is asked"):
        acknowledge_version(version=resource.current, by=cast.north_handler, now=now)


def test_somebody_without_a_role_reads_nothing(cast: Cast, now: datetime) -> None:
    resource = asked(cast, now, audience="public", file="a.pdf")
    with system_scope():
        nobody = make_user("nobody@x.example", "Nell Nobody")
    with scope(user=nobody.pk):
        for act in (
            lambda: acknowledge_version(version=resource.current, by=nobody, now=now),
            lambda: keep_favourite(resource=resource, by=nobody, now=now),
            lambda: drop_favourite(resource=resource, by=nobody, now=now),
        ):
            with pytest.raises(PermissionDenied):
                act()


def test_a_favourite_is_kept_and_let_go(cast: Cast, now: datetime) -> None:
    resource = make_resource(by=cast.coordinator, now=now)
    with scope(user=cast.north_handler.pk):
        for _ in range(2):
            keep_favourite(resource=resource, by=cast.north_handler, now=now)
        assert Favourite.objects.count() == 1
        for _ in range(2):
            drop_favourite(resource=resource, by=cast.north_handler, now=now)
        assert Favourite.objects.count() == 0


def test_downloads_are_counted_by_person_and_day_and_visitors_together(cast: Cast, now: datetime) -> None:
    version = make_resource(audience="public", file="a.pdf", by=cast.coordinator, now=now).current
    with scope(user=cast.north_handler.pk):
        for at in (now, now, now + timedelta(days=1)):
            assert count_download(version=version, by=cast.north_handler, now=at) == "a.pdf"
    for _ in range(3):
        with scope():
            count_download(version=version, by=None, now=now)
    with system_scope():
        rows = Download.objects.order_by("pk").values_list("user_id", "times")
        assert list(rows) == [(cast.north_handler.pk, 2), (cast.north_handler.pk, 1), (None, 3)]
        assert Record.objects.filter(verb="downloaded version").count() == 3


def test_who_has_not_read_by_force(cast: Cast, now: datetime) -> None:
    resource = asked(cast, now)
    with scope(user=cast.north_handler.pk):
        acknowledge_version(version=resource.current, by=cast.north_handler, now=now)
    with system_scope():
        groups = {group.force: group for group in readers_of([resource], None)[resource.pk]}
        assert unread_counts([resource]) == {resource.pk: 5}
    assert (groups["Northshire Police"].read, groups["Northshire Police"].missing) == (1, ["Lee Northshire"])
    assert groups["Southshire Police"].missing == ["Hari Southshire", "Lee Southshire"]
    assert groups["National team"].missing == ["Asha Assessor"]


def test_a_lead_sees_the_own_force_only(cast: Cast, now: datetime) -> None:
    resource = asked(cast, now)
    with scope(user=cast.north_handler.pk):
        acknowledge_version(version=resource.current, by=cast.north_handler, now=now)
    with scope(user=cast.north_lead.pk, forces=(cast.north.pk,)):
        groups = readers_of([resource], (cast.north.pk,))[resource.pk]
        assert [(group.force, group.asked, group.missing) for group in groups] == [
            ("Northshire Police", 2, ["Lee Northshire"])
        ]


def remind(now: datetime, days: int) -> int:
    """The night so many days after the asking; how many reminders are owed in all afterwards."""
    at = now + timedelta(days=days)
    with system_scope():
        send_reading_reminders(localdate(at), now=at)
        return Message.objects.filter(kind="resources/read_reminder").count()


def test_whoever_has_not_read_is_reminded_once_a_threshold(cast: Cast, now: datetime) -> None:
    resource = asked(cast, now, audience="handlers", days=20)
    assert remind(now, 1) == 0
    assert remind(now, 6) == 2
    assert remind(now, 6) == 2
    assert remind(now, 9) == 2
    with scope(user=cast.north_handler.pk):
        acknowledge_version(version=resource.current, by=cast.north_handler, now=now)
    assert [remind(now, days) for days in (13, 19, 20, 21, 27)] == [3, 4, 5, 5, 6]
    with system_scope():
        late = Message.objects.filter(kind="resources/read_reminder").order_by("pk").last()
        assert late is not None
        assert late.to == "handler@southshire.example"
        assert "You were asked to read Hot cars by" in late.text


def test_three_missed_nights_make_one_reminder(cast: Cast, now: datetime) -> None:
    asked(cast, now, audience="handlers", days=20)
    at = now + timedelta(days=14)
    with system_scope():
        for night in (11, 12, 13, 14):
            send_reading_reminders(localdate(now) + timedelta(days=night), now=at)
        assert Message.objects.filter(kind="resources/read_reminder").count() == 2


def test_a_draft_reminds_nobody(cast: Cast, now: datetime) -> None:
    asked(cast, now, published=False)
    assert remind(now, 19) == 0


def test_markup_in_a_title_stays_text_in_the_mail(cast: Cast, now: datetime) -> None:
    title = "<script>alert(1)</script> 🐕"
    make_resource(title, by=cast.coordinator, now=now, must_read_by=localdate(now))
    with system_scope():
        message = Message.objects.filter(kind="resources/must_read").first()
        assert message is not None
    assert title in message.subject
    assert title in message.text
    assert "<script>" not in message.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 🐕" in message.html
