"""Requests, offers and deployments in the coordinators' admin: to look at only. Their own pages move them."""

from django.contrib import admin

from accounts.admin_house import HouseAdmin, site
from deployments.models import Deployment, Offer, Request


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
