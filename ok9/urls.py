"""The site map, one page. English addresses stand as they are, Welsh ones begin with /cy/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from accounts.admin_house import site as admin_site

urlpatterns = [
    path("api/v1/", include("ok9.api")),
    path("", include("portal.urls_crawlers")),
    path("coordinator/admin/", admin_site.urls),
    *i18n_patterns(
        path("", include("portal.urls")),
        path("", include("deployments.urls")),
        path("", include("assessments.urls")),
        path("", include("resources.urls")),
        path("", include("promotion.urls")),
        path("", include("pages.urls")),
        path("", include("dogs.urls")),
        path("", include("network.urls")),
        path("", include("accounts.urls")),
        path("sign-in/", include("allauth.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.forbidden"
handler404 = "portal.views.errors.not_found"
handler500 = "portal.views.errors.broken"
