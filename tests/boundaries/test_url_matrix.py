"""Every address × every person × own and another force's, reading and writing: the answer that ownership gives."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from accounts.admin import site
from core.tenancy import system_scope
from tests.boundaries.matrix import (
    COORDINATOR,
    DONE,
    FORBIDDEN,
    METHODS,
    MISSING,
    NAMES_LEADS,
    NO_FACTOR,
    PAGES,
    PEOPLE,
    SET_UP,
    SIGN_IN,
    SIGN_IN_PAGES,
    VISITOR,
    Page,
    every_name,
    expected,
    missing_key,
)
from tests.boundaries.walk import Walk, address_of, fingerprint, read, told, walking

pytestmark = pytest.mark.django_db

CELLS = [(name, thing) for name, page in PAGES.items() for thing in page.things or ("",)]
# Reading the site map also fills the admin's registry.
NAMES = {name for name in every_name() if not name.startswith("admin:")}
# One of each role: the admin's door asks for nothing else.
ADMIN_PEOPLE = (VISITOR, "nobody", "north_handler", "north_lead", "north_deputy", "assessor", NO_FACTOR, "coordinator")
MODELS = sorted(site._registry, key=lambda model: model._meta.label)
# What no page of the admin may hold but one script: the policy would not run it, and the page would be without it.
INLINE = re.compile(rb"<script(?![^>]*(src|application/json))| style=| onclick=")


@pytest.fixture(scope="module")
def walk(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Walk]:
    with django_db_blocker.unblock(), walking(tmp_path_factory.mktemp("matrix")) as made:
        yield made


def body_of(page: Page, method: str, walk: Walk) -> dict[str, object] | None:
    return page.body(walk.world) if page.body and method == "POST" else None


def test_every_address_is_in_the_table() -> None:
    known = PAGES.keys() | SIGN_IN_PAGES.keys()
    assert not NAMES - known, "say in matrix.py what these are about and who may use them"
    assert not known - NAMES, "these are no addresses any more"


@pytest.mark.parametrize(("name", "thing"), CELLS)
def test_everybody_gets_the_answer_that_ownership_gives(name: str, thing: str, walk: Walk) -> None:
    """A method that a page does not know is tried by a visitor and by everybody who may use the page otherwise.

    Another force's thing answers like one that never was, byte for byte.
    """
    page, address = PAGES[name], address_of(name, thing, walk)
    nowhere = reverse(name, args=missing_key(thing).split()) if thing else ""
    cells = [(who, method, expected(page, thing, who, method)) for who in PEOPLE for method in METHODS]
    cells = [cell for cell in cells if cell[1] in page.methods or cell[0] in page.may | {VISITOR, NO_FACTOR}]
    wrong = []
    with walk.undone():
        if page.after:
            page.after(walk.world)
        before, _after_that = walk.digest() if page.body else {}, walk.has_written()
        for who, method, answer in cells:
            if answer != DONE:
                response = walk.send(who, method, address, body_of(page, method, walk))
                got = told(response, address)
                wrong += [f"{who} {method}: {got}, not {answer}"] if got != answer else []
                if thing and answer in (MISSING, SET_UP, FORBIDDEN):
                    never_was = walk.send(who, method, nowhere, body_of(page, method, walk))
                    alike = fingerprint(response) == fingerprint(never_was)
                    is_right = alike if answer != FORBIDDEN else never_was.status_code == MISSING
                    wrong += [f"{who} {method} can tell"] if not is_right else []
        assert not wrong
        assert not walk.has_written() or walk.digest() == before, "somebody who was refused changed something"
        changed = False
        for who, method, answer in cells:
            if answer == DONE:
                with walk.undone():
                    response = walk.send(who, method, address, body_of(page, method, walk))
                    read(response)
                    wrong += [f"{who} {method}: {response.status_code}"] if told(response, address) != DONE else []
                    changed = changed or (method == "POST" and walk.digest() != before)
                if thing:
                    never_was = walk.send(who, method, nowhere, body_of(page, method, walk))
                    wrong += [f"{who} {method} finds it nowhere"] if never_was.status_code != MISSING else []
        assert not wrong
        assert changed or not page.body, "nobody's sending changed anything: the refusals above prove nothing"


def test_no_page_names_what_another_force_keeps_to_itself(walk: Walk) -> None:
    """Everything that Southshire's people may open says nothing of Northshire's teams, offers and people.

    An assessor reads of the one team that is assigned to them, in the assessors' room and nowhere else.
    """
    secrets = [b"Bramble", b"Otter", b"Hari Northshire", b"Lee Northshire", b"Otti", b"Birchbridge", b"Alderbridge"]
    for name, thing in CELLS:
        for who in ("south_lead", "south_handler", "assessor", "nobody", VISITOR):
            assigned = who == "assessor" and name.startswith("member_assessment_")
            if expected(PAGES[name], thing, who, "GET") == DONE and thing != "token" and not assigned:
                with walk.undone():
                    body = read(walk.send(who, "GET", address_of(name, thing, walk)))
                told_here = [secret for secret in secrets if secret in body]
                assert told_here == ([b"Lee Northshire"] if name in NAMES_LEADS else []), (name, who)


def test_the_demonstration_pages_exist_in_the_demonstration_only(walk: Walk) -> None:
    for name, thing in CELLS:
        if PAGES[name].demo:
            for who in PEOPLE:
                with override_settings(OK9_DEMO=False):
                    address = address_of(name, thing, walk)
                    got = told(walk.send(who, "GET", address), address)
                assert got == (SET_UP if who == NO_FACTOR else MISSING), (name, who)


@pytest.mark.parametrize("name", sorted(SIGN_IN_PAGES))
def test_sign_in_pages_are_about_whoever_asks(name: str, walk: Walk) -> None:
    keys = {"account_confirm_email": ["no-such-key"], "account_reset_password_from_key": ["1", "no-such-key"]}
    address = reverse(name, args=keys.get(name, []))
    for who in PEOPLE:
        with walk.undone():
            got = walk.send(who, "GET", address)
        if who == VISITOR and SIGN_IN_PAGES[name]:
            assert told(got, address) == SIGN_IN
        elif who != NO_FACTOR:
            assert got.status_code in (200, 302, 403, 404, 405), (who, got.status_code)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_the_admin_is_for_coordinators_with_a_second_factor(model: type, walk: Walk) -> None:
    keeper = site._registry[model]
    names = f"admin:{model._meta.app_label}_{model._meta.model_name}_"
    with system_scope():
        rows = model.unscoped if hasattr(model, "unscoped") else model._default_manager
        pk = rows.order_by("-pk").values_list("pk", flat=True).first()
    assert pk is not None, "the world has none of these"
    slug = keeper.acts[0].slug if keeper.acts else "no-such-act"
    addable = bool(keeper.add_act or keeper.addable)
    answers = {
        reverse(f"{names}changelist"): 200,
        reverse(f"{names}add"): 200 if addable else 403,
        reverse(f"{names}change", args=[pk]): 200,
        reverse(f"{names}history", args=[pk]): 200,
        reverse(f"{names}delete", args=[pk]): 200 if keeper.deletable else 403,
        reverse(f"{names}act", args=[pk, slug]): 200 if keeper.acts else 404,
        reverse("admin:index"): 200,
    }
    before = walk.digest()
    for address, for_coordinators in answers.items():
        for who in ADMIN_PEOPLE:
            answer = _admin_answer(who, for_coordinators)
            for method in ("GET",) if who in COORDINATOR else ("GET", "POST"):
                got = walk.send(who, method, address, {"post": "yes", "_save": "1"} if method == "POST" else None)
                assert _of_admin(got, address) == answer, (who, method, address)
                page = read(got).replace(b"<script>%s</script>" % settings.EARLY_SCRIPT, b"")
                assert who not in COORDINATOR or not INLINE.search(page), address
    assert walk.digest() == before


def _admin_answer(who: str, for_coordinators: int) -> str | int:
    if who == VISITOR:
        return SIGN_IN
    if who == NO_FACTOR:
        return SET_UP
    return for_coordinators if who in COORDINATOR else FORBIDDEN


def _of_admin(response: object, address: str) -> str | int:
    got = told(response, address)  # type: ignore[arg-type]
    return response.status_code if got == DONE else got  # type: ignore[attr-defined]
