"""Expenses: lines and their sum, the way to the lead and back, and what a host may know."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, transaction
from django.utils.timezone import localdate

from accounts.models import User
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from deployments.actions.claims import (
    Expense,
    add_expense,
    approve_claim,
    discard_claim,
    remove_expense,
    return_claim,
    settle_claim,
    start_claim,
    start_visit_claim,
    submit_claim,
)
from deployments.inputs import UnplannedVisit
from deployments.models import Claim, ClaimLine, Deployment
from deployments.sheets import owed_for
from dogs.models import Commitment
from network.models import NetworkNumbers
from tests.conftest import Cast
from tests.factories.deployments import confirmed, forget, proposed, told, trail, triaged

LEAD, HANDLER = "lead@northshire.example", "handler@northshire.example"


@pytest.fixture
def deployment(cast: Cast, now: datetime) -> Deployment:
    request = triaged(cast.host, starts_at=now + timedelta(minutes=5), by=cast.coordinator, now=now)
    (offer,) = proposed(request, cast.north_team, by=cast.coordinator, now=now)
    made = confirmed(offer, lead=cast.north_lead, handler=cast.north_handler, now=now)
    forget()
    return made


@pytest.fixture
def claim(cast: Cast, deployment: Deployment, now: datetime) -> Claim:
    with scope(user=cast.north_handler.pk):
        commitment = Commitment.objects.select_related("dog", "handler").get(pk=deployment.commitment_id)
        return start_claim(commitment=commitment, by=cast.north_handler, now=now)


def miles(now: datetime, number: int = 84) -> Expense:
    return Expense(kind="mileage", on=localdate(now), what="There and back", miles=number)


def night(now: datetime, pence: int = 7250) -> Expense:
    return Expense(kind="overnight", on=localdate(now), what="One night", amount_pence=pence)


def add(cast: Cast, claim: Claim, expense: Expense, now: datetime, **more: object) -> ClaimLine:
    with scope(user=cast.north_handler.pk):
        key = more.get("key") or uuid4()
        return add_expense(claim=claim, expense=expense, key=key, by=cast.north_handler, now=now)  # type: ignore[arg-type]


def sent(cast: Cast, claim: Claim, now: datetime) -> Claim:
    add(cast, claim, night(now), now)
    with scope(user=cast.north_handler.pk):
        return submit_claim(claim=claim, by=cast.north_handler, now=now)


def decide(cast: Cast, act: object, claim: Claim, now: datetime, *, by: User | None = None, **more: object) -> Claim:
    by = by or cast.north_lead
    forces = (cast.north.pk,) if by == cast.north_lead else ()
    with scope(user=by.pk, forces=forces, national=by == cast.coordinator):
        return act(claim=claim, by=by, now=now, **more)  # type: ignore[operator,no-any-return]


def fresh(claim: Claim) -> Claim:
    with system_scope():
        return Claim.objects.get(pk=claim.pk)


def test_lines_add_up(cast: Cast, claim: Claim, now: datetime) -> None:
    line = add(cast, claim, miles(now), now)
    assert (line.rate_pence, line.amount_pence) == (45, 3780)
    other = add(cast, claim, night(now), now)
    assert fresh(claim).total_pence == 11030
    with scope(user=cast.north_handler.pk):
        remove_expense(line=other, by=cast.north_handler, now=now)
        remove_expense(line=other, by=cast.north_handler, now=now)
    assert fresh(claim).total_pence == 3780


def test_the_rate_is_one_of_the_networks_numbers_and_stays_as_it_was(cast: Cast, claim: Claim, now: datetime) -> None:
    before = add(cast, claim, miles(now, 10), now)
    NetworkNumbers.objects.update(mileage_pence=50)
    after = add(cast, claim, miles(now, 10), now)
    assert (before.amount_pence, after.amount_pence) == (450, 500)


def test_a_repeated_tap_adds_one_line(cast: Cast, claim: Claim, now: datetime) -> None:
    key = uuid4()
    assert add(cast, claim, night(now), now, key=key) == add(cast, claim, night(now), now, key=key)
    assert fresh(claim).total_pence == 7250


def test_another_amount_under_the_same_key_is_not_lost_silently(cast: Cast, claim: Claim, now: datetime) -> None:
    for first, second in ((night(now), night(now, 2750)), (miles(now, 84), miles(now, 48))):
        key = uuid4()
        add(cast, claim, first, now, key=key)
        assert add(cast, claim, first, now, key=key)
        with pytest.raises(Refused, match="was saved already, as it was sent first"):
            add(cast, claim, second, now, key=key)


def test_there_is_one_claim_for_each_deployment(cast: Cast, claim: Claim, now: datetime) -> None:
    with scope(user=cast.north_handler.pk):
        again = start_claim(commitment=claim.commitment, by=cast.north_handler, now=now)
    assert again == claim
    assert (claim.host_force, claim.place) == (cast.host, "Hostshire headquarters")


@pytest.mark.parametrize(
    ("days", "said"), [(1, "in the future"), (-8, "too far from the deployment"), (-400, "too far from the deployment")]
)
def test_an_expense_is_of_about_that_time(cast: Cast, claim: Claim, now: datetime, days: int, said: str) -> None:
    expense = Expense("equipment", localdate(now) + timedelta(days=days), "A bowl", amount_pence=1800)
    with pytest.raises(Refused, match=said) as refused:
        add(cast, claim, expense, now)
    assert refused.value.field == "on"


def test_the_way_of_a_claim(cast: Cast, claim: Claim, now: datetime) -> None:
    sent(cast, claim, now)
    assert told() == {("claim_waiting", LEAD)}
    forget()
    decide(cast, approve_claim, claim, now)
    assert told() == {("claim_answered", HANDLER)}
    decide(cast, settle_claim, claim, now)
    assert fresh(claim).status == "settled"
    verbs = [row[0] for row in trail(claim)]
    assert verbs == ["started a claim", "added an expense", "sent a claim", "approved a claim", "settled a claim"]


def test_one_that_is_sent_back_is_put_right_and_sent_again(cast: Cast, claim: Claim, now: datetime) -> None:
    sent(cast, claim, now)
    with pytest.raises(Refused, match="sent already"):
        add(cast, claim, night(now), now)
    with pytest.raises(Refused, match="Say why"):
        decide(cast, return_claim, claim, now, reason=" ")
    decide(cast, return_claim, claim, now, reason="The receipt is missing.")
    assert (fresh(claim).status, fresh(claim).reason) == ("returned", "The receipt is missing.")
    sent(cast, claim, now)
    decide(cast, approve_claim, claim, now)
    assert (fresh(claim).status, fresh(claim).reason) == ("approved", "")


def test_what_was_sent_again_since_the_page_was_opened_is_not_approved_unread(
    cast: Cast, claim: Claim, now: datetime
) -> None:
    read = sent(cast, claim, now).submitted_at
    decide(cast, return_claim, claim, now, reason="The receipt is missing.")
    later = now + timedelta(minutes=5)
    sent(cast, claim, later)
    with pytest.raises(Refused, match="has changed since you opened this page"):
        decide(cast, approve_claim, claim, later, as_of=read)
    assert fresh(claim).status == "submitted"
    decide(cast, approve_claim, claim, later, as_of=later)
    decide(cast, approve_claim, claim, later, as_of=read)  # a repeated tap of whoever approved it
    assert fresh(claim).status == "approved"


def test_an_empty_claim_is_not_sent(cast: Cast, claim: Claim, now: datetime) -> None:
    with scope(user=cast.north_handler.pk), pytest.raises(Refused, match="Add an expense first"):
        submit_claim(claim=claim, by=cast.north_handler, now=now)


def test_steps_are_taken_in_order(cast: Cast, claim: Claim, now: datetime) -> None:
    for act in (approve_claim, settle_claim):
        with pytest.raises(Refused, match="can't become"):
            decide(cast, act, claim, now)
    with system_scope(), pytest.raises(InternalError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(status="settled")


def test_nobody_decides_on_their_own_claim(cast: Cast, claim: Claim, now: datetime) -> None:
    sent(cast, claim, now)
    for user in (cast.north_handler, cast.south_lead, cast.host_lead, cast.assessor):
        with pytest.raises(PermissionDenied):
            decide(cast, approve_claim, claim, now, by=user)
    decide(cast, approve_claim, claim, now, by=cast.coordinator)


def test_the_host_reads_the_sum_of_what_is_approved_and_nothing_else(
    cast: Cast, claim: Claim, deployment: Deployment, now: datetime
) -> None:
    sent(cast, claim, now)
    with scope(user=cast.host_lead.pk, forces=(cast.host.pk,)):
        assert owed_for(deployment.request) == (0, "£0.00")
    decide(cast, approve_claim, claim, now)
    with scope(user=cast.host_lead.pk, forces=(cast.host.pk,)):
        assert owed_for(deployment.request) == (1, "£72.50")
        assert not ClaimLine.objects.exists()
        assert not ClaimLine.unscoped.exists()


def test_only_the_handler_claims(cast: Cast, deployment: Deployment, now: datetime) -> None:
    for user in (cast.north_lead, cast.coordinator):
        with scope(user=user.pk, national=True), pytest.raises(PermissionDenied):
            start_claim(commitment=deployment.commitment, by=user, now=now)


def visit_claim(cast: Cast, now: datetime, by: User | None = None, **changes: object) -> Claim:
    told = {"on": localdate(now) - timedelta(days=3), "place": "Custody", "purpose": "A long night", **changes}
    by = by or cast.north_handler
    with scope(user=by.pk):
        visit = UnplannedVisit(**told)  # type: ignore[arg-type]
        return start_visit_claim(team=cast.north_team, visit=visit, by=by, now=now)


def test_a_visit_that_was_not_planned_has_one_claim_and_the_same_way(cast: Cast, now: datetime) -> None:
    claim = visit_claim(cast, now)
    assert (claim.place, claim.purpose, claim.dog_name, claim.host_force_id) == (
        "Custody",
        "A long night",
        "Bramble",
        None,
    )
    assert visit_claim(cast, now).pk == claim.pk
    assert trail(claim)[0][0] == "started a claim"
    forget()
    sent(cast, claim, now)
    assert told() == {("claim_waiting", LEAD)}
    decide(cast, approve_claim, claim, now)
    decide(cast, settle_claim, claim, now)
    assert fresh(claim).status == "settled"
    with scope(user=cast.host_lead.pk, forces=(cast.host.pk,)):
        assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"days": 1}, "on"), ({"days": -91}, "on"), ({"place": " "}, "place"), ({"purpose": ""}, "purpose")],
)
def test_such_a_visit_is_of_late_and_says_where_and_why(
    cast: Cast, now: datetime, changes: dict[str, object], field: str
) -> None:
    days = changes.pop("days", None)
    if isinstance(days, int):
        changes["on"] = localdate(now) + timedelta(days=days)
    with pytest.raises(Refused) as refused:
        visit_claim(cast, now, **changes)
    assert refused.value.field == field
    with system_scope():
        assert not Claim.objects.exists()


def test_an_expense_of_such_a_visit_is_of_about_that_time(cast: Cast, now: datetime) -> None:
    claim = visit_claim(cast, now, on=localdate(now) - timedelta(days=60))
    with pytest.raises(Refused, match="too far from"):
        add(cast, claim, miles(now), now)
    assert fresh(claim).total_pence == 0


def test_another_visit_to_the_same_place_on_the_same_day_needs_a_name_of_its_own(cast: Cast, now: datetime) -> None:
    claim = visit_claim(cast, now)
    with pytest.raises(Refused, match="You have a claim for Custody on that day already") as refused:
        visit_claim(cast, now, place="custody", purpose="Another night")
    assert refused.value.field == "place"
    sent(cast, claim, now)
    with pytest.raises(Refused, match="name the place more exactly"):
        visit_claim(cast, now)
    assert visit_claim(cast, now, place="Custody, late shift").pk != claim.pk


def test_a_claim_that_was_begun_by_mistake_is_thrown_away(cast: Cast, claim: Claim, now: datetime) -> None:
    line = add(cast, claim, miles(now), now)
    with scope(user=cast.north_handler.pk), pytest.raises(Refused, match="Take its expenses off first"):
        discard_claim(claim=claim, by=cast.north_handler, now=now)
    for user in (cast.north_lead, cast.coordinator):
        with system_scope(), pytest.raises(PermissionDenied):
            discard_claim(claim=claim, by=user, now=now)
    with scope(user=cast.north_handler.pk):
        remove_expense(line=line, by=cast.north_handler, now=now)
        for _press in range(2):
            discard_claim(claim=claim, by=cast.north_handler, now=now)
        assert not Claim.objects.exists()
    assert trail(claim)[-1][0] == "discarded a claim"


def test_what_was_sent_is_not_thrown_away(cast: Cast, claim: Claim, now: datetime) -> None:
    sent(cast, claim, now)
    with scope(user=cast.north_handler.pk), pytest.raises(Refused, match="sent already"):
        discard_claim(claim=claim, by=cast.north_handler, now=now)


def test_only_its_handler_claims_for_a_team(cast: Cast, now: datetime) -> None:
    for user in (cast.north_lead, cast.south_handler, cast.coordinator):
        with pytest.raises(PermissionDenied):
            visit_claim(cast, now, by=user)


def test_the_database_knows_planned_claims_from_others(cast: Cast, claim: Claim, now: datetime) -> None:
    other = visit_claim(cast, now)
    with system_scope():
        for row, wrong in ((claim, {"purpose": "Both"}), (claim, {"commitment": None}), (other, {"on": None})):
            with pytest.raises(IntegrityError, match="claim_planned_or_not"), transaction.atomic():
                Claim.objects.filter(pk=row.pk).update(**wrong)
