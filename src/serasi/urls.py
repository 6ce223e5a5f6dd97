"""Every address of the site; each app brings its own."""

from importlib.util import find_spec

from django.urls import include, path

urlpatterns = [
    path("masuk/", include("allauth.urls")),
    *(
        path("", include(f"serasi.{app}.urls"))
        for app in ("access", "institutions", "people", "cases", "interop", "web")
        if find_spec(f"serasi.{app}.urls")
    ),
]
