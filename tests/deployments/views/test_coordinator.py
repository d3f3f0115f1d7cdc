"""The coordinators' pages of mutual aid."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Profile, User
from core.models import Outcode
from core.tenancy import scope, system_scope
from deployments.actions.deployments import Account, check_in, check_out, write_debrief
from deployments.actions.offers import accept_offer, lapse_offers, release_offer
from deployments.actions.recheck import recheck_commitments
from deployments.actions.requests import submit_request
from deployments.inputs import NewRequest
from deployments.models import Briefing, Deployment, Offer, Request
from deployments.rules import REMIND_FIRST
from dogs.models import Dog
from network.models import Membership
from tests.conftest import UNTIL, Cast, SignedIn
from tests.counting import questions
from tests.factories.deployments import insert_offer
from tests.factories.dogs import make_team
from tests.factories.forms import typed_moment

TRIAGE = {
    "tier": "2", "places": "1", "legal_basis": "Police Act 1996 s24", "meeting_point": "Front desk",
    "contact_name": "Duty inspector", "contact_telephone": "07700 900456", "expect": "", "practical": "", "note": "",
}  # fmt: skip


@pytest.fixture
def request_made(cast: Cast, tomorrow: datetime) -> Request:
    new = NewRequest(
        force=cast.host, kind="major_incident", postcode="S1", place="Main station", lat=53.38, lng=-1.47,
        starts_at=tomorrow, ends_at=tomorrow + timedelta(hours=6), places=1, setting=(), people=None,
        name="Sam Sample", email="sam@hostshire.example", telephone="07700 900456", story="A fire.",
    )  # fmt: skip
    return submit_request(new=new, key=uuid4(), by=None, now=timezone.now())


@pytest.fixture
def coordinator(cast: Cast) -> SignedIn:
    return SignedIn().sign_in(cast.coordinator)


def fresh(row: Request | Offer | Deployment) -> Request | Offer | Deployment:
    with system_scope():
        return type(row).objects.get(pk=row.pk)


def propose(coordinator: SignedIn, request: Request, cast: Cast) -> list[Offer]:
    coordinator.post(f"/coordinator/requests/{request.uuid}/", TRIAGE)
    teams = [str(cast.north_team.uuid), str(cast.south_team.uuid)]
    coordinator.post(f"/coordinator/requests/{request.uuid}/match/", {"teams": teams})
    with system_scope():
        return list(Offer.objects.order_by("pk").select_related("request__force", "team__dog", "team__handler"))


def say_yes(offer: Offer, lead: User, handler: User) -> None:
    with scope(user=lead.pk, forces=(offer.force_id,)):
        release_offer(offer=offer, by=lead, now=timezone.now())
    with scope(user=handler.pk):
        accept_offer(offer=offer, by=handler, now=timezone.now())


def test_triage_leads_to_the_match_page(coordinator: SignedIn, request_made: Request) -> None:
    answer = coordinator.post(f"/coordinator/requests/{request_made.uuid}/", TRIAGE)
    assert answer.headers["Location"] == f"/coordinator/requests/{request_made.uuid}/match/"
    assert fresh(request_made).status == "triaged"


def test_triage_says_what_is_missing(coordinator: SignedIn, request_made: Request) -> None:
    answer = coordinator.post(f"/coordinator/requests/{request_made.uuid}/", TRIAGE | {"tier": "", "places": "none"})
    assert answer.status_code == 422
    assert "Enter how many teams in figures, like 2." in answer.content.decode()
    assert fresh(request_made).status == "submitted"


def test_a_form_that_was_opened_before_a_colleague_saved_says_so_first(
    coordinator: SignedIn, request_made: Request
) -> None:
    address = f"/coordinator/requests/{request_made.uuid}/"
    opened = coordinator.get(address).context["form"]["as_read"].value()
    coordinator.post(address, TRIAGE | {"tier": "3", "as_read": opened})
    mine = TRIAGE | {"tier": "1", "expect": "My own words", "as_read": opened}
    stale = coordinator.post(address, mine)
    page = stale.content.decode()
    assert stale.status_code == 422
    assert "Somebody has changed this since you opened it" in page
    assert "Tier: “Tier 3, national”" in page
    assert "My own words" in page
    assert fresh(request_made).tier == 3
    again = TRIAGE | {"tier": "3", "as_read": opened}
    assert coordinator.post(address, again).status_code == 302  # (the first press once more)
    mine["as_read"] = stale.context["form"]["as_read"].value()
    assert coordinator.post(address, mine).status_code == 302
    assert fresh(request_made).tier == 1


def test_what_one_did_not_touch_stays_as_a_colleague_left_it(coordinator: SignedIn, request_made: Request) -> None:
    address = f"/coordinator/requests/{request_made.uuid}/"
    coordinator.post(address, TRIAGE)
    opened = coordinator.get(address).context["form"]["as_read"].value()
    theirs = TRIAGE | {"tier": "3", "setting": ["stairs", "crowds"], "practical": "Park behind."}
    assert coordinator.post(address, theirs | {"as_read": opened}).status_code == 302
    mine = TRIAGE | {"expect": "A quiet room.", "as_read": opened}
    assert coordinator.post(address, mine).status_code == 302
    kept = fresh(request_made)
    with system_scope():
        briefing = Briefing.objects.get(request=request_made)
    assert (kept.tier, set(kept.setting)) == (3, {"stairs", "crowds"})
    assert (briefing.expect, briefing.practical) == ("A quiet room.", "Park behind.")
    both = theirs | {"practical": "Another place", "as_read": opened}
    page = coordinator.post(address, both)
    assert page.status_code == 422
    assert page.context["form"]["expect"].value() == "A quiet room."


def test_a_request_moves_and_the_page_says_so(coordinator: SignedIn, request_made: Request) -> None:
    Outcode.objects.get_or_create(code="S1", defaults={"lat": 53.38, "lng": -1.47})
    address = f"/coordinator/requests/{request_made.uuid}/move/"
    assert address in coordinator.get(f"/coordinator/requests/{request_made.uuid}/").content.decode()
    form = coordinator.get(address).context["form"]
    assert form["place"].value() == request_made.place
    start = request_made.starts_at + timedelta(days=2)
    typed = {"kind": request_made.kind, "postcode": "S1", "place": "Fire station", "asked_by": "Vic"}
    typed |= {**typed_moment("starts_at", start), **typed_moment("ends_at", start + timedelta(hours=4))}
    backwards = coordinator.post(address, typed | typed_moment("ends_at", start - timedelta(hours=4)))
    assert backwards.status_code == 422
    assert "The end must be after the start." in backwards.content.decode()
    answer = coordinator.post(address, typed, follow=True).content.decode()
    assert "Fire station" in answer
    assert "asked for by Vic" in answer
    assert fresh(request_made).starts_at == start.replace(second=0, microsecond=0)


def test_the_match_page_ranks_clear_teams_and_gives_all_reasons(
    coordinator: SignedIn, cast: Cast, request_made: Request
) -> None:
    coordinator.post(f"/coordinator/requests/{request_made.uuid}/", TRIAGE)
    with system_scope():
        cast.south_team.assessed_on = cast.south_team.assessed_until = None
        cast.south_team.save()
        cast.south_team.dog.documents.filter(kind="vet_check").delete()
    page = coordinator.get(f"/coordinator/requests/{request_made.uuid}/match/").content.decode()
    assert "1 clear team, best first" in page
    assert "Same region as the host, so first in tier 2" in page
    assert "The team has not passed a suitability assessment" in page
    assert "No verified vet check" in page
    assert "tel:07700900123" in page


def test_the_match_page_draws_host_and_teams_and_says_the_same(
    coordinator: SignedIn, cast: Cast, request_made: Request
) -> None:
    coordinator.post(f"/coordinator/requests/{request_made.uuid}/", TRIAGE)
    page = coordinator.get(f"/coordinator/requests/{request_made.uuid}/match/").content.decode()
    assert 'role="img" aria-label="Map around Main station. Clear, by rank: 1 Bramble, ' in page
    assert "Pin: host. Numbers: rank." in page
    assert "Cross: not clear." not in page


@pytest.mark.parametrize(("days", "is_too_long"), [(3, False), (4, True)])
def test_more_days_of_a_week_than_a_team_works_are_pointed_out(
    coordinator: SignedIn, request_made: Request, days: int, *, is_too_long: bool
) -> None:
    monday = timezone.localtime(request_made.starts_at + timedelta(days=14)).replace(hour=9)
    monday -= timedelta(days=monday.weekday())
    with system_scope():
        end = monday + timedelta(days=days - 1, hours=8)
        Request.objects.filter(pk=request_made.pk).update(starts_at=monday, ends_at=end)
    page = coordinator.get(f"/coordinator/requests/{request_made.uuid}/match/").content.decode()
    assert (f"This asks for {days} days of one week, and a team works on at most 3." in page) == is_too_long


def test_a_lapsed_offer_leads_to_the_answer_that_was_given_in_time(
    coordinator: SignedIn, cast: Cast, request_made: Request
) -> None:
    offer, _other = propose(coordinator, request_made, cast)
    with system_scope():
        lapse_offers(now=offer.answer_by + timedelta(minutes=1))
    page = coordinator.get(f"/coordinator/requests/{request_made.uuid}/match/").content.decode()
    assert page.count("Record an answer given in time") == 2
    assert f"/coordinator/offers/{offer.uuid}/record/" in page


def test_the_match_page_says_what_would_help(coordinator: SignedIn, cast: Cast, request_made: Request) -> None:
    coordinator.post(f"/coordinator/requests/{request_made.uuid}/", TRIAGE)
    page = f"/coordinator/requests/{request_made.uuid}/match/"
    with system_scope():
        cast.south_team.dog.documents.filter(kind="vet_check").delete()
        Dog.objects.filter(pk=cast.north_team.dog_id).update(status="suspended")
    said = coordinator.get(page).content.decode()
    assert "See what is missing" in said
    assert f'href="/member/dogs/{cast.south_team.dog.uuid}/"' in said
    assert "Nothing before " in said


def test_a_team_that_goes_to_this_request_is_not_among_those_that_are_not_clear(
    coordinator: SignedIn, cast: Cast, request_made: Request
) -> None:
    north, _south = propose(coordinator, request_made, cast)
    with system_scope():
        Request.objects.update(places=2)
    say_yes(north, cast.north_lead, cast.north_handler)
    said = coordinator.get(f"/coordinator/requests/{request_made.uuid}/match/").content.decode()
    assert "0 teams that are not clear, nearest first" in said
    assert "Confirmed: Bramble, " in said
    assert "Tick: confirmed." in said
    assert "Every place is taken" not in said
    with system_scope():
        Request.objects.update(places=1)
    full = coordinator.get(f"/coordinator/requests/{request_made.uuid}/match/").content.decode()
    assert "Every place is taken, so a yes counts only where a team drops out." in full
    assert "0 teams short" not in full


def test_the_send_bar_says_how_long_there_is_to_answer(
    coordinator: SignedIn, cast: Cast, request_made: Request
) -> None:
    coordinator.post(f"/coordinator/requests/{request_made.uuid}/", TRIAGE)
    said = coordinator.get(f"/coordinator/requests/{request_made.uuid}/match/").content.decode()
    assert re.search(r"Deadline (today|tomorrow) \d\d:\d\d, sooner for whoever has to set off before\.", said)
    soon = timezone.now() + timedelta(minutes=20)
    with system_scope():
        Request.objects.update(starts_at=soon, ends_at=soon + timedelta(hours=8))
    said = coordinator.get(f"/coordinator/requests/{request_made.uuid}/match/").content.decode()
    assert re.search(r"Deadline (today|tomorrow) \d\d:\d\d\.\s", said)
    assert 'data-many="%n offers ready: %s."' in said
    assert f'value="{cast.north_team.uuid}" data-name="Bramble"' in said
    assert "Submitted just now by Hostshire Police" in said


def test_the_offers_list_counts_down_and_says_whom_to_call(
    coordinator: SignedIn, cast: Cast, request_made: Request
) -> None:
    north, south = propose(coordinator, request_made, cast)
    with system_scope():
        Offer.objects.filter(pk=north.pk).update(answer_by=timezone.now() + timedelta(minutes=22, seconds=30))
        Membership.objects.filter(force=cast.south).update(duty_contact="Duty desk", duty_telephone="07700 900555")
    with scope(user=cast.south_handler.pk):
        accept_offer(offer=south, by=cast.south_handler, now=timezone.now())
    said = coordinator.get("/coordinator/offers/").content.decode()
    assert "Lapses in 22 min" in said
    first, second = said.split("<tbody>")[1].split("</tr>")[:2]
    assert "Hari Northshire" in first
    assert "handler accepted, force not yet" in second
    assert "Duty desk" in second
    assert "Lee Southshire, wellbeing lead" in second
    assert "Hari Southshire" not in second


def test_offers_go_to_the_ticked_teams_once(coordinator: SignedIn, cast: Cast, request_made: Request) -> None:
    assert len(propose(coordinator, request_made, cast)) == 2
    assert len(propose(coordinator, request_made, cast)) == 2
    assert fresh(request_made).status == "sourcing"


def test_nothing_ticked_is_said_on_top_and_beside_the_teams(coordinator: SignedIn, request_made: Request) -> None:
    coordinator.post(f"/coordinator/requests/{request_made.uuid}/", TRIAGE)
    answer = coordinator.post(f"/coordinator/requests/{request_made.uuid}/match/", {"teams": ["not-a-team"]})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.count("Choose at least one team to ask.") == 2
    assert 'id="error-summary"' in page
    assert '<a href="#offer-1">Choose at least one team to ask.</a>' in page
    assert 'id="offer-1"' in page


def test_showing_everybody_keeps_the_ticks_and_asks_nobody(
    coordinator: SignedIn, cast: Cast, request_made: Request
) -> None:
    coordinator.post(f"/coordinator/requests/{request_made.uuid}/", TRIAGE)
    ticked = {"show": "all", "teams": [str(cast.south_team.uuid)]}
    page = coordinator.post(f"/coordinator/requests/{request_made.uuid}/match/", ticked).content.decode()
    assert f'value="{cast.south_team.uuid}" data-name="Custard" checked' in page
    assert f'value="{cast.north_team.uuid}" data-name="Bramble"> ' in page
    with system_scope():
        assert not Offer.objects.exists()


def test_showing_more_goes_on_where_the_list_ended(
    coordinator: SignedIn, cast: Cast, request_made: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deployments.pages.NEAR_CLEAR", 0)
    coordinator.post(f"/coordinator/requests/{request_made.uuid}/", TRIAGE)
    with system_scope():
        team, until = cast.north_team, cast.north_team.assessed_until
        assert until
        for name in ("Acorn", "Bean", "Clover", "Daisy"):
            make_team(team.force, team.handler, by=cast.north_lead, until=until, name=name)
    match = f"/coordinator/requests/{request_made.uuid}/match/"
    page = coordinator.get(match).content.decode()
    first = re.search(r'name="show" value="all" formaction="#(clear-\d+)"', page)
    assert first
    assert f'id="{first[1]}"' not in page
    assert f'id="{first[1]}"' in coordinator.post(match, {"show": "all"}).content.decode()


def test_an_answer_by_telephone_is_recorded(coordinator: SignedIn, cast: Cast, request_made: Request) -> None:
    offer = propose(coordinator, request_made, cast)[0]
    at = timezone.localtime()
    said = {
        "said_by": "Lee",
        "said_at_day": at.day,
        "said_at_month": at.month,
        "said_at_year": at.year,
        "said_at_time": f"{at:%H:%M}",
    }
    for side in ("lead", "handler"):
        answer = coordinator.post(
            f"/coordinator/offers/{offer.uuid}/record/", {"side": side, "answer": "yes", "reason": "", **said}
        )
        assert answer.status_code == 302
    assert fresh(offer).status == "confirmed"
    assert fresh(request_made).status == "filled"


def test_a_no_by_telephone_is_not_said_to_be_open_to_correction(
    coordinator: SignedIn, cast: Cast, request_made: Request
) -> None:
    north, south = propose(coordinator, request_made, cast)
    at = typed_moment("said_at", timezone.localtime())
    typed = {"side": "handler", "said_by": "Hari", "reason": "", **at}
    no = coordinator.post(f"/coordinator/offers/{north.uuid}/record/", {**typed, "answer": "no"}, follow=True)
    assert "The no is recorded for Bramble with Hari. Both people get a mail." in no.content.decode()
    address = f"/coordinator/offers/{south.uuid}/record/"
    yes = coordinator.post(address, {**typed, "answer": "yes"}, follow=True)
    assert "Both people get a mail and can correct it." in yes.content.decode()
    again = coordinator.post(address, {**typed, "answer": "yes", "said_by": "Harriet"})
    assert again.status_code == 422
    assert "has said yes already, so there is nothing to record." in again.content.decode()
    assert fresh(south).accepted_said_by == "Hari"
    no_again = {**typed, "answer": "no", "side": "lead", "reason": "Needed here."}
    said = coordinator.post(f"/coordinator/offers/{north.uuid}/record/", no_again, follow=True).content.decode()
    assert "Bramble with Hari had said no already, so nothing has changed." in said


def test_an_answer_of_another_century_is_said_beside_the_day(
    coordinator: SignedIn, cast: Cast, request_made: Request
) -> None:
    offer = propose(coordinator, request_made, cast)[0]
    for year, said in {"0001": "before the request was as it is now", "9999": "in the future"}.items():
        at = {"said_at_day": "1", "said_at_month": "1", "said_at_year": year, "said_at_time": "03:10"}
        typed = {"side": "lead", "answer": "yes", "said_by": "Lee", **at}
        answer = coordinator.post(f"/coordinator/offers/{offer.uuid}/record/", typed)
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert fresh(offer).released_at is None


def test_the_match_page_of_a_past_time_says_that_it_is_over(
    coordinator: SignedIn, cast: Cast, request_made: Request
) -> None:
    coordinator.post(f"/coordinator/requests/{request_made.uuid}/", TRIAGE)
    with system_scope():
        gone = timezone.now() - timedelta(hours=1)
        Request.objects.update(starts_at=gone - timedelta(hours=1), ends_at=gone)
    page = coordinator.get(f"/coordinator/requests/{request_made.uuid}/match/").content.decode()
    assert "The time of this request is over" in page
    assert "Send offers" not in page


def test_an_answer_needs_a_name(coordinator: SignedIn, cast: Cast, request_made: Request) -> None:
    offer = propose(coordinator, request_made, cast)[0]
    answer = coordinator.post(f"/coordinator/offers/{offer.uuid}/record/", {"side": "lead", "answer": "yes"})
    assert answer.status_code == 422
    assert fresh(offer).released_at is None


def test_an_offer_is_taken_back(coordinator: SignedIn, cast: Cast, request_made: Request) -> None:
    offer = propose(coordinator, request_made, cast)[0]
    coordinator.post(f"/coordinator/offers/{offer.uuid}/withdraw/")
    assert fresh(offer).status == "withdrawn"
    again = coordinator.post(f"/coordinator/offers/{offer.uuid}/withdraw/", follow=True)
    assert again.status_code == 200
    assert fresh(offer).status == "withdrawn"


def test_one_press_looks_in_the_whole_country(coordinator: SignedIn, request_made: Request) -> None:
    here = f"/coordinator/requests/{request_made.uuid}/"
    coordinator.post(here, TRIAGE)
    assert "Go to tier 3" in coordinator.get(f"{here}match/").content.decode()
    said = coordinator.post(f"{here}tier/", {"tier": "3"}, follow=True).content.decode()
    assert f"{request_made.reference}: tier 3, national." in said
    assert "Go to tier" not in said
    said = coordinator.post(f"{here}tier/", {"tier": "nine"}, follow=True).content.decode()
    assert "Choose tier 1, 2 or 3." in said
    assert fresh(request_made).tier == 3


@pytest.mark.parametrize(("back", "page"), [("", "match/"), ("?back=request", "")])
def test_one_press_reminds_those_who_have_not_answered(
    coordinator: SignedIn, cast: Cast, request_made: Request, back: str, page: str
) -> None:
    propose(coordinator, request_made, cast)
    here = f"/coordinator/requests/{request_made.uuid}/"
    early = coordinator.get(here + page).content.decode()
    assert "asked or reminded just lately" in early
    assert "Remind the two waiting" not in early
    with system_scope():
        Offer.objects.update(proposed_at=timezone.now() - REMIND_FIRST)
    assert "Remind the two waiting" in coordinator.get(here + page).content.decode()
    answer = coordinator.post(f"{here}remind/{back}", follow=True)
    said = answer.content.decode()
    assert answer.redirect_chain == [(here + page, 302)]
    assert "Reminded: Bramble with Hari, Custard with Hari." in said
    assert "Remind the two waiting" not in said
    again = coordinator.post(f"{here}remind/{back}", follow=True).content.decode()
    assert "asked or reminded just lately" in again


def test_standing_down_one_team_frees_its_place_and_the_page_calls_it_that(
    coordinator: SignedIn, cast: Cast, request_made: Request
) -> None:
    offer = propose(coordinator, request_made, cast)[0]
    say_yes(offer, cast.north_lead, cast.north_handler)
    with system_scope():
        deployment = Deployment.objects.get()
    coordinator.post(f"/coordinator/deployments/{deployment.uuid}/stand-down/", {"reason": "Not needed."})
    assert fresh(deployment).status == "stood_down"
    assert fresh(request_made).taken == 0
    page = coordinator.get(f"/coordinator/requests/{request_made.uuid}/").content.decode()
    assert ">Stood down<" in re.sub(r"\s*([<>])\s*", r"\1", page)
    assert page.count("Withdrawn") == 1  # (the other team's offer, when the place was taken)
    assert fresh(request_made).status == "sourcing"


def test_standing_down_everybody_needs_a_reason(coordinator: SignedIn, cast: Cast, request_made: Request) -> None:
    propose(coordinator, request_made, cast)
    url = f"/coordinator/requests/{request_made.uuid}/stand-down/"
    assert coordinator.post(url, {"reason": ""}).status_code == 422
    coordinator.post(url, {"reason": "It is over."})
    assert fresh(request_made).status == "stood_down"
    with system_scope():
        assert set(Offer.objects.values_list("status", flat=True)) == {"withdrawn"}


def test_a_request_is_cancelled_for_whoever_asked(coordinator: SignedIn, cast: Cast, request_made: Request) -> None:
    propose(coordinator, request_made, cast)
    detail = f"/coordinator/requests/{request_made.uuid}/"
    assert f'href="{detail}cancel/"' in coordinator.get(detail).content.decode()
    answer = coordinator.post(f"{detail}cancel/", {"asked_by": "", "reason": "Called off."})
    assert answer.status_code == 422
    assert "Answer “Who asked for it?”" in answer.content.decode()
    answer = coordinator.post(f"{detail}cancel/", {"asked_by": "Sam Sample", "reason": "Called off."}, follow=True)
    assert "is cancelled. Everybody concerned has been told." in answer.content.decode()
    assert f'href="{detail}cancel/"' not in answer.content.decode()
    assert fresh(request_made).status == "cancelled"
    with system_scope():
        assert set(Offer.objects.values_list("status", flat=True)) == {"withdrawn"}


def test_a_request_is_declined_with_a_reason(coordinator: SignedIn, request_made: Request) -> None:
    coordinator.post(f"/coordinator/requests/{request_made.uuid}/decline/", {"reason": "Ask your own scheme first."})
    assert fresh(request_made).status == "declined"


def test_closing_too_early_is_refused_in_words(coordinator: SignedIn, request_made: Request) -> None:
    answer = coordinator.post(f"/coordinator/requests/{request_made.uuid}/close/", {"note": ""})
    assert answer.status_code == 422
    assert "can&#x27;t become closed now" in answer.content.decode()


def test_the_trail_names_people_and_says_where_they_work(
    coordinator: SignedIn, cast: Cast, request_made: Request
) -> None:
    offer = propose(coordinator, request_made, cast)[0]
    say_yes(offer, cast.north_lead, cast.north_handler)
    page = coordinator.get(f"/coordinator/requests/{request_made.uuid}/").content.decode()
    trail = page[page.index("What has happened") :]
    assert "Sam Sample</p>" in trail
    assert "Lee Northshire, Northshire Police</p>" in trail
    assert "Hari Northshire, Northshire Police</p>" in trail
    assert ", Coordinator</p>" in trail
    assert "@" not in trail[: trail.index("</ol>")]


def test_the_trail_gives_the_address_only_where_there_is_no_name(
    coordinator: SignedIn, cast: Cast, request_made: Request
) -> None:
    offer = propose(coordinator, request_made, cast)[0]
    with system_scope():
        Profile.objects.filter(user=cast.north_lead).delete()
    say_yes(offer, cast.north_lead, cast.north_handler)
    page = coordinator.get(f"/coordinator/requests/{request_made.uuid}/").content.decode()
    assert "lead@northshire.example</p>" in page


PAGES = ["/coordinator/", "/coordinator/teams/", "/coordinator/requests/", "/coordinator/offers/"]


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_for_coordinators_only(cast: Cast, client: Client, page: str) -> None:
    assert client.get(page).status_code == 302
    assert SignedIn().sign_in(cast.north_lead).get(page).status_code == 403
    assert SignedIn().sign_in(cast.coordinator, second_factor=False).get(page).status_code == 302
    assert SignedIn().sign_in(cast.coordinator).get(page).status_code == 200


@pytest.mark.parametrize("page", [*PAGES, "/coordinator/requests/{}/", "/coordinator/requests/{}/match/"])
def test_no_page_asks_more_than_eight_times(
    coordinator: SignedIn, cast: Cast, request_made: Request, page: str
) -> None:
    propose(coordinator, request_made, cast)
    coordinator.get(page.format(request_made.uuid))
    assert 0 < questions(coordinator, page.format(request_made.uuid)) <= 8


def test_a_booked_team_shows_whom_to_ring_and_why_it_may_not_go_any_more(
    coordinator: SignedIn, cast: Cast, request_made: Request
) -> None:
    offer = propose(coordinator, request_made, cast)[0]
    say_yes(offer, cast.north_lead, cast.north_handler)
    match, own = (f"/coordinator/requests/{request_made.uuid}/{page}" for page in ("match/", ""))
    assert "Not clear any more" not in coordinator.get(match).content.decode()
    with system_scope():
        Dog.objects.filter(pk=offer.team.dog_id).update(status="suspended")
    for address in (match, own):
        page = coordinator.get(address).content.decode()
        assert "Not clear any more" in page
        assert "Bramble is booked and can’t go as things are." in page
        assert "is not accredited now: suspended" in page
        assert 'href="tel:' in page
    assert questions(coordinator, match) <= 8


def test_the_home_says_that_a_booked_team_is_not_clear(
    coordinator: SignedIn, cast: Cast, request_made: Request
) -> None:
    offer = propose(coordinator, request_made, cast)[0]
    say_yes(offer, cast.north_lead, cast.north_handler)
    assert "booked team is not clear" not in coordinator.get("/coordinator/").content.decode()
    with system_scope():
        Dog.objects.filter(pk=offer.team.dog_id).update(status="suspended")
    recheck_commitments(now=timezone.now())
    home = coordinator.get("/coordinator/").content.decode()
    assert "1 booked team is not clear" in home
    assert "1 needs you now." in home


def test_a_request_says_whose_debrief_asks_for_a_call_and_closing_says_it_again(
    coordinator: SignedIn, cast: Cast, request_made: Request
) -> None:
    offer = propose(coordinator, request_made, cast)[0]
    say_yes(offer, cast.north_lead, cast.north_handler)
    with system_scope():
        came = Deployment.objects.get()
    at = request_made.starts_at
    with scope(user=cast.north_handler.pk):
        check_in(deployment=came, by=cast.north_handler, now=at)
        check_out(deployment=came, by=cast.north_handler, now=at + timedelta(hours=2))
        page = f"/coordinator/requests/{request_made.uuid}/"
        assert "1 debrief is still to come. It can also" in coordinator.get(f"{page}close/").content.decode()
        account = Account(went_well="", change="", dog_after="", needs_follow_up=True)
        write_debrief(deployment=came, account=account, by=cast.north_handler, now=at + timedelta(hours=3))
    said = coordinator.get(page).content.decode()
    assert "Asks to be called" in said
    assert 'href="tel:' in said
    assert questions(coordinator, page) <= 8
    closing = coordinator.get(f"{page}close/").content.decode()
    assert "Asked to be called, in the debrief: Bramble with Hari Northshire." in closing
    assert "still to come" not in closing


def test_a_move_that_changes_nothing_says_so(coordinator: SignedIn, request_made: Request) -> None:
    Outcode.objects.get_or_create(code="S1", defaults={"lat": 53.38, "lng": -1.47})
    page = f"/coordinator/requests/{request_made.uuid}/move/"
    typed = {
        "kind": request_made.kind, "postcode": request_made.postcode, "place": request_made.place, "asked_by": "Vic",
        **typed_moment("starts_at", request_made.starts_at), **typed_moment("ends_at", request_made.ends_at),
    }  # fmt: skip
    said = coordinator.post(page, typed, follow=True).content.decode()
    assert "has changed, so nobody was told." in said
    assert "Everybody concerned has been told." not in said


def test_teams_that_are_not_there_any_more_are_said(coordinator: SignedIn, cast: Cast, request_made: Request) -> None:
    coordinator.post(f"/coordinator/requests/{request_made.uuid}/", TRIAGE)
    address = f"/coordinator/requests/{request_made.uuid}/match/"
    answer = coordinator.post(address, {"teams": [str(uuid4())]})
    assert answer.status_code == 422
    assert "None of these teams is there any more" in answer.content.decode()
    both = coordinator.post(address, {"teams": [str(cast.north_team.uuid), str(uuid4())]}, follow=True).content.decode()
    assert "1 team that you chose is not there any more." in both


def test_who_records_an_answer_sees_whom_to_ring_and_a_lead_their_handler(
    coordinator: SignedIn, cast: Cast, request_made: Request
) -> None:
    offer = propose(coordinator, request_made, cast)[0]
    assert 'href="tel:' in coordinator.get(f"/coordinator/offers/{offer.uuid}/record/").content.decode()
    lead = SignedIn().sign_in(cast.north_lead).get(f"/member/offers/{offer.uuid}/").content.decode()
    assert "Ring Hari:" in lead
    own = SignedIn().sign_in(cast.north_handler).get(f"/member/offers/{offer.uuid}/").content.decode()
    assert "Ring Hari:" not in own


def test_a_yes_that_comes_too_late_to_count_says_why(coordinator: SignedIn, cast: Cast, request_made: Request) -> None:
    offer = propose(coordinator, request_made, cast)[0]
    at = typed_moment("said_at", timezone.localtime())
    yes = {"side": "lead", "answer": "yes", "said_by": "Lee", "reason": "", **at}
    coordinator.post(f"/coordinator/offers/{offer.uuid}/record/", yes, follow=True)
    with system_scope():
        Dog.objects.filter(pk=offer.team.dog_id).update(status="suspended")
    yes |= {"side": "handler", "said_by": "Hari"}
    said = coordinator.post(f"/coordinator/offers/{offer.uuid}/record/", yes, follow=True).content.decode()
    assert "The yes of Bramble with Hari is recorded, but it can’t count any more. The team can&#x27;t go now:" in said
    assert "can correct it" not in said


def test_the_offers_list_asks_as_little_of_ten_offers(coordinator: SignedIn, cast: Cast, request_made: Request) -> None:
    propose(coordinator, request_made, cast)
    with system_scope():
        for number in range(8):
            team = make_team(
                cast.north, cast.north_team.handler, by=cast.coordinator, until=UNTIL, name=f"Dog {number}"
            )
            insert_offer(fresh(request_made), team, by=cast.coordinator, now=timezone.now())
    page = coordinator.get("/coordinator/offers/")
    assert len(page.context["lines"]) == 10
    assert questions(coordinator, "/coordinator/offers/") <= 8


def test_the_hosts_own_teams_are_marked(coordinator: SignedIn, cast: Cast, request_made: Request) -> None:
    with system_scope():
        Request.objects.update(force=cast.north)
    coordinator.post(f"/coordinator/requests/{request_made.uuid}/", TRIAGE)
    page = coordinator.get(f"/coordinator/requests/{request_made.uuid}/match/").content.decode()
    assert page.count("The host&#x27;s own team") == 1


def test_what_a_coordinator_hears_of_the_setting_is_judged_at_once(
    coordinator: SignedIn, cast: Cast, request_made: Request
) -> None:
    with system_scope():
        type(cast.north_team).objects.filter(pk=cast.north_team.pk).update(restrictions=["crowds"])
    address = f"/coordinator/requests/{request_made.uuid}/"
    coordinator.post(address, TRIAGE)
    assert "2 clear teams" in coordinator.get(f"{address}match/").content.decode()
    coordinator.post(address, TRIAGE | {"setting": ["crowds"]})
    assert fresh(request_made).setting == ["crowds"]
    page = coordinator.get(f"{address}match/").content.decode()
    assert "1 clear team" in page
    assert "Restriction: no crowds, and this request has it" in page
    assert re.search(r'value="crowds"[^>]*checked', coordinator.get(address).content.decode())
