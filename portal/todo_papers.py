"""Papers as things to do: what is missing, ends soon, has ended, or was sent back."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from core.validity import said_day, validity
from core.words import inside
from dogs.facts import TeamFacts
from dogs.models import Dog, Team
from dogs.paperwork import add_document_href
from dogs.states import REQUIRED_OF_DOG, DocumentKind
from network.states import CertificateKind, EvidenceStatus
from portal.shape import Row
from portal.todo import Todo, days_left

SOON = timedelta(days=30)
EVIDENCE = ("document", "certificate")
Key = tuple[str, int | None]


@dataclass(frozen=True)
class Paper:
    """One dated thing that a team stands on. `until` is None where there is none."""

    key: Key
    name: str
    whose: str
    until: date | None
    href: str
    button: str
    dog: Dog | None = None


def papers_of(
    known: list[tuple[Team, TeamFacts]], leads: Collection[int], evidence: Collection[Row]
) -> Collection[Paper]:
    """What the teams stand on, each once, without what was renewed and waits for a coordinator."""
    waiting = {_key_of(row) for row in evidence if row.state == EvidenceStatus.SUBMITTED}
    found = {paper.key: paper for team, facts in known for paper in _papers(team, facts, leads)}
    return [paper for key, paper in found.items() if key not in waiting]


def paper_todos(papers: Collection[Paper], evidence: Collection[Row], *, today: date) -> Iterator[Todo]:
    """A thing for each paper that is missing, ends soon or has ended; and for each that was sent back."""
    back = {_key_of(row): row for row in evidence if row.state == EvidenceStatus.REJECTED}
    for paper in papers:
        if row := back.pop(paper.key, None):
            yield _sent_back(row, paper, today)
        elif paper.until is None:
            yield _missing(paper)
        elif paper.until <= today + SOON:
            yield _ending(paper, paper.until, today)
    for row in back.values():
        yield _sent_back(row, None, today)


def _key_of(row: Row) -> Key:
    """Either of the two certificates will do, so they stand under one key."""
    return ("certificate" if row.what == "certificate" else row.place), row.about


def _sent_back(row: Row, paper: Paper | None, today: date) -> Todo:
    """With the reason; it can't wait where nothing else counts."""
    is_urgent = paper is not None and (paper.until is None or validity(paper.until, today).kind == "stop")
    return Todo(
        order=(1 if is_urgent else 2, row.day.isoformat() if row.day else ""),
        sentence=_("%(whose)s’s %(paper)s was sent back") % {"whose": row.dog, "paper": inside(_name(row.place))},
        href=reverse(f"member_{row.what}_detail", args=[row.key]),
        button=_("Put it right"),
        detail=row.words,
        tag=_("Sent back"),
        kind="stop" if is_urgent else "warn",
        dog=paper.dog if paper else None,
    )


def _missing(paper: Paper) -> Todo:
    return Todo(
        order=(1, ""),
        sentence=_("%(whose)s has no verified %(paper)s") % {"whose": paper.whose, "paper": inside(paper.name)},
        href=paper.href,
        button=paper.button,
        detail=_("Without it the team can't go anywhere."),
        tag=_("Missing"),
        kind="stop",
        dog=paper.dog,
    )


def _ending(paper: Paper, until: date, today: date) -> Todo:
    fact = validity(until, today)
    words = {"whose": paper.whose, "paper": inside(paper.name), "state": inside(fact.sentence)}
    return Todo(
        order=(1 if fact.kind == "stop" else 3, until.isoformat()),
        sentence=_("%(whose)s’s %(paper)s: %(state)s") % words,
        href=paper.href,
        button=paper.button,
        detail=_still(until, today),
        tag=days_left(until, today),
        kind=fact.kind,
        dog=paper.dog,
    )


def _still(until: date, today: date) -> str:
    if until < today:
        return _("The team can’t go anywhere until a new one counts.")
    return _("The team can go up to %(day)s, not after.") % {"day": said_day(until, today)}


def _name(kind: str) -> str:
    """What a paper is called beside its owner's name."""
    if kind == DocumentKind.INSURANCE:
        return _("Insurance")
    return str(DocumentKind(kind).label if kind in DocumentKind.values else CertificateKind(kind).label)


def _papers(team: Team, facts: TeamFacts, leads: Collection[int]) -> Iterator[Paper]:
    dog, handler, force = team.dog, team.handler, team.force
    documents = reverse("member_document_list")
    for kind in REQUIRED_OF_DOG:
        href = add_document_href(force, dog, kind)
        yield Paper((kind, dog.pk), _name(kind), dog.name, facts.papers.get(kind), href, _("Add it"), dog)
    href = f"{reverse('member_certificate_add')}?{urlencode({'handler': handler.uuid})}"
    name = _("Peer supporter or MHFA certificate")
    if facts.certificate_kind:
        name = str(CertificateKind(facts.certificate_kind).label)
    yield Paper(("certificate", handler.pk), name, handler.name, facts.certificate_until, href, _("Add it"))
    name = _("Suitability assessment")
    page = f"{reverse('member_dog_detail', args=[dog.uuid])}#papers"
    yield Paper(("assessment", team.pk), name, str(team), facts.assessed_until, page, _("See its papers"), dog)
    if team.force_id in leads:
        name = _("Service Level Agreement")
        yield Paper(("sla", force.pk), name, force.name, facts.agreement_until, documents, _("See documents"))
        kind = DocumentKind.PUBLIC_LIABILITY
        until = facts.liability.until if facts.liability else None
        href = add_document_href(force, None, kind)
        yield Paper((kind, force.pk), str(kind.label), force.name, until, href, _("Add it"))
