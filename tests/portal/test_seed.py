"""The invented network: refused outside a demonstration, made once, of every kind of history."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.timezone import localdate, localtime
from time_machine import TimeMachineFixture

from accounts.models import Force, Profile, User
from audit.models import Record
from core.files import check_upload
from core.tenancy import system_scope
from dogs.models import Commitment, Document, Dog, Draft, Team
from dogs.models import Profile as Page
from network.models import Agreement, Certificate, Membership
from notifications.models import Message
from portal.demo.cast import Demo, settle_password
from portal.demo.forces import DOGS, LARGEST, MEMBERS, _sizes
from portal.demo.papers import draw_papers
from portal.demo.seed import Invented, seed
from portal.demo.stories import Storyteller
from resources.models import Version

MEMBERS_MADE = 2


@pytest.mark.django_db
def test_the_network_has_every_kind_of_history(
    settings: LazySettings, tmp_path: Path, capsys: pytest.CaptureFixture[str], time_machine: TimeMachineFixture
) -> None:
    """One test for all that is made: making it is slow, even with fewer members than the demonstration has.

    The hour is the hardest: "this morning" has hardly begun. The journeys start a network at the hour that it is.
    """
    settings.MEDIA_ROOT = tmp_path
    call_command("load_reference", verbosity=0)
    now = localtime().replace(hour=1, minute=8)
    time_machine.move_to(now)
    made = seed(password_hash="!", now=now, most=MEMBERS_MADE)
    with system_scope():
        _has_standing_of_every_kind()
        _has_papers_of_every_kind(localdate(now))
        _has_dogs_of_every_kind(made, localdate(now))
        _keeps_to_the_past(now)
        _lets_the_printed_people_in(localdate(now))
        _uses_numbers_kept_for_drama()
        _leaves_only_the_last_days_mail(now)
        assert Version.objects.filter(number=2).count() == 1
        _keeps_awards_to_the_years_of_work(now.year)
    call_command("seed_demo")
    assert "there already" in capsys.readouterr().out
    assert User.objects.count() == made.people


def _has_standing_of_every_kind() -> None:
    assert Membership.objects.filter(status="member").count() == MEMBERS_MADE
    assert {"setting_up", "applicant", "suspended", "left"} <= set(Membership.objects.values_list("status", flat=True))
    assert {"active", "superseded", "offered"} <= set(Agreement.objects.values_list("status", flat=True))


def _has_papers_of_every_kind(today: date) -> None:
    verified = Document.objects.filter(status="verified")
    assert verified.filter(expires_on__lt=today).exists()
    assert verified.filter(expires_on__range=(today, today + timedelta(days=30))).exists()
    assert {"submitted", "replaced", "verified"} <= set(Document.objects.values_list("status", flat=True))
    assert Certificate.objects.filter(status="verified").exists()


def _has_dogs_of_every_kind(made: Invented, today: date) -> None:
    assert Team.objects.filter(cleared_until__gte=today).count() > made.dogs // 3
    assert Dog.objects.exclude(status="accredited").exists()
    assert Commitment.objects.filter(kind="visit").exists()
    assert Page.objects.filter(published_at__isnull=False).count() == made.pages > 0


def _keeps_awards_to_the_years_of_work(this_year: int) -> None:
    awarded = Draft.objects.exclude(words__awards=[]).select_related("profile__dog")
    assert awarded.exists()
    for draft in awarded:
        first = min(team.since_on.year for team in draft.profile.dog.teams.all())
        assert all(first <= int(year) <= this_year for year, _what in draft.words["awards"])


def _keeps_to_the_past(now: datetime) -> None:
    for verb in ("admitted member", "accredited dog", "verified document", "decided assessment", "consent given"):
        assert Record.objects.filter(verb=verb).exists()
    ahead = Record.objects.filter(at__gt=now)
    assert not ahead.exists()


def _lets_the_printed_people_in(today: date) -> None:
    for email in ("coordinator@ok9.example", "assessor@ok9.example", "lead@south-yorkshire.example"):
        assert User.objects.filter(email=email).exists()
    teams = Team.objects.filter(handler_user__email="handler1@south-yorkshire.example")
    assert teams.filter(cleared_until__gte=today).exists()


def _uses_numbers_kept_for_drama() -> None:
    numbers = {*Profile.objects.values_list("telephone", flat=True)}
    numbers |= set(Membership.objects.exclude(duty_telephone="").values_list("duty_telephone", flat=True))
    assert all(re.fullmatch(r"07700 900\d{3}|01632 960\d{3}", number) for number in numbers)


def _leaves_only_the_last_days_mail(now: datetime) -> None:
    assert not Message.unscoped.filter(sent_at=None, queued_at__lt=now - timedelta(hours=25)).exists()
    assert Message.unscoped.exclude(sent_at=None).count() > 100


@pytest.mark.django_db
def test_it_is_refused_where_it_would_harm(settings: LazySettings) -> None:
    with pytest.raises(CommandError, match="load_reference"):
        call_command("seed_demo")
    settings.OK9_DEMO = settings.DEBUG = False
    with pytest.raises(CommandError, match="OK9_DEMO"):
        call_command("seed_demo")
    assert not User.objects.exists()


def test_the_sizes_are_those_of_the_real_network() -> None:
    sizes = _sizes(Demo(now=timezone.now(), password="!"))
    assert sizes[LARGEST[0]] == LARGEST[1]
    assert len(sizes) == len(MEMBERS) + 1 == 32
    assert sum(sizes.values()) == DOGS - 2
    assert all(2 <= dogs <= 10 for slug, dogs in sizes.items() if slug != LARGEST[0])


@pytest.mark.django_db
def test_every_member_is_a_real_organisation() -> None:
    call_command("load_reference", verbosity=0)
    forces = Force.objects.filter(slug__in=[LARGEST[0], *MEMBERS])
    assert forces.count() == 32
    assert {"England", "Wales", "Scotland", "Northern Ireland"} <= set(forces.values_list("country", flat=True))
    assert forces.filter(kind="fire").count() >= 5


def test_stories_differ_and_mind_their_manners() -> None:
    teller = Storyteller(Demo(now=timezone.now(), password="!").random, ("treat", "trick", "nap"))
    stories = {teller.story("Biscuit", "Priya", range(2024, 2027)).story for _ in range(120)}
    assert len(stories) >= 60
    assert not any("{" in story or "!" in story for story in stories)


def test_the_drawn_papers_would_be_accepted_as_uploads(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    draw_papers()
    papers = sorted(tmp_path.glob("demo/*.pdf"))
    assert len(papers) == 9
    for paper in papers:
        with paper.open("rb") as file:
            assert check_upload(file).ending == ".pdf"


def test_a_password_is_made_kept_and_given_again(
    monkeypatch: pytest.MonkeyPatch, settings: LazySettings, tmp_path: Path
) -> None:
    settings.OK9_HOME = tmp_path
    monkeypatch.delenv("OK9_DEMO_PASSWORD", raising=False)
    made, is_ours = settle_password()
    assert (settle_password(), is_ours) == ((made, True), True)
    assert (tmp_path / "demo-password").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("OK9_DEMO_PASSWORD", "correct horse battery")
    assert settle_password() == ("correct horse battery", False)
