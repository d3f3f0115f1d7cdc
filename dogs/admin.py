"""The coordinators' admin of dogs, teams, documents, time away and public profiles."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.admin_house import Act, DayBox, HouseAdmin, MomentBox, ReasonForm, RowField, RowForm, WhyForm, site
from accounts.models import Force
from core.fields import LineField, StoryField
from core.public_pages import renew_public_pages
from dogs.actions import commitments, consents, documents, dogs, profiles
from dogs.actions.showing import show_again
from dogs.inputs import NewDog
from dogs.models import Commitment, Document, Dog, Profile, Team
from dogs.portrait import COATS, EARS
from dogs.states import DOCUMENT, DOG, GONE, CommitmentKind, Consent, DogStatus, DraftStatus, Part
from dogs.stories import Story
from network.models import Handler
from network.states import EvidenceStatus, HandlerStatus


def _words(words: tuple[str, ...]) -> list[tuple[str, Any]]:
    return [("", _("as its breed has them")), *((word, word.replace("-", " ")) for word in words)]


class DogForm(RowForm):
    """A new dog."""

    force = RowField(lambda: Force.objects.order_by("name", "pk"), label=_("Force"))
    name = LineField(label=_("Name"), max_length=60)
    breed = LineField(label=_("Breed"), max_length=80)
    sex = forms.ChoiceField(label=_("Sex"), choices=[("f", _("Female")), ("m", _("Male"))])
    born_on = DayBox(label=_("Born"))
    coat = forms.ChoiceField(label=_("Coat, as drawn"), choices=_words(COATS), required=False)
    ears = forms.ChoiceField(label=_("Ears, as drawn"), choices=_words(EARS), required=False)
    microchip = LineField(label=_("Microchip"), max_length=15, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.errors:
            return said
        return {"force": said["force"], "new": NewDog(**{name: said[name] for name in said if name != "force"})}


@admin.register(Dog, site=site)
class DogAdmin(HouseAdmin):
    """Dogs. What a dog is allowed is moved by actions; its description is typed here."""

    noun, lifecycle = "dog", DOG
    list_display = ("name", "force", "breed", "status", "born_on")
    list_select_related = ("force",)
    list_filter = ("status", ("force", admin.RelatedOnlyFieldListFilter))
    search_fields = ("name", "breed", "force__name", "microchip")
    ordering = ("name", "pk")
    editable = ("name", "breed", "coat", "ears", "sex", "born_on", "microchip")
    add_act = Act("add", _("Add a dog"), dogs.add_dog, DogForm)
    acts = (
        Act(
            "accredit",
            _("Accredit"),
            dogs.accredit_dog,
            when=lambda dog: dog.status == DogStatus.PROSPECTIVE,
        ),
        Act("rest", _("Rest"), dogs.rest_dog, WhyForm, to=DogStatus.RESTING),
        Act("restrict", _("Restrict"), dogs.restrict_dog, ReasonForm, to=DogStatus.RESTRICTED),
        Act("suspend", _("Suspend"), dogs.suspend_dog, ReasonForm, to=DogStatus.SUSPENDED),
        Act(
            "return",
            _("Return to work"),
            dogs.return_dog,
            WhyForm,
            when=lambda dog: dog.status in (DogStatus.RESTING, DogStatus.RESTRICTED, DogStatus.SUSPENDED),
        ),
        Act("retire", _("Retire"), dogs.retire_dog, WhyForm, to=DogStatus.RETIRED),
        Act("died", _("Record its death"), dogs.record_death, WhyForm, to=DogStatus.DIED),
    )

    def after_change(self, obj: Dog) -> None:
        show_again(obj, now=timezone.now())


def _working_dogs() -> QuerySet[Dog]:
    dogs_at_work = Dog.objects.exclude(status__in=GONE)
    return dogs_at_work.select_related("force").order_by("name", "pk")


def _handlers() -> QuerySet[Handler]:
    return Handler.objects.exclude(status=HandlerStatus.LEFT).select_related("force").order_by("name", "pk")


class TeamForm(RowForm):
    """A dog and a handler of the same force."""

    dog = RowField(_working_dogs, with_force=True, label=_("Dog"))
    handler = RowField(_handlers, with_force=True, label=_("Handler"))
    since_on = DayBox(label=_("Together since"))
    base_town = LineField(label=_("Works from, where not the headquarters"), max_length=60, required=False)


@admin.register(Team, site=site)
class TeamAdmin(HouseAdmin):
    """One handler with one dog. What the assessment found is written by its action."""

    noun = "team"
    list_display = ("__str__", "force", "is_active", "since_on", "assessed_until")
    list_select_related = ("dog", "handler", "force")
    list_filter = ("is_active", ("force", admin.RelatedOnlyFieldListFilter))
    search_fields = ("dog__name", "handler__name", "force__name", "base_town")
    ordering = ("dog__name", "pk")
    editable = ("base_town", "lat", "lng")
    hidden = ("loc",)
    add_act = Act("add", _("Form a team"), dogs.form_team, TeamForm)
    acts = (Act("part", _("Part the two"), dogs.part_team, WhyForm, when=lambda team: team.is_active),)

    def after_change(self, obj: Team) -> None:
        renew_public_pages()


@admin.register(Document, site=site)
class DocumentAdmin(HouseAdmin):
    """Dated evidence: verified or sent back, as in the coordinators' queue."""

    noun, lifecycle = "document", DOCUMENT
    list_display = ("kind", "dog", "force", "status", "issued_on", "expires_on")
    list_select_related = ("dog", "force")
    list_filter = ("status", "kind", ("force", admin.RelatedOnlyFieldListFilter))
    search_fields = ("dog__name", "force__name")
    ordering = ("-submitted_at", "-pk")
    acts = (
        Act("verify", _("Verify"), documents.verify_document, to=EvidenceStatus.VERIFIED),
        Act("send-back", _("Send back"), documents.reject_document, ReasonForm, to=EvidenceStatus.REJECTED),
    )


