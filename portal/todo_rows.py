"""What waits as things to do: forms begun or owed, profiles, claims, visits without a session, what must be read."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.validity import said_day
from deployments.money import said_pounds
from deployments.states import ClaimStatus
from dogs.models import Dog
from portal.glance import ToAssess
from portal.shape import Row
from portal.todo import Todo, days_left

SOON = timedelta(days=7)
# What matters most comes first; a paper that has ended is 1, one that ends in the month is 3.
NOW, NEXT, THEN, LATER, LAST = range(1, 6)


def row_todos(rows: Collection[Row], dogs: Mapping[int, Dog], *, today: date) -> Iterator[Todo]:
    """One for each row that asks for something, with the face of its dog where that is known."""
    for row in rows:
        if row.what in _SAID and not _is_settled_by_list(row):
            level, words = _SAID[row.what](row, today)
            when = row.day.isoformat() if row.day else ""
            yield Todo(order=(level, when), dog=dogs.get(row.about or 0), **words)
    yield from _to_settle([row for row in rows if _is_settled_by_list(row)])


def assessment_todos(booked: Collection[ToAssess], *, today: date) -> Iterator[Todo]:
    """The assessments whose day has come and whose outcome is not recorded."""
    for found in booked:
        if found.day <= today:
            yield Todo(
                order=(NEXT, found.day.isoformat()),
                sentence=_("Record the outcome of the assessment in %(force)s") % {"force": found.force},
                href=reverse("member_assessment_decide", args=[found.uuid]),
                button=_("Record it"),
                tag=_("Today") if found.day == today else said_day(found.day, today),
                kind="warn",
            )


Said = tuple[int, dict[str, Any]]


def _debrief(row: Row, today: date) -> Said:
    sentence = _("Finish the debrief for %(place)s") if row.state else _("Write the debrief for %(place)s")
    return NEXT, {
        "sentence": sentence % {"place": row.place},
        "href": reverse("member_deployment_debrief", args=[row.key]),
        "button": _("Write on") if row.state else _("Write it"),
        "detail": _("Four short questions. Only your force and the coordinators read it."),
        "tag": _("Draft") if row.state else _("Not written yet"),
        "kind": "warn",
    }


def _welfare(row: Row, today: date) -> Said:
    """A report that was begun, or asked for by a day."""
    words = {"dog": row.dog, "force": row.place}
    asked = row.state == "asked" and row.day
    late = bool(asked and row.day and row.day < today)
    said = _("Visit %(dog)s in %(force)s and report") if asked else _("Finish the welfare report on %(dog)s")
    return (NEXT if asked else LATER), {
        "sentence": said % words,
        "href": reverse("member_welfare_edit", args=[row.key]),
        "button": _("Open the report"),
        "detail": _("Visit by %(day)s.") % {"day": said_day(row.day, today)} if asked and row.day else row.place,
        "tag": (_("Late") if late else days_left(row.day, today)) if asked and row.day else _("Draft"),
        "kind": ("stop" if late else "warn") if asked else "info",
    }


def _claim(row: Row, today: date) -> Said:
    """One's own that is open, or a handler's that waits to be approved."""
    words = {"pounds": said_pounds(row.number), "place": row.place}
    href = reverse("member_claim_detail", args=[row.key])
    if row.state == ClaimStatus.RETURNED:
        said, tag = _("Your expenses for %(place)s were sent back") % words, _("Sent back")
        return NEXT, _task(said, href, _("Put them right"), row.words, tag, "warn")
    if row.state == ClaimStatus.DRAFT:
        said, detail = _("Send your expenses for %(place)s") % words, _("%(pounds)s so far.") % words
        return LATER, _task(said, href, _("Open them"), detail, _("Draft"), "info")
    said = _("Approve %(pounds)s of expenses for %(place)s?") % words
    return THEN, _task(said, href, _("Look at them"), row.dog, _since(row, today), "info")


def _profile_to_approve(row: Row, today: date) -> Said:
    said = _("Approve %(dog)s’s profile?") % {"dog": row.dog}
    detail = _("Read it as the public will. Then approve it, or send it back with a reason.")
    href = reverse("member_dog_profile_preview", args=[row.key])
    return THEN, _task(said, href, _("Read it"), detail, _since(row, today), "info")


def _profile_to_write(row: Row, today: date) -> Said:
    href = reverse("member_dog_profile", args=[row.key])
    if row.words:
        said = _("%(dog)s’s profile was sent back") % {"dog": row.dog}
        return THEN, _task(said, href, _("Put it right"), row.words, _("Sent back"), "warn")
    said = _("Finish %(dog)s’s profile") % {"dog": row.dog}
    return LAST, _task(said, href, _("Write on"), _("Your lead reads it once you send it."), _("Draft"), "info")


def _profile_to_agree(row: Row, today: date) -> Said:
    said = _("Say what %(dog)s’s page may show") % {"dog": row.dog}
    href = reverse("member_dog_profile_consent", args=[row.key])
    detail = _("Without your yes nothing is published. You can take it back at any time.")
    return THEN, _task(said, href, _("Choose"), detail, _("Waiting for you"), "warn")


def _visit(row: Row, today: date) -> Said:
    place = row.place or _("the visit")
    said = _("Log the session at %(place)s") % {"place": place}
    day = date_format(row.day, "l j F") if row.day else ""
    words = {"dog": row.dog, "day": day}
    detail = _("%(dog)s’s visit of %(day)s. If it did not happen, leave it.") % words
    href = f"{reverse('member_session_add')}?visit={row.key}"
    return NEXT, _task(said, href, _("Log it"), detail, _("Not logged yet"), "warn")


def _to_read(row: Row, today: date) -> Said:
    href = reverse("member_resource_detail", args=[row.key])
    said = _("Read “%(title)s”") % {"title": row.place}
    return _by_day(row, today, said, href, _("Read it"), _("Everybody it is for reads it by %(day)s."))


def _to_chase(row: Row, today: date) -> Said:
    said = ngettext(
        "%(number)d of your people has not read “%(title)s”",
        "%(number)d of your people have not read “%(title)s”",
        row.number,
    ) % {"number": row.number, "title": row.place}
    href = reverse("member_resource_reading")
    level, words = _by_day(row, today, said, href, _("See who"), _("It must be read by %(day)s."))
    return max(level, LATER), {**words, "kind": "warn" if words["kind"] == "stop" else words["kind"]}


def _by_day(row: Row, today: date, said: str, href: str, button: str, detail: str) -> Said:
    """Something that must be read by a day: urgent afterwards, a warning in the week before."""
    day = row.day or today
    level, kind = (NOW, "stop") if day < today else (NEXT, "warn") if day <= today + SOON else (LATER, "info")
    tag = _("Late") if day < today else days_left(day, today)
    return level, _task(said, href, button, detail % {"day": said_day(day, today)}, tag, kind)


_SAID: dict[str, Callable[[Row, date], Said]] = {
    "debrief draft": _debrief,
    "welfare draft": _welfare,
    "claim": _claim,
    "profile to approve": _profile_to_approve,
    "profile to write": _profile_to_write,
    "profile to agree to": _profile_to_agree,
    "visit to log": _visit,
    "to read": _to_read,
    "to chase": _to_chase,
}


def _is_settled_by_list(row: Row) -> bool:
    return row.what == "claim" and row.state == ClaimStatus.APPROVED


def _to_settle(rows: Collection[Row]) -> Iterator[Todo]:
    """Approved claims, which wait until the money is paid: together, and last."""
    if not rows:
        return
    number, pounds = len(rows), said_pounds(sum(row.number for row in rows))
    said = ngettext(
        "%(number)d approved claim waits to be paid", "%(number)d approved claims wait to be paid", number
    ) % {"number": number}
    words = _task(said, reverse("member_claim_list"), _("See them"), pounds, _("Approved"), "mute")
    yield Todo(order=(LAST, ""), **words)


def _task(sentence: str, href: str, button: str, detail: str, tag: str, kind: str) -> dict[str, Any]:
    return {"sentence": sentence, "href": href, "button": button, "detail": detail, "tag": tag, "kind": kind}


def _since(row: Row, today: date) -> str:
    return _("Since %(day)s") % {"day": said_day(row.day, today)} if row.day else _("Waiting")
