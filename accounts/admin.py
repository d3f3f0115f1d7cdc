"""The coordinators' admin of forces, people and roles."""

from typing import Any

from django import forms
from django.contrib import admin
from django.forms.models import ModelForm
from django.http import HttpRequest
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.actions import add_force
from accounts.admin_house import Act, HouseAdmin, RowForm, site
from accounts.inputs import NewForce
from accounts.models import NATIONAL_ROLES, Force, ForceKind, Profile, Role, User
from accounts.regions import region_words
from core.bookings import recheck_soon
from core.forms import LineField, PostcodeField
from core.models import Outcode
from core.public_pages import renew_public_pages
from core.typed import tidy_line


class ForceForm(RowForm):
    """An organisation that the list does not have yet."""

    name = LineField(label=_("Name"), max_length=120, help_text=_("As the organisation writes it"))
    kind = forms.ChoiceField(label=_("Kind"), choices=ForceKind.choices)
    region = forms.ChoiceField(label=_("Mutual-aid region"))
    country = forms.ChoiceField(label=_("Country"))
    hq_town = LineField(label=_("Town of the headquarters"), max_length=60)
    postcode = PostcodeField(label=_("Postcode of the headquarters"), help_text=_("Or its first part, like S1"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("region", "country"):
            known = Force.objects.order_by(name).values_list(name, flat=True).distinct()
            self.choose_from(name, [(value, region_words(value)) for value in known], none=_("Choose"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        return said if self.errors else {"new": NewForce(**said)}


class ForceNameForm(ModelForm):
    """What may change of a force: its name, which stays its own and a word, and where its headquarters are."""

    postcode = PostcodeField(
        label=_("Postcode of new headquarters"),
        required=False,
        help_text=_("Only if they move: or its first part, like S1. Empty leaves them where they are."),
    )

    class Meta:
        model = Force
        fields = ("name", "hq_town")

    def clean_name(self) -> str:
        name = tidy_line(self.cleaned_data["name"])
        if not slugify(name):
            raise forms.ValidationError(_("Write the name with letters."))
        if Force.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("A force of this name, or of one very like it, is in the list already."))
        return name

    def clean_postcode(self) -> str:
        typed = str(self.cleaned_data["postcode"])
        place = Outcode.of(typed) if typed else None
        if typed and place is None:
            raise forms.ValidationError(_("We don’t know this postcode. Check it, or try the first part alone."))
        if place:
            self.instance.lat, self.instance.lng = place.lat, place.lng
        return typed


@admin.register(Force, site=site)
class ForceAdmin(HouseAdmin):
    """The organisations. What a force itself may change, its duty contact, stands on its membership."""

    form = ForceNameForm
    noun = "force"
    add_act = Act("add", _("Add a force"), add_force, ForceForm)
    editable = ("name", "hq_town", "postcode")
    list_display = ("name", "kind", "region", "hq_town")
    list_filter = ("kind", "region")
    search_fields = ("name", "slug")
    ordering = ("name", "pk")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [*super().get_fields(request, obj), *(["postcode"] if obj else [])]

    def typed_columns(self, form: Any) -> list[str]:
        """A postcode is kept as the place where it is."""
        typed = super().typed_columns(form)
        return [name for name in typed if name != "postcode"] + (["lat", "lng"] if "postcode" in typed else [])

    def after_change(self, obj: Any) -> None:
        renew_public_pages()


class UserForm(ModelForm):
    """Whether a person may sign in."""

    class Meta:
        model = User
        fields = ("is_active",)


@admin.register(User, site=site)
class UserAdmin(HouseAdmin):
    """Who may sign in. Passwords and second factors are the person's own.

    A handler whose account is closed is asked no more: their bookings are looked at again at once.
    """

    form = UserForm
    list_display = ("email", "profile", "is_active", "date_joined")
    list_select_related = ("profile",)
    list_filter = ("is_active",)
    search_fields = ("email", "profile__name")
    ordering = ("email", "pk")
    editable = ("is_active",)
    hidden = ("password", "last_login")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody closes an account of their own: they could not open it again."""
        return super().has_change_permission(request, obj) and (obj is None or obj.pk != request.user.pk)

    def after_change(self, obj: Any) -> None:
        recheck_soon()


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
            has_none, has_one = _("A national role has no force."), _("Choose the force of this role.")
            self.add_error("force", has_none if national else has_one)
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
