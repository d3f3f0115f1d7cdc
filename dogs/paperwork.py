"""What a keeper's documents page shows: by force, dog and handler, what there is, what waits, what is missing.

Queries only; every sentence about a day comes from `core.validity`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet, Value
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.access import Roles
from accounts.models import Force
from core.validity import said_day, validity
from dogs.models import Document, Dog, Team
from dogs.states import GONE, REQUIRED_OF_DOG, REQUIRED_OF_FORCE, DocumentKind
from network import queries
from network.models import Agreement, Certificate, Handler
from network.states import AgreementStatus, CertificateKind, EvidenceStatus

SHOWN = (EvidenceStatus.VERIFIED, EvidenceStatus.SUBMITTED, EvidenceStatus.REJECTED)


@dataclass(frozen=True)
class Line:
    """One kind of evidence: its state as a fact, where it is read and where a newer one is added.

    `waits`: its keeper has done their part, and a coordinator is next.
    """

    name: str
    state: str
    kind: str
    href: str = ""
    add: str = ""
    notes: tuple[str, ...] = ()
    waits: bool = False

    @property
    def is_urgent(self) -> bool:
        return self.kind == "stop" and not self.waits


@dataclass(frozen=True)
class Group:
    """Everything of one force, dog or handler."""

    title: str
    dog: Dog | None = None
    under: str = ""
    lines: list[Line] = field(default_factory=list)


def own_dogs(user_id: int, leads: Iterable[int]) -> list[Dog]:
    """The working dogs whose documents this person keeps: those of the forces kept and those of the own teams."""
    mine = Team.objects.filter(handler_user_id=user_id, is_active=True).values("dog_id")
    dogs = Dog.objects.filter(Q(force_id__in=list(leads)) | Q(pk__in=mine)).exclude(status__in=GONE)
    return list(dogs.select_related("force").order_by("force__name", "name", "pk"))


def own_forces(leads: Iterable[int]) -> list[Force]:
    return list(Force.objects.filter(pk__in=list(leads)).order_by("name"))


def forces_with_papers() -> list[Force]:
    """Those that keep papers here: every force that sets up a scheme, is a member or was one."""
    return list(Force.objects.filter(membership__isnull=False).order_by("name"))


def groups(user_id: int, roles: Roles, *, today: date) -> list[Group]:
    """The whole page, in a number of queries that does not grow with its rows."""
    forces, dogs = own_forces(roles.leads), own_dogs(user_id, roles.leads)
    handlers = queries.own_handlers(user_id, roles.leads)
    documents = _documents(forces, dogs)
    certificates: dict[tuple[int, str], list[Any]] = defaultdict(list)
    for certificate in Certificate.objects.filter(handler__in=handlers, status__in=SHOWN).order_by("pk"):
        certificates[certificate.handler_id, certificate.kind].append(certificate)
    agreements = _agreements(forces)
    assessed = _assessed(dogs)
    in_forces = {dog.force_id for dog in dogs} | {handler.force_id for handler in handlers}
    several = len(in_forces | {force.pk for force in forces}) > 1
    shown = [_of_force(force, documents, agreements.get(force.pk), today) for force in forces]
    for dog in dogs:
        lines = [_document_line(dog.force, dog, kind, documents, today) for kind in REQUIRED_OF_DOG]
        lines += [_assessment_line(team, today) for team in assessed[dog.pk]]
        shown.append(Group(dog.name, dog=dog, under=dog.force.name if several else "", lines=lines))
    for handler in handlers:
        lines = list(_certificate_lines(handler, certificates, today))
        shown.append(Group(handler.name, under=handler.force.name if several else "", lines=lines))
    return shown


def lines_of_dog(
    dog: Dog, teams: Iterable[Team], *, may_add: bool, today: date, for_network: bool = False
) -> list[Line]:
    """The dog's own papers and its teams' assessments, in one query; without the ways to add where nobody may.

    The network looks at a paper, and enters one that was sent to it, on pages of its own.
    """
    documents = _documents([], [dog])
    lines = [_document_line(dog.force, dog, kind, documents, today, for_network) for kind in REQUIRED_OF_DOG]
    lines += [_assessment_line(team, today) for team in teams]
    return lines if may_add else [replace(line, add="", href="") for line in lines]


def _documents(forces: list[Force], dogs: list[Dog]) -> dict[tuple[int, int | None, str], list[Document]]:
    of_forces = Q(dog__isnull=True, force__in=forces)
    found: dict[tuple[int, int | None, str], list[Document]] = defaultdict(list)
    for document in Document.objects.filter(of_forces | Q(dog__in=dogs), status__in=SHOWN).order_by("pk"):
        found[document.force_id, document.dog_id, document.kind].append(document)
    return found


def _agreements(forces: list[Force]) -> dict[int, date]:
    rows = Agreement.objects.filter(force__in=forces, status=AgreementStatus.ACTIVE)
    return dict(rows.values_list("force_id", "expires_on"))


def _assessed(dogs: list[Dog]) -> dict[int, list[Team]]:
    found: dict[int, list[Team]] = defaultdict(list)
    for team in Team.objects.filter(dog__in=dogs, is_active=True).select_related("dog", "handler").order_by("pk"):
        found[team.dog_id].append(team)
    return found


def _of_force(force: Force, documents: Any, agreed_until: date | None, today: date) -> Group:
    lines = [_document_line(force, None, kind, documents, today) for kind in REQUIRED_OF_FORCE]
    if documents.get((force.pk, None, DocumentKind.SOP)):
        lines.append(_document_line(force, None, DocumentKind.SOP, documents, today))
    state = validity(agreed_until, today) if agreed_until else None
    lines.append(
        Line(
            _("Service Level Agreement"),
            state.sentence if state else _("None is active"),
            state.kind if state else "stop",
            notes=() if state and state.kind == "ok" else (_("The coordinators send the next one to be signed."),),
        )
    )
    return Group(force.name, lines=lines)


def add_document_href(force: Force, dog: Dog | None, kind: str, *, for_network: bool = False) -> str:
    """Where a paper of this kind is added: by its keeper, or by a coordinator to whom it was sent."""
    query = {"kind": kind, **({"dog": dog.uuid} if dog else {"force": force.uuid})}
    page = reverse("coordinator_document_add", args=[force.uuid]) if for_network else reverse("member_document_add")
    return f"{page}?{urlencode(query)}"


def _document_line(
    force: Force, dog: Dog | None, kind: str, documents: Any, today: date, for_network: bool = False
) -> Line:
    rows = documents.get((force.pk, dog.pk if dog else None, kind), [])
    add = add_document_href(force, dog, kind, for_network=for_network)
    page = "coordinator_document_detail" if for_network else "member_document_detail"
    return _line(str(DocumentKind(kind).label), rows, add, page, today)


def _certificate_lines(handler: Handler, certificates: Any, today: date) -> Iterator[Line]:
    """One of the two kinds is enough: where there is none, one line asks for either."""
    held = [kind for kind in CertificateKind.values if certificates.get((handler.pk, kind))]
    for kind in held:
        add = f"{reverse('member_certificate_add')}?{urlencode({'kind': kind, 'handler': handler.uuid})}"
        rows = certificates[handler.pk, kind]
        yield _line(str(CertificateKind(kind).label), rows, add, "member_certificate_detail", today)
    if not held:
        add = f"{reverse('member_certificate_add')}?{urlencode({'handler': handler.uuid})}"
        yield Line(
            _("Peer supporter or Mental Health First Aider certificate"), _("Missing"), "stop", href=add, add=add
        )


def _assessment_line(team: Team, today: date) -> Line:
    name = _("Suitability assessment with %(handler)s") % {"handler": team.handler.first_name}
    if team.assessed_until is None:
        return Line(name, _("Not passed yet"), "stop", notes=(_("The coordinators book it."),))
    state = validity(team.assessed_until, today)
    notes = () if state.kind == "ok" else (_("The coordinators book the next one."),)
    return Line(name, state.sentence, state.kind, notes=notes)


def _line(name: str, rows: list[Any], add: str, page: str, today: date) -> Line:
    """What holds now, and beside it what waits or was sent back since."""
    newest = {row.status: row for row in rows}
    verified, waiting = newest.get(EvidenceStatus.VERIFIED), newest.get(EvidenceStatus.SUBMITTED)
    rejected = newest.get(EvidenceStatus.REJECTED)
    if rejected and (waiting or (verified and verified.pk > rejected.pk)):
        rejected = None
    notes = []
    if verified and waiting:
        notes.append(
            _("A new one was sent on %(day)s. It waits for a coordinator.") % {"day": _sent_on(waiting, today)}
        )
    if rejected and verified:
        notes.append(_("Sent back: %(reason)s") % {"reason": rejected.reason})
    shown = verified or waiting or rejected
    if shown is None:
        return Line(name, _("Missing"), "stop", href=add, add=add)
    state, kind = queries.standing(shown, today=today)
    latest = waiting or rejected or shown
    return Line(
        name,
        state,
        kind,
        href=reverse(page, args=[latest.uuid]),
        add=add,
        notes=tuple(notes),
        waits=waiting is not None,
    )


def _sent_on(row: Any, today: date) -> str:
    return said_day(localdate(row.submitted_at), today)


@dataclass(frozen=True)
class Waiting:
    """One line of the coordinators' queue."""

    name: str
    whose: str
    force: str
    sender: str
    submitted_at: datetime
    issued_on: date
    expires_on: date
    href: str


