"""Signing in as a person does: password, second factor, the way back, limits, and mail that tells nobody anything."""

import re
import time
from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import add_person, set_up_demo_second_factor
from accounts.inputs import Person
from accounts.models import Force, Role, User
from core.tenancy import system_scope
from notifications.models import Message
from tests.factories.accounts import make_force

pytestmark = pytest.mark.django_db
PASSWORD = "three odd words"


def person(email: str, role: str, force: Force | None = None) -> User:
    with system_scope():
        user = add_person(email=email, password=PASSWORD, person=Person("Some One"), now=timezone.now())
        Role.objects.create(user=user, role=role, force=force)
    return user


def sign_in(client: Client, email: str, password: str = PASSWORD, *, then: str = "") -> object:
    address = reverse("account_login") + (f"?next={then}" if then else "")
    return client.post(address, {"login": email, "password": password, "next": then})


def code_of(user: User) -> str:
    out = StringIO()
    call_command("demo_code", user.email, stdout=out)
    return out.getvalue().strip()


def mails() -> list[Message]:
    with system_scope():
        return list(Message.unscoped.order_by("pk"))


def test_a_mails_link_comes_back_after_sign_in(client: Client) -> None:
    person("lead@northshire.example", "lead", make_force())
    asked = client.get(reverse("person_list"))
    assert asked.status_code == 302
    assert asked["Location"] == f"{reverse('account_login')}?next={reverse('person_list')}"
    answer = sign_in(client, "lead@northshire.example", then=reverse("person_list"))
    assert answer["Location"] == reverse("person_list")  # type: ignore[index]
    assert client.get(reverse("person_list")).status_code == 200


def test_the_way_back_never_leaves_the_house(client: Client) -> None:
    person("lead@northshire.example", "lead", make_force())
    answer = sign_in(client, "lead@northshire.example", then="https://elsewhere.example/")
    assert answer["Location"] == reverse("home_redirect")  # type: ignore[index]


def test_a_phone_stays_signed_in_for_thirty_days(client: Client) -> None:
    person("handler@northshire.example", "handler", make_force())
    sign_in(client, "handler@northshire.example")
    assert client.session.get_expiry_age() == 30 * 24 * 3600
    answer = client.get(reverse("profile"))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"


def test_a_coordinator_needs_the_second_factor_and_is_signed_in_for_twelve_hours(client: Client) -> None:
    user = person("coordinator@ok9.example", "coordinator")
    set_up_demo_second_factor(user)
    wanted = reverse("coordinator_person_list")
    answer = sign_in(client, user.email, then=wanted)
    assert answer["Location"].startswith(reverse("mfa_authenticate"))  # type: ignore[index]
    assert client.get(wanted).status_code == 302
    answer = client.post(reverse("mfa_authenticate"), {"code": code_of(user)})
    assert answer["Location"] == wanted  # type: ignore[index]
    assert client.get(wanted).status_code == 200
    cache.clear()  # the cache keeps its own time
    with time_machine.travel(timezone.now() + timedelta(hours=11, minutes=59), tick=False):
        assert client.get(wanted).status_code == 200
    cache.clear()
    with time_machine.travel(timezone.now() + timedelta(hours=12, minutes=1), tick=False):
        assert client.get(wanted).status_code == 302


def test_a_wrong_code_opens_nothing(client: Client) -> None:
    user = person("coordinator@ok9.example", "coordinator")
    set_up_demo_second_factor(user)
    sign_in(client, user.email)
    wrong = "000000" if code_of(user) != "000000" else "111111"
    assert client.post(reverse("mfa_authenticate"), {"code": wrong}).status_code == 200
    assert client.get(reverse("coordinator_person_list")).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_new_coordinator_sets_the_second_factor_up_and_is_in(client: Client, now: datetime) -> None:
    user = person("coordinator@ok9.example", "coordinator")
    sign_in(client, user.email)
    wanted = reverse("coordinator_person_list")
    sent = client.get(wanted)
    assert sent["Location"] == reverse("mfa_activate_totp")
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_for(client.session["mfa.totp.secret"])})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")  # type: ignore[index]
    assert client.get(wanted).status_code == 200
    assert client.session.get_expiry_date() <= timezone.now() + timedelta(hours=12)
    assert ("accounts/safety_notice", user.email) in [(mail.kind, mail.to) for mail in mails()]


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_nobody_signs_up_and_no_address_is_told(client: Client) -> None:
    person("lead@northshire.example", "lead", make_force())
    assert b'name="password1"' not in client.get("/sign-in/signup/").content
    known = sign_in(client, "lead@northshire.example", "wrong")
    unknown = sign_in(Client(), "nobody@northshire.example", "wrong")
    assert errors_in(known)
    assert errors_in(known) == errors_in(unknown)


def errors_in(answer: object) -> list[str]:
    return answer.context["form"].non_field_errors()  # type: ignore[attr-defined]


def test_a_forgotten_password_is_asked_for_without_telling_who_is_known(client: Client) -> None:
    person("lead@northshire.example", "lead", make_force())
    address = reverse("account_reset_password")
    known = client.post(address, {"email": "lead@northshire.example"})
    unknown = Client().post(address, {"email": "stranger@elsewhere.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    (mail,) = mails()
    assert (mail.to, mail.kind) == ("lead@northshire.example", "accounts/password_reset")
    link = re.search(r"http://localhost:8000(/sign-in/password/reset/key/\S+)", mail.text)
    assert link
    page = client.get(link[1], follow=True)
    assert page.status_code == 200
    done = client.post(
        page.request["PATH_INFO"], {"password1": "another odd phrase", "password2": "another odd phrase"}
    )
    assert done.status_code == 302
    assert sign_in(Client(), "lead@northshire.example", "another odd phrase")["Location"] == reverse("home_redirect")  # type: ignore[index]


def test_a_mail_about_sign_in_repeats_nothing_of_the_visitors_browser(client: Client) -> None:
    person("lead@northshire.example", "lead", make_force())
    sign_in(client, "lead@northshire.example")
    answer = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "another odd phrase", "password2": "another odd phrase"},
        headers={"user-agent": "Mozilla <b>stranger</b>"},
    )
    assert answer.status_code == 302
    (mail,) = mails()
    assert "Your password was changed." in mail.text
    assert "stranger" not in mail.text + mail.html


def test_too_many_tries_are_answered_with_a_page(client: Client) -> None:
    answers = [client.post(reverse("account_reset_password"), {"email": "a@example.org"}) for _ in range(21)]
    assert answers[-1].status_code == 429
    assert "Wait some minutes" in answers[-1].content.decode()


def test_codes_are_told_in_the_demonstration_only(settings: object) -> None:
    user = person("coordinator@ok9.example", "coordinator")
    with pytest.raises(CommandError, match="no second factor"):
        code_of(user)
    set_up_demo_second_factor(user)
    assert re.fullmatch(r"\d{6}", code_of(user))
    settings.OK9_DEMO = False  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="Only the demonstration"):
        code_of(user)
