"""`manage.py match`: the match page's verdicts for a place and a time, for operators and checks."""

import json
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.models import Outcode
from core.tenancy import system_scope
from core.typed import LONDON, read_postcode
from deployments.queries import all_candidates
from deployments.rules import Candidate, period_problems
from deployments.states import RequestKind
from dogs.facts import Need
from dogs.queries import limits
from dogs.states import Restriction


class Command(BaseCommand):
    help = "Judge every team for a place and a time, the clear ones first in rank order."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--postcode", required=True, help="a postcode or its first half, like S1")
        parser.add_argument("--from", dest="starts", required=True, help="like 2026-12-01T09:00, in Europe/London")
        parser.add_argument("--to", dest="ends", required=True)
        parser.add_argument("--kind", choices=RequestKind.values, default=RequestKind.FORCE_VISIT)
        parser.add_argument("--tier", type=int, choices=[1, 2, 3], default=None)
        parser.add_argument("--region", default="", help="the host's mutual-aid region, for tier 2")
        parser.add_argument("--setting", nargs="*", choices=Restriction.values, default=[])
        parser.add_argument("--json", action="store_true", help="print JSON instead of lines")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        need = _need(options, now)
        with system_scope():
            clear, others = all_candidates(need, limits(), now=now)
        teams = [_as_json(candidate) for candidate in [*clear, *others]]
        if options["json"]:
            self.stdout.write(json.dumps({"teams": teams}, ensure_ascii=False))
            return
        for team in teams:
            said = "clear" if team["clear"] else "; ".join(team["reasons"])
            self.stdout.write(
                f"{team['distance_km']:7.1f} km  {team['dog']} with {team['handler']}, {team['force']}: {said}"
            )


def _need(options: dict[str, Any], now: datetime) -> Need:
    starts, ends = _moment(options["starts"]), _moment(options["ends"])
    if problems := period_problems(starts, ends, now=now):
        raise CommandError(" ".join(problem.sentence for problem in problems))
    postcode = read_postcode(options["postcode"])
    place = Outcode.of(postcode) if postcode else None
    if place is None:
        raise CommandError(f"There is no postcode {options['postcode']}.")
    return Need(
        kind=options["kind"],
        starts_at=starts,
        ends_at=ends,
        today=timezone.localdate(now),
        lat=place.lat,
        lng=place.lng,
        setting=frozenset(options["setting"]),
        region=options["region"],
        tier=options["tier"],
    )


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text} is not a time like 2026-12-01T09:00.") from error
    return found if found.tzinfo else found.replace(tzinfo=LONDON)


def _as_json(candidate: Candidate) -> dict[str, Any]:
    facts = candidate.facts
    return {
        "team": facts.team_uuid,
        "dog": facts.dog_name,
        "handler": facts.handler_name,
        "force": facts.force_name,
        "clear": candidate.verdict.clear,
        "reasons": [reason.sentence for reason in candidate.verdict.reasons],
        "distance_km": round(candidate.km, 1),
    }