def working_teams() -> QuerySet[Team]:
    """The teams that can be booked or assessed, with all that their names need."""
    return Team.objects.filter(is_active=True).select_related("dog", "handler", "force").order_by("dog__name", "pk")


class TimeForm(RowForm):
    """What makes a team busy, and from when to when."""

    team = RowField(working_teams, with_force=True, label=_("Team"))
    kind = forms.ChoiceField(
        label=_("What"), choices=[(kind, CommitmentKind(kind).label) for kind in commitments.BY_HAND]
    )
    start = MomentBox(label=_("From"))
    end = MomentBox(label=_("To"))
    note = LineField(label=_("Note"), max_length=200, required=False)


@admin.register(Commitment, site=site)
class CommitmentAdmin(HouseAdmin):
    """Leave, season and rest are entered here; deployments and visits only shown."""

    noun = "commitment"
    list_display = ("team", "kind", "first", "last", "cancelled_at")
    list_select_related = ("team__dog", "team__handler")
    list_filter = ("kind", ("force", admin.RelatedOnlyFieldListFilter))
    search_fields = ("dog__name", "handler__name")
    ordering = ("-pk",)
    hidden = ("period",)
    add_act = Act("add", _("Enter time away"), commitments.book_time, TimeForm)
    acts = (
        Act(
            "cancel",
            _("Cancel this time"),
            commitments.cancel_time,
            WhyForm,
            when=lambda busy: busy.cancelled_at is None and busy.kind in commitments.BY_HAND,
        ),
    )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [*super().get_fields(request, obj), "first", "last"]

    @admin.display(description=_("From"))
    def first(self, busy: Commitment) -> str:
        return date_format(timezone.localtime(busy.period.lower), "j F Y, H:i")

    @admin.display(description=_("To"))
    def last(self, busy: Commitment) -> str:
        return date_format(timezone.localtime(busy.period.upper), "j F Y, H:i")


class StoryForm(RowForm):
    """The story alone; answers, awards and photos are added on the members' pages."""

    dog = RowField(lambda: Dog.objects.select_related("force").order_by("name", "pk"), with_force=True, label=_("Dog"))
    story = StoryField(label=_("Story"), max_length=4000)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        return {"dog": said.get("dog"), "story": Story(story=said.get("story", ""))}


class ConsentPartsForm(WhyForm):
    """The parts of the page that the handler agrees to, as a coordinator records them."""

    parts = forms.MultipleChoiceField(
        label=_("Parts that may be shown"),
        choices=Part.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def _draft_is(*states: DraftStatus) -> Callable[[Profile], bool]:
    """Whether the profile's draft stands in one of the states."""

    def stands(profile: Profile) -> bool:
        draft = getattr(profile, "draft", None)
        return draft is not None and draft.status in states

    return stands


@admin.register(Profile, site=site)
class ProfileAdmin(HouseAdmin):
    """The dogs' public face. Without the handler's consent nothing of it is shown."""

    noun = "profile"
    list_display = ("name", "force", "consent", "published_at", "is_tribute")
    list_select_related = ("force", "dog", "draft")
    list_filter = ("consent", "is_tribute", ("force", admin.RelatedOnlyFieldListFilter))
    search_fields = ("name", "breed", "force__name")
    ordering = ("name", "pk")
    add_act = Act("add", _("Write a profile"), profiles.write_profile, StoryForm)
    acts = (
        Act(
            "consent",
            _("Record consent"),
            consents.give_consent,
            ConsentPartsForm,
            when=lambda profile: profile.consent != Consent.GIVEN,
        ),
        Act(
            "parts",
            _("Record what may be shown"),
            consents.choose_parts,
            ConsentPartsForm,
            when=lambda profile: profile.consent == Consent.GIVEN,
        ),
        Act(
            "withdraw",
            _("Record that consent is withdrawn"),
            consents.withdraw_consent,
            WhyForm,
            when=lambda profile: profile.consent == Consent.GIVEN,
        ),
        Act("approve", _("Approve for the lead"), profiles.approve_profile, when=_draft_is(DraftStatus.SENT)),
        Act(
            "send-back",
            _("Send back"),
            profiles.send_back_profile,
            ReasonForm,
            when=_draft_is(DraftStatus.SENT, DraftStatus.APPROVED),
        ),
        Act(
            "publish",
            _("Publish"),
            profiles.publish_profile,
            when=lambda profile: (
                profile.consent == Consent.GIVEN
                and (not profile.published_at or _draft_is(DraftStatus.APPROVED)(profile))
            ),
        ),
        Act(
            "unpublish",
            _("Unpublish"),
            profiles.unpublish_profile,
            WhyForm,
            when=lambda profile: profile.published_at is not None,
        ),
    )
