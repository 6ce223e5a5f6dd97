"""Every address of the site; each app brings its own."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

from serasi.common.gallery import gallery

urlpatterns = [
    path("", include("serasi.access.urls.sign_in")),
    *(
        path("", include(f"serasi.{app}.urls"))
        for app in ("access", "institutions", "people", "cases", "interop", "web")
        if find_spec(f"serasi.{app}.urls")
    ),
]
if settings.DEBUG:
    urlpatterns.append(path("galeri/", gallery))
