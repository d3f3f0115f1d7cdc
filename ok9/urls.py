"""The site map, one page."""

from django.urls import include, path

from accounts.admin import site as admin_site

urlpatterns = [
    path("", include("portal.urls")),
    path("", include("deployments.urls")),
    path("", include("assessments.urls")),
    path("", include("dogs.urls")),
    path("", include("network.urls")),
    path("", include("accounts.urls")),
    path("api/v1/", include("ok9.api")),
    path("coordinator/admin/", admin_site.urls),
    path("sign-in/", include("allauth.urls")),
]

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.forbidden"
handler404 = "portal.views.errors.not_found"
handler500 = "portal.views.errors.broken"
