"""The member forces of the invented network: real organisations, with an invented history of joining."""

from dataclasses import dataclass
from datetime import timedelta

from accounts.models import Force, Role, RoleName, User
from network.actions.memberships import (
    accept_duties,
    activate_agreement,
    admit_member,
    approve_application,
    countersign_agreement,
    end_membership,
    offer_agreement,
    sign_agreement,
    start_scheme,
    submit_application,
    suspend_member,
)
from network.models import Agreement, AgreementText, Membership
from portal.demo import words
from portal.demo.cast import Demo
from portal.demo.people import duty_telephone

LARGEST = ("south-yorkshire", 30)
MEMBERS = words("members")
SETTING_UP = ("dorset", "yorkshire-ambulance")
APPLICANTS = ("cleveland", "scottish-frs")
SUSPENDED = ("warwickshire", 2)
LEFT = ("gwent",)
DOGS = 190
CONTACTS = ("Force control room", "Duty inspector", "Duty officer, operations", "Control room supervisor")
TEXT = (
    "The force keeps its dogs, its handlers and their papers as the network asks, and says at once when something"
    " changes. The network asks before it sends a team, and never against a handler's no. Each side may end this"
    " agreement with three months' notice. This text is invented for the demonstration."
)


@dataclass
class Member:
    """A force of the demonstration, its lead, and how many dogs it is to have."""

    force: Force
    lead: User
    membership: Membership
    joined_days_ago: int
    dogs: int


def publish_texts(demo: Demo) -> tuple[AgreementText, AgreementText]:
    first = AgreementText.objects.create(version=1, published_on=demo.day(1250), sign_by_on=demo.day(1160), text=TEXT)
    second = AgreementText.objects.create(
        version=2,
        published_on=demo.day(120),
        sign_by_on=demo.today + timedelta(days=45),
        text=f"{TEXT} New in this version: how a handler's aftercare is kept private.",
    )
    return first, second


def invent_forces(demo: Demo, *, most: int | None = None) -> list[Member]:
    """All forces that have something to do with the network, the members first; at most so many of those."""
    texts = publish_texts(demo)
    sizes = list(_sizes(demo).items())[:most]
    members = [_member(demo, slug, dogs, texts, number) for number, (slug, dogs) in enumerate(sizes)]
    suspended = _member(demo, *SUSPENDED, texts, len(members))
    suspend_member(
        membership=suspended.membership,
        reason="The force asked for a pause while its scheme is reorganised.",
        by=demo.coordinator(),
        now=demo.at(21),
    )
    left = _member(demo, LEFT[0], 0, texts, len(members) + 1)
    end_membership(
        membership=left.membership,
        reason="The force ended its scheme when its last dog retired.",
        by=demo.coordinator(),
        now=demo.at(150),
    )
    for slug in (*SETTING_UP, *APPLICANTS):
        _newcomer(demo, slug)
    _alliance(members)
    return [*members, suspended]


def _sizes(demo: Demo) -> dict[str, int]:
    """How many dogs each member has: one large scheme, the others 2 to 10, all of them together `DOGS`."""
    sizes = {slug: demo.random.randint(3, 7) for slug in MEMBERS}
    wanted = DOGS - LARGEST[1] - SUSPENDED[1]
    while (missing := wanted - sum(sizes.values())) != 0:
        slug = demo.random.choice(MEMBERS)
        step = 1 if missing > 0 else -1
        if 2 <= sizes[slug] + step <= 10:
            sizes[slug] += step
    return {LARGEST[0]: LARGEST[1], **sizes}


def _begin(demo: Demo, slug: str, days_ago: int, number: int) -> tuple[Force, User, Membership]:
    force = Force.objects.get(slug=slug)
    lead = demo.join(f"lead@{slug}.example", (RoleName.LEAD, force))
    if demo.random.random() < 0.6:
        demo.join(f"deputy@{slug}.example", (RoleName.DEPUTY, force))
    membership = start_scheme(force=force, by=demo.coordinator(), now=demo.at(days_ago))
    membership.duty_contact, membership.duty_telephone = demo.random.choice(CONTACTS), duty_telephone(number)
    membership.save(update_fields=["duty_contact", "duty_telephone"])
    return force, lead, membership


def _member(demo: Demo, slug: str, dogs: int, texts: tuple[AgreementText, AgreementText], number: int) -> Member:
    joined = demo.random.randint(420, 1000)
    force, lead, membership = _begin(demo, slug, joined + 120, number)
    submit_application(membership=membership, by=lead, now=demo.at(joined + 60))
    approve_application(membership=membership, by=demo.coordinator(), now=demo.at(joined + 40))
    accept_duties(membership=membership, by=lead, now=demo.at(joined + 35))
    # Two agreements end soon, so that the night has something to say; the largest scheme's does not.
    ends_in = {5: 6, 11: 24}.get(number, 1095 - joined)
    _agree(demo, force, lead, texts[0], days_ago=joined + 30, ends_in=max(ends_in, 6))
    membership = admit_member(membership=membership, by=demo.coordinator(), now=demo.at(joined))
    if number % 3 == 0:
        _agree(
            demo, force, lead, texts[1], days_ago=demo.random.randint(20, 100), ends_in=demo.random.randint(700, 1000)
        )
    elif number % 3 == 1:
        offer_agreement(
            force=force,
            text=texts[1],
            expires_on=demo.today + timedelta(days=1000),
            by=demo.coordinator(),
            now=demo.at(demo.random.randint(10, 60)),
        )
    return Member(force, lead, membership, joined, dogs)


def _agree(demo: Demo, force: Force, lead: User, text: AgreementText, *, days_ago: int, ends_in: int) -> Agreement:
    """Offered, signed, countersigned and active within a fortnight."""
    last, coordinator = demo.today + timedelta(days=ends_in), demo.coordinator()
    agreement = offer_agreement(force=force, text=text, expires_on=last, by=coordinator, now=demo.at(days_ago))
    name = lead.display_name
    agreement = sign_agreement(agreement=agreement, signed_by_name=name, by=lead, now=demo.at(days_ago - 6))
    agreement = countersign_agreement(agreement=agreement, by=coordinator, now=demo.at(days_ago - 9))
    return activate_agreement(agreement=agreement, by=coordinator, now=demo.at(days_ago - 10))


def _newcomer(demo: Demo, slug: str) -> None:
    """A force on its way in: setting up, or with an application that waits."""
    days_ago = demo.random.randint(40, 160)
    _, lead, membership = _begin(demo, slug, days_ago, 900 + days_ago % 90)
    if slug in APPLICANTS:
        submit_application(membership=membership, by=lead, now=demo.at(demo.random.randint(3, 20)))


def _alliance(members: list[Member]) -> None:
    """One lead serves two neighbouring forces."""
    by_slug = {member.force.slug: member for member in members}
    if "devon-and-cornwall" in by_slug and "cornwall-frs" in by_slug:
        lead, other = by_slug["devon-and-cornwall"].lead, by_slug["cornwall-frs"].force
        Role.objects.create(user=lead, role=RoleName.LEAD, force=other)
