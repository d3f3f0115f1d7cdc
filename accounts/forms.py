"""What people type about themselves and about those whom they invite."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.inputs import Invited, Person
from accounts.models import NATIONAL_ROLES, Force, RoleName
from core.forms import HouseForm, LineField, TelephoneField


class InviteForm(HouseForm):
    """Whom to invite. The forces and roles that may be chosen are the caller's to say."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254, help_text=_("At work, where they read it."))
    name = LineField(label=_("Name"), max_length=120)
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    force = forms.ModelChoiceField(
        Force.objects.none(),
        label=_("Force"),
        to_field_name="uuid",
        required=False,
        empty_label=_("Choose a force"),
        help_text=_("Coordinators and assessors have none."),
    )

    def __init__(self, data: Any = None, *, forces: QuerySet[Force], roles: tuple[str, ...]) -> None:
        super().__init__(data)
        self.choose_from("role", [(role, RoleName(role).label) for role in roles])
        self.fields["force"].queryset = forces  # type: ignore[attr-defined]
        self.only = forces.first() if forces.count() == 1 else None
        if self.only:
            del self.fields["force"]

    def clean_name(self) -> str:
        """It stands in a mail to somebody whom we don't know yet, so it is no place for a link."""
        name = str(self.cleaned_data["name"])
        if "/" in name:
            raise forms.ValidationError(_("Write a name, without an address of a page."))
        return name

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        role = given.get("role")
        if self.only or not role or "force" in self.errors:
            return given
        if role in NATIONAL_ROLES and given.get("force"):
            self.add_error("force", _("A coordinator or an assessor has no force: leave this empty."))
        if role not in NATIONAL_ROLES and not given.get("force"):
            self.add_error("force", _("Choose the force of this person."))
        return given

    def invited(self) -> Invited:
        given = self.cleaned_data
        return Invited(given["email"], given["name"], given["role"], self.only or given["force"])


class ProfileForm(HouseForm):
    """What a person keeps about themselves."""

    name = LineField(label=_("Your name"), max_length=120)
    telephone = TelephoneField(
        label=_("Telephone"),
        required=False,
        help_text=_("Coordinators ring it when it is urgent. Your force’s lead sees it too."),
    )
    shares_telephone = forms.BooleanField(
        label=_("Show my number in the contact list of leads"),
        required=False,
        initial=True,
        help_text=_("Only leads and deputies stand in that list, and only members read it."),
    )
    texts = forms.BooleanField(label=_("Send me urgent messages as a text message too"), required=False, initial=True)
    language = forms.ChoiceField(label=_("Language of your mail"), choices=settings.LANGUAGES, widget=forms.RadioSelect)

    def person(self) -> Person:
        return Person(**self.cleaned_data)


class AcceptForm(HouseForm):
    """The first details of somebody who comes in by an invitation."""

    name = LineField(label=_("Your name"), max_length=120)
    telephone = TelephoneField(
        label=_("Telephone"),
        required=False,
        help_text=_("Coordinators ring it when it is urgent, and urgent messages come to it as a text."),
    )
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Three words that don’t belong together make a good one."),
    )

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password)
        return str(password)

    def person(self) -> Person:
        return Person(self.cleaned_data["name"], self.cleaned_data["telephone"])
