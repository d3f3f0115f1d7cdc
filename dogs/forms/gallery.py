"""What a visitor types to find dogs. Only free text can be wrong; an unknown region or force is left out instead."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm, LineField, PostcodeField
from core.models import Outcode
from dogs.gallery import Wish

MOST_LETTERS = 80
_WORDS_ERRORS = {"max_length": _("Use at most %(limit_value)d letters. This has %(show_value)d.")}


class WishForm(HouseForm):
    """The finder above the gallery. `where` is the place of the postcode, once the form is valid."""

    q = LineField(
        label=_("Name, breed or force"), required=False, max_length=MOST_LETTERS, error_messages=_WORDS_ERRORS
    )
    region = forms.CharField(label=_("Region"), required=False)
    force = forms.CharField(label=_("Force"), required=False)
    service = forms.CharField(label=_("Kind of service"), required=False)
    near = PostcodeField(label=_("Near me"), required=False)
    show = forms.CharField(required=False)
    view = forms.CharField(required=False)
    page = forms.CharField(required=False)

    where: tuple[float, float] | None = None

    def clean_near(self) -> str:
        typed = str(self.cleaned_data["near"])
        if not typed:
            return typed
        outcode = Outcode.of(typed)
        if outcode is None:
            raise ValidationError(
                _("We don’t know the postcode %(typed)s. Try the first part of one nearby, like BS2."),
                code="unknown",
                params={"typed": typed},
            )
        self.where = outcode.lat, outcode.lng
        return typed

    @property
    def wish(self) -> Wish:
        """What was asked, without what was wrong."""
        self.is_valid()
        known = {name: str(self.cleaned_data.get(name, "")) for name in ("q", "region", "force", "service", "near")}
        return Wish(
            **known,
            show="remembered" if self.cleaned_data.get("show") == "remembered" else "",
            view="map" if self.cleaned_data.get("view") == "map" else "",
            page=_page(self.cleaned_data.get("page", "")),
        )


def _page(typed: str) -> int:
    """The number of the page; the first where there is none to read."""
    return max(1, int(typed)) if typed.isascii() and typed.isdecimal() and len(typed) < 7 else 1
