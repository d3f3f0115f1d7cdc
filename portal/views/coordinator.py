"""The coordinators' home: what needs somebody now, each count a link to its list; and what lapses, by force."""

from datetime import timedelta
from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import must
from accounts.regions import region_words
from accounts.requests import SignedIn
from core.validity import validity
from deployments.queries import home_counts, requests_in_view
from dogs.actions.clearance import Standing, judge_every_team
from portal.board import BAR_WIDTH, ending_by_kind, places_by_day, watched
from portal.emails import thing_name
from portal.lanes import lanes
from portal.queries import expiring
from portal.regions import region_map, regions_of


@login_required
@require_GET
def home(request: SignedIn) -> HttpResponse:
    """Counts first, then the open requests in lanes by state, then what lies ahead."""
    must(request.user, "request.triage")
    now = timezone.now()
    today = timezone.localdate(now)
    rows, seen, ending = list(requests_in_view("open", now=now)), watched(), ending_by_kind(today)
    regions = regions_of(judge_every_team(by=request.user, now=now))
    context = {
        "now": now,
        "counts": home_counts(now=now),
        "seen": seen,
        "lanes": (drawn := lanes(rows, now=now)),
        "urgent": sum(card.kind == "stop" for lane in drawn for card in lane.cards),
        "open": len(rows),
        "days": (days := places_by_day(rows, today)),
        "width": max(BAR_WIDTH * len(days), 6 * BAR_WIDTH),
        "ending": ending,
        "expiring": sum(line.ended + line.week + line.month for line in ending),
        "waits": seen.waits,
        "regions": regions,
        "map": region_map(regions),
        "clear": sum(region.clear for region in regions),
        "teams": sum(region.teams for region in regions),
    }
    return render(request, "portal/coordinator/home.html", context)


@login_required
@require_GET
def team_list(request: SignedIn) -> HttpResponse:
    """Every working team and whether it is clear today, with every reason why not; by force, searchable."""
    must(request.user, "request.match")
    wanted = request.GET.get("q", "").strip()[:60]
    show = request.GET.get("show", "")
    teams = [s for s in judge_every_team(by=request.user, now=timezone.now()) if _fits(s, wanted.casefold(), show)]
    page = Paginator(teams, 40).get_page(request.GET.get("page"))
    context = {"page": page, "number": len(teams), "q": wanted, "show": show}
    return render(request, "portal/coordinator/team_list.html", context)


def _fits(standing: Standing, wanted: str, show: str) -> bool:
    facts = standing.facts
    names = (facts.dog_name, facts.handler_name, facts.force_name, facts.region, region_words(facts.region))
    text = " ".join(names).casefold()
    by_state = {"clear": standing.verdict.clear, "not-clear": not standing.verdict.clear}
    return wanted in text and by_state.get(show, True)


WINDOWS = (7, 30, 90)
PAGE_SIZE = 100


@login_required
@require_GET
def expiring_list(request: SignedIn) -> HttpResponse:
    """What ends within `days`, and what has ended, force by force."""
    must(request.user, "document.verify")
    asked = request.GET.get("days", "")
    days = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 4 and int(asked) in WINDOWS else 30
    today = timezone.localdate()
    page = Paginator(expiring(today + timedelta(days=days)), PAGE_SIZE).get_page(request.GET.get("page"))
    lines = [
        {
            "force": row["force_name"],
            "name": thing_name(row["what"], row["sort_of"]),
            "whose": row["whose"] or "",
            "dog_uuid": row["dog_uuid"],
            "until": row["until"],
            "state": validity(row["until"], today),
        }
        for row in page.object_list
    ]
    groups = [(force, list(same)) for force, same in groupby(lines, key=lambda line: line["force"])]
    context = {"page": page, "groups": groups, "days": days, "windows": WINDOWS}
    return render(request, "portal/coordinator/expiring_list.html", context)
