"""Every address of the site; each app brings its own."""

from django.urls import include, path

urlpatterns = [
    path("masuk/", include("allauth.urls")),
    path("", include("serasi.web.urls")),
]
