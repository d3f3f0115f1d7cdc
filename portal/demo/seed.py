"""The whole invented network in one transaction: there at all, or not at all."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F

from accounts.models import Force, User
from core.public_pages import renew_public_pages
from core.tenancy import system_scope
from deployments.demo import seed_requests
from dogs.models import Dog, Profile
from notifications.models import Message
from portal.demo.cast import Demo
from portal.demo.forces import invent_forces
from portal.demo.forms import invent_expenses, invent_forms
from portal.demo.library import invent_library
from portal.demo.members import settle_inboxes
from portal.demo.news import invent_enquiries, invent_news
from portal.demo.pages import invent_pages
from portal.demo.papers import Papers, draw_papers
from portal.demo.paws import invent_paws
from portal.demo.teams import Pair, Scheme, publish_criteria, settle_fates
from portal.demo.work import invent_work

# Mail of the last day is left to be sent, so that a newcomer finds some; the rest counts as sent at its time.
FRESH = timedelta(hours=24)


@dataclass(frozen=True)
class Invented:
    """What there is now."""

    forces: int
    people: int
    dogs: int
    pages: int


def is_seeded() -> bool:
    return User.objects.filter(email="coordinator@ok9.example").exists()


def has_reference() -> bool:
    return Force.objects.filter(slug="south-yorkshire").exists()


def seed(*, password_hash: str, now: datetime, most: int | None = None) -> Invented:
    """Invent everything up to `now`, through the actions that people would have used.

    `most` makes a smaller network, of so many members.
    """
    draw_papers()
    with system_scope():
        demo = Demo(now=now, password=password_hash)
        demo.appoint()
        publish_criteria(demo)
        members = invent_forces(demo, most=most)
        papers, pairs = Papers(demo), list[Pair]()
        for number, member in enumerate(members):
            papers.of_force(member, number)
            pairs += Scheme(demo, member, papers).fill()
        invent_pages(demo, pairs)
        invent_work(demo, pairs)
        invent_forms(demo, pairs)
        settle_fates(demo, pairs)
        invent_paws()
        seed_requests(now=now)
        invent_library(demo, pairs)
        invent_news(demo)
        invent_enquiries(demo)
        invent_expenses(demo, pairs)
        _settle_mail(now)
        settle_inboxes(now)
        # Thousands of actions each asked for the outbox to be looked at once this commits. Nothing is urgent here.
        connection.run_on_commit.clear()
        renew_public_pages()
        return Invented(len(members), User.objects.count(), Dog.objects.count(), _published())


def _published() -> int:
    return Profile.objects.filter(published_at__isnull=False).count()


def _settle_mail(now: datetime) -> None:
    old = Message.unscoped.filter(sent_at=None, failed_at=None, queued_at__lt=now - FRESH)
    old.update(sent_at=F("queued_at"), attempts=1)
