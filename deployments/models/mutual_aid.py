"""Mutual aid: requests, offers, deployments and debriefs."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Force, User
from core.models import Identified, both_or_neither
from core.tenancy import Scope, TenantModel
from deployments import states
from dogs.models import Commitment, Dog, Team
from dogs.states import Restriction
from network.models import Handler


class Request(Identified, TenantModel):
    """A mutual-aid request: somebody needs dog teams at a place and time.

    `force` is the host. What a donor may read is here; who asked, and their story, is in `RequestDetail`.
    `taken` counts the places that confirmed teams fill; the database keeps it at or below `places`.
    """

    reference = models.CharField(_("reference"), max_length=12, unique=True)
    key = models.UUIDField(_("idempotency key"), unique=True)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="requests", verbose_name=_("host force"))
    status = models.CharField(
        _("status"), max_length=10, choices=states.RequestStatus.choices, default=states.RequestStatus.DRAFT
    )
    kind = models.CharField(_("kind of support"), max_length=14, choices=states.RequestKind.choices)
    tier = models.PositiveSmallIntegerField(_("tier"), choices=states.Tier.choices, null=True, blank=True)
    postcode = models.CharField(_("postcode"), max_length=8)
    place = models.CharField(_("place"), max_length=120)
    lat = models.FloatField()
    lng = models.FloatField()
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    places = models.PositiveSmallIntegerField(_("teams needed"))
    taken = models.PositiveSmallIntegerField(_("teams confirmed"), default=0)
    setting = ArrayField(
        models.CharField(max_length=12, choices=Restriction.choices), default=list, verbose_name=_("the setting has")
    )
    people = models.PositiveIntegerField(_("people expected"), null=True, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=60, blank=True)
    submitted_at = models.DateTimeField(null=True)
    triaged_at = models.DateTimeField(null=True)
    triaged_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    # Since when its time, town and kind are what they are, where they were changed: a yes from before is none.
    moved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closing_note = models.CharField(max_length=400, blank=True)

    class Meta:
        triggers = [states.REQUEST.trigger()]
        indexes = [models.Index(fields=["status", "starts_at"], name="request_by_status")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at__lt=models.F("ends_at")), name="request_ends_after_start"
            ),
            models.CheckConstraint(condition=models.Q(places__gte=1, places__lte=50), name="request_places"),
            models.CheckConstraint(condition=models.Q(taken__lte=models.F("places")), name="request_not_overfilled"),
            both_or_neither("triaged_at", "triaged_by", name="request_triaged_when_and_who"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}, {self.place}"

    @property
    def is_major(self) -> bool:
        return self.kind == states.RequestKind.MAJOR_INCIDENT

    @property
    def open_places(self) -> int:
        return self.places - self.taken

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        offered = Offer.objects.filter(request_id=models.OuterRef("pk"))
        triaged = models.Q(force_id__in=here.forces) & ~models.Q(status__in=["draft", "submitted"])
        return triaged | models.Q(models.Exists(offered))


class RequestDetail(TenantModel):
    """Who asked, and what they told. The host and the network only."""

    request = models.OneToOneField(Request, on_delete=models.CASCADE, primary_key=True, related_name="detail")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=20)
    story = models.TextField(_("what happened"), max_length=10_000, blank=True)
    triage_note = models.TextField(_("coordinators' note"), max_length=2000, blank=True)

    def __str__(self) -> str:
        return str(_("Who asked for %s") % self.request_id)

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        triaged = Request.objects.filter(pk=models.OuterRef("request_id"))
        return models.Q(force_id__in=here.forces) & models.Q(models.Exists(triaged))


class Briefing(TenantModel):
    """What a confirmed team needs on the day: where to come, whom to ask for, what to expect.

    Read by the network, the host, and whoever has a deployment on the request.
    """

    request = models.OneToOneField(Request, on_delete=models.CASCADE, primary_key=True, related_name="briefing")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    meeting_point = models.CharField(_("where to come"), max_length=200, blank=True)
    contact_name = models.CharField(_("contact on scene"), max_length=120, blank=True)
    contact_telephone = models.CharField(_("their telephone"), max_length=20, blank=True)
    expect = models.TextField(_("what to expect"), max_length=2000, blank=True)
    practical = models.TextField(_("parking, water, quiet room"), max_length=2000, blank=True)

    def __str__(self) -> str:
        return str(_("Briefing for %s") % self.request_id)

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        going = Deployment.objects.filter(request_id=models.OuterRef("request_id"))
        triaged = Request.objects.filter(pk=models.OuterRef("request_id"))
        hosted = models.Q(force_id__in=here.forces) & models.Q(models.Exists(triaged))
        return hosted | models.Q(models.Exists(going))


def of_party(here: Scope) -> models.Q:
    """Rows that a donor and a host share, each by their own column, and the handler."""
    sides = models.Q(force_id__in=here.forces) | models.Q(host_force_id__in=here.forces)
    return sides | models.Q(handler_user_id=here.user)


def of_donor(here: Scope) -> models.Q:
    return models.Q(force_id__in=here.forces) | models.Q(handler_user_id=here.user)


class Offer(Identified, TenantModel):
    """A coordinator's proposal of one team for one request, to the donor force.

    It is confirmed when the lead has released the team and the handler has accepted. `…_said_by` is filled where a
    coordinator recorded an answer given by telephone.
    """

    of_donor_alone = True  # why a force or a handler says no is not for the host

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="offers")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+", verbose_name=_("donor force"))
    host_force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="offers")
    handler_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        _("status"), max_length=9, choices=states.OfferStatus.choices, default=states.OfferStatus.PROPOSED
    )
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answer_by = models.DateTimeField(_("answer by"))
    reminded_at = models.DateTimeField(_("reminded"), null=True)
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    released_said_by = models.CharField(_("released by telephone, said by"), max_length=120, blank=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_said_by = models.CharField(_("accepted by telephone, said by"), max_length=120, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_side = models.CharField(max_length=7, choices=states.Side.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    # The same as its handler may read it, where that is less: of the force's own papers they are told no more.
    reason_for_handler = models.CharField(max_length=300, blank=True)

    class Meta:
        triggers = [states.OFFER.trigger()]
        indexes = [
            models.Index(fields=["answer_by"], name="offer_waiting", condition=models.Q(status="proposed")),
            models.Index(fields=["team", "proposed_at"], name="offer_by_team"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "team"],
                name="one_live_offer",
                condition=models.Q(status__in=["proposed", "confirmed"]),
            ),
            both_or_neither("released_at", "released_by", name="offer_released_when_and_who"),
            both_or_neither("accepted_at", "accepted_by", name="offer_accepted_when_and_who"),
            models.CheckConstraint(
                condition=~models.Q(status="confirmed")
                | models.Q(released_at__isnull=False, accepted_at__isnull=False),
                name="offer_confirmed_by_both",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["proposed", "confirmed"], ended_at__isnull=True)
                | (~models.Q(status__in=["proposed", "confirmed"]) & models.Q(ended_at__isnull=False)),
                name="offer_ended_when",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Offer of %(team)s for %(request)s") % {"team": self.team, "request": self.request.reference})

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return of_donor(here)


class Deployment(Identified, TenantModel):
    """A confirmed team on a request, from release to debrief."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="deployments")
    offer = models.OneToOneField(Offer, on_delete=models.PROTECT, related_name="deployment")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+", verbose_name=_("donor force"))
    host_force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="deployments")
    dog = models.ForeignKey(Dog, on_delete=models.PROTECT, related_name="+")
    handler = models.ForeignKey(Handler, on_delete=models.PROTECT, related_name="+")
    handler_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    dog_name = models.CharField(_("dog"), max_length=60)
    handler_name = models.CharField(_("handler"), max_length=120)
    commitment = models.OneToOneField(Commitment, on_delete=models.PROTECT, related_name="deployment")
    status = models.CharField(
        _("status"), max_length=14, choices=states.DeploymentStatus.choices, default=states.DeploymentStatus.SCHEDULED
    )
    confirmed_at = models.DateTimeField()
    checked_in_at = models.DateTimeField(null=True)
    checked_out_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    # Whether it could not be there at the start any more when it was booked, or when the request was moved.
    is_late = models.BooleanField(default=False)
    # Since when the booked team may not go any more; null while it may.
    unclear_since = models.DateTimeField(null=True)

    class Meta:
        triggers = [states.DEPLOYMENT.trigger()]
        indexes = [models.Index(fields=["handler_user", "status"], name="deployment_by_user")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(checked_out_at__isnull=True)
                | models.Q(checked_out_at__gte=models.F("checked_in_at")),
                name="deployment_out_after_in",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["on_scene", "completed", "debriefed"])
                | models.Q(checked_in_at__isnull=False),
                name="deployment_on_scene_checked_in",
            ),
        ]

    def __str__(self) -> str:
        return str(_("%(dog)s with %(name)s") % {"dog": self.dog_name, "name": self.handler_name})

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return of_party(here)


