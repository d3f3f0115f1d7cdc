"""What waits for one person, of every kind that the system knows, in one query. The rows are of `portal.shape`."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf, TruncDate
from django.utils.timezone import localdate

from deployments.models import Claim, DebriefDraft, Deployment, Request
from deployments.sheets import waiting_claims
from deployments.states import CLAIM_OPEN, WORKED_ON, ClaimStatus, DeploymentStatus
from dogs.models import Commitment, Document, Draft, SessionLog, Team, WelfareVisit
from dogs.states import GONE, CommitmentKind, Consent, DraftStatus, WelfareStatus
from network.models import Certificate
from network.states import EvidenceStatus, HandlerStatus
from portal.shape import Row, row_of, shaped, together
from resources.queries import must_be_chased, to_read

# So long after a visit its session is asked for; then it is taken not to have happened.
UNLOGGED = timedelta(days=14)
# So many days before its last day a lead is told who has not read what must be read.
CHASED_FROM = timedelta(days=14)
AHEAD = timedelta(days=14)

Parts = list[QuerySet[Any, Any]]


def waiting(user_id: int, leads: Collection[int], roles: Collection[str], *, now: datetime) -> list[Row]:
    """Everything that waits for this person, who holds `roles` and keeps the forces in `leads`."""
    parts = [
        *evidence(user_id, leads),
        *begun_forms(user_id),
        claim_rows(waiting_claims(leads, user_id)),
        claim_rows(waiting_claims(leads, user_id, ClaimStatus.APPROVED)),
        *_profiles(user_id, leads),
        _visits(user_id, now=now),
        *_reading(user_id, leads, roles, until=localdate(now) + CHASED_FROM),
        _hosted(leads, now=now),
    ]
    return [row_of(values) for values in together(parts)]


def evidence(user_id: int, leads: Collection[int]) -> Parts:
    """What was sent and waits for a coordinator, and what was sent back; not where another has taken its place.

    That is a later one, or a verified one that holds for longer.
    `about` is the dog, the force or the handler whose it is; `state` its status and `place` its kind.
    """
    shown = (EvidenceStatus.SUBMITTED, EvidenceStatus.REJECTED)
    later = Q(pk__gt=OuterRef("pk"), status__in=(*shown, EvidenceStatus.VERIFIED))
    instead = later | Q(status=EvidenceStatus.VERIFIED, expires_on__gt=OuterRef("expires_on"))
    same_dog = Q(dog=OuterRef("dog")) | Q(dog=None)  # a kind is a force's or a dog's, never both
    newer = Document.objects.filter(same_dog, instead, force=OuterRef("force"), kind=OuterRef("kind"))
    handled = Team.objects.filter(handler_user_id=user_id, is_active=True).values("dog_id")
    documents = Document.objects.filter(Q(force_id__in=leads) | Q(dog_id__in=handled), status__in=shown)
    documents = documents.exclude(dog__status__in=GONE)
    successor = Certificate.objects.filter(instead, handler=OuterRef("handler"))  # of the two kinds one is enough
    certificates = Certificate.objects.filter(Q(force_id__in=leads) | Q(handler_user_id=user_id), status__in=shown)
    certificates = certificates.exclude(handler__status=HandlerStatus.LEFT)
    whose = {"document": Coalesce("dog__name", "force__name"), "certificate": F("handler__name")}
    about = {"document": Coalesce("dog_id", "force_id"), "certificate": F("handler_id")}
    found = {"document": documents.exclude(Exists(newer)), "certificate": certificates.exclude(Exists(successor))}
    return [
        shaped(
            rows, what, day=TruncDate("submitted_at"), dog=whose[what], place=F("kind"), state=F("status"),
            words=F("reason"), about=about[what],
        )
        for what, rows in found.items()
    ]  # fmt: skip


def begun_forms(user_id: int) -> Parts:
    """One's own forms that are begun or owed: welfare reports, debriefs, claims that are open."""
    drafts = WelfareVisit.objects.filter(visitor_id=user_id, status=WelfareStatus.DRAFT)
    asked = Q(visited_on=None, due_on__isnull=False)
    unwritten = Deployment.objects.filter(handler_user_id=user_id, status=DeploymentStatus.COMPLETED)
    begun = Exists(DebriefDraft.objects.filter(deployment_id=OuterRef("pk")))
    return [
        shaped(
            drafts, "welfare draft", day=Coalesce("visited_on", "due_on"), dog=F("dog_name"), place=F("force__name"),
            state=Case(When(asked, then=Value("asked")), default=Value("")), about=F("dog_id"),
        ),
        shaped(
            unwritten, "debrief draft", day=TruncDate("checked_out_at"), dog=F("dog_name"), place=F("request__place"),
            state=Case(When(begun, then=Value("begun")), default=Value("")), about=F("dog_id"),
        ),
        claim_rows(Claim.objects.filter(handler_user_id=user_id, status__in=CLAIM_OPEN)),
    ]  # fmt: skip


