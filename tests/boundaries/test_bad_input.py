"""What people type wrongly or with ill will: a clear sentence, the typed text kept, and nothing changed."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template import Template, engines
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from pytest_django import DjangoDbBlocker

from accounts.models import Invitation
from core.fields import LineField, StoryField
from core.forms import HouseBoundField
from core.tenancy import system_scope
from deployments.models import Briefing, Request, RequestDetail
from notifications.models import Message
from promotion.models import MESSAGE_MOST, PLACE_MOST
from tests.boundaries.matrix import PAGES, VISITOR, dated, support
from tests.boundaries.walk import Walk, address_of, read, walking
from tests.conftest import SignedIn

pytestmark = pytest.mark.django_db

# Who would fill in each form, and what stands in it when it is right.
FORMS = {
    "support": VISITOR,
    "join": VISITOR,
    "contact": VISITOR,
    "invitation_accept": VISITOR,
    "profile": "north_lead",
    "person_invite": "north_lead",
    "member_offer_decline": "north_lead",
    "member_request_cancel": "host_lead",
    "member_deployment_session": "north_handler",
    "member_deployment_incident": "north_handler",
    "member_deployment_debrief": "north_handler",
    "member_document_add": "north_lead",
    "member_certificate_add": "north_lead",
    "coordinator_document_add": "coordinator",
    "coordinator_certificate_add": "coordinator",
    "member_promotion_dog": "north_lead",
    "member_dog_time": "north_lead",
    "member_preferences": "north_lead",
    "member_dog_profile": "north_handler",
    "member_dog_profile_send_back": "north_lead",
    "member_dog_profile_consent": "north_handler",
    "member_dog_photos": "north_handler",
    "member_photo_detail": "north_handler",
    "coordinator_profile_send_back": "coordinator",
    "coordinator_answer_add": "coordinator",
    "coordinator_question_detail": "coordinator",
    "member_session_add": "north_handler",
    "member_visit_add": "north_lead",
    "member_incident_add": "north_handler",
    "member_welfare_add": "north_lead",
    "member_welfare_edit": "assessor",
    "member_claim_add": "north_handler",
    "member_claim_return": "north_lead",
    "member_expense_add": "north_handler",
    "coordinator_incident_review": "coordinator",
    "coordinator_welfare_ask": "coordinator",
    "coordinator_welfare_asked": "coordinator",
    "member_assessment_decide": "assessor",
    "coordinator_person_invite": "coordinator",
    "coordinator_text_edit": "coordinator",
    "coordinator_question_add": "coordinator",
    "coordinator_news_add": "coordinator",
    "coordinator_enquiry_detail": "coordinator",
    "coordinator_request_detail": "coordinator",
    "coordinator_request_match": "coordinator",
    "coordinator_request_decline": "coordinator",
    "coordinator_request_add": "coordinator",
    "coordinator_request_move": "coordinator",
    "coordinator_request_cancel": "coordinator",
    "coordinator_request_tier": "coordinator",
    "coordinator_request_stand_down": "coordinator",
    "coordinator_request_close": "coordinator",
    "coordinator_offer_record": "coordinator",
    "coordinator_deployment_stand_down": "coordinator",
    "coordinator_deployment_attended": "coordinator",
    "coordinator_deployment_absent": "coordinator",
    "coordinator_document_reject": "coordinator",
    "coordinator_certificate_reject": "coordinator",
    "coordinator_resource_add": "coordinator",
    "coordinator_resource_edit": "coordinator",
    "coordinator_resource_version": "coordinator",
    "coordinator_resource_withdraw": "coordinator",
}
# Forms of one button: nothing is typed.
BUTTONS = {name for name, page in PAGES.items() if page.body and page.body.__name__ in ("nothing", "read_upto")}

BAD = {
    "empty": "",
    "long": "Lorem <b>ipsum</b> " * 600,
    "emoji": "🐕‍🦺 " * 3 + "ü",
    "script": "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>",
    "template": "{{ 7|add:1 }} {% debug %} %(name)s {0}",
    "nul": "a\x00b",
    "invisible": "a\u200bb\u202ec\ufeff",
    "lone surrogate, as a browser sends it": "a\ufffdb",
    "digits": "9" * 400,
    "more digits than Python reads": "9" * 5000,
    "minus": "-1",
    "zero": "0",
    "five hundred": "500",
    "fraction": "1.5",
    "infinity": "inf",
    "other digits": "٣٣",
    "superscript": "²",
    "uuid": "6d0b5b9e-8f2b-4a53-9a3e-0c2f6f6f0b1a",
    "header": "a\r\nBcc: everybody@b.example",
}
# Of those, what is odd only where a number or a key is read from it: in plain words it is words.
ODD_NUMBERS = {
    "minus", "zero", "five hundred", "fraction", "infinity", "other digits", "superscript", "uuid",
}  # fmt: skip
POSTERS = ("preview.png", "a4.pdf")
# What would be more than text, wherever it stood.
RUNS = re.compile("<script>alert|<img src=x")
DAYS = [
    ("31", "2", "2026", "09:00"), ("1", "1", "0001", "00:00"), ("31", "12", "9999", "23:59"), ("0", "0", "0", "0"),
    ("29", "3", "2026", "01:30"), ("28", "3", "2027", "01:30"), ("25", "10", "2026", "01:30"),
    ("1", "1", "1970", "25:00"),
    ("", "3", "2027", ""), ("x", "y", "z", "noonish"), ("²", "²", "²²²²", "²"), ("99", "99", "9999", "99:99"),
    ("1", "1", "1900", "09:00"), ("31", "12", "9998", "12:00"),
]  # fmt: skip
FIELDS = [name for name in FORMS if name != "coordinator_request_match"]
DATED = (
    "support", "coordinator_request_add", "member_deployment_incident", "member_document_add", "member_certificate_add",
    "coordinator_document_add", "coordinator_certificate_add",
    "member_promotion_dog", "member_dog_time",
    "coordinator_resource_add", "coordinator_resource_edit", "coordinator_resource_version",
    "coordinator_offer_record", "coordinator_deployment_attended", "coordinator_request_move",
    "member_session_add", "member_visit_add", "member_incident_add", "member_welfare_add",
    "member_welfare_edit", "member_claim_add", "member_expense_add", "coordinator_welfare_ask",
    "coordinator_welfare_asked",
)  # fmt: skip


@pytest.fixture(scope="module")
def walk(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Walk]:
    with django_db_blocker.unblock(), walking(tmp_path_factory.mktemp("bad")) as made:
        yield made


def prepared(name: str, walk: Walk) -> tuple[str, dict[str, Any]]:
    """The form's address and a right body; the world is in the state that the form needs."""
    page = PAGES[name]
    if page.after:
        page.after(walk.world)
    assert page.body
    return address_of(name, page.things[0] if page.things else "", walk), page.body(walk.world)


