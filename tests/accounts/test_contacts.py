"""The contact list of leads: names for every member, an address or number by a press that is recorded."""

from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.actions import Way, list_contacts, reveal_contact
from accounts.models import Force, Profile, Role, User
from audit.models import Record
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from tests.conftest import Cast, SignedIn
from tests.counting import questions
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db
CONTACTS = "/member/contacts/"


@pytest.fixture(autouse=True)
def _fresh_hour() -> None:
    cache.clear()


@pytest.fixture
def south(cast: Cast) -> UUID:
    with system_scope():
        return Role.objects.get(user=cast.south_lead).uuid


def looks() -> list[tuple[int | None, int | None, str]]:
    with system_scope():
        return list(Record.objects.filter(verb="reveal_contact").values_list("actor_id", "force_id", "details__way"))


def test_the_list_holds_leads_and_deputies_and_nothing_to_reach_them_by(cast: Cast) -> None:
    with system_scope():
        make_user("deputy@southshire.example", "Dee Deputy", ("deputy", cast.south))
        gone = make_user("gone@southshire.example", "Gus Gone", ("lead", cast.south))
    User.objects.filter(pk=gone.pk).update(is_active=False)
    with scope(user=cast.north_handler.pk):
        found = list_contacts(by=cast.north_handler)
    assert [(contact.name, contact.role) for contact in found] == [
        ("Hope Hostshire", "Wellbeing lead"),
        ("Lee Northshire", "Wellbeing lead"),
        ("Lee Southshire", "Wellbeing lead"),
        ("Dee Deputy", "Deputy lead"),
    ]
    assert not any("@" in str(contact) or "07700" in str(contact) for contact in found)


@pytest.mark.parametrize("who", ["north_lead", "north_handler", "coordinator"])
@pytest.mark.parametrize(("way", "value"), [(Way.EMAIL, "lead@southshire.example"), (Way.TELEPHONE, "07700 900123")])
def test_one_press_opens_one_thing_and_leaves_a_trail(
    cast: Cast, south: UUID, now: datetime, who: str, way: Way, value: str
) -> None:
    user = getattr(cast, who)
    with scope(user=user.pk):
        assert reveal_contact(contact=south, way=way, by=user, now=now) == value
    assert looks() == [(user.pk, cast.south.pk, way.value)]
    with scope(user=cast.south_lead.pk, forces=(cast.south.pk,)):  # whose number it is may read who looked
        assert Record.objects.filter(verb="reveal_contact").count() == 1


def test_who_is_no_member_reads_nothing(cast: Cast, south: UUID, now: datetime) -> None:
    with scope(user=cast.assessor.pk):
        with pytest.raises(PermissionDenied):
            list_contacts(by=cast.assessor)
        with pytest.raises(PermissionDenied):
            reveal_contact(contact=south, way=Way.EMAIL, by=cast.assessor, now=now)


def test_only_leads_can_be_looked_up(cast: Cast, now: datetime) -> None:
    with system_scope():
        handler = Role.objects.get(user=cast.south_handler).uuid
    with scope(user=cast.north_lead.pk):
        for contact in (handler, uuid4()):
            assert reveal_contact(contact=contact, way=Way.EMAIL, by=cast.north_lead, now=now) is None
    assert looks() == []


def test_a_number_that_is_kept_out_is_not_shown(cast: Cast, south: UUID, now: datetime) -> None:
    with system_scope():
        Profile.objects.filter(user=cast.south_lead).update(shares_telephone=False)
    with scope(user=cast.north_lead.pk):
        assert [c.shares_telephone for c in list_contacts(by=cast.north_lead)] == [True, True, False]
        with pytest.raises(Refused):
            reveal_contact(contact=south, way=Way.TELEPHONE, by=cast.north_lead, now=now)
        assert reveal_contact(contact=south, way=Way.EMAIL, by=cast.north_lead, now=now)
    assert [way for *_, way in looks()] == ["email"]


@pytest.mark.usefixtures("one_moment")
def test_after_so_many_in_an_hour_it_is_enough(cast: Cast, south: UUID, now: datetime, settings: LazySettings) -> None:
    settings.CONTACTS_AN_HOUR = 2
    browser = SignedIn().sign_in(cast.north_lead)
    address = reverse("member_contact_reveal", args=[south])
    for _ in range(3):
        said = browser.post(address, {"way": "email"}, follow=True).content.decode()
    assert "You have opened 2 contacts in this hour." in said
    assert "lead@southshire.example" not in said
    assert len(looks()) == 2


def test_what_was_opened_stands_in_its_row_once(cast: Cast, south: UUID) -> None:
    browser = SignedIn().sign_in(cast.north_handler)
    before = browser.get(CONTACTS).content.decode()
    assert "Lee Southshire" in before
    assert "lead@southshire.example" not in before
    assert "07700 900123" not in before
    answer = browser.post(f"{reverse('member_contact_reveal', args=[south])}?q=south&page=1", {"way": "telephone"})
    assert answer.headers["Location"] == f"{CONTACTS}?q=south&page=1#contact-{south}"
    opened = browser.get(answer.headers["Location"]).content.decode()
    assert "tel:07700900123" in opened
    assert "lead@southshire.example" not in opened
    assert "07700 900123" not in browser.get(CONTACTS).content.decode()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Hope", "Lee Northshire", "Lee Southshire"]),
        ("q=lee", ["Lee Northshire", "Lee Southshire"]),
        ("q=SOUTHSHIRE+police", ["Lee Southshire"]),
        ("region=South", ["Lee Southshire"]),
        ("kind=fire", ["Lee Northshire"]),
        ("q=%3Cscript%3E&region=%00&page=x", []),
    ],
)
def test_the_list_is_searched_and_narrowed(cast: Cast, query: str, names: list[str]) -> None:
    Force.objects.filter(pk=cast.north.pk).update(kind="fire")
    page = SignedIn().sign_in(cast.north_lead).get(f"{CONTACTS}?{query}").content.decode()
    shown = [name for name in ("Hope", "Lee Northshire", "Lee Southshire") if f'<th scope="row">{name}' in page]
    assert shown == names
    assert "<script>alert" not in page
    assert ("Nobody fits." in page) == (not names)


def test_the_list_asks_the_same_whatever_its_length(cast: Cast) -> None:
    with system_scope():
        for number in range(60):
            make_user(f"deputy{number}@southshire.example", f"Dee {number}", ("deputy", cast.south))
    browser = SignedIn().sign_in(cast.north_lead)
    browser.get(CONTACTS)
    assert questions(browser, CONTACTS) <= 5


def test_a_lead_keeps_the_number_out_of_the_list(cast: Cast) -> None:
    browser = SignedIn().sign_in(cast.north_lead)
    page = browser.get(reverse("profile")).content.decode()
    for address in ("member_preferences", "member_inbox", "mfa_index", "usersessions_list"):
        assert f'href="{reverse(address)}"' in page
    typed = {"name": "Lee Northshire", "telephone": "07700 900123", "texts": "on", "language": "en-gb"}
    browser.post(reverse("profile"), typed)
    with system_scope():
        assert Profile.objects.get(user=cast.north_lead).shares_telephone is False
    browser.post(reverse("profile"), {**typed, "shares_telephone": "on"})
    with system_scope():
        assert Profile.objects.get(user=cast.north_lead).shares_telephone is True
