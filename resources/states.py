"""Who a resource is for, what it is, and the states that it goes through."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import KEEPER_ROLES, RoleName
from core.lifecycle import Lifecycle


class Audience(models.TextChoices):
    PUBLIC = "public", _("Everybody, visitors too")
    MEMBERS = "members", _("All members")
    HANDLERS = "handlers", _("Handlers only")
    LEADS = "leads", _("Leads and deputies")
    COORDINATORS = "coordinators", _("Coordinators only")


# Whom a resource that must be read is asked of, and so whose reading is counted.
ASKED: dict[str, tuple[str, ...]] = {
    Audience.PUBLIC: (RoleName.HANDLER, *KEEPER_ROLES, RoleName.ASSESSOR),
    Audience.MEMBERS: (RoleName.HANDLER, *KEEPER_ROLES, RoleName.ASSESSOR),
    Audience.HANDLERS: (RoleName.HANDLER,),
    Audience.LEADS: KEEPER_ROLES,
    Audience.COORDINATORS: (RoleName.COORDINATOR,),
}
# Who may open one: those who are asked, and coordinators. The database's `app_audiences()` says the same.
READERS: dict[str, tuple[str, ...]] = {
    audience: (*roles, RoleName.COORDINATOR) for audience, roles in ASKED.items() if audience != Audience.PUBLIC
}


class ResourceKind(models.TextChoices):
    FILE = "file", _("A file")
    PAGE = "page", _("A page")


class ResourceStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


RESOURCE = Lifecycle(
    "resource",
    {
        ResourceStatus.DRAFT: (ResourceStatus.PUBLISHED, ResourceStatus.WITHDRAWN),
        ResourceStatus.PUBLISHED: (ResourceStatus.WITHDRAWN,),
        ResourceStatus.WITHDRAWN: (ResourceStatus.PUBLISHED,),
    },
)
