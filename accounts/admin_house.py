"""The coordinators' plain admin: its site, and what every app's admin stands on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import can
from accounts.middleware import signed_in_with_second_factor
from accounts.models import User
from audit.actions import record
from audit.models import Record
from core.fields import LineField
from core.forms import HouseForm, say_it_plainly
from core.lifecycle import Lifecycle, Refused

# Signing in and out, passwords and two doorways that nothing here uses: allauth's pages do the first three.
_NOT_SERVED = {"login", "logout", "password_change", "password_change_done", "autocomplete", "view_on_site"}


class CoordinatorAdminSite(admin.AdminSite):
    """For coordinators who signed in with their second factor; it looks through their scope, like every page."""

    site_header = gettext_lazy("OK9 network records")
    site_title = gettext_lazy("OK9")
    index_title = gettext_lazy("What the network keeps")
    site_url = "/"
    enable_nav_sidebar = False
    final_catch_all_view = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Somebody signed in who may not come in is told so; they are not asked to sign in again."""
        if not request.user.is_authenticated:
            return False
        if not can(request.user, "network.keep") or not signed_in_with_second_factor(request):
            raise PermissionDenied
        return True

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return login_required(super().admin_view(view, cacheable))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        autodiscover_modules("admin")
        return [found for found in super().get_urls() if getattr(found, "name", None) not in _NOT_SERVED]


site = CoordinatorAdminSite(name="admin")


@dataclass(frozen=True)
class Act:
    """A named action as a page: a button on the object, and a form whose fields are the action's own arguments.

    It is offered where the object's state may go to the state `to`, and where `when` agrees.
    """

    slug: str
    label: str | Promise
    action: Callable[..., models.Model]
    form: type[HouseForm] = HouseForm
    to: str = ""
    when: Callable[[Any], bool] = lambda obj: True

    def offered(self, obj: Any, lifecycle: Lifecycle | None) -> bool:
        reachable = not (self.to and lifecycle) or self.to in lifecycle.moves.get(obj.status, ())
        return reachable and self.when(obj)


class WhyForm(HouseForm):
    """The reason, for the record."""

    why = LineField(label=gettext_lazy("Why, for the record"), max_length=300, required=False)


class ReasonForm(HouseForm):
    """A reason that is needed, and that the people concerned read."""

    reason = LineField(label=gettext_lazy("Reason, which the people concerned read"), max_length=300)


class DayBox(forms.DateField):
    """One box for a day; the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], **kwargs)


class MomentBox(forms.DateTimeField):
    """One box for a day and a time, in London."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **kwargs)


class RowField(forms.ModelChoiceField):
    """A choice of a row; the rows are looked up when the form is shown, inside the scope of who looks.

    `with_force` adds the force to each name: names alone would not tell the two Bellas apart.
    """

    def __init__(self, find: Callable[[], models.QuerySet[Any]], *, with_force: bool = False, **kwargs: Any) -> None:
        super().__init__(queryset=None, **kwargs)
        self.find, self.with_force = find, with_force

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj}, {obj.force}" if self.with_force else str(obj)