def waiting() -> QuerySet[Any, Any]:
    """Documents and certificates that wait, the oldest first."""
    same = {"force_name": F("force__name"), "sender": F("submitted_by__profile__name")}
    columns = ("uuid", "kind", "submitted_at", "issued_on", "expires_on")
    documents = Document.objects.filter(status=EvidenceStatus.SUBMITTED)
    certificates = Certificate.objects.filter(status=EvidenceStatus.SUBMITTED)
    rows = documents.values(*columns, what=Value("document"), whose=F("dog__name"), **same).union(
        certificates.values(*columns, what=Value("certificate"), whose=F("handler__name"), **same), all=True
    )
    return rows.order_by("submitted_at", "uuid")


def waiting_lines(rows: Iterable[dict[str, Any]]) -> list[Waiting]:
    labels = dict(DocumentKind.choices) | dict(CertificateKind.choices)
    return [
        Waiting(
            name=str(labels[row["kind"]]),
            whose=row["whose"] or row["force_name"],
            force=row["force_name"],
            sender=row["sender"] or "",
            submitted_at=row["submitted_at"],
            issued_on=row["issued_on"],
            expires_on=row["expires_on"],
            href=reverse(f"coordinator_{row['what']}_detail", args=[row["uuid"]]),
        )
        for row in rows
    ]


def cover_of(document: Document) -> list[tuple[str, str, str]]:
    """'Cover', '£10,000,000' and whether it is for the handlers' own workplace, where the document is about a sum."""
    if not document.cover_pounds:
        return []
    covers = _("Covers the handlers’ own workplace")
    covers_not = _("Does not cover the handlers’ own workplace")
    return [(_("Cover"), f"£{document.cover_pounds:,}", covers if document.covers_workplace else covers_not)]
