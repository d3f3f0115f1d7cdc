"""The public site's texts with every version of them, what members have seen, and enquiries."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Force, User
from core.models import Identified, both_or_neither
from core.tenancy import Scope, TenantModel
from pages.inputs import Placing, Words
from pages.states import Audience, EnquiryKind, Group, Kind

NOBODY = models.Q(pk__in=[])


class Worded(models.Model):
    """A title and a Markdown body, in English and in Welsh; the Welsh may be missing, both parts of it."""

    title_en = models.CharField(_("title"), max_length=120)
    body_en = models.TextField(_("text"), max_length=20_000)
    title_cy = models.CharField(_("Welsh title"), max_length=120, blank=True)
    body_cy = models.TextField(_("Welsh text"), max_length=20_000, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title_en

    @property
    def words(self) -> Words:
        return Words(self.title_en, self.body_en, self.title_cy, self.body_cy)

    @words.setter
    def words(self, words: Words) -> None:
        self.title_en, self.body_en = words.title_en, words.body_en
        self.title_cy, self.body_cy = words.title_cy, words.body_cy


class Text(Identified, Worded, TenantModel):
    """A page, an answer or a piece of news, as it stands. Published ones are read by all, members' news by members.

    `version` is the number of the version that stands. A text that the house itself brought was published by nobody.
    """

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    slug = models.SlugField(max_length=80)
    group = models.CharField(_("part of the page"), max_length=8, choices=Group.choices, blank=True)
    place = models.PositiveSmallIntegerField(_("place in its part"), default=0)
    audience = models.CharField(_("who reads it"), max_length=7, choices=Audience.choices, default=Audience.PUBLIC)
    version = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    welsh_reviewed_at = models.DateTimeField(null=True)
    welsh_reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="text_by_address"),
            models.CheckConstraint(
                condition=(models.Q(kind=Kind.QUESTION) & ~models.Q(group=""))
                | (~models.Q(kind=Kind.QUESTION) & models.Q(group="")),
                name="only_answers_stand_in_a_group",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=Kind.NEWS) | models.Q(audience=Audience.PUBLIC), name="only_news_is_for_members"
            ),
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True) | models.Q(published_at__isnull=False),
                name="text_published_when",
            ),
            both_or_neither("welsh_reviewed_at", "welsh_reviewed_by", name="welsh_reviewed_when_and_who"),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                name="news_by_day",
                condition=models.Q(kind=Kind.NEWS, published_at__isnull=False),
            )
        ]

    @property
    def placing(self) -> Placing:
        return Placing(self.group, self.place, self.audience)

    @placing.setter
    def placing(self, placing: Placing) -> None:
        self.group, self.place, self.audience = placing.group, placing.place, placing.audience

    @property
    def awaits_review(self) -> bool:
        return bool(self.body_cy) and self.welsh_reviewed_at is None

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        readable = models.Q() if here.user else models.Q(audience=Audience.PUBLIC)
        return readable & models.Q(published_at__isnull=False)


class Version(Identified, Worded, TenantModel):
    """A text as somebody once saved it. Versions are added, never changed; `saved_by` is null for the first texts."""

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    saved_at = models.DateTimeField(_("when"))
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("what changed"), max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "number"], name="version_by_number")]

    def saver(self) -> str:
        """Who saved it, by name where there is one."""
        if self.saved_by is None:
            return str(_("Came with the system"))
        profile = getattr(self.saved_by, "profile", None)
        return str(profile.name if profile else self.saved_by.email)

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return NOBODY


class NewsSeen(Identified, TenantModel):
    """When a member last looked at the news."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user}, {self.seen_at}"

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return models.Q(user_id=here.user)


class Enquiry(Identified, TenantModel):
    """Somebody wants to start a scheme, to join the network, or to know something. For the network's eyes only.

    The organisation is one of the list, or one in its own words; nobody of that force reads the enquiry.
    """

    key = models.UUIDField(_("idempotency key"), unique=True)
    reference = models.CharField(_("reference"), max_length=12, unique=True)
    kind = models.CharField(_("what about"), max_length=8, choices=EnquiryKind.choices)
    name = models.CharField(_("name"), max_length=120)
    organisation = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, related_name="+")
    organisation_name = models.CharField(_("organisation"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"))
    telephone = models.CharField(_("telephone"), max_length=20, blank=True)
    wish = models.TextField(_("what they wish"), max_length=4000)
    language = models.CharField(_("language"), max_length=5, default="en-gb")
    asked_at = models.DateTimeField(_("when"))
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answer_note = models.CharField(_("how it was answered"), max_length=300, blank=True)

    class Meta:
        constraints = [
            both_or_neither("answered_at", "answered_by", name="enquiry_answered_when_and_who"),
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False) | ~models.Q(organisation_name=""),
                name="enquiry_of_some_organisation",
            ),
        ]
        indexes = [models.Index(fields=["asked_at"], name="enquiry_open", condition=models.Q(answered_at__isnull=True))]

    def __str__(self) -> str:
        return self.reference

    def from_where(self) -> str:
        """The organisation's name, from the list and as it was typed."""
        names = (self.organisation.name if self.organisation else "", self.organisation_name)
        return ", ".join(name for name in names if name)

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return NOBODY
