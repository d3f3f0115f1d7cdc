"""The coordinators' admin of forces, people and roles."""

from typing import Any

from django.contrib import admin
from django.forms.models import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.admin_house import HouseAdmin, site
from accounts.models import NATIONAL_ROLES, Force, Profile, Role, User


@admin.register(Force, site=site)
class ForceAdmin(HouseAdmin):
    """Reference data. What a force itself may change, its duty contact, stands on its membership."""

    list_display = ("name", "kind", "region", "hq_town")
    list_filter = ("kind", "region")
    search_fields = ("name", "slug")
    ordering = ("name", "pk")


class UserForm(ModelForm):
    """Whether a person may sign in."""

    class Meta:
        model = User
        fields = ("is_active",)


@admin.register(User, site=site)
class UserAdmin(HouseAdmin):
    """Who may sign in. Passwords and second factors are the person's own."""

    form = UserForm
    list_display = ("email", "profile", "is_active", "date_joined")
    list_select_related = ("profile",)
    list_filter = ("is_active",)
    search_fields = ("email", "profile__name")
    ordering = ("email", "pk")
    editable = ("is_active",)
    hidden = ("password", "last_login")


@admin.register(Profile, site=site)
class ProfileAdmin(HouseAdmin):
    """Names and telephone numbers."""

    list_display = ("name", "user", "telephone", "texts", "language")
    list_select_related = ("user",)
    search_fields = ("name", "user__email", "telephone")
    ordering = ("name", "pk")
    editable = ("name", "telephone", "texts", "language")


class RoleForm(ModelForm):
    """A role of a force names the force; a national one names none."""

    class Meta:
        model = Role
        fields = ("user", "role", "force")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        national = cleaned.get("role") in NATIONAL_ROLES
        if cleaned.get("role") and national == bool(cleaned.get("force")):
            self.add_error(
                "force", _("A national role has no force.") if national else _("Choose the force of this role.")
            )
        return cleaned


@admin.register(Role, site=site)
class RoleAdmin(HouseAdmin):
    """The roles that people hold. A role is given or taken away, never changed into another."""

    form = RoleForm
    list_display = ("user", "role", "force")
    list_select_related = ("user", "force")
    list_filter = ("role", ("force", admin.RelatedOnlyFieldListFilter))
    search_fields = ("user__email", "force__name")
    ordering = ("force__name", "role", "pk")
    addable = ("user", "role", "force")
    deletable = True

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody takes away a role of their own: the network would soon be without a coordinator."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.user_id != request.user.pk)
