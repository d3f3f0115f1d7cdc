"""Forces (the tenants), the people who sign in, and the roles they hold."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.geo import LATITUDES, LONGITUDES
from core.models import Identified, both_or_neither
from core.tenancy import Scope, TenantModel

WALES = "Wales"


class ForceKind(models.TextChoices):
    POLICE = "police-territorial", _("Police force")
    POLICE_SPECIAL = "police-special", _("Special police force")
    FIRE = "fire", _("Fire and rescue service")
    AMBULANCE = "ambulance", _("Ambulance service")
    PRISON = "prison", _("Prison service")


class Force(Identified):
    """A member or candidate organisation: the tenant. Reference data that everybody may read."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=ForceKind.choices)
    region = models.CharField(_("mutual-aid region"), max_length=40)
    country = models.CharField(_("country"), max_length=20)
    hq_town = models.CharField(_("headquarters"), max_length=60)
    lat = models.FloatField(validators=LATITUDES)
    lng = models.FloatField(validators=LONGITUDES)

    class Meta:
        verbose_name = _("force")

    def __str__(self) -> str:
        return self.name

    @property
    def is_welsh(self) -> bool:
        """Whether its people are written to in Welsh and English (Welsh Language Standards)."""
        return self.country == WALES


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username or "")


class User(Identified, AbstractBaseUser):
    """Somebody who signs in. Only what sign-in needs: the rest is in `Profile`, behind the wall."""

    email = models.EmailField(_("e-mail address"), unique=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    # Django's own staff and superuser ideas are not used: access is `accounts.access.can`.
    is_staff = False
    is_superuser = False

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")

    def __str__(self) -> str:
        return self.email

    @property
    def display_name(self) -> str:
        """The name, where `profile` is known; else the address."""
        profile = self.__dict__.get("known_profile")
        return profile.name if profile else self.email

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Profile(Identified, TenantModel):
    """A person's name and telephone: for themselves, for who keeps a force where they hold a role, for the network."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="profile")
    name = models.CharField(_("name"), max_length=120)
    telephone = models.CharField(_("telephone"), max_length=20, blank=True)
    texts = models.BooleanField(_("may be sent urgent text messages"), default=True)
    language = models.CharField(_("language of mails"), max_length=5, default="en-gb")
    shares_telephone = models.BooleanField(_("members may see the number in the contact list"), default=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        colleagues = Role.unscoped.filter(force_id__in=here.forces, user_id=models.OuterRef("user_id"))
        return models.Q(user_id=here.user) | models.Q(models.Exists(colleagues))


class RoleName(models.TextChoices):
    LEAD = "lead", _("Wellbeing lead")
    DEPUTY = "deputy", _("Deputy lead")
    HANDLER = "handler", _("Handler")
    ASSESSOR = "assessor", _("Assessor")
    COORDINATOR = "coordinator", _("Coordinator")


NATIONAL_ROLES = (RoleName.COORDINATOR, RoleName.ASSESSOR)
# Who keeps a force: its dogs, its papers, its yes or no.
KEEPER_ROLES = (RoleName.LEAD, RoleName.DEPUTY)


class Role(Identified, TenantModel):
    """A role that a person holds: in a force, or (coordinator, assessor) in the national team."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, blank=True, related_name="roles")
    role = models.CharField(_("role"), max_length=12, choices=RoleName.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "force", "role"], name="role_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=models.Q(role__in=NATIONAL_ROLES, force__isnull=True)
                | (~models.Q(role__in=NATIONAL_ROLES) & models.Q(force__isnull=False)),
                name="role_of_force_or_national",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.user}"

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return models.Q(user_id=here.user) | models.Q(force_id__in=here.forces)


class Invitation(Identified, TenantModel):
    """An invitation to sign in and hold a role. The link's token is stored as its hash only."""

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, blank=True)
    role = models.CharField(_("role"), max_length=12, choices=RoleName.choices)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [both_or_neither("accepted_at", "accepted_by", name="invitation_accepted_when_and_who")]

    def __str__(self) -> str:
        return f"{self.email}, {self.get_role_display()}"
