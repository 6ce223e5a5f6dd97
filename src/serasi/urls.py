"""Every address of the site; each app brings its own."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from serasi.common.gallery import gallery

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("serasi.access.urls.sign_in")),
    path("", include("serasi.access.urls")),
    path("", include("serasi.institutions.urls")),
    path("", include("serasi.people.urls")),
    path("", include("serasi.cases.urls")),
    path("", include("serasi.residence.urls")),
    path("", include("serasi.cycles.urls")),
    path("", include("serasi.assessments.urls")),
    path("", include("serasi.daily.urls")),
    path("", include("serasi.safety.urls")),
    path("", include("serasi.foyer.urls")),
    path("", include("serasi.shelters.urls")),
    path("", include("serasi.capacity.urls")),
    path("", include("serasi.surveys.urls")),
    path("", include("serasi.fieldwork.urls")),
    path("", include("serasi.entitlements.urls")),
    path("", include("serasi.tablet.urls")),
    path("", include("serasi.interop.urls")),
    path("", include("serasi.exchange.urls")),
    path("", include("serasi.web.urls")),
]
if settings.DEBUG:
    urlpatterns.append(path("galeri/", gallery))
