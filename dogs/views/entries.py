"""A list of forms as a page and as a file, for whichever of the five it is."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts.access import must
from accounts.models import Force
from accounts.requests import SignedIn
from core.spreadsheet import csv_response
from dogs.actions.exports import note_export
from dogs.entries import Entry, Sheet, chips
from dogs.forms.filter import FilterForm

PAGE = 50
# A file holds at most this many rows: more than a force writes in years.
MOST_ROWS = 20_000
MEMBER, COORDINATOR = "member", "coordinator"


def show_list(
    request: SignedIn, sheet: Sheet, audience: str, *, may_add: bool = False, asked: Sequence[Entry] = ()
) -> HttpResponse:
    """The list's page: narrowed by day (and force), fifty at a time. `asked` is what somebody has yet to send."""
    rows, form = _narrowed(request, sheet, audience)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    works = audience == COORDINATOR or bool(request.roles.leads) or request.roles.is_handler
    may_export = audience == COORDINATOR or bool(request.roles.leads)
    export = reverse(f"{audience}_{sheet.noun}_export") if may_export and sheet.columns else ""
    context = {
        "sheet": sheet,
        "asked": asked,
        "page": page,
        "entries": [sheet.entry(row) for row in page],
        "filter": form,
        "is_narrowed": any(request.GET.get(name) for name in form.fields),
        "chips": chips(audience, sheet.noun, works=works),
        "home": reverse(f"{audience}_form_list"),
        "add": reverse(f"member_{sheet.noun}_add") if may_add else "",
        "export": f"{export}?{request.GET.urlencode()}" if export else "",
    }
    return render(request, "dogs/member/form_list.html", context)


def take_away(request: SignedIn, sheet: Sheet, audience: str) -> HttpResponse:
    """The same rows as a file. Taking it leaves a record."""
    rows, _form = _narrowed(request, sheet, audience, leads_only=True)
    lines = [[value(row) for _name, value in sheet.columns] for row in rows[:MOST_ROWS]]
    now = timezone.now()
    note_export(noun=sheet.noun, rows=len(lines), by=request.user, now=now)
    return csv_response(f"ok9-{sheet.noun}-{timezone.localdate(now)}", [name for name, _value in sheet.columns], lines)


def _narrowed(
    request: SignedIn, sheet: Sheet, audience: str, *, leads_only: bool = False
) -> tuple[QuerySet[Any], FilterForm]:
    rows, forces = sheet.rows(), list[Force]()
    if audience == COORDINATOR:
        must(request.user, "network.keep")
        forces = list(Force.objects.filter(membership__isnull=False).order_by("name"))
    elif leads_only:
        must(request.user, "force.keep")
        rows = rows.filter(force_id__in=request.roles.leads)
    else:
        rows = rows.filter(sheet.own(request.user.pk, request.roles.leads))
    form = FilterForm(request.GET, forces=forces)
    return rows.filter(form.narrowing(sheet.day)), form
