"""Requests, offers and deployments in the coordinators' admin, to look at only: their own pages move them.

Handlers stand here too: to leave ends what they are booked for.
"""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.admin_house import Act, HouseAdmin, RowField, RowForm, WhyForm, site
from accounts.models import Force, User
from core.fields import LineField
from deployments.actions.leaving import leave_scheme
from deployments.models import Deployment, Offer, Request
from dogs.actions.showing import show_again
from dogs.models import Dog
from network.actions import handlers
from network.models import Handler
from network.states import HANDLER, HandlerStatus


@admin.register(Request, site=site)
class RequestAdmin(HouseAdmin):
    """Requests for support, in whatever state."""

    list_display = ("reference", "force", "kind", "status", "starts_at", "places")
    list_select_related = ("force",)
    list_filter = ("status", "kind")
    search_fields = ("reference", "force__name")
    ordering = ("-starts_at", "-pk")


@admin.register(Offer, site=site)
class OfferAdmin(HouseAdmin):
    """Offers of one team for one request."""

    list_display = ("request", "team", "force", "status", "answer_by")
    list_select_related = ("request", "team__dog", "team__handler", "force")
    list_filter = ("status",)
    ordering = ("-answer_by", "-pk")


@admin.register(Deployment, site=site)
class DeploymentAdmin(HouseAdmin):
    """Teams on requests."""

    list_display = ("request", "dog_name", "handler_name", "force", "status")
    list_select_related = ("request", "force")
    list_filter = ("status",)
    ordering = ("-pk",)


class HandlerForm(RowForm):
    """A person who can sign in already becomes a handler."""

    force = RowField(lambda: Force.objects.order_by("name", "pk"), label=_("Force"))
    handler_user = RowField(
        lambda: User.objects.filter(is_active=True).order_by("email"),
        label=_("Person"),
        help_text=_("Somebody who can sign in. Others are invited first."),
    )
    name = LineField(label=_("Name"), max_length=120)
    role_title = LineField(label=_("Role, as the public may read it"), max_length=80, required=False)


@admin.register(Handler, site=site)
class HandlerAdmin(HouseAdmin):
    """The people who work dogs."""

    noun, lifecycle = "handler", HANDLER
    list_display = ("name", "force", "role_title", "status")
    list_select_related = ("force",)
    list_filter = ("status", ("force", admin.RelatedOnlyFieldListFilter))
    search_fields = ("name", "force__name", "handler_user__email")
    ordering = ("force__name", "name", "pk")
    editable = ("name", "role_title")
    add_act = Act("add", _("Add a handler"), handlers.add_handler, HandlerForm)
    acts = (
        Act("activate", _("Activate"), handlers.activate_handler, WhyForm, to=HandlerStatus.ACTIVE),
        Act("pause", _("Pause"), handlers.pause_handler, WhyForm, to=HandlerStatus.PAUSED),
        Act("leave", _("Record that they left"), leave_scheme, WhyForm, to=HandlerStatus.LEFT),
    )

    def after_change(self, obj: Handler) -> None:
        for dog in Dog.objects.filter(teams__handler=obj).distinct().order_by("pk"):
            show_again(dog, now=timezone.now())
