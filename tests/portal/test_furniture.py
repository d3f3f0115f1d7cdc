"""Where the navigation says that its reader is: one line at most, on every page that belongs to one."""

from uuid import UUID

import pytest
from django.test import RequestFactory
from django.urls import resolve, reverse

from accounts.access import Roles
from portal.furniture import furniture

LEAD = Roles(held=(("lead", 1), ("handler", 1)), force_names={1: "Northshire Police"}, name="Lee")
COORDINATOR = Roles(held=(("coordinator", None),), name="Ceri")
ASSESSOR = Roles(held=(("assessor", None),), name="Asha")
KEY = UUID(int=1)


def current(roles: Roles, name: str, *keys: object) -> list[str]:
    """The lines that are marked on the page of that name."""
    path = reverse(name, args=keys)
    request = RequestFactory().get(path)
    request.resolver_match, request.roles = resolve(path), roles  # type: ignore[attr-defined]
    found = furniture(request)["furniture"]
    marked = [str(item.label) for item in found["more"] if item.current]
    assert found["in_more"] == bool(marked)
    return [str(item.label) for item in found["navigation"] if item.current] + marked


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("member_home", "Today"),
        ("member_dog_detail", "Dogs"),
        ("member_dog_time", "Dogs"),
        ("member_dog_profile", "Profiles"),
        ("member_dog_profile_preview", "Profiles"),
        ("member_dog_profile_consent", "Profiles"),
        ("member_dog_photos", "Profiles"),
        ("member_photo_detail", "Profiles"),
        ("member_document_detail", "Documents"),
        ("member_certificate_add", "Documents"),
        ("member_certificate_detail", "Documents"),
        ("member_claim_detail", "Forms"),
        ("member_visit_list", "Forms"),
        ("member_offer_detail", "Offers"),
        ("member_resource_detail", "Library"),
        ("member_version_detail", "Library"),
        ("member_pack_detail", "Promote a visit"),
        ("member_inbox", ""),
        ("profile", ""),
    ],
)
def test_a_members_page_belongs_to_one_line(name: str, label: str) -> None:
    keyed = not name.endswith(("_list", "_add", "_home", "_inbox")) and name != "profile"
    assert current(LEAD, name, *([KEY] if keyed else [])) == ([label] if label else [])


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("coordinator_home", "Today"),
        ("coordinator_offer_record", "Requests"),
        ("member_deployment_detail", "Requests"),
        ("member_dog_detail", "Teams"),
        ("coordinator_certificate_detail", "Documents"),
        ("coordinator_incident_review", "Forms"),
        ("member_claim_detail", "Forms"),
        ("coordinator_question_detail", "Profiles"),
        ("coordinator_profile_detail", "Profiles"),
        ("member_resource_detail", "Library"),
        ("member_version_detail", "Library"),
        ("member_contact_list", "Contacts"),
    ],
)
def test_a_coordinators_page_belongs_to_one_line(name: str, label: str) -> None:
    keyed = not name.endswith(("_list", "_home"))
    assert current(COORDINATOR, name, *([KEY] if keyed else [])) == [label]


def test_an_assessor_reads_a_version_in_the_library() -> None:
    assert current(ASSESSOR, "member_version_detail", KEY) == ["Library"]
