"""Dogs, teams, documents, commitments and the work they log."""

from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models.expressions import RawSQL
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import Force, User
from core.geo import LATITUDES, LNG_SCALE, LONGITUDES, PointField
from core.models import Identified, both_or_neither
from core.tenancy import Scope, TenantModel, by_force_or_handler
from dogs import states
from network.models import Evidence, Handler


def of_own_dog(here: Scope) -> models.Q:
    """Rows about a dog that the reader works."""
    mine = Team.unscoped.filter(dog_id=models.OuterRef("dog_id"), handler_user_id=here.user)
    return models.Q(force_id__in=here.forces) | models.Q(models.Exists(mine))


class Dog(Identified, TenantModel):
    """A dog, whom a force owns or whose handler does. Never the public's business beyond `Profile`.

    `likeness` is the photo that stands for it on working pages: `dogs.actions.likeness` keeps it.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="dogs")
    name = models.CharField(_("name"), max_length=60)
    status = models.CharField(
        _("status"), max_length=12, choices=states.DogStatus.choices, default=states.DogStatus.PROSPECTIVE
    )
    status_reason = models.CharField(_("why"), max_length=300, blank=True)
    breed = models.CharField(_("breed"), max_length=80)
    coat = models.CharField(_("coat, as drawn"), max_length=20, blank=True)
    ears = models.CharField(_("ears, as drawn"), max_length=20, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=[("f", _("Female")), ("m", _("Male"))])
    born_on = models.DateField(_("born"))
    joined_on = models.DateField(_("working since"), null=True, blank=True)
    microchip = models.CharField(_("microchip"), max_length=15, unique=True, null=True, blank=True)
    likeness = models.JSONField(null=True, editable=False)

    class Meta:
        triggers = [states.DOG.trigger()]
        constraints = [models.UniqueConstraint(fields=["id", "force"], name="dog_of_force")]
        indexes = [models.Index(fields=["force", "name"], name="dog_by_force")]

    def __str__(self) -> str:
        return self.name

    @property
    def pronoun(self) -> str:
        return str(_("she") if self.sex == "f" else _("he"))

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        mine = Team.unscoped.filter(dog_id=models.OuterRef("pk"), handler_user_id=here.user)
        return models.Q(force_id__in=here.forces) | models.Q(models.Exists(mine))


class Team(Identified, TenantModel):
    """One handler with one dog. What the assessment found is kept here by the action that records it.

    `cleared_until` is the last day to which everything dated holds (documents, certificate, assessment, agreement, and
    the states that have no date); null when something is missing. Triggers keep it; nobody types it.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="teams")
    dog = models.ForeignKey(Dog, on_delete=models.CASCADE, related_name="teams")
    handler = models.ForeignKey(Handler, on_delete=models.CASCADE, related_name="teams")
    handler_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(_("working together"), default=True)
    # Of a dog that has gone: these two worked together until it did.
    to_the_end = models.BooleanField(default=False, db_default=False, editable=False)
    since_on = models.DateField(_("together since"))
    base_town = models.CharField(_("works from"), max_length=60)
    lat = models.FloatField(validators=LATITUDES)
    lng = models.FloatField(validators=LONGITUDES)
    loc = models.GeneratedField(
        expression=RawSQL(f"point(lng * {LNG_SCALE}, lat)", []), output_field=PointField(), db_persist=True
    )
    assessed_on = models.DateField(_("last assessed"), null=True, blank=True)
    assessed_until = models.DateField(_("assessment valid to the end of"), null=True, blank=True)
    restrictions = ArrayField(models.CharField(max_length=12, choices=states.Restriction.choices), default=list)
    cleared_until = models.DateField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dog", "handler"], name="team_once"),
            models.UniqueConstraint(fields=["id", "force"], name="team_of_force"),
        ]
        indexes = [
            GistIndex(
                fields=["loc", "cleared_until"],
                name="team_clear_near",
                condition=models.Q(is_active=True, cleared_until__isnull=False),
            ),
            GistIndex(fields=["loc"], name="team_near", condition=models.Q(is_active=True)),
            models.Index(fields=["assessed_until"], name="assessment_expiring", condition=models.Q(is_active=True)),
            models.Index(fields=["handler_user"], name="team_by_user"),
        ]

    def __str__(self) -> str:
        return str(_("%(dog)s with %(handler)s") % {"dog": self.dog.name, "handler": self.handler.first_name})

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return by_force_or_handler(here)


class Document(Evidence):
    """Dated evidence of a force (public liability, procedures) or of one of its dogs."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="documents")
    dog = models.ForeignKey(Dog, on_delete=models.CASCADE, null=True, blank=True, related_name="documents")
    kind = models.CharField(_("kind"), max_length=16, choices=states.DocumentKind.choices)
    cover_pounds = models.PositiveBigIntegerField(_("cover, £"), null=True, blank=True)
    covers_workplace = models.BooleanField(_("covers the handler's own workplace"), default=False)

    lifecycle, of = states.DOCUMENT, ("force_id", "dog_id", "kind")

    class Meta:
        triggers = [states.DOCUMENT.trigger()]
        indexes = [
            models.Index(
                fields=["expires_on"],
                name="document_expiring",
                condition=models.Q(status="verified"),
                include=["kind", "force", "dog"],
            ),
            models.Index(fields=["submitted_at"], name="document_queue", condition=models.Q(status="submitted")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dog", "kind"],
                name="one_verified_of_dog",
                condition=models.Q(status="verified", dog__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["force", "kind"],
                name="one_verified_of_force",
                condition=models.Q(status="verified", dog__isnull=True),
            ),
            models.CheckConstraint(
                condition=models.Q(dog__isnull=True, kind__in=states.FORCE_DOCUMENTS)
                | (models.Q(dog__isnull=False) & ~models.Q(kind__in=states.FORCE_DOCUMENTS)),
                name="document_of_force_or_dog",
            ),
            models.CheckConstraint(
                condition=models.Q(issued_on__lte=models.F("expires_on")), name="document_issued_before_expiry"
            ),
            both_or_neither("decided_at", "decided_by", name="document_decided_when_and_who"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.dog or self.force}"

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return of_own_dog(here)


def whose_page() -> models.Q:
    """The teams whose page a dog's is: those at work, and of a dog that has gone those who were there to the end."""
    return models.Q(is_active=True) | models.Q(to_the_end=True)