def claim_rows(rows: QuerySet[Claim]) -> QuerySet[Any, Any]:
    return shaped(
        rows, "claim", day=TruncDate("started_at"), dog=F("dog_name"), place=F("place"), state=F("status"),
        words=F("reason"), number=F("total_pence"), about=F("commitment__dog_id"),
    )  # fmt: skip


def _profiles(user_id: int, leads: Collection[int]) -> Parts:
    """Profiles to approve, to write on, and to agree to before they can be published."""
    drafts = Draft.objects.exclude(profile__dog__status__in=GONE)
    own = Team.objects.filter(dog=OuterRef("profile__dog"), handler_user_id=user_id, is_active=True)
    mine = drafts.filter(Exists(own))
    sent_on = (DraftStatus.SENT, DraftStatus.APPROVED)
    found = {
        "profile to approve": drafts.filter(force_id__in=leads, status=DraftStatus.SENT),
        "profile to write": mine.filter(status=DraftStatus.WRITING),
        "profile to agree to": mine.filter(status__in=sent_on, profile__consent=Consent.NONE),
    }
    return [
        shaped(
            rows, what, key=F("profile__dog__uuid"), day=TruncDate("moved_at"), dog=F("profile__name"),
            words=F("reason"), about=F("profile__dog_id"),
        )
        for what, rows in found.items()
    ]  # fmt: skip


def _visits(user_id: int, *, now: datetime) -> QuerySet[Any, Any]:
    """One's own visits that are over and have no session yet."""
    rows = Commitment.objects.filter(handler_user_id=user_id, kind=CommitmentKind.VISIT, cancelled_at=None)
    rows = rows.filter(period__endswith__lte=now, period__endswith__gt=now - UNLOGGED)
    rows = rows.exclude(Exists(SessionLog.objects.filter(commitment=OuterRef("pk"))))
    place = Coalesce(NullIf(F("place"), Value("")), F("note"))
    return shaped(
        rows, "visit to log", day=TruncDate("period__startswith"), dog=F("dog__name"), place=place, about=F("dog_id")
    )


def _reading(user_id: int, leads: Collection[int], roles: Collection[str], *, until: date) -> Parts:
    """What this person must still read; and for leads, what others of their forces have not read by its day."""
    chased = must_be_chased(leads, but=user_id).filter(must_read_by__lte=until)
    columns = {"day": F("must_read_by"), "place": F("title")}
    return [
        shaped(to_read(user_id, roles), "to read", **columns),
        shaped(chased, "to chase", **columns, number=F("missing")),
    ]


def _hosted(leads: Collection[int], *, now: datetime) -> QuerySet[Any, Any]:
    """The requests that these forces host in the next days: how many of `about` places are filled."""
    rows = Request.objects.filter(force_id__in=leads, status__in=WORKED_ON, ends_at__gt=now, starts_at__lt=now + AHEAD)
    return shaped(rows, "hosted", day=TruncDate("starts_at"), place=F("place"), number=F("taken"), about=F("places"))
