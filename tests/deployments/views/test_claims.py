"""Expenses and debriefs on their pages: typed, kept as drafts, decided, and what a host reads."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from pytest_django.fixtures import Settings

from accounts.models import User
from core.tenancy import scope, system_scope
from deployments.actions.deployments import check_in, check_out
from deployments.models import Claim, ClaimLine, Debrief, DebriefDraft, Deployment
from dogs.actions.work import log_session
from dogs.inputs import Session
from dogs.models import SessionLog
from tests.boundaries.matrix import day
from tests.conftest import Cast, SignedIn
from tests.counting import questions
from tests.factories.deployments import confirmed, proposed, triaged
from tests.factories.files import pdf_bytes, upload

SignIn = Callable[[User], SignedIn]


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def page(as_user: type[SignedIn]) -> SignIn:
    return lambda user: as_user().sign_in(user)


@pytest.fixture
def over(cast: Cast, now: datetime) -> Deployment:
    request = triaged(cast.host, starts_at=now - timedelta(minutes=5), by=cast.coordinator, now=now - timedelta(days=1))
    (offer,) = proposed(request, cast.north_team, by=cast.coordinator, now=now - timedelta(hours=9))
    made = confirmed(offer, lead=cast.north_lead, handler=cast.north_handler, now=now - timedelta(hours=8))
    with scope(user=cast.north_handler.pk):
        check_in(deployment=made, by=cast.north_handler, now=now - timedelta(minutes=4))
        check_out(deployment=made, by=cast.north_handler, now=now)
    return made


def test_a_deployment_is_claimed_for_from_its_check_in_on_also_before_it_begins(
    page: SignIn, cast: Cast, now: datetime
) -> None:
    request = triaged(cast.host, starts_at=now + timedelta(hours=1), by=cast.coordinator, now=now)
    (offer,) = proposed(request, cast.north_team, by=cast.coordinator, now=now)
    made = confirmed(offer, lead=cast.north_lead, handler=cast.north_handler, now=now)
    address = f"{reverse('member_claim_add')}?for={made.commitment.uuid}"
    option = f'<option value="{made.commitment.uuid}" selected>'
    assert option not in page(cast.north_handler).get(address).content.decode()
    with scope(user=cast.north_handler.pk):
        check_in(deployment=made, by=cast.north_handler, now=now)
    assert option in page(cast.north_handler).get(address).content.decode()


@pytest.fixture
def claim(page: SignIn, cast: Cast, over: Deployment) -> Claim:
    body = {"commitment": str(over.commitment.uuid)}
    assert page(cast.north_handler).post(reverse("member_claim_add"), body).status_code == 302
    with system_scope():
        return Claim.objects.get()


def at(name: str, thing: Any) -> str:
    return reverse(f"member_{name}", args=[thing.uuid])


def expense(now: datetime, **changes: Any) -> dict[str, Any]:
    told = {"kind": "overnight", "what": "One night", "miles": "", "amount": "£72.50", "receipt": upload(pdf_bytes())}
    return {"key": str(uuid4()), **told, **day("on", localdate(now)), **changes}


def kept(media: Path) -> int:
    return sum(path.is_file() for path in media.rglob("*"))


def test_a_claim_from_the_first_line_to_the_host(
    page: SignIn, cast: Cast, claim: Claim, over: Deployment, now: datetime
) -> None:
    handler, lead, host = page(cast.north_handler), page(cast.north_lead), page(cast.host_lead)
    assert "at 45 pence a mile" in handler.get(at("claim_detail", claim)).content.decode()
    mileage = expense(now, kind="mileage", miles="84", amount="", receipt="")
    for body in (mileage, expense(now)):
        assert handler.post(at("expense_add", claim), body).status_code == 302
    assert "£110.30" in handler.get(at("claim_detail", claim)).content.decode()
    assert "Until you send it" in handler.get(at("claim_detail", claim)).content.decode()
    said = handler.post(at("claim_submit", claim), follow=True).content.decode()
    assert "Claim of £110.30 sent." in said
    assert "£110.30" in lead.get(reverse("member_form_list")).content.decode()
    assert "recharge" not in host.get(at("request_detail", over.request)).content.decode()
    stale = {"as_of": (now - timedelta(hours=1)).isoformat()}
    assert "Read it as it is now" in lead.post(at("claim_approve", claim), stale, follow=True).content.decode()
    with system_scope():
        sent_at = Claim.objects.get().submitted_at
    assert sent_at is not None
    assert f'name="as_of" value="{sent_at.isoformat()}"' in lead.get(at("claim_detail", claim)).content.decode()
    assert "approved" in lead.post(at("claim_approve", claim), follow=True).content.decode()
    seen = host.get(at("request_detail", over.request)).content.decode()
    assert "£110.30" in seen
    assert "One night" not in seen
    assert host.get(at("claim_detail", claim)).status_code == 404
    assert "settled" in lead.post(at("claim_settle", claim), follow=True).content.decode()


def test_the_deployment_s_page_leads_to_its_one_claim(page: SignIn, cast: Cast, over: Deployment) -> None:
    client = page(cast.north_handler)
    address = f"{reverse('member_claim_add')}?for={over.commitment.uuid}"
    assert f'href="{address}"' in client.get(at("deployment_detail", over)).content.decode()
    assert f'value="{over.commitment.uuid}" selected' in client.get(address).content.decode()
    client.post(reverse("member_claim_add"), {"commitment": str(over.commitment.uuid)})
    with system_scope():
        assert client.get(address).headers["Location"] == at("claim_detail", Claim.objects.get())


def test_a_claim_that_is_begun_twice_leads_to_the_one_that_stands(page: SignIn, cast: Cast, over: Deployment) -> None:
    client, body = page(cast.north_handler), {"commitment": str(over.commitment.uuid)}
    led_to = {client.post(reverse("member_claim_add"), body).headers["Location"] for _ in range(3)}
    with system_scope():
        assert led_to == {at("claim_detail", Claim.objects.get())}


def test_a_receipt_is_kept_privately(page: SignIn, cast: Cast, claim: Claim, now: datetime, media: Path) -> None:
    body = expense(now)
    for _ in range(2):
        body["receipt"].seek(0)
        page(cast.north_handler).post(at("expense_add", claim), body)
    assert kept(media) == 1
    with system_scope():
        line = ClaimLine.objects.get()
    for user in (cast.north_handler, cast.north_lead, cast.coordinator):
        answer = page(user).get(at("expense_receipt", line))
        assert b"".join(answer.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    for user in (cast.host_lead, cast.south_lead, cast.assessor):
        assert page(user).get(at("expense_receipt", line)).status_code == 404


def test_a_line_that_is_removed_takes_its_receipt_with_it(
    page: SignIn, cast: Cast, claim: Claim, now: datetime, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    page(cast.north_handler).post(at("expense_add", claim), expense(now))
    with system_scope():
        line = ClaimLine.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        said = page(cast.north_handler).post(at("expense_remove", line), follow=True).content.decode()
    assert "Removed: £72.50." in said
    assert kept(media) == 0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"amount": ""}, "Enter the amount, like 72.50."),
        ({"amount": "1e3"}, "Enter the amount in pounds"),
        ({"amount": "10000.01"}, "Enter the amount in pounds"),
        ({"miles": "4"}, "Miles are for mileage only"),
        ({"kind": "mileage", "amount": "", "miles": ""}, "Enter the miles, like 84."),
        ({"kind": "mileage", "miles": "5"}, "Mileage is paid by the mile"),
        ({"kind": "bribe"}, "Choose one of those that are offered"),
        ({"what": ""}, "Answer “What for?”"),
        ({"receipt": upload(pdf_bytes(script=True))}, "carries a script"),
        ({"receipt": upload(b"")}, "The file is empty"),
    ],
)
def test_what_can_not_be_is_said_and_nothing_is_kept(
    page: SignIn, cast: Cast, claim: Claim, now: datetime, media: Path, changes: dict[str, Any], words: str
) -> None:
    answer = page(cast.north_handler).post(at("expense_add", claim), expense(now, **changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    with system_scope():
        assert not ClaimLine.objects.exists()
    assert kept(media) == 0


def test_a_claim_is_sent_back_with_the_reason(page: SignIn, cast: Cast, claim: Claim, now: datetime) -> None:
    handler, lead = page(cast.north_handler), page(cast.north_lead)
    handler.post(at("expense_add", claim), expense(now))
    handler.post(at("claim_submit", claim))
    assert lead.post(at("claim_return", claim), {"reason": ""}).status_code == 422
    lead.post(at("claim_return", claim), {"reason": "The <b>receipt</b> is missing."})
    said = handler.get(at("claim_detail", claim)).content.decode()
    assert "The &lt;b&gt;receipt&lt;/b&gt; is missing." in said
    assert "Add an expense" in said
    handler.post(at("claim_submit", claim))
    late = handler.post(at("expense_add", claim), expense(now))
    assert late.status_code == 422
    assert "This claim is sent already." in late.content.decode()


def test_pages_ask_the_same_whatever_their_size(page: SignIn, cast: Cast, claim: Claim, now: datetime) -> None:
    client = page(cast.north_handler)
    for _ in range(4):
        client.post(at("expense_add", claim), expense(now, receipt=""))
    for address in (reverse("member_claim_list"), at("claim_detail", claim), reverse("member_debrief_list")):
        assert questions(client, address) <= 8


def test_a_debrief_is_kept_as_a_draft_and_sent(page: SignIn, cast: Cast, over: Deployment) -> None:
    client, address = page(cast.north_handler), at("deployment_debrief", over)
    said = client.post(address, {"dog_after": "", "went_well": "The room <i>", "do": "draft"}, follow=True)
    assert "Draft saved." in said.content.decode()
    assert "The room &lt;i&gt;" in client.get(address).content.decode()
    assert "Draft" in client.get(reverse("member_form_list")).content.decode()
    with system_scope():
        assert not Debrief.objects.exists()
        assert not DebriefDraft.objects.exists()  # the network does not see it
    client.post(address, {"dog_after": "Well", "went_well": "The room", "do": "send"})
    with scope(user=cast.north_handler.pk):
        assert Debrief.objects.get().went_well == "The room"
        assert not DebriefDraft.objects.exists()
    assert "Hostshire headquarters" in client.get(reverse("member_debrief_list")).content.decode()


def unplanned(cast: Cast, now: datetime, **changes: Any) -> dict[str, Any]:
    told = {"commitment": "unplanned", "team": str(cast.north_team.uuid), "place": "Custody", "purpose": "A long night"}
    return {**told, **day("on", localdate(now)), **changes}


def test_a_visit_that_was_not_planned_is_claimed_for(page: SignIn, cast: Cast, now: datetime) -> None:
    client, address = page(cast.north_handler), reverse("member_claim_add")
    assert "For a visit that was not planned" in client.get(address).content.decode()
    for _ in range(2):
        said = client.post(address, unplanned(cast, now), follow=True).content.decode()
    assert "A long night" in said
    assert "Add an expense" in said
    assert f'name="on_day" value="{localdate(now).day}"' in said
    assert "Miles (optional)" not in said
    with system_scope():
        assert Claim.objects.get().purpose == "A long night"
    assert "Custody" in client.get(reverse("member_claim_list")).content.decode()
    for other in (cast.south_handler, cast.south_lead):
        assert "Custody" not in page(other).get(reverse("member_claim_list")).content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"place": ""}, "Say where the visit was"),
        ({"purpose": ""}, "Say what the visit was for."),
        ({"on_day": "", "on_month": "", "on_year": ""}, "Fill in “Day”."),
        ({"on_year": "2999"}, "That day is in the future."),
        ({"team": "6d0b5b9e-8f2b-4a53-9a3e-0c2f6f6f0b1a"}, "Choose one of those that are offered"),
    ],
)
def test_what_is_missing_of_such_a_visit_is_said(
    page: SignIn, cast: Cast, now: datetime, changes: dict[str, str], words: str
) -> None:
    answer = page(cast.north_handler).post(reverse("member_claim_add"), unplanned(cast, now, **changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'data-opens-for="commitment" open>' in answer.content.decode()


def test_whoever_types_such_a_visit_need_not_choose_as_well(
    page: SignIn, cast: Cast, now: datetime, over: Deployment
) -> None:
    client, address = page(cast.north_handler), reverse("member_claim_add")
    assert "Answer “What is it for?”" in client.post(address, {"commitment": ""}).content.decode()
    assert client.post(address, unplanned(cast, now, commitment="", place="")).status_code == 422
    assert client.post(address, unplanned(cast, now, commitment="")).status_code == 302
    with system_scope():
        assert Claim.objects.get().place == "Custody"


def test_it_is_one_or_the_other(page: SignIn, cast: Cast, now: datetime, over: Deployment) -> None:
    body = unplanned(cast, now, commitment=str(over.commitment.uuid))
    answer = page(cast.north_handler).post(reverse("member_claim_add"), body)
    assert answer.status_code == 422
    assert "or leave its boxes empty" in answer.content.decode()


def test_the_session_of_such_a_visit_leads_to_its_claim(page: SignIn, cast: Cast, now: datetime) -> None:
    with scope(user=cast.north_handler.pk):
        session = log_session(
            team=cast.north_team, session=Session(on=localdate(now), minutes=20, people=3, place="Cells"),
            key=uuid4(), commitment=None, by=cast.north_handler, now=now,
        )  # fmt: skip
    client, link = page(cast.north_handler), f"{reverse('member_claim_add')}?for={session.uuid}"
    assert link in client.get(at("session_detail", session)).content.decode()
    assert link not in page(cast.north_lead).get(at("session_detail", session)).content.decode()
    assert 'value="Cells"' in client.get(link).content.decode()
    assert 'value="Cells"' not in page(cast.south_handler).get(link).content.decode()
    begun = client.post(link, unplanned(cast, now, place="Cells")).headers["Location"]
    assert client.get(link).headers["Location"] == begun  # the claim that stands, not the form again
    with system_scope():
        SessionLog.objects.update(on=localdate(now) - timedelta(days=91))
    assert link not in client.get(at("session_detail", session)).content.decode()


def test_only_the_link_chooses_what_is_claimed_for(page: SignIn, cast: Cast, now: datetime, over: Deployment) -> None:
    client = page(cast.north_handler)
    chosen = f'value="{over.commitment.uuid}" selected'
    assert chosen in client.get(reverse("member_claim_add"), {"for": str(over.commitment.uuid)}).content.decode()
    assert chosen not in client.get(reverse("member_claim_add")).content.decode()
    assert chosen not in client.get(reverse("member_claim_add"), {"for": str(uuid4())}).content.decode()


def test_an_empty_claim_is_thrown_away_on_its_page(page: SignIn, cast: Cast, now: datetime) -> None:
    client = page(cast.north_handler)
    claim_page = client.post(reverse("member_claim_add"), unplanned(cast, now)).headers["Location"]
    assert "Throw this claim away" in client.get(claim_page).content.decode()
    said = client.post(f"{claim_page}discard/", follow=True).content.decode()
    assert "The claim for Custody is thrown away." in said
    with system_scope():
        assert not Claim.objects.exists()
