"""One thing to do at a time, for a lead or a handler: offers to answer, debriefs to write, papers that end."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.validity import said_day, validity
from deployments.models import Deployment, Offer
from deployments.pages_member import offer_line
from dogs.facts import TeamFacts
from dogs.models import Document, Dog, Team
from dogs.paperwork import add_document_href
from dogs.states import REQUIRED_OF_DOG, DocumentKind
from network.models import Certificate
from network.states import EvidenceStatus

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Todo:
    """One thing to do: a sentence, one deadline, one button. Lower `order` comes first."""

    order: tuple[int, str]
    sentence: str
    href: str
    button: str
    detail: str = ""
    tag: str = ""
    kind: str = "mute"
    dog: Dog | None = None

    @property
    def is_urgent(self) -> bool:
        return self.kind == "stop"


def offer_todos(offers: list[Offer], user_id: int, leads: Collection[int], *, now: datetime) -> Iterator[Todo]:
    for offer in offers:
        line = offer_line(offer, user_id, leads, now=now)
        if line.needs_me:
            yield Todo(
                order=(0 if line.kind == "stop" else 2, offer.answer_by.isoformat()),
                sentence=line.sentence,
                href=reverse("member_offer_detail", args=[offer.uuid]),
                button=line.button,
                detail=line.detail,
                tag=line.tag,
                kind=line.kind,
                dog=offer.team.dog,
            )


def debrief_todos(unwritten: list[Deployment]) -> Iterator[Todo]:
    """The reader's own deployments that are over and have no debrief yet."""
    for deployment in unwritten:
        yield Todo(
            order=(2, deployment.request.starts_at.isoformat()),
            sentence=_("Write the debrief for %(place)s") % {"place": deployment.request.place},
            href=reverse("member_deployment_debrief", args=[deployment.uuid]),
            button=_("Write it"),
            detail=_("Four short questions. Only your force and the coordinators read it."),
            tag=_("Not written yet"),
            kind="warn",
            dog=deployment.team.dog,
        )


def waiting_papers(user_id: int, leads: Collection[int]) -> set[tuple[int | None, str]]:
    """What was sent and waits for a coordinator: the dog's, handler's or (for a force's paper) no key, and the kind."""
    mine = Q(dog__teams__handler_user_id=user_id)
    documents = Document.objects.filter(Q(force_id__in=leads) | mine, status=EvidenceStatus.SUBMITTED)
    certificates = Certificate.objects.filter(
        Q(force_id__in=leads) | Q(handler_user_id=user_id), status=EvidenceStatus.SUBMITTED
    )
    rows = documents.values_list("dog_id", "kind").union(certificates.values_list("handler_id", "kind"))
    return set(rows)


@dataclass(frozen=True)
class Paper:
    """One dated thing that a team stands on. `until` is None where there is none."""

    key: tuple[str, int]
    name: str
    whose: str
    until: date | None
    href: str
    button: str
    dog: Dog | None = None


def papers_of(
    known: list[tuple[Team, TeamFacts]], leads: Collection[int], waiting: set[tuple[int | None, str]]
) -> Collection[Paper]:
    """What the teams stand on, each once, without what was renewed and waits for a coordinator."""
    return {paper.key: paper for team, facts in known for paper in _papers(team, facts, leads, waiting)}.values()


def paper_todos(papers: Collection[Paper], *, today: date) -> Iterator[Todo]:
    for paper in papers:
        if paper.until and paper.until > today + SOON:
            continue
        words = {"whose": paper.whose, "paper": inside(paper.name)}
        if paper.until is None:
            yield Todo(
                order=(1, ""),
                sentence=_("%(whose)s has no verified %(paper)s") % words,
                href=paper.href,
                button=paper.button,
                detail=_("Without it the team can't go anywhere."),
                tag=_("Missing"),
                kind="stop",
                dog=paper.dog,
            )
            continue
        fact = validity(paper.until, today)
        yield Todo(
            order=(1 if fact.kind == "stop" else 3, paper.until.isoformat()),
            sentence=_("%(whose)s’s %(paper)s: %(state)s") % {**words, "state": inside(fact.sentence)},
            href=paper.href,
            button=paper.button,
            detail=_still(paper.until, today),
            tag=_tag(paper.until, today),
            kind=fact.kind,
            dog=paper.dog,
        )


def _still(until: date, today: date) -> str:
    if until < today:
        return _("The team can’t go anywhere until a new one counts.")
    return _("The team can go up to %(day)s, not after.") % {"day": said_day(until, today)}


def _tag(until: date, today: date) -> str:
    days = (until - today).days
    if days < 0:
        return _("Ended")
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days} if days else _("Last day today")


def inside(name: str) -> str:
    """'Vet check' inside a sentence; 'MHFA certificate' stays as it is."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _papers(
    team: Team, facts: TeamFacts, leads: Collection[int], waiting: set[tuple[int | None, str]]
) -> Iterator[Paper]:
    dog, handler, force = team.dog, team.handler, team.force
    documents = reverse("member_document_list")
    for kind in REQUIRED_OF_DOG:
        if (dog.pk, kind) not in waiting:
            name = _("Insurance") if kind == DocumentKind.INSURANCE else str(DocumentKind(kind).label)
            href = add_document_href(force, dog, kind)
            yield Paper((kind, dog.pk), name, dog.name, facts.papers.get(kind), href, _("Add it"), dog)
    if not any(key == handler.pk and kind not in DocumentKind.values for key, kind in waiting):
        href = f"{reverse('member_certificate_add')}?{urlencode({'handler': handler.uuid})}"
        name = facts.certificate_name or _("Peer supporter or MHFA certificate")
        yield Paper(("certificate", handler.pk), name, handler.name, facts.certificate_until, href, _("Add it"))
    name = _("Suitability assessment")
    yield Paper(("assessment", team.pk), name, str(team), facts.assessed_until, documents, _("See documents"), dog)
    if team.force_id in leads:
        name = _("Service Level Agreement")
        yield Paper(("sla", force.pk), name, force.name, facts.agreement_until, documents, _("See documents"))
        kind = DocumentKind.PUBLIC_LIABILITY
        if (None, kind) not in waiting:
            until = facts.liability.until if facts.liability else None
            href = add_document_href(force, None, kind)
            yield Paper((kind, force.pk), str(kind.label), force.name, until, href, _("Add it"))
