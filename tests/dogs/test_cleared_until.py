"""`Team.cleared_until`, kept by triggers: each fact taken away takes it away, and put back puts it back."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from core.tenancy import scope, system_scope
from dogs.models import Document, Dog, Team
from dogs.states import REQUIRED_OF_DOG
from network.models import Agreement, Certificate, Handler, Membership, NetworkNumbers
from tests.conftest import UNTIL, Cast, build_cast
from tests.factories.dogs import make_document

SOONER = UNTIL - timedelta(days=100)
KINDS = (*REQUIRED_OF_DOG, "public_liability")


@pytest.fixture
def team(cast: Cast) -> Iterator[Team]:
    with system_scope():
        yield cast.north_team


def cleared(team: Team) -> date | None:
    return Team.objects.values_list("cleared_until", flat=True).get(pk=team.pk)


def of_kind(team: Team, kind: str) -> Any:
    dog = None if kind == "public_liability" else team.dog
    return Document.objects.filter(force=team.force, dog=dog, kind=kind, status="verified")


def dated(team: Team) -> dict[str, Any]:
    """Every row with a date that the team's own depends on."""
    return {
        "agreement": Agreement.objects.filter(force=team.force),
        "certificate": Certificate.objects.filter(handler=team.handler),
        **{kind: of_kind(team, kind) for kind in KINDS},
    }


def test_a_team_with_everything_is_clear_to_the_least_date(team: Team) -> None:
    assert cleared(team) == UNTIL


@pytest.mark.parametrize("name", ["agreement", "certificate", *KINDS])
def test_a_shorter_date_shortens_it_and_a_longer_one_does_not_lengthen_it(team: Team, name: str) -> None:
    rows = dated(team)[name]
    rows.update(expires_on=SOONER)
    assert cleared(team) == SOONER
    rows.update(expires_on=UNTIL + timedelta(days=500))
    assert cleared(team) == UNTIL


@pytest.mark.parametrize("name", ["agreement", "certificate", *KINDS])
def test_what_is_deleted_takes_it_away(team: Team, name: str) -> None:
    dated(team)[name].delete()
    assert cleared(team) is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_that_is_replaced_takes_it_away_until_the_newer_one_is_verified(
    cast: Cast, team: Team, kind: str, now: datetime
) -> None:
    of_kind(team, kind).update(status="replaced")
    assert cleared(team) is None
    dog = None if kind == "public_liability" else team.dog
    newer = make_document(team.force, kind, by=cast.coordinator, until=SOONER, dog=dog, status="submitted")
    assert cleared(team) is None
    Document.objects.filter(pk=newer.pk).update(status="verified", decided_at=now, decided_by=cast.coordinator)
    assert cleared(team) == SOONER


def test_an_assessment_is_needed_and_its_date_counts(team: Team) -> None:
    rows = Team.objects.filter(pk=team.pk)
    rows.update(assessed_until=SOONER)
    assert cleared(team) == SOONER
    rows.update(assessed_until=None)
    assert cleared(team) is None
    rows.update(assessed_until=UNTIL)
    assert cleared(team) == UNTIL


def test_a_pair_that_parted_is_not_clear(team: Team) -> None:
    Team.objects.filter(pk=team.pk).update(is_active=False)
    assert cleared(team) is None
    Team.objects.filter(pk=team.pk).update(is_active=True)
    assert cleared(team) == UNTIL


@pytest.mark.parametrize(
    ("rows", "away", "back"),
    [
        (lambda t: Dog.objects.filter(pk=t.dog_id), "suspended", "accredited"),
        (lambda t: Dog.objects.filter(pk=t.dog_id), "resting", "accredited"),
        (lambda t: Dog.objects.filter(pk=t.dog_id), "restricted", "accredited"),
        (lambda t: Handler.objects.filter(pk=t.handler_id), "paused", "active"),
        (lambda t: Membership.objects.filter(force=t.force_id), "suspended", "member"),
    ],
)
def test_a_state_that_stops_work_takes_it_away_until_it_ends(
    team: Team, rows: Callable[[Team], Any], away: str, back: str
) -> None:
    rows(team).update(status=away)
    assert cleared(team) is None
    rows(team).update(status=back)
    assert cleared(team) == UNTIL


def test_an_agreement_that_ends_takes_it_away(team: Team) -> None:
    Agreement.objects.filter(force=team.force).update(status="terminated")
    assert cleared(team) is None


