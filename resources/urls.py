"""Addresses of the members' library."""

from django.urls import path

from resources.views import coordinator, member, public

_COORDINATOR = "coordinator/resources/"

urlpatterns = [
    path("resources/", public.resource_list, name="resource_list"),
    path("resources/<uuid:uuid>/", public.resource_detail, name="resource_detail"),
    path("resources/<uuid:uuid>/download/", public.resource_download, name="resource_download"),
    path("member/resources/", member.resource_list, name="member_resource_list"),
    path("member/resources/reading/", member.resource_reading, name="member_resource_reading"),
    path("member/resources/<uuid:uuid>/", member.resource_detail, name="member_resource_detail"),
    path("member/resources/<uuid:uuid>/download/", member.resource_download, name="member_resource_download"),
    path("member/resources/<uuid:uuid>/keep/", member.resource_keep, name="member_resource_keep"),
    path("member/resources/<uuid:uuid>/let-go/", member.resource_let_go, name="member_resource_let_go"),
    path("member/versions/<uuid:uuid>/", member.version_detail, name="member_version_detail"),
    path("member/versions/<uuid:uuid>/download/", member.version_download, name="member_version_download"),
    path("member/versions/<uuid:uuid>/acknowledge/", member.version_acknowledge, name="member_version_acknowledge"),
    path(_COORDINATOR, coordinator.resource_list, name="coordinator_resource_list"),
    path(f"{_COORDINATOR}add/", coordinator.resource_add, name="coordinator_resource_add"),
    path(f"{_COORDINATOR}<uuid:uuid>/", coordinator.resource_detail, name="coordinator_resource_detail"),
    path(f"{_COORDINATOR}<uuid:uuid>/edit/", coordinator.resource_edit, name="coordinator_resource_edit"),
    path(f"{_COORDINATOR}<uuid:uuid>/version/", coordinator.resource_version, name="coordinator_resource_version"),
    path(f"{_COORDINATOR}<uuid:uuid>/publish/", coordinator.resource_publish, name="coordinator_resource_publish"),
    path(f"{_COORDINATOR}<uuid:uuid>/withdraw/", coordinator.resource_withdraw, name="coordinator_resource_withdraw"),
]
