"""Handlers, dogs and teams of the invented network: how they came, were assessed, and what became of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from accounts.models import User
from assessments.actions import book_assessment, record_outcome, request_assessment
from assessments.models import Criteria
from assessments.rules import Outcome
from assessments.states import AssessmentStatus
from deployments.actions.leaving import leave_scheme
from dogs.actions.dogs import (
    accredit_dog,
    add_dog,
    form_team,
    record_death,
    rest_dog,
    restrict_dog,
    retire_dog,
    suspend_dog,
)
from dogs.models import Dog, Team
from dogs.states import Restriction
from network.actions.handlers import activate_handler, add_handler, pause_handler
from network.models import Handler
from portal.demo.cast import Demo
from portal.demo.forces import Member
from portal.demo.papers import Papers

# What is the matter with a dog or its team, and how often in a hundred of those that may have something.
TROUBLES = {
    "expiring": 14, "expired": 8, "missing": 2, "rejected": 5, "waiting": 8, "resting": 4, "restricted": 2,
    "suspended": 4, "retired": 5, "died": 3, "assessment expiring": 4, "assessment expired": 4, "requested": 3,
    "booked": 2, "referred": 2, "failed": 2,
}  # fmt: skip
HANDLER_TROUBLES = {"expired": 4, "expiring": 7, "waiting": 5, "rejected": 3, "paused": 3}
NOT_YET = ("requested", "booked", "referred", "failed")
# A pup lives with its handler for nine months before the scheme takes it on.
SETTLING_DAYS = 270
FINDINGS = "Steady with people, easily startled by trolleys. Practise in a busy canteen, a little at a time."


@dataclass
class Pair:
    """A handler with a dog, and what is the matter with them."""

    member: Member
    team: Team
    dog: Dog
    handler: Handler
    user: User
    trouble: str
    worked_days: int
    is_first: bool


def publish_criteria(demo: Demo) -> None:
    words = (
        "Calm with strangers, on stairs, in lifts, in crowds and when something falls. Invented for the demonstration."
    )
    for version, days_ago in ((1, 1500), (2, 400)):
        Criteria.objects.create(version=version, published_on=demo.day(days_ago), text=words)


class Scheme:
    """Fills the scheme of one force."""

    def __init__(self, demo: Demo, member: Member, papers: Papers) -> None:
        self.demo, self.member, self.papers = demo, member, papers
        self.handlers: list[tuple[Handler, User]] = []

    def fill(self) -> list[Pair]:
        """A handler for nearly every dog; a few work two, a few dogs have two handlers."""
        pairs = [self._pair(number) for number in range(self.member.dogs)]
        if len(self.handlers) > 3:
            self._second_handler(pairs[1])
        return pairs

    def _pair(self, number: int) -> Pair:
        """Half of each force have nothing the matter, so that every force can send somebody."""
        demo, untroubled = self.demo, number < max(2, self.member.dogs // 2)
        trouble = "" if untroubled else _roll(demo, TROUBLES)
        worked = self._worked_days(trouble)
        if not self.handlers or untroubled or demo.random.random() > 0.15:
            handler_trouble = "" if untroubled else _roll(demo, HANDLER_TROUBLES)
            handler, user = self._handler(worked + demo.random.randint(20, 80), handler_trouble)
        else:
            handler, user = self.handlers[1]
        dog, team = self._dog(handler, worked)
        self._assess(team, dog, trouble, worked)
        self.papers.of_dog(self.member, dog, user, worked_days=worked, trouble=trouble)
        dog.refresh_from_db()
        return Pair(self.member, team, dog, handler, user, trouble, worked, number == 0)

    def _worked_days(self, trouble: str) -> int:
        """For how many days the pair has worked; where it has passed only once, that is when."""
        if trouble == "assessment expired":
            return self.demo.random.randint(745, 800)
        if trouble == "assessment expiring":
            return self.demo.random.randint(702, 729)
        most = 90 if trouble in NOT_YET else max(self.member.joined_days_ago, 90)
        return self.demo.random.randint(30, most)

    def _handler(self, days_ago: int, trouble: str) -> tuple[Handler, User]:
        demo, member = self.demo, self.member
        user = demo.join(f"handler{len(self.handlers) + 1}@{member.force.slug}.example")
        handler = add_handler(
            force=member.force,
            handler_user=user,
            name=user.display_name,
            role_title=demo.people.role(fire=member.force.kind == "fire"),
            by=member.lead,
            now=demo.at(days_ago),
        )
        self.papers.of_handler(handler, user, trouble=trouble)
        handler = activate_handler(handler=handler, by=demo.coordinator(), now=demo.at(days_ago - 12))
        if trouble == "paused":
            handler = pause_handler(handler=handler, why="On secondment.", by=member.lead, now=demo.at(30))
        self.handlers.append((handler, user))
        return handler, user

    def _dog(self, handler: Handler, worked: int) -> tuple[Dog, Team]:
        """A dog is at least a year old when it starts, and not much older than ten now."""
        demo, member = self.demo, self.member
        years = demo.random.uniform(1.2 + worked / 365, max(2.0 + worked / 365, min(9.5, 4 + worked / 365)))
        pup = demo.kennel.pup(years=years)
        came = worked + demo.random.randint(30, 60)
        dog = add_dog(force=member.force, new=pup, by=member.lead, now=demo.at(came))
        # It came to its handler as a pup, long before the scheme took it on.
        together = demo.day(came + SETTLING_DAYS)
        team = form_team(dog=dog, handler=handler, since_on=together, by=member.lead, now=demo.at(came))
        # Handlers live around the headquarters, not in it.
        team.lat += demo.random.uniform(-0.09, 0.09)
        team.lng += demo.random.uniform(-0.12, 0.12)
        team.save(update_fields=["lat", "lng"])
        return dog, team

    def _assess(self, team: Team, dog: Dog, trouble: str, worked: int) -> None:
        """Assessed before the first day of work, and, for most, again before two years were over."""
        if trouble in NOT_YET:
            self._not_yet(team, trouble)
            return
        self._decide(team, worked)
        accredit_dog(dog=dog, by=self.demo.coordinator(), now=self.demo.at(worked) + timedelta(hours=10))
        if worked > 690 and not trouble.startswith("assessment"):
            self._decide(team, self.demo.random.randint(60, 600))

    def _decide(self, team: Team, days_ago: int) -> None:
        restricted = self.demo.random.random() < 0.15
        names = tuple(self.demo.random.sample(Restriction.values, self.demo.random.randint(1, 2)))
        outcome = Outcome(
            result=AssessmentStatus.PASSED_RESTRICTED if restricted else AssessmentStatus.PASSED,
            restrictions=names if restricted else (),
            findings="At ease with strangers. Settles within a minute.",
        )
        self._book(team, days_ago + 15, days_ago, outcome)

    def _book(self, team: Team, asked: int, held: int, outcome: Outcome | None) -> None:
        assessor = self.demo.random.choice(self.demo.assessors)
        assessment = request_assessment(team=team, by=self.member.lead, now=self.demo.at(asked))
        assessment = book_assessment(
            assessment=assessment,
            assessor_user=assessor,
            booked_for=self.demo.day(held),
            by=self.demo.coordinator(),
            now=self.demo.at(asked - 3),
        )
        if outcome:
            record_outcome(assessment=assessment, outcome=outcome, by=assessor, now=self.demo.at(held))

    def _not_yet(self, team: Team, trouble: str) -> None:
        """A prospective dog: its team waits for an assessment, or did not pass the first."""
        if trouble == "requested":
            request_assessment(team=team, by=self.member.lead, now=self.demo.at(self.demo.random.randint(1, 9)))
        elif trouble == "booked":
            self._book(team, 12, -self.demo.random.randint(2, 20), None)
        else:
            result = AssessmentStatus.REFERRED if trouble == "referred" else AssessmentStatus.FAILED
            weeks = 8 if trouble == "referred" else None
            self._book(team, 18, 8, Outcome(result=result, retest_weeks=weeks, findings=FINDINGS))

    def _second_handler(self, pair: Pair) -> None:
        """A dog may have a second handler; the second pair is assessed like the first."""
        handler, _ = self.handlers[-1]
        if handler.pk == pair.handler.pk or pair.trouble:
            return
        days_ago = self.demo.random.randint(50, 300)
        since = self.demo.day(days_ago + 20)
        now = self.demo.at(days_ago + 20)
        team = form_team(dog=pair.dog, handler=handler, since_on=since, by=self.member.lead, now=now)
        self._decide(team, days_ago)


def settle_fates(demo: Demo, pairs: list[Pair]) -> None:
    """What became of some dogs and handlers. Last of all: a retired dog's papers and page came before."""
    said: dict[str, tuple[Callable[..., Dog], str, str, str]] = {
        "resting": (rest_dog, "why", "Resting after a pulled muscle.", "lead"),
        "restricted": (restrict_dog, "reason", "No work until the new car harness is fitted.", "coordinator"),
        "suspended": (suspend_dog, "reason", "A scare on a visit; waiting for review.", "coordinator"),
        "retired": (retire_dog, "why", "Retired with a sofa and a clear conscience.", "lead"),
        "died": (record_death, "why", "", "lead"),
    }
    for pair in pairs:
        if pair.trouble in said:
            action, name, words, who = said[pair.trouble]
            by = pair.member.lead if who == "lead" else demo.coordinator()
            action(dog=pair.dog, **{name: words}, by=by, now=demo.at(demo.random.randint(2, 40)))
    leavers = [pair for pair in pairs if pair.trouble == "retired"][:3]
    for pair in leavers:
        handler = Handler.objects.get(pk=pair.handler.pk)
        if handler.status != "left" and not Team.objects.filter(handler=handler, is_active=True).exists():
            leave_scheme(handler=handler, why="Moved to another force.", by=pair.member.lead, now=demo.at(1))


def _roll(demo: Demo, table: dict[str, int]) -> str:
    roll = demo.random.randint(1, 100)
    for name, share in table.items():
        roll -= share
        if roll <= 0:
            return name
    return ""