def again(body: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The body once more: a file is read from its start, and a list stands for several values of one name."""
    for value in body.values():
        if isinstance(value, UploadedFile):
            value.seek(0)
    return {**body, **changes}


# A page without its frame: header, menu and footer, which say nothing of what was typed.
BARE = """{% block title %}{% endblock %}{% block main_area %}{% block breadcrumbs %}{% endblock %}
{% include "components/messages.html" %}{% block summary %}{% if form %}{% include "components/error_summary.html" %}
{% endif %}{% endblock %}{% block heading %}{% endblock %}{% block main %}{% endblock %}{% block aside %}{% endblock %}
{% endblock %}"""


@contextmanager
def only_what_changes() -> Iterator[None]:
    """Pages are drawn bare, and a field that is as it was is not drawn again."""
    engine = engines["django"].engine
    bare = {name: Template(BARE, name=name, engine=engine) for name in ("base_work.html", "base_public.html")}
    draw, drawn = HouseBoundField.as_field_group, dict[tuple[object, ...], str]()

    def draw_once(field: HouseBoundField) -> str:
        key = (type(field.form), field.html_name, repr(field.data), *field.errors)
        if key not in drawn:
            drawn[key] = draw(field)
        return drawn[key]

    kept = engine.template_loaders[0].get_template_cache
    with patch.dict(kept, bare), patch.object(HouseBoundField, "as_field_group", draw_once):
        yield


def plain_words(name: str, walk: Walk, address: str) -> set[str]:
    """The fields of a form that take any words and read nothing from them."""
    with walk.undone():
        response = walk.send(FORMS[name], "POST", address, {})
    form = (response.context or {}).get("form")  # type: ignore[attr-defined]
    fields = form.fields.items() if form else ()
    return {field for field, taken in fields if isinstance(taken, (LineField, StoryField))}


def test_every_form_is_tried() -> None:
    assert {name for name, page in PAGES.items() if page.body} == FORMS.keys() | BUTTONS


@pytest.mark.parametrize("name", FIELDS)
def test_no_text_breaks_a_form(name: str, walk: Walk) -> None:
    """Every text in all fields at once, and alone in every field (odd numbers where something is read from them).

    Not sent alone is what that field refuses by itself, which it has said among all the others, and what all the
    fields for words take together.
    """
    address, body = prepared(name, walk)
    before = walk.digest()
    fields = [name for name, value in body.items() if not isinstance(value, UploadedFile)]
    words = plain_words(name, walk, address) & set(fields)
    refused: dict[str, Any] = {}
    for what, text in BAD.items():
        sent = again(body, **dict.fromkeys(fields, text))
        refused[what] = _try(name, walk, address, sent, before, f"all: {what}")
    with only_what_changes():
        for what, text in BAD.items():
            wordy = words if what not in ODD_NUMBERS else set()
            spoken = again(body, **dict.fromkeys(wordy, text))
            taken = len(wordy) > 1 and not _try(name, walk, address, spoken, before, f"words: {what}")
            for field in fields:
                alone = again(body, **{field: text})
                if _refuses_by_itself(refused[what], field, alone) or (
                    field in words and (taken or field not in wordy)
                ):
                    continue
                _try(name, walk, address, alone, before, f"{field}: {what}")


def _refuses_by_itself(form: Any, name: str, body: dict[str, Any]) -> bool:
    """Whether the field that `name` belongs to refuses what the body holds for it, whatever stands in the others."""
    mine = name if form and name in form.fields else re.sub("_(day|month|year|time)$", "", name)
    if not form or mine not in form.errors or mine not in form.fields:
        return False
    field = form.fields[mine]
    try:
        field.clean(field.widget.value_from_datadict(MultiValueDict({k: [v] for k, v in body.items()}), {}, mine))
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize("what", BAD)
def test_no_text_breaks_a_poster_or_a_briefing(what: str, walk: Walk) -> None:
    """Papers and pictures are drawn when they are fetched: of each text as much as its form takes."""
    text = BAD[what].replace("\x00", "")
    with walk.undone():
        address, body = prepared("member_promotion_dog", walk)
        words = {"place": text[:PLACE_MOST] or "Canteen", "message": text[:MESSAGE_MOST]}
        made = walk.send("north_lead", "POST", address, again(body, **words))
        assert made.status_code in (302, 422)
        if made.status_code == 302:
            files = [read(walk.send("north_lead", "GET", made.headers["Location"] + file)) for file in POSTERS]
            assert [file[:4] for file in files] == [b"\x89PNG", b"%PDF"]
        told = {
            "meeting_point": text[:200],
            "contact_name": text[:120],
            "expect": text[:2000],
            "practical": text[:2000],
        }
        with system_scope():
            assert Briefing.objects.filter(request=walk.world.deployment.request).update(**told) == 1
        page = address_of("member_deployment_briefing_pdf", "deployment", walk)
        assert read(walk.send("north_handler", "GET", page)).startswith(b"%PDF")


@pytest.mark.parametrize("name", FIELDS)
def test_several_values_where_one_is_expected_and_none(name: str, walk: Walk) -> None:
    address, body = prepared(name, walk)
    before = walk.digest()
    for field, value in body.items():
        if not isinstance(value, (UploadedFile, list)):
            _try(name, walk, address, again(body, **{field: [value, "<b>second</b>"]}), before, f"{field}: two")
        _try(name, walk, address, {k: v for k, v in again(body).items() if k != field}, before, f"{field}: none")
    _try(name, walk, address, {}, before, "nothing at all")
    _try(name, walk, address, {f"{field}[]": "x" for field in body}, before, "other names")


@pytest.mark.parametrize("name", DATED)
def test_no_day_or_time_breaks_a_form(name: str, walk: Walk) -> None:
    address, body = prepared(name, walk)
    before = walk.digest()
    for field in [name.removesuffix("_day") for name in body if name.endswith("_day")]:
        for parts in DAYS:
            typed = dict(zip(("day", "month", "year", "time"), parts, strict=True))
            changes = {f"{field}_{part}": text for part, text in typed.items() if f"{field}_{part}" in body}
            _try(name, walk, address, again(body, **changes), before, f"{field}: {parts}")


def _try(name: str, walk: Walk, address: str, body: dict[str, Any], before: dict[str, str], what: str) -> Any:
    """Send it: the form that refused it, or None where it was taken (a redirect).

    What is refused changes nothing, says so, and keeps what was sent.
    """
    with walk.undone():
        response = walk.send(FORMS[name], "POST", address, body)
        has_written = walk.has_written()
        assert response.status_code in (200, 302, 409, 422), (what, response.status_code)
        if response.status_code == 302:
            _assert_taken(name, walk, response.headers["Location"], what)
            return None
        assert not has_written or walk.digest() == before, what
        page = read(response).decode()
    assert not RUNS.search(page), what
    form = response.context["form"]  # type: ignore[attr-defined]
    assert form.errors or response.status_code == 409, what
    _assert_said(form, page, what)
    _assert_kept(form, page, what)
    return form


def _assert_taken(name: str, walk: Walk, leads_to: str, what: str) -> None:
    """Taken: what is owed by mail is text alone, under a subject of one line; and so is the page that it leads to."""
    with system_scope():
        owed = Message.objects.filter(queued_at__gt=walk.began).values_list("subject", "html")
        assert not [mail for mail in owed if RUNS.search(mail[1]) or len(mail[0].splitlines()) > 1], what
    if what.endswith(": script"):
        assert not RUNS.search(read(walk.send(FORMS[name], "GET", leads_to)).decode(errors="replace")), what


def _assert_said(form: Any, page: str, what: str) -> None:
    """Each error stands by its field and, as a link, in the summary."""
    for field in form.errors:
        if field == "__all__" or form[field].is_hidden:
            continue
        assert f'id="id_{field}_error"' in page, (what, field)
        assert f'href="#{form[field].error_target}"' in page, (what, field)
    assert 'id="error-summary"' in page or not form.errors, what


def _assert_kept(form: Any, page: str, what: str) -> None:
    """What was typed is in its box again, tidied and escaped."""
    for bound in form:
        typed = form.data.getlist(bound.html_name)[-1:] if hasattr(form.data, "getlist") else []
        if bound.drawn_as == "parts":
            names = [f"{bound.html_name}_{part}" for part in ("day", "month", "year", "time")]
            typed = [text for name in names for text in form.data.getlist(name)[-1:]]
        elif bound.drawn_as not in ("line", "story") or bound.is_hidden or hasattr(bound.field, "choices"):
            continue
        for text in typed:
            if text and not isinstance(text, UploadedFile):
                assert escape(text) in page, (what, bound.name)


def test_unknown_teams_are_refused_in_words(walk: Walk) -> None:
    address, _ = prepared("coordinator_request_match", walk)
    before = walk.digest()
    for ticked in [[], ["x"], ["\x00"], [str(uuid4())], ["1"], ["<script>alert(1)</script>"] * 300]:
        response = walk.send("coordinator", "POST", address, {"teams": ticked})
        assert response.status_code in (302, 422), ticked
        assert b"<script>alert" not in read(response)
        assert walk.digest() == before, ticked


@pytest.mark.parametrize("text", ["\x00", "'\"><script>alert(1)</script>", "9" * 400, "-1", "²", "🐕", "a" * 5000])
def test_no_question_in_an_address_breaks_a_page(text: str, walk: Walk) -> None:
    asked = ("q", "page", "show", "to", "region", "force", "kind", "dog", "handler", "side", "days", "next")
    asked += ("since", "until", "visit", "for")
    for name, page in PAGES.items():
        everybody = ("coordinator", "north_lead", "north_handler", "host_lead", "assessor")
        who = next(who for who in everybody if who in page.may)
        if not page.get or page.things not in ((), ("offer",)):
            continue
        with walk.undone():
            response = walk.send(who, "GET", address_of(name, "".join(page.things), walk), dict.fromkeys(asked, text))
            assert response.status_code in ((200, 400) if name.startswith("api_") else (200, 302, 422)), name
            assert b"<script>alert" not in read(response), name


@pytest.mark.parametrize(
    "address",
    ["/portraits/%00.svg", "/dogs/%00/", "/dogs/%F0%9F%90%95/", "/member/offers/%00/", "/invitations/%00/",
     f"/invitations/{'a' * 3000}/", "/member/offers/" + "0" * 36 + "/", "/demo/mail/..%2F..%2Fsecret/",
     "/coordinator/admin/dogs/dog/%00/change/", "/coordinator/admin/dogs/dog/" + "9" * 40 + "/change/",
     "/coordinator/admin/dogs/dog/x/do/%00/"],
)  # fmt: skip
def test_an_address_that_nobody_made_is_not_there(address: str, walk: Walk) -> None:
    assert walk.send("coordinator", "GET", address).status_code in (302, 404)


def test_without_its_token_no_form_is_taken(walk: Walk) -> None:
    who_sends = {
        name: FORMS.get(name) or min(page.may & {"coordinator", "north_lead", "north_handler"})
        for name, page in PAGES.items()
        if page.body
    }
    browsers = {who: SignedIn(enforce_csrf_checks=True) for who in who_sends.values()}
    for who, browser in browsers.items():
        if who != VISITOR:
            browser.sign_in(walk.world.people[who])
    before = walk.digest()
    for name, who in who_sends.items():
        page = PAGES[name]
        address = address_of(name, page.things[0] if page.things else "", walk)
        assert page.body
        assert browsers[who].post(address, page.body(walk.world)).status_code == 403, name
    assert walk.digest() == before


def test_another_forces_ids_in_a_form_are_refused(walk: Walk) -> None:
    """As unknown as an id that never was, word for word; nothing says that there is such a dog, force or handler."""
    south, body, before = walk.world.cast.south_team, dated(walk.world), walk.digest()
    tries = [
        ("member_document_add", "of", f"dog-{south.dog.uuid}", "vet_check"),
        ("member_document_add", "of", f"force-{south.force.uuid}", "sop"),
        ("member_certificate_add", "handler", str(south.handler.uuid), "mhfa"),
    ]
    for name, field, theirs, kind in tries:
        for who in ("north_lead", "north_handler", "north_other"):
            response = walk.send(who, "POST", reverse(name), again(body, kind=kind, **{field: theirs}))
            assert response.status_code in (200, 422)
            form = response.context["form"]  # type: ignore[attr-defined]
            assert field in form.errors, (name, who)
            assert not form[field].as_widget().count(theirs), (name, who)
            assert b"Custard" not in read(response)
            wanted = {"dog": south.dog.uuid, "force": south.force.uuid, "handler": south.handler.uuid, "kind": kind}
            assert b"Custard" not in read(walk.send(who, "GET", reverse(name), wanted))
    assert walk.digest() == before


def test_a_lead_invites_into_the_own_force_and_to_its_roles_only(walk: Walk) -> None:
    south, address = walk.world.cast.south, reverse("person_invite")
    body = {"email": "spy@northshire.example", "name": "Sam Spy", "role": "handler", "force": str(south.uuid)}
    with walk.undone():
        walk.send("north_lead", "POST", address, body)
        with system_scope():
            assert not Invitation.objects.filter(force=south).exists()
    before = walk.digest()
    for role in ("coordinator", "assessor", "lead", "superuser"):
        assert walk.send("north_lead", "POST", address, {**body, "role": role}).status_code == 422
    assert walk.digest() == before


def test_a_handler_cannot_answer_for_the_force(walk: Walk) -> None:
    with walk.undone():
        address = reverse("member_offer_decline", args=[walk.world.offer.uuid])
        walk.send("north_handler", "POST", address, {"side": "lead", "reason": "Mine now."})
        with system_scope():
            walk.world.offer.refresh_from_db()
            assert (walk.world.offer.ended_side, walk.world.offer.reason) == ("handler", "")
    with system_scope():
        walk.world.offer.refresh_from_db()


def test_the_key_of_anothers_session_is_of_no_use(walk: Walk) -> None:
    address, body = prepared("member_deployment_session", walk)
    before = walk.digest()
    response = walk.send("north_handler", "POST", address, {**body, "key": walk.world.north_session_key})
    assert response.status_code == 422
    assert walk.digest() == before


@pytest.mark.usefixtures("one_moment")
def test_a_hundred_requests_from_one_address(walk: Walk) -> None:
    """Ten are taken in an hour; the others get the number to ring, and keep what was typed."""
    browser, address = Client(REMOTE_ADDR=f"2001:db8::{uuid4().hex[:4]}:{uuid4().hex[:4]}"), reverse("support")
    with walk.undone(), override_settings(SUPPORT_REQUESTS_AN_HOUR=10):
        answers = [browser.post(address, {**support(walk.world), "place": f"Hall <{n}>"}) for n in range(100)]
        assert [answer.status_code for answer in answers] == [302] * 10 + [429] * 90
        last = answers[-1].content.decode()
        with system_scope():
            assert Request.objects.filter(place__startswith="Hall").count() == 10
    assert "Hall &lt;99&gt;" in last
    assert "A long day." in last
    assert django_settings.OK9_COORDINATORS_TELEPHONE in last


def test_a_request_sent_twice_counts_once_and_its_receipt_repeats_nothing(walk: Walk) -> None:
    typed = {
        "name": "Zebedee <b>Quill</b>", "place": "Quagmire hall http://evil.example/", "story": "Xylophones fell.",
        "email": "stranger@elsewhere.example", "telephone": "07700 900321",
    }  # fmt: skip
    body = {**support(walk.world), **typed}
    with walk.undone(), system_scope():
        number = Request.objects.count()
        answers = [walk.send(VISITOR, "POST", reverse("support"), body) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302]
        assert Request.objects.count() == number + 1
        assert RequestDetail.objects.get(email=typed["email"]).name == typed["name"]
        receipt = Message.objects.get(to=typed["email"])
    said = f"{receipt.subject} {receipt.text} {receipt.html}"
    assert not [word for word in ("Zebedee", "Quill", "Quagmire", "evil", "Xylophones", "900321") if word in said]
    assert django_settings.OK9_COORDINATORS_TELEPHONE in said


def test_a_session_that_ended_in_the_middle_of_a_form_leads_back_to_it(walk: Walk) -> None:
    address, body = prepared("member_deployment_debrief", walk)
    before = walk.digest()
    visitor = Client()
    response = visitor.post(address, body)
    assert response.headers["Location"] == f"{reverse('account_login')}?next={address}"
    assert "What you sent was not saved" in visitor.get(response.headers["Location"]).content.decode()
    assert "What you sent" not in visitor.get(visitor.get(address).headers["Location"]).content.decode()
    assert walk.digest() == before