class Debrief(Identified, TenantModel):
    """The handler's account after a deployment. The donor force and the network; not the host."""

    deployment = models.OneToOneField(Deployment, on_delete=models.PROTECT, related_name="debrief")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    handler_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    went_well = models.TextField(_("what went well"), max_length=4000, blank=True)
    change = models.TextField(_("what should change"), max_length=4000, blank=True)
    dog_after = models.CharField(_("how the dog is"), max_length=400, blank=True)
    needs_follow_up = models.BooleanField(_("somebody should call me"), default=False)
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(_("Debrief of %s") % self.deployment_id)

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return of_donor(here)


class Aftercare(Identified, TenantModel):
    """A prompt to a handler after a trauma deployment. The handler's own: not even the network reads it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    deployment_uuid = models.UUIDField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    network_reads = False

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deployment_uuid", "due_at"], name="aftercare_once")]

    def __str__(self) -> str:
        return str(_("Aftercare"))

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return models.Q(user_id=here.user)


class DebriefDraft(TenantModel):
    """A debrief that is not finished: its handler's own until it is sent."""

    deployment = models.OneToOneField(Deployment, on_delete=models.CASCADE, primary_key=True, related_name="draft")
    handler_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    went_well = models.TextField(max_length=4000, blank=True)
    change = models.TextField(max_length=4000, blank=True)
    dog_after = models.CharField(max_length=400, blank=True)
    needs_follow_up = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    network_reads = False

    def __str__(self) -> str:
        return str(_("Draft of a debrief"))

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return models.Q(handler_user_id=here.user)
