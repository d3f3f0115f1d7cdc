"""The page of the five forms: what may be begun, what is begun and waits, and the last that was sent."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf, TruncDate
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.validity import said_day
from deployments.models import Claim, Debrief
from deployments.money import said_pounds
from deployments.sheets import CLAIM_KINDS, CLAIMS, DEBRIEFS, waiting_claims
from deployments.states import CLAIM_OPEN, ClaimStatus
from dogs.entries import Entry, Sheet, of_handler
from dogs.models import Commitment, Incident, SessionLog, WelfareVisit
from dogs.sheets import FINDING_KINDS, INCIDENTS, SESSIONS, WELFARE_VISITS, visit_entry
from dogs.states import CommitmentKind, IncidentKind, WelfareFinding, WelfareStatus
from portal.shape import Row, row_of, shaped, together
from portal.waiting import begun_forms, claim_rows

SHEETS = (SESSIONS, INCIDENTS, WELFARE_VISITS, DEBRIEFS, CLAIMS)
LAST, MOST_WAITING = 10, 30
_WHAT_FOR = {
    "session": gettext_lazy("After each visit: people met, minutes, breaks. Counts only, no names."),
    "incident": gettext_lazy("A bite, scare, injury, escape or near miss. A bite suspends the dog at once."),
    "welfare": gettext_lazy("The five needs of the Animal Welfare Act, judged by somebody who doesn’t handle the dog."),
    "debrief": gettext_lazy("After a deployment: how the dog is, what went well, what should change."),
    "claim": gettext_lazy("Mileage, overnight stays and equipment, for one deployment or visit."),
}
_PAGES = {
    "session": "member_session_detail",
    "incident": "member_incident_detail",
    "welfare": "member_welfare_detail",
    "welfare draft": "member_welfare_edit",
    "debrief": "member_deployment_detail",
    "debrief draft": "member_deployment_debrief",
    "claim": "member_claim_detail",
}


@dataclass(frozen=True)
class Door:
    """One of the five forms: where it is begun, where those that were sent are."""

    title: str | Promise
    what: str | Promise
    list_href: str
    add_href: str
    add: str | Promise


def member_page(user_id: int, leads: Collection[int], *, handles: bool, now: datetime) -> dict[str, Any]:
    """What this person may begin, has begun, and sent last; and what waits for them as a lead."""
    works = handles or bool(leads)
    shown = SHEETS if works else (WELFARE_VISITS,)
    return {
        "doors": [_door(sheet, handles=handles, leads=bool(leads)) for sheet in shown],
        "waiting": [_entry(row) for row in _waiting(user_id, leads)],
        "visits": _coming(user_id, leads, now=now) if works else [],
        "last": [_entry(row) for row in _last(user_id, leads)],
        "plans": works,
    }


def _door(sheet: Sheet, *, handles: bool, leads: bool) -> Door:
    may_add = sheet is not DEBRIEFS and (leads if sheet is WELFARE_VISITS else handles)
    may_add = may_add or (sheet is SESSIONS and leads)  # for a handler who can't
    add = reverse(f"member_{sheet.noun}_add") if may_add else ""
    return Door(sheet.title, _WHAT_FOR[sheet.noun], reverse(f"member_{sheet.noun}_list"), add, sheet.add)


def _waiting(user_id: int, leads: Collection[int]) -> Iterable[Row]:
    """One's drafts and what was sent back, debriefs that are not written, and claims that wait for a lead."""
    rows = together([*begun_forms(user_id), claim_rows(waiting_claims(leads, user_id))])
    return map(row_of, rows.order_by("line_day")[:MOST_WAITING])


def _last(user_id: int, leads: Collection[int]) -> Iterable[Row]:
    """The last of every kind that this person or their force has sent, the newest first."""
    own = of_handler(user_id, leads)
    planned = [NullIf(F(f"commitment__{name}"), Value("")) for name in ("place", "note")]
    place = Coalesce(*planned, "commitment__deployment__request__place", "place")
    sessions = shaped(
        SessionLog.objects.filter(own), "session", day=F("on"), dog=F("team__dog__name"), place=place,
        number=F("minutes"),
    )  # fmt: skip
    incidents = shaped(
        Incident.objects.filter(own), "incident", day=TruncDate("happened_at"), dog=F("team__dog__name"),
        state=F("kind"),
    )  # fmt: skip
    reports = WelfareVisit.objects.filter(WELFARE_VISITS.own(user_id, leads), status=WelfareStatus.SUBMITTED)
    welfare = shaped(
        reports, "welfare", day=F("visited_on"), dog=F("dog_name"), place=F("force__name"), state=F("finding")
    )
    debriefs = shaped(
        Debrief.objects.filter(own), "debrief", key=F("deployment__uuid"), day=TruncDate("written_at"),
        dog=F("deployment__dog_name"), place=F("deployment__request__place"),
    )  # fmt: skip
    claims = claim_rows(Claim.objects.filter(own).exclude(status__in=CLAIM_OPEN))
    rows = together([sessions, incidents, welfare, debriefs, claims])
    return map(row_of, rows.order_by("-line_day")[:LAST])