class RowForm(HouseForm):
    """A form with choices of rows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, RowField):
                field.queryset = field.find()


class HouseAdmin(admin.ModelAdmin):
    """Lists and shows rows within the walls. What is `editable` is typed here; every state moves by a named action."""

    actions = None
    list_per_page = 50
    show_full_result_count = False
    change_form_template = "admin/house_change_form.html"

    noun = ""
    lifecycle: Lifecycle | None = None
    acts: tuple[Act, ...] = ()
    add_act: Act | None = None
    addable: tuple[str, ...] = ()
    editable: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    deletable = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can(request.user, "network.keep")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can(request.user, "network.keep")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(self.add_act or self.addable) and can(request.user, "network.keep")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self.editable) and can(request.user, "network.keep")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.deletable and can(request.user, "network.keep")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        if obj is None:
            return list(self.addable)
        never = {"id", "uuid", "file", *self.hidden}
        return [field.name for field in self.opts.fields if field.name not in never]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [name for name in self.get_fields(request, obj) if obj is not None and name not in self.editable]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        rows = super().get_queryset(request)
        related = self.list_select_related
        return rows if isinstance(related, bool) else rows.select_related(*related)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """A list is narrowed by its own filters, and by nothing that its pages hide."""
        return lookup.split("__")[0] not in self.hidden and super().lookup_allowed(lookup, value, request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """A letter that no database takes is in no row: the list is shown as if nothing had been asked."""
        if any("\0" in value for values in request.GET.lists() for value in values[1]):
            return HttpResponseRedirect(request.path)
        return super().changelist_view(request, extra_context)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row, read once a request: the buttons look at it before Django's own page does."""
        kept = request.__dict__.setdefault("found_rows", {})
        key = self.opts.label, object_id
        if key not in kept:
            kept[key] = super().get_object(request, object_id, from_field)
        return kept[key]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """In the house's words, and without the buttons that would add or delete the other row in a small window."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, forms.ModelChoiceField):
            field.widget = getattr(field.widget, "widget", field.widget)
        if field is not None:
            say_it_plainly(db_field.name, field)
        return field

    def get_urls(self) -> list[URLPattern]:
        names = self.opts.app_label, self.opts.model_name
        address = path(
            "<path:object_id>/do/<slug:slug>/",
            self.admin_site.admin_view(self.act_view),
            name="{}_{}_act".format(*names),
        )
        return [address, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        offered = [act for act in self.acts if obj is not None and act.offered(obj, self.lifecycle)]
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "acts": offered})

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if self.add_act is None:
            return super().add_view(request, form_url, extra_context)
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._act(request, self.add_act, None)

    def act_view(self, request: HttpRequest, object_id: str, slug: str) -> HttpResponse:
        obj, act = self._find(request, object_id), next((act for act in self.acts if act.slug == slug), None)
        if act is None:
            raise Http404
        return self._act(request, act, obj)

    def _find(self, request: HttpRequest, object_id: str) -> Any:
        if not self.has_view_permission(request):
            raise PermissionDenied
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        return obj

    def _act(self, request: HttpRequest, act: Act, obj: Any) -> HttpResponse:
        """Show the action's form, or do it: what it refuses is said on the form, and what was typed is kept."""
        form = act.form(request.POST) if request.method == "POST" else act.form()
        if request.method == "POST" and form.is_valid():
            given = {self.noun: obj} if obj is not None else {}
            try:
                done = act.action(**given, **form.cleaned_data, by=request.user, now=timezone.now())
            except Refused as refused:
                form.refuse(refused)
            else:
                messages.success(request, _("%(act)s: %(thing)s") % {"act": act.label, "thing": done})
                return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", done.pk)
        context = {**self._about(request, obj), "title": act.label, "subtitle": obj, "act": act, "form": form}
        return TemplateResponse(request, "admin/act.html", context)

    def _about(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts, "original": obj, "media": self.media}

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self._find(request, object_id)
        records = Record.objects.filter(object_uuid=_named(obj).uuid).order_by("-at", "-pk")[:200]
        context = {**self._about(request, obj), "title": _("History"), "subtitle": obj, "records": records}
        return TemplateResponse(request, "admin/house_history.html", context)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> list[dict[str, Any]]:
        return [{"fields": form.changed_data}]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Write what was typed and nothing beside it: what an action has moved since the row was read stands."""
        if not change:
            super().save_model(request, obj, form, change)
        elif typed := self.typed_columns(form):
            obj.save(update_fields=typed)
            self.after_change(obj)

    def typed_columns(self, form: Any) -> list[str]:
        return [name for name in form.changed_data if name in self.editable]

    def after_change(self, obj: Any) -> None:
        """What has to follow from another description: public pages that show it, bookings that stand on it."""

    # The trail is audit's, and append-only: Django's own log of the admin is not used.
    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        record("added", _named(obj), by=_actor(request), now=timezone.now())

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        if message[0]["fields"]:
            record("changed", _named(obj), by=_actor(request), now=timezone.now(), fields=message[0]["fields"])

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for obj in queryset:
            record("deleted", _named(obj), by=_actor(request), now=timezone.now())


def _actor(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _named(obj: Any) -> Any:
    """The row with an identity for the trail: reference rows have no `uuid` of their own, and get a lasting one."""
    if not hasattr(obj, "uuid"):
        obj.uuid = uuid5(NAMESPACE_OID, f"{obj._meta.label_lower} {obj.pk}")
    return obj