class Commitment(Identified, TenantModel):
    """The one kind of record that makes a team busy. Neither its dog nor its handler can have two at once."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="commitments")
    dog = models.ForeignKey(Dog, on_delete=models.CASCADE, related_name="commitments")
    handler = models.ForeignKey(Handler, on_delete=models.CASCADE, related_name="commitments")
    handler_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=states.CommitmentKind.choices)
    period = DateTimeRangeField(_("from and to"))
    is_trauma = models.BooleanField(_("trauma deployment"), default=False)
    place = models.CharField(_("place, of a visit"), max_length=120, blank=True, db_default="")
    note = models.CharField(_("note"), max_length=200, blank=True)
    cancelled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="dog_in_one_place",
                expressions=[("dog", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=models.Q(cancelled_at__isnull=True),
            ),
            ExclusionConstraint(
                name="handler_in_one_place",
                expressions=[("handler_user", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=models.Q(cancelled_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=models.Q(period__isempty=False, period__lower_inf=False, period__upper_inf=False),
                name="commitment_has_both_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.team}"

    @property
    def local_days(self) -> tuple[date, date]:
        """The first and the last day in London."""
        start, end = self.period.lower, self.period.upper - timedelta(microseconds=1)
        return localdate(start), localdate(end)

    @property
    def where(self) -> str:
        """The place of a visit in the own force, as well as it is known."""
        return self.place or self.note or str(_("A visit"))

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return by_force_or_handler(here)


class SessionLog(Identified, TenantModel):
    """What a team did in one session: counts only, no names. Its minutes are the dog's workload.

    `logged_by` is a lead or deputy who logged it for the handler; null where the handler did.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="sessions")
    dog = models.ForeignKey(Dog, on_delete=models.CASCADE, related_name="sessions")
    handler_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, null=True, related_name="sessions")
    key = models.UUIDField(_("idempotency key"), unique=True)
    on = models.DateField(_("day"))
    place = models.CharField(_("place, of a visit that was not planned"), max_length=120, blank=True, db_default="")
    minutes = models.PositiveSmallIntegerField(_("minutes of contact"))
    people = models.PositiveSmallIntegerField(_("people met"))
    breaks = models.PositiveSmallIntegerField(_("breaks"), default=0)
    signposted = models.PositiveSmallIntegerField(_("people told where to find support"), default=0)
    logged_at = models.DateTimeField()
    logged_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    logged_by_name = models.CharField(_("logged for the handler by"), max_length=120, blank=True, db_default="")

    class Meta:
        indexes = [models.Index(fields=["dog", "on"], name="session_by_day", include=["minutes"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(minutes__gte=1, minutes__lte=720), name="session_minutes"),
            models.UniqueConstraint(fields=["id", "force"], name="session_of_force"),
            models.CheckConstraint(
                condition=models.Q(logged_by__isnull=True, logged_by_name="")
                | (models.Q(logged_by__isnull=False) & ~models.Q(logged_by_name="")),
                name="session_logged_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} min, {self.on}"

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return by_force_or_handler(here)


class Signpost(TenantModel):
    """How many people were told of one kind of support in one session. Somebody may be told of several."""

    session = models.ForeignKey(SessionLog, on_delete=models.CASCADE, related_name="signposts")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    handler_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("support"), max_length=20, choices=states.SupportKind.choices)
    people = models.PositiveSmallIntegerField(_("people"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "kind"], name="signpost_once_a_kind"),
            models.CheckConstraint(condition=models.Q(people__gte=1), name="signpost_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.people}"

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return by_force_or_handler(here)


class Incident(Identified, TenantModel):
    """A bite, scare, injury, escape or near miss. A bite suspends the dog at once, until it is reviewed."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="incidents")
    dog = models.ForeignKey(Dog, on_delete=models.PROTECT, related_name="incidents")
    handler_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, null=True, related_name="incidents")
    key = models.UUIDField(_("idempotency key"), unique=True)
    kind = models.CharField(_("what happened"), max_length=9, choices=states.IncidentKind.choices)
    happened_at = models.DateTimeField(_("when"))
    account = models.TextField(_("in your words, without names"), max_length=4000)
    first_aid = models.BooleanField(_("somebody needed first aid"), default=False)
    reported_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    found = models.TextField(_("what was found"), max_length=2000, blank=True, db_default="")
    outcome = models.CharField(
        _("outcome"), max_length=8, choices=states.IncidentOutcome.choices, blank=True, db_default=""
    )

    class Meta:
        indexes = [
            models.Index(fields=["happened_at"], name="incident_waiting", condition=models.Q(reviewed_at__isnull=True))
        ]
        constraints = [
            both_or_neither("reviewed_at", "reviewed_by", name="incident_reviewed_when_and_who"),
            models.CheckConstraint(
                condition=models.Q(reviewed_at__isnull=True, outcome="")
                | (models.Q(reviewed_at__isnull=False) & ~models.Q(outcome="")),
                name="incident_reviewed_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.dog}"

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return by_force_or_handler(here)
