"""Welfare visits: the five needs of a dog, as somebody who visited judged them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Force, User
from core.models import Identified
from core.tenancy import Scope, TenantModel
from dogs import states
from dogs.models.dogs import Document, Dog, of_own_dog


class WelfareVisit(Identified, TenantModel):
    """A visit under the Animal Welfare Scheme, judged on the five needs of the Animal Welfare Act 2006.

    A draft is its visitor's alone; the report is read by the dog's handlers and force. The dog's name is kept here
    because an assessor who visits does not read the force's dogs.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    dog = models.ForeignKey(Dog, on_delete=models.PROTECT, related_name="welfare_visits")
    dog_name = models.CharField(_("dog"), max_length=60)
    visitor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("who visited"))
    visitor_name = models.CharField(_("who visited"), max_length=120)
    key = models.UUIDField(_("idempotency key"), unique=True)
    status = models.CharField(
        _("status"), max_length=9, choices=states.WelfareStatus.choices, default=states.WelfareStatus.DRAFT
    )
    due_on = models.DateField(_("visit by"), null=True, blank=True)
    visited_on = models.DateField(_("visited"), null=True, blank=True)
    is_unannounced = models.BooleanField(_("unannounced"), default=False)
    environment = models.CharField(
        states.WelfareNeed.ENVIRONMENT.label, max_length=8, choices=states.Judgement.choices, blank=True
    )
    environment_words = models.TextField(_("what was seen"), max_length=1000, blank=True)
    diet = models.CharField(states.WelfareNeed.DIET.label, max_length=8, choices=states.Judgement.choices, blank=True)
    diet_words = models.TextField(_("what was seen"), max_length=1000, blank=True)
    behaviour = models.CharField(
        states.WelfareNeed.BEHAVIOUR.label, max_length=8, choices=states.Judgement.choices, blank=True
    )
    behaviour_words = models.TextField(_("what was seen"), max_length=1000, blank=True)
    company = models.CharField(
        states.WelfareNeed.COMPANY.label, max_length=8, choices=states.Judgement.choices, blank=True
    )
    company_words = models.TextField(_("what was seen"), max_length=1000, blank=True)
    health = models.CharField(
        states.WelfareNeed.HEALTH.label, max_length=8, choices=states.Judgement.choices, blank=True
    )
    health_words = models.TextField(_("what was seen"), max_length=1000, blank=True)
    finding = models.CharField(_("finding"), max_length=10, choices=states.WelfareFinding.choices, blank=True)
    summary = models.TextField(_("what must happen, by when"), max_length=2000, blank=True)
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="welfare_visit"
    )

    class Meta:
        triggers = [states.WELFARE.trigger()]
        indexes = [models.Index(fields=["dog", "visited_on"], name="welfare_by_dog")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="draft", submitted_at__isnull=True)
                | (
                    models.Q(status="submitted", submitted_at__isnull=False, visited_on__isnull=False)
                    & ~models.Q(finding="")
                    & models.Q(*[~models.Q(**{need: ""}) for need in states.WelfareNeed.values])
                ),
                name="welfare_sent_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Welfare visit of %s") % self.dog_name)

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return models.Q(visitor_id=here.user) | (~models.Q(status="draft") & of_own_dog(here))
