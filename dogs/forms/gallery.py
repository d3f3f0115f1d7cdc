"""What a visitor types to find dogs. Only free text can be wrong; an unknown region or force is left out instead."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Force
from core.forms import HouseForm, LineField
from core.models import Outcode
from core.typed import read_postcode, tidy_line
from dogs.gallery import Wish

MOST_LETTERS = 80
_WORDS_ERRORS = {"max_length": _("Use at most %(limit_value)d letters. This has %(show_value)d.")}


class WishForm(HouseForm):
    """The finder above the gallery. `where` is the place that was typed, once the form is valid."""

    q = LineField(
        label=_("Name, breed or force"), required=False, max_length=MOST_LETTERS, error_messages=_WORDS_ERRORS
    )
    region = forms.CharField(label=_("Region"), required=False)
    force = forms.CharField(label=_("Force"), required=False)
    service = forms.CharField(label=_("Kind of service"), required=False)
    near = LineField(label=_("Near me"), required=False, max_length=MOST_LETTERS, error_messages=_WORDS_ERRORS)
    show = forms.CharField(required=False)
    view = forms.CharField(required=False)
    page = forms.CharField(required=False)

    where: tuple[float, float] | None = None

    def clean_near(self) -> str:
        """A postcode or its first part; or a town in which a force has its headquarters."""
        words = tidy_line(str(self.cleaned_data["near"]))
        if not words:
            return words
        postcode = read_postcode(words, outward_is_enough=True)
        found = Outcode.of(postcode) if postcode else Force.objects.filter(hq_town__iexact=words).order_by("pk").first()
        if found is None:
            raise ValidationError(
                _("We don’t know the place “%(typed)s”. Enter a postcode or its first part, like BS2."),
                code="unknown",
                params={"typed": postcode or words},
            )
        self.where = found.lat, found.lng
        return postcode or str(getattr(found, "hq_town", words))

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