def _entry(row: Row) -> Entry:
    title, tag, kind = _said(row)
    detail = ", ".join(part for part in (row.dog, row.place) if part)
    return Entry(reverse(_PAGES[row.what], args=[row.key]), title, detail, row.day, tag, kind)


def _said(row: Row) -> tuple[str, str, str]:
    """What the row is, and how it stands."""
    what, state = row.what, row.state
    if what == "session":
        return ngettext("Session of %d minute", "Session of %d minutes", row.number) % row.number, "", "mute"
    if what == "incident":
        return str(IncidentKind(state).label), "", "mute"
    if what == "welfare":
        return _("Welfare visit"), str(WelfareFinding(state).label).split(":")[0], FINDING_KINDS[WelfareFinding(state)]
    if what == "claim":
        status = ClaimStatus(state)
        return _("Expenses of %s") % said_pounds(row.number), str(status.label), CLAIM_KINDS[status]
    if what == "welfare draft":
        return _("Welfare visit report"), _("Draft"), "info"
    if what == "debrief draft":
        return _("Debrief"), _("Draft") if state else _("Not written yet"), "info" if state else "warn"
    return _("Debrief"), "", "mute"


def _coming(user_id: int, leads: Collection[int], *, now: datetime) -> list[Entry]:
    rows = Commitment.objects.filter(of_handler(user_id, leads), kind=CommitmentKind.VISIT, cancelled_at=None)
    rows = rows.filter(period__endswith__gt=now).select_related("team__dog", "team__handler", "force")
    return [visit_entry(row) for row in rows.order_by("period", "pk")[:4]]


@dataclass(frozen=True)
class Counted:
    """A count that is a link to its list."""

    number: int
    words: str
    href: str
    kind: str = ""


def coordinator_page(*, today: date) -> dict[str, Any]:
    """The network's forms in five counts, and the incidents that wait for a review."""
    month_ago = today - timedelta(days=30)
    lately, since = f"?since={month_ago.isoformat()}", said_day(month_ago, today)
    critical = WelfareVisit.objects.filter(finding=WelfareFinding.CRITICAL, visited_on__gte=month_ago)
    calls = Debrief.objects.filter(needs_follow_up=True, written_at__date__gte=month_ago)
    numbers = {
        "incident": (Incident.objects.filter(reviewed_at=None), "", "stop"),
        "welfare": (critical, lately, "warn"),
        "debrief": (calls, lately, ""),
        "claim": (Claim.objects.filter(status=ClaimStatus.SUBMITTED), "", ""),
        "session": (SessionLog.objects.filter(on__gte=month_ago), lately, "info"),
    }
    waiting = INCIDENTS.rows().filter(reviewed_at=None).order_by("happened_at", "pk")[:MOST_WAITING]
    counts = []
    for noun, (rows, query, kind) in numbers.items():
        words, href = _counted(noun, number := rows.count(), since), reverse(f"coordinator_{noun}_list") + query
        counts.append(Counted(number, words, href, kind))
    return {
        "counts": counts,
        "waiting": [INCIDENTS.entry(row) for row in waiting],
    }


def _counted(noun: str, number: int, since: str) -> str:
    """What was counted, one or several."""
    if noun == "incident":
        return ngettext("incident to review", "incidents to review", number)
    if noun == "claim":
        return ngettext("claim that waits for a lead", "claims that wait for a lead", number)
    if noun == "welfare":
        said = ngettext("critical welfare finding since %s", "critical welfare findings since %s", number)
    elif noun == "debrief":
        said = ngettext("debrief that asks for a call since %s", "debriefs that ask for a call since %s", number)
    else:
        said = ngettext("session since %s", "sessions since %s", number)
    return said % since
