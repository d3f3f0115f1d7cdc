"""The members' library: categories, resources with their versions, and who has read, kept and downloaded them."""

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from core.models import Identified, both_or_neither
from core.tenancy import Scope, TenantModel
from dogs.states import Language
from resources import states


class Category(Identified, TenantModel):
    """A heading of the library. Everybody may read it; the network writes it."""

    position = models.PositiveSmallIntegerField(_("place in the list"), default=50)
    name = models.CharField(_("name"), max_length=80, unique=True)
    name_cy = models.CharField(_("name in Welsh"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("category of the library")
        verbose_name_plural = _("categories of the library")

    def __str__(self) -> str:
        return self.name_cy if self.name_cy and get_language() == "cy" else self.name

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return models.Q()


def _for_reader(here: Scope) -> models.Q:
    """Rows whose `audience` the reader belongs to."""
    open_to = models.Q(audience=states.Audience.PUBLIC)
    for audience, roles in states.READERS.items():
        held = Role.unscoped.filter(user_id=here.user, role__in=roles)
        open_to |= models.Q(models.Exists(held), audience=audience)
    return open_to


class Resource(Identified, TenantModel):
    """One thing of the library, for one audience. What it says stands in its versions; `current` is the newest."""

    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("summary"), max_length=500)
    language = models.CharField(
        _("written in"), max_length=5, choices=Language.choices, default=Language.ENGLISH, db_default=Language.ENGLISH
    )
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="resources")
    audience = models.CharField(_("who it is for"), max_length=12, choices=states.Audience.choices)
    kind = models.CharField(_("kind"), max_length=4, choices=states.ResourceKind.choices)
    must_read_by = models.DateField(_("must be read by"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=9, choices=states.ResourceStatus.choices, default=states.ResourceStatus.DRAFT
    )
    current = models.ForeignKey("Version", on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(_("published"), null=True)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector("summary", weight="B", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        triggers = [states.RESOURCE.trigger()]
        indexes = [
            models.Index(fields=["audience", "title"], name="resource_by_audience"),
            models.Index(
                fields=["must_read_by"],
                name="resource_must_read",
                condition=models.Q(status="published", must_read_by__isnull=False),
            ),
        ]
        constraints = [
            both_or_neither("published_at", "published_by", name="resource_published_when_and_who"),
            models.CheckConstraint(
                condition=~models.Q(status="published") | models.Q(published_at__isnull=False, current__isnull=False),
                name="published_with_a_version",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return models.Q(status=states.ResourceStatus.PUBLISHED) & _for_reader(here)


class Version(Identified, TenantModel):
    """What a resource says, or said before. It is added and never changed, but for `audience`.

    That is empty until the version is shown to readers, and follows the resource's while it is the newest. An earlier
    version keeps its own: who came in later does not read what was for others.
    """

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    file = models.CharField(max_length=200, blank=True, editable=False)
    size = models.PositiveIntegerField(_("size, bytes"), default=0)
    pages = models.PositiveSmallIntegerField(_("pages"), null=True)
    markdown = models.TextField(_("text"), blank=True)
    words = models.TextField(_("words, for the search"), blank=True, editable=False)
    audience = models.CharField(
        _("for whom it stood"), max_length=12, choices=states.Audience.choices, blank=True, db_default=""
    )
    what_changed = models.CharField(_("what changed"), max_length=300, blank=True)
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    search = models.GeneratedField(
        expression=SearchVector("words", weight="C", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resource", "number"], name="version_once"),
            models.CheckConstraint(
                condition=(models.Q(file="") & ~models.Q(markdown="")) | (~models.Q(file="") & models.Q(markdown="")),
                name="version_is_file_or_page",
            ),
        ]

    def __str__(self) -> str:
        return str(_("%(title)s, version %(number)d") % {"title": self.resource.title, "number": self.number})

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return models.Q(resource__in=Resource.unscoped.filter(Resource.visible_in(here))) & _for_reader(here)


class Acknowledgement(Identified, TenantModel):
    """Somebody says that they have read a version. For themselves, who keeps a force where they work, the network."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="acknowledgements")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(_("when"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "user"], name="acknowledged_once")]

    def __str__(self) -> str:
        return f"{self.user}, {self.version}"

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        colleagues = Role.unscoped.filter(force_id__in=here.forces, user_id=models.OuterRef("user_id"))
        return models.Q(user_id=here.user) | models.Q(models.Exists(colleagues))


class Favourite(Identified, TenantModel):
    """Somebody keeps a resource at hand. Their own; the network sees how many do."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="favourites")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(_("when"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resource", "user"], name="favourite_once")]

    def __str__(self) -> str:
        return f"{self.user}, {self.resource}"

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return models.Q(user_id=here.user)


class Download(Identified, TenantModel):
    """How often somebody took a version's file on one local day. `user` is null for all visitors together."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="downloads")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    on = models.DateField(_("day"))
    times = models.PositiveIntegerField(_("times"), default=0)
    last_at = models.DateTimeField(_("last"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "user", "on"], name="download_a_day", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.on}"

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return models.Q(user_id=here.user)
