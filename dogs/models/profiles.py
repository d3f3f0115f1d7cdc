"""The dogs' public face: what is shown, what is being written, who agreed to which part, the photos."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Force, User
from core.models import Identified, both_or_neither
from core.tenancy import Scope, TenantModel, scoped
from dogs import states
from dogs.models.dogs import Dog, Team


class Question(Identified):
    """What makes them tick: a question that coordinators ask of every dog. The same for everybody."""

    text = models.CharField(_("question in English"), max_length=80, unique=True)
    text_cy = models.CharField(_("question in Welsh"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the order"), default=0)
    is_active = models.BooleanField(_("asked now"), default=True)

    def __str__(self) -> str:
        return self.text

    @property
    def asked(self) -> str:
        """The question in the reader's language."""
        return self.text_cy or self.text if get_language() == "cy" else self.text


class ProfileQuerySet(models.QuerySet["Profile"]):
    """Which dogs the public may meet, and which of them may be found by place."""

    def published(self) -> "ProfileQuerySet":
        return self.filter(published_at__isnull=False)

    def placed(self) -> "ProfileQuerySet":
        """Those whose handler agreed to the force and the place on the map being shown."""
        return self.filter(parts__contains=[states.Part.PLACE])


class Profile(Identified, TenantModel):
    """A dog's public face: only what its handler has agreed to show. Readable by all while published.

    What may not be shown is not in this row: actions copy into it, out of the draft that was published, the parts
    that the handler agrees to, and empty them when consent to a part ends.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    dog = models.OneToOneField(Dog, on_delete=models.CASCADE, related_name="profile")
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=60)
    breed = models.CharField(_("breed"), max_length=80)
    head = models.CharField(max_length=20)
    coat = models.CharField(max_length=20)
    ears = models.CharField(max_length=20, blank=True)
    handler_first_name = models.CharField(_("handler's first name"), max_length=40, blank=True)
    handler_role = models.CharField(_("handler's role"), max_length=80, blank=True)
    story = models.TextField(_("story"), max_length=4000, blank=True)
    language = models.CharField(
        _("written in"), max_length=5, choices=states.Language.choices, default=states.Language.ENGLISH
    )
    good_with = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    awards = models.JSONField(_("awards, each a year and a text"), default=list, blank=True)
    since_on = models.DateField(_("working since"), null=True, blank=True)
    until_on = models.DateField(_("worked until"), null=True, blank=True)
    is_tribute = models.BooleanField(_("remembered"), default=False)
    has_died = models.BooleanField(_("has died"), default=False)
    consent = models.CharField(_("consent"), max_length=9, choices=states.Consent.choices, default=states.Consent.NONE)
    consent_at = models.DateTimeField(null=True, blank=True)
    consent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    parts = ArrayField(models.CharField(max_length=12, choices=states.Part.choices), default=list, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects: Any = scoped(ProfileQuerySet)

    class Meta:
        verbose_name = _("public profile")
        verbose_name_plural = _("public profiles")
        triggers = [states.PAGE_CONSENT.trigger("consent")]
        indexes = [
            GinIndex(fields=["name"], name="profile_name_trgm", opclasses=["gin_trgm_ops"]),
            models.Index(
                fields=["name", "id"], name="profile_published", condition=models.Q(published_at__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["id", "force"], name="profile_of_force"),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True) | models.Q(consent="given"), name="published_with_consent"
            ),
            models.CheckConstraint(condition=models.Q(parts=[]) | models.Q(consent="given"), name="parts_with_consent"),
            both_or_neither("published_at", "published_by", name="profile_published_when_and_who"),
            both_or_neither("consent_at", "consent_by", name="profile_consent_when_and_who"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        mine = Team.unscoped.filter(dog_id=models.OuterRef("dog_id"), handler_user_id=here.user)
        return models.Q(published_at__isnull=False) | models.Q(force_id__in=here.forces) | models.Q(models.Exists(mine))


def of_own_profile(here: Scope) -> models.Q:
    """Rows about the profile of a dog that the reader keeps or works."""
    mine = Team.unscoped.filter(dog__profile=models.OuterRef("profile_id"), handler_user_id=here.user)
    return models.Q(force_id__in=here.forces) | models.Q(models.Exists(mine))


class Answer(TenantModel):
    """What makes this dog tick, in its handler's words. Like the profile, it holds only what may be shown."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    words = models.CharField(_("answer"), max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["profile", "question"], name="one_answer_a_question")]

    def __str__(self) -> str:
        return self.words

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return models.Q(profile__published_at__isnull=False) | of_own_profile(here)


class Draft(TenantModel):
    """What is being written for a profile, beside what the public reads; and what was published last, in full.

    `words` and `shown_words` are `dogs.stories.Story` as data.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    profile = models.OneToOneField(Profile, on_delete=models.CASCADE, related_name="draft")
    status = models.CharField(
        _("status"), max_length=9, choices=states.DraftStatus.choices, default=states.DraftStatus.WRITING
    )
    words = models.JSONField(default=dict)
    shown_words = models.JSONField(null=True)
    reason = models.CharField(_("why it was sent back"), max_length=400, blank=True)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        triggers = [states.DRAFT.trigger()]
        indexes = [models.Index(fields=["moved_at"], name="draft_queue", condition=models.Q(status="approved"))]

    def __str__(self) -> str:
        return str(self.profile)

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return of_own_profile(here)


class PartConsent(TenantModel):
    """One yes to one part of a profile: who gave it and when, and who took it back and when."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="part_consents")
    part = models.CharField(_("part"), max_length=12, choices=states.Part.choices)
    given_at = models.DateTimeField(_("given"))
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "part"], name="one_consent_a_part", condition=models.Q(withdrawn_at__isnull=True)
            ),
            both_or_neither("withdrawn_at", "withdrawn_by", name="part_withdrawn_when_and_who"),
        ]

    def __str__(self) -> str:
        return self.get_part_display()

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return of_own_profile(here)


class Photo(Identified, TenantModel):
    """A picture of a dog. Once shown it is never changed: another takes its place when the draft is published.

    `copies` lists what was cut for the page, smallest first: `{"width", "height", "names": {ending: stored name}}`.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="photos")
    file = models.CharField(max_length=80, editable=False)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField(_("what the picture shows"), max_length=200)
    shape = models.CharField(_("shape"), max_length=9, choices=states.Shape.choices, default=states.Shape.AS_TAKEN)
    focus_x = models.PositiveSmallIntegerField(_("middle of interest, from the left in percent"), default=50)
    focus_y = models.PositiveSmallIntegerField(_("middle of interest, from the top in percent"), default=50)
    position = models.PositiveSmallIntegerField(_("place in the order"), default=0)
    replaces = models.OneToOneField("self", on_delete=models.SET_NULL, null=True, related_name="replaced_by")
    is_shown = models.BooleanField(_("part of what was published"), default=False)
    copies = models.JSONField(default=list)
    attempts = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["id"], name="photo_to_cut", condition=models.Q(copies=[]))]
        constraints = [
            models.CheckConstraint(condition=models.Q(focus_x__lte=100, focus_y__lte=100), name="photo_focus_inside"),
            models.CheckConstraint(condition=~models.Q(alt=""), name="photo_with_words"),
        ]

    def __str__(self) -> str:
        return self.alt

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        shown = models.Q(
            is_shown=True, profile__published_at__isnull=False, profile__parts__contains=[states.Part.PHOTOS]
        )
        return shown | of_own_profile(here)

    def copy(self, width: int) -> dict[str, Any] | None:
        return next((copy for copy in self.copies if copy["width"] == width), None)
