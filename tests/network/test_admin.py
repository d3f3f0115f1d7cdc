"""Memberships, agreements, handlers and numbers in the coordinators' admin."""

import pytest
from django.urls import reverse

from accounts.models import Force
from audit.models import Record
from core.tenancy import system_scope
from network.models import Agreement, Handler, Membership, NetworkNumbers
from tests.conftest import Cast, SignedIn
from tests.factories.accounts import make_force, make_user


@pytest.fixture
def coordinator(cast: Cast, as_user: type[SignedIn]) -> SignedIn:
    return as_user().sign_in(cast.coordinator)


@pytest.fixture
def newcomer(cast: Cast) -> Force:
    return make_force("westshire", region="West")


def act(name: str, pk: int, slug: str) -> str:
    return reverse(f"admin:network_{name}_act", args=[pk, slug])


def test_a_scheme_starts_and_admission_says_what_is_missing(coordinator: SignedIn, newcomer: Force) -> None:
    assert coordinator.post(reverse("admin:network_membership_add"), {"force": newcomer.pk}).status_code == 302
    with system_scope():
        membership = Membership.objects.get(force=newcomer)
    assert coordinator.post(act("membership", membership.pk, "submit"), {}).status_code == 302
    refused = coordinator.post(act("membership", membership.pk, "admit"), {})
    assert refused.status_code == 200
    assert b"Its application has not been approved." in refused.content
    assert b"no agreement" in refused.content


def test_the_duty_contact_is_typed_and_the_status_is_not(cast: Cast, coordinator: SignedIn) -> None:
    with system_scope():
        membership = Membership.objects.get(force=cast.north)
    typed = {"duty_contact": "Control room", "duty_telephone": "01632 960222", "status": "left", "force": "1"}
    page = reverse("admin:network_membership_change", args=[membership.pk])
    assert coordinator.post(page, typed).status_code == 302
    with system_scope():
        membership.refresh_from_db()
        kept = Record.objects.get(object_uuid=membership.uuid)
    assert (membership.status, membership.duty_telephone) == ("member", "01632 960222")
    assert (kept.verb, kept.force_id) == ("changed", cast.north.pk)


def test_an_agreement_goes_its_way(cast: Cast, coordinator: SignedIn) -> None:
    with system_scope():
        text = Agreement.objects.get(force=cast.north).text
    typed = {"force": cast.north.pk, "text": text.pk, "expires_on": "2032-01-01"}
    assert coordinator.post(reverse("admin:network_agreement_add"), typed).status_code == 302
    with system_scope():
        agreement = Agreement.objects.get(force=cast.north, status="offered")
    steps = [("sign", {"signed_by_name": "A Chief"}), ("countersign", {}), ("activate", {})]
    for slug, said in steps:
        assert coordinator.post(act("agreement", agreement.pk, slug), said).status_code == 302
    with system_scope():
        statuses = Agreement.objects.filter(force=cast.north).order_by("pk").values_list("status", flat=True)
        assert list(statuses) == ["superseded", "active"]


def test_a_handler_is_added_paused_and_leaves(cast: Cast, coordinator: SignedIn) -> None:
    with system_scope():
        user = make_user("new@northshire.example", "Nell New")
    typed = {"force": cast.north.pk, "handler_user": user.pk, "name": "Nell New"}
    add = reverse("admin:network_handler_add")
    assert coordinator.post(add, typed).status_code == 302
    assert b"already" in coordinator.post(add, typed).content
    with system_scope():
        handler = Handler.objects.get(handler_user=user)
    for slug, status in (("activate", "active"), ("pause", "paused"), ("leave", "left")):
        assert coordinator.post(act("handler", handler.pk, slug), {"why": ""}).status_code == 302
        with system_scope():
            handler.refresh_from_db()
        assert handler.status == status


def test_a_number_is_changed_and_recorded(coordinator: SignedIn) -> None:
    numbers = NetworkNumbers.objects.get()
    typed = {field.name: getattr(numbers, field.name) for field in numbers._meta.fields if field.name != "id"}
    page = reverse("admin:network_networknumbers_change", args=[numbers.pk])
    assert coordinator.post(page, {**typed, "sessions_a_week": 4}).status_code == 302
    assert NetworkNumbers.objects.get().sessions_a_week == 4
    with system_scope():
        assert Record.objects.get(object_type="networknumbers").details == {"fields": ["sessions_a_week"]}
    assert coordinator.post(reverse("admin:network_networknumbers_add"), typed).status_code == 403
