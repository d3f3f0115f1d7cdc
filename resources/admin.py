"""The coordinators' admin of the library's categories."""

from django.contrib import admin

from accounts.admin_house import HouseAdmin, site
from core.public_pages import renew_public_pages
from resources.models import Category


@admin.register(Category, site=site)
class CategoryAdmin(HouseAdmin):
    """The library's headings and their order. One that is used can't be deleted, and none is."""

    list_display = ("name", "name_cy", "position")
    search_fields = ("name", "name_cy")
    ordering = ("position", "name", "pk")
    addable = ("position", "name", "name_cy")
    editable = ("position", "name", "name_cy")

    def after_change(self, obj: Category) -> None:
        renew_public_pages()