@pytest.mark.parametrize("less", [{"cover_pounds": 9_999_999}, {"covers_workplace": False}, {"cover_pounds": None}])
def test_insurance_must_cover_enough(team: Team, less: dict[str, Any]) -> None:
    of_kind(team, "public_liability").update(**less)
    assert cleared(team) is None
    of_kind(team, "public_liability").update(cover_pounds=10_000_000, covers_workplace=True)
    assert cleared(team) == UNTIL


def test_a_changed_number_is_applied_to_every_team(cast: Cast, team: Team) -> None:
    NetworkNumbers.objects.update(public_liability_pounds=20_000_000)
    assert (cleared(team), cleared(cast.south_team)) == (None, None)
    NetworkNumbers.objects.update(public_liability_pounds=10_000_000)
    assert (cleared(team), cleared(cast.south_team)) == (UNTIL, UNTIL)


def test_either_of_two_certificates_is_enough(cast: Cast, team: Team, now: datetime) -> None:
    first = Certificate.objects.get(handler=team.handler)
    Certificate.objects.create(
        force=team.force, handler=team.handler, handler_user=team.handler_user, kind="peer_supporter",
        status="verified", issued_on=SOONER - timedelta(days=9), expires_on=SOONER, submitted_at=now, decided_at=now,
        decided_by=cast.coordinator,
    )  # fmt: skip
    assert cleared(team) == UNTIL
    Certificate.objects.filter(pk=first.pk).update(status="replaced")
    assert cleared(team) == SOONER


def test_another_forces_papers_change_nothing(cast: Cast, team: Team) -> None:
    Document.objects.filter(force=cast.south).delete()
    Membership.objects.filter(force=cast.south).update(status="suspended")
    assert (cleared(team), cleared(cast.south_team)) == (UNTIL, None)


def test_a_lead_who_changes_a_paper_changes_teams_of_handlers_that_row_security_hides(cast: Cast) -> None:
    """The triggers run as the owner: whoever may write the paper keeps every team right."""
    with scope(user=cast.north_lead.pk, forces=(cast.north.pk,)):
        of_kind(cast.north_team, "public_liability").update(status="replaced")
    with system_scope():
        assert cleared(cast.north_team) is None


def shorten_insurance(cast: Cast) -> None:
    of_kind(cast.north_team, "insurance").update(expires_on=SOONER)


def shorten_assessment(cast: Cast) -> None:
    Team.objects.filter(pk=cast.north_team.pk).update(assessed_until=SOONER)


def suspend_and_return(cast: Cast) -> None:
    Dog.objects.filter(pk=cast.north_team.dog_id).update(status="resting")
    Dog.objects.filter(pk=cast.north_team.dog_id).update(status="accredited")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("second", [shorten_insurance, shorten_assessment, suspend_and_return])
def test_a_change_that_waited_for_another_sees_it(transactional_db: None, second: Callable[[Cast], None]) -> None:
    """The first connection has shortened the vet check and not committed when the second makes its own change."""
    NetworkNumbers.objects.get_or_create(pk=1)
    cast, least = build_cast(), SOONER - timedelta(days=1)

    def change() -> None:
        try:
            with system_scope():
                second(cast)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with system_scope():
            of_kind(cast.north_team, "vet_check").update(expires_on=least)
            waiting = pool.submit(change)
            _until_somebody_waits_for_a_lock()
        waiting.result(timeout=30)
    with system_scope():
        assert cleared(cast.north_team) == least


def _until_somebody_waits_for_a_lock() -> None:
    with connection.cursor() as cursor:
        for _try in range(500):
            cursor.execute("select exists (select 1 from pg_locks where not granted), pg_sleep(0.01)")
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waited")


@pytest.mark.django_db(transaction=True)
def test_two_changes_at_once_leave_no_stale_date(transactional_db: None) -> None:
    """One connection shortens the vet check while another shortens the insurance, over and over."""
    NetworkNumbers.objects.get_or_create(pk=1)
    cast = build_cast()
    barrier = Barrier(4)

    def change(kind: str, number: int) -> None:
        try:
            for turn in range(12):
                barrier.wait(timeout=30)
                with system_scope():
                    until = UNTIL - timedelta(days=number + 10 * turn)
                    of_kind(cast.north_team, kind).update(expires_on=until)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        kinds = ("vet_check", "insurance", "vaccination", "public_liability")
        for done in [pool.submit(change, kind, number) for number, kind in enumerate(kinds)]:
            done.result(timeout=60)
    with system_scope():
        least = min(of_kind(cast.north_team, kind).get().expires_on for kind in KINDS)
        assert cleared(cast.north_team) == least == UNTIL - timedelta(days=113)
